"""Local tracks: what this participant sends."""

from __future__ import annotations

from ctypes import c_char_p, c_void_p, cast
from dataclasses import dataclass
from typing import Union

from ._native import callbacks, structures
from ._native.calls import Kept, bytes_of, call, flag, text, whole
from ._native.functions import Handle
from ._native.loading import lib
from .audio_input import AudioInput
from .device import AudioDevice
from .enumerations import Codec, Status, TrackKind
from .errors import InvalidArgumentError
from .push_result import PushResult
from .track_handle import TrackHandle
from .video_input import VideoInput


@dataclass(frozen=True)
class TrackLayer:
    """One of the sizes in which the pictures of a track are sent."""

    scale: float
    """What width and height of the source are divided by; 1 for the whole picture."""

    max_kbps: int | None
    """In kilobits per second; None when only the network limits it."""

    max_fps: int | None
    """In pictures per second; None when nothing limits it."""


@dataclass(frozen=True)
class EncoderTarget:
    """What an encoder should do for one layer of a track."""

    is_active: bool
    """Whether its frames are sent; False while it is switched off for lack of bandwidth."""

    kbps: int | None
    """In kilobits per second; None while it is not known."""

    wants_key_frame: bool
    """Whether somebody waits for a key frame."""


class LocalTrack(TrackHandle):
    """A track that this participant sends. `Meeting.add_track()` makes it.

    It may be there before the meeting is joined, and stays through lost connections: whenever there
    is a way, what is pushed is sent. Closing it, or no longer referring to it, takes it out of the
    meeting: the others see that it is gone. Any thread may use it; one for each track is usual.
    """

    layers: tuple[TrackLayer, ...]
    """The sizes in which its pictures have to be encoded, the smallest first; one for sound."""

    def __init__(self, owned: Kept) -> None:
        """Take over what the meeting made."""
        super().__init__(owned)
        handle = self._handle
        self.id = text(lib.vsdk_local_track_id(handle))
        self.kind = TrackKind(lib.vsdk_local_track_kind(handle))
        self.codec = Codec(lib.vsdk_local_track_codec(handle))
        count = lib.vsdk_local_track_layer_count(handle)
        self.layers = tuple(_layer(handle, index) for index in range(count))

    def push(
        self,
        data: Union[bytes, bytearray, memoryview],
        timestamp_us: int,
        *,
        key_frame: bool = False,
        layer: int = 0,
        audio_level: int | None = None,
    ) -> PushResult:
        """Send a frame: one packet of an audio encoder, or one encoded picture.

        Never waits for the network. A frame that is not taken is no failure: the result says why.

        Args:
            data: What the encoder made; copied. Of H.264 an access unit with start codes (Annex B).
            timestamp_us: When it was recorded: microseconds from 0 on, on any clock that all tracks
                of this participant share.
            key_frame: Whether it can be decoded without those before it. Of no meaning for sound.
            layer: Which of `layers` it is.
            audio_level: How loud it is, in decibels below full scale: 0 to -127. It tells the
                service who speaks. None when that is not known.

        Raises:
            InvalidArgumentError: It cannot be a frame of this track.
            InvalidStateError: The track is closed, or has an `audio_input()` or `video_input()`.

        """
        encoded = bytes_of(data, "data")
        frame = structures.EncodedFrame(
            data=cast(c_char_p(encoded), c_void_p),
            length=len(encoded),
            timestamp_us=whole(timestamp_us, "timestamp_us", bits=64),
            is_key_frame=flag(key_frame, "key_frame"),
            layer=whole(layer, "layer"),
        )
        if audio_level is not None:
            frame.audio_level = _audio_level(audio_level)
        status = call(lib.vsdk_local_track_push, self._handle, frame.address)
        callbacks.go_on_with_interrupt()
        return PushResult(status)

    def audio_input(self, sample_rate: int = 48_000, channels: int = 1) -> AudioInput:
        """Give an input for raw sound, which makes the track's frames until it is closed.

        Args:
            sample_rate: Of what will be pushed: 8,000 to 192,000 hertz. 48,000 needs no conversion.
            channels: How many channels will be pushed: 1 or 2.

        Raises:
            InvalidArgumentError: It is another format, or the track is one of pictures.
            InvalidStateError: The track has an input already, or is closed.
            UnsupportedError: Its codec is not Opus, or this build of the library has no codecs.

        """
        made = Kept(lib.vsdk_audio_input_free)
        format_ = whole(sample_rate, "sample_rate"), whole(channels, "channels")
        call(lib.vsdk_local_track_audio_input, self._handle, *format_, made.out)
        return AudioInput(made, self)

    def open_microphone(self, device_id: str | None = None) -> AudioDevice:
        """Open a microphone and send what it hears as this track, until it is closed.

        It is the track's input. Mute it with `set_enabled()`. Waits until it is open, at most ten
        seconds.

        Args:
            device_id: Which one, from `list_devices()`; None for the default one.

        Raises:
            NotFoundError: It is not there, or cannot be had.
            ResourceExhaustedError: Another program has it.
            ForbiddenError: This program may not use it.
            TimeoutError: The sound system does not answer.
            InvalidArgumentError: The track is one of pictures.
            InvalidStateError: The track has an input already or is closed, or the meeting is over.
            UnsupportedError: The codec is not Opus, or this build of the library opens no devices.

        """
        return AudioDevice._open(lib.vsdk_audio_device_open_microphone, self._handle, device_id)

    def video_input(self) -> VideoInput:
        """Give an input for raw pictures, which makes the track's frames until it is closed.

        They are encoded in the sizes of `layers`, and the bit rates follow what the network
        carries.

        Raises:
            InvalidArgumentError: The track is one of sound.
            InvalidStateError: The track has an input already, or is closed.
            UnsupportedError: Its codec is not VP8, or this build of the library cannot encode it.

        """
        made = Kept(lib.vsdk_video_input_free)
        call(lib.vsdk_local_track_video_input, self._handle, made.out)
        return VideoInput(made, self)

    def encoder_target(self, layer: int = 0) -> EncoderTarget:
        """Tell what its encoder should do for a layer.

        Ask before each picture, or after an `EventType.KEY_FRAME_REQUESTED` or
        `EventType.ENCODER_TARGET_CHANGED`. Raises InvalidArgumentError when there is no such layer.
        """
        target = structures.EncoderTarget()
        index = whole(layer, "layer")
        call(lib.vsdk_local_track_encoder_target, self._handle, index, target.address)
        return EncoderTarget(
            is_active=target.is_active != 0,
            kbps=target.kbps or None,
            wants_key_frame=target.wants_key_frame != 0,
        )

    @property
    def is_sending(self) -> bool:
        """Whether frames are taken now."""
        return lib.vsdk_local_track_is_sending(self._owned.handle) != 0

    def set_enabled(self, enabled: bool) -> None:
        """Switch it off or on again, like muting: the others see that it is off. Does not wait."""
        call(lib.vsdk_local_track_set_enabled, self._handle, flag(enabled, "enabled"))


def _layer(track: Handle, index: int) -> TrackLayer:
    return TrackLayer(
        scale=lib.vsdk_local_track_layer_scale(track, index),
        max_kbps=lib.vsdk_local_track_layer_max_kbps(track, index) or None,
        max_fps=lib.vsdk_local_track_layer_max_fps(track, index) or None,
    )


def _audio_level(level: int) -> int:
    # 1 would be "not known" to the library, which checks the rest.
    if whole(level, "audio_level") > 0:
        raise InvalidArgumentError(
            Status.INVALID_ARGUMENT,
            f"audio_level is {level} dB",
            remedy="It is 0 (full scale) to -127 (silence), or None when it is not known.",
        )
    return level

"""Media and data of a meeting."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, Optional, Union
from weakref import WeakValueDictionary

from ._native import callbacks
from ._native.calls import Kept, Owned, bytes_of, call, encoded, flag, whole
from ._native.functions import Handle
from ._native.loading import lib
from ._native.wakes import Wakes
from .audio_output import AudioOutput
from .enumerations import (
    AudioProfile,
    BitrateMode,
    Codec,
    Reliability,
    ScreenShareProfile,
    Status,
    TrackKind,
)
from .frame_transform import FrameTransform, transforming
from .local_track import LocalTrack
from .media_statistics import MediaStatistics
from .meeting_handle import MeetingHandle, OwnedMeeting
from .received_frame import FrameHandler, ReceivedFrame
from .remote_track import RemoteTrack
from .track_options import track_options


class MeetingMedia(MeetingHandle):
    """Tracks that are sent and received, and data.

    The library takes and gives encoded frames, which the program encodes and decodes, and does all
    that is between. Sound it also takes and gives raw.
    """

    def __init__(self, owned: OwnedMeeting) -> None:
        """Take over what `init_meeting()` made."""
        super().__init__(owned)
        # By the id of the track, as long as anybody waits for its frames or could.
        self._wakes_of_tracks: WeakValueDictionary[str, Wakes] = WeakValueDictionary()
        # Asked for only while the meeting is open, which it is not in a forked child.
        self._wakes_lock = threading.Lock()

    def add_track(
        self,
        kind: TrackKind,
        *,
        codec: Codec | None = None,
        enabled: bool = True,
        size: tuple[int, int] | None = None,
        bitrate_mode: BitrateMode | None = None,
        multi_stream: bool = False,
        max_layers: int | None = None,
        audio_profile: AudioProfile | None = None,
        share_profile: ScreenShareProfile | None = None,
        app_data: Mapping[str, Any] | None = None,
    ) -> LocalTrack:
        """Add a track that is sent from now on, or once the meeting is joined.

        Keep it: it is sent until it is closed or no longer referenced, also through lost
        connections. `EventType.TRACK_PUBLISHED` says when the others can receive it,
        `EventType.TRACK_FAILED` that they cannot. Does not wait.

        Args:
            kind: What it is.
            codec: How its frames are encoded; None for Opus and VP8.
            enabled: Whether it is on from the start.
            size: Width and height of its pictures in pixels, from which layers and bit rates
                follow; None for 1280 x 720.
            bitrate_mode: What its bit rates aim at; None for `BitrateMode.BALANCED`.
            multi_stream: Whether it is sent in several sizes at once (simulcast), so that each
                receiver gets what fits. `LocalTrack.layers` says which the encoder has to make.
            max_layers: In how many sizes it is sent at most, 1 to 3; None for 3.
            audio_profile: What is heard; None for `AudioProfile.SPEECH_STANDARD`.
            share_profile: The size and rate of a shared screen; None when only the network limits
                it.
            app_data: What the others are told with the track: a JSON object of at most 16 KiB.

        Raises:
            InvalidArgumentError: An option is not allowed.
            InvalidStateError: The meeting is over, or closed.

        """
        with track_options(
            kind=kind,
            codec=codec,
            enabled=enabled,
            size=size,
            bitrate_mode=bitrate_mode,
            multi_stream=multi_stream,
            max_layers=max_layers,
            audio_profile=audio_profile,
            share_profile=share_profile,
            app_data=app_data,
        ) as options:
            track = Kept(lib.vsdk_local_track_free)
            call(lib.vsdk_meeting_add_track, self._handle, options.handle, track.out)
        return LocalTrack(track)

    def remote_track(self, track_id: str) -> RemoteTrack:
        """Give a track of somebody else, by the id that an `EventType.TRACK_ADDED` tells.

        It is there until `EventType.TRACK_REMOVED`. Raises NotFoundError when nobody sends a track
        with that id.
        """
        track = Kept(lib.vsdk_remote_track_free)
        id_ = encoded(track_id, "track_id")
        call(lib.vsdk_meeting_remote_track, self._handle, id_, track.out)
        # It may get a handler.
        self._owned.has_callbacks = True
        with self._wakes_lock:
            wakes = self._wakes_of_tracks.setdefault(track_id, Wakes())
        return RemoteTrack(track, wakes)

    def set_frame_handler(self, handler: Optional[FrameHandler]) -> None:
        """From now on give the frames of all tracks to the handler, those that wait first.

        It gets what no `AudioOutput` takes. It takes the place of the handlers of single tracks.
        None lets frames wait again. Runs, and is kept, as one of `RemoteTrack.set_frame_handler()`,
        or until the meeting is closed.
        """
        if handler is None:
            callbacks.set_meeting_frame_handler(self._handle, None)
            return
        told = handler

        def on_frame(frame: Handle) -> None:
            told(ReceivedFrame._copy(frame))

        self._owned.has_callbacks = True
        callbacks.set_meeting_frame_handler(self._handle, on_frame)
        self._look_again_for_frames()

    def audio_mixer(self, sample_rate: int = 48_000, channels: int = 1) -> AudioOutput:
        """Give the sound of everybody together, now and later, decoded for playing.

        The frames of all tracks with sound go there until it is closed. What is too loud together
        is turned down. Tracks with other codecs than Opus are not heard.

        Args:
            sample_rate: Of what will be pulled: 8,000 to 192,000 hertz. 48,000 needs no conversion.
            channels: How many channels will be pulled: 1 or 2.

        Raises:
            InvalidArgumentError: It is another format.
            InvalidStateError: A track has a frame handler of its own, or the meeting is closed.
            UnsupportedError: This build of the library has no codecs.

        """
        made = Kept(lib.vsdk_audio_output_free)
        format_ = whole(sample_rate, "sample_rate"), whole(channels, "channels")
        call(lib.vsdk_meeting_audio_mixer, self._handle, *format_, made.out)
        self._look_again_for_frames()
        return AudioOutput(made)

    def _look_again_for_frames(self) -> None:
        # Whoever waits for frames is refused from now on.
        for wakes in self._all_wakes_of_tracks():
            wakes.look_again()

    def _all_wakes_of_tracks(self) -> list[Wakes]:
        references = self._wakes_of_tracks.valuerefs()
        return [wakes for it in references if (wakes := it()) is not None]

    def _end_wakes_of_tracks(self) -> None:
        for wakes in self._all_wakes_of_tracks():
            wakes.end()

    def set_frame_transform(self, transform: Optional[FrameTransform]) -> None:
        """From now on let every frame that is sent or received become what the transform gives.

        None leaves frames as they are. Set it before joining, so that nothing goes out without. One
        transform serves both directions and all tracks. It is made for encryption from end to end.
        What it has to give, and where it runs: see `FrameTransform`.

        When this returns, an earlier transform is not running and will not run again, unless this
        is called from inside a handler or a transform. It is kept until another takes its place or
        the meeting is closed; from then on nothing goes on that was to be transformed.
        """
        if transform is None:
            callbacks.set_frame_transform(self._handle, None)
            return
        self._owned.has_callbacks = True
        callbacks.set_frame_transform(self._handle, transforming(transform))

    def media_statistics(self) -> MediaStatistics:
        """Tell how media is doing, as it stood at the last look: there is one each second."""
        with Owned(lib.vsdk_media_statistics_free) as statistics:
            call(lib.vsdk_meeting_media_statistics, self._handle, statistics.out)
            return MediaStatistics._read(statistics.handle)

    def send_data(
        self,
        data: Union[str, bytes, bytearray, memoryview],
        *,
        reliability: Reliability = Reliability.RELIABLE,
    ) -> bool:
        """Send data to everybody who receives media; they get it as an `EventType.DATA`.

        Never waits for the network. False says that too much waits already: send it again a little
        later, or leave it.

        Args:
            data: At most 15 KiB. A str arrives as a text.
            reliability: Whether what is lost is sent again. Neither way keeps the order.

        Raises:
            InvalidArgumentError: It is too long (service number 3072).
            InvalidStateError: There is no connection for media (service number 3048).

        """
        is_text = isinstance(data, str)
        sent = _text(data) if isinstance(data, str) else bytes_of(data, "data")
        arguments = sent, len(sent), flag(is_text, "is_text"), reliability
        return call(lib.vsdk_meeting_send_data, self._handle, *arguments) == Status.OK


def _text(data: str) -> bytes:
    """Give a text that goes out as bytes: a NUL in it is itself."""
    return b"\0".join(encoded(part, "data") or b"" for part in data.split("\0"))

"""Audio outputs: raw sound of others, one track or all of them together."""

from __future__ import annotations

from array import array
from ctypes import byref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, overload

from ._native import callbacks, structures
from ._native.calls import Kept, call, whole
from ._native.loading import lib
from ._native.samples import filling
from .audio_handle import AudioHandle
from .enumerations import Status
from .errors import InvalidArgumentError, WouldDeadlockError

if TYPE_CHECKING:
    from ._native.buffers import Writable


@dataclass(frozen=True)
class PulledAudio:
    """What a buffer was filled with; the numbers of frames add up to those of the buffer."""

    decoded_frames: int
    """How many frames are as they were sent."""

    concealed_frames: int
    """How many were made up, because they got lost on the way or are late."""

    silent_frames: int
    """How many are silence: nothing came, or a pause of speech."""

    audio_level: int
    """How loud the buffer is, in decibels below full scale: 0 to -127."""


class AudioOutput(AudioHandle):
    """The sound of a track of somebody else, or of all of them together.

    `RemoteTrack.audio_output()` and `Meeting.audio_mixer()` make it. Sound is pulled at the pace at
    which it is played, and held back just long enough for most of it to come in time. A buffer is
    always filled: what is late or lost is made up, where nothing comes there is silence.

    It may be used from any thread and inside any handler; of one output one thread at a time pulls.
    That thread decodes, so a transform of frames runs there, and must not pull itself. Closing it,
    or no longer referring to it, lets the frames of its tracks be read again.
    """

    def __init__(self, owned: Kept) -> None:
        """Take over what the track or the meeting made."""
        super().__init__(owned)
        self.sample_rate = lib.vsdk_audio_output_sample_rate(self._handle)
        self.channels = lib.vsdk_audio_output_channels(self._handle)

    def pull_into(self, samples: Writable) -> PulledAudio:
        """Fill all of a buffer with what is to be heard next. Waits for nothing.

        Args:
            samples: Any buffer without gaps that can be written to, of at most a second. Its items
                become samples of 16 bits ('h', int16) or of -1 to 1 ('f', float32); bytes become
                samples of 16 bits.

        Raises:
            InvalidArgumentError: It is another kind of buffer, half a frame, or more than a second.
            InvalidStateError: The output is closed.
            WouldDeadlockError: It is called inside a transform of frames.

        """
        if callbacks.is_transforming():
            raise WouldDeadlockError(
                Status.WOULD_DEADLOCK,
                "sound is pulled inside a transform of frames, which may be part of pulling it",
                remedy="Pull elsewhere.",
                operation="audio_output_pull",
            )
        info = structures.PulledAudio()
        with filling(samples, self.channels) as its:
            pull = (
                lib.vsdk_audio_output_pull_f32 if its.are_floats else lib.vsdk_audio_output_pull_s16
            )
            call(pull, self._handle, its.address, its.sample_count, byref(info))
        callbacks.go_on_with_interrupt()
        return PulledAudio(
            decoded_frames=info.decoded_frames,
            concealed_frames=info.concealed_frames,
            silent_frames=info.silent_frames,
            audio_level=info.audio_level,
        )

    @overload
    def pull(self, frames: int, typecode: Literal["h"] = ...) -> tuple[array[int], PulledAudio]: ...

    @overload
    def pull(self, frames: int, typecode: Literal["f"]) -> tuple[array[float], PulledAudio]: ...

    def pull(
        self, frames: int, typecode: Literal["h", "f"] = "h"
    ) -> tuple[array[Any], PulledAudio]:
        """Give what is to be heard next in an array of its own, and what that is.

        Args:
            frames: How many, at most a second.
            typecode: What the samples are: 'h' for 16 bits, 'f' for -1 to 1.

        Raises:
            InvalidArgumentError: The number or the typecode is another one.
            InvalidStateError: The output is closed.
            WouldDeadlockError: It is called inside a transform of frames.

        """
        # Before it takes the memory.
        if not 0 <= whole(frames, "frames") <= self.sample_rate:
            raise InvalidArgumentError(
                Status.INVALID_ARGUMENT,
                f"frames is {frames}",
                remedy=f"It is 0 to {self.sample_rate}, a second; 10 or 20 milliseconds are usual.",
            )
        if typecode not in ("h", "f"):
            raise InvalidArgumentError(
                Status.INVALID_ARGUMENT,
                f"typecode is {typecode!r}",
                remedy="It is 'h' for samples of 16 bits, 'f' for those of -1 to 1.",
            )
        samples: array[Any] = array(typecode, [0]) * (frames * self.channels)
        return samples, self.pull_into(samples)

"""Audio inputs: raw sound of the program, for a track that it sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._native.calls import Kept, call, capture_time
from ._native.functions import AUDIO_LEVEL_UNKNOWN
from ._native.loading import lib
from ._native.samples import reading
from .audio_handle import AudioHandle
from .push_result import PushResult

if TYPE_CHECKING:
    from ._native.buffers import Readable
    from .local_track import LocalTrack


class AudioInput(AudioHandle):
    """Raw sound for a track that this participant sends. `LocalTrack.audio_input()` makes it.

    What is pushed is converted, encoded as the track's audio profile says, and sent. It may be used
    from any thread and inside any handler; one thread for each input is usual. Closing it, or no
    longer referring to it, leaves the track as it is: it takes encoded frames or another input
    again.
    """

    track: LocalTrack
    """Whose sound it is. It is sent at least as long as this is referred to, or until it is
    closed."""

    def __init__(self, owned: Kept, track: LocalTrack) -> None:
        """Take over what the track made."""
        super().__init__(owned)
        self.track = track
        self.sample_rate = lib.vsdk_audio_input_sample_rate(self._handle)
        self.channels = lib.vsdk_audio_input_channels(self._handle)

    def push(self, samples: Readable, *, capture_time_us: int | None = None) -> PushResult:
        """Send samples: any number of frames up to a second.

        Waits for nothing. Samples that are not taken are no failure: the result says why.

        Args:
            samples: Any buffer without gaps, whose items are samples of 16 bits ('h', int16) or of
                -1 to 1 ('f', float32); bytes count as samples of 16 bits. The library copies what
                is in it, nothing before does. What is beyond full scale is cut off, what is no
                number is silence.
            capture_time_us: When the first of them was recorded: microseconds from 0 on, on the
                clock of this participant's other tracks. None for samples that were recorded just
                now.

        Raises:
            InvalidArgumentError: It is another kind of buffer, half a frame, or more than a second.
            InvalidStateError: The input is closed.

        """
        time_us = capture_time(capture_time_us)
        with reading(samples, self.channels) as its:
            push = (
                lib.vsdk_audio_input_push_f32 if its.are_floats else lib.vsdk_audio_input_push_s16
            )
            return PushResult(call(push, self._handle, its.address, its.sample_count, time_us))

    @property
    def level(self) -> int:
        """How loud what is pushed is, sent or not, in decibels below full scale: 0 to -127.

        It follows within a twentieth of a second. 0 is full scale all the time, the loudest tone
        has -3. Raises InvalidStateError when the input is closed.
        """
        level = lib.vsdk_audio_input_level(self._owned.handle)
        if level == AUDIO_LEVEL_UNKNOWN:
            raise self._closed()
        return level

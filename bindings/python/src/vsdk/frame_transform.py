"""What the program does to encoded frames on their way, e.g. encrypting them from end to end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Optional, Union

from ._native import structures
from ._native.calls import bytes_of, text
from .enumerations import Codec, Status, TrackKind
from .errors import InvalidArgumentError


@dataclass(frozen=True)
class FrameInfo:
    """What a transform is told of a frame."""

    is_sent: bool
    """Whether this participant sends it; else it is somebody else's."""

    participant_id: str
    """Who sends it: the same at both ends."""

    track_id: str
    """What events call the track here: not the same at both ends."""

    kind: TrackKind
    """What the track is."""

    codec: Codec
    """How it is encoded."""

    timestamp_us: int
    """As in the frame, in microseconds: not the same at both ends."""

    is_key_frame: bool
    """Whether it can be decoded without those before it, as all sound can."""

    layer: int
    """Which of the sizes of a simulcast it is, where it is sent; always 0 where it is received."""

    @classmethod
    def _read(cls, address: int) -> FrameInfo:
        told = structures.FrameInfo.from_address(address)
        return cls(
            is_sent=told.is_sent != 0,
            participant_id=text(told.participant_id),
            track_id=text(told.track_id),
            kind=TrackKind(told.kind),
            codec=Codec(told.codec),
            timestamp_us=told.timestamp_us,
            is_key_frame=told.is_key_frame != 0,
            layer=told.layer,
        )


FrameTransform = Callable[[FrameInfo, bytes], Optional[Union[bytes, bytearray, memoryview]]]
"""Gets a frame, and gives what becomes of it.

None, or nothing in it, drops the frame, and so does an exception, which goes to
`sys.unraisablehook`, and more than 8 KiB of growth, 1,120 bytes of sound or 4 MiB of pictures.
What is dropped is counted in the statistics, and pictures go on with a key frame. Leave the
beginning of frames as it is, for the service looks into it to find key frames: 10 bytes of a key
frame of VP8, 3 of its other frames, 1 of Opus.

It runs on the thread that pushes the frame, or on the one that reads it, which is the library's
thread for media when there is a frame handler. Raw sound that is sent is transformed by the
library's thread that encodes it, and what is received by whoever pulls it. Several threads may be
in it at once, for different frames. Inside, what would wait for the service raises
WouldDeadlockError, whatever the thread."""


def transforming(transform: FrameTransform) -> Callable[[int, bytes, int], Optional[bytes]]:
    """Give the transform as the library's side takes it."""

    def transformed(info: int, data: bytes, capacity: int) -> bytes | None:
        made = transform(FrameInfo._read(info), data)
        if made is None:
            return None
        made = bytes_of(made, "what the transform gives")
        if len(made) > capacity:
            raise InvalidArgumentError(
                Status.INVALID_ARGUMENT,
                f"a frame of {len(data)} bytes became {len(made)} in the transform",
                remedy=f"It may have {capacity} at most.",
            )
        return made

    return transformed

"""Frames: what others send, as it came."""

from __future__ import annotations

from ctypes import byref, c_size_t, c_void_p, string_at
from dataclasses import dataclass, field, fields
from typing import Any, Callable

from ._native.calls import Kept, Owned, call, text
from ._native.functions import AUDIO_LEVEL_UNKNOWN, Handle
from ._native.loading import lib
from ._native.memory import lent
from .enumerations import Codec, TrackKind


@dataclass(frozen=True)
class ReceivedFrame:
    """One packet of sound or one encoded picture of somebody else, for a decoder.

    The memory of its data is given back with the last reference to the frame and to `data`.
    """

    data: memoryview = field(repr=False, hash=False)
    """What is in it. Cannot be written to; `bytes(frame.data)` is a copy."""

    participant_id: str
    """Who sent it."""

    track_id: str
    """Which track it belongs to."""

    kind: TrackKind
    """What that track is."""

    codec: Codec
    """How it is encoded."""

    timestamp_us: int
    """When it was recorded: microseconds from an arbitrary moment of its track."""

    is_key_frame: bool
    """Whether it can be decoded without those before it. Every frame of sound can."""

    follows_gap: bool
    """Whether frames are missing just before it: lost on the way, or not read in time."""

    audio_level: int | None
    """How loud it is, in decibels below full scale: 0 to -127. None when its sender does not
    tell."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it travel between processes, with a copy of its data."""
        return _again, (bytes(self.data), *(getattr(self, it.name) for it in fields(self)[1:]))

    @classmethod
    def _read(cls, handle: Handle, data: memoryview) -> ReceivedFrame:
        level = lib.vsdk_received_frame_audio_level(handle)
        return cls(
            data=data,
            participant_id=text(lib.vsdk_received_frame_participant_id(handle)),
            track_id=text(lib.vsdk_received_frame_track_id(handle)),
            kind=TrackKind(lib.vsdk_received_frame_kind(handle)),
            codec=Codec(lib.vsdk_received_frame_codec(handle)),
            timestamp_us=lib.vsdk_received_frame_timestamp_us(handle),
            is_key_frame=lib.vsdk_received_frame_is_key_frame(handle) != 0,
            follows_gap=lib.vsdk_received_frame_follows_gap(handle) != 0,
            audio_level=None if level == AUDIO_LEVEL_UNKNOWN else level,
        )

    @classmethod
    def _take(cls, owned: Owned) -> ReceivedFrame:
        """Read a frame that belongs to this program; its data stays where it is."""
        # Only what lives as long as the data has a finaliser: see Owned.
        kept = Kept(lib.vsdk_received_frame_free, owned.taken())
        return cls._read(kept.handle, lent(*_memory(kept.handle), kept))

    @classmethod
    def _copy(cls, handle: Handle) -> ReceivedFrame:
        """Read a frame that is there only while a handler runs."""
        start, length = _memory(handle)
        data = b"" if start is None else string_at(start, length)
        return cls._read(handle, memoryview(data))


FrameHandler = Callable[[ReceivedFrame], object]
"""Receives a frame."""


def _memory(frame: Handle) -> tuple[int | None, int]:
    start, length = c_void_p(), c_size_t()
    call(lib.vsdk_received_frame_data, frame, byref(start), byref(length))
    return start.value, length.value


def _again(data: bytes, *rest: Any) -> ReceivedFrame:
    return ReceivedFrame(memoryview(data), *rest)

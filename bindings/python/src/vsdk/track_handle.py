"""What tracks that are sent and tracks that are received have in common."""

from __future__ import annotations

from .enumerations import Codec, Status, TrackKind
from .errors import InvalidStateError
from .media_handle import MediaHandle


class TrackHandle(MediaHandle):
    """What has the handle of a track. Use it in a `with`, or close it."""

    id: str
    """What events call it."""

    kind: TrackKind
    """What it is."""

    codec: Codec
    """How its frames are encoded."""

    def _closed(self) -> InvalidStateError:
        return InvalidStateError(
            Status.INVALID_HANDLE,
            "the track is closed",
            remedy="Ask the meeting for another one.",
        )

    def _told(self) -> str:
        return f" {self.id!r}: {self.kind}, {self.codec}"

"""What tracks that are sent and tracks that are received have in common."""

from __future__ import annotations

from types import TracebackType
from typing import TypeVar

from ._native.calls import Kept
from ._native.functions import Handle
from .enumerations import Codec, Status, TrackKind
from .errors import InvalidStateError

_Track = TypeVar("_Track", bound="TrackHandle")


class TrackHandle:
    """What has the handle of a track. Use it in a `with`, or close it."""

    id: str
    """What events call it."""

    kind: TrackKind
    """What it is."""

    codec: Codec
    """How its frames are encoded."""

    def __init__(self, owned: Kept) -> None:
        """Take over what the meeting made."""
        self._owned = owned

    @property
    def _handle(self) -> Handle:
        handle = self._owned.handle
        if handle is None:
            raise InvalidStateError(
                Status.INVALID_HANDLE,
                "the track is closed",
                remedy="Ask the meeting for another one.",
            )
        return handle

    def close(self) -> None:
        """Free it. Again is no mistake. Never fails."""
        self._owned.close()

    def __enter__(self: _Track) -> _Track:
        """Give the track itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Tell what it is."""
        closed = " closed" if self._owned.handle is None else ""
        return f"<vsdk.{type(self).__name__} {self.id!r}: {self.kind}, {self.codec}{closed}>"

"""What tracks, raw sound and raw pictures have in common, sent and received."""

from __future__ import annotations

from types import TracebackType
from typing import TypeVar

from ._native.calls import Kept
from ._native.functions import Handle
from .enumerations import Status
from .errors import InvalidStateError

_Media = TypeVar("_Media", bound="MediaHandle")


class MediaHandle:
    """What has the handle of a track, or of its media. Use it in a `with`, or close it."""

    def __init__(self, owned: Kept) -> None:
        """Take over what the track or the meeting made."""
        self._owned = owned

    @property
    def _handle(self) -> Handle:
        handle = self._owned.handle
        if handle is None:
            raise self._closed()
        return handle

    def _closed(self) -> InvalidStateError:
        return InvalidStateError(
            Status.INVALID_HANDLE,
            f"the {type(self).__name__} is closed",
            remedy="Ask the track or the meeting for another one.",
        )

    def close(self) -> None:
        """Free it. Again is no mistake. Never fails."""
        self._owned.close()

    def __enter__(self: _Media) -> _Media:
        """Give it itself."""
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
        return f"<vsdk.{type(self).__name__}{self._told()}{closed}>"

    def _told(self) -> str:
        """Tell what it is, behind its name."""
        raise NotImplementedError

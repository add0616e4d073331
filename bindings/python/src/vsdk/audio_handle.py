"""What raw sound that is sent and raw sound that is received have in common."""

from __future__ import annotations

from types import TracebackType
from typing import TypeVar

from ._native.calls import Kept
from ._native.functions import Handle
from .enumerations import Status
from .errors import InvalidStateError

_Audio = TypeVar("_Audio", bound="AudioHandle")


class AudioHandle:
    """What has the handle of raw sound. Use it in a `with`, or close it.

    A frame is one sample of each channel, the left one first.
    """

    sample_rate: int
    """In hertz."""

    channels: int
    """1 or 2."""

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

    def __enter__(self: _Audio) -> _Audio:
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
        name = type(self).__name__
        return f"<vsdk.{name}: {self.sample_rate} Hz, channels: {self.channels}{closed}>"

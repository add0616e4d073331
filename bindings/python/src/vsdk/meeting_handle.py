"""The handle of a meeting, which its calls share."""

from __future__ import annotations

import _thread
import contextlib
import sys

from ._native.calls import Kept
from ._native.functions import Handle
from ._native.loading import lib
from .enumerations import Status
from .errors import InvalidStateError


class OwnedMeeting(Kept):
    """The handle of a meeting, which may be collected as garbage at any moment, in any thread."""

    has_callbacks = False
    """Whether freeing may have to wait for a handler that is running."""

    def __del__(self) -> None:
        """Free it, elsewhere when that could wait."""
        if not self.has_callbacks or sys.is_finalizing():
            super().__del__()
            return
        handle = self.taken()
        if handle is not None:
            # Freeing waits for a running handler, which may wait for a lock that this thread holds.
            # Not threading.Thread: it takes locks of its own. At the end no thread can be started,
            # and everything is given back anyway.
            with contextlib.suppress(RuntimeError):
                _thread.start_new_thread(lib.vsdk_meeting_free, (handle,))


class MeetingHandle:
    """What has the handle of a meeting."""

    def __init__(self, owned: OwnedMeeting) -> None:
        """Take over what `init_meeting()` made."""
        self._owned = owned

    @property
    def _handle(self) -> Handle:
        handle = self._owned.handle
        if handle is None:
            raise InvalidStateError(
                Status.INVALID_HANDLE,
                "the meeting is closed",
                remedy="Make another one with init_meeting().",
            )
        return handle

"""Meetings: joined and left, read through snapshots and events."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from ctypes import byref, c_int32, c_void_p
from types import TracebackType
from typing import Callable, Optional

from ._native import callbacks, process
from ._native.calls import (
    Owned,
    call,
    encoded,
    taken_error,
)
from ._native.functions import Handle
from ._native.loading import lib
from ._native.operation import Doing, each, each_async, next_one
from ._native.wakes import Wakes
from .enumerations import Status
from .errors import EventsEndedError, VsdkError
from .event import Event
from .library import DEFAULT_TIMEOUT
from .meeting_calls import MeetingCalls
from .meeting_devices import MeetingDevices
from .meeting_handle import OwnedMeeting
from .meeting_receiving import MeetingReceiving
from .snapshot import MeetingSnapshot
from .wake_handler import WakeHandler

EventHandler = Callable[[Event], object]
"""Receives an event."""

_JOIN = Doing(lib.vsdk_meeting_join, lib.vsdk_meeting_join_async)
_LEAVE = Doing(lib.vsdk_meeting_leave, lib.vsdk_meeting_leave_async)
_END = Doing(lib.vsdk_meeting_end, lib.vsdk_meeting_end_async)


class Meeting(MeetingCalls, MeetingDevices, MeetingReceiving):
    """A meeting: this program's part in a room. `init_meeting()` makes it.

    Everything may be called from any thread, several at once. Use it in a `with` or `async with`,
    or close it: what is called on it afterwards raises InvalidStateError. One that is no longer
    referenced leaves in the background.
    """

    def __init__(self, owned: OwnedMeeting) -> None:
        """Take over what `init_meeting()` made."""
        super().__init__(owned)
        self._wakes = Wakes()
        self._is_waking = False

    # ---- What it is ------------------------------------------------------------------------------

    def snapshot(self) -> MeetingSnapshot:
        """Give all of the meeting at this moment."""
        with Owned(lib.vsdk_meeting_snapshot_free) as snapshot:
            call(lib.vsdk_meeting_snapshot, self._handle, snapshot.out)
            return MeetingSnapshot._read(snapshot.handle)

    def __repr__(self) -> str:
        """Tell the room, the participant and the state."""
        try:
            it = self.snapshot()
        except VsdkError:
            return "<vsdk.Meeting closed>"
        return f"<vsdk.Meeting {it.meeting_id!r} as {it.participant_id!r}: {it.state}>"

    # ---- Joining, leaving, ending ----------------------------------------------------------------

    def join(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Join the room, and ask to be let in where the token demands it.

        Then the state is `MeetingState.CONNECTED`, and a snapshot has everybody in the room. After
        a failure it is `MeetingState.FAILED`, its event tells the same, and joining may be tried
        again. A connection that is lost later is made anew by itself.

        Waits at most `timeout` seconds: give it minutes where somebody has to let this participant
        in. Ctrl-C gives it up; it may be joined again. Not inside a handler.

        Raises:
            TokenError: The token cannot do it.
            NetworkError: The service was not reached.
            ServiceError: The service refused; a MeetingError when the entry was denied or the room
                is full.
            TimeoutError: The time is over.
            InvalidStateError: It was joined already, or has ended.
            CancelledError: It was left meanwhile.

        """
        _JOIN.wait(self._handle, timeout=timeout)

    async def join_async(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Do as `join()` without holding up the event loop; cancelling the task gives it up."""
        await _JOIN.wait_async(self._handle, timeout=timeout)

    def leave(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Leave: the state becomes `MeetingState.LEFT`, and whoever waits for events is woken.

        Leaving twice is no mistake; events that are left can still be read. Waits for the service
        at most `timeout` seconds; 0 begins to leave and does not wait.
        """
        _LEAVE.wait(self._handle, timeout=timeout)

    async def leave_async(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Do as `leave()` without holding up the event loop."""
        await _LEAVE.wait_async(self._handle, timeout=timeout)

    def end(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """End the meeting for everybody in the room. Needs a token with `allow_mod`.

        Waits for the service at most `timeout` seconds, and raises as `publish()`.
        """
        _END.wait(self._handle, timeout=timeout)

    async def end_async(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Do as `end()` without holding up the event loop."""
        await _END.wait_async(self._handle, timeout=timeout)

    def refresh_connection(self) -> None:
        """Make the connection anew at once: after a change of networks, before the loss is noticed.

        The state becomes `MeetingState.RECONNECTING`, and `MeetingState.CONNECTED` when it is done.
        Raises InvalidStateError when this participant is not in the room. Does not wait.
        """
        call(lib.vsdk_meeting_refresh_connection, self._handle)

    def set_token(self, token: str) -> None:
        """Hand in a fresh token: the next time one is needed, this is used.

        Raises TokenError when it cannot be used for this room and participant; the present one
        stays then. Raises InvalidStateError after the end. Does not wait.
        """
        call(lib.vsdk_meeting_set_token, self._handle, encoded(token, "token"))

    # ---- Events ----------------------------------------------------------------------------------

    def next_event(self, timeout: float | None = None) -> Event | None:
        """Give the next event; None when none came within `timeout` seconds.

        Waits without limit by default; 0 only looks, which is allowed inside a handler too.

        Raises:
            EventsEndedError: The meeting has ended and all its events were read.
            InvalidStateError: An event handler is set, or the meeting is closed.
            WouldDeadlockError: It would wait inside a handler.

        """
        return next_one(self._next_event, timeout)

    async def next_event_async(self, timeout: float | None = None) -> Event | None:
        """Do as `next_event()` without holding up the event loop, and without a thread."""
        return await self._wakes.next_async(self._next_event, timeout, self._start_waking)

    def events(self, timeout: float | None = None) -> Iterator[Event]:
        """Go through the events: `for event in meeting.events()`.

        Ends when the meeting has ended and all its events were read, when it is closed, or when
        none came within `timeout` seconds: with 0 it gives what is there. Each step waits and
        raises as `next_event()`.
        """
        _ = self._handle
        return each(self.next_event, timeout)

    def events_async(self, timeout: float | None = None) -> AsyncIterator[Event]:
        """Go through the events: `async for event in meeting.events_async()`; as `events()`."""
        _ = self._handle
        return each_async(self.next_event_async, timeout)

    def _next_event(self, timeout_ms: int) -> Event | None:
        with Owned(lib.vsdk_event_free) as event:
            error = c_void_p()
            status = lib.vsdk_meeting_next_event(self._handle, timeout_ms, event.out, byref(error))
            if event.handle is not None:
                return Event._read(event.handle)
            if status == Status.NO_EVENT:
                return None
            process.freeze_at_exit()
            if status < 0:
                raise taken_error(status, error)
        raise EventsEndedError(
            Status.CLOSED,
            "the meeting has ended and all its events were read",
            remedy="Stop reading; events() does so by itself.",
            operation="meeting_next_event",
        )

    def set_event_handler(self, handler: Optional[EventHandler]) -> None:
        """From now on give events to the handler, those that wait first; None lets them wait again.

        The handler runs on the library's thread for callbacks; a slow one delays the callbacks of
        everyone. When this returns, an earlier handler is not running and will not run again,
        unless this is called from inside it. Its exceptions go to `sys.unraisablehook`. It is kept
        until it is replaced or the meeting is closed: one that holds the meeting keeps it alive.
        """
        if handler is None:
            callbacks.set_event_handler(self._handle, None)
            return
        told = handler

        def on_event(event: Handle) -> None:
            told(Event._read(event))

        self._owned.has_callbacks = True
        callbacks.set_event_handler(self._handle, on_event)

    def set_wake_handler(self, handler: Optional[WakeHandler]) -> None:
        """Set what is called whenever there is something to read after there was nothing.

        Made for event loops: let it signal the loop, and read there with `next_event(0)` until
        there is nothing. With asyncio `events_async()` does all of it. Runs, and is kept, as an
        event handler; None is nothing.
        """
        _ = self._handle
        self._wakes.handler = handler
        self._set_waking()

    def event_descriptor(self) -> int:
        """Give a descriptor that polls readable while there is something to read, for select().

        It is made on demand, belongs to the meeting and lives as long: poll it, never read or close
        it. Raises UnsupportedError on Windows.
        """
        descriptor = c_int32(-1)
        call(lib.vsdk_meeting_event_descriptor, self._handle, byref(descriptor))
        return descriptor.value

    def _start_waking(self) -> None:
        if not self._is_waking:
            self._set_waking()

    def _set_waking(self) -> None:
        # It reads the app's handler when it is called: whoever sets it last, none gets lost. Set
        # anew each time, so that when this returns the earlier one is not running.
        self._owned.has_callbacks = True
        callbacks.set_wake_handler(self._handle, self._wakes.give)
        self._is_waking = True

    # ---- Its end ---------------------------------------------------------------------------------

    def close(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Leave, if that was not done, and free the meeting. Again is no mistake. Never fails.

        When this returns, its handlers are not running and will not run again, unless it is called
        from inside one. Waits for the service at most `timeout` seconds; what fails then ends in
        the background.
        """
        try:
            with contextlib.suppress(VsdkError):
                _LEAVE.wait(self._handle, timeout=timeout)
        finally:
            self._free()

    async def close_async(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Do as `close()` without holding up the event loop."""
        try:
            with contextlib.suppress(VsdkError):
                await _LEAVE.wait_async(self._handle, timeout=timeout)
        finally:
            if self._owned.has_callbacks:
                # Freeing waits for a running handler.
                await asyncio.to_thread(self._free)
            else:
                self._free()

    def _free(self) -> None:
        self._owned.close()
        # Its handlers are taken out by now; whoever waits learns that nothing will come.
        self._wakes.end()
        self._end_wakes_of_tracks()

    def __enter__(self) -> Meeting:
        """Give the meeting itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    async def __aenter__(self) -> Meeting:
        """Give the meeting itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        await self.close_async()

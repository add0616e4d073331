"""Meetings: made from options, read through snapshots and events."""

from __future__ import annotations

import _thread
import asyncio
import contextlib
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from ctypes import byref, c_int32, c_void_p
from types import TracebackType
from typing import Any, Callable, Optional

from ._native import callbacks, process
from ._native.calls import Owned, call, encoded, milliseconds, milliseconds_for_events, taken_error
from ._native.functions import Handle
from ._native.loading import lib
from ._native.operation import INTERRUPTIBLE_S
from ._native.wakes import Wakes, resolve
from .enumerations import (
    AudioCodec,
    MaxResolution,
    Mode,
    PeerType,
    PreferredProtocol,
    Status,
)
from .errors import EventsEndedError, InvalidStateError, VsdkError
from .event import Event
from .library import DEFAULT_TIMEOUT
from .meeting_options import meeting_options
from .snapshot import MeetingSnapshot

EventHandler = Callable[[Event], object]
"""Receives an event."""

WakeHandler = Callable[[], object]
"""Told that there is something to read."""


class Meeting:
    """A meeting: this program's part in a room. `init_meeting()` makes it.

    Everything may be called from any thread, several at once. Use it in a `with` or `async with`,
    or close it: what is called on it afterwards raises InvalidStateError. One that is no longer
    referenced leaves in the background.
    """

    def __init__(self, owned: _OwnedMeeting) -> None:
        """Take over what `init_meeting()` made."""
        self._owned = owned
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

    # ---- What it does ----------------------------------------------------------------------------

    def join(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Join the room, and ask to be let in where the token demands it.

        Then the state is `MeetingState.CONNECTED`. After a failure it is `MeetingState.FAILED`, and
        joining may be tried again. Waits at most `timeout` seconds.
        """
        call(lib.vsdk_meeting_join, self._handle, milliseconds(timeout))

    async def join_async(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Do as `join()` without holding up the event loop."""
        await asyncio.to_thread(self.join, timeout=timeout)

    def leave(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Leave: the state becomes `MeetingState.LEFT`, and whoever waits for events is woken.

        Leaving twice is no mistake; events that are left can still be read. Waits for the service
        at most `timeout` seconds.
        """
        call(lib.vsdk_meeting_leave, self._handle, milliseconds(timeout))

    async def leave_async(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Do as `leave()` without holding up the event loop."""
        await asyncio.to_thread(self.leave, timeout=timeout)

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
        if threading.current_thread() is not threading.main_thread():
            return self._next_event(milliseconds_for_events(timeout))
        # Python acts on Ctrl-C in the main thread, between two calls.
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            left = INTERRUPTIBLE_S if end is None else end - time.monotonic()
            event = self._next_event(milliseconds(min(left, INTERRUPTIBLE_S)))
            if event is not None or left <= 0:
                return event

    async def next_event_async(self, timeout: float | None = None) -> Event | None:
        """Do as `next_event()` without holding up the event loop, and without a thread."""
        end = None if timeout is None else time.monotonic() + timeout
        self._start_waking()
        while True:
            # Before looking, so that what comes in between is not missed.
            waiter = self._wakes.waiter()
            timer = None
            try:
                event = self._next_event(0)
                left = None if end is None else end - time.monotonic()
                if event is not None or (left is not None and left <= 0):
                    return event
                if left is not None:
                    timer = waiter.get_loop().call_later(left, resolve, waiter)
                await waiter
            finally:
                self._wakes.forget(waiter)
                if timer is not None:
                    timer.cancel()

    def events(self, timeout: float | None = None) -> Iterator[Event]:
        """Go through the events: `for event in meeting.events()`.

        Ends when the meeting has ended and all its events were read, when it is closed, or when
        none came within `timeout` seconds: with 0 it gives what is there. Each step waits and
        raises as `next_event()`.
        """
        _ = self._handle
        return self._events(timeout)

    def _events(self, timeout: float | None) -> Iterator[Event]:
        with _until_the_end():
            while (event := self.next_event(timeout)) is not None:
                yield event

    def events_async(self, timeout: float | None = None) -> AsyncIterator[Event]:
        """Go through the events: `async for event in meeting.events_async()`; as `events()`."""
        _ = self._handle
        return self._events_async(timeout)

    async def _events_async(self, timeout: float | None) -> AsyncIterator[Event]:
        with _until_the_end():
            while (event := await self.next_event_async(timeout)) is not None:
                yield event

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
        lib.vsdk_meeting_leave(self._owned.handle, milliseconds(timeout), None)
        self._owned.close()
        # Its handler is taken out by now; whoever waits learns that nothing will come.
        self._wakes.handler = None
        self._wakes.give()

    async def close_async(self, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        """Do as `close()` without holding up the event loop."""
        await asyncio.to_thread(self.close, timeout=timeout)

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


class _OwnedMeeting(Owned):
    """The handle of a meeting, which may be collected as garbage at any moment, in any thread."""

    has_callbacks = False

    def __del__(self) -> None:
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


@contextlib.contextmanager
def _until_the_end() -> Iterator[None]:
    """Let a loop end with the meeting."""
    try:
        yield
    except EventsEndedError:
        pass
    except InvalidStateError as error:
        if error.status != Status.INVALID_HANDLE:
            raise


def init_meeting(
    meeting_id: str | None = None,
    *,
    name: str | None = None,
    participant_id: str | None = None,
    mic_enabled: bool | None = None,
    webcam_enabled: bool | None = None,
    metadata: Mapping[str, Any] | None = None,
    mode: Mode | None = None,
    preferred_protocol: PreferredProtocol | None = None,
    max_resolution: MaxResolution | None = None,
    audio_codec: AudioCodec | None = None,
    peer_type: PeerType | None = None,
    multi_stream: bool | None = None,
    auto_consume: bool | None = None,
    codec_switch_enabled: bool | None = None,
    batching_enabled: bool | None = None,
    debug_mode: bool | None = None,
    chat_enabled: bool | None = None,
    translation_language: str | None = None,
    speaking_language: str | None = None,
    device_info: Mapping[str, Any] | None = None,
    token: str | None = None,
    api_base_url: str | None = None,
    signaling_base_url: str | None = None,
    options: Mapping[str, Any] | None = None,
) -> Meeting:
    """Make a meeting, like `VideoSDK.initMeeting({...})`; None stands for the defaults.

    Checks everything that can be checked without a network: the options, and whether the token can
    join this room as this participant. The first event is the change to
    `MeetingState.INITIALISED`; warnings about the token follow. Does not wait. From any thread.

    Args:
        meeting_id: The room to meet in: a room id of the service or a custom one. Required, here or
            in `options`.
        name: The name that others see; by default 6 random characters.
        participant_id: The participant's id; by default 8 random characters. Joining with an id
            removes whoever is in the room with it.
        mic_enabled: Whether the microphone is wanted from the start, by default not. A library has
            no device of its own: publishing begins once a source is attached.
        webcam_enabled: Whether the camera is wanted from the start, by default not.
        metadata: What others read about this participant: at most 64 KiB as JSON.
        mode: What this participant does with media; by default it sends and receives.
        preferred_protocol: How media travels; by default UDP, or TCP where that is blocked.
        max_resolution: The largest picture that the camera publishes; by default HD.
        audio_codec: The codec of published audio; by default Opus.
        peer_type: What kind of participant this is; by default a person or ordinary program.
        multi_stream: Whether the camera publishes several simulcast layers, as by default.
        auto_consume: Whether the media of others comes without asking for it, as by default.
        codec_switch_enabled: Whether the service may ask for another video codec during the
            meeting, as by default.
        batching_enabled: Whether the service may bundle what it tells about large rooms, as by
            default.
        debug_mode: Whether the service may keep diagnostic data of this participant, as by default.
        chat_enabled: Whether data channels are opened, as by default.
        translation_language: Into which language the service translates, e.g. "en".
        speaking_language: Which language this participant speaks, e.g. "de".
        device_info: What the service keeps about the device, added to the library's own: at most
            64 KiB as JSON.
        token: The token of this meeting in place of the configured one.
        api_base_url: The base URL of the REST API for this meeting in place of the configured one.
        signaling_base_url: The signalling service for this meeting: a host, host:port or URL.
        options: The same with the names of the official SDKs, `{"meetingId": ..., "micEnabled":
            True, ...}`; the arguments above come first.

    Raises:
        InvalidArgumentError: An option is missing or not allowed.
        TokenError: There is no token, or it cannot join this room as this participant.
        NetworkError: A base URL with plain http that leads to another machine.

    """
    new = meeting_options(
        options=options,
        meeting_id=meeting_id,
        token=token,
        participant_id=participant_id,
        name=name,
        mic_enabled=mic_enabled,
        webcam_enabled=webcam_enabled,
        metadata=metadata,
        mode=mode,
        preferred_protocol=preferred_protocol,
        max_resolution=max_resolution,
        audio_codec=audio_codec,
        peer_type=peer_type,
        multi_stream=multi_stream,
        auto_consume=auto_consume,
        codec_switch_enabled=codec_switch_enabled,
        batching_enabled=batching_enabled,
        debug_mode=debug_mode,
        chat_enabled=chat_enabled,
        translation_language=translation_language,
        speaking_language=speaking_language,
        device_info=device_info,
        api_base_url=api_base_url,
        signaling_base_url=signaling_base_url,
    )
    with new:
        owned = _OwnedMeeting(lib.vsdk_meeting_free)
        call(lib.vsdk_init_meeting, new.handle, owned.out)
        return Meeting(owned)

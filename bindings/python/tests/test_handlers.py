from __future__ import annotations

import asyncio
import logging
import threading
import time

import pytest
from conftest import LIMIT_S, SECRET, Service, wait_until

import vsdk
from vsdk._native import callbacks


def test_a_handler_gets_what_waited_and_what_comes(service: Service) -> None:
    events: list[vsdk.Event] = []
    threads = set()

    def on_event(event: vsdk.Event) -> None:
        events.append(event)
        threads.add(threading.get_ident())

    with vsdk.init_meeting("room") as meeting:
        meeting.set_event_handler(on_event)
        wait_until(lambda: len(events) == 1, lambda: events)
        with pytest.raises(vsdk.InvalidStateError):
            meeting.next_event(0)
        # A loop does not take that for the end.
        with pytest.raises(vsdk.InvalidStateError):
            list(meeting.events(0))
        meeting.leave()
        wait_until(lambda: len(events) == 2, lambda: events)
        meeting.set_event_handler(None)
        with pytest.raises(vsdk.EventsEndedError):
            meeting.next_event(0)
    assert [it.text for it in events] == ["INITIALISED", "LEFT"]
    assert threading.get_ident() not in threads
    assert len(threads) == 1


def test_what_a_handler_throws_goes_to_the_hook(
    service: Service, unraised: list[BaseException | None]
) -> None:
    def on_event(event: vsdk.Event) -> None:
        raise KeyError(event.text)

    with vsdk.init_meeting("room") as meeting:
        meeting.set_event_handler(on_event)
        meeting.leave()
        wait_until(lambda: len(unraised) == 2, lambda: unraised)
    assert [repr(it) for it in unraised] == ["KeyError('INITIALISED')", "KeyError('LEFT')"]


def test_a_handler_may_call_what_does_not_wait(service: Service) -> None:
    results: list[object] = []

    def on_event(event: vsdk.Event) -> None:
        for call in (
            lambda: meeting.snapshot().state,
            lambda: vsdk.create_room(),
            lambda: vsdk.shutdown(),
            lambda: other.next_event(),
            lambda: other.next_event(0),
            lambda: asyncio.run(wait_in_handler()),
            lambda: meeting.set_event_handler(None),
            lambda: meeting.close(),
        ):
            try:
                results.append(call())
            except vsdk.VsdkError as error:
                results.append(type(error))
        done.set()

    async def wait_in_handler() -> str:
        # Its completion would come on this very thread.
        try:
            await asyncio.wait_for(vsdk.create_room_async(), 0.1)
        except asyncio.TimeoutError:
            return "asyncio times out"
        return "created"

    done = threading.Event()
    meeting = vsdk.init_meeting("room")
    other = vsdk.init_meeting("other")
    assert other.next_event(0) is not None
    meeting.set_event_handler(on_event)
    assert done.wait(LIMIT_S)
    other.close()
    deadlock = vsdk.WouldDeadlockError
    state = vsdk.MeetingState.INITIALISED
    assert results == [
        state,
        deadlock,
        deadlock,
        deadlock,
        None,
        "asyncio times out",
        None,
        None,
    ]
    wait_until(lambda: not callbacks._registered, lambda: callbacks._registered)


def test_after_taking_out_a_handler_does_not_run(service: Service) -> None:
    running = threading.Event()
    ended = threading.Event()

    def on_event(event: vsdk.Event) -> None:
        running.set()
        time.sleep(0.2)
        ended.set()

    with vsdk.init_meeting("room") as meeting:
        meeting.set_event_handler(on_event)
        assert running.wait(LIMIT_S)
        meeting.set_event_handler(None)
        assert ended.is_set()
    with vsdk.init_meeting("room") as meeting:
        running.clear()
        ended.clear()
        meeting.set_wake_handler(lambda: on_event(None))  # type: ignore[arg-type]
        assert running.wait(LIMIT_S)
        meeting.close()
        assert ended.is_set()
    assert not callbacks._registered


def test_handlers_are_let_go_exactly_once(service: Service) -> None:
    with vsdk.init_meeting("room") as meeting:
        for _ in range(100):
            meeting.set_event_handler(lambda event: None)
            meeting.set_wake_handler(lambda: None)
        wait_until(lambda: len(callbacks._registered) == 2, lambda: callbacks._registered)
    wait_until(lambda: not callbacks._registered, lambda: callbacks._registered)
    with pytest.raises(vsdk.InvalidArgumentError):
        vsdk.set_log_handler(vsdk.LogLevel(99), lambda *_: None)
    assert not callbacks._registered


def test_a_wake_tells_that_there_is_something(service: Service) -> None:
    woken = threading.Semaphore(0)
    with vsdk.init_meeting("room") as meeting:
        meeting.set_wake_handler(woken.release)
        assert woken.acquire(timeout=LIMIT_S)
        assert meeting.next_event(0) is not None
        meeting.leave()
        assert woken.acquire(timeout=LIMIT_S)
        assert meeting.next_event(0) is not None


def test_closing_calls_no_wake_handler(service: Service) -> None:
    threads: list[int] = []
    meeting = vsdk.init_meeting("room")
    meeting.set_wake_handler(lambda: threads.append(threading.get_ident()))
    wait_until(lambda: len(threads) > 0, lambda: threads)
    meeting.close()
    assert threading.get_ident() not in threads


def test_a_record_of_a_later_version_goes_to_logging(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(1):
        vsdk.log_to_logging()
        (key,) = callbacks._registered
        callbacks._on_log(99, b"rooms", b"said", key)
    assert [(it.levelno, it.message) for it in caplog.records] == [(vsdk.TRACE, "said")]


def test_a_handler_and_tasks_are_woken_alike(service: Service) -> None:
    woken: list[int] = []

    async def main() -> None:
        with vsdk.init_meeting("room") as meeting:
            assert await meeting.next_event_async() is not None
            meeting.set_wake_handler(lambda: woken.append(1))
            waiting = asyncio.create_task(meeting.next_event_async())
            await asyncio.sleep(0.1)
            meeting.leave()
            event = await asyncio.wait_for(waiting, LIMIT_S)
            assert event is not None
            assert event.state == vsdk.MeetingState.LEFT

    asyncio.run(main())
    assert woken


def test_a_forgotten_meeting_does_not_wait_for_its_handler(service: Service) -> None:
    lock = threading.Lock()
    running = threading.Event()
    ended = threading.Event()

    def on_event(event: vsdk.Event) -> None:
        running.set()
        with lock:
            ended.set()

    meeting = vsdk.init_meeting("room")
    with lock:
        meeting.set_event_handler(on_event)
        assert running.wait(LIMIT_S)
        # Its finaliser runs here, while the handler waits for this thread.
        del meeting
    assert ended.wait(LIMIT_S)


def test_records_go_to_a_handler_and_to_logging(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    records: list[tuple[vsdk.LogLevel, str, str]] = []
    vsdk.set_log_handler(vsdk.LogLevel.TRACE, lambda *record: records.append(record))
    room = vsdk.create_room()
    vsdk.fetch_token(f"{service.base}/get-token", headers={"x-login": SECRET})
    vsdk.init_meeting("lesson 🎙", participant_id="ann").close()
    told = "meeting lesson 🎙 was initialised as participant ann"
    wait_until(lambda: (vsdk.LogLevel.INFO, "meeting", told) in records, lambda: records)
    vsdk.set_log_handler(vsdk.LogLevel.OFF, None)
    count = len(records)
    assert all(isinstance(level, vsdk.LogLevel) for level, _, _ in records)
    assert SECRET not in repr(records)
    with caplog.at_level(1):
        vsdk.log_to_logging(vsdk.LogLevel.TRACE)
        assert vsdk.get_room(room.id).id == room.id
        wait_until(lambda: len(caplog.records) > 0, lambda: caplog.records)
        vsdk.set_log_handler(vsdk.LogLevel.OFF, None)
    assert {it.name for it in caplog.records} <= {"vsdk.rooms", "vsdk.http"}
    assert {it.levelno for it in caplog.records} <= {
        logging.ERROR,
        logging.WARNING,
        logging.INFO,
        logging.DEBUG,
        vsdk.TRACE,
    }
    assert len(records) == count

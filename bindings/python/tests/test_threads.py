from __future__ import annotations

import gc
import random
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from conftest import LIMIT_S, Service, counts, event_of, init

import vsdk


@contextmanager
def switching_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def run_all(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT_S)
    assert not any(thread.is_alive() for thread in threads)


def test_calls_from_many_threads(service: Service) -> None:
    rooms: list[str] = []

    def create() -> None:
        rooms.extend(vsdk.create_room().id for _ in range(10))

    run_all([threading.Thread(target=create) for _ in range(16)])
    assert len(set(rooms)) == 160


def test_a_meeting_does_the_same_in_any_thread(service: Service) -> None:
    """The main thread waits in another way, for the sake of Ctrl-C."""
    room, other = vsdk.create_room().id, vsdk.create_room().id

    def use() -> None:
        with init(room, "Ann") as ann, init(room, "Bot", peer_type=vsdk.PeerType.AGENT) as bot:
            ann.join()
            bot.join()
            ann.subscribe("CHAT")
            bot.publish("CHAT", "hello")
            assert event_of(ann, vsdk.EventType.MESSAGE).payload == b"hello"
            bot.moderate("ann", vsdk.Moderation.REQUEST_MIC)
            event_of(ann, vsdk.EventType.MIC_REQUESTED)
            bot.change_mode(vsdk.Mode.RECV_ONLY)
            event_of(ann, vsdk.EventType.PARTICIPANT_MODE_CHANGED)
            bot.start_service(vsdk.ServiceKind.TRANSLATION, vsdk.ServiceOptions())
            bot.change_translation_language("de")
            event_of(ann, vsdk.EventType.TRANSLATION_LANGUAGE_CHANGED)
            bot.stop_service(vsdk.ServiceKind.TRANSLATION)
            with pytest.raises(vsdk.MeetingError):
                bot.stop_service(vsdk.ServiceKind.TRANSLATION)
            assert ann.store_get("key") is None
            ann.store_observe("key")
            bot.store_set("key", "value")
            assert event_of(ann, vsdk.EventType.STORE_VALUE_CHANGED).payload == b"value"
            assert ann.store_get("key") == "value"
            ann.store_stop_observing("key")
            bot.store_set("key", "unseen")
            assert bot.fetch_file(ann.upload_file("file", b"a\0b")) == b"a\0b"
            bot.send_agent_state(vsdk.AgentState.IDLE)
            bot.send_agent_transcript("ann", "hello", is_final=True)
            bot.send_agent_metrics({"latencyMs": 250})
            bot.request_switch("ann", other)
            # Nothing of the value in between.
            for kind in (
                vsdk.EventType.AGENT_STATE_CHANGED,
                vsdk.EventType.AGENT_TRANSCRIPT,
                vsdk.EventType.AGENT_METRICS,
                vsdk.EventType.SWITCH_REQUESTED,
            ):
                event = ann.next_event(LIMIT_S)
                assert event is not None
                assert event.type == kind
            ann.switch_to(other)
            assert ann.snapshot().meeting_id == other
            bot.end()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(use).result(LIMIT_S)


def test_a_wait_lets_other_threads_run(service: Service) -> None:
    service.fault("POST /v2/rooms", latencyMs=300)
    creation = threading.Thread(target=vsdk.create_room)
    creation.start()
    steps = 0
    while creation.is_alive():
        steps += 1
        time.sleep(0.001)
    assert steps > 20


def test_closing_races_calls(service: Service) -> None:
    failures: list[BaseException] = []
    with switching_often():
        for _ in range(60):
            meeting = vsdk.init_meeting("room")

            def use(meeting: vsdk.Meeting = meeting) -> None:
                try:
                    while True:
                        meeting.snapshot()
                        list(meeting.events(0))
                        repr(meeting)
                except vsdk.InvalidStateError:
                    pass
                except BaseException as error:
                    failures.append(error)

            users = [threading.Thread(target=use) for _ in range(3)]
            for user in users:
                user.start()
            time.sleep(random.random() / 200)
            run_all([threading.Thread(target=meeting.close) for _ in range(2)])
            for user in users:
                user.join(LIMIT_S)
                assert not user.is_alive()
    assert failures == []
    assert counts() == {}


@pytest.mark.parametrize("with_handlers", [False, True])
def test_collecting_garbage_races_calls(service: Service, with_handlers: bool) -> None:
    """Cycles of meetings are collected in whatever thread comes along, during calls of others."""
    failures: list[BaseException] = []
    end = time.monotonic() + 2

    def make_garbage() -> None:
        try:
            while time.monotonic() < end:
                meeting = vsdk.init_meeting("room")
                if with_handlers:
                    meeting.set_event_handler(lambda event: None)
                    meeting.set_wake_handler(lambda: None)
                cycle: list[object] = [meeting, meeting.snapshot()]
                cycle.append(cycle)
        except BaseException as error:
            failures.append(error)

    def collect() -> None:
        while time.monotonic() < end:
            gc.collect(0)
            time.sleep(0)

    with switching_often():
        run_all(
            [threading.Thread(target=it) for it in (make_garbage, make_garbage, collect, collect)]
        )
    assert failures == []


def test_handlers_are_exchanged_while_events_come(service: Service) -> None:
    with switching_often():
        for _ in range(100):
            read: list[int] = []
            with vsdk.init_meeting("room") as meeting:

                def note(event: vsdk.Event, read: list[int] = read) -> None:
                    read.append(event.sequence)

                def exchange(meeting: vsdk.Meeting = meeting, note: Any = note) -> None:
                    for _ in range(5):
                        meeting.set_event_handler(note)
                        meeting.set_event_handler(None)

                run_all([threading.Thread(target=exchange), threading.Thread(target=meeting.leave)])
                read.extend(event.sequence for event in meeting.events())
            assert read == [1, 2]


def test_the_library_is_used_again_after_its_end(service: Service) -> None:
    meeting = vsdk.init_meeting("room")
    vsdk.shutdown()
    assert [it.state for it in meeting.events()][-1] in (
        vsdk.MeetingState.LEFT,
        vsdk.MeetingState.FAILED,
    )
    meeting.close()
    vsdk.shutdown(timeout=LIMIT_S)
    assert vsdk.create_room().id
    with vsdk.init_meeting("room") as again:
        assert again.snapshot().state == vsdk.MeetingState.INITIALISED

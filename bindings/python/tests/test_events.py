from __future__ import annotations

import json
import select
import sys
import threading
import time
from ctypes import addressof, create_string_buffer
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from conftest import API_KEY, LIMIT_S, SECRET, Service

import vsdk
from vsdk._native.loading import lib


def test_an_event_has_all_that_is_known(service: Service) -> None:
    with vsdk.init_meeting("room", participant_id="ann") as meeting:
        event = meeting.next_event(timeout=LIMIT_S)
    assert event is not None
    assert event.type == vsdk.EventType.STATE_CHANGED
    assert event.type_name == "STATE_CHANGED"
    assert event.sequence == 1
    assert abs(event.time - datetime.now(timezone.utc)) < timedelta(seconds=60)
    assert event.participant_id == "ann"
    assert event.track_id is None
    assert event.code == vsdk.MeetingState.INITIALISED
    assert event.state is vsdk.MeetingState.INITIALISED
    assert event.text == "INITIALISED"
    assert event.status is vsdk.Status.OK
    assert event.payload == b""
    assert json.loads(event.json)["type"] == "STATE_CHANGED"


def test_an_event_of_a_later_version_is_read(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    payload = b"a\0b\xff"
    buffer = create_string_buffer(payload)

    def lend(event: int, start: Any, length: Any, error: Any) -> int:
        start._obj.value = addressof(buffer)
        length._obj.value = len(payload)
        return 0

    monkeypatch.setattr(lib, "vsdk_event_type", lambda event: 777)
    monkeypatch.setattr(lib, "vsdk_event_status", lambda event: -9999)
    monkeypatch.setattr(lib, "vsdk_event_payload", lend)
    with vsdk.init_meeting("room") as meeting:
        event = meeting.next_event(0)
    assert event is not None
    assert (int(event.type), event.type.name) == (777, "UNKNOWN_777")
    assert int(event.status) == -9999
    assert event.state is None
    assert event.payload == payload


def test_a_warning_about_the_token_comes_as_an_event(service: Service) -> None:
    token = vsdk.mint_token(API_KEY, SECRET, lifetime=30).text
    with vsdk.init_meeting("room", token=token) as meeting:
        events = list(meeting.events(timeout=0.5))
    assert [it.sequence for it in events] == list(range(1, len(events) + 1))
    kinds = {it.type for it in events}
    assert {vsdk.EventType.TOKEN_WARNING, vsdk.EventType.TOKEN_EXPIRING} <= kinds
    assert all(it.state is None for it in events if it.type != vsdk.EventType.STATE_CHANGED)


def test_looking_does_not_wait(service: Service) -> None:
    with vsdk.init_meeting("room") as meeting:
        assert meeting.next_event(0) is not None
        assert meeting.next_event(0) is None
        began = time.monotonic()
        assert meeting.next_event(0.25) is None
        assert time.monotonic() - began >= 0.25
        assert list(meeting.events(0)) == []


def test_the_end_is_told(service: Service) -> None:
    with vsdk.init_meeting("room") as meeting:
        meeting.leave()
        assert [it.text for it in meeting.events()] == ["INITIALISED", "LEFT"]
        with pytest.raises(vsdk.EventsEndedError) as caught:
            meeting.next_event(0)
    assert caught.value.status == vsdk.Status.CLOSED
    assert isinstance(caught.value, EOFError)


@pytest.mark.parametrize("end", ["leave", "close"])
@pytest.mark.parametrize("is_main", [True, False])
def test_who_waits_is_woken_by_the_end(service: Service, end: str, is_main: bool) -> None:
    meeting = vsdk.init_meeting("room")
    read: list[str | None] = []

    def wait() -> None:
        read.extend(event.text for event in meeting.events())

    def finish() -> None:
        time.sleep(0.2)
        getattr(meeting, end)()

    other = threading.Thread(target=finish if is_main else wait)
    other.start()
    (wait if is_main else finish)()
    other.join(LIMIT_S)
    assert not other.is_alive()
    assert read in (["INITIALISED", "LEFT"], ["INITIALISED"])
    meeting.close()


def test_a_full_queue_tells_what_was_lost(service: Service) -> None:
    lost = 0
    token = vsdk.mint_token(API_KEY, SECRET, lifetime=60).text
    with vsdk.init_meeting("room", token=token) as meeting:
        # Each token that is about to expire makes an event.
        for _ in range(5000):
            meeting.set_token(vsdk.mint_token(API_KEY, SECRET, lifetime=59).text)
        sequence = 0
        for event in meeting.events(0):
            if event.type == vsdk.EventType.OVERFLOW:
                lost += event.code
            else:
                assert event.sequence > sequence
                sequence = event.sequence
    assert lost > 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no descriptors for events")
def test_select_sees_what_is_there(service: Service) -> None:
    with vsdk.init_meeting("room") as meeting:
        descriptor = meeting.event_descriptor()
        assert descriptor == meeting.event_descriptor()
        assert select.select([descriptor], [], [], LIMIT_S)[0] == [descriptor]
        assert meeting.next_event(0) is not None
        assert select.select([descriptor], [], [], 0)[0] == []
        threading.Timer(0.1, meeting.leave).start()
        assert select.select([descriptor], [], [], LIMIT_S)[0] == [descriptor]
        event = meeting.next_event(0)
        assert event is not None
        assert event.state == vsdk.MeetingState.LEFT

"""Very many events over a real connection: read in time, pushed, and read too late."""

from __future__ import annotations

import json

import pytest
from conftest import LIMIT_S, Service, init, wait_until

import vsdk

COUNT = 100_000
# As many as the service takes in one request; the queue of a meeting holds more.
BURST = 500
QUEUE_DEPTH = 4_096
# Without media, which has events of its own.
MODE = vsdk.Mode.SIGNALLING_ONLY


def text_of(number: int) -> bytes:
    return f"message {number} ☃".encode()


def send_burst(service: Service, first: int) -> None:
    """Let the service send so many messages to everybody, in one frame."""
    messages = [
        {
            "method": "pubsubMessage",
            "data": {
                "id": f"burst-{number}",
                "topic": "numbers",
                "message": text_of(number).decode(),
                "senderId": "ann",
            },
        }
        for number in range(first, first + BURST)
    ]
    frame = {
        "notification": True,
        "method": "batchNotification",
        "data": {"notifications": messages},
    }
    sent = service.request("POST", "/admin/sockets", {"kind": "send", "text": json.dumps(frame)})
    assert sent == {"sockets": 1}


def subscribed(meeting: vsdk.Meeting) -> int:
    """Join and subscribe; read all events until then, and give the number of the last."""
    meeting.join()
    meeting.subscribe("numbers")
    last = meeting.snapshot().event_sequence
    assert [it.sequence for it in meeting.events(0)] == list(range(1, last + 1))
    return last


def wait_for_sequence(meeting: vsdk.Meeting, sequence: int) -> None:
    wait_until(lambda: meeting.snapshot().event_sequence == sequence, meeting.snapshot)


def check(events: list[vsdk.Event], sequence: int, number: int) -> None:
    assert {it.type for it in events} == {vsdk.EventType.MESSAGE}
    count = len(events)
    assert [it.sequence for it in events] == list(range(sequence, sequence + count))
    assert [it.payload for it in events] == [text_of(it) for it in range(number, number + count)]


def test_all_are_read_in_order(service: Service) -> None:
    with init(vsdk.create_room().id, "Ann", mode=MODE) as ann:
        last = subscribed(ann)
        for first in range(0, COUNT, BURST):
            send_burst(service, first)
            events = [ann.next_event(LIMIT_S) for _ in range(BURST)]
            check([it for it in events if it is not None], last + 1, first)
            last += BURST
        snapshot = ann.snapshot()
        assert (snapshot.event_sequence, len(snapshot.participants)) == (last, 1)


def test_all_are_pushed_in_order(service: Service) -> None:
    with init(vsdk.create_room().id, "Ann", mode=MODE) as ann:
        last = subscribed(ann)
        told: list[vsdk.Event] = []
        ann.set_event_handler(told.append)
        for first in range(0, COUNT, BURST):
            send_burst(service, first)
            wait_until(lambda: len(told) >= BURST, lambda: len(told))
            check(told, last + 1, first)
            told.clear()
            last += BURST
        ann.set_event_handler(None)


@pytest.mark.parametrize("count", [5_000, 20_000])
def test_what_is_lost_in_sleep_is_counted(service: Service, count: int) -> None:
    with init(vsdk.create_room().id, "Ann", mode=MODE) as ann:
        last = subscribed(ann)
        for first in range(0, count, BURST):
            send_burst(service, first)
            wait_for_sequence(ann, last + first + BURST)
        events = list(ann.events(0))
        overflow = events.pop()
        check(events, last + 1, 0)
        assert len(events) == QUEUE_DEPTH
        assert (overflow.type, overflow.code) == (vsdk.EventType.OVERFLOW, count - QUEUE_DEPTH)
        assert overflow.sequence == last + count + 1
        snapshot = ann.snapshot()
        assert snapshot.event_sequence == overflow.sequence
        assert [it.id for it in snapshot.participants] == ["ann"]
        # Awake again, nothing is missed.
        send_burst(service, count)
        events = [it for _ in range(BURST) if (it := ann.next_event(LIMIT_S)) is not None]
        check(events, overflow.sequence + 1, count)

"""Messages by topic."""

from __future__ import annotations

import json
from typing import Any, Callable

import pytest
from conftest import Service, event_of, init

import vsdk

MESSAGE = vsdk.EventType.MESSAGE


def texts(meeting: vsdk.Meeting, count: int) -> list[str]:
    return [event_of(meeting, MESSAGE).payload.decode() for _ in range(count)]


def test_messages_go_both_ways_whole(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        for meeting in (ann, bob):
            meeting.join()
            meeting.subscribe("CHAT 💬")
        long = "é😀" * 10_923
        ann.publish("CHAT 💬", "grüß dich 😀\n", payload={"a": [1, None], "é": "😀"})
        bob.publish("CHAT 💬", long)
        for meeting in (ann, bob):
            first = event_of(meeting, MESSAGE)
            assert first.payload.decode() == "grüß dich 😀\n"
            assert (first.participant_id, first.participant_name) == ("ann", "Ann")
            assert (first.text, first.code) == ("CHAT 💬", 0)
            told = json.loads(first.json)
            assert told["message"] == "grüß dich 😀\n"
            assert told["payload"] == {"a": [1, None], "é": "😀"}
            assert texts(meeting, 1) == [long]


def test_who_subscribes_later_gets_what_was_kept(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        ann.publish("CHAT", "gone")
        for number in range(3):
            ann.publish("CHAT", f"kept {number}", persist=True)
        bob.join()
        bob.subscribe("CHAT")
        # They are there when subscribing has returned.
        kept = [event for event in bob.events(0) if event.type == MESSAGE]
        assert [it.payload for it in kept] == [b"kept 0", b"kept 1", b"kept 2"]
        assert [(it.code, it.participant_id) for it in kept] == [(1, "ann")] * 3
        ann.publish("CHAT", "new", persist=True)
        new = event_of(bob, MESSAGE)
        assert (new.payload, new.code) == (b"new", 0)


def test_a_message_goes_to_one_of_three(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob, init(room, "Eve") as eve:
        for meeting in (ann, bob, eve):
            meeting.join()
            meeting.subscribe("CHAT")
        ann.publish("CHAT", "to bob", send_only=["bob"])
        ann.publish("CHAT", "to bob and eve", send_only=(it for it in ("bob", "eve")))
        ann.publish("CHAT", "to all")
        assert texts(ann, 1) == ["to all"]
        assert texts(bob, 3) == ["to bob", "to bob and eve", "to all"]
        assert texts(eve, 2) == ["to bob and eve", "to all"]


def test_after_unsubscribing_nothing_comes(service: Service) -> None:
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        ann.subscribe("CHAT")
        ann.subscribe("END")
        ann.unsubscribe("CHAT")
        ann.unsubscribe("CHAT")
        ann.publish("CHAT", "nobody reads this")
        ann.publish("END", "end")
        assert texts(ann, 1) == ["end"]


def test_messages_keep_their_order(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        bob.join()
        bob.subscribe("CHAT")
        for number in range(200):
            ann.publish("CHAT", str(number))
        assert texts(bob, 200) == [str(it) for it in range(200)]


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        ({"topic": "x" * 1025}, vsdk.InvalidArgumentError),
        ({"topic": ""}, vsdk.InvalidArgumentError),
        ({"message": "a\0b"}, vsdk.InvalidArgumentError),
        ({"message": b"text"}, TypeError),
        ({"persist": 1}, TypeError),
        ({"send_only": [""]}, vsdk.InvalidArgumentError),
        ({"send_only": [7]}, TypeError),
        ({"payload": "text"}, TypeError),
        ({"payload": {"a": float("nan")}}, vsdk.InvalidArgumentError),
        ({"timeout": float("inf")}, vsdk.InvalidArgumentError),
    ],
)
def test_what_is_wrong_is_not_sent(
    service: Service, arguments: dict[str, Any], kind: type[Exception]
) -> None:
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        ann.subscribe("CHAT")
        with pytest.raises(kind):
            ann.publish(**{"topic": "CHAT", "message": "hello", **arguments})
        assert vsdk.live_handles() == 1
        ann.publish("CHAT", "right")
        assert texts(ann, 1) == ["right"]


def test_who_is_not_in_the_room_says_nothing(service: Service) -> None:
    with init(vsdk.create_room().id, "Ann") as ann:
        uses: tuple[Callable[[], object], ...] = (
            lambda: ann.publish("CHAT", "hello"),
            lambda: ann.subscribe("CHAT"),
            lambda: ann.moderate("bob", vsdk.Moderation.REMOVE),
            lambda: ann.change_mode(vsdk.Mode.RECV_ONLY),
            lambda: ann.start_service(vsdk.ServiceKind.RECORDING),
            lambda: ann.stop_service(vsdk.ServiceKind.RECORDING),
            lambda: ann.change_translation_language("de"),
            lambda: ann.store_set("key", "value"),
            lambda: ann.store_get("key"),
            lambda: ann.store_observe("key"),
            lambda: ann.store_stop_observing("key"),
            lambda: ann.switch_to("room"),
            lambda: ann.request_switch("bob", "room"),
            lambda: ann.send_agent_state(vsdk.AgentState.IDLE),
            ann.end,
            ann.refresh_connection,
        )
        for use in uses:
            with pytest.raises(vsdk.InvalidStateError) as caught:
                use()
            assert caught.value.status == vsdk.Status.INVALID_STATE


def test_a_message_that_is_refused_tells_why(service: Service) -> None:
    service.signaling_fault("pubsubPublish", "refuse", code=3077, reason="Too fast")
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        with pytest.raises(vsdk.MeetingError) as caught:
            ann.publish("CHAT", "hello")
    assert caught.value.status == vsdk.Status.REFUSED
    assert (caught.value.service_code, caught.value.service_text) == (3077, "Too fast")
    assert caught.value.operation == "meeting_publish"


def test_a_message_whose_fate_is_unknown_is_a_connection_error(service: Service) -> None:
    service.signaling_fault("pubsubPublish", "cutAfterwards")
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        with pytest.raises(ConnectionError) as caught:
            ann.publish("CHAT", "hello")
    assert isinstance(caught.value, vsdk.NetworkError)
    assert caught.value.status == vsdk.Status.CONNECTION_LOST

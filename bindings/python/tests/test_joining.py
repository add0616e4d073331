"""Joining, leaving and ending, with others in the room."""

from __future__ import annotations

import gc
import json
import threading
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Callable

import pytest
from conftest import (
    LIMIT_S,
    Service,
    counts,
    event_of,
    init,
    token_with,
    until,
    wait_until,
)

import vsdk

JOINED = vsdk.EventType.PARTICIPANT_JOINED
LEFT = vsdk.EventType.PARTICIPANT_LEFT
REQUESTED = vsdk.EventType.ENTRY_REQUESTED
RESPONDED = vsdk.EventType.ENTRY_RESPONDED


def in_thread(failures: list[vsdk.VsdkError], meeting: vsdk.Meeting) -> threading.Thread:
    """Join elsewhere, for as long as somebody needs to decide."""

    def join() -> None:
        try:
            meeting.join(timeout=LIMIT_S)
        except vsdk.VsdkError as error:
            failures.append(error)

    thread = threading.Thread(target=join)
    thread.start()
    return thread


def joined(thread: threading.Thread) -> None:
    thread.join(LIMIT_S)
    assert not thread.is_alive()


def test_what_is_not_known_yet_is_told_as_it_came(service: Service) -> None:
    data = {"peerId": "ann", "depth": [1, {"é": None}]}
    frame = {"notification": True, "method": "somethingNew", "data": data}
    with init(vsdk.create_room().id, "Ann", mode=vsdk.Mode.SIGNALLING_ONLY) as ann:
        ann.join()
        service.request("POST", "/admin/sockets", {"kind": "send", "text": json.dumps(frame)})
        event = event_of(ann, vsdk.EventType.UNKNOWN)
    assert event.text == "somethingNew"
    assert json.loads(event.json)["data"] == data


def test_two_see_each_other_come_and_go(service: Service) -> None:
    room = vsdk.create_room().id
    about_ann = {"team": "blau", "é": "😀"}
    with init(room, "Ann", metadata=about_ann) as ann, init(room, "Bob") as bob:
        (alone,) = ann.snapshot().participants
        assert (alone.id, alone.is_local, alone.joined_at) == ("ann", True, None)
        assert ann.snapshot().session_id is None
        assert ann.snapshot().event_sequence == 1

        ann.join()
        bob.join()
        came = event_of(ann, JOINED)
        assert (came.participant_id, came.text) == ("bob", "Bob")
        there = event_of(bob, JOINED)
        assert (there.participant_id, there.text) == ("ann", "Ann")

        seen = bob.snapshot()
        local, other = seen.participants
        assert (local.id, local.name, local.is_local) == ("bob", "Bob", True)
        assert (other.id, other.name, other.is_local) == ("ann", "Ann", False)
        assert other.metadata == about_ann
        assert local.metadata is None
        assert other.mode == vsdk.Mode.SEND_AND_RECV
        assert other.peer_type == vsdk.PeerType.NORMAL
        assert other.agent_state is None
        for participant in seen.participants:
            assert participant.joined_at is not None
            age = datetime.now(timezone.utc) - participant.joined_at
            assert timedelta() <= age < timedelta(seconds=LIMIT_S)
            assert json.loads(participant.json)["id"] == participant.id
        flags = (
            other.is_mic_on,
            other.is_webcam_on,
            other.is_screen_share_on,
            other.is_screen_share_audio_on,
            other.is_camera_pinned,
            other.is_screen_share_pinned,
        )
        assert flags == (False,) * 6
        assert seen.event_sequence >= there.sequence
        assert seen.session_id
        assert seen.session_id == ann.snapshot().session_id
        assert seen.active_speaker_id is None
        # Its connections for media are told of meanwhile.
        again = replace(bob.snapshot(), event_sequence=seen.event_sequence)
        assert hash(seen) == hash(again)

        bob.leave()
        went = event_of(ann, LEFT)
        assert (went.participant_id, went.participant_name, went.code) == ("bob", "Bob", 1101)
        assert came.sequence < went.sequence <= ann.snapshot().event_sequence
        assert [it.id for it in ann.snapshot().participants] == ["ann"]
        # A snapshot and a participant stay what they were.
        assert len(seen.participants) == 2
        own = event_of(bob, vsdk.EventType.MEETING_LEFT)
        assert (own.code, own.participant_id) == (1101, "bob")
        assert bob.snapshot().state == vsdk.MeetingState.LEFT


def test_an_agent_is_seen_as_one(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bot", peer_type=vsdk.PeerType.AGENT) as bot:
        ann.join()
        bot.join()
        event_of(ann, JOINED)
        assert [it.peer_type for it in ann.snapshot().participants] == [
            vsdk.PeerType.NORMAL,
            vsdk.PeerType.AGENT,
        ]


def test_a_refusal_has_the_number_and_the_words_of_the_service(service: Service) -> None:
    service.signaling_fault("join", "refuse", code=4009, reason="The room is full")
    with init(vsdk.create_room().id, "Ann") as ann:
        with pytest.raises(vsdk.MeetingError) as caught:
            ann.join()
        error = caught.value
        assert isinstance(error, vsdk.ServiceError)
        assert error.service_code == 4009
        assert error.service_text == "The room is full"
        assert error.operation == "meeting_join"
        assert error.remedy
        assert ann.snapshot().state == vsdk.MeetingState.FAILED
        assert until(ann, vsdk.MeetingState.FAILED).status == error.status
        # The fault was for one join.
        ann.join()
        assert ann.snapshot().state == vsdk.MeetingState.CONNECTED
        with pytest.raises(vsdk.InvalidStateError):
            ann.join()


def test_who_asks_is_let_in(service: Service) -> None:
    room = vsdk.create_room().id
    failures: list[vsdk.VsdkError] = []
    with init(room, "Ann") as ann, init(room, "Bob", token=token_with("ask_join")) as bob:
        ann.join()
        joining = in_thread(failures, bob)
        request = event_of(ann, REQUESTED)
        assert (request.participant_id, request.participant_name) == ("bob", "Bob")
        until(bob, vsdk.MeetingState.WAITING_ENTRY)
        ann.moderate("bob", vsdk.Moderation.ALLOW_ENTRY)
        joined(joining)
        assert failures == []
        assert bob.snapshot().state == vsdk.MeetingState.CONNECTED
        response = event_of(bob, RESPONDED)
        assert (response.code, response.text) == (1, "allowed")
        assert event_of(ann, JOINED).participant_id == "bob"


def test_who_asks_is_denied(service: Service) -> None:
    room = vsdk.create_room().id
    failures: list[vsdk.VsdkError] = []
    with init(room, "Ann") as ann, init(room, "Bob", token=token_with("ask_join")) as bob:
        ann.join()
        joining = in_thread(failures, bob)
        ann.moderate(event_of(ann, REQUESTED).participant_id or "", vsdk.Moderation.DENY_ENTRY)
        joined(joining)
        (error,) = failures
        assert type(error) is vsdk.MeetingError
        assert error.status == vsdk.Status.ENTRY_DENIED
        assert bob.snapshot().state == vsdk.MeetingState.FAILED
        assert [it.id for it in ann.snapshot().participants] == ["ann"]


def test_leaving_ends_a_join_that_waits(service: Service) -> None:
    room = vsdk.create_room().id
    failures: list[vsdk.VsdkError] = []
    with init(room, "Bob", token=token_with("ask_join")) as bob:
        joining = in_thread(failures, bob)
        until(bob, vsdk.MeetingState.WAITING_ENTRY)
        bob.leave()
        joined(joining)
        assert [type(it) for it in failures] == [vsdk.CancelledError]
        with pytest.raises(vsdk.InvalidStateError):
            bob.join()


def test_a_join_has_a_limit(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Bob", token=token_with("ask_join")) as bob:
        with pytest.raises(vsdk.TimeoutError):
            bob.join(timeout=0.3)
        bob.set_token(service.token())
        bob.join()


def test_an_end_is_for_everybody(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        bob.join()
        ann.end()
        for meeting in (ann, bob):
            event_of(meeting, vsdk.EventType.MEETING_LEFT)
            over = until(meeting, vsdk.MeetingState.LEFT)
            assert over.status == vsdk.Status.MEETING_ENDED
            assert list(meeting.events()) == []
        assert vsdk.error_class(over.status) is vsdk.MeetingError


def test_the_same_id_removes_the_earlier_one(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as first, init(room, "Ann") as second:
        first.join()
        second.join()
        over = until(first, vsdk.MeetingState.LEFT)
        assert over.status == vsdk.Status.DUPLICATE_PARTICIPANT


def test_a_lost_connection_is_made_anew(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        bob.join()
        ann.subscribe("CHAT")
        service.request("POST", "/admin/sockets", {"kind": "cut"})
        for meeting in (ann, bob):
            trying = event_of(meeting, vsdk.EventType.RECONNECTING)
            assert trying.code == 1
            until(meeting, vsdk.MeetingState.CONNECTED)
        # What was subscribed is subscribed again.
        bob.publish("CHAT", "back")
        assert event_of(ann, vsdk.EventType.MESSAGE).payload == b"back"
        ann.refresh_connection()
        until(ann, vsdk.MeetingState.RECONNECTING)
        until(ann, vsdk.MeetingState.CONNECTED)
        ann.leave()
        with pytest.raises(vsdk.InvalidStateError):
            ann.refresh_connection()


@pytest.mark.parametrize("how", ["close", "forget"])
def test_a_meeting_that_is_joined_leaves_with_its_object(service: Service, how: str) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann:
        ann.join()
        bob = init(room, "Bob")
        bob.join()
        assert event_of(ann, JOINED).participant_id == "bob"
        if how == "close":
            bob.close()
        else:
            del bob
            gc.collect()
        assert event_of(ann, LEFT).participant_id == "bob"
        wait_until(lambda: vsdk.live_handles(vsdk.HandleKind.MEETING) == 1, counts)


def test_a_shutdown_ends_what_is_joined(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann:
        ann.join()
        vsdk.shutdown()
        assert [it.state for it in ann.events() if it.state is not None][-1] in (
            vsdk.MeetingState.LEFT,
            vsdk.MeetingState.FAILED,
        )


def test_two_rooms_in_one_process_do_not_mix(service: Service) -> None:
    rooms = [vsdk.create_room().id for _ in range(2)]
    with init(rooms[0], "Ann") as one, init(rooms[1], "Ann") as other:
        one.join()
        other.join()
        with init(rooms[1], "Bob") as bob:
            bob.join()
            assert event_of(other, JOINED).participant_id == "bob"
        assert event_of(other, LEFT).participant_id == "bob"
        assert [it.id for it in one.snapshot().participants] == ["ann"]
        assert JOINED not in [it.type for it in one.events(0)]


def test_what_waits_is_refused_in_a_handler(service: Service) -> None:
    refused: list[object] = []
    done = threading.Event()
    meeting = init(vsdk.create_room().id, "Ann")

    def on_event(event: vsdk.Event) -> None:
        if event.state != vsdk.MeetingState.CONNECTED:
            return
        calls: tuple[Callable[[], object], ...] = (
            lambda: meeting.publish("CHAT", "hello"),
            lambda: meeting.subscribe("CHAT"),
            lambda: meeting.moderate("bob", vsdk.Moderation.REMOVE),
            lambda: meeting.change_mode(vsdk.Mode.RECV_ONLY),
            meeting.end,
            meeting.leave,
        )
        for call in calls:
            try:
                refused.append(call())
            except vsdk.VsdkError as error:
                refused.append(type(error))
        # Leaves, and does not wait for it.
        meeting.close()
        done.set()

    meeting.set_event_handler(on_event)
    meeting.join()
    assert done.wait(LIMIT_S)
    assert refused == [vsdk.WouldDeadlockError] * 6

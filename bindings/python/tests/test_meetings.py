from __future__ import annotations

import copy
import gc
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from conftest import API_KEY, SECRET, Service, counts, wait_until

import vsdk
from vsdk._native.calls import optional_text


def test_a_meeting_is_what_was_asked_for(service: Service) -> None:
    with vsdk.init_meeting(
        "abcd-efgh-ijkl",
        name="Ann",
        participant_id="ann",
        mic_enabled=True,
        webcam_enabled=True,
        metadata={"from": "pytest", "grösse": 1},
        mode=vsdk.Mode.RECV_ONLY,
        preferred_protocol=vsdk.PreferredProtocol.TCP_ONLY,
        max_resolution=vsdk.MaxResolution.SD,
        audio_codec=vsdk.AudioCodec.G722,
        peer_type=vsdk.PeerType.AGENT,
        multi_stream=False,
        auto_consume=False,
        codec_switch_enabled=False,
        batching_enabled=False,
        debug_mode=False,
        chat_enabled=False,
        translation_language="en",
        speaking_language="de",
        device_info={"board": "pi"},
        token=service.token(),
        api_base_url=service.base,
        signaling_base_url="127.0.0.1:1",
    ) as meeting:
        snapshot = meeting.snapshot()
        assert repr(meeting) == "<vsdk.Meeting 'abcd-efgh-ijkl' as 'ann': INITIALISED>"
    assert snapshot.state == vsdk.MeetingState.INITIALISED
    assert snapshot.meeting_id == "abcd-efgh-ijkl"
    assert snapshot.participant_id == "ann"
    assert snapshot.name == "Ann"
    assert snapshot.mic_enabled
    assert snapshot.webcam_enabled
    assert snapshot.mode == vsdk.Mode.RECV_ONLY
    assert snapshot.metadata == {"from": "pytest", "grösse": 1}
    assert snapshot.token_expires_at is not None
    left = snapshot.token_expires_at - datetime.now(timezone.utc)
    assert timedelta(minutes=110) < left <= timedelta(minutes=120)
    for text in (
        '"preferredProtocol":"TCP_ONLY"',
        '"maxResolution":"sd"',
        '"audioCodec":"g722"',
        '"peerType":"agent"',
        '"multiStream":false',
        '"autoConsume":false',
        '"codecSwitchEnabled":false',
        '"enableBatching":false',
        '"debugMode":false',
        '"chatEnabled":false',
        '"translationLanguage":"en"',
        '"speakingLanguage":"de"',
        '"board":"pi"',
        '127.0.0.1:1/","speakingLanguage"',
    ):
        assert text in snapshot.json


def test_the_names_of_the_official_sdks_do_as_well(service: Service) -> None:
    options = {"meetingId": "room", "name": "Ann", "micEnabled": True, "metaData": {"a": 1}}
    with vsdk.init_meeting(options=options, name="Ben") as meeting:
        snapshot = meeting.snapshot()
    assert (snapshot.meeting_id, snapshot.name, snapshot.mic_enabled, snapshot.metadata) == (
        "room",
        "Ben",
        True,
        {"a": 1},
    )
    with pytest.raises(vsdk.InvalidArgumentError, match="micOn"):
        vsdk.init_meeting("room", options={"micOn": True})


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        ({}, vsdk.InvalidArgumentError),
        ({"meeting_id": ""}, vsdk.InvalidArgumentError),
        ({"meeting_id": "x" * 1025}, vsdk.InvalidArgumentError),
        ({"meeting_id": "room", "name": ""}, vsdk.InvalidArgumentError),
        ({"meeting_id": "room", "mode": vsdk.Mode(99)}, vsdk.InvalidArgumentError),
        ({"meeting_id": "room", "metadata": {"a": float("nan")}}, vsdk.InvalidArgumentError),
        ({"meeting_id": "room", "metadata": {"a": "x" * 70_000}}, vsdk.InvalidArgumentError),
        ({"meeting_id": "room", "token": "Bearer x"}, vsdk.TokenError),
        ({"meeting_id": "room", "api_base_url": "http://example.com"}, vsdk.NetworkError),
        ({"meeting_id": "room", "mic_enabled": 1}, TypeError),
        ({"meeting_id": b"room"}, TypeError),
        ({"meeting_id": "room", "metadata": "text"}, TypeError),
    ],
)
def test_what_is_wrong_is_refused_at_once(
    service: Service, arguments: dict[str, Any], kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        vsdk.init_meeting(**arguments)


def test_a_token_for_another_room_does_not_do(service: Service) -> None:
    token = vsdk.mint_token(API_KEY, SECRET, room_id="room-1", participant_id="ann").text
    with pytest.raises(vsdk.TokenError) as room:
        vsdk.init_meeting("room-2", participant_id="ann", token=token)
    assert room.value.status == vsdk.Status.TOKEN_ROOM_MISMATCH
    with pytest.raises(vsdk.TokenError) as participant:
        vsdk.init_meeting("room-1", participant_id="ben", token=token)
    assert participant.value.status == vsdk.Status.TOKEN_PARTICIPANT_MISMATCH


def test_a_fresh_token_is_taken_and_a_bad_one_is_not(service: Service) -> None:
    with vsdk.init_meeting("room", token=vsdk.mint_token(API_KEY, SECRET).text) as meeting:
        before = meeting.snapshot().token_expires_at
        assert before is not None
        meeting.set_token(vsdk.mint_token(API_KEY, SECRET, lifetime=7200).text)
        after = meeting.snapshot().token_expires_at
        assert after is not None
        assert after > before
        with pytest.raises(vsdk.TokenError):
            meeting.set_token("nonsense")
        assert meeting.snapshot().token_expires_at == after
        meeting.leave()
        with pytest.raises(vsdk.InvalidStateError):
            meeting.set_token(service.token())


def test_a_meeting_joins_its_room_and_leaves_it(service: Service) -> None:
    with vsdk.init_meeting(vsdk.create_room().id) as meeting:
        meeting.join()
        assert meeting.snapshot().state == vsdk.MeetingState.CONNECTED
        meeting.leave()
        assert meeting.snapshot().state == vsdk.MeetingState.LEFT
    with vsdk.init_meeting("nowhere") as meeting:
        with pytest.raises(vsdk.VsdkError) as caught:
            meeting.join()
        assert caught.value.status == vsdk.Status.NOT_FOUND
        assert meeting.snapshot().state == vsdk.MeetingState.FAILED


def test_texts_go_in_and_come_out_whole(service: Service) -> None:
    text = "Ann ä 語 🎙"
    with vsdk.init_meeting("room", name=text, metadata={text: text}) as meeting:
        snapshot = meeting.snapshot()
    assert snapshot.name == text
    assert snapshot.metadata == {text: text}
    assert text in snapshot.json
    assert vsdk.create_room(text).custom_id == text
    assert optional_text(b"") == ""
    assert optional_text(None) is None


def test_leaving_twice_is_no_mistake(service: Service) -> None:
    with vsdk.init_meeting("room") as meeting:
        meeting.leave()
        meeting.leave(timeout=0)
        assert meeting.snapshot().state == vsdk.MeetingState.LEFT
        with pytest.raises(vsdk.InvalidArgumentError):
            meeting.leave(timeout=float("inf"))


def test_a_closed_meeting_says_so(service: Service) -> None:
    meeting = vsdk.init_meeting("room")
    meeting.close()
    meeting.close(timeout=0)
    assert repr(meeting) == "<vsdk.Meeting closed>"
    for use in (
        meeting.snapshot,
        meeting.join,
        meeting.leave,
        meeting.end,
        meeting.refresh_connection,
        lambda: meeting.publish("CHAT", "hello"),
        lambda: meeting.subscribe("CHAT"),
        lambda: meeting.unsubscribe("CHAT"),
        lambda: meeting.moderate("bob", vsdk.Moderation.REMOVE),
        lambda: meeting.change_mode(vsdk.Mode.RECV_ONLY),
        meeting.next_event,
        meeting.events,
        meeting.events_async,
        meeting.event_descriptor,
        lambda: meeting.set_token("x"),
        lambda: meeting.set_event_handler(print),
        lambda: meeting.set_event_handler(None),
        lambda: meeting.set_wake_handler(print),
    ):
        with pytest.raises(vsdk.InvalidStateError, match="closed") as caught:
            use()
        assert caught.value.status == vsdk.Status.INVALID_HANDLE


def test_a_copy_closes_with_the_meeting(service: Service) -> None:
    meeting = vsdk.init_meeting("room")
    with pytest.raises((TypeError, ValueError)):
        copy.deepcopy(meeting)
    copied = copy.copy(meeting)
    meeting.close()
    with pytest.raises(vsdk.InvalidStateError):
        copied.snapshot()


def test_two_meetings_with_two_tokens_live_in_one_process(service: Service) -> None:
    first = vsdk.mint_token(API_KEY, SECRET, room_id="room-1", lifetime=1000)
    second = vsdk.mint_token(API_KEY, SECRET, room_id="room-2", lifetime=2000)
    with vsdk.init_meeting("room-1", token=first.text, name="Ann") as one:
        with vsdk.init_meeting("room-2", token=second.text, name="Ben") as two:
            assert one.snapshot().token_expires_at == first.expires_at
            assert two.snapshot().token_expires_at == second.expires_at
            third = vsdk.mint_token(API_KEY, SECRET, room_id="room-2", lifetime=3000)
            two.set_token(third.text)
            assert one.snapshot().token_expires_at == first.expires_at
            assert two.snapshot().token_expires_at == third.expires_at
            two.leave()
            assert [it.state for it in two.events()] == [
                vsdk.MeetingState.INITIALISED,
                vsdk.MeetingState.LEFT,
            ]
        assert one.snapshot().state == vsdk.MeetingState.INITIALISED
        assert [it.sequence for it in one.events(0)] == [1]


def test_thousands_of_meetings_leave_nothing(service: Service) -> None:
    for number in range(3000):
        meeting = vsdk.init_meeting(f"room-{number}", name="Ann")
        event = meeting.next_event(0)
        assert event is not None
        assert event.state == vsdk.MeetingState.INITIALISED
        if number % 3 == 0:
            meeting.close()
        elif number % 3 == 1:
            meeting.leave()
    del meeting
    gc.collect()
    assert counts() == {}


def test_a_forgotten_meeting_is_freed(service: Service) -> None:
    told: list[vsdk.Event] = []
    for _ in range(20):
        vsdk.init_meeting("room").set_event_handler(told.append)
        vsdk.init_meeting("room").set_wake_handler(lambda: None)
    gc.collect()
    wait_until(lambda: vsdk.live_handles(vsdk.HandleKind.MEETING) == 0, counts)

"""From one meeting to another."""

from __future__ import annotations

import json

import pytest
from conftest import API_KEY, SECRET, Service, event_of, init

import vsdk

EVENT = vsdk.EventType


def token_for(room_id: str) -> str:
    return vsdk.mint_token(API_KEY, SECRET, room_id=room_id).text


def test_a_participant_goes_to_another_meeting_and_back(service: Service) -> None:
    first, second = vsdk.create_room().id, vsdk.create_room().id
    token = token_for(first)
    with (
        init(first, "Ann", token=token) as ann,
        init(first, "Bob") as bob,
        init(second, "Cem") as cem,
    ):
        for meeting in (ann, bob, cem):
            meeting.join()
        ann.switch_to(second, token=token_for(second))
        left = event_of(bob, EVENT.PARTICIPANT_LEFT)
        assert (left.participant_id, left.code) == ("ann", 1005)
        assert event_of(cem, EVENT.PARTICIPANT_JOINED).participant_id == "ann"
        there = ann.snapshot()
        assert (there.meeting_id, there.state) == (second, vsdk.MeetingState.CONNECTED)
        assert [it.id for it in there.participants] == ["ann", "cem"]

        ann.switch_to(first, token=token)
        assert event_of(cem, EVENT.PARTICIPANT_LEFT).participant_id == "ann"
        assert event_of(bob, EVENT.PARTICIPANT_JOINED).participant_id == "ann"
        assert ann.snapshot().meeting_id == first
        states = [it.text for it in ann.events(0) if it.type == EVENT.STATE_CHANGED]
        assert states == ["INITIALISED", *["CONNECTING", "CONNECTED"] * 3]


def test_what_is_refused_leaves_everything_as_it_was(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann:
        ann.join()
        with pytest.raises(vsdk.NotFoundError) as caught:
            ann.switch_to("no-such-room")
        assert caught.value.service_code == 4003
        assert caught.value.operation == "meeting_switch_to"
        # Nor is a token for another room even sent.
        with pytest.raises(vsdk.TokenError) as mismatch:
            ann.switch_to("no-such-room", token=token_for("elsewhere"))
        assert mismatch.value.status == vsdk.Status.TOKEN_ROOM_MISMATCH
        assert ann.snapshot().meeting_id == room
        assert ann.snapshot().state == vsdk.MeetingState.CONNECTED


@pytest.mark.parametrize("payload", [{"table": 7, "é": "😀"}, ["a", None], "text", 0, None])
def test_a_participant_is_asked_to_switch(service: Service, payload: object) -> None:
    first, second = vsdk.create_room().id, vsdk.create_room().id
    token = token_for(second)
    with init(first, "Ann") as ann, init(first, "Bob") as bob:
        ann.join()
        bob.join()
        ann.request_switch("bob", second, token=token, payload=payload)
        asked = event_of(bob, EVENT.SWITCH_REQUESTED)
        assert (asked.participant_id, asked.text) == ("ann", second)
        assert json.loads(asked.json)["data"].get("payload") == payload
        assert token not in asked.json
        # It decides.
        assert bob.snapshot().meeting_id == first


def test_a_request_that_is_wrong_is_told(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann:
        ann.join()
        with pytest.raises(vsdk.MeetingError) as caught:
            ann.request_switch("nobody", room)
        assert caught.value.service_code == 4077
        with pytest.raises(vsdk.InvalidArgumentError):
            ann.request_switch("bob", room, payload=[float("nan")])
        with pytest.raises(TypeError):
            ann.request_switch("bob", room, payload=object())

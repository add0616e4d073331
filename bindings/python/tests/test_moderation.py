"""What participants do with each other."""

from __future__ import annotations

import pytest
from conftest import Service, event_of, init, token_with, until

import vsdk

MODERATION = vsdk.Moderation


def test_a_participant_is_removed(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        bob.join()
        ann.moderate("bob", MODERATION.REMOVE)
        left = event_of(bob, vsdk.EventType.MEETING_LEFT)
        assert (left.code, left.text) == (1002, "REMOVE_PEER")
        assert until(bob, vsdk.MeetingState.LEFT).status == vsdk.Status.REMOVED
        gone = event_of(ann, vsdk.EventType.PARTICIPANT_LEFT)
        assert (gone.participant_id, gone.code) == ("bob", 1002)
        assert len(ann.snapshot().participants) == 1


def test_a_participant_is_asked_for_its_media(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        bob.join()
        ann.moderate("bob", MODERATION.REQUEST_MIC)
        assert event_of(bob, vsdk.EventType.MIC_REQUESTED).participant_id == "ann"
        ann.moderate("bob", MODERATION.REQUEST_WEBCAM)
        assert event_of(bob, vsdk.EventType.WEBCAM_REQUESTED).participant_id == "ann"
        ann.moderate("bob", MODERATION.DISABLE_MIC)
        ann.moderate("bob", MODERATION.DISABLE_WEBCAM)


def test_a_participant_is_pinned_for_everybody(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        bob.join()
        for moderation, camera, share in (
            (MODERATION.PIN_CAMERA, True, False),
            (MODERATION.PIN_SCREEN_SHARE, True, True),
            (MODERATION.UNPIN_CAMERA, False, True),
            (MODERATION.UNPIN_SCREEN_SHARE, False, False),
        ):
            ann.moderate("bob", moderation)
            assert event_of(bob, vsdk.EventType.PIN_STATE_CHANGED).participant_id == "bob"
            own = bob.snapshot().participants[0]
            assert (own.is_camera_pinned, own.is_screen_share_pinned) == (camera, share)


def test_a_mode_is_changed_for_everybody(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        bob.join()
        event_of(bob, vsdk.EventType.PARTICIPANT_JOINED)
        ann.change_mode(vsdk.Mode.RECV_ONLY)
        for meeting in (ann, bob):
            event = event_of(meeting, vsdk.EventType.PARTICIPANT_MODE_CHANGED)
            assert (event.participant_id, event.text) == ("ann", "RECV_ONLY")
            modes = {it.id: it.mode for it in meeting.snapshot().participants}
            assert modes == {"ann": vsdk.Mode.RECV_ONLY, "bob": vsdk.Mode.SEND_AND_RECV}
        assert ann.snapshot().mode == vsdk.Mode.RECV_ONLY


def test_what_is_not_permitted_is_refused_in_the_service_s_words(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob", token=token_with("allow_join")) as bob:
        ann.join()
        bob.join()
        with pytest.raises(vsdk.MeetingError) as caught:
            bob.moderate("ann", MODERATION.REQUEST_MIC)
        error = caught.value
        assert error.status == vsdk.Status.REFUSED
        assert error.service_code == 4067
        assert error.service_text is not None
        assert "allow_mod" in error.service_text
        assert error.operation == "meeting_moderate"


def test_what_is_wrong_is_refused_at_once(service: Service) -> None:
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        with pytest.raises(vsdk.InvalidArgumentError):
            ann.moderate("", MODERATION.REMOVE)
        with pytest.raises(vsdk.InvalidArgumentError, match="moderation"):
            ann.moderate("bob", MODERATION(99))
        with pytest.raises(vsdk.InvalidArgumentError, match="mode"):
            ann.change_mode(vsdk.Mode(99))
        with pytest.raises(TypeError):
            ann.moderate(7, MODERATION.REMOVE)  # type: ignore[arg-type]

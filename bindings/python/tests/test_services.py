"""Recording and the like: started with options, told to everybody, stopped, refused."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Service, event_of, init

import vsdk

KIND = vsdk.ServiceKind
STATE = vsdk.ServiceState
EVENT = vsdk.EventType

RECORDING = vsdk.ServiceOptions(
    layout=vsdk.Layout.SPOTLIGHT,
    layout_priority=vsdk.LayoutPriority.PIN,
    grid_size=4,
    theme=vsdk.Theme.DARK,
    content=vsdk.ServiceContent.VIDEO_AND_AUDIO,
    quality=vsdk.ServiceQuality.HIGH,
    orientation=vsdk.Orientation.PORTRAIT,
    webhook_url="https://a.b/hook",
    more={"awsDirPath": "dir", "config": {"summary": {"enabled": True}}},
)
STREAM_KEY = "hunter22-stream-key"
LIVESTREAM = vsdk.ServiceOptions(
    outputs=(
        vsdk.LivestreamOutput("rtmp://a.b/live", STREAM_KEY),
        vsdk.LivestreamOutput("rtmp://c.d/live", "another"),
    )
)


def states(meeting: vsdk.Meeting, kind: vsdk.EventType, last: vsdk.ServiceState) -> list[str]:
    told = []
    while True:
        event = event_of(meeting, kind)
        told.append(event.text or "")
        if event.code == last:
            return told


def test_a_recording_starts_and_stops_and_everybody_is_told(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        bob.join()
        assert bob.snapshot().service_state(KIND.RECORDING) is None
        ann.start_service(KIND.RECORDING, RECORDING)
        for meeting in (ann, bob):
            told = states(meeting, EVENT.RECORDING_STATE_CHANGED, STATE.STARTED)
            assert told == ["RECORDING_STARTING", "RECORDING_STARTED"]
            assert meeting.snapshot().service_state(KIND.RECORDING) is STATE.STARTED
            assert meeting.snapshot().service_state(KIND.HLS) is None
            assert meeting.snapshot().service_state(KIND(99)) is None
        ann.stop_service(KIND.RECORDING)
        for meeting in (ann, bob):
            told = states(meeting, EVENT.RECORDING_STATE_CHANGED, STATE.STOPPED)
            assert told == ["RECORDING_STOPPING", "RECORDING_STOPPED"]
            assert meeting.snapshot().service_state(KIND.RECORDING) is STATE.STOPPED


@pytest.mark.parametrize(
    ("kind", "options", "last"),
    [
        (KIND.LIVESTREAM, LIVESTREAM, STATE.STARTED),
        (KIND.HLS, vsdk.ServiceOptions(layout=vsdk.Layout.GRID), STATE.PLAYABLE),
        (KIND.TRANSCRIPTION, vsdk.ServiceOptions(language="en"), STATE.STARTED),
        (KIND.TRANSLATION, None, STATE.STARTED),
        (KIND.WHITEBOARD, None, STATE.STARTED),
    ],
    ids=lambda it: str(it) if isinstance(it, vsdk.ServiceKind) else "",
)
def test_the_others_do_as_well(
    service: Service,
    kind: vsdk.ServiceKind,
    options: vsdk.ServiceOptions | None,
    last: vsdk.ServiceState,
) -> None:
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        ann.start_service(kind, options)
        changed = vsdk.EventType[f"{kind}_STATE_CHANGED"]
        states(ann, changed, last)
        assert ann.snapshot().service_state(kind) is last
        ann.stop_service(kind)
        states(ann, changed, STATE.STOPPED)


def test_a_refusal_has_the_service_s_number_and_words(service: Service) -> None:
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        with pytest.raises(vsdk.MeetingError) as caught:
            ann.stop_service(KIND.RECORDING)
        error = caught.value
        assert (error.status, error.service_code) == (vsdk.Status.REFUSED, 4012)
        assert error.service_text
        assert error.operation == "meeting_stop_service"
        ann.start_service(KIND.RECORDING)
        with pytest.raises(vsdk.MeetingError) as caught:
            ann.start_service(KIND.RECORDING)
        assert caught.value.service_code == 4011
        assert "runs already" in (caught.value.service_text or "")


@pytest.mark.parametrize(
    "option",
    [
        {"layout": vsdk.Layout.GRID},
        {"layout_priority": vsdk.LayoutPriority.SPEAKER},
        {"grid_size": 1},
        {"theme": vsdk.Theme.LIGHT},
        {"content": vsdk.ServiceContent.AUDIO},
        {"quality": vsdk.ServiceQuality.LOW},
        {"orientation": vsdk.Orientation.LANDSCAPE},
        {"outputs": LIVESTREAM.outputs},
        {"webhook_url": "https://a.b/hook"},
        {"language": "en"},
    ],
    ids=lambda option: next(iter(option)),
)
def test_each_option_arrives(service: Service, option: dict[str, Any]) -> None:
    """A whiteboard has none of them, so it names the one that came."""
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        with pytest.raises(vsdk.InvalidArgumentError, match=f"`{next(iter(option))}` is no option"):
            ann.start_service(KIND.WHITEBOARD, vsdk.ServiceOptions(**option))


@pytest.mark.parametrize(
    ("option", "kind"),
    [
        ({"layout": vsdk.Layout(99)}, vsdk.InvalidArgumentError),
        ({"layout_priority": vsdk.LayoutPriority(99)}, vsdk.InvalidArgumentError),
        ({"grid_size": 0}, vsdk.InvalidArgumentError),
        ({"grid_size": 2**32 + 1}, vsdk.InvalidArgumentError),
        ({"grid_size": "4"}, TypeError),
        ({"theme": vsdk.Theme(99)}, vsdk.InvalidArgumentError),
        ({"content": vsdk.ServiceContent(99)}, vsdk.InvalidArgumentError),
        ({"quality": vsdk.ServiceQuality(99)}, vsdk.InvalidArgumentError),
        ({"orientation": vsdk.Orientation(99)}, vsdk.InvalidArgumentError),
        ({"outputs": (vsdk.LivestreamOutput("", "key"),)}, vsdk.InvalidArgumentError),
        ({"webhook_url": ""}, vsdk.InvalidArgumentError),
        ({"more": {"config": 7}}, vsdk.InvalidArgumentError),
        ({"more": "text"}, TypeError),
    ],
    ids=lambda it: str(it) if isinstance(it, dict) else it.__name__,
)
def test_what_is_wrong_is_not_sent(
    service: Service, option: dict[str, Any], kind: type[Exception]
) -> None:
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        with pytest.raises(kind):
            ann.start_service(KIND.RECORDING, vsdk.ServiceOptions(**option))
        assert vsdk.live_handles() == 1
        with pytest.raises(TypeError, match="ServiceOptions"):
            ann.start_service(KIND.RECORDING, option)  # type: ignore[arg-type]
        with pytest.raises(vsdk.InvalidArgumentError):
            ann.start_service(KIND(99))
        # Nothing runs by now.
        ann.start_service(KIND.RECORDING)


def test_a_stream_key_is_never_shown(service: Service) -> None:
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        key = {"streamKey": STREAM_KEY}
        bad = vsdk.ServiceOptions(more={"outputs": [{"url": "", **key}]})
        with pytest.raises(vsdk.MeetingError) as caught:
            ann.start_service(KIND.LIVESTREAM, bad)
        assert caught.value.service_code == 4015
        half = vsdk.LivestreamOutput("rtmp://a.b/live", f"{STREAM_KEY}\ud800")
        with pytest.raises(vsdk.InvalidArgumentError) as refused:
            ann.start_service(KIND.LIVESTREAM, vsdk.ServiceOptions(outputs=(half,)))
        errors = (repr(caught.value), str(caught.value), repr(refused.value), str(refused.value))
        shown = "".join((repr(LIVESTREAM), repr(bad), *errors))
        assert "rtmp://a.b/live" in shown
        assert "hunter22" not in shown


def test_the_language_of_a_translation_changes_while_it_runs(service: Service) -> None:
    with init(vsdk.create_room().id, "Ann") as ann:
        ann.join()
        with pytest.raises(vsdk.MeetingError) as caught:
            ann.change_translation_language("de")
        assert caught.value.service_code == 4044
        ann.start_service(KIND.TRANSLATION)
        ann.change_translation_language("de")
        changed = event_of(ann, EVENT.TRANSLATION_LANGUAGE_CHANGED)
        assert (changed.participant_id, changed.text) == ("ann", "de")


def test_who_comes_later_hears_what_runs(service: Service) -> None:
    room = vsdk.create_room().id
    with init(room, "Ann") as ann, init(room, "Bob") as bob:
        ann.join()
        ann.start_service(KIND.RECORDING, RECORDING)
        bob.join()
        states(bob, EVENT.RECORDING_STATE_CHANGED, STATE.STARTED)
        assert bob.snapshot().service_state(KIND.RECORDING) is STATE.STARTED
        bob.leave()
        assert bob.snapshot().service_state(KIND.RECORDING) is None

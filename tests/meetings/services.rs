//! Recording and the like: started, told to everybody, stopped, refused.

use vsdk::Status;
use vsdk::meeting::{
    EventType, Layout, MeetingState, ServiceKind, ServiceOptions, ServiceQuality, ServiceState,
    Theme,
};

use crate::proxy::Proxy;
use crate::support::{Client, LONG, room, server};

fn options(kind: ServiceKind) -> ServiceOptions {
    let mut options = ServiceOptions::new();
    if kind == ServiceKind::Livestream {
        let added = options.add_output("rtmp://a.b/live", "hunter22-stream-key");
        added.expect("a good output");
    }
    options
}

/// The event of each, and the service's numbers for a start and a stop that are refused.
const KINDS: [(ServiceKind, EventType, i32, i32); 6] = [
    (
        ServiceKind::Recording,
        EventType::RecordingStateChanged,
        4011,
        4012,
    ),
    (
        ServiceKind::Livestream,
        EventType::LivestreamStateChanged,
        4013,
        4014,
    ),
    (ServiceKind::Hls, EventType::HlsStateChanged, 4016, 4017),
    (
        ServiceKind::Transcription,
        EventType::TranscriptionStateChanged,
        4031,
        4032,
    ),
    (
        ServiceKind::Translation,
        EventType::TranslationStateChanged,
        4042,
        4043,
    ),
    (
        ServiceKind::Whiteboard,
        EventType::WhiteboardStateChanged,
        4054,
        4055,
    ),
];

#[test]
fn every_service_starts_and_stops_once_and_everybody_is_told() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    for (kind, event, start_refused, stop_refused) in KINDS {
        let start = || ann.meeting.start_service(kind, &options(kind), LONG).wait();
        start().expect("it starts");
        let is_told = |client: &Client, state: &str| {
            client.next_where(&format!("{event:?} {state}"), |it| {
                it.kind() == event && it.text().is_some_and(|text| text.ends_with(state))
            });
        };
        is_told(&ann, "_STARTED");
        is_told(&bob, "_STARTED");
        let snapshot = bob.snapshot();
        let state = snapshot.service_state(kind).expect("a state");
        assert!(
            matches!(state, ServiceState::Started | ServiceState::Playable),
            "{state:?}"
        );

        let error = start().expect_err("it runs already");
        assert_eq!(error.status(), Status::Refused, "{error}");
        assert_eq!(error.service_code(), Some(start_refused));
        assert_eq!(error.operation(), "meeting_start_service");
        let text = error.service_text().expect("the service's text");
        assert!(text.contains("runs already"), "{text}");

        let stop = || ann.meeting.stop_service(kind, LONG).wait();
        stop().expect("it stops");
        is_told(&ann, "_STOPPED");
        is_told(&bob, "_STOPPED");
        let error = stop().expect_err("it does not run");
        assert_eq!(error.service_code(), Some(stop_refused), "{error}");
        assert_eq!(error.operation(), "meeting_stop_service");
    }
}

#[test]
fn a_newcomer_hears_what_runs_and_nothing_runs_in_a_meeting_that_was_left() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    ann.join();
    let mut recording = ServiceOptions::new();
    recording
        .set_layout(Some(Layout::Spotlight))
        .set_theme(Some(Theme::Light))
        .set_quality(Some(ServiceQuality::High));
    ann.meeting
        .start_service(ServiceKind::Recording, &recording, LONG)
        .wait()
        .expect("it starts");
    let bob = Client::new(&server, &room, "bob", |_| ());
    bob.join();
    bob.next(EventType::RecordingStateChanged);
    let snapshot = bob.snapshot();
    assert_eq!(
        snapshot.service_state(ServiceKind::Recording),
        Some(ServiceState::Started)
    );
    bob.leave();
    assert_eq!(bob.snapshot().state(), MeetingState::Left);
    assert_eq!(bob.snapshot().service_state(ServiceKind::Recording), None);
}

#[test]
fn what_the_service_refuses_has_its_number_and_never_a_stream_key() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let before = ann
        .meeting
        .start_service(
            ServiceKind::Livestream,
            &options(ServiceKind::Livestream),
            LONG,
        )
        .wait();
    let error = before.expect_err("it has not joined");
    assert_eq!(
        (error.status(), error.service_code()),
        (Status::InvalidState, Some(3035))
    );
    ann.join();
    let mut bad = ServiceOptions::new();
    bad.set_json(Some(r#"{"outputs": [{"url": ""}]}"#))
        .expect("JSON");
    let error = ann
        .meeting
        .start_service(ServiceKind::Livestream, &bad, LONG)
        .wait()
        .expect_err("no good output");
    assert_eq!(
        (error.status(), error.service_code()),
        (Status::Refused, Some(4015))
    );
    assert!(error.message().contains("start the livestream"), "{error}");
    let shown = format!("{:?}{error:?}", options(ServiceKind::Livestream));
    assert!(!shown.contains("hunter22"), "{shown}");
}

#[test]
fn the_language_of_a_translation_changes_while_it_runs() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    ann.join();
    let change = || ann.meeting.change_translation_language("de", LONG).wait();
    assert_eq!(
        change().expect_err("nothing runs").service_code(),
        Some(4044)
    );
    let translation = ServiceOptions::new();
    ann.meeting
        .start_service(ServiceKind::Translation, &translation, LONG)
        .wait()
        .expect("it starts");
    change().expect("it runs");
    let changed = ann.next(EventType::TranslationLanguageChanged);
    assert_eq!(
        (changed.participant_id(), changed.text()),
        (Some("ann"), Some("de"))
    );
}

#[test]
fn who_has_left_stops_no_service() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    ann.join();
    ann.leave();
    let stopped = ann.meeting.stop_service(ServiceKind::Hls, LONG).wait();
    assert_eq!(
        stopped.expect_err("it has left").status(),
        Status::InvalidState
    );
}

#[test]
fn what_was_stopped_during_an_outage_does_not_stay_started() {
    let server = server();
    let room = room(&server);
    let proxy = Proxy::to(server.http_url());
    let ann = Client::new(&server, &room, "ann", |options| {
        options.set_api_base_url(Some(&proxy.url("http")));
    });
    let bob = Client::new(&server, &room, "bob", |_| ());
    ann.join();
    bob.join();
    let kinds = [ServiceKind::Recording, ServiceKind::Whiteboard];
    for kind in kinds {
        let started = bob.meeting.start_service(kind, &options(kind), LONG);
        started.wait().expect("it starts");
    }
    let heard = |event: EventType, state: &str| {
        ann.next_where(state, |it| it.kind() == event && it.text() == Some(state))
    };
    heard(EventType::RecordingStateChanged, "RECORDING_STARTED");
    heard(EventType::WhiteboardStateChanged, "WHITEBOARD_STARTED");
    ann.state(MeetingState::Connected);
    // There is no way to the service while one of the two is stopped.
    proxy.lead_to("http://localhost:1");
    proxy.cut();
    ann.state(MeetingState::Reconnecting);
    let stopped = bob.meeting.stop_service(ServiceKind::Recording, LONG);
    stopped.wait().expect("it stops");
    proxy.lead_to(server.http_url());
    ann.state(MeetingState::Connected);
    let unknown = heard(EventType::RecordingStateChanged, "RECORDING_UNKNOWN");
    assert_eq!(unknown.code(), 0);
    let snapshot = ann.snapshot();
    let states = kinds.map(|kind| snapshot.service_state(kind));
    assert_eq!(states, [None, Some(ServiceState::Started)]);
}

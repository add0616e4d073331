//! What is known of services.

use super::*;
use crate::redact::Secret;

#[test]
fn nothing_goes_on_in_a_meeting_that_was_left() {
    type End = fn(&mut Course);
    let ends: [End; 3] = [
        Course::finish,
        |course| course.ask("close", json!({"reason": {"code": 1006}})),
        |course| {
            course.lose();
            course.wait();
            course.open_failed(Status::NotFound);
        },
    ];
    for end in ends {
        let mut course = Course::inside(&json!([]));
        let started = json!({"status": "RECORDING_STARTED"});
        course.tell("recordingStateChanged", started);
        let services = course.session.services();
        assert_eq!(services["recording"], "RECORDING_STARTED");
        end(&mut course);
        assert!(course.session.services().is_empty());
    }
}

/// What was told of the recording, by number and name.
fn recording(course: &Course) -> Vec<(i32, &str)> {
    let told = course.events.iter();
    let told = told.filter(|it| it.kind() == EventType::RecordingStateChanged);
    told.map(|it| (it.code(), it.text().unwrap_or_default()))
        .collect()
}

#[test]
fn a_service_that_nothing_is_told_of_after_an_outage_is_unknown() {
    for told_again in [false, true] {
        let mut course = Course::inside(&json!([]));
        let started = json!({"status": "RECORDING_STARTED"});
        course.tell("recordingStateChanged", started.clone());
        // Of an outage in an outage nobody knows more.
        for _ in 0..2 {
            course.lose();
            course.wait();
            course.open(false);
            course.answer("join", json!({"peers": []}));
        }
        if told_again {
            course.tell("recordingStateChanged", started);
        }
        assert_eq!(course.session.services()["recording"], "RECORDING_STARTED");
        course.wait();
        let known = course.session.services().get("recording");
        assert_eq!(known.is_some(), told_again);
        let last = *recording(&course).last().unwrap();
        let expected = match told_again {
            true => (2, "RECORDING_STARTED"),
            false => (0, "RECORDING_UNKNOWN"),
        };
        assert_eq!(last, expected);
        let count = recording(&course).len();
        while course.session.next_deadline().is_some() {
            course.wait();
        }
        assert_eq!(recording(&course).len(), count, "it is told once");
    }
}

#[test]
fn a_refusal_that_repeats_a_secret_of_the_request_is_told_without_it() {
    let mut course = Course::inside(&json!([]));
    let mut call = Call::new("startLivestream", "start it", json!({"key": "hunter22"}));
    call.secrets.push(Secret::new("hunter22"));
    let who = course
        .begin(|session, now, who| session.call(now, call, who))
        .unwrap();
    let refusal = Refusal {
        code: Some(4013),
        reason: Some("The platform knows no hunter22".to_owned()),
    };
    course.respond("startLivestream", Err(refusal));
    let error = course.outcomes[&who].clone().unwrap_err();
    assert_eq!(error.service_code(), Some(4013));
    let shown = format!("{error:?} {error}");
    assert!(!shown.contains("hunter22"), "{shown}");
    assert!(shown.contains("The platform knows no"), "{shown}");
}

#[test]
fn changes_come_of_values_that_are_observed_and_no_others() {
    let mut course = Course::inside(&json!([]));
    let change = json!({"key": "k", "value": "v", "updatedBy": "p2"});
    let heard = |course: &Course| {
        let changes = course.events.iter();
        let changes = changes.filter(|it| it.kind() == EventType::StoreValueChanged);
        changes.count()
    };
    course.tell("realtimeStoreValueChanged", change.clone());
    assert_eq!(heard(&course), 0);
    course
        .begin(|session, now, who| session.observe(now, "k", who))
        .unwrap();
    course.answer("realtimeStoreObserve", json!({}));
    course.tell("realtimeStoreValueChanged", change.clone());
    assert_eq!(heard(&course), 1);

    // On a new connection it is asked for again; when that is refused, a warning says so.
    course.lose();
    course.wait();
    course.open(false);
    course.answer("join", json!({"peers": []}));
    course.respond("realtimeStoreObserve", Err(Refusal::default()));
    let warned = course
        .events
        .iter()
        .any(|it| it.kind() == EventType::Warning);
    assert!(warned);

    course
        .begin(|session, now, who| session.stop_observing(now, "k", who))
        .unwrap();
    course.tell("realtimeStoreValueChanged", change);
    assert_eq!(heard(&course), 1);
}

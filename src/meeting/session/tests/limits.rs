//! Sizes that are refused, and what is bounded.

use super::*;
use crate::signaling::MAX_FRAME_BYTES;

fn publish(course: &mut Course, bytes: usize) -> Result<Who> {
    let data = json!({"topic": "t", "message": "x".repeat(bytes), "options": {}});
    course.begin(|session, now, who| session.publish(now, data, who))
}

fn check_refusal(course: &mut Course) {
    let before = course.sent.len();
    let error = publish(course, MAX_FRAME_BYTES).unwrap_err();
    assert_eq!(error.status(), Status::InvalidArgument);
    assert_eq!(error.service_code(), Some(3072));
    let words = error.message();
    assert!(words.contains("at most 4194304 can be sent"), "{words}");
    let number = words.split(' ').find_map(|word| word.parse::<usize>().ok());
    assert!(number > Some(MAX_FRAME_BYTES), "{words}");
    assert_eq!(course.sent.len(), before, "nothing is sent");
}

#[test]
fn what_is_too_large_for_a_frame_is_refused_with_its_size() {
    let mut course = Course::inside(&json!([]));
    check_refusal(&mut course);
    // Almost as large is sent.
    publish(&mut course, MAX_FRAME_BYTES - 256).unwrap();
    assert_eq!(course.sent.last().unwrap().1, "pubsubPublish");
    // It does not wait for a connection that could not take it either.
    course.lose();
    check_refusal(&mut course);
}

#[test]
fn metadata_that_is_too_large_ends_the_join_with_its_size() {
    let mut course = Course::new();
    let who = course.join();
    course.line = Line::Open;
    let join = json!({"metaData": {"x": "x".repeat(MAX_FRAME_BYTES)}});
    let (asks, ice_problem) = (false, None);
    let admission = Admission {
        join,
        asks,
        ice_problem,
    };
    course.happen(|session, now| session.opened(now, admission));
    let nothing = json!({"codecs": [], "headerExtensions": []});
    course.answer("getRouterRtpCapabilities", nothing);
    let error = course.outcomes[&who].clone().unwrap_err();
    assert_eq!(error.service_code(), Some(3072), "{error}");
    assert_eq!(course.session.state(), MeetingState::Failed);
}

#[test]
fn what_comes_before_the_join_is_answered_is_bounded_and_never_lost_in_silence() {
    let mut course = Course::new();
    let who = course.join();
    course.open(false);
    let text = "x".repeat(1024 * 1024);
    for number in 0..15 {
        course.tell("newPeer", json!({"id": format!("p{number}"), "x": text}));
    }
    assert!(!course.outcomes.contains_key(&who));
    for number in 15..20 {
        course.tell("newPeer", json!({"id": format!("p{number}"), "x": text}));
    }
    let error = course.outcomes[&who].clone().unwrap_err();
    assert_eq!(error.status(), Status::InvalidResponse, "{error}");
    assert_eq!(course.session.state(), MeetingState::Failed);
}

#[test]
fn topics_end_with_the_meeting_and_the_next_join_begins_without_them() {
    let mut course = Course::inside(&json!([]));
    course
        .begin(|session, now, who| session.subscribe(now, "chat", who))
        .unwrap();
    course.answer("pubsubSubscribe", json!({"messages": []}));
    course.lose();
    course.wait();
    course.open_failed(Status::NotFound);
    assert_eq!(course.session.state(), MeetingState::Failed);
    assert!(!course.session.unsubscribe("chat"));
}

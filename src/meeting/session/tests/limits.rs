//! Sizes that are refused, and what is bounded.

use super::*;
use crate::media::plane::MediaAction;
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

fn newcomers(ids: impl Iterator<Item = usize>) -> Value {
    let all: Vec<_> = ids
        .map(|id| json!({"method": "newPeer", "data": {"id": format!("p{id}")}}))
        .collect();
    json!({"notifications": all})
}

#[test]
fn of_too_many_participants_nothing_is_told_but_that_once() {
    let mut course = Course::inside(&json!([]));
    course.tell("batchNotification", newcomers(0..10_002));
    assert_eq!(course.told(EventType::ParticipantJoined).len(), 10_000);
    course.tell("newPeer", json!({"id": "p0", "displayName": "Still here"}));
    assert_eq!(course.told(EventType::ParticipantNameChanged).len(), 1);
    course.tell("peerClosed", json!({"peerId": "p0"}));
    course.tell("batchNotification", newcomers(10_001..10_003));
    assert_eq!(course.told(EventType::ParticipantJoined).len(), 10_001);
    let [warning] = course.told(EventType::Warning)[..] else {
        panic!("{:?}", course.told(EventType::Warning));
    };
    assert!(warning.text().unwrap().contains("10000 others"));
}

#[test]
fn too_many_tracks_are_refused_and_told_of_once() {
    let mut course = Course::with_media();
    for number in 0..2_002 {
        course.consumer(&format!("c{number}"), &format!("track-{number}"));
    }
    let consumed = |course: &Course| {
        let actions = course.media.iter();
        let fits = |it: &&MediaAction| matches!(it, MediaAction::Consume { .. });
        actions.filter(fits).count()
    };
    assert_eq!(consumed(&course), 2_000);
    assert_eq!(course.refusal(), (&json!(77), &json!(503)));
    // One that takes the place of another is none more.
    course.consumer("again", "track-0");
    assert_eq!(consumed(&course), 2_001);
    let [warning] = course.told(EventType::Warning)[..] else {
        panic!("{:?}", course.told(EventType::Warning));
    };
    assert!(warning.text().unwrap().contains("2000 tracks"));
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

impl Course {
    /// The number with which the latest request of the service was refused, and its id.
    fn refusal(&self) -> (&Value, &Value) {
        assert_eq!(self.last_answer["ok"], false);
        (&self.last_answer["id"], &self.last_answer["errorCode"])
    }
}

#[test]
fn messages_that_are_no_frames_are_counted_answered_where_they_ask_and_warned_of_once() {
    let mut course = Course::new();
    course.join();
    course.open(false);
    course.receive("{");
    assert_eq!(course.session.malformed(), 1);
    assert_eq!(course.answers, 0, "nobody asked for anything");
    assert_eq!(course.warnings().len(), 1);
    let warnings = course.warnings();
    assert!(
        warnings[0].contains("it is not a JSON object"),
        "{warnings:?}"
    );

    // They keep nobody out, and what asks gets its answer.
    course.answer("join", json!({"peers": []}));
    course.receive(r#"{"request":true,"id":5,"method":[]}"#);
    assert_eq!(course.answers, 1);
    assert_eq!(course.refusal(), (&json!(5), &json!(400)));
    for text in ["", "[]", "null", r#"{"response":true}"#, r#"{"id":3}"#] {
        course.receive(text);
    }
    assert_eq!(course.answers, 1);
    // What comes in between is heard.
    course.tell("newPeer", json!({"id": "p2"}));
    assert_eq!(course.session.participants().len(), 2);
    assert_eq!(course.session.malformed(), 7);

    // A new connection begins no new count, and the app knows already.
    course.lose();
    course.wait();
    course.open(false);
    course.answer("join", json!({"peers": []}));
    course.receive("{");
    assert_eq!(course.session.malformed(), 8);
    assert_eq!(course.warnings().len(), 1);
}

#[test]
fn behind_a_goodbye_they_are_nothing() {
    let ends: [fn(&mut Course); 2] = [
        |course| {
            course.leave();
        },
        |course| course.ask("close", json!({"reason": {"code": 1006}})),
    ];
    for end in ends {
        let mut course = Course::inside(&json!([]));
        end(&mut course);
        assert_eq!(course.line, Line::Closing);
        let (events, answers) = (course.events.len(), course.answers);
        course.receive("{");
        course.receive(r#"{"request":true,"id":5}"#);
        assert_eq!((course.events.len(), course.answers), (events, answers));
        assert_eq!(course.session.malformed(), 0);
    }
}

/// How many publishes wait for a new connection, and how many bytes they may have together.
const MOST_UNSENT: usize = 256;
const MOST_UNSENT_BYTES: usize = 4 * 1024 * 1024;

impl Course {
    /// So many publishes that are on their way, and their requests.
    fn publish_many(&mut self, count: usize, bytes: usize) -> (Vec<Who>, Vec<u64>) {
        let before = self.sent.len();
        let waiters = (0..count).map(|_| publish(self, bytes).expect("it is sent"));
        let waiters = waiters.collect();
        let requests = self.sent[before..].iter().map(|(id, ..)| *id).collect();
        (waiters, requests)
    }

    /// How many of these wait on.
    fn waiting(&self, waiters: &[Who]) -> usize {
        let told = waiters.iter().filter(|who| self.outcomes.contains_key(who));
        waiters.len() - told.count()
    }

    fn published(&self) -> usize {
        let sent = self.sent.iter();
        sent.filter(|(_, method, _)| method == "pubsubPublish")
            .count()
    }

    fn come_back(&mut self) {
        self.wait();
        self.open(false);
        self.answer("join", json!({"peers": []}));
    }
}

#[test]
fn only_publishes_of_which_nothing_was_sent_are_kept_and_go_out_once() {
    let mut course = Course::inside(&json!([]));
    let (waiters, requests) = course.publish_many(3, 1);
    let call = course.call().unwrap();
    let called = course.sent.last().unwrap().0;
    // The first was sent, and nobody knows what became of it.
    course.lose_unsent(&[requests[1], requests[2], called, 1_000_000]);
    let error = course.outcomes[&waiters[0]].clone().unwrap_err();
    assert_eq!(error.status(), Status::ConnectionLost);
    assert!(!error.is_retryable(), "it may have been published");
    let error = course.outcomes[&call].clone().unwrap_err();
    assert_eq!(error.status(), Status::ConnectionLost);
    assert!(error.message().contains("was not sent"), "{error}");
    assert!(error.is_retryable(), "nothing was done");
    assert_eq!(course.waiting(&waiters[1..]), 2);

    course.come_back();
    assert_eq!(course.published(), 2);
    // Lost again before they were answered, they may have arrived.
    course.lose();
    assert_eq!(course.waiting(&waiters), 0);
    course.come_back();
    assert_eq!(course.published(), 0);
    course.finish();
}

#[test]
fn they_are_kept_also_where_the_app_gives_the_connection_up() {
    let mut course = Course::inside(&json!([]));
    let (waiters, requests) = course.publish_many(3, 1);
    course.unsent = requests[1..].to_vec();
    let refreshed = course.happen(|session, now| session.refresh(now));
    refreshed.expect("it is in the room");
    assert_eq!(course.session.state(), MeetingState::Reconnecting);
    let error = course.outcomes[&waiters[0]].clone().unwrap_err();
    assert_eq!(error.status(), Status::ConnectionLost);
    assert_eq!(course.waiting(&waiters[1..]), 2);
    course.come_back();
    assert_eq!(course.published(), 2);
    course.finish();
}

#[test]
fn what_is_kept_is_bounded_in_number_and_the_oldest_are_kept() {
    let mut course = Course::inside(&json!([]));
    let (waiters, requests) = course.publish_many(MOST_UNSENT + 10, 1);
    course.lose_unsent(&requests);
    assert_eq!(course.waiting(&waiters[..MOST_UNSENT]), MOST_UNSENT);
    for who in &waiters[MOST_UNSENT..] {
        let error = course.outcomes[who].clone().unwrap_err();
        assert_eq!(error.status(), Status::ConnectionLost);
        assert!(error.message().contains("256 messages"), "{error}");
    }
    let error = publish(&mut course, 1).unwrap_err();
    assert_eq!(error.status(), Status::ConnectionLost);
    course.come_back();
    assert_eq!(course.published(), MOST_UNSENT);
    // There is room again.
    course.lose();
    publish(&mut course, 1).unwrap();
}

#[test]
fn what_is_kept_is_bounded_in_bytes() {
    // What each has beside its message is less than 100 bytes.
    let message = MOST_UNSENT_BYTES / 4 - 100;
    let mut course = Course::inside(&json!([]));
    let (waiters, requests) = course.publish_many(3, message);
    course.lose_unsent(&requests);
    assert_eq!(course.waiting(&waiters), 3);
    publish(&mut course, message).unwrap();
    let error = publish(&mut course, 1000).unwrap_err();
    assert_eq!(error.status(), Status::ConnectionLost);
    assert!(error.message().contains("4 messages"), "{error}");
    course.come_back();
    assert_eq!(course.published(), 4);
}

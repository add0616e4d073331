//! Back in the room: topics and values are taken up again before the meeting counts as connected.

use super::*;
use crate::signaling::REQUEST_TIMEOUT;

impl Course {
    fn subscribe(&mut self, topic: &str) {
        self.begin(|session, now, who| session.subscribe(now, topic, who))
            .unwrap();
        self.answer("pubsubSubscribe", json!({"messages": []}));
    }

    fn observe(&mut self, key: &str) {
        self.begin(|session, now, who| session.observe(now, key, who))
            .unwrap();
        self.answer("realtimeStoreObserve", json!({}));
    }

    /// The connection is lost, and another one is in the room.
    fn lose_and_return(&mut self) {
        self.lose();
        self.return_to(&json!([]));
    }

    fn return_to(&mut self, peers: &Value) {
        self.wait();
        self.open(false);
        self.answer("join", json!({"peers": peers}));
    }

    /// Answers the requests of that method on this connection, which are so many.
    fn answer_all(&mut self, method: &str, count: usize, answer: &Result<Value, Refusal>) {
        let sent = self.sent.iter().filter(|(_, sent, _)| sent == method);
        let ids: Vec<u64> = sent.map(|(id, ..)| *id).collect();
        assert_eq!(ids.len(), count, "{method}");
        for id in ids {
            let answer = answer.clone();
            self.frame(Frame::Response { id, answer });
        }
    }

    fn last(&self) -> &Event {
        self.events.last().expect("an event")
    }

    fn is_connected_now(&self) -> bool {
        let state = self.session.state();
        let told = self.events.iter().rev();
        let told = told
            .clone()
            .find(|it| it.kind() == EventType::StateChanged)
            .expect("a state");
        assert_eq!(told.code(), state as i32);
        state == MeetingState::Connected
    }
}

fn refusal() -> Result<Value, Refusal> {
    Err(Refusal {
        code: Some(4009),
        reason: None,
    })
}

#[test]
fn connected_is_told_once_all_is_taken_up_again_and_after_what_came_with_it() {
    let mut course = Course::inside(&json!([]));
    course.subscribe("one");
    course.subscribe("two");
    course.observe("key");
    course.lose_and_return();
    assert!(!course.is_connected_now());
    let kept = json!({"messages": [{"id": "m1", "message": "kept", "senderId": "p2"}]});
    course.answer_all("pubsubSubscribe", 2, &Ok(kept));
    assert!(!course.is_connected_now(), "the value is not observed yet");
    course.tell("newPeer", json!({"id": "p2"}));
    course.answer_all("realtimeStoreObserve", 1, &Ok(json!({})));
    assert!(course.is_connected_now());
    assert_eq!(course.last().kind(), EventType::StateChanged);
    assert_eq!(course.last().details.get("lostTopics"), None);
    let kinds: Vec<EventType> = course.events.iter().rev().map(Event::kind).collect();
    use EventType::{Message, ParticipantJoined, StateChanged};
    assert_eq!(
        kinds[..4],
        [StateChanged, ParticipantJoined, Message, Message]
    );
    course.finish();
}

#[test]
fn without_topics_and_values_connected_is_told_at_once() {
    let mut course = Course::inside(&json!([]));
    course.lose_and_return();
    assert!(course.is_connected_now());
}

#[test]
fn what_is_refused_or_gets_no_answer_holds_connected_back_no_longer_than_its_time_and_is_named() {
    let mut course = Course::inside(&json!([]));
    course.subscribe("one");
    course.observe("key");
    course.lose_and_return();
    let began = course.now;
    course.answer_all("pubsubSubscribe", 1, &refusal());
    while !course.is_connected_now() {
        assert!(course.wait(), "something is due");
    }
    assert_eq!(course.now - began, REQUEST_TIMEOUT);
    let connected = course.last();
    assert_eq!(connected.details["lostTopics"], json!(["one"]));
    assert_eq!(connected.details["lostKeys"], json!(["key"]));
    let warnings = course.events.iter().rev().skip(1);
    let warnings = warnings.filter(|it| it.kind() == EventType::Warning);
    assert_eq!(warnings.count(), 2);
}

#[test]
fn the_app_can_work_in_the_room_before_and_its_own_requests_hold_nothing_back() {
    let mut course = Course::inside(&json!([]));
    course.subscribe("one");
    course.lose();
    let data = json!({"topic": "one", "message": "m", "options": {}});
    course
        .begin(|session, now, who| session.publish(now, data, who))
        .unwrap();
    course.return_to(&json!([]));
    assert!(
        course.request("pubsubPublish").is_some(),
        "it waited for it"
    );
    let id = course.request("pubsubSubscribe").expect("it was resumed");
    course
        .begin(|session, now, who| session.subscribe(now, "new", who))
        .unwrap();
    assert!(!course.is_connected_now());
    let answer = Ok(json!({"messages": []}));
    course.frame(Frame::Response { id, answer });
    assert!(course.is_connected_now());
    course.finish();
}

#[test]
fn connections_that_are_lost_before_all_is_taken_up_again_are_tries_that_failed() {
    let mut course = Course::inside(&json!([]));
    course.subscribe("one");
    let mut connections = 0;
    course.lose();
    while course.session.state() == MeetingState::Reconnecting {
        course.return_to(&json!([]));
        connections += 1;
        assert!(connections <= 10, "it never ends");
        course.lose();
    }
    assert_eq!(connections, 10);
    assert_eq!(course.session.state(), MeetingState::Failed);
    let left = course.events.iter().rev();
    let left = left
        .clone()
        .find(|it| it.kind() == EventType::MeetingLeft)
        .expect("why");
    assert_eq!(left.code(), 1102);
    let states = course.events.iter();
    let states = states.filter(|it| it.kind() == EventType::StateChanged);
    let last: Vec<i32> = states.map(Event::code).skip(2).collect();
    let expected = [
        MeetingState::Connected,
        MeetingState::Reconnecting,
        MeetingState::Failed,
    ];
    assert_eq!(last, expected.map(|state| state as i32));
}

#[test]
fn a_connection_that_the_app_wants_anew_meanwhile_is_no_failure() {
    let mut course = Course::inside(&json!([]));
    course.subscribe("one");
    course.lose_and_return();
    for _ in 0..20 {
        course
            .happen(|session, now| session.refresh(now))
            .expect("it is in the room");
        course.return_to(&json!([]));
    }
    assert!(!course.is_connected_now());
    course.answer_all("pubsubSubscribe", 1, &Ok(json!({"messages": []})));
    assert!(course.is_connected_now());
}

#[test]
fn leaving_meanwhile_ends_it() {
    let mut course = Course::inside(&json!([]));
    course.subscribe("one");
    course.lose_and_return();
    course.finish();
}

#[test]
fn ten_tries_are_told_with_their_pauses_and_reasons_and_then_it_is_over() {
    // 0.5, 1, 2, 4 and then 8 seconds, and an eighth of each: the jitter is one half.
    let delays_ms: [u64; 10] = [562, 1125, 2250, 4500, 9000, 9000, 9000, 9000, 9000, 9000];
    let mut course = Course::inside(&json!([]));
    course.lose();
    let mut reason = "the connection broke";
    for (attempt, delay_ms) in (1..).zip(delays_ms) {
        let told: Value = serde_json::from_str(&course.last().to_json()).expect("it is JSON");
        assert_eq!(told["type"], "RECONNECTING", "{told}");
        assert_eq!(told["code"], attempt, "{told}");
        assert_eq!(told["attempt"], attempt, "{told}");
        assert_eq!(told["attempts"], 10, "{told}");
        assert_eq!(told["delayMs"], delay_ms, "{told}");
        assert_eq!(told["text"], reason, "{told}");
        assert_eq!(told["status"], "CONNECTION_LOST", "{told}");
        let (began, told) = (course.now, course.events.len());
        course.wait();
        assert_eq!((course.now - began).as_millis(), u128::from(delay_ms));
        assert_eq!(course.line, Line::Opening);
        assert_eq!(course.events.len(), told, "it is told before the pause");
        course.open_failed(Status::NetworkConnect);
        reason = "it failed";
    }
    let (left, failed) = match &course.events[course.events.len() - 2..] {
        [left, failed] => (left, failed),
        _ => unreachable!("they are two"),
    };
    assert_eq!(left.kind(), EventType::MeetingLeft);
    assert_eq!(left.code(), 1102);
    assert_eq!(left.text(), Some("WEBSOCKET_CONNECTION_ATTEMPTS_EXHAUSTED"));
    assert_eq!(failed.code(), MeetingState::Failed as i32);
    assert_eq!(failed.status(), Some(Status::ConnectionLost));
    assert_eq!(failed.details["serviceCode"], 1102);
    let message = failed.details["message"].as_str().unwrap();
    assert!(
        message.ends_with("10 tries to make it anew failed; the last one because it failed"),
        "{message}"
    );
    assert_eq!(course.session.next_deadline(), None);
}

#[test]
fn a_fresh_token_ends_the_pause_and_nothing_else() {
    let mut course = Course::inside(&json!([]));
    course.happen(|session, now| session.token_changed(now));
    assert_eq!(course.line, Line::Open, "who is in the room stays there");
    course.lose();
    course.wait();
    course.open_failed(Status::Unauthorized);
    assert_eq!(course.line, Line::None);
    course.happen(|session, now| session.token_changed(now));
    assert_eq!(course.line, Line::Opening, "without waiting");
    // Another one meanwhile changes nothing any more.
    course.happen(|session, now| session.token_changed(now));
    course.open(false);
    course.answer("join", json!({"peers": []}));
    assert!(course.is_connected_now());
    course.finish();
}

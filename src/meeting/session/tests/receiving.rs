//! Choosing what to receive, in virtual time.

use super::*;
use crate::Error;
use crate::media::{Kind, TrackKind};
use crate::meeting::session::course::room;

impl Course {
    /// In a room with `ann`, of whom nothing is received that was not asked for.
    fn choosing() -> Course {
        let mut course = Course::new();
        course.session.media_wants(Wanted {
            auto_consume: false,
            ..WANTED
        });
        course.room = room();
        course.join();
        course.enter();
        course
    }

    fn choose(&mut self, id: &str, kind: Kind, is_on: bool) -> Result<Who> {
        self.begin(|session, now, who| session.subscribe_tracks(now, id, kind, is_on, who))
    }

    fn pause(&mut self, kind: Option<TrackKind>, pauses: bool) -> Result<Who> {
        self.begin(|session, now, who| session.pause_tracks(now, kind, pauses, who))
    }

    fn pause_one(&mut self, id: &str, pauses: bool) -> Who {
        self.begin(|session, now, who| session.pause_track(now, id, pauses, who))
            .unwrap()
    }

    fn last_request(&self) -> (&str, &Value) {
        let (_, method, data) = self.sent.last().expect("something was sent");
        (method, data)
    }

    /// A new track that can be had; with which requests it was begun.
    fn begun(&mut self, id: &str, producer: &str) -> Vec<&str> {
        let before = self.sent.len();
        self.consumer(id, producer);
        self.ready(id);
        let new = self.sent[before..].iter();
        new.map(|(_, method, _)| method.as_str()).collect()
    }
}

#[test]
fn each_kind_has_its_request_and_its_end() {
    let mut course = Course::choosing();
    for (kind, is_on, method) in [
        (Kind::Audio, true, "consumeAudioStreams"),
        (Kind::Video, true, "consumeVideoStreams"),
        (Kind::Audio, false, "stopConsumingAudioStreams"),
        (Kind::Video, false, "stopConsumingVideoStreams"),
    ] {
        let who = course.choose("ann", kind, is_on).unwrap();
        assert_eq!(course.last_request(), (method, &json!({"peerId": "ann"})));
        assert!(!course.outcomes.contains_key(&who));
        course.answer(method, json!({}));
        assert!(course.outcomes[&who].is_ok());
    }
    // All that was subscribed was unsubscribed.
    course.lose();
    course.wait();
    course.enter();
    assert_eq!(course.asked("consumeAudioStreams"), 0);
    assert_eq!(course.asked("consumeVideoStreams"), 0);
}

#[test]
fn what_cannot_be_chosen_is_said_at_once() {
    let mut everything = Course::with_media();
    let error = everything.choose("ann", Kind::Audio, true).unwrap_err();
    assert_eq!(error.status(), Status::InvalidState);
    assert!(error.message().contains("by itself"), "{error}");

    let mut course = Course::choosing();
    for nobody in ["bob", ME] {
        let error = course.choose(nobody, Kind::Audio, true).unwrap_err();
        assert_eq!(error.status(), Status::NotFound);
        assert!(error.message().contains(nobody), "{error}");
    }
    let who = course.choose("ann", Kind::Video, true).unwrap();
    let refusal = Refusal {
        code: Some(4081),
        reason: Some("no".to_owned()),
    };
    course.respond("consumeVideoStreams", Err(refusal));
    let error = course.outcomes[&who].as_ref().unwrap_err();
    assert_eq!(error.service_code(), Some(4081));

    course
        .begin(|session, now, who| session.change_mode(now, Mode::SignallingOnly, who))
        .unwrap();
    course.answer("changeMode", json!({}));
    let error = course.choose("ann", Kind::Audio, true).unwrap_err();
    assert_eq!(error.status(), Status::InvalidState);
    assert!(error.message().contains("receives no media"), "{error}");
    course.lose();
    let error = course.choose("ann", Kind::Audio, true).unwrap_err();
    assert_eq!(error.status(), Status::ConnectionLost);
}

#[test]
fn what_was_subscribed_is_subscribed_again_once_on_a_new_connection() {
    let mut course = Course::choosing();
    let first = course.choose("ann", Kind::Audio, true).unwrap();
    course.answer("consumeAudioStreams", json!({}));
    assert!(course.outcomes[&first].is_ok());
    // Nobody knows what became of this one.
    let unanswered = course.choose("ann", Kind::Video, true).unwrap();
    course.lose();
    let error = course.outcomes[&unanswered].as_ref().unwrap_err();
    assert_eq!(error.status(), Status::ConnectionLost);
    course.wait();
    course.enter();
    assert_eq!(course.asked("consumeAudioStreams"), 1);
    assert_eq!(course.asked("consumeVideoStreams"), 0);
    course.tell("newPeer", json!({"id": "ann"}));
    assert_eq!(course.asked("consumeAudioStreams"), 1, "once");

    // Should the service not want to any more, the app learns of it, and it is not tried again.
    course.respond("consumeAudioStreams", Err(Refusal::default()));
    let warnings = course.told(EventType::Warning);
    assert!(warnings[0].text().unwrap().contains("audio of `ann`"));
    course.lose();
    course.wait();
    course.enter();
    assert_eq!(course.asked("consumeAudioStreams"), 0);
}

#[test]
fn a_subscription_ends_with_the_participant() {
    let mut course = Course::choosing();
    course.choose("ann", Kind::Audio, true).unwrap();
    course.answer("consumeAudioStreams", json!({}));
    let late = course.choose("ann", Kind::Video, true).unwrap();
    course.tell("peerClosed", json!({"peerId": "ann"}));
    course.answer("consumeVideoStreams", json!({}));
    assert!(course.outcomes[&late].is_ok());
    course.lose();
    course.wait();
    course.enter();
    assert_eq!(course.asked("consumeAudioStreams"), 0);
    assert_eq!(course.asked("consumeVideoStreams"), 0);
}

#[test]
fn what_is_paused_altogether_begins_paused_until_it_is_resumed() {
    let mut course = Course::with_media();
    assert_eq!(course.begun("c1", "p1"), ["resumeConsumer"]);
    let who = course.pause(Some(TrackKind::Audio), true).unwrap();
    assert_eq!(
        course.last_request(),
        ("pauseAllConsumers", &json!({"kind": "audio"}))
    );
    // From the moment on at which it is asked for.
    assert_eq!(course.begun("c2", "p2"), ["pauseConsumer"]);
    course.answer("pauseAllConsumers", json!({"consumersWithIssues": []}));
    assert!(course.outcomes[&who].is_ok());
    assert_eq!(course.told(EventType::TrackAdded).len(), 2);
    assert_eq!(course.answers, 2);

    course.lose();
    course.wait();
    course.enter();
    assert_eq!(course.begun("c3", "p1"), ["pauseConsumer"]);
    // Of another kind it is not.
    course.pause(Some(TrackKind::Audio), false).unwrap();
    course.answer("resumeAllConsumers", json!({}));
    course.pause(Some(TrackKind::Share), true).unwrap();
    course.answer("pauseAllConsumers", json!({}));
    assert_eq!(course.begun("c4", "p2"), ["resumeConsumer"]);

    course.pause(None, true).unwrap();
    assert_eq!(
        course.last_request(),
        ("pauseAllConsumers", &json!({"kind": "all"}))
    );
    assert_eq!(course.begun("c5", "p3"), ["pauseConsumer"]);
    course.answer("pauseAllConsumers", json!({}));
    course.pause(None, false).unwrap();
    assert_eq!(course.begun("c6", "p4"), ["resumeConsumer"]);
}

#[test]
fn a_refusal_leaves_what_is_paused_as_it_was() {
    let mut course = Course::with_media();
    course.pause(Some(TrackKind::Video), true).unwrap();
    course.answer("pauseAllConsumers", json!({}));
    let who = course.pause(None, true).unwrap();
    course.respond("pauseAllConsumers", Err(Refusal::default()));
    assert!(course.outcomes[&who].is_err());
    assert_eq!(course.begun("c1", "p1"), ["resumeConsumer"]);
    let who = course.pause(None, false).unwrap();
    course.respond("resumeAllConsumers", Err(Refusal::default()));
    assert!(course.outcomes[&who].is_err());
    assert_eq!(course.begun("c2", "p2"), ["resumeConsumer"]);
    course.pause(Some(TrackKind::Audio), true).unwrap();
    course.answer("pauseAllConsumers", json!({}));
    course.pause(None, false).unwrap();
    course.respond("resumeAllConsumers", Err(Refusal::default()));
    assert_eq!(course.begun("c3", "p3"), ["pauseConsumer"]);
}

#[test]
fn a_single_track_stays_as_it_was_chosen_on_a_new_connection() {
    let mut course = Course::with_media();
    fn came_back<'a>(course: &'a mut Course, id: &str) -> Vec<&'a str> {
        course.lose();
        course.wait();
        course.enter();
        course.begun(id, "p1")
    }
    course.begun("c1", "p1");
    let who = course.pause_one("c1", true);
    assert_eq!(
        course.last_request(),
        ("pauseConsumer", &json!({"consumerId": "c1"}))
    );
    course.answer("pauseConsumer", json!({}));
    assert!(course.outcomes[&who].is_ok());
    assert_eq!(came_back(&mut course, "c2"), ["pauseConsumer"]);
    course.answer("pauseConsumer", json!({}));
    course.pause_one("c2", false);
    assert_eq!(came_back(&mut course, "c3"), ["resumeConsumer"]);

    // What is said of all counts for it, too, and what is said of it after that.
    course.pause(None, true).unwrap();
    assert_eq!(came_back(&mut course, "c4"), ["pauseConsumer"]);
    course.pause_one("c4", false);
    assert_eq!(came_back(&mut course, "c5"), ["resumeConsumer"]);
    assert_eq!(course.begun("c9", "p9"), ["pauseConsumer"]);
}

#[test]
fn a_refusal_leaves_a_single_track_as_it_was() {
    let mut course = Course::with_media();
    course.begun("c1", "p1");
    course.answer("resumeConsumer", json!({}));
    course.pause_one("c1", true);
    course.answer("pauseConsumer", json!({}));
    for refused in ["one", "all"] {
        let who = match refused {
            "one" => course.pause_one("c1", false),
            _ => course.pause(None, false).unwrap(),
        };
        let method = match refused {
            "one" => "resumeConsumer",
            _ => "resumeAllConsumers",
        };
        course.respond(method, Err(Refusal::default()));
        assert!(course.outcomes[&who].is_err());
    }
    course.lose();
    course.wait();
    course.enter();
    assert_eq!(course.begun("c2", "p1"), ["pauseConsumer"]);
}

#[test]
fn what_the_service_leaves_over_is_tried_once_more_and_then_told() {
    let left_over = json!({"consumersWithIssues": ["c1", "c2"]});
    for ends_well in [true, false] {
        let mut course = Course::with_media();
        let who = course.pause(None, true).unwrap();
        course.answer("pauseAllConsumers", left_over.clone());
        assert!(!course.outcomes.contains_key(&who));
        assert_eq!(course.asked("pauseAllConsumers"), 2);
        if ends_well {
            course.answer("pauseAllConsumers", json!({"consumersWithIssues": []}));
            assert!(course.outcomes[&who].is_ok());
            continue;
        }
        course.answer("pauseAllConsumers", left_over.clone());
        assert_eq!(course.asked("pauseAllConsumers"), 2);
        let error = course.outcomes[&who].as_ref().unwrap_err();
        assert_eq!(error.status(), Status::Refused);
        assert!(error.message().contains("2 of them"), "{error}");
        assert_eq!(course.begun("c3", "p3"), ["pauseConsumer"]);
    }
}

#[test]
fn whoever_joins_anew_begins_with_nothing_chosen_and_nothing_paused() {
    let mut course = Course::choosing();
    course.choose("ann", Kind::Audio, true).unwrap();
    course.answer("consumeAudioStreams", json!({}));
    course.pause(None, true).unwrap();
    course.answer("pauseAllConsumers", json!({}));
    let error = Error::new(Status::Shutdown, "It is over", "");
    course.line = Line::None;
    course.happen(|session, now| session.abort(now, &error));
    course.join();
    course.enter();
    assert_eq!(course.asked("consumeAudioStreams"), 0);
    assert_eq!(course.begun("c1", "p1"), ["resumeConsumer"]);
}

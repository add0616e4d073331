//! Going to another meeting.

use super::*;
use crate::meeting::session::Destined;

impl Course {
    pub(super) fn switch(&mut self, asks: bool) -> Result<Who> {
        let destined = Destined {
            meeting_id: "there".to_owned(),
            data: json!({"meetingId": "there"}),
            join: json!({"switchingRoom": true}),
            asks,
            until: self.now + Duration::from_secs(30),
        };
        self.begin(|session, now, who| session.switch(now, destined, who))
    }

    fn decide(&mut self, room: &str, decision: &str) {
        let data = json!({
            "id": ME, "decision": decision, "sessionId": "s2", "switchingRoomId": room,
        });
        self.tell("entryResponded", data);
    }

    fn states(&self) -> Vec<i32> {
        let states = self.events.iter();
        let states = states.filter(|event| event.kind() == EventType::StateChanged);
        states.map(Event::code).collect()
    }

    fn has_told(&self, kind: EventType, code: i32) -> bool {
        let mut events = self.events.iter();
        events.any(|event| event.kind() == kind && event.code() == code)
    }
}

fn two() -> Value {
    json!([{"id": "p2", "displayName": "Two"}])
}

#[test]
fn whoever_stays_behind_is_gone_and_whoever_is_there_comes() {
    let mut course = Course::inside(&two());
    course.tell("activeSpeaker", json!({"peerId": "p2"}));
    let pinned = json!({"peerId": ME, "state": {"cam": true}});
    course.ask("pinStateChanged", pinned);
    course.tell(
        "recordingStateChanged",
        json!({"status": "RECORDING_STARTED"}),
    );
    let first_join = course.request("join");
    let who = course.switch(false).unwrap();
    assert_eq!(course.switch(false).unwrap_err().service_code(), Some(3055));
    assert_eq!(course.session.switched_to(), None);
    course.answer("switchToMeeting", json!({}));
    assert!(course.has_told(EventType::ParticipantLeft, 1005));
    let me = &course.session.participants()[0];
    assert!(!me.is_camera_pinned(), "nobody there has pinned it");
    assert!(course.session.services().is_empty());
    // Decisions about other meetings are not about this one.
    course.decide("elsewhere", "denied");
    assert_eq!(course.request("join"), first_join);
    course.decide("there", "allowed");
    course.tell("newPeer", json!({"id": "p3"}));
    course.answer("join", json!({"peers": [{"id": "p4"}]}));
    assert_eq!(course.outcomes[&who], Ok(Value::Null));
    assert_eq!(course.session.switched_to(), Some("there"));
    assert_eq!(course.states(), [1, 2, 4, 2, 4]);
    let here = course.session.participants();
    let here: Vec<&str> = here.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(here, [ME, "p4", "p3"]);
    course.finish();
}

#[test]
fn a_refusal_changes_nothing() {
    let mut course = Course::inside(&two());
    let who = course.switch(false).unwrap();
    let (code, reason) = (Some(4076), None);
    course.respond("switchToMeeting", Err(Refusal { code, reason }));
    let error = course.outcomes[&who].clone().unwrap_err();
    assert_eq!(error.service_code(), Some(4076));
    assert_eq!(course.session.state(), MeetingState::Connected);
    assert_eq!(course.session.participants().len(), 2);
    course.switch(false).expect("it can be tried again");
}

#[test]
fn a_decision_that_comes_before_the_answer_counts() {
    for (decision, state) in [
        ("allowed", MeetingState::Connected),
        ("denied", MeetingState::Failed),
    ] {
        let mut course = Course::inside(&two());
        let who = course.switch(true).unwrap();
        course.decide("there", decision);
        assert_eq!(course.session.participants().len(), 2, "not yet");
        course.answer("switchToMeeting", json!({}));
        if decision == "allowed" {
            course.answer("join", json!({"peers": []}));
        }
        assert_eq!(course.session.state(), state);
        assert_eq!(course.outcomes[&who].is_ok(), decision == "allowed");
    }
}

#[test]
fn whatever_fails_behind_the_door_ends_in_failed_with_1104_and_leads_back() {
    type Failure = fn(&mut Course);
    let failures: [(Failure, Status); 5] = [
        (Course::lose, Status::ConnectionLost),
        (
            |course| course.decide("there", "denied"),
            Status::EntryDenied,
        ),
        (
            |course| {
                while !course.outcomes_have_failure() {
                    course.wait();
                }
            },
            Status::Timeout,
        ),
        (
            |course| course.ask("close", json!({"reason": {"code": 1006}})),
            Status::MeetingEnded,
        ),
        (
            |course| {
                course.decide("there", "allowed");
                let (code, reason) = (Some(4009), None);
                course.respond("join", Err(Refusal { code, reason }));
            },
            Status::LimitReached,
        ),
    ];
    for (fail, status) in failures {
        let mut course = Course::inside(&two());
        let who = course.switch(true).unwrap();
        course.answer("switchToMeeting", json!({}));
        assert_eq!(course.session.state(), MeetingState::WaitingEntry);
        fail(&mut course);
        let error = course.outcomes[&who].clone().unwrap_err();
        assert_eq!(error.status(), status, "{error}");
        assert_eq!(course.session.state(), MeetingState::Failed);
        assert!(course.has_told(EventType::MeetingLeft, 1104));
        assert_eq!(course.session.switched_to(), None);
        course.join();
        course.open(false);
        course.answer("join", json!({"peers": two()}));
        assert!(course.switch(false).is_ok(), "nothing of the first is left");
    }
}

impl Course {
    fn outcomes_have_failure(&self) -> bool {
        self.outcomes.values().any(Result::is_err)
    }
}

//! Getting in, and being shown out.

use super::*;

impl Course {
    /// The connection that was wanted is there, and something is wrong with its ICE servers.
    fn open_without_ice_servers(&mut self) {
        assert_eq!(self.line, Line::Opening);
        self.line = Line::Open;
        self.sent.clear();
        let admission = Admission {
            join: json!({"displayName": "Me"}),
            asks: false,
            ice_problem: Some("they cannot be decrypted"),
        };
        self.happen(|session, now| session.opened(now, admission));
        let room = self.room.clone();
        self.answer("getRouterRtpCapabilities", room);
        self.answer("join", json!({"peers": []}));
    }

    pub(super) fn warnings(&self) -> Vec<&str> {
        let warnings = self.events.iter();
        let warnings = warnings.filter(|event| event.kind() == EventType::Warning);
        warnings.filter_map(Event::text).collect()
    }

    fn latest(&self, kind: EventType) -> Value {
        let event = self.events.iter().rfind(|event| event.kind() == kind);
        let event = event.expect("it was told");
        serde_json::from_str(&event.to_json()).expect("it is JSON")
    }
}

#[test]
fn ice_servers_that_cannot_be_read_are_warned_of_once_and_keep_nobody_out() {
    let mut course = Course::new();
    let who = course.join();
    course.open_without_ice_servers();
    assert_eq!(course.outcomes[&who], Ok(Value::Null));
    let warnings = course.warnings();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(
        warnings[0].contains("cannot be used: they cannot be decrypted"),
        "{warnings:?}"
    );
    // The app knows it when the connection is made anew.
    course.lose();
    course.wait();
    course.open_without_ice_servers();
    assert_eq!(course.session.state(), MeetingState::Connected);
    assert_eq!(course.warnings().len(), 1);
}

#[test]
fn a_close_without_a_reason_is_1007_and_says_so() {
    for data in [Value::Null, json!({}), json!({"reason": null})] {
        let mut course = Course::inside(&json!([]));
        course.ask("close", data.clone());
        let left = course.latest(EventType::MeetingLeft);
        assert_eq!(left["code"], 1007, "{data}");
        assert_eq!(left["text"], "UNKNOWN", "{data}");
        let over = course.latest(EventType::StateChanged);
        assert_eq!(over["text"], "LEFT", "{data}");
        assert_eq!(over["status"], "MEETING_ENDED", "{data}");
        assert_eq!(over["serviceCode"], 1007, "{data}");
        assert_eq!(
            over["message"],
            "The service ended the connection: it gave no reason (1007 UNKNOWN)"
        );

        // The same before it is in the room.
        let mut course = Course::new();
        let who = course.join();
        course.open(false);
        course.ask("close", data.clone());
        let error = course.outcomes[&who].clone().unwrap_err();
        assert_eq!(error.status(), Status::MeetingEnded, "{data}");
        assert_eq!(error.service_code(), Some(1007), "{data}");
        let failed = course.latest(EventType::StateChanged);
        assert_eq!(failed["text"], "FAILED", "{data}");
        assert_eq!(failed["serviceCode"], 1007, "{data}");
    }
}

//! Why somebody is no longer in a room (protocol, section 2.3).

use serde_json::Value;

use crate::Status;

/// A reason with the service's number and name for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LeaveReason {
    pub(super) code: i32,
    pub(super) name: String,
}

pub(super) const CONNECTION_LOST: i32 = 1001;
pub(super) const SWITCHED: i32 = 1005;
pub(super) const UNKNOWN: i32 = 1007;
pub(super) const LEFT: i32 = 1101;
pub(super) const ATTEMPTS_EXHAUSTED: i32 = 1102;
pub(super) const SWITCH_FAILED: i32 = 1104;

const NAMES: &[(i32, &str)] = &[
    (CONNECTION_LOST, "WEBSOCKET_DISCONNECTED"),
    (1002, "REMOVE_PEER"),
    (1003, "REMOVE_PEER_VIEWER_MODE_CHANGED"),
    (1004, "REMOVE_PEER_MEDIA_RELAY_STOP"),
    (SWITCHED, "SWITCH_ROOM"),
    (1006, "ROOM_CLOSE"),
    (UNKNOWN, "UNKNOWN"),
    (1008, "REMOVE_ALL"),
    (1009, "MEETING_END_API"),
    (1010, "REMOVE_PEER_API"),
    (1011, "DUPLICATE_PARTICIPANT"),
    (LEFT, "MANUAL_LEAVE_CALLED"),
    (
        ATTEMPTS_EXHAUSTED,
        "WEBSOCKET_CONNECTION_ATTEMPTS_EXHAUSTED",
    ),
    (1103, "JOIN_ROOM_FAILED"),
    (SWITCH_FAILED, "SWITCH_ROOM_FAILED"),
];

impl LeaveReason {
    pub(super) fn of(code: i32) -> Self {
        let known = NAMES.iter().find(|(known, _)| *known == code);
        Self {
            code,
            name: known.map_or("UNKNOWN", |(_, name)| name).to_owned(),
        }
    }

    /// As the service writes it; one that gives none is unknown.
    pub(super) fn read(reason: &Value) -> Self {
        let code = reason["code"]
            .as_i64()
            .and_then(|code| i32::try_from(code).ok());
        let mut read = Self::of(code.unwrap_or(UNKNOWN));
        if let (Some(message), "UNKNOWN") = (reason["message"].as_str(), read.name.as_str()) {
            read.name = crate::redact::masked(message);
        }
        read
    }

    /// The status of a meeting that the service ended for that reason.
    pub(super) fn status(&self) -> Status {
        match self.code {
            1002..=1004 | 1008 | 1010 => Status::Removed,
            1011 => Status::DuplicateParticipant,
            CONNECTION_LOST | ATTEMPTS_EXHAUSTED => Status::ConnectionLost,
            _ => Status::MeetingEnded,
        }
    }

    /// What happened, in the words that follow "the service ended the connection:".
    pub(super) fn words(&self) -> &'static str {
        match self.code {
            1002 => "another participant removed this one",
            1006 => "somebody ended the meeting",
            1008 => "everybody was removed",
            1009 => "the meeting was ended by the REST API",
            1010 => "the REST API removed this participant",
            1011 => "somebody joined with the same participant id",
            UNKNOWN => "it gave no reason",
            _ => "its number says why",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_reason_that_is_missing_is_unknown_and_a_new_one_keeps_its_name() {
        for (given, code, name) in [
            (Value::Null, UNKNOWN, "UNKNOWN"),
            (json!({}), UNKNOWN, "UNKNOWN"),
            (json!({"code": 1006, "message": "x"}), 1006, "ROOM_CLOSE"),
            (json!({"code": 1042, "message": "NEW"}), 1042, "NEW"),
            (json!({"code": "?"}), UNKNOWN, "UNKNOWN"),
        ] {
            let reason = LeaveReason::read(&given);
            assert_eq!((reason.code, reason.name.as_str()), (code, name), "{given}");
        }
    }
}

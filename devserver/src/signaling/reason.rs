//! Why somebody is no longer in a room.

use serde_json::{Value, json};

/// A reason for leaving, with the service's number and name for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    WebsocketDisconnected,
    RemovePeer,
    SwitchRoom,
    RoomClose,
    Unknown,
    DuplicateParticipant,
    ManualLeaveCalled,
}

impl Reason {
    pub fn code(self) -> u16 {
        match self {
            Reason::WebsocketDisconnected => 1001,
            Reason::RemovePeer => 1002,
            Reason::SwitchRoom => 1005,
            Reason::RoomClose => 1006,
            Reason::Unknown => 1007,
            Reason::DuplicateParticipant => 1011,
            Reason::ManualLeaveCalled => 1101,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Reason::WebsocketDisconnected => "WEBSOCKET_DISCONNECTED",
            Reason::RemovePeer => "REMOVE_PEER",
            Reason::SwitchRoom => "SWITCH_ROOM",
            Reason::RoomClose => "ROOM_CLOSE",
            Reason::Unknown => "UNKNOWN",
            Reason::DuplicateParticipant => "DUPLICATE_PARTICIPANT",
            Reason::ManualLeaveCalled => "MANUAL_LEAVE_CALLED",
        }
    }

    /// The reason that a client names itself when it leaves.
    pub fn named(name: &str) -> Reason {
        match name {
            "MANUAL_LEAVE_CALLED" => Reason::ManualLeaveCalled,
            "SWITCH_ROOM" => Reason::SwitchRoom,
            _ => Reason::Unknown,
        }
    }

    pub fn to_json(self) -> Value {
        json!({"code": self.code(), "message": self.name()})
    }

    /// The data of a `close` request. The published Python client reads none of it; that a client
    /// of this framing gets it at all is inferred from the other front end, where it is the same.
    pub fn data(self) -> Value {
        json!({"reason": self.to_json()})
    }
}

//! Connections between meetings: each sees who is in the other, and can write to it.
//!
//! A connection is kept on both sides. It ends when one of the meetings does.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};

use super::Rooms;
use super::participant::Participant;
use super::room::LiveRoom;

/// The other meetings that one is connected to, by the service's own id, with what came along when
/// the connection was opened.
pub(crate) type Connections = BTreeMap<String, Value>;

/// Who was in a connected meeting, to be compared with who is there later.
pub(crate) struct Before {
    room_id: String,
    session_id: String,
    connected: Vec<String>,
    /// Participant ids.
    joined: HashSet<String>,
}

impl Before {
    /// None for a meeting without connections, which is nearly every one.
    pub fn of(room: &LiveRoom) -> Option<Before> {
        if room.connections.is_empty() {
            return None;
        }
        Some(Before {
            room_id: room.id.clone(),
            session_id: room.session_id.clone(),
            connected: room.connections.keys().cloned().collect(),
            joined: room.joined().map(|one| one.id().to_owned()).collect(),
        })
    }

    /// Tells the connected meetings who has come and gone since then, and newcomers what their
    /// meeting is connected to. Ends the connections of a meeting that is over.
    pub fn follow(self, rooms: &mut Rooms) {
        let room = rooms
            .get(&self.room_id)
            .filter(|room| room.session_id == self.session_id && room.joined().next().is_some());
        let Some(room) = room else {
            self.end(rooms);
            return;
        };
        let gone = self.joined.iter().filter(|id| room.joined_as(id).is_none());
        let gone: Vec<Value> = gone
            .map(|id| json!({"roomId": self.room_id, "peerId": id}))
            .collect();
        let newcomers: Vec<&Participant> = room
            .joined()
            .filter(|one| !self.joined.contains(one.id()))
            .collect();
        let came: Vec<Value> = newcomers
            .iter()
            .map(|one| json!({"roomId": self.room_id, "peer": one.to_json()}))
            .collect();
        for (other_id, payload) in &room.connections {
            let Some(other) = rooms.get(other_id) else {
                continue;
            };
            for one in &newcomers {
                one.notify("connectionOpen", &opened(other, payload));
            }
            for data in &gone {
                other.notify_all("connectionParticipantLeft", data);
            }
            for data in &came {
                other.notify_all("connectionParticipantJoined", data);
            }
        }
    }

    fn end(&self, rooms: &mut Rooms) {
        for other in &self.connected {
            disconnect(rooms, &self.room_id, other);
        }
    }
}

/// What a connection to this meeting says of it.
pub(crate) fn opened(other: &LiveRoom, payload: &Value) -> Value {
    let peers: Vec<Value> = other.joined().map(|one| one.to_json()).collect();
    json!({"roomId": other.id, "peers": peers, "payload": payload})
}

/// Ends the connection between two meetings and tells those who are there. Nothing happens when
/// there is none.
pub(crate) fn disconnect(rooms: &mut Rooms, one: &str, other: &str) {
    for (this, that) in [(one, other), (other, one)] {
        let Some(room) = rooms.get_mut(this) else {
            continue;
        };
        if room.connections.remove(that).is_some() {
            room.notify_all("connectionClose", &json!({"roomId": that}));
        }
    }
}

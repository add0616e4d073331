//! Requests that are about two meetings.

use serde_json::{Map, Value};

use super::{connections, relay};
use crate::app::App;
use crate::signaling::frame::Outgoing;
use crate::signaling::participant::Participant;
use crate::signaling::refusal::Refused;
use crate::signaling::room::LiveRoom;
use crate::signaling::{Admission, Rooms, Seat};
use crate::tokens::Refusal;

/// Such a request, of somebody who has joined. As with [`super::Call`], the answer goes first.
pub(super) struct Across<'call> {
    pub app: &'call App,
    pub rooms: &'call mut Rooms,
    pub seat: &'call Seat,
    pub id: u64,
    pub data: &'call Map<String, Value>,
}

pub(super) type CarryOut = fn(&mut Across<'_>) -> Result<(), Refused>;

/// What carries this method out, when it is one of these.
pub(super) fn method(name: &str) -> Option<CarryOut> {
    Some(match name {
        "openConnection" => connections::open,
        "closeConnection" => connections::close,
        "connectionCloseRoom" => connections::close_room,
        "connectionSendChatMessage" => connections::send_message,
        "connectionSwitchPeerRoom" => connections::switch_peer,
        "mediaRelayRequestSent" => relay::ask,
        "respondToMediaRelayRequest" => relay::respond,
        "mediaRelayRequestStop" => relay::stop,
        "enableRelayMedia" => relay::enable,
        "disableRelayMedia" => relay::disable,
        _ => return None,
    })
}

impl<'call> Across<'call> {
    /// The caller's own room.
    pub fn room(&self) -> &LiveRoom {
        &self.rooms[&self.seat.room_id]
    }

    pub fn caller(&self) -> &Participant {
        let room = self.room();
        let index = room
            .index_of(self.seat.key)
            .expect("a call is made by somebody in the room, and one lock is held for all of it");
        &room.participants[index]
    }

    pub fn accept(&self, data: &Value) {
        self.caller().outbox.send(Outgoing::accepted(self.id, data));
    }

    pub fn text(&self, name: &str) -> Result<&'call str, Refused> {
        super::text(self.data, name)
    }

    /// The service's own id of the other meeting, which the caller may enter: with this token, or
    /// with its own when there is none.
    pub fn other_room(&self, id: &str, token: Option<&str>, code: u16) -> Result<String, Refused> {
        let other = match token {
            Some(token) => Admission::check(self.app, Some(token), id)?.room_id,
            None => self.admitted(id)?,
        };
        if other == self.seat.room_id {
            return Err(Refused::new(code, "This is the caller's own meeting"));
        }
        Ok(other)
    }

    fn admitted(&self, id: &str) -> Result<String, Refused> {
        let world = self.app.world();
        let Some(room) = world.room_by_room_or_custom_id(id) else {
            return Err(Admission::no_such_room());
        };
        let mut ids = vec![room.room_id.as_str(), room.id.as_str()];
        ids.extend(room.spec.custom_room_id.as_deref());
        if !self.caller().claims.admits_room(&ids) {
            return Err(Refusal::OtherRoom.into());
        }
        Ok(room.room_id.clone())
    }

    /// The other meeting, where somebody has to be.
    pub fn meeting(&mut self, room_id: &str, code: u16) -> Result<&mut LiveRoom, Refused> {
        self.rooms
            .get_mut(room_id)
            .filter(|room| room.joined().next().is_some())
            .ok_or_else(|| Refused::new(code, "Nobody is in that meeting"))
    }
}

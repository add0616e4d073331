//! Signalling: sessions of rooms, who is in them, and what they tell each other.
//!
//! Clients connect with a WebSocket and speak protoo, see [`frame`]. Each connection is one task
//! ([`socket`]); requests are carried out under one lock, without waiting for anything, and what is
//! to be sent goes into the bounded [`outbox`] of each receiver.

mod admission;
mod frame;
mod media;
mod methods;
mod outbox;
mod participant;
mod reason;
mod refusal;
mod room;
mod services;
mod socket;
mod store;
mod topics;

pub(crate) use admission::{Admission, Identity};
pub(crate) use refusal::Refused;
pub(crate) use socket::serve;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

use serde::Deserialize;

use crate::app::App;
use crate::world::random_hex;

use frame::{Outgoing, Request};
use outbox::{Ending, Outbox};
use participant::{Key, Participant};
use reason::Reason;
use room::LiveRoom;

/// All rooms with somebody in them.
#[derive(Default)]
pub(crate) struct Signaling {
    rooms: Mutex<Rooms>,
    last_key: AtomicU64,
    last_request_id: AtomicU64,
}

/// What can be done to all connections of signalling at once.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum SocketAction {
    /// They break off.
    Cut,
    /// They break off with a TCP reset.
    Reset,
    /// Every client gets this text message, frame or not.
    Send { text: String },
}

/// By the service's own id.
type Rooms = BTreeMap<String, LiveRoom>;

/// Where a connection is.
pub(crate) struct Seat {
    key: Key,
    room_id: String,
}

impl Signaling {
    fn rooms(&self) -> MutexGuard<'_, Rooms> {
        self.rooms
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// A new connection, which has not joined yet.
    fn enter(&self, admission: Admission, identity: Identity, outbox: Outbox) -> Seat {
        let key = self.last_key.fetch_add(1, Ordering::Relaxed) + 1;
        let Admission { room_id, claims } = admission;
        let mut rooms = self.rooms();
        room_of(&mut rooms, &room_id)
            .participants
            .push(Participant::new(key, identity, claims, outbox));
        Seat { key, room_id }
    }

    /// A connection has ended. Nothing happens when somebody else had ended it before.
    fn leave(&self, seat: &Seat, reason: Reason) {
        let mut rooms = self.rooms();
        let Some(room) = rooms.get_mut(&seat.room_id) else {
            return;
        };
        if let Some(index) = room.index_of(seat.key) {
            let reason = room.participants[index].leave_reason.unwrap_or(reason);
            room.remove(index, reason);
        }
        if room.participants.is_empty() {
            rooms.remove(&seat.room_id);
        }
    }

    /// Does something to all connections at once, and tells how many there were.
    pub fn act_on_all(&self, action: &SocketAction) -> usize {
        let rooms = self.rooms();
        let everybody = rooms.values().flat_map(|room| &room.participants);
        everybody
            .inspect(|one| match action {
                SocketAction::Cut => one.outbox.end(Ending::Cut),
                SocketAction::Reset => one.outbox.end(Ending::Reset),
                SocketAction::Send { text } => one.outbox.send(Outgoing::text(text)),
            })
            .count()
    }

    /// How many have joined, in all rooms.
    pub fn participants(&self) -> usize {
        let rooms = self.rooms();
        rooms.values().map(|room| room.joined().count()).sum()
    }

    /// For a request of the service; 0 is that of `close`, the last request of a connection.
    fn request_id(&self) -> u64 {
        self.last_request_id.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Carries a request out. It is answered in the order in which requests come, except for a join
    /// that waits for somebody to let the caller in.
    fn request(&self, app: &App, seat: &mut Seat, request: Request) {
        methods::answer(app, &mut self.rooms(), seat, request);
    }
}

/// The room, which somebody is about to enter. A session begins with the first connection and ends
/// with the last.
fn room_of<'rooms>(rooms: &'rooms mut Rooms, id: &str) -> &'rooms mut LiveRoom {
    rooms
        .entry(id.to_owned())
        .or_insert_with(|| LiveRoom::new(id.to_owned(), random_hex(12)))
}

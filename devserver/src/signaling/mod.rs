//! Signalling: sessions of rooms, who is in them, and what they tell each other.
//!
//! Clients connect with a WebSocket and speak protoo, see [`frame`]. Each connection is one task
//! ([`socket`]); requests are carried out under one lock, without waiting for anything, and what is
//! to be sent goes into the bounded [`outbox`] of each receiver. Only what the media server has to do
//! is waited for, outside of the lock, by the task of the connection that asked for it.

mod admission;
mod asking;
mod characters;
mod connections;
mod forwarding;
mod frame;
mod media;
mod methods;
mod outbox;
mod participant;
mod reason;
mod refusal;
mod relay;
mod relayed;
mod room;
mod services;
mod socket;
mod store;
mod topics;
mod view;

pub(crate) use admission::{Admission, Identity};
pub(crate) use refusal::Refused;
pub(crate) use socket::serve;
pub(crate) use view::{MeetingView, ParticipantView, TrackView};

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

use serde::Deserialize;

use crate::app::App;
use crate::world::{Timestamp, random_hex};

use asking::Asked;
use connections::Before;
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
    asked: Asked,
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
    /// The same in a binary message, which no frame is.
    SendBinary { text: String },
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
    fn enter(&self, app: &App, admission: Admission, identity: Identity, outbox: Outbox) -> Seat {
        let key = self.last_key.fetch_add(1, Ordering::Relaxed) + 1;
        let Admission { room_id, claims } = admission;
        let mut rooms = self.rooms();
        room_of(&mut rooms, &room_id, app.clock.now())
            .participants
            .push(Participant::new(key, identity, claims, outbox));
        app.changes.mark();
        Seat { key, room_id }
    }

    /// A connection has ended. Nothing happens when somebody else had ended it before.
    fn leave(&self, app: &App, seat: &Seat, reason: Reason) {
        let mut rooms = self.rooms();
        let Some(room) = rooms.get_mut(&seat.room_id) else {
            return;
        };
        let before = Before::of(room);
        if let Some(index) = room.index_of(seat.key) {
            let reason = room.participants[index].leave_reason.unwrap_or(reason);
            room.remove(index, reason);
        }
        if room.participants.is_empty() {
            rooms.remove(&seat.room_id);
        }
        if let Some(before) = before {
            before.follow(&mut rooms);
        }
        relayed::follow(&mut rooms);
        app.changes.mark();
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
                SocketAction::SendBinary { text } => one.outbox.send(Outgoing::binary(text)),
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
    /// that waits for somebody to let the caller in. What others are sent because of it follows.
    async fn request(&self, app: &App, seat: &mut Seat, request: Request) {
        let shown = methods::may_change_what_is_shown(&request.method);
        let forwarded = methods::may_change_what_is_forwarded(&request.method);
        if methods::is_about_media(&request.method) {
            methods::answer_media(app, seat, request).await;
        } else {
            methods::answer(app, &mut self.rooms(), seat, request);
        }
        if shown {
            app.changes.mark();
        }
        if shown {
            relayed::follow(&mut self.rooms());
        }
        if forwarded {
            self.forward_from(app, &seat.room_id).await;
        }
    }
}

/// The room, which somebody is about to enter. A session begins with the first connection and ends
/// with the last.
fn room_of<'rooms>(rooms: &'rooms mut Rooms, id: &str, now: Timestamp) -> &'rooms mut LiveRoom {
    rooms
        .entry(id.to_owned())
        .or_insert_with(|| LiveRoom::new(id.to_owned(), random_hex(12), now))
}

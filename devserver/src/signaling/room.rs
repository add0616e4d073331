//! A room while somebody is connected to it: one session.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::characters::Characters;
use super::connections::Connections;
use super::frame::Outgoing;
use super::participant::{Key, Participant};
use super::reason::Reason;
use super::relay::Wishes;
use super::relayed::Relayed;
use super::services::Running;
use super::store::Store;
use super::topics::Topics;
use crate::sfu;
use crate::tokens::Permission;
use crate::world::Timestamp;

/// Everybody who is connected, in the order of their connections, and what they share.
pub(crate) struct LiveRoom {
    pub id: String,
    pub session_id: String,
    pub started_at: Timestamp,
    pub participants: Vec<Participant>,
    pub topics: Topics,
    pub store: Store,
    pub running: Running,
    pub characters: Characters,
    pub connections: Connections,
    pub wishes: Wishes,
    /// Media of other meetings that comes here, by their ids.
    pub relayed: BTreeMap<String, Relayed>,
    /// Where this meeting's media goes.
    pub relays_to: BTreeSet<String>,
    pub router: sfu::Router,
    /// Who is loudest: the id of the participant.
    pub speaker: Option<String>,
}

impl LiveRoom {
    pub fn new(id: String, session_id: String, started_at: Timestamp) -> LiveRoom {
        LiveRoom {
            router: sfu::Router::new(&id),
            id,
            session_id,
            started_at,
            participants: Vec::new(),
            topics: Topics::default(),
            store: Store::default(),
            running: Running::default(),
            characters: Characters::default(),
            connections: Connections::default(),
            wishes: Wishes::default(),
            relayed: BTreeMap::new(),
            relays_to: BTreeSet::new(),
            speaker: None,
        }
    }

    pub fn index_of(&self, key: Key) -> Option<usize> {
        self.participants.iter().position(|one| one.key == key)
    }

    /// Those who have joined, in order.
    pub fn joined(&self) -> impl Iterator<Item = &Participant> {
        self.participants.iter().filter(|one| one.has_joined())
    }

    /// The participant with this id, among those who have joined.
    pub fn joined_as(&self, peer_id: &str) -> Option<&Participant> {
        self.joined().find(|one| one.id() == peer_id)
    }

    /// Those who may let others in.
    pub fn hosts(&self) -> impl Iterator<Item = &Participant> {
        self.joined()
            .filter(|one| one.claims.may(Permission::AllowJoin))
    }

    /// Tells everybody who has joined.
    pub fn notify_all(&self, method: &str, data: &Value) {
        self.notify_others(None, method, data);
    }

    /// Tells everybody who has joined but one.
    pub fn notify_others(&self, but: Option<Key>, method: &str, data: &Value) {
        let frame = Outgoing::notification(method, data);
        for one in self.joined().filter(|one| Some(one.key) != but) {
            one.outbox.send(frame.clone());
        }
    }

    /// Takes somebody out and tells the others; the one taken out is not told.
    pub fn remove(&mut self, index: usize, reason: Reason) -> Participant {
        let mut gone = self.participants.remove(index);
        // Before they hear that it is gone: clients look up who it was.
        self.stop_forwarding(&gone.media.produced());
        gone.media.stop_consuming_all();
        for producer in &mut gone.media.producers {
            producer.listened_to = false;
        }
        for one in &mut self.participants {
            one.media
                .choices
                .retain(|(peer_id, _), _| peer_id != gone.id());
        }
        if gone.has_joined() {
            self.notify_all(
                "peerClosed",
                &json!({"peerId": gone.id(), "reason": reason.to_json()}),
            );
        }
        gone
    }
}

//! One connection to a room, and the participant that it becomes by joining.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::admission::Identity;
use super::frame::{Outgoing, Request};
use super::media::Media;
use super::outbox::Outbox;
use super::reason::Reason;
use crate::tokens::Claims;
use crate::world::Timestamp;

/// Names a connection for as long as the server runs; participant ids come back.
pub(crate) type Key = u64;

/// How far somebody got with being let in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Entry {
    /// Has not asked yet.
    NotAsked,
    /// Waits for somebody to answer, perhaps with a join that waits too.
    Waiting {
        join: Option<Request>,
    },
    Allowed,
    Denied,
}

/// A connection and who is behind it.
pub(crate) struct Participant {
    pub key: Key,
    pub identity: Identity,
    pub claims: Claims,
    pub outbox: Outbox,
    pub entry: Entry,
    /// The name it asks to be let in with, and later that of its join.
    pub display_name: String,
    pub device: Value,
    pub meta_data: Value,
    /// When it joined. Until then nobody sees it.
    pub joined_at: Option<Timestamp>,
    /// Comes from another room, on the same connection, and has not joined here yet.
    pub switching: bool,
    pub leave_reason: Option<Reason>,
    pub media: Media,
    pub subscriptions: HashSet<String>,
    /// The keys of the realtime store whose changes it hears of.
    pub observed: HashSet<String>,
}

impl Participant {
    pub fn new(key: Key, identity: Identity, claims: Claims, outbox: Outbox) -> Participant {
        Participant {
            key,
            identity,
            claims,
            outbox,
            entry: Entry::NotAsked,
            display_name: String::new(),
            device: Value::Null,
            meta_data: Value::Null,
            joined_at: None,
            switching: false,
            leave_reason: None,
            media: Media::default(),
            subscriptions: HashSet::new(),
            observed: HashSet::new(),
        }
    }

    pub fn id(&self) -> &str {
        &self.identity.peer_id
    }

    pub fn has_joined(&self) -> bool {
        self.joined_at.is_some()
    }

    pub fn is_agent(&self) -> bool {
        self.identity.peer_type == "agent"
    }

    /// Whether its mode lets it send audio and video.
    pub fn sends(&self) -> bool {
        matches!(self.identity.mode.as_str(), "SEND_AND_RECV" | "CONFERENCE")
    }

    /// Whether its mode lets it receive audio, video and data.
    pub fn receives(&self) -> bool {
        self.sends() || self.identity.mode == "RECV_ONLY"
    }

    pub fn notify(&self, method: &str, data: &Value) {
        self.outbox.send(Outgoing::notification(method, data));
    }

    /// As others see it. Every field is there, because each of the official clients needs some.
    pub fn to_json(&self) -> Value {
        json!({
            "id": self.id(),
            "displayName": self.display_name,
            "device": self.device,
            "mode": self.identity.mode,
            "metaData": self.meta_data,
            "peerType": self.identity.peer_type,
            "isAgent": self.is_agent(),
        })
    }
}

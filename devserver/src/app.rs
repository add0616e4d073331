//! What the parts of a running server share.

use std::sync::{Arc, Mutex, MutexGuard};

use crate::changes::Changes;
use crate::clock::Clock;
use crate::faults::Faults;
use crate::files::Files;
use crate::server::Addresses;
use crate::sfu::Sfu;
use crate::signaling::Signaling;
use crate::stats::{Counters, Stats};
use crate::tokens::Keys;
use crate::world::World;

/// Everything that the handlers share.
pub(crate) struct App {
    pub keys: Keys,
    pub clock: Clock,
    pub faults: Faults,
    pub counters: Arc<Counters>,
    /// What the status page shows has changed.
    pub changes: Changes,
    pub addresses: Addresses,
    pub world: Mutex<World>,
    pub signaling: Signaling,
    pub files: Files,
    pub sfu: Sfu,
    /// What the reply to an init-config call lists, encrypted.
    pub ice_servers: Mutex<serde_json::Value>,
    /// How many may be in a room at most.
    pub participant_limit: usize,
}

impl App {
    pub fn stats(&self) -> Stats {
        Stats {
            participants: self.signaling.participants(),
            ..self.counters.read()
        }
    }

    pub fn ice_servers(&self) -> MutexGuard<'_, serde_json::Value> {
        self.ice_servers
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// The world, for as long as one request needs it; never held across an await.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

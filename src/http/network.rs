//! The client of the running engine.
//!
//! A connection is served by the threads that made it. When the library is shut down and used
//! again, a client that went on with its old connections would find them dead one by one; so each
//! engine gets a client of its own, with the same settings and what was learnt about the clock.

use std::sync::{Arc, Mutex};

use tokio::sync::Semaphore;

use super::{Address, Client, Settings};
use crate::Result;
use crate::runtime::{EngineNumber, lock};

pub(crate) struct Network {
    current: Mutex<(EngineNumber, Client)>,
}

impl Network {
    /// Checks the settings; nothing is connected, read or built yet.
    pub(crate) fn new(settings: Settings, limit: Arc<Semaphore>) -> Result<Self> {
        let client = Client::new(settings, limit)?;
        Ok(Self {
            current: Mutex::new((EngineNumber::default(), client)),
        })
    }

    /// The client for what that engine runs.
    pub(crate) fn client(&self, engine: EngineNumber) -> Client {
        let mut current = lock(&self.current);
        if engine < current.0 {
            // About to be shut down; its connections must not get among those of the new engine.
            return current.1.renewed();
        }
        if engine > current.0 {
            *current = (engine, current.1.renewed());
        }
        current.1.clone()
    }

    /// Refuses a URL to which plain HTTP would carry secrets over a network.
    pub(crate) fn check_plain(&self, address: &Address) -> Result<()> {
        lock(&self.current).1.check_plain(address)
    }

    /// The service's clock minus ours, in seconds, once it was learnt.
    pub(crate) fn clock_offset(&self) -> Option<i64> {
        lock(&self.current).1.clock_offset()
    }
}

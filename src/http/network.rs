//! The clients of the running engine.
//!
//! A connection is served by the worker that made it, so each worker has a client of its own. When
//! the library is shut down and used again, clients that went on with their old connections would
//! find them dead one by one; so each engine begins with new ones.

use std::sync::{Arc, Mutex};

use super::{Address, Client, Settings, Slots};
use crate::Result;
use crate::runtime::{WorkerId, lock};

pub(crate) struct Network {
    /// Sends nothing itself: what all others are made from.
    pattern: Client,
    /// Those of each worker; may be shared with other networks.
    slots: Arc<[Slots]>,
    current: Mutex<Current>,
}

/// The clients of one engine, by worker; made when they are first asked for.
#[derive(Default)]
struct Current {
    engine: u64,
    clients: Vec<Option<Client>>,
}

impl Network {
    /// Checks the settings; nothing is connected, read or built yet.
    pub(crate) fn new(settings: Settings, slots: Arc<[Slots]>) -> Result<Self> {
        Ok(Self {
            pattern: Client::new(settings, Slots::new(0))?,
            slots,
            current: Mutex::default(),
        })
    }

    /// The client for what that worker does.
    pub(crate) fn client(&self, worker: WorkerId) -> Client {
        let renewed = || self.pattern.with_slots(self.slots[worker.index].clone());
        let mut current = lock(&self.current);
        if worker.engine < current.engine {
            // About to be shut down; its connections must not get among those of the new engine.
            return renewed();
        }
        if worker.engine > current.engine {
            *current = Current {
                engine: worker.engine,
                clients: vec![None; self.slots.len()],
            };
        }
        current.clients[worker.index]
            .get_or_insert_with(renewed)
            .clone()
    }

    /// Refuses a URL to which plain HTTP would carry secrets over a network.
    pub(crate) fn check_plain(&self, address: &Address) -> Result<()> {
        self.pattern.check_plain(address)
    }

    /// The service's clock minus ours, in seconds, once it was learnt.
    pub(crate) fn clock_offset(&self) -> Option<i64> {
        self.pattern.clock_offset()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::tests::{far, get, server};

    const FIRST: WorkerId = WorkerId {
        engine: 1,
        index: 0,
    };

    fn network() -> Network {
        Network::new(Settings::default(), Slots::for_workers(2)).expect("good settings")
    }

    #[tokio::test]
    async fn each_worker_of_each_engine_has_connections_of_its_own_and_the_clock_is_everyones() {
        let server = server();
        let network = network();
        let second = WorkerId { index: 1, ..FIRST };
        let restarted = WorkerId { engine: 2, ..FIRST };
        assert_eq!(network.clock_offset(), None);
        // The last one's engine is being shut down: it goes on without taking the place of the new one.
        let order = [
            (FIRST, 1),
            (FIRST, 1),
            (second, 2),
            (FIRST, 2),
            (restarted, 3),
            (restarted, 3),
            (FIRST, 4),
            (restarted, 4),
        ];
        for (worker, connections) in order {
            let call = get(server.http_url(), &server.token(), far());
            network.client(worker).send(call).await.expect("a reply");
            assert_eq!(server.stats().connections_total, connections, "{worker:?}");
        }
        assert!(
            network
                .clock_offset()
                .is_some_and(|offset| offset.abs() <= 2)
        );
        assert_eq!(
            network.client(second).clock_offset(),
            network.clock_offset()
        );
    }
}

//! Orders from a request's handler to the connection that the request came in on.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Notify;

/// What a connection is to do instead of going on with HTTP.
#[derive(Debug)]
pub(crate) enum Order {
    /// Close at once; the peer gets a TCP RST.
    Reset,
    /// Close at once; the peer gets a TCP FIN, over TLS without a closing message.
    Cut,
    /// Send these bytes (over TLS: inside the encrypted stream), then close properly.
    Say(Bytes),
}

/// Shared by a connection's task, its socket and the handlers of its requests.
#[derive(Debug, Default)]
pub(crate) struct Control {
    order: Mutex<Option<Order>>,
    ordered: Notify,
    reset_on_close: AtomicBool,
    /// Milliseconds between two bytes that are sent; 0 = as fast as possible.
    drip_interval: AtomicU64,
    /// A fault holds this connection up, so there is nothing to wait for when the server stops.
    stalled: AtomicBool,
    /// The connection is no longer one of HTTP, but goes on as a WebSocket.
    upgraded: AtomicBool,
}

impl Control {
    /// Only the first order counts: it ends the connection.
    pub fn give(&self, order: Order) {
        let mut slot = self
            .order
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        slot.get_or_insert(order);
        self.ordered.notify_one();
    }

    /// Waits for an order. Safe to drop and call again.
    pub async fn next_order(&self) -> Order {
        loop {
            let taken = self
                .order
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner())
                .take();
            match taken {
                Some(order) => return order,
                // A permit is kept if the order comes before this line waits.
                None => self.ordered.notified().await,
            }
        }
    }

    pub fn reset_on_close(&self) {
        self.reset_on_close.store(true, Ordering::Relaxed);
    }

    pub fn must_reset(&self) -> bool {
        self.reset_on_close.load(Ordering::Relaxed)
    }

    pub fn drip(&self, interval: Duration) {
        let milliseconds = u64::try_from(interval.as_millis()).unwrap_or(u64::MAX);
        self.drip_interval.store(milliseconds, Ordering::Relaxed);
    }

    pub fn drip_interval(&self) -> Option<Duration> {
        match self.drip_interval.load(Ordering::Relaxed) {
            0 => None,
            milliseconds => Some(Duration::from_millis(milliseconds)),
        }
    }

    pub fn upgrade(&self) {
        self.upgraded.store(true, Ordering::Relaxed);
    }

    pub fn is_upgraded(&self) -> bool {
        self.upgraded.load(Ordering::Relaxed)
    }

    pub fn stall(&self) {
        self.stalled.store(true, Ordering::Relaxed);
    }

    pub fn is_stalled(&self) -> bool {
        self.stalled.load(Ordering::Relaxed)
    }
}

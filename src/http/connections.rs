//! Keeps the number of open connections to a host at the number of requests in flight.
//!
//! hyper's pool opens a connection whenever it has no idle one at the moment a request starts.
//! A connection becomes idle a little after the reply that it carried was read to its end, so a
//! request that starts in between would open one more, and a burst of a thousand requests many.
//! Two rules close that gap:
//!
//! * **A connection is handed over.** A reply that ends is announced here for the time of
//!   [`HANDOVER`]. While requests in flight and announced connections together are more than
//!   [`MAX_IN_FLIGHT`], the connector waits instead of opening another. The announced one arrives
//!   within microseconds and ends the wait, unless the server closed it; then time does.
//! * **Nobody connects for nothing.** A request may get an idle connection while its own is
//!   waited for or being made; hyper then moves the latter to the background. A wait is given up
//!   there. A connection that is being made is finished, becomes idle and is counted until then:
//!   giving it up would let its successor begin before the server has seen it end.

use std::collections::{HashMap, VecDeque};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::Instant;
use tower_layer::Layer;
use tower_service::Service;

use super::MAX_IN_FLIGHT;
use super::progress::{Progress, Step};

/// How long a connection counts as announced: far longer than its way back into the pool takes
/// on a busy machine, and short enough not to be noticed when the server closed it instead.
const HANDOVER: Duration = Duration::from_millis(100);

tokio::task_local! {
    /// The exchange that the current task is polling; absent in hyper's background tasks.
    static EXCHANGE: Arc<Exchange>;
}

/// One request on its way: what its connector needs to know about it.
pub(crate) struct Exchange {
    pub(crate) progress: Arc<Progress>,
    occupancy: Arc<Occupancy>,
    origin: String,
    /// Whether there was a connection that will be idle, or closed, after the exchange.
    connected: AtomicBool,
}

impl Exchange {
    /// Counts a request to `origin` as in flight until the exchange is dropped.
    pub(crate) fn begin(
        occupancy: &Arc<Occupancy>,
        origin: String,
        progress: Arc<Progress>,
    ) -> Arc<Self> {
        occupancy
            .lock()
            .entry(origin.clone())
            .or_default()
            .in_flight += 1;
        Arc::new(Self {
            progress,
            occupancy: Arc::clone(occupancy),
            origin,
            connected: AtomicBool::new(true),
        })
    }

    /// Polls `sending` as this exchange.
    pub(crate) async fn carry<F: Future>(self: &Arc<Self>, sending: F) -> F::Output {
        EXCHANGE.scope(Arc::clone(self), sending).await
    }

    /// No connection was made, so none comes back.
    pub(crate) fn not_connected(&self) {
        self.connected.store(false, Ordering::Relaxed);
    }

    /// When to look again whether there is room for one more connection; `None`: there is.
    fn handover(&self) -> Option<Instant> {
        self.occupancy.with(&self.origin, |host| {
            host.forget_arrived(Instant::now());
            // Whichever connections arrived already are counted twice. That is on the safe side,
            // and matters only to a host that is as busy as it may be.
            let full = host.in_flight + host.returning.len() > MAX_IN_FLIGHT;
            host.returning.front().copied().filter(|_| full)
        })
    }

    /// Waits until one more connection may be opened, or until nobody needs it any more.
    async fn wait_for_room(&self) -> Result<(), BoxError> {
        let mut waiting = pin!(async {
            while let Some(until) = self.handover() {
                tokio::time::sleep_until(until).await;
            }
        });
        poll_fn(|cx| {
            if in_background() {
                self.progress.stop_connecting();
                return Poll::Ready(Err("another connection was ready first".into()));
            }
            waiting.as_mut().poll(cx).map(Ok)
        })
        .await
    }

    /// Polls `connecting`; once in the background, it counts beside the connection of the request.
    async fn count_alone<T>(
        &self,
        connecting: impl Future<Output = Result<T, BoxError>>,
    ) -> Result<T, BoxError> {
        let mut connecting = pin!(connecting);
        let mut own = None;
        let connected = poll_fn(|cx| {
            if own.is_none() && in_background() {
                self.progress.stop_connecting();
                let (occupancy, origin) = (&self.occupancy, self.origin.clone());
                own = Some(Exchange::begin(occupancy, origin, Arc::default()));
            }
            connecting.as_mut().poll(cx)
        })
        .await;
        self.progress.stop_connecting();
        if let (Some(own), Err(_)) = (&own, &connected) {
            own.not_connected();
        }
        connected
    }
}

/// Whether hyper moved the connecting away from the request that asked for it.
fn in_background() -> bool {
    EXCHANGE.try_with(|_| ()).is_err()
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let connected = self.connected.load(Ordering::Relaxed);
        let mut hosts = self.occupancy.lock();
        let now = Instant::now();
        if let Some(host) = hosts.get_mut(&self.origin) {
            host.in_flight -= 1;
            if connected {
                host.returning.push_back(now + HANDOVER);
            }
        }
        hosts.retain(|_, host| {
            host.forget_arrived(now);
            host.in_flight > 0 || !host.returning.is_empty()
        });
    }
}

/// How many requests are in flight and how many connections are on their way back, per origin.
#[derive(Default)]
pub(crate) struct Occupancy(Mutex<HashMap<String, Host>>);

#[derive(Default)]
struct Host {
    in_flight: usize,
    /// For each announced connection, the moment from which it no longer counts; in order.
    returning: VecDeque<Instant>,
}

impl Host {
    fn forget_arrived(&mut self, now: Instant) {
        while self.returning.front().is_some_and(|until| *until <= now) {
            self.returning.pop_front();
        }
    }
}

impl Occupancy {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Host>> {
        // Every change is complete in itself, so a panic elsewhere leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T: Default>(&self, origin: &str, change: impl FnOnce(&mut Host) -> T) -> T {
        self.lock().get_mut(origin).map(change).unwrap_or_default()
    }
}

/// The layer around reqwest's connector that applies both rules.
#[derive(Clone)]
pub(crate) struct Handover;

impl<S> Layer<S> for Handover {
    type Service = HandingOver<S>;

    fn layer(&self, connector: S) -> Self::Service {
        HandingOver { connector }
    }
}

/// A connector under [`Handover`].
#[derive(Clone)]
pub(crate) struct HandingOver<S> {
    connector: S,
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

impl<S, Destination> Service<Destination> for HandingOver<S>
where
    S: Service<Destination, Error = BoxError> + Clone + Send + 'static,
    S::Future: Send + 'static,
    S::Response: 'static,
    Destination: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(cx)
    }

    fn call(&mut self, destination: Destination) -> Self::Future {
        // The instance that was polled ready is the one to be called.
        let next = self.connector.clone();
        let mut connector = std::mem::replace(&mut self.connector, next);
        let Ok(exchange) = EXCHANGE.try_with(Arc::clone) else {
            return Box::pin(connector.call(destination));
        };
        Box::pin(async move {
            exchange.progress.set(Step::Connecting);
            exchange.wait_for_room().await?;
            exchange.count_alone(connector.call(destination)).await
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(occupancy: &Arc<Occupancy>) -> Arc<Exchange> {
        Exchange::begin(occupancy, "http://a".to_owned(), Arc::default())
    }

    #[tokio::test]
    async fn a_connection_is_waited_for_only_when_the_host_is_full() {
        let occupancy = Arc::new(Occupancy::default());
        let mut running: Vec<_> = (0..MAX_IN_FLIGHT).map(|_| begin(&occupancy)).collect();
        assert!(running[0].handover().is_none(), "all of them may connect");
        running.pop();
        let next = begin(&occupancy);
        let until = next.handover().expect("one connection is on its way back");
        tokio::time::sleep_until(until).await;
        assert!(
            next.handover().is_none(),
            "and is not waited for longer than that"
        );
    }

    #[tokio::test]
    async fn nobody_waits_while_there_is_room_for_more() {
        let occupancy = Arc::new(Occupancy::default());
        drop([begin(&occupancy), begin(&occupancy)]);
        assert_eq!(occupancy.lock()["http://a"].returning.len(), 2);
        assert!(begin(&occupancy).handover().is_none());
    }

    #[tokio::test]
    async fn hosts_do_not_wait_for_each_other() {
        let occupancy = Arc::new(Occupancy::default());
        let full: Vec<_> = (0..=MAX_IN_FLIGHT).map(|_| begin(&occupancy)).collect();
        let other = Exchange::begin(&occupancy, "http://b".to_owned(), Arc::default());
        drop(full);
        assert!(other.handover().is_none());
    }

    #[tokio::test]
    async fn a_failed_connect_announces_nothing() {
        let occupancy = Arc::new(Occupancy::default());
        let exchange = begin(&occupancy);
        exchange.not_connected();
        drop(exchange);
        assert!(occupancy.lock().is_empty());
    }
}

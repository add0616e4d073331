//! Keeps the number of open connections to a host at the number of requests in flight.
//!
//! hyper's pool opens a connection whenever it has no idle one at the moment a request starts.
//! A connection becomes idle a little after the reply that it carried was read to its end, so a
//! request that starts in between would open one more, and a burst of a thousand requests many.
//! Two rules close that gap:
//!
//! * **A connection is handed over.** Connections made and being made are counted, and beyond
//!   as many as there are slots the connector waits: the one that comes back ends the wait. A
//!   server can close an idle connection unnoticed, so the count may be too high; therefore
//!   nobody waits either while requests in flight, and those that ended within [`HANDOVER`],
//!   are together too few to fill the host.
//! * **Nobody connects for nothing.** A request may get an idle connection while its own is
//!   waited for; hyper then moves the wait to the background, where it is given up.

use std::collections::{HashMap, VecDeque};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::Instant;
use tower_layer::Layer;
use tower_service::Service;

use super::progress::{Progress, Step};
use crate::runtime::lock;

/// How long a connection may take back into the pool: microseconds, but much longer on a starved
/// machine. It is waited for in full only when a busy server closed connections unnoticed.
const HANDOVER: Duration = Duration::from_secs(1);

tokio::task_local! {
    /// The exchange that the current task is polling; absent in hyper's background tasks.
    static EXCHANGE: Arc<Exchange>;
}

/// One request on its way: what its connector needs to know about it.
pub(crate) struct Exchange {
    pub(crate) progress: Arc<Progress>,
    host: Arc<Mutex<Host>>,
    /// How many connections to a host there may be.
    most: usize,
    /// Whether there was a connection that will be idle, or closed, after the exchange.
    connected: AtomicBool,
}

impl Exchange {
    /// Counts a request to `origin` as in flight until the exchange is dropped.
    pub(crate) fn begin(occupancy: &Occupancy, origin: &str, progress: Arc<Progress>) -> Arc<Self> {
        let host = occupancy.host(origin);
        lock(&host).in_flight += 1;
        Arc::new(Self {
            progress,
            host,
            most: occupancy.most,
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

    /// The connection of this exchange is gone, and known to be.
    pub(crate) fn connection_ended(&self) {
        let mut host = lock(&self.host);
        host.open = host.open.saturating_sub(1);
    }

    /// Leave to open one more connection, or when to ask again.
    fn leave(&self) -> Result<Dialling<'_>, Instant> {
        let mut host = lock(&self.host);
        host.forget_arrived(Instant::now());
        if host.open + host.dialling >= self.most {
            let others = (host.in_flight + host.returning.len()).saturating_sub(1);
            match host.returning.front() {
                Some(until) if others >= self.most => return Err(*until),
                _ => host.open = host.open.min(others),
            }
        }
        host.dialling += 1;
        Ok(Dialling { exchange: self })
    }

    /// Waits until one more connection may be opened, or until nobody needs it any more.
    async fn wait_for_leave(&self) -> Result<Dialling<'_>, BoxError> {
        let mut waiting = pin!(async {
            loop {
                match self.leave() {
                    Ok(dialling) => return dialling,
                    Err(until) => tokio::time::sleep_until(until).await,
                }
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
}

/// Whether hyper moved the connecting away from the request that asked for it.
fn in_background() -> bool {
    EXCHANGE.try_with(|_| ()).is_err()
}

/// A connection that is being made; dropped, it was not.
struct Dialling<'a> {
    exchange: &'a Exchange,
}

impl Dialling<'_> {
    fn succeeded(self) {
        lock(&self.exchange.host).open += 1;
    }
}

impl Drop for Dialling<'_> {
    fn drop(&mut self) {
        lock(&self.exchange.host).dialling -= 1;
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let connected = self.connected.load(Ordering::Relaxed);
        let mut host = lock(&self.host);
        host.in_flight -= 1;
        if connected {
            host.returning.push_back(Instant::now() + HANDOVER);
        }
    }
}

/// Requests and connections per origin. An origin stays: its connections may outlive any request.
pub(crate) struct Occupancy {
    hosts: Mutex<HashMap<String, Arc<Mutex<Host>>>>,
    most: usize,
}

#[derive(Default)]
struct Host {
    in_flight: usize,
    /// Connections made and not known to be closed: never fewer than are open.
    open: usize,
    /// Connections being made, whether or not a request still needs them.
    dialling: usize,
    /// For each request that ended, until when its connection may be on its way back; in order.
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
    /// With at most so many connections to each host.
    pub(crate) fn new(most: usize) -> Self {
        Self {
            hosts: Mutex::default(),
            most,
        }
    }

    fn host(&self, origin: &str) -> Arc<Mutex<Host>> {
        let mut hosts = lock(&self.hosts);
        if let Some(host) = hosts.get(origin) {
            return Arc::clone(host);
        }
        Arc::clone(hosts.entry(origin.to_owned()).or_default())
    }
}

/// The layer around reqwest's connector that applies both rules.
#[derive(Clone)]
pub(crate) struct Handover;

impl<S> Layer<S> for Handover {
    type Service = HandingOver<S>;

    fn layer(&self, connector: S) -> Self::Service {
        HandingOver {
            connector: Arc::new(connector),
        }
    }
}

/// A connector under [`Handover`].
pub(crate) struct HandingOver<S> {
    /// Shared: reqwest clones its connector several times for each request, also for those that
    /// find a connection. Only who connects needs one of its own.
    connector: Arc<S>,
}

impl<S> Clone for HandingOver<S> {
    fn clone(&self) -> Self {
        Self {
            connector: Arc::clone(&self.connector),
        }
    }
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

impl<S, Destination> Service<Destination> for HandingOver<S>
where
    S: Service<Destination, Error = BoxError> + Clone + Send + Sync + 'static,
    S::Future: Send + 'static,
    S::Response: 'static,
    Destination: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, destination: Destination) -> Self::Future {
        let connector = S::clone(&self.connector);
        let connect = async move {
            let mut connector = connector;
            poll_fn(|cx| connector.poll_ready(cx)).await?;
            connector.call(destination).await
        };
        let Ok(exchange) = EXCHANGE.try_with(Arc::clone) else {
            return Box::pin(connect);
        };
        Box::pin(async move {
            exchange.progress.set(Step::Connecting);
            let dialling = exchange.wait_for_leave().await?;
            let connected = connect.await;
            if connected.is_ok() {
                dialling.succeeded();
            }
            exchange.progress.stop_connecting();
            connected
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::MAX_IN_FLIGHT;

    fn begin(occupancy: &Occupancy) -> Arc<Exchange> {
        Exchange::begin(occupancy, "http://a", Arc::default())
    }

    /// Ends a dial well.
    fn connect(exchange: &Exchange) {
        let Ok(dialling) = exchange.leave() else {
            panic!("no room for one more");
        };
        dialling.succeeded();
    }

    #[tokio::test]
    async fn the_host_is_full_at_32_and_waits_for_what_comes_back() {
        let occupancy = Occupancy::new(MAX_IN_FLIGHT);
        let mut running: Vec<_> = (0..MAX_IN_FLIGHT).map(|_| begin(&occupancy)).collect();
        running.iter().for_each(|exchange| connect(exchange));
        running.pop();
        let next = begin(&occupancy);
        let until = next
            .leave()
            .err()
            .expect("one connection is on its way back");
        assert!(until > Instant::now());
        tokio::time::sleep_until(until).await;
        assert!(next.leave().is_ok(), "it never came");
    }

    #[tokio::test]
    async fn an_end_that_is_known_makes_room_at_once() {
        let occupancy = Occupancy::new(MAX_IN_FLIGHT);
        let mut running: Vec<_> = (0..MAX_IN_FLIGHT).map(|_| begin(&occupancy)).collect();
        running.iter().for_each(|exchange| connect(exchange));
        if let Some(last) = running.pop() {
            last.connection_ended();
        }
        assert!(begin(&occupancy).leave().is_ok());
    }

    #[tokio::test]
    async fn connections_being_made_count_and_failed_ones_do_not() {
        let occupancy = Occupancy::new(MAX_IN_FLIGHT);
        let running: Vec<_> = (0..MAX_IN_FLIGHT).map(|_| begin(&occupancy)).collect();
        let dials: Vec<_> = running
            .iter()
            .filter_map(|exchange| exchange.leave().ok())
            .collect();
        assert_eq!(dials.len(), MAX_IN_FLIGHT);
        drop(begin(&occupancy));
        assert!(running[0].leave().is_err());
        drop(dials);
        assert!(running[0].leave().is_ok());
    }

    #[tokio::test]
    async fn a_count_that_is_too_high_holds_nobody_up_while_the_host_is_quiet() {
        let occupancy = Occupancy::new(MAX_IN_FLIGHT);
        let first = begin(&occupancy);
        // All of them closed unnoticed.
        (0..MAX_IN_FLIGHT).for_each(|_| connect(&first));
        assert!(first.leave().is_ok());
        assert!(lock(&first.host).open < 2, "and the count is put right");
    }

    #[tokio::test]
    async fn hosts_do_not_wait_for_each_other() {
        let occupancy = Occupancy::new(MAX_IN_FLIGHT);
        let full: Vec<_> = (0..MAX_IN_FLIGHT).map(|_| begin(&occupancy)).collect();
        full.iter().for_each(|exchange| connect(exchange));
        let other = Exchange::begin(&occupancy, "http://b", Arc::default());
        assert!(other.leave().is_ok());
    }
}

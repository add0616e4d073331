//! The events that tell an open status page to look again.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep_until, timeout};

use crate::app::App;
use crate::http::connection::{ConnectionInfo, Stopping};
use crate::http::replies::ErrorReply;

/// The most pages that are kept up to date at the same time.
const READER_LIMIT: usize = 64;
/// The least time between two events for one page: what happens meanwhile makes one event.
const INTERVAL: Duration = Duration::from_millis(250);
/// The most time between two events while media flows: its figures change all the time.
const FLOW_INTERVAL: Duration = Duration::from_secs(2);
/// How often a page hears something even when nothing changes, which is how a page that is gone is
/// noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long a browser waits before it connects again.
const RETRY: Duration = Duration::from_secs(1);

/// Places for pages that are kept up to date.
pub(in crate::http) struct Readers(Arc<Semaphore>);

impl Default for Readers {
    fn default() -> Readers {
        Readers(Arc::new(Semaphore::new(READER_LIMIT)))
    }
}

/// `GET /status-events`. The first event comes at once: what changed before the page has connected
/// is not lost.
///
/// An event is made when the connection takes one, and only then. A page that does not read costs
/// what its connection costs.
pub(in crate::http) async fn events(
    State(app): State<Arc<App>>,
    Extension(connection): Extension<ConnectionInfo>,
    Extension(readers): Extension<Arc<Readers>>,
) -> Result<Response, ErrorReply> {
    let place = readers.0.clone().try_acquire_owned().map_err(|_| {
        let text = format!("{READER_LIMIT} status pages are kept up to date already: close some");
        ErrorReply::new(StatusCode::SERVICE_UNAVAILABLE, text)
    })?;
    let events = unfold(
        (
            Ticks::new(app.changes.watch()),
            connection.stopping,
            place,
            app,
        ),
        |(mut ticks, mut stopping, place, app)| async {
            let flows = app.sfu.figures().producers > 0;
            let count = ticks.next(&mut stopping, flows).await?;
            let event = Event::default()
                .event("changed")
                .retry(RETRY)
                .data(count.to_string());
            Some((
                Ok::<Event, Infallible>(event),
                (ticks, stopping, place, app),
            ))
        },
    );
    Ok(reply(events))
}

fn reply(events: impl Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Response {
    let mut response = Sse::new(events)
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
        .into_response();
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Changes, drawn together.
struct Ticks {
    changes: watch::Receiver<u64>,
    /// Before this moment there is no other event; none before the first.
    not_before: Option<Instant>,
}

impl Ticks {
    fn new(changes: watch::Receiver<u64>) -> Ticks {
        Ticks {
            changes,
            not_before: None,
        }
    }

    /// Waits for changes since the last call, and gives their count since the server started;
    /// nothing when the server stops. While media flows it does not wait for long.
    async fn next(&mut self, stopping: &mut Stopping, flows: bool) -> Option<u64> {
        let changed = async {
            if let Some(moment) = self.not_before {
                match flows {
                    // An event without a change comes when the time is over.
                    true => timeout(FLOW_INTERVAL, self.changes.changed())
                        .await
                        .unwrap_or(Ok(()))
                        .ok()?,
                    false => self.changes.changed().await.ok()?,
                }
                sleep_until(moment).await;
            }
            Some(*self.changes.borrow_and_update())
        };
        let count = tokio::select! {
            count = changed => count,
            () = stopping.requested() => None,
        }?;
        self.not_before = Some(Instant::now() + INTERVAL);
        Some(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::Changes;

    fn running() -> (watch::Sender<bool>, Stopping) {
        let (stop, signal) = watch::channel(false);
        let grace = Duration::ZERO;
        (stop, Stopping { signal, grace })
    }

    #[tokio::test(start_paused = true)]
    async fn what_happens_between_two_events_makes_one() {
        let changes = Changes::default();
        let (_stop, mut stopping) = running();
        let mut ticks = Ticks::new(changes.watch());
        assert_eq!(ticks.next(&mut stopping, false).await, Some(0));
        let start = Instant::now();
        for _ in 0..100_000 {
            changes.mark();
        }
        assert_eq!(ticks.next(&mut stopping, false).await, Some(100_000));
        assert_eq!(start.elapsed(), INTERVAL);
        // The next one is as far away, however soon the change comes.
        changes.mark();
        assert_eq!(ticks.next(&mut stopping, false).await, Some(100_001));
        assert_eq!(start.elapsed(), 2 * INTERVAL);
        // Without a change there is no event.
        let quiet = tokio::time::timeout(100 * INTERVAL, ticks.next(&mut stopping, false)).await;
        assert!(quiet.is_err());
        // After a pause it comes at once.
        let start = Instant::now();
        changes.mark();
        assert_eq!(ticks.next(&mut stopping, false).await, Some(100_002));
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn media_that_flows_makes_events_too() {
        let changes = Changes::default();
        let (_stop, mut stopping) = running();
        let mut ticks = Ticks::new(changes.watch());
        assert_eq!(ticks.next(&mut stopping, true).await, Some(0));
        let start = Instant::now();
        assert_eq!(ticks.next(&mut stopping, true).await, Some(0));
        assert_eq!(start.elapsed(), FLOW_INTERVAL);
    }

    #[tokio::test(start_paused = true)]
    async fn the_end_of_the_server_ends_the_events() {
        let changes = Changes::default();
        let (stop, mut stopping) = running();
        let mut ticks = Ticks::new(changes.watch());
        ticks.next(&mut stopping, false).await.unwrap();
        stop.send(true).unwrap();
        let next = tokio::time::timeout(INTERVAL, ticks.next(&mut stopping, false)).await;
        assert_eq!(next, Ok(None));
    }
}

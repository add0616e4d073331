//! Counters: what arrived at the server.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde::Serialize;

/// The counters at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    pub connections_open: usize,
    /// The most connections that were open at the same time.
    pub connections_peak: usize,
    pub connections_total: u64,
    /// Requests that arrived and have no reply yet.
    pub requests_open: usize,
    /// The most requests that waited for their reply at the same time.
    pub requests_peak: usize,
    pub requests_total: u64,
    /// By method and route, for example `GET /v2/rooms/{id}`; what fits no route is under
    /// `GET (no such route)`.
    pub requests_by_route: BTreeMap<String, u64>,
    /// Connections of signalling.
    pub signaling_open: usize,
    /// The most connections of signalling that were open at the same time.
    pub signaling_peak: usize,
    /// Messages that came through WebSockets.
    pub signaling_messages_received: u64,
    /// Messages that went out through WebSockets.
    pub signaling_messages_sent: u64,
    /// Those who have joined and are still there.
    pub participants: usize,
    /// How often somebody joined a room.
    pub joins_total: u64,
    /// How often a fault took effect.
    pub faults_applied: u64,
}

/// Where the counters are kept. One lock for all, so that every reading fits together.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    stats: Mutex<Stats>,
}

/// A connection of signalling that counts as open.
pub(crate) struct OpenSignaling<'counters>(&'counters Counters);

impl Drop for OpenSignaling<'_> {
    fn drop(&mut self) {
        self.0.change(|stats| stats.signaling_open -= 1);
    }
}

impl Counters {
    pub fn read(&self) -> Stats {
        self.change(|stats| stats.clone())
    }

    pub fn connection_opened(&self) {
        self.change(|stats| {
            stats.connections_total += 1;
            stats.connections_open += 1;
            stats.connections_peak = stats.connections_peak.max(stats.connections_open);
        });
    }

    pub fn connection_closed(&self) {
        self.change(|stats| stats.connections_open -= 1);
    }

    pub fn request_arrived(&self, route: String) {
        self.change(|stats| {
            stats.requests_total += 1;
            stats.requests_open += 1;
            stats.requests_peak = stats.requests_peak.max(stats.requests_open);
            *stats.requests_by_route.entry(route).or_default() += 1;
        });
    }

    pub fn request_ended(&self) {
        self.change(|stats| stats.requests_open -= 1);
    }

    /// Counts a connection of signalling for as long as what it gives is kept.
    pub fn signaling_opened(&self) -> OpenSignaling<'_> {
        self.change(|stats| {
            stats.signaling_open += 1;
            stats.signaling_peak = stats.signaling_peak.max(stats.signaling_open);
        });
        OpenSignaling(self)
    }

    pub fn signaling_message_sent(&self) {
        self.change(|stats| stats.signaling_messages_sent += 1);
    }

    pub fn signaling_message_received(&self) {
        self.change(|stats| stats.signaling_messages_received += 1);
    }

    pub fn participant_joined(&self) {
        self.change(|stats| stats.joins_total += 1);
    }

    pub fn fault_applied(&self) {
        self.change(|stats| stats.faults_applied += 1);
    }

    fn change<Result>(&self, change: impl FnOnce(&mut Stats) -> Result) -> Result {
        change(
            &mut self
                .stats
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner()),
        )
    }
}

//! Media as far as it is told and asked by frames (protocol, sections 4.1, 6 and 7).
//!
//! Each new connection begins anew with transports and producers. What others send keeps its track:
//! the service names it by their producer, which our connection has nothing to do with.

mod consuming;
mod data;
mod layers;
mod pausing;
mod producing;
mod sampling;
mod subscribing;
mod transports;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value, json};

use super::outputs::{Action, Waiter};
use super::requests::Purpose;
use super::{Phase, Session};
use crate::Result;
use crate::media::TrackKind;
use crate::media::negotiation::{Capabilities, Negotiated};
use crate::media::plane::{Direction, MediaAction, TrackKey};
use crate::meeting::choice::Mode;
use crate::meeting::event::{Event, EventType};
use consuming::Consumer;
use data::DataConsumer;
pub(super) use pausing::{Pausing, PausingOne};
use producing::LocalTrack;
pub(in crate::meeting) use producing::Wanted;
use sampling::Sampling;
pub(super) use subscribing::Subscription;
use transports::Way;

const GOAL: &str = "agree on media";

/// The streams of one SCTP association, as the official SDKs offer them.
const SCTP_STREAMS: u16 = 1024;

pub(super) struct Media {
    /// What was agreed on with the service on this connection.
    negotiated: Option<Arc<Negotiated>>,
    /// It was asked, and the join waits for the answer.
    is_negotiating: bool,
    send: Way,
    receive: Way,
    /// What the app has to send.
    tracks: BTreeMap<TrackKey, LocalTrack>,
    /// By their id in the service.
    consumers: BTreeMap<String, Consumer>,
    data_consumers: BTreeMap<String, DataConsumer>,
    /// What the app has chosen to receive, and whether the service knows it on this connection.
    subscriptions: BTreeMap<Subscription, bool>,
    /// What the app has paused altogether: what is new of that begins paused.
    paused: Vec<TrackKind>,
    /// Names of media sections, never used twice.
    last_mid: u64,
    /// What joins this participant's tracks: receivers play those in time with each other.
    cname: String,
    number: fn() -> u32,
    wanted: Wanted,
    /// That there is nothing to send for what the options want.
    has_told_missing: bool,
    /// What does not work about the ways for media, as it was told.
    warned: BTreeSet<String>,
    sampling: Sampling,
}

impl Media {
    pub(super) fn new(wanted: Wanted, number: fn() -> u32) -> Self {
        Self {
            negotiated: None,
            is_negotiating: false,
            send: Way::default(),
            receive: Way::default(),
            tracks: BTreeMap::new(),
            consumers: BTreeMap::new(),
            data_consumers: BTreeMap::new(),
            subscriptions: BTreeMap::new(),
            paused: Vec::new(),
            last_mid: 0,
            cname: format!("{:08x}{:08x}", number(), number()),
            number,
            wanted,
            has_told_missing: false,
            warned: BTreeSet::new(),
            sampling: Sampling::default(),
        }
    }

    fn way(&mut self, direction: Direction) -> &mut Way {
        match direction {
            Direction::Send => &mut self.send,
            Direction::Receive => &mut self.receive,
        }
    }

    fn next_mid(&mut self) -> String {
        self.last_mid += 1;
        self.last_mid.to_string()
    }
}

/// Whether a participant with this mode has media that goes that way.
pub(super) fn uses(mode: Option<Mode>, direction: Direction) -> bool {
    match mode {
        Some(Mode::SendAndReceive) => true,
        Some(Mode::ReceiveOnly) => direction == Direction::Receive,
        _ => false,
    }
}

const DIRECTIONS: [Direction; 2] = [Direction::Send, Direction::Receive];

impl<T: Waiter> Session<T> {
    pub(super) fn act_on_media(&mut self, action: MediaAction) {
        self.outputs.act(Action::Media(Box::new(action)));
    }

    /// Asks for all that a join with media needs to know, at once.
    pub(super) fn negotiate(&mut self) -> Result<()> {
        self.media.is_negotiating = true;
        self.ask(
            "getRouterRtpCapabilities",
            GOAL,
            &json!({}),
            Purpose::Capabilities,
        )?;
        let mode = self.local_mode();
        for direction in DIRECTIONS {
            if uses(mode, direction) {
                self.create_transport(direction)?;
            }
        }
        Ok(())
    }

    /// What the room can carry.
    pub(super) fn capabilities_came(&mut self, outcome: Result<Value>) {
        self.media.is_negotiating = false;
        let negotiated = outcome.and_then(|router| Capabilities::default().negotiate(&router));
        match negotiated {
            Ok(negotiated) => self.media.negotiated = Some(Arc::new(negotiated)),
            Err(error) => self.warn(format!(
                "There will be no media: {} {}",
                error.message(),
                error.remedy()
            )),
        }
        if let Phase::Entering(entering) = &self.phase
            && entering.is_allowed
        {
            self.send_join();
        }
    }

    /// Whether the join has to wait for what the room can carry.
    pub(super) fn is_negotiating(&self) -> bool {
        self.media.is_negotiating
    }

    /// What the participant can receive goes with the join.
    pub(super) fn tell_capabilities(&self, join: &mut Value) {
        if let Some(negotiated) = &self.media.negotiated {
            join["rtpCapabilities"] = negotiated.receive_capabilities();
            join["sctpCapabilities"] = sctp_capabilities();
        }
    }

    /// It is in the room.
    pub(super) fn begin_media(&mut self) {
        self.begin_data();
        self.begin_producing();
    }

    /// The connection is gone, and with it all that hangs on it. What others send may come back.
    pub(super) fn lose_media(&mut self) {
        self.media.negotiated = None;
        self.media.is_negotiating = false;
        for direction in DIRECTIONS {
            self.close_transport(direction);
        }
        self.lose_consumers();
        self.end_sampling();
        self.lose_subscriptions();
    }

    /// Nothing is received or sent any more.
    pub(super) fn end_media(&mut self) {
        self.lose_media();
        self.forget_consumers();
        self.media.subscriptions.clear();
        self.media.paused.clear();
    }

    /// An answer to one of the requests that are about media.
    pub(super) fn media_answered(&mut self, purpose: Purpose<T>, outcome: Result<Value>) {
        match purpose {
            Purpose::Capabilities => self.capabilities_came(outcome),
            Purpose::Transport(direction) => self.transport_came(direction, outcome),
            Purpose::Connect(direction) => self.transport_connected(direction, outcome),
            Purpose::Restart(direction) => self.ice_restarted(direction, outcome),
            Purpose::Produce(track) => self.produced(track, outcome),
            Purpose::ProduceData(reliability) => self.data_produced(reliability, outcome),
            Purpose::SubscribeTracks {
                subscription,
                is_on,
                waiter,
            } => self.tracks_subscribed(subscription, is_on, waiter, outcome),
            Purpose::PauseTracks { pausing, waiter } => {
                self.tracks_paused(pausing, waiter, outcome);
            }
            Purpose::PauseTrack { pausing, waiter } => {
                self.track_paused(&pausing, waiter, outcome);
            }
            Purpose::PreferLayers {
                consumer_id,
                layers,
                waiter,
            } => self.layers_preferred(&consumer_id, layers, waiter, outcome),
            _ => {}
        }
    }

    #[cfg(test)]
    pub(super) fn media_wants(&mut self, wanted: Wanted) {
        self.media.wanted = wanted;
    }

    fn media_event(&self, kind: EventType) -> Event {
        Event::new(kind).about(self.local_id())
    }
}

fn sctp_capabilities() -> Value {
    json!({"numStreams": {"OS": SCTP_STREAMS, "MIS": SCTP_STREAMS}})
}

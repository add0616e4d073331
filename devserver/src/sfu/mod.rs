//! The media server: transports, what is sent over them, and passing it on.
//!
//! It comes in two forms with the same interface. With the feature `sfu` it is [`forwarding`], which
//! runs mediasoup. Without, it is [`idle`]: well-formed answers, so that clients can join, and
//! nothing flows. Either knows tracks and connections; rooms, and who hears of what, are signalling's.
//!
//! What signalling holds are handles. Dropping the last clone of one closes what it stands for.

#[cfg(feature = "sfu")]
mod forwarding;
#[cfg(not(feature = "sfu"))]
mod idle;

#[cfg(feature = "sfu")]
use forwarding as form;
#[cfg(not(feature = "sfu"))]
use idle as form;

pub(crate) use form::{
    Capabilities, Consumer, DataConsumer, DataProducer, FORWARDS, Producer, Router, Sfu, Transport,
};

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Addresses that clients are told in place of the media server's own: those of a relay in between.
/// A protocol without an address is not offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Announced {
    #[serde(default)]
    pub udp: Option<SocketAddr>,
    #[serde(default)]
    pub tcp: Option<SocketAddr>,
}

/// What exists in the media server at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MediaFigures {
    pub routers: usize,
    pub transports: usize,
    pub producers: usize,
    pub consumers: usize,
    pub data_producers: usize,
    pub data_consumers: usize,
}

/// What arrives of a track.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TrackFigures {
    pub codec: &'static str,
    pub bits_per_second: u64,
    pub packets: u64,
    pub packets_lost: i64,
    /// One for each stream that the client sends: several with simulcast.
    pub layers: Vec<LayerFigures>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LayerFigures {
    /// The rid, when the client sends more than one.
    pub name: String,
    pub bits_per_second: u64,
}

/// What a client asks for with a new transport.
#[cfg_attr(not(feature = "sfu"), expect(dead_code, reason = "nothing flows"))]
pub(crate) struct TransportWish {
    pub udp: bool,
    pub tcp: bool,
}

/// What the media server tells on its own.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(not(feature = "sfu"), expect(dead_code, reason = "nothing flows"))]
pub(crate) enum Event {
    /// About something of one connection: a notification for its client.
    Told {
        key: u64,
        method: &'static str,
        data: Value,
    },
    /// The loudest audio of a room, by the id of its producer; none when all are silent.
    Speaker {
        room_id: String,
        producer_id: Option<String>,
    },
}

/// Why the media server did not do something, fit to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failed(pub String);

impl<Error: std::error::Error> From<Error> for Failed {
    fn from(error: Error) -> Failed {
        Failed(error.to_string())
    }
}

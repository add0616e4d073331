//! Media that flows: mediasoup, one worker for the whole server, with one UDP and one TCP port for
//! all transports, and one router for each room.

mod counters;
mod data;
mod engine;
mod parameters;
mod router;
mod tracks;
mod transport;

pub(crate) use data::{DataConsumer, DataProducer};
pub(crate) use engine::Sfu;
pub(crate) use parameters::Capabilities;
pub(crate) use router::Router;
pub(crate) use tracks::{Consumer, Producer};
pub(crate) use transport::Transport;

/// Whether what one participant sends gets to others.
pub(crate) const FORWARDS: bool = true;

//! Negotiation with the service, in the shapes of ORTC: pure, no socket, no clock, no transport.
//!
//! ```text
//! getRouterRtpCapabilities  -> Capabilities::negotiate -> Negotiated -> join.rtpCapabilities
//! createWebRtcTransport     -> TransportParameters::read; connect_request -> connectWebRtcTransport
//! camera_layers, AudioProfile -> Encoding, OpusOptions -> ProducerParameters::to_json -> produce
//! newConsumer               -> ConsumerParameters::read; LayerChoice -> setConsumerPreferredLayers
//! produceData, newDataConsumer <-> DataChannelParameters
//! ```
//!
//! Packets carry the router's payload types and extension ids in both directions. What the service
//! says beyond what is understood here is passed over; what is missing or contradicts itself is an
//! error that names the place.

mod audio_profile;
mod capabilities;
mod codec;
mod consumer;
mod data_channel;
#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod h264;
pub(crate) mod header_extension;
mod layers;
mod preferred_layers;
mod producer;
mod reading;
#[cfg(test)]
mod tests;
mod transport;

pub use audio_profile::AudioProfile;
pub(crate) use capabilities::{Capabilities, Negotiated, NegotiatedCodec};
pub use codec::{Codec, Kind};
pub(crate) use consumer::ConsumerParameters;
pub(crate) use data_channel::DataChannelParameters;
pub use layers::{BitrateMode, ScreenShareProfile};
pub(crate) use layers::{Layer, camera_app_data, camera_layers, screen_share_layers};
pub(crate) use preferred_layers::{LayerChoice, LayerWish, PreferredLayers};
pub(crate) use producer::{Encoding, OpusOptions, ProducerParameters};
#[cfg(test)]
pub(crate) use transport::MAX_USERNAME_FRAGMENT_BYTES;
pub use transport::TransportProtocol;
pub(crate) use transport::{IceParameters, TcpKind, TransportParameters, connect_request};

/// What only the tests look at in parts.
#[cfg(test)]
use {
    audio_profile::AudioSettings,
    codec::Feedback,
    header_extension::{HeaderExtension, NegotiatedExtension},
    transport::{CandidateKind, DtlsParameters, DtlsRole, IceCandidate, SctpParameters},
};

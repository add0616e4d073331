//! Audio, video and data: what is agreed on with the service, and how it travels.
//!
//! [`negotiation`] is pure; [`plane`] does what the course of a meeting asks for, over the two
//! [`transport`]s of a participant; [`source`] and [`sink`] are where the app's frames begin and end,
//! [`audio`] and [`video`] lie between them and an app that has raw sound and raw pictures;
//! [`devices`] are such an app.
#![forbid(unsafe_code)]

mod allocation;
pub(crate) mod audio;
mod clock;
pub(crate) mod coding;
pub(crate) mod devices;
pub(crate) mod frame;
mod limitation;
pub(crate) mod negotiation;
mod outbox;
pub(crate) mod plane;
mod preferred_protocol;
pub(crate) mod sink;
pub(crate) mod source;
mod statistics;
mod taker;
mod track_options;
pub(crate) mod tracks;
pub(crate) mod transform;
pub(crate) mod transport;
pub(crate) mod video;

pub use audio::{AudioFormat, AudioInput, AudioOutput, PulledAudio};
pub use devices::{AudioDevice, Device, DeviceKind, list_devices};
pub use frame::{EncodedFrame, ReceivedFrame, TrackKind};
pub use negotiation::{
    AudioProfile, BitrateMode, Codec, Kind, ScreenShareProfile, TransportProtocol,
};
pub(crate) use outbox::PAYLOAD_TOO_LARGE;
pub use outbox::{MAX_DATA_BYTES, Reliability, Sent};
pub use plane::Direction;
pub use preferred_protocol::PreferredProtocol;
pub use source::{EncoderTarget, LayerInfo, Pushed};
pub use statistics::{
    DecodingStatistics, EncodingStatistics, MediaStatistics, PlayoutStatistics, StreamStatistics,
    TrackStatistics, TransportStatistics,
};
pub use track_options::TrackOptions;
pub use transform::{FrameInfo, FrameTransform};
pub use video::{
    ImageFormat, NextPicture, PictureFormat, ReceivedPicture, Rotation, VideoInput, VideoOutput,
    VideoPicture,
};

//! Raw sound: what the app records becomes encoded frames, and those of others what it plays.
//!
//! It lies upon the encoded frames of the tracks, and is no second way beside them: an
//! [`input`] pushes into a [`TrackSource`](super::source::TrackSource) what the app would have
//! encoded itself, an [`output`] takes what a [`TrackSink`](super::sink::TrackSink) gets.
//!
//! ```text
//! push ─► ring ─► encoding ─► source ═══► network ═══► sink ─► arrivals ─► playout ─► pull
//!           app's │ vsdk-audio                 vsdk-worker │ app's            └► mixer ┘
//! ```

mod arrivals;
mod codec;
mod encoding;
mod format;
mod input;
mod level;
mod limiter;
mod mixer;
mod output;
mod playout;
mod ring;
#[cfg(all(test, feature = "opus"))]
mod tests;

pub(crate) use codec::EncoderSettings;
pub(super) use codec::is_present;
pub(super) use mixer::Members;

pub use format::AudioFormat;
pub use input::AudioInput;
pub use output::{AudioOutput, PulledAudio};

//! Raw pictures: what the app draws or films becomes encoded frames, and those of others what it
//! shows.
//!
//! It lies upon the encoded frames of the tracks, and is no second way beside them: an [`input`]
//! pushes into a [`TrackSource`](super::source::TrackSource) what the app would have encoded itself,
//! an [`output`] takes what a [`TrackSink`](super::sink::TrackSink) gets.
//!
//! ```text
//! push ─► latest ─► encoding ─► source ═══► network ═══► sink ─► arrivals ─► decoding ─► latest ─► read
//!  app's         │ vsdk-video                 vsdk-worker                  │ vsdk-video          │ app's
//! ```
//!
//! An image of what is shown is made beside that: [`capture`] gives what was decoded last to a thread
//! that encodes images, `vsdk-image`.
//!
//! Of pictures that nobody takes in time only the latest is kept, at both ends: whoever is too slow
//! gets fewer of them, and never late ones.

mod arrivals;
mod capture;
mod codec;
mod colour;
mod decoding;
mod encoding;
mod geometry;
mod i420;
mod image;
mod input;
mod layer;
mod output;
mod overload;
mod picture;
mod received;
#[cfg(all(test, feature = "vp8", feature = "h264"))]
mod tests;

pub(super) use codec::is_present;

pub use image::ImageFormat;
pub use input::VideoInput;
pub use output::{NextPicture, VideoOutput};
pub use picture::{PictureFormat, Rotation, VideoPicture};
pub use received::ReceivedPicture;

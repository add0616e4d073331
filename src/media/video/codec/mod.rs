//! The libraries that encode pictures and convert their colours, or what says that this build has
//! none.

#[cfg(not(feature = "vp8"))]
mod absent;
#[cfg(feature = "vp8")]
mod colours;
#[cfg(feature = "vp8")]
mod vp8;

#[cfg(not(feature = "vp8"))]
pub(in crate::media) use absent::is_present;
#[cfg(not(feature = "vp8"))]
pub(super) use absent::{Colours, Decoder, Encoder};
#[cfg(feature = "vp8")]
pub(in crate::media) use vp8::is_present;
#[cfg(feature = "vp8")]
pub(super) use {
    colours::Colours,
    vp8::{Decoder, Encoder},
};

/// How an encoder is set up.
// A build without any looks at nothing of it.
#[cfg_attr(not(feature = "vp8"), allow(dead_code))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EncoderSettings {
    /// In pixels.
    pub(super) size: (usize, usize),
    /// In kilobits per second.
    pub(super) kbps: u32,
    /// How many pictures a second are to be expected.
    pub(super) fps: u32,
    /// Whether most of it is text and stands still.
    pub(super) is_screen: bool,
}

/// A picture as it was encoded.
// A build without an encoder makes none.
#[cfg_attr(not(feature = "vp8"), allow(dead_code))]
pub(super) struct Encoded<'a> {
    pub(super) data: &'a [u8],
    pub(super) is_key_frame: bool,
}

//! The libraries that encode pictures and images and convert colours, or what says that this build
//! lacks them.

#[cfg(not(feature = "video"))]
mod absent;
#[cfg(feature = "video")]
mod colours;
#[cfg(feature = "h264")]
mod h264;
#[cfg(feature = "video")]
mod images;
#[cfg(feature = "vp8")]
mod vp8;

#[cfg(not(feature = "video"))]
pub(super) use absent::{Colours, jpeg, png};
#[cfg(feature = "video")]
pub(super) use colours::Colours;
#[cfg(feature = "video")]
pub(super) use images::{jpeg, png};

use super::i420::I420;
use crate::media::negotiation::Codec;
use crate::{Error, Result, Status};

/// How an encoder is set up.
// A build without any looks at nothing of it.
#[cfg_attr(not(feature = "video"), allow(dead_code))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EncoderSettings {
    /// In pixels, as [`encoded_size`] gives it.
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
#[cfg_attr(not(feature = "video"), allow(dead_code))]
pub(super) struct Encoded<'a> {
    pub(super) data: &'a [u8],
    pub(super) is_key_frame: bool,
}

/// Encodes pictures of one size.
pub(super) trait Encoder: Send {
    fn size(&self) -> (usize, usize);

    fn set_kbps(&mut self, kbps: u32);

    /// Encodes a picture of its size; `None` when it is left out so that the bit rate is kept.
    fn encode(
        &mut self,
        picture: &I420,
        time_us: i64,
        duration_us: u32,
        is_key_frame: bool,
    ) -> Result<Option<Encoded<'_>>>;
}

/// Decodes pictures.
pub(super) trait Decoder: Send {
    /// Decodes a frame into a picture; `None` when it cannot be decoded, else whether it is shown.
    fn decode(&mut self, data: &[u8], into: &mut I420) -> Option<bool>;
}

/// Whether this build encodes and decodes pictures of that codec.
///
/// # Errors
///
/// [`Status::Unsupported`] unless it does.
pub(in crate::media) fn is_present(codec: Codec) -> Result<()> {
    let (is_present, feature) = match codec {
        Codec::Vp8 => (cfg!(feature = "vp8"), "`vp8`, which takes libvpx,"),
        Codec::H264 => (
            cfg!(feature = "h264"),
            "`h264`, which takes a C++ compiler,",
        ),
        _ => {
            return Err(absent(
                codec,
                "Raw pictures are there for VP8 and H264; push",
            ));
        }
    };
    match is_present {
        true => Ok(()),
        false => Err(absent(
            codec,
            &format!("Build it with the feature {feature} or push"),
        )),
    }
}

fn absent(codec: Codec, remedy: &str) -> Error {
    let name = codec.name();
    Error::new(
        Status::Unsupported,
        format!("This build of the library neither encodes nor decodes {name}"),
        format!("{remedy} and read encoded frames."),
    )
}

/// The size in which a picture is encoded.
pub(super) fn encoded_size(codec: Codec, size: (usize, usize)) -> (usize, usize) {
    match codec {
        #[cfg(feature = "h264")]
        Codec::H264 => vsdk_openh264::nearest_size(size),
        _ => size,
    }
}

// A build without any looks at nothing of it.
#[cfg_attr(not(feature = "video"), allow(unused_variables))]
pub(super) fn encoder(codec: Codec, settings: &EncoderSettings) -> Result<Box<dyn Encoder>> {
    match codec {
        #[cfg(feature = "h264")]
        Codec::H264 => Ok(Box::new(h264::Encoder::new(settings))),
        #[cfg(feature = "vp8")]
        Codec::Vp8 => Ok(Box::new(vp8::Encoder::new(settings)?)),
        other => Err(missing(other)),
    }
}

pub(super) fn decoder(codec: Codec) -> Result<Box<dyn Decoder>> {
    match codec {
        #[cfg(feature = "h264")]
        Codec::H264 => Ok(Box::new(h264::Decoder::new()?)),
        #[cfg(feature = "vp8")]
        Codec::Vp8 => Ok(Box::new(vp8::Decoder::new()?)),
        other => Err(missing(other)),
    }
}

/// What a codec that there is nothing for gives.
fn missing(codec: Codec) -> Error {
    match is_present(codec) {
        Err(error) => error,
        Ok(()) => unreachable!("{} is there", codec.name()),
    }
}

/// What a library without memory gives.
#[cfg(feature = "video")]
fn failed(codec: Codec, error: &dyn std::fmt::Display) -> Error {
    Error::new(
        Status::ResourceExhausted,
        format!("{} could not be set up: {error}", codec.name()),
        "It needs some megabytes for each size of a track; free some memory.",
    )
}

/// Copies a plane that came row by row into a picture of its size.
#[cfg(feature = "video")]
fn copy_plane<'a>(rows: impl Iterator<Item = &'a [u8]>, into: super::i420::PlaneMut<'_>) {
    for (into, from) in into.bytes.chunks_exact_mut(into.width).zip(rows) {
        into.copy_from_slice(from);
    }
}

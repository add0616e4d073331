//! The libraries that encode and convert sound, or what says that this build has none.

#[cfg(not(feature = "opus"))]
mod absent;
#[cfg(feature = "opus")]
mod opus;
#[cfg(feature = "opus")]
mod resampler;

#[cfg(not(feature = "opus"))]
pub(in crate::media) use absent::is_present;
#[cfg(not(feature = "opus"))]
pub(super) use absent::{Decoder, Encoder, Resampler};
#[cfg(feature = "opus")]
pub(in crate::media) use opus::is_present;
#[cfg(feature = "opus")]
pub(super) use {
    opus::{Decoder, Encoder},
    resampler::Resampler,
};

/// The longest packet of Opus: 120 ms at the inner rate, in frames.
pub(super) const LONGEST_PACKET: usize = 5_760;

/// Frames that Opus encodes, and conceals, are multiples of 2.5 ms.
pub(super) const QUANTUM: usize = 120;

/// How an encoder is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EncoderSettings {
    /// 1 or 2.
    pub(crate) channels: usize,
    /// In milliseconds: 10, 20, 40 or 60.
    pub(crate) packet_ms: u32,
    /// The highest sampling rate that is worth playing, in hertz.
    pub(crate) max_playback_rate: u32,
    /// In kilobits per second.
    pub(crate) kbps: u32,
    /// Whether it is tuned for speech.
    pub(crate) is_speech: bool,
    /// Whether packets carry a coarse copy of the one before.
    pub(crate) fec: bool,
    /// Whether nothing is sent in pauses of speech.
    pub(crate) dtx: bool,
}

/// Takes a whole number of frames of one or two channels apart and puts them together with as many
/// as are wanted.
pub(super) fn convert_channels(from: &[f32], from_channels: usize, into: &mut Vec<f32>, to: usize) {
    match (from_channels, to) {
        (1, 2) => into.extend(from.iter().flat_map(|sample| [*sample; 2])),
        (2, 1) => into.extend(from.chunks_exact(2).map(|pair| (pair[0] + pair[1]) / 2.0)),
        _ => into.extend_from_slice(from),
    }
}

//! Codecs by name, and what always belongs to them.

use crate::choice::choice;

choice! {
    /// What a track carries.
    Kind, "kind" {
        /// Sound.
        Audio = 1, "audio";
        /// Pictures.
        Video = 2, "video";
    }
}

choice! {
    /// How audio or video is encoded. Those of audio have the numbers of
    /// [`AudioCodec`](crate::meeting::AudioCodec).
    Codec, "codec" {
        /// Opus.
        Opus = 1, "opus";
        /// G.711 µ-law.
        Pcmu = 2, "PCMU";
        /// G.711 A-law.
        Pcma = 3, "PCMA";
        /// G.722.
        G722 = 4, "G722";
        /// VP8.
        Vp8 = 5, "VP8";
        /// H.264, constrained baseline or baseline profile, packetization mode 1.
        H264 = 6, "H264";
        /// VP9, profile 0.
        Vp9 = 7, "VP9";
        /// AV1, main profile.
        Av1 = 8, "AV1";
    }
}

impl Codec {
    /// What it encodes.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Opus | Self::Pcmu | Self::Pcma | Self::G722 => Kind::Audio,
            Self::Vp8 | Self::H264 | Self::Vp9 | Self::Av1 => Kind::Video,
        }
    }

    /// The clock of its RTP timestamps, in hertz.
    #[must_use]
    pub const fn clock_rate(self) -> u32 {
        match self {
            Self::Opus => 48_000,
            // G.722 samples at twice this rate; RFC 3551 says why its clock does not.
            Self::Pcmu | Self::Pcma | Self::G722 => 8_000,
            Self::Vp8 | Self::H264 | Self::Vp9 | Self::Av1 => 90_000,
        }
    }

    /// The channels that RTP is told of: two for Opus whatever it carries, one for all others.
    #[must_use]
    pub const fn channels(self) -> u8 {
        match self {
            Self::Opus => 2,
            _ => 1,
        }
    }

    /// E.g. `video/VP8`.
    #[must_use]
    pub fn mime_type(self) -> String {
        format!("{}/{}", self.kind().name(), self.name())
    }

    /// The codec of a MIME type, in any case.
    pub(crate) fn from_mime_type(mime_type: &str) -> Option<Self> {
        let (kind, name) = mime_type.split_once('/')?;
        Self::ALL.iter().copied().find(|codec| {
            codec.kind().name().eq_ignore_ascii_case(kind)
                && codec.name().eq_ignore_ascii_case(name)
        })
    }
}

/// Whether a MIME type is that of retransmissions, e.g. `video/rtx`.
pub(super) fn is_retransmission(mime_type: &str) -> bool {
    mime_type
        .split_once('/')
        .is_some_and(|(_, name)| name.eq_ignore_ascii_case("rtx"))
}

/// What a receiver may tell a sender by RTCP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feedback {
    /// Packets are missing.
    Nack,
    /// A picture is lost.
    PictureLoss,
    /// A whole picture is wanted.
    FullIntraRequest,
    /// The bit rate that the receiver estimates.
    EstimatedBitrate,
    /// When each packet arrived.
    TransportWide,
}

impl Feedback {
    /// What this library understands for a kind.
    pub(super) const fn understood(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Audio => &[Self::TransportWide],
            Kind::Video => &[
                Self::Nack,
                Self::PictureLoss,
                Self::FullIntraRequest,
                Self::EstimatedBitrate,
                Self::TransportWide,
            ],
        }
    }

    /// The type on the wire and its parameter, which may be empty.
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Nack => ("nack", ""),
            Self::PictureLoss => ("nack", "pli"),
            Self::FullIntraRequest => ("ccm", "fir"),
            Self::EstimatedBitrate => ("goog-remb", ""),
            Self::TransportWide => ("transport-cc", ""),
        }
    }
}

//! Encoded frames, and the tracks that they belong to.

use std::sync::Arc;

use super::negotiation::{Codec, Kind};
use crate::choice::choice;

choice! {
    /// What a track is. Only shared screens and their sound are told from the rest: a camera, a
    /// second camera and a drawn picture are all `Video`.
    TrackKind, "track kind" {
        /// A microphone, or any other sound.
        Audio = 1, "audio";
        /// A camera, or any other picture.
        Video = 2, "video";
        /// A shared screen.
        Share = 3, "share";
        /// The sound of what is shared.
        ShareAudio = 4, "shareAudio";
    }
}

impl TrackKind {
    /// What it carries.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Audio | Self::ShareAudio => Kind::Audio,
            Self::Video | Self::Share => Kind::Video,
        }
    }

    /// Whether it belongs to a shared screen.
    #[must_use]
    pub const fn is_share(self) -> bool {
        matches!(self, Self::Share | Self::ShareAudio)
    }

    pub(crate) const fn of(kind: Kind, is_share: bool) -> Self {
        match (kind, is_share) {
            (Kind::Audio, false) => Self::Audio,
            (Kind::Audio, true) => Self::ShareAudio,
            (Kind::Video, false) => Self::Video,
            (Kind::Video, true) => Self::Share,
        }
    }
}

/// The largest frame, in bytes. The largest packet of Opus has 1,275 bytes for each of at most 48
/// frames; a key frame of 4K video has about 1 MiB.
const MAX_AUDIO_BYTES: usize = 64 * 1024;
const MAX_VIDEO_BYTES: usize = 4 * 1024 * 1024;

/// Sound goes into one packet of RTP (RFC 7587, section 4.2): a datagram of 1,200 bytes less what
/// RTP and SRTP need. Of two packets nobody could tell that they are one frame.
pub(crate) const MAX_SENT_AUDIO_BYTES: usize = 1120;

impl Kind {
    /// How many bytes a frame has at most that is sent.
    pub(crate) const fn max_sent_bytes(self) -> usize {
        match self {
            Self::Audio => MAX_SENT_AUDIO_BYTES,
            Self::Video => MAX_VIDEO_BYTES,
        }
    }

    /// How many bytes one has at most that is received: others may send larger datagrams.
    pub(crate) const fn max_received_bytes(self) -> usize {
        match self {
            Self::Audio => MAX_AUDIO_BYTES,
            Self::Video => MAX_VIDEO_BYTES,
        }
    }
}

/// A frame on its way to the others: one packet of an audio encoder, or one encoded picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedFrame {
    /// What the encoder made. Of H.264 an access unit with start codes (Annex B).
    pub data: Arc<[u8]>,
    /// When it was recorded, in microseconds on any clock that all tracks of a participant share.
    pub timestamp_us: i64,
    /// Whether it can be decoded without those before it. Every audio frame can.
    pub is_key_frame: bool,
    /// Which of the sizes of a simulcast it is; 0 is the smallest, and the only one otherwise.
    pub layer: u8,
    /// How loud it is, in dB below full scale: 0 to -127. Tells the service who speaks.
    pub audio_level: Option<i8>,
}

/// A frame of somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedFrame {
    /// Who sent it.
    pub participant_id: Arc<str>,
    /// Which track it belongs to.
    pub track_id: Arc<str>,
    /// What that track is.
    pub kind: TrackKind,
    /// How it is encoded.
    pub codec: Codec,
    /// For a decoder. Of H.264 an access unit with start codes (Annex B).
    pub data: Arc<[u8]>,
    /// When it was recorded, in microseconds from an arbitrary moment of that track.
    pub timestamp_us: i64,
    /// Whether it can be decoded without those before it. Every audio frame can.
    pub is_key_frame: bool,
    /// Whether frames are missing just before it: lost on the way, or dropped because they were not
    /// read in time.
    pub follows_gap: bool,
    /// How loud it is, in dB below full scale, where the sender tells.
    pub audio_level: Option<i8>,
}

//! What a microphone is sent with, by the official names.

use super::producer::OpusOptions;
use crate::choice::choice;

choice! {
    /// What is heard by a microphone.
    AudioProfile, "audio profile" {
        /// Speech, over little bandwidth.
        SpeechLowQuality = 1, "speech_low_quality";
        /// Speech.
        SpeechStandard = 2, "speech_standard";
        /// Music.
        MusicStandard = 3, "music_standard";
        /// Music in stereo.
        StandardStereo = 4, "standard_stereo";
        /// Music, over much bandwidth.
        HighQuality = 5, "high_quality";
        /// The same in stereo.
        HighQualityStereo = 6, "high_quality_stereo";
    }
}

/// How an [`AudioProfile`] is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AudioSettings {
    /// The highest sampling rate that is worth playing, in hertz.
    pub(crate) max_playback_rate: u32,
    /// In kilobits per second.
    pub(crate) kbps: u32,
    /// Whether echo, level and noise are taken care of.
    pub(crate) is_processed: bool,
    /// What is told to receivers.
    pub(crate) opus: OpusOptions,
}

impl AudioProfile {
    /// How it is encoded.
    pub(crate) const fn settings(self) -> AudioSettings {
        let (max_playback_rate, packet_time, stereo, kbps, is_processed) = match self {
            Self::SpeechLowQuality => (16_000, 20, false, 24, true),
            Self::SpeechStandard => (32_000, 30, false, 24, true),
            Self::MusicStandard => (48_000, 40, false, 32, false),
            Self::StandardStereo => (48_000, 40, true, 64, false),
            Self::HighQuality => (48_000, 60, false, 128, false),
            Self::HighQualityStereo => (48_000, 60, true, 192, false),
        };
        AudioSettings {
            max_playback_rate,
            kbps,
            is_processed,
            opus: OpusOptions {
                stereo,
                dtx: true,
                fec: true,
                packet_time: Some(packet_time),
            },
        }
    }
}

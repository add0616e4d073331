//! What a track that the app sends is made from.

use serde_json::{Map, Value};

use super::audio::EncoderSettings;
use super::frame::TrackKind;
use super::negotiation::{
    AudioProfile, BitrateMode, Codec, Kind, Layer, OpusOptions, ScreenShareProfile,
    camera_app_data, camera_layers, screen_share_layers,
};
use crate::{Error, Result, Status};

/// How much sound is in a packet when the service is not told, in milliseconds.
const DEFAULT_PACKET_MS: u8 = 20;

/// The size of picture that is assumed when the app does not say.
const DEFAULT_SIZE: (u32, u32) = (1280, 720);

/// The most layers of a simulcast.
const MAX_LAYERS: usize = 3;

/// App data travels to everybody who receives the track; what is larger belongs elsewhere.
const LARGEST_APP_DATA: usize = 16 * 1024;

/// What a track that the app sends is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackOptions {
    pub(crate) kind: TrackKind,
    pub(crate) codec: Option<Codec>,
    enabled: bool,
    size: Option<(u32, u32)>,
    bitrate_mode: BitrateMode,
    max_layers: usize,
    multi_stream: bool,
    audio_profile: AudioProfile,
    share_profile: Option<ScreenShareProfile>,
    app_data: Map<String, Value>,
}

impl TrackOptions {
    /// A track of that kind, on from the start.
    #[must_use]
    pub fn new(kind: TrackKind) -> Self {
        Self {
            kind,
            codec: None,
            enabled: true,
            size: None,
            bitrate_mode: BitrateMode::Balanced,
            max_layers: MAX_LAYERS,
            multi_stream: false,
            audio_profile: AudioProfile::SpeechStandard,
            share_profile: None,
            app_data: Map::new(),
        }
    }

    /// How its frames are encoded; default Opus and VP8.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when that codec encodes something else than the track is.
    pub fn set_codec(&mut self, codec: Codec) -> Result<&mut Self> {
        if codec.kind() != self.kind.kind() {
            return Err(invalid(
                format!(
                    "{} does not encode {}",
                    codec.name(),
                    self.kind.kind().name()
                ),
                "Use opus for audio, and VP8 or H264 for video.",
            ));
        }
        self.codec = Some(codec);
        Ok(self)
    }

    /// Whether it is on from the start; default yes.
    pub fn set_enabled(&mut self, enabled: bool) -> &mut Self {
        self.enabled = enabled;
        self
    }

    /// The size of its pictures, from which layers and bit rates follow; default 1280 x 720.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] for sizes that are none.
    pub fn set_size(&mut self, width: u32, height: u32) -> Result<&mut Self> {
        let is_size = |length: u32| (1..=16_384).contains(&length);
        if !is_size(width) || !is_size(height) {
            return Err(invalid(
                format!("{width} x {height} is no size of pictures"),
                "Width and height are 1 to 16,384.",
            ));
        }
        self.size = Some((width, height));
        Ok(self)
    }

    /// What its bit rates aim at; default [`BitrateMode::Balanced`].
    pub fn set_bitrate_mode(&mut self, mode: BitrateMode) -> &mut Self {
        self.bitrate_mode = mode;
        self
    }

    /// Whether it is sent in several sizes at once (simulcast), so that each receiver gets what fits;
    /// default no. [`LocalTrack::layers`](crate::meeting::LocalTrack::layers) says which sizes the
    /// encoder has to make.
    pub fn set_multi_stream(&mut self, multi_stream: bool) -> &mut Self {
        self.multi_stream = multi_stream;
        self
    }

    /// In how many sizes at most, 1 to 3; default 3.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] for other numbers.
    pub fn set_max_layers(&mut self, layers: usize) -> Result<&mut Self> {
        if !(1..=MAX_LAYERS).contains(&layers) {
            return Err(invalid(
                format!("A track cannot have {layers} layers"),
                "Use 1, 2 or 3.",
            ));
        }
        self.max_layers = layers;
        Ok(self)
    }

    /// What is heard; default [`AudioProfile::SpeechStandard`]. Receivers are told of it.
    pub fn set_audio_profile(&mut self, profile: AudioProfile) -> &mut Self {
        self.audio_profile = profile;
        self
    }

    /// The size and rate of a shared screen; without one only the network limits it.
    pub fn set_share_profile(&mut self, profile: Option<ScreenShareProfile>) -> &mut Self {
        self.share_profile = profile;
        self
    }

    /// What the others are told with the track: a JSON object. The names `share`, `encodings`,
    /// `width`, `height` and `peerId` are the service's own.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when it is no JSON object, or longer than 16 KiB.
    pub fn set_app_data_json(&mut self, json: &str) -> Result<&mut Self> {
        if json.len() > LARGEST_APP_DATA {
            return Err(invalid(
                format!(
                    "The app data has {} bytes; it has at most {LARGEST_APP_DATA}",
                    json.len()
                ),
                "Say the rest in a message.",
            ));
        }
        self.app_data = serde_json::from_str(json).map_err(|_| {
            invalid(
                "The app data is no JSON object".to_owned(),
                "Pass an object, e.g. {\"camera\": \"front\"}.",
            )
        })?;
        Ok(self)
    }

    pub(crate) fn is_enabled(&self) -> bool {
        self.enabled
    }

    /// What it is encoded as, whatever the room offers.
    pub(crate) fn codec(&self) -> Codec {
        self.codec.unwrap_or(match self.kind.kind() {
            Kind::Audio => Codec::Opus,
            Kind::Video => Codec::Vp8,
        })
    }

    fn size(&self) -> (u32, u32) {
        self.size.unwrap_or(DEFAULT_SIZE)
    }

    /// Its layers, the smallest first; one for sound.
    pub(crate) fn layers(&self) -> Vec<Layer> {
        match self.kind {
            TrackKind::Audio | TrackKind::ShareAudio => vec![Layer {
                rid_name: "",
                scale: None,
                max_kbps: Some(self.audio_profile.settings().kbps),
                max_fps: None,
            }],
            TrackKind::Video => camera_layers(
                self.size(),
                self.bitrate_mode,
                self.max_layers,
                self.multi_stream,
            ),
            TrackKind::Share => screen_share_layers(self.share_profile, self.multi_stream),
        }
    }

    pub(crate) fn opus(&self) -> Option<OpusOptions> {
        let settings = self.audio_profile.settings();
        match self.kind {
            TrackKind::Audio => Some(settings.opus),
            // The sound of a screen is not speech (protocol, section 7.6).
            TrackKind::ShareAudio => Some(OpusOptions {
                stereo: true,
                packet_time: None,
                ..settings.opus
            }),
            TrackKind::Video | TrackKind::Share => None,
        }
    }

    /// How raw sound is encoded; `None` for pictures.
    pub(crate) fn encoder(&self) -> Option<EncoderSettings> {
        let opus = self.opus()?;
        let settings = self.audio_profile.settings();
        // Opus has no packets of 30 ms: the next longer ones are taken.
        let packet_ms = match opus.packet_time.unwrap_or(DEFAULT_PACKET_MS) {
            0..=10 => 10,
            11..=20 => 20,
            21..=40 => 40,
            // Of the highest rate 60 ms do not fit into one datagram.
            _ if settings.kbps > 128 => 40,
            _ => 60,
        };
        Some(EncoderSettings {
            channels: if opus.stereo { 2 } else { 1 },
            packet_ms,
            max_playback_rate: settings.max_playback_rate,
            kbps: settings.kbps,
            // What is shared with a screen is not only speech, and comes as it is.
            is_speech: settings.is_processed && !self.kind.is_share(),
            fec: opus.fec,
            dtx: opus.dtx,
        })
    }

    /// As `produce` tells it.
    pub(crate) fn app_data(&self) -> Value {
        let mut data = self.app_data.clone();
        if self.kind == TrackKind::Video && self.size.is_some() {
            data.extend(camera_app_data(&self.layers(), self.size()));
        }
        if self.kind.is_share() {
            data.insert("share".to_owned(), true.into());
        }
        Value::Object(data)
    }
}

fn invalid(text: String, remedy: &str) -> Error {
    Error::new(Status::InvalidArgument, text, remedy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut options = TrackOptions::new(TrackKind::Video);
        assert!(options.set_codec(Codec::Opus).is_err());
        assert!(options.set_codec(Codec::H264).is_ok());
        assert!(options.set_size(0, 1).is_err());
        assert!(options.set_size(1, 16_385).is_err());
        assert!(options.set_max_layers(0).is_err());
        assert!(options.set_max_layers(4).is_err());
        assert!(options.set_app_data_json("[]").is_err());
        assert!(options.set_app_data_json(&" ".repeat(20_000)).is_err());
    }

    #[test]
    fn what_the_service_is_told_follows_from_the_kind() {
        let mut options = TrackOptions::new(TrackKind::Share);
        options
            .set_app_data_json(r#"{"a": 1, "share": false}"#)
            .unwrap();
        assert_eq!(options.app_data(), json!({"a": 1, "share": true}));
        assert_eq!(options.layers().len(), 1);
        let mut options = TrackOptions::new(TrackKind::Video);
        assert_eq!(options.app_data(), json!({}));
        options.set_size(1280, 720).unwrap().set_multi_stream(true);
        assert_eq!(options.app_data()["encodings"].as_array().unwrap().len(), 3);
        assert_eq!(options.layers().len(), 3);
        let sound = TrackOptions::new(TrackKind::ShareAudio);
        assert_eq!(sound.opus().unwrap().packet_time, None);
        assert!(sound.opus().unwrap().stereo);
    }
}

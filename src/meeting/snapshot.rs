//! All of a meeting at one moment.

use serde_json::{Map, Value, json};

use super::choice::Mode;
use super::options::MeetingOptions;
use super::state::MeetingState;

/// All of a meeting at one moment. Immutable: take another one to see what has changed.
#[derive(Clone, Debug)]
pub struct MeetingSnapshot {
    pub(super) state: MeetingState,
    pub(super) meeting_id: String,
    pub(super) participant_id: String,
    pub(super) name: String,
    pub(super) token_expires_at: Option<i64>,
    pub(super) api_base_url: String,
    pub(super) signaling_base_url: Option<String>,
    pub(super) options: MeetingOptions,
}

impl MeetingSnapshot {
    /// Where the meeting stands.
    #[must_use]
    pub fn state(&self) -> MeetingState {
        self.state
    }

    /// The room's id, as it was given.
    #[must_use]
    pub fn meeting_id(&self) -> &str {
        &self.meeting_id
    }

    /// The local participant's id.
    #[must_use]
    pub fn participant_id(&self) -> &str {
        &self.participant_id
    }

    /// The local participant's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the microphone is wanted.
    #[must_use]
    pub fn mic_enabled(&self) -> bool {
        self.options.mic_enabled
    }

    /// Whether the camera is wanted.
    #[must_use]
    pub fn webcam_enabled(&self) -> bool {
        self.options.webcam_enabled
    }

    /// What the local participant does with media.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.options.mode
    }

    /// What others read about the local participant, as JSON.
    #[must_use]
    pub fn metadata_json(&self) -> Option<String> {
        let metadata = self.options.metadata.as_ref()?;
        Some(Value::Object(metadata.clone()).to_string())
    }

    /// When the token's life is over, in seconds since 1970 (UTC); `None` when it has no end.
    #[must_use]
    pub fn token_expires_at(&self) -> Option<i64> {
        self.token_expires_at
    }

    /// All of it as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let options = &self.options;
        let mut object = Map::new();
        let mut put = |key: &str, value: Value| {
            object.insert(key.to_owned(), value);
        };
        put("state", json!(self.state.name()));
        put("meetingId", json!(self.meeting_id));
        put("participantId", json!(self.participant_id));
        put("name", json!(self.name));
        put("micEnabled", json!(options.mic_enabled));
        put("webcamEnabled", json!(options.webcam_enabled));
        put("mode", json!(options.mode.name()));
        put("multiStream", json!(options.multi_stream));
        put("maxResolution", json!(options.max_resolution.name()));
        put("autoConsume", json!(options.auto_consume));
        put(
            "preferredProtocol",
            json!(options.preferred_protocol.name()),
        );
        put("codecSwitchEnabled", json!(options.codec_switch_enabled));
        put("enableBatching", json!(options.batching_enabled));
        put("debugMode", json!(options.debug_mode));
        put("chatEnabled", json!(options.chat_enabled));
        put("audioCodec", json!(options.audio_codec.name()));
        put("peerType", json!(options.peer_type.name()));
        put("translationLanguage", json!(options.translation_language));
        put("speakingLanguage", json!(options.speaking_language));
        put("metaData", json!(options.metadata));
        put("deviceInfo", json!(options.device_info));
        put("apiBaseUrl", json!(self.api_base_url));
        put("signalingBaseUrl", json!(self.signaling_base_url));
        put("tokenExpiresAt", json!(self.token_expires_at));
        Value::Object(object).to_string()
    }
}

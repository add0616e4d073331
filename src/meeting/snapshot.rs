//! All of a meeting at one moment.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::choice::{Mode, ServiceKind, ServiceState};
use super::options::MeetingOptions;
use super::participant::Participant;
use super::queue::Events;
use super::session::services::state_of;
use super::shared::Shared;
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
    mode: Option<Mode>,
    participants: Vec<Participant>,
    active_speaker: Option<String>,
    session_id: Option<String>,
    services: BTreeMap<&'static str, String>,
    ice_servers: Vec<String>,
    malformed_frames: u64,
    event_sequence: u64,
}

impl MeetingSnapshot {
    pub(super) fn of(shared: &Shared) -> Self {
        shared.look(|state| {
            let session = &state.session;
            Self {
                state: session.state(),
                meeting_id: state.meeting_id(&shared.identity).to_owned(),
                participant_id: shared.identity.participant_id.clone(),
                name: shared.identity.name.clone(),
                token_expires_at: state.token.expires_at(),
                api_base_url: shared.identity.api_base_url.url().to_string(),
                signaling_base_url: shared
                    .identity
                    .signaling_base_url
                    .as_ref()
                    .map(|address| address.url().to_string()),
                options: shared.identity.options.clone(),
                mode: session.local_mode(),
                participants: session.participants(),
                active_speaker: session.active_speaker().map(str::to_owned),
                session_id: session.session_id().map(str::to_owned),
                services: session.services().clone(),
                ice_servers: state.ice_servers.urls(),
                malformed_frames: session.malformed(),
                // Events are made under the lock that is held here: this is their state of things.
                event_sequence: shared.events.look(Events::last_sequence),
            }
        })
    }

    /// Everybody in the room, this participant first, the others in the order in which they came.
    #[must_use]
    pub fn participants(&self) -> &[Participant] {
        &self.participants
    }

    /// The participant with that id.
    #[must_use]
    pub fn participant(&self, id: &str) -> Option<&Participant> {
        self.participants.iter().find(|one| one.id() == id)
    }

    /// The number of the latest event when this was taken, 0 before the first: what events with
    /// greater numbers tell has happened since.
    #[must_use]
    pub fn event_sequence(&self) -> u64 {
        self.event_sequence
    }

    /// Who speaks, by id.
    #[must_use]
    pub fn active_speaker_id(&self) -> Option<&str> {
        self.active_speaker.as_deref()
    }

    /// The id of the session: the room from the first who joins to the last who leaves.
    #[must_use]
    pub fn session_id(&self) -> Option<&str> {
        self.session_id.as_deref()
    }

    /// How far a service is; `None` when nothing was told of it. `services` in the JSON has the
    /// service's own words.
    #[must_use]
    pub fn service_state(&self, kind: ServiceKind) -> Option<ServiceState> {
        state_of(self.services.get(kind.name())?)
    }

    /// Where the meeting stands.
    #[must_use]
    pub fn state(&self) -> MeetingState {
        self.state
    }

    /// The room's id, as it was given; after switching to another meeting that one's.
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
        self.mode.unwrap_or(self.options.mode)
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
        put("mode", json!(self.mode().name()));
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
        let participants: Vec<Value> = self
            .participants
            .iter()
            .map(Participant::to_value)
            .collect();
        put("participants", json!(participants));
        put("activeSpeakerId", json!(self.active_speaker));
        put("sessionId", json!(self.session_id));
        put("services", json!(self.services));
        put("iceServers", json!(self.ice_servers));
        put("eventSequence", json!(self.event_sequence));
        put("malformedFrames", json!(self.malformed_frames));
        Value::Object(object).to_string()
    }
}

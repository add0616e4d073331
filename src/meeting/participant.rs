//! Somebody in the room, as this meeting knows them.

use serde_json::{Map, Value, json};

use super::choice::{Mode, PeerType};

/// Somebody in the room. Immutable: the next snapshot has what changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) local: bool,
    pub(super) mode: Option<Mode>,
    pub(super) peer_type: PeerType,
    pub(super) metadata: Option<Map<String, Value>>,
    pub(super) media: MediaFlags,
    pub(super) pinned: Pinned,
    pub(super) agent_state: Option<String>,
    pub(super) joined_at_ms: i64,
}

/// What somebody sends at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MediaFlags {
    pub(super) audio: bool,
    pub(super) video: bool,
    pub(super) share: bool,
    pub(super) share_audio: bool,
}

impl MediaFlags {
    /// The names that the service uses, in the order of the fields.
    pub(super) const KINDS: [&'static str; 4] = ["audio", "video", "share", "shareAudio"];

    pub(super) fn of(&mut self, kind: &str) -> Option<&mut bool> {
        Some(match kind {
            "audio" => &mut self.audio,
            "video" => &mut self.video,
            "share" => &mut self.share,
            "shareAudio" => &mut self.share_audio,
            _ => return None,
        })
    }
}

/// What of somebody is pinned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pinned {
    pub(super) camera: bool,
    pub(super) share: bool,
}

impl Participant {
    /// As the service describes one (protocol, section 4.3); `None` without an id.
    pub(super) fn read(peer: &Value, now_ms: i64) -> Option<Self> {
        let text = |name: &str| peer[name].as_str().filter(|text| !text.is_empty());
        let is_agent = peer["isAgent"] == true || peer["peerType"] == "agent";
        Some(Self {
            id: text("id")?.to_owned(),
            name: text("displayName").unwrap_or_default().to_owned(),
            local: false,
            mode: text("mode").and_then(mode),
            peer_type: if is_agent {
                PeerType::Agent
            } else {
                PeerType::Normal
            },
            metadata: metadata(&peer["metaData"]),
            media: MediaFlags::default(),
            pinned: Pinned::default(),
            agent_state: None,
            joined_at_ms: now_ms,
        })
    }

    /// The participant's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name that others see.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is this meeting's own participant.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.local
    }

    /// What it does with media; `None` when the service named a mode that this version does not
    /// know.
    #[must_use]
    pub fn mode(&self) -> Option<Mode> {
        self.mode
    }

    /// Whether it is a person or an agent.
    #[must_use]
    pub fn peer_type(&self) -> PeerType {
        self.peer_type
    }

    /// What it tells about itself, as a JSON object.
    #[must_use]
    pub fn metadata_json(&self) -> Option<String> {
        let metadata = self.metadata.as_ref()?;
        Some(Value::Object(metadata.clone()).to_string())
    }

    /// Whether its microphone is on.
    #[must_use]
    pub fn is_mic_on(&self) -> bool {
        self.media.audio
    }

    /// Whether its camera is on.
    #[must_use]
    pub fn is_webcam_on(&self) -> bool {
        self.media.video
    }

    /// Whether it shares a screen.
    #[must_use]
    pub fn is_screen_share_on(&self) -> bool {
        self.media.share
    }

    /// Whether it shares the sound of what it shares.
    #[must_use]
    pub fn is_screen_share_audio_on(&self) -> bool {
        self.media.share_audio
    }

    /// Whether its camera is pinned.
    #[must_use]
    pub fn is_camera_pinned(&self) -> bool {
        self.pinned.camera
    }

    /// Whether its shared screen is pinned.
    #[must_use]
    pub fn is_screen_share_pinned(&self) -> bool {
        self.pinned.share
    }

    /// What an agent is doing: `idle`, `listening`, `thinking` or `speaking`.
    #[must_use]
    pub fn agent_state(&self) -> Option<&str> {
        self.agent_state.as_deref()
    }

    /// When this meeting first saw it, in milliseconds since 1970 (UTC); for the own participant
    /// when it joined, 0 before that.
    #[must_use]
    pub fn joined_at_ms(&self) -> i64 {
        self.joined_at_ms
    }

    /// All of it as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.to_value().to_string()
    }

    pub(super) fn to_value(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "local": self.local,
            "mode": self.mode.map(Mode::name),
            "peerType": self.peer_type.name(),
            "metaData": self.metadata,
            "micOn": self.media.audio,
            "webcamOn": self.media.video,
            "screenShareOn": self.media.share,
            "screenShareAudioOn": self.media.share_audio,
            "pinned": {"cam": self.pinned.camera, "share": self.pinned.share},
            "agentState": self.agent_state,
            "joinedAtMs": self.joined_at_ms,
        })
    }
}

/// Two of the names are old ones (protocol, section 7.9).
pub(super) fn mode(name: &str) -> Option<Mode> {
    match name {
        "CONFERENCE" => Some(Mode::SendAndReceive),
        "VIEWER" => Some(Mode::SignallingOnly),
        name => Mode::from_name(name).ok(),
    }
}

fn metadata(value: &Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(metadata) => Some(metadata.clone()),
        _ => None,
    }
}

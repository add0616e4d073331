//! What a meeting tells.

use serde_json::{Map, Value, json};

use crate::Status;

/// Declares [`EventType`] once: number, name and meaning.
macro_rules! event_types {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $name:literal;)+) => {
        /// What kind of event it is. Numbers are stable and never reused: 1 … 99 the meeting
        /// itself, 100 … participants, 200 … entry and moderation, 300 … messages and values, 400 …
        /// services, 500 … agents and characters, 600 … other meetings, 700 … media.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[repr(i32)]
        pub enum EventType {
            $($(#[$doc])* $variant = $number,)+
        }

        impl EventType {
            /// Every type, in the order of declaration.
            pub const ALL: &[EventType] = &[$(EventType::$variant,)+];

            /// Its stable name, e.g. `STATE_CHANGED`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(EventType::$variant => $name,)+
                }
            }
        }
    };
}

event_types! {
    /// The meeting is in another state: `code` is its number, `text` its name. When it ended by
    /// itself, `status` says why. On a new connection CONNECTED comes once topics and values are
    /// subscribed and observed again; `lostTopics` and `lostKeys` in the JSON are those that are
    /// not. CONNECTING can follow CONNECTED: when the meeting is switched.
    StateChanged = 1, "STATE_CHANGED";
    /// The token works, but not for long or not as one would think: `code` is the number of the
    /// finding, `text` explains it and says what to do.
    TokenWarning = 2, "TOKEN_WARNING";
    /// The token's life is over in a minute or less: `code` is the seconds left. Hand in a fresh
    /// one; who is in the room stays there in any case.
    TokenExpiring = 3, "TOKEN_EXPIRING";
    /// Events were lost because they were not read: `code` is how many. Read the snapshot again.
    Overflow = 4, "OVERFLOW";
    /// Something is not as it should be, but the meeting goes on: `text` says what.
    Warning = 5, "WARNING";
    /// The service reported an error: `code` is its number, `text` its words.
    Error = 6, "ERROR";
    /// The connection was lost and is made anew: `code` is the try, `text` why; `attempts` and
    /// `delayMs` (until the try) are in the JSON.
    Reconnecting = 7, "RECONNECTING";
    /// This participant is no longer in the room: `code` is the service's number for the reason,
    /// `text` its name. The state follows.
    MeetingLeft = 8, "MEETING_LEFT";
    /// The service told something that this version does not know: `text` is its name, `data` in
    /// the JSON what it holds.
    Unknown = 9, "UNKNOWN";

    /// Somebody is in the room: `text` is the name, `participant` in the JSON the rest.
    ParticipantJoined = 100, "PARTICIPANT_JOINED";
    /// Somebody is no longer in the room: `code` is the service's number for the reason, `text` its
    /// name.
    ParticipantLeft = 101, "PARTICIPANT_LEFT";
    /// Somebody has another name, which is `text`.
    ParticipantNameChanged = 102, "PARTICIPANT_NAME_CHANGED";
    /// Somebody does something else with media: `code` is the mode, 0 when it is unknown, `text`
    /// its name.
    ParticipantModeChanged = 103, "PARTICIPANT_MODE_CHANGED";
    /// Somebody tells something else about itself: `metaData` in the JSON.
    ParticipantMetadataChanged = 104, "PARTICIPANT_METADATA_CHANGED";
    /// Somebody, perhaps this participant, began (`code` 1) or stopped (0) to send: `text` is
    /// `audio`, `video`, `share` or `shareAudio`.
    MediaStateChanged = 105, "MEDIA_STATE_CHANGED";
    /// Somebody else speaks; nobody when there is no participant.
    ActiveSpeakerChanged = 106, "ACTIVE_SPEAKER_CHANGED";
    /// Somebody was pinned or unpinned: `cam`, `share` and `pinnedBy` are in the JSON.
    PinStateChanged = 107, "PIN_STATE_CHANGED";

    /// Somebody asks to be let in: `text` is the name. Answer with `respond_entry`.
    EntryRequested = 200, "ENTRY_REQUESTED";
    /// It was decided whether somebody is let in: `code` is 1 or 0, `text` the decision.
    EntryResponded = 201, "ENTRY_RESPONDED";
    /// Somebody asks this participant to switch its microphone on: one that is added or enabled
    /// accepts it, who does nothing declines.
    MicRequested = 202, "MIC_REQUESTED";
    /// Somebody asks this participant to switch its camera on: likewise.
    WebcamRequested = 203, "WEBCAM_REQUESTED";
    /// Somebody asks this participant to go on in the meeting whose id is `text`.
    SwitchRequested = 204, "SWITCH_REQUESTED";

    /// A message came: `text` is the topic, `payload` the message, the participant its sender;
    /// `code` is 1 when it is from before the subscription. `id`, `timestamp`,
    /// `payload` and `sendOnly` are in the JSON.
    Message = 300, "MESSAGE";
    /// A value that is observed has changed: `text` is the key, `payload` the value, the
    /// participant who changed it; `code` is 0 when the value is gone.
    StoreValueChanged = 301, "STORE_VALUE_CHANGED";

    /// The recording is in another state: `text` is its name, `code` 1 starting, 2 started,
    /// 3 stopping, 4 stopped, 0 unknown: also when the service told nothing of it on a new
    /// connection. So it is with the other services.
    RecordingStateChanged = 400, "RECORDING_STATE_CHANGED";
    /// The livestream is in another state.
    LivestreamStateChanged = 401, "LIVESTREAM_STATE_CHANGED";
    /// The HLS stream is in another state; `code` 5: it can be played, its URLs are in the JSON.
    HlsStateChanged = 402, "HLS_STATE_CHANGED";
    /// The transcription is in another state.
    TranscriptionStateChanged = 403, "TRANSCRIPTION_STATE_CHANGED";
    /// The translation is in another state.
    TranslationStateChanged = 404, "TRANSLATION_STATE_CHANGED";
    /// The whiteboard was started (its `url` is in the JSON) or stopped.
    WhiteboardStateChanged = 405, "WHITEBOARD_STATE_CHANGED";
    /// Somebody said `text`; `data` in the JSON has the rest, here and in what follows.
    TranscriptionText = 410, "TRANSCRIPTION_TEXT";
    /// Somebody said something, which is `text` in this participant's language.
    TranslationText = 411, "TRANSLATION_TEXT";
    /// Somebody wants translations in the language `text`.
    TranslationLanguageChanged = 412, "TRANSLATION_LANGUAGE_CHANGED";

    /// An agent does something else: `text` is `idle`, `listening`, `thinking` or `speaking`.
    AgentStateChanged = 500, "AGENT_STATE_CHANGED";
    /// An agent heard or said `text`; the participant is who spoke.
    AgentTranscript = 501, "AGENT_TRANSCRIPT";
    /// Figures of an agent.
    AgentMetrics = 502, "AGENT_METRICS";
    /// A character joined; `text` is its name.
    CharacterJoined = 510, "CHARACTER_JOINED";
    /// A character left.
    CharacterLeft = 511, "CHARACTER_LEFT";
    /// A character is in the state `text`.
    CharacterStateChanged = 512, "CHARACTER_STATE_CHANGED";
    /// A character said `text`.
    CharacterMessage = 513, "CHARACTER_MESSAGE";
    /// Somebody said `text` to a character.
    CharacterUserMessage = 514, "CHARACTER_USER_MESSAGE";
    /// A character sent data on the topic `text`.
    CharacterData = 515, "CHARACTER_DATA";
    /// A character failed.
    CharacterError = 516, "CHARACTER_ERROR";

    /// A connection to the meeting `text` was opened.
    ConnectionOpened = 600, "CONNECTION_OPENED";
    /// The connection to the meeting `text` was closed.
    ConnectionClosed = 601, "CONNECTION_CLOSED";
    /// Somebody in a connected meeting wrote `text`.
    ConnectionMessage = 602, "CONNECTION_MESSAGE";
    /// Somebody joined the connected meeting `text`.
    ConnectionParticipantJoined = 603, "CONNECTION_PARTICIPANT_JOINED";
    /// Somebody left the connected meeting `text`.
    ConnectionParticipantLeft = 604, "CONNECTION_PARTICIPANT_LEFT";
    /// Media is relayed to the meeting `text`.
    MediaRelayStarted = 610, "MEDIA_RELAY_STARTED";
    /// Media is no longer relayed to the meeting `text`.
    MediaRelayStopped = 611, "MEDIA_RELAY_STOPPED";
    /// Media could not be relayed to the meeting `text`.
    MediaRelayError = 612, "MEDIA_RELAY_ERROR";
    /// Somebody in the meeting `text` asks to relay its media to this one.
    MediaRelayRequested = 613, "MEDIA_RELAY_REQUESTED";
    /// The meeting `text` answered to the wish to relay media there.
    MediaRelayResponded = 614, "MEDIA_RELAY_RESPONDED";

    /// Somebody sends a track that can be received now: `code` is its kind, `text` the name of that;
    /// `codec`, `spatialLayers`, `temporalLayers`, `paused` and `appData` are in the JSON.
    TrackAdded = 700, "TRACK_ADDED";
    /// A track is no longer sent.
    TrackRemoved = 701, "TRACK_REMOVED";
    /// A track rests: its sender has paused it.
    TrackPaused = 702, "TRACK_PAUSED";
    /// A track goes on.
    TrackResumed = 703, "TRACK_RESUMED";
    /// A track comes in another size or rate: `code` is the spatial layer, -1 for none; both layers
    /// are in the JSON.
    TrackLayersChanged = 704, "TRACK_LAYERS_CHANGED";
    /// One of this participant's own tracks is sent from now on: `code` is its kind.
    TrackPublished = 710, "TRACK_PUBLISHED";
    /// One of this participant's own tracks is no longer sent.
    TrackUnpublished = 711, "TRACK_UNPUBLISHED";
    /// One of this participant's own tracks cannot be sent: `text` says why, `remedy` in the JSON
    /// what to do.
    TrackFailed = 712, "TRACK_FAILED";
    /// The options want a microphone or a camera, but there is no track to send: `text` is `audio`
    /// or `video`. It is sent as soon as there is one.
    SourceMissing = 713, "SOURCE_MISSING";
    /// Somebody cannot decode one of this participant's own tracks without a key frame: make one.
    KeyFrameRequested = 714, "KEY_FRAME_REQUESTED";
    /// The network allows something else for one of this participant's own tracks: `code` is the
    /// layer. Ask the track for the target of its encoder.
    EncoderTargetChanged = 715, "ENCODER_TARGET_CHANGED";
    /// The network begins (`code` 1) or ceases (0) to leave one of this participant's own pictures
    /// less than it wants: `text` is what is scarce, `bandwidth`; `state`, `wantedKbps` and
    /// `grantedKbps` are in the JSON. Or raw pictures are not encoded in time: `text` is `cpu`, and
    /// `reducedBy` is by what each side is divided meanwhile.
    QualityLimitationChanged = 716, "QUALITY_LIMITATION_CHANGED";
    /// The way for media is another one: `text` is `send` or `receive`, `code` 1 connected,
    /// 2 disconnected (it is looked for anew), 3 failed; `reason` is in the JSON.
    TransportStateChanged = 720, "TRANSPORT_STATE_CHANGED";
    /// Data came: `payload` is it, `text` is `text` or `binary`, `code` the reliability, 1 reliable
    /// or 2 unreliable.
    Data = 730, "DATA";
    /// Microphones or speakers came or went, or another one is the default: `code` is the kind,
    /// `text` its name; `added`, `removed` and `default` are in the JSON.
    DevicesChanged = 740, "DEVICES_CHANGED";
    /// A microphone or speaker could not be opened, or does not work any more: `code` is its kind,
    /// `text` says why, `remedy` in the JSON what to do. The meeting goes on.
    DeviceFailed = 741, "DEVICE_FAILED";
}

/// One event. Immutable.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub(super) kind: EventType,
    pub(super) sequence: u64,
    pub(super) time_ms: i64,
    pub(super) participant_id: Option<String>,
    pub(super) participant_name: Option<String>,
    pub(super) track_id: Option<String>,
    pub(super) code: i32,
    pub(super) text: Option<String>,
    pub(super) payload: Vec<u8>,
    pub(super) status: Option<Status>,
    pub(super) details: Map<String, Value>,
}

impl Event {
    /// An event that still has to be given its place in the order.
    pub(super) fn new(kind: EventType) -> Self {
        Self {
            kind,
            sequence: 0,
            time_ms: 0,
            participant_id: None,
            participant_name: None,
            track_id: None,
            code: 0,
            text: None,
            payload: Vec::new(),
            status: None,
            details: Map::new(),
        }
    }

    pub(super) fn about(mut self, id: &str) -> Self {
        self.participant_id = Some(id.to_owned());
        self
    }

    /// What whom it is about is called, where the roster does not know it.
    pub(super) fn named(mut self, name: &str) -> Self {
        self.participant_name = Some(name.to_owned());
        self
    }

    pub(super) fn of_track(mut self, id: &str) -> Self {
        self.track_id = Some(id.to_owned());
        self
    }

    pub(super) fn with_code(mut self, code: i32) -> Self {
        self.code = code;
        self
    }

    pub(super) fn with_text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    pub(super) fn with_status(mut self, status: Option<Status>) -> Self {
        self.status = status;
        self
    }

    pub(super) fn with_payload(mut self, payload: &[u8]) -> Self {
        self.payload = payload.to_vec();
        self
    }

    pub(super) fn with_detail(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.details.insert(key.to_owned(), value.into());
        self
    }

    /// What kind of event it is.
    #[must_use]
    pub fn kind(&self) -> EventType {
        self.kind
    }

    /// Its number in the order of this meeting's events, from 1. A gap means lost events.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// When it happened, in milliseconds since 1970 (UTC).
    #[must_use]
    pub fn time_ms(&self) -> i64 {
        self.time_ms
    }

    /// Whom it is about or from.
    #[must_use]
    pub fn participant_id(&self) -> Option<&str> {
        self.participant_id.as_deref()
    }

    /// What that participant was called at that moment, where it is known.
    #[must_use]
    pub fn participant_name(&self) -> Option<&str> {
        self.participant_name.as_deref()
    }

    /// Which track it is about.
    #[must_use]
    pub fn track_id(&self) -> Option<&str> {
        self.track_id.as_deref()
    }

    /// A number whose meaning depends on the type.
    #[must_use]
    pub fn code(&self) -> i32 {
        self.code
    }

    /// A text whose meaning depends on the type.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Bytes whose meaning depends on the type; mostly none.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The failure behind it, if there is one.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        self.status
    }

    /// All of it as JSON, with what has no getter of its own.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut object = self.details.clone();
        object.insert("type".to_owned(), json!(self.kind.name()));
        object.insert("sequence".to_owned(), json!(self.sequence));
        object.insert("timeMs".to_owned(), json!(self.time_ms));
        object.insert("code".to_owned(), json!(self.code));
        for (key, value) in [
            ("participantId", &self.participant_id),
            ("participantName", &self.participant_name),
            ("trackId", &self.track_id),
            ("text", &self.text),
        ] {
            if let Some(value) = value {
                object.insert(key.to_owned(), json!(value));
            }
        }
        if self.kind == EventType::Message {
            object.insert(
                "message".to_owned(),
                String::from_utf8_lossy(&self.payload).into(),
            );
        }
        if self.kind == EventType::StoreValueChanged && self.code != 0 {
            object.insert(
                "value".to_owned(),
                String::from_utf8_lossy(&self.payload).into(),
            );
        }
        if let Some(status) = self.status {
            object.insert("status".to_owned(), json!(status.name()));
        }
        Value::Object(object).to_string()
    }
}

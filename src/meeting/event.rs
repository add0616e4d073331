//! What a meeting tells.

use serde_json::{Map, Value, json};

use crate::Status;

/// Declares [`EventType`] once: number, name and meaning.
macro_rules! event_types {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $name:literal;)+) => {
        /// What kind of event it is. Numbers are stable and never reused; 1 … 99 the meeting
        /// itself.
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
    /// itself, `status` says why.
    StateChanged = 1, "STATE_CHANGED";
    /// The token works, but not for long or not as one would think: `code` is the number of the
    /// finding, `text` explains it and says what to do.
    TokenWarning = 2, "TOKEN_WARNING";
    /// The token's life is over in a minute or less: `code` is the seconds left. Hand in a fresh
    /// one; who is in the room stays there in any case.
    TokenExpiring = 3, "TOKEN_EXPIRING";
    /// Events were lost because they were not read: `code` is how many. Read the snapshot again.
    Overflow = 4, "OVERFLOW";
}

/// One event. Immutable.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub(super) kind: EventType,
    pub(super) sequence: u64,
    pub(super) time_ms: i64,
    pub(super) participant_id: Option<String>,
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
            ("trackId", &self.track_id),
            ("text", &self.text),
        ] {
            if let Some(value) = value {
                object.insert(key.to_owned(), json!(value));
            }
        }
        if let Some(status) = self.status {
            object.insert("status".to_owned(), json!(status.name()));
        }
        Value::Object(object).to_string()
    }
}

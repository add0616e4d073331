//! The services of a meeting: recording and the like (protocol, section 13).

use serde_json::Value;

use super::Session;
use super::outputs::Waiter;
use crate::meeting::event::{Event, EventType};

/// A service: its name in notifications, the names of its states, and its event.
struct Service {
    name: &'static str,
    states: &'static str,
    event: EventType,
}

const SERVICES: &[Service] = &[
    Service {
        name: "recording",
        states: "RECORDING",
        event: EventType::RecordingStateChanged,
    },
    Service {
        name: "livestream",
        states: "LIVESTREAM",
        event: EventType::LivestreamStateChanged,
    },
    Service {
        name: "hls",
        states: "HLS",
        event: EventType::HlsStateChanged,
    },
    Service {
        name: "transcription",
        states: "TRANSCRIPTION",
        event: EventType::TranscriptionStateChanged,
    },
    Service {
        name: "translation",
        states: "TRANSLATION",
        event: EventType::TranslationStateChanged,
    },
    Service {
        name: "whiteboard",
        states: "WHITEBOARD",
        event: EventType::WhiteboardStateChanged,
    },
];

/// The numbers of states, the same for every service.
const STATES: [&str; 5] = ["STARTING", "STARTED", "STOPPING", "STOPPED", "PLAYABLE"];

impl<T: Waiter> Session<T> {
    /// Whether a notification was one of a service. Their beginning and end are told twice, by a
    /// state and by a notification of their own: the app hears of each once.
    pub(super) fn service_told(&mut self, method: &str, data: &Value) -> bool {
        let found = SERVICES
            .iter()
            .find_map(|service| Some((service, method.strip_prefix(service.name)?)));
        let Some((service, what)) = found else {
            return false;
        };
        let status = match what {
            "StateChanged" => match data["status"].as_str() {
                Some(status) => status.to_owned(),
                None => return false,
            },
            "PlayableStateChanged" if data["isPlayable"] == true => {
                format!("{}_PLAYABLE", service.states)
            }
            "Started" | "Stopped" => format!("{}_{}", service.states, what.to_uppercase()),
            _ => return false,
        };
        let known = self.services.insert(service.name, status.clone());
        if known.as_ref() == Some(&status) && matches!(what, "Started" | "Stopped") {
            return true;
        }
        let state = status
            .strip_prefix(service.states)
            .and_then(|state| state.strip_prefix('_'));
        let code = STATES.iter().position(|known| Some(*known) == state);
        let code = code.map_or(0, |at| i32::try_from(at + 1).unwrap_or(0));
        let mut event = Event::new(service.event).with_code(code).with_text(status);
        for (name, value) in data.as_object().into_iter().flatten() {
            if name != "status" {
                event = event.with_detail(name, crate::redact::masked_json(value.clone()));
            }
        }
        self.tell(event);
        true
    }
}

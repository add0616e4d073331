//! The services of a meeting: recording and the like (protocol, section 13).

use serde_json::Value;

use super::Session;
use super::outputs::Waiter;
use crate::meeting::choice::ServiceState;
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

/// How far a service is, by what the service calls it, e.g. `RECORDING_STARTED`; `None` for states
/// that this version does not know.
pub(in crate::meeting) fn state_of(status: &str) -> Option<ServiceState> {
    let states = SERVICES
        .iter()
        .find_map(|service| status.strip_prefix(service.states))?;
    ServiceState::from_name(states.strip_prefix('_')?).ok()
}

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
        self.unconfirmed_services.remove(service.name);
        let known = self.services.insert(service.name, status.clone());
        if known.as_ref() == Some(&status) && matches!(what, "Started" | "Stopped") {
            return true;
        }
        let code = state_of(&status).map_or(0, |state| state as i32);
        let mut event = Event::new(service.event).with_code(code).with_text(status);
        for (name, value) in data.as_object().into_iter().flatten() {
            if name != "status" {
                event = event.with_detail(name, crate::redact::masked_json(value.clone()));
            }
        }
        self.tell(event);
        true
    }

    /// The room was joined anew: services that run are told of again, as far as the service does so.
    pub(super) fn expect_services_anew(&mut self) {
        self.unconfirmed_services = self.services.keys().copied().collect();
    }

    /// What became of the others while there was no connection, nobody knows.
    pub(super) fn settle_services(&mut self) {
        for name in std::mem::take(&mut self.unconfirmed_services) {
            let service = SERVICES.iter().find(|service| service.name == name);
            if let (Some(service), Some(_)) = (service, self.services.remove(name)) {
                let text = format!("{}_UNKNOWN", service.states);
                self.tell(Event::new(service.event).with_text(text));
            }
        }
    }
}

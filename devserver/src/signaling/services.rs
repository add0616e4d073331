//! What a session can have running beside the meeting itself.

use serde_json::{Value, json};

use crate::world::random_hex;

/// A service. None of them makes anything here: they have their states, and tell them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    Recording,
    Livestream,
    Hls,
    Transcription,
    Translation,
    Whiteboard,
}

/// What runs, with what its notifications say of it.
#[derive(Debug, Default)]
pub(crate) struct Running(Vec<(Service, Value)>);

/// A notification: its method and data.
pub(crate) type Told = (&'static str, Value);

impl Service {
    pub fn name(self) -> &'static str {
        match self {
            Service::Recording => "recording",
            Service::Livestream => "livestream",
            Service::Hls => "HLS",
            Service::Transcription => "transcription",
            Service::Translation => "translation",
            Service::Whiteboard => "whiteboard",
        }
    }

    /// The service's number for a start that is refused.
    pub fn start_failed(self) -> u16 {
        match self {
            Service::Recording => 4011,
            Service::Livestream => 4013,
            Service::Hls => 4016,
            Service::Transcription => 4031,
            Service::Translation => 4042,
            Service::Whiteboard => 4054,
        }
    }

    /// The service's number for a stop that is refused.
    pub fn stop_failed(self) -> u16 {
        match self {
            Service::Transcription => 4032,
            Service::Translation => 4043,
            other => other.start_failed() + 1,
        }
    }

    /// What its notifications say while it runs. The host names end in `.invalid`, which no name
    /// server knows (RFC 6761, section 6.4): there is nothing to fetch.
    fn details(self) -> Value {
        let id = random_hex(12);
        match self {
            Service::Hls => {
                let address = |name: &str| format!("https://hls.invalid/{id}/{name}.m3u8");
                json!({
                    "downstreamUrl": address("index"),
                    "playbackHlsUrl": address("playback"),
                    "livestreamUrl": address("live"),
                })
            }
            Service::Transcription => json!({"id": id}),
            Service::Whiteboard => json!({"url": format!("https://whiteboard.invalid/{id}")}),
            _ => json!({}),
        }
    }

    /// What everybody is told of a state; a whiteboard has none.
    fn state(self, state: &str, details: &Value) -> Option<Told> {
        let (method, prefix) = match self {
            Service::Recording => ("recordingStateChanged", "RECORDING"),
            Service::Livestream => ("livestreamStateChanged", "LIVESTREAM"),
            Service::Hls => ("hlsStateChanged", "HLS"),
            Service::Transcription => ("transcriptionStateChanged", "TRANSCRIPTION"),
            Service::Translation => ("translationStateChanged", "TRANSLATION"),
            Service::Whiteboard => return None,
        };
        let mut data = details.clone();
        data["status"] = json!(format!("{prefix}_{state}"));
        Some((method, data))
    }

    fn starting(self, details: &Value) -> Vec<Told> {
        // Addresses are there when it has started.
        let known = match self {
            Service::Transcription => details.clone(),
            _ => json!({}),
        };
        let mut told: Vec<Told> = self.state("STARTING", &known).into_iter().collect();
        told.extend(self.running(details));
        told
    }

    fn running(self, details: &Value) -> Vec<Told> {
        let mut told: Vec<Told> = self.state("STARTED", details).into_iter().collect();
        match self {
            Service::Recording => told.push(("recordingStarted", json!({}))),
            Service::Livestream => told.push(("livestreamStarted", json!({}))),
            Service::Hls => {
                let address = json!({"downstreamUrl": details["downstreamUrl"]});
                told.push(("hlsStarted", address));
                let mut playable = details.clone();
                playable["isPlayable"] = json!(true);
                told.push(("hlsPlayableStateChanged", playable));
            }
            Service::Whiteboard => told.push(("whiteboardStarted", details.clone())),
            Service::Transcription | Service::Translation => {}
        }
        told
    }

    fn stopping(self, details: &Value) -> Vec<Told> {
        let known = match self {
            Service::Transcription => details.clone(),
            _ => json!({}),
        };
        let states = ["STOPPING", "STOPPED"];
        let mut told: Vec<Told> = states
            .into_iter()
            .filter_map(|state| self.state(state, &known))
            .collect();
        let last = match self {
            Service::Recording => "recordingStopped",
            Service::Livestream => "livestreamStopped",
            Service::Hls => "hlsStopped",
            Service::Whiteboard => "whiteboardStopped",
            Service::Transcription | Service::Translation => return told,
        };
        told.push((last, json!({})));
        told
    }
}

impl Running {
    /// What runs, in the order of their starts.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(service, _)| service.name())
    }

    pub fn has(&self, service: Service) -> bool {
        self.0.iter().any(|(running, _)| *running == service)
    }

    /// Starts it, and gives what to tell everybody; nothing when it runs already.
    pub fn start(&mut self, service: Service) -> Option<Vec<Told>> {
        if self.has(service) {
            return None;
        }
        let details = service.details();
        let told = service.starting(&details);
        self.0.push((service, details));
        Some(told)
    }

    /// Stops it, and gives what to tell everybody; nothing when it does not run.
    pub fn stop(&mut self, service: Service) -> Option<Vec<Told>> {
        let index = self.0.iter().position(|(running, _)| *running == service)?;
        let (_, details) = self.0.remove(index);
        Some(service.stopping(&details))
    }

    /// What to tell a newcomer.
    pub fn told_to_newcomers(&self) -> Vec<Told> {
        self.0
            .iter()
            .flat_map(|(service, details)| service.running(details))
            .collect()
    }
}

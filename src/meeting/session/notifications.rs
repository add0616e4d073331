//! What the service tells and asks by itself (protocol, section 6).

use serde_json::{Value, json};

use super::outputs::Waiter;
use super::roster::Change;
use super::{Moment, Phase, Session};
use crate::media::TrackKind;
use crate::meeting::event::{Event, EventType};
use crate::meeting::leave_reason::LeaveReason;
use crate::meeting::participant;
use crate::meeting::refusal;
use crate::redact::{Redactor, masked_json};
use crate::signaling::{Frame, Refusal};

/// Notifications that are passed on as they are: the participant and the text are in these fields,
/// of which one may be within another.
const PASSED_ON: &[(&str, EventType, &str, &str)] = &[
    (
        "transcriptionText",
        EventType::TranscriptionText,
        "participantId",
        "text",
    ),
    (
        "translationText",
        EventType::TranslationText,
        "participantId",
        "text",
    ),
    (
        "translationLanguageChanged",
        EventType::TranslationLanguageChanged,
        "peerId",
        "language",
    ),
    (
        "agentTranscript",
        EventType::AgentTranscript,
        "peerId",
        "text",
    ),
    ("agentMetrics", EventType::AgentMetrics, "peerId", ""),
    (
        "addCharacter",
        EventType::CharacterJoined,
        "id",
        "displayName",
    ),
    ("removeCharacter", EventType::CharacterLeft, "id", ""),
    (
        "characterStateChanged",
        EventType::CharacterStateChanged,
        "id",
        "status",
    ),
    (
        "characterMessage",
        EventType::CharacterMessage,
        "id",
        "text",
    ),
    ("userMessage", EventType::CharacterUserMessage, "id", "text"),
    ("characterData", EventType::CharacterData, "id", "topic"),
    ("characterError", EventType::CharacterError, "id", ""),
    ("connectionOpen", EventType::ConnectionOpened, "", "roomId"),
    ("connectionClose", EventType::ConnectionClosed, "", "roomId"),
    (
        "connectionChatMessage",
        EventType::ConnectionMessage,
        "peerId",
        "message",
    ),
    (
        "connectionParticipantJoined",
        EventType::ConnectionParticipantJoined,
        "peer/id",
        "roomId",
    ),
    (
        "connectionParticipantLeft",
        EventType::ConnectionParticipantLeft,
        "peerId",
        "roomId",
    ),
    (
        "mediaRelayStarted",
        EventType::MediaRelayStarted,
        "",
        "meetingId",
    ),
    (
        "mediaRelayStopped",
        EventType::MediaRelayStopped,
        "",
        "meetingId",
    ),
    (
        "mediaRelayError",
        EventType::MediaRelayError,
        "",
        "meetingId",
    ),
    (
        "mediaRelayRequestReceived",
        EventType::MediaRelayRequested,
        "peerId",
        "meetingId",
    ),
    (
        "mediaRelayRequestResponse",
        EventType::MediaRelayResponded,
        "decidedBy",
        "meetingId",
    ),
];

impl<T: Waiter> Session<T> {
    /// A frame came. Behind a goodbye they change nothing any more.
    pub(in crate::meeting) fn received(&mut self, now: Moment, frame: Frame) {
        self.now = now;
        if !self.is_connected() {
            return;
        }
        if let Some(frame) = self.keep_early(frame) {
            self.look_at(frame);
        }
    }

    pub(super) fn look_at(&mut self, frame: Frame) {
        match frame {
            Frame::Response { id, answer } => self.answered(id, answer),
            Frame::Request { id, method, data } => self.asked(id, &method, data),
            Frame::Notification { method, data } => self.notified(&method, data),
        }
    }

    /// A request of the service: every one is answered.
    fn asked(&mut self, id: u64, method: &str, data: Value) {
        match method {
            "close" => {
                self.accept(id, &json!({}));
                self.closed_by_service(&data["reason"]);
            }
            "statsData" => self.statistics_asked(id),
            "disableMic" => {
                self.accept(id, &json!({}));
                self.disable_tracks(TrackKind::Audio);
            }
            "disableWebcam" => {
                self.accept(id, &json!({}));
                self.disable_tracks(TrackKind::Video);
            }
            "enableMic" | "enableWebcam" => {
                self.accept(id, &json!({}));
                let kind = match method {
                    "enableMic" => EventType::MicRequested,
                    _ => EventType::WebcamRequested,
                };
                self.tell(about(Event::new(kind), &data["peerId"]));
            }
            "pinStateChanged" => {
                self.accept(id, &json!({}));
                self.pin_changed(&data);
            }
            "switchRoom" => {
                self.accept(id, &json!({}));
                let event = Event::new(EventType::SwitchRequested)
                    .with_text(data["roomId"].as_str().unwrap_or_default())
                    .with_detail("data", masked_json(data.clone()));
                self.tell(about(event, &data["peerId"]));
            }
            "newConsumer" => self.consumer_came(id, &data),
            "newDataConsumer" => self.data_consumer_came(id, &data),
            unknown => {
                self.refuse(id, 404, "this client does not know the method");
                self.tell_unknown(unknown, data);
            }
        }
    }

    fn notified(&mut self, method: &str, data: Value) {
        let text = |name: &str| data[name].as_str().unwrap_or_default();
        match method {
            "newPeer" => self.peer_came(&data),
            "peerClosed" => {
                let reason = LeaveReason::read(&data["reason"]);
                let changes = self.roster.remove(text("peerId"), reason);
                self.tell_changes(changes);
            }
            "peerDisplayNameChanged" => {
                let changes = self.roster.rename(text("peerId"), text("displayName"));
                self.tell_changes(changes);
            }
            "peerModeChanged" => self.mode_changed(text("peerId"), text("mode")),
            "participantMediaStateChanged" => {
                let on = data["newState"] == true;
                let changes = self.roster.set_media(text("peerId"), text("kind"), on);
                self.tell_changes(changes);
            }
            "consumerClosed" => self.consumer_closed(text("consumerId")),
            "consumerPaused" => self.consumer_paused(text("consumerId"), true),
            "consumerResumed" => self.consumer_paused(text("consumerId"), false),
            "consumerLayersChanged" => self.layers_changed(&data),
            "dataConsumerClosed" => self.data_consumer_closed(text("dataConsumerId")),
            "restartIce" => self.service_restarts_ice(&data),
            // How well something gets through; the figures of the transport say more.
            "producerScore" | "consumerScore" => {}
            "activeSpeaker" => self.speaker_changed(&data["peerId"]),
            "entryRequested" => {
                let event = Event::new(EventType::EntryRequested)
                    .named(text("name"))
                    .with_text(text("name"));
                self.tell(about(event, &data["id"]));
            }
            "entryResponded" => self.entry_responded(&data),
            "pubsubMessage" => self.message_came(&data),
            "error" => self.complained(&data),
            "agentStateChanged" => {
                let state = text("state");
                if let Some(agent) = self.roster.participant(text("peerId")) {
                    agent.agent_state = Some(state.to_owned());
                }
                let event = Event::new(EventType::AgentStateChanged).with_text(state);
                self.tell(about(event, &data["peerId"]));
            }
            "realtimeStoreValueChanged" => self.value_changed(&data),
            // Known from the other front end alone; that it may come here is inferred.
            "batchNotification" => {
                for one in data["notifications"]
                    .as_array()
                    .cloned()
                    .unwrap_or_default()
                {
                    let method = one["method"].as_str().unwrap_or_default().to_owned();
                    let data = match &one["data"] {
                        Value::Object(_) => one["data"].clone(),
                        _ => one,
                    };
                    if method != "batchNotification" {
                        self.notified(&method, data);
                    }
                }
            }
            other if self.service_told(other, &data) => {}
            other => match PASSED_ON.iter().find(|(method, ..)| *method == other) {
                Some((_, kind, id, text)) => self.pass_on(*kind, id, text, data),
                None => self.tell_unknown(other, data),
            },
        }
    }

    fn pass_on(&mut self, kind: EventType, id: &str, text: &str, data: Value) {
        let field = |path: &str| data.pointer(&format!("/{path}")).unwrap_or(&Value::Null);
        let mut event = about(Event::new(kind), field(id));
        if let Some(text) = field(text).as_str() {
            event = event.with_text(text);
        }
        self.tell(event.with_detail("data", masked_json(data)));
    }

    fn tell_unknown(&mut self, method: &str, data: Value) {
        let event = Event::new(EventType::Unknown)
            .with_text(crate::redact::masked(method))
            .with_detail("data", masked_json(data));
        self.tell(event);
    }

    fn complained(&mut self, data: &Value) {
        let code = data["code"]
            .as_i64()
            .and_then(|code| i32::try_from(code).ok());
        let reason = data["message"].as_str().map(str::to_owned);
        let refusal = Refusal { code, reason };
        let redactor = Redactor::new();
        let error = refusal::error("do something in the meeting", &refusal, &redactor);
        let event = Event::new(EventType::Error)
            .with_code(code.unwrap_or(0))
            .with_text(error.service_text().unwrap_or_default())
            .with_status(Some(error.status()));
        self.tell(event);
        if matches!(self.phase, Phase::Entering(_)) {
            let refusal = Refusal {
                code,
                reason: error.service_text().map(str::to_owned),
            };
            self.last_complaint = Some(refusal::error("join the meeting", &refusal, &redactor));
        }
    }

    pub(super) fn speaker_changed(&mut self, id: &Value) {
        let id = id.as_str().map(str::to_owned);
        if self.active_speaker != id {
            self.active_speaker.clone_from(&id);
            let mut event = Event::new(EventType::ActiveSpeakerChanged);
            if let Some(id) = &id {
                event = event.about(id);
            }
            self.tell(event);
        }
    }

    pub(super) fn mode_changed(&mut self, id: &str, mode: &str) {
        let changes = self.roster.set_mode(id, participant::mode(mode));
        self.tell_changes(changes);
    }

    fn pin_changed(&mut self, data: &Value) {
        let id = data["peerId"].as_str().unwrap_or_default();
        let state = &data["state"];
        let (camera, share) = (state["cam"].as_bool(), state["share"].as_bool());
        if let Some(pinned) = self.roster.pin(id, camera, share) {
            let event = Event::new(EventType::PinStateChanged)
                .about(id)
                .with_detail("cam", pinned.camera)
                .with_detail("share", pinned.share)
                .with_detail("pinnedBy", data["pinnedBy"].clone());
            self.tell(event);
        }
    }

    pub(super) fn tell_changes(&mut self, changes: Vec<Change>) {
        for change in changes {
            if let Change::Left { id, .. } = &change {
                self.consumers_left(id);
                if self.active_speaker.as_ref() == Some(id) {
                    self.speaker_changed(&Value::Null);
                }
            }
            let event = match change {
                Change::Joined(participant) => Event::new(EventType::ParticipantJoined)
                    .about(&participant.id)
                    .with_text(participant.name.clone())
                    .with_detail("participant", participant.to_value()),
                Change::Left { id, name, reason } => Event::new(EventType::ParticipantLeft)
                    .about(&id)
                    .named(&name)
                    .with_code(reason.code)
                    .with_text(reason.name),
                Change::Name { id, name } => Event::new(EventType::ParticipantNameChanged)
                    .about(&id)
                    .with_text(name),
                Change::Mode { id, mode } => Event::new(EventType::ParticipantModeChanged)
                    .about(&id)
                    .with_code(mode.map_or(0, |mode| mode as i32))
                    .with_text(mode.map_or("", |mode| mode.name())),
                Change::Metadata { id, metadata } => {
                    Event::new(EventType::ParticipantMetadataChanged)
                        .about(&id)
                        .with_detail("metaData", metadata)
                }
                Change::Media { id, kind, on } => Event::new(EventType::MediaStateChanged)
                    .about(&id)
                    .with_code(i32::from(on))
                    .with_text(kind),
            };
            self.tell(event);
        }
    }
}

pub(super) fn about(event: Event, id: &Value) -> Event {
    match id.as_str() {
        Some(id) => event.about(id),
        None => event,
    }
}

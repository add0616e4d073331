//! The two transports: created with the join, connected when the first thing needs them.

use serde_json::{Value, json};

use super::super::outputs::Waiter;
use super::super::requests::Purpose;
use super::super::{Phase, Session};
use super::{GOAL, sctp_capabilities, uses};
use crate::media::negotiation::{IceParameters, TransportParameters, connect_request};
use crate::media::plane::{Direction, MediaAction};
use crate::media::transport::{TransportEvent, TransportState};
use crate::meeting::event::EventType;
use crate::{Error, Result};

/// One direction.
#[derive(Default)]
pub(super) struct Way {
    stage: Stage,
    /// In requests.
    pub(super) id: String,
    is_restarting: bool,
    /// The channels for data were asked for.
    pub(super) has_data: bool,
}

impl Way {
    pub(super) fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open)
    }
}

#[derive(Default)]
enum Stage {
    #[default]
    None,
    /// The service has made its end.
    Created(Box<TransportParameters>),
    /// Ours is there, or comes; whatever has to be done on it can be asked for.
    Open,
}

impl<T: Waiter> Session<T> {
    pub(super) fn create_transport(&mut self, direction: Direction) -> Result<()> {
        let data = json!({
            "preferredProtocol": self.media.wanted.protocol.name(),
            "forceTcp": false,
            "producing": direction == Direction::Send,
            "consuming": direction == Direction::Receive,
            "sctpCapabilities": sctp_capabilities(),
        });
        let purpose = Purpose::Transport(direction);
        self.ask("createWebRtcTransport", GOAL, &data, purpose)
    }

    pub(in crate::meeting::session) fn transport_came(
        &mut self,
        direction: Direction,
        outcome: Result<Value>,
    ) {
        let parameters = outcome.and_then(|reply| TransportParameters::read(&reply));
        match parameters {
            Ok(parameters) => {
                let way = self.media.way(direction);
                way.id.clone_from(&parameters.id);
                way.stage = Stage::Created(Box::new(parameters));
                if matches!(self.phase, Phase::Inside) && direction == Direction::Send {
                    self.begin_media();
                }
            }
            Err(error) => self.transport_failed(direction, error.message(), Some(&error)),
        }
    }

    /// The transport is needed: ours is made and introduced to the service. `false` when there is
    /// none in that direction.
    pub(super) fn use_transport(&mut self, direction: Direction) -> bool {
        let Some(negotiated) = self.media.negotiated.clone() else {
            return false;
        };
        match std::mem::take(&mut self.media.way(direction).stage) {
            Stage::None => false,
            Stage::Open => {
                self.media.way(direction).stage = Stage::Open;
                true
            }
            Stage::Created(parameters) => {
                self.begin_sampling();
                self.media.way(direction).stage = Stage::Open;
                let protocol = self.media.wanted.protocol;
                self.act_on_media(MediaAction::Open {
                    direction,
                    parameters,
                    negotiated,
                    protocol,
                });
                true
            }
        }
    }

    pub(super) fn close_transport(&mut self, direction: Direction) {
        let way = self.media.way(direction);
        if matches!(std::mem::take(way).stage, Stage::Open) {
            self.act_on_media(MediaAction::Close(direction));
        }
        if direction == Direction::Send {
            self.forget_producers();
        }
    }

    /// Something happened on a transport.
    pub(in crate::meeting) fn transport_told(
        &mut self,
        now: super::super::Moment,
        direction: Direction,
        event: TransportEvent,
    ) {
        self.now = now;
        // One that was closed may still have had something to tell.
        if !matches!(self.media.way(direction).stage, Stage::Open) {
            return;
        }
        match event {
            TransportEvent::Opened { fingerprint } => self.introduce(direction, &fingerprint),
            TransportEvent::State(state) => self.transport_is(direction, state),
            TransportEvent::Warning(text) => self.warn_once(text),
            TransportEvent::ConsumerReady { id } => self.consumer_ready(&id),
            TransportEvent::KeyFrameWanted { track } => self.key_frame_wanted(track),
            TransportEvent::TargetChanged { track, layer } => self.target_changed(track, layer),
            TransportEvent::LimitationChanged {
                track,
                is_limited,
                wanted_kbps,
                granted_kbps,
            } => self.limitation_changed(track, is_limited, wanted_kbps, granted_kbps),
            TransportEvent::PictureReduced { track, reduced_by } => {
                self.picture_reduced(track, reduced_by);
            }
            TransportEvent::Data {
                stream_id,
                is_text,
                data,
            } => self.data_came(stream_id, is_text, &data),
        }
    }

    fn introduce(&mut self, direction: Direction, fingerprint: &str) {
        let id = self.media.way(direction).id.clone();
        let purpose = Purpose::Connect(direction);
        let asked = connect_request(&id, fingerprint)
            .and_then(|data| self.ask("connectWebRtcTransport", GOAL, &data, purpose));
        if let Err(error) = asked {
            self.transport_failed(direction, error.message(), Some(&error));
        }
    }

    pub(in crate::meeting::session) fn transport_connected(
        &mut self,
        direction: Direction,
        outcome: Result<Value>,
    ) {
        match outcome {
            Ok(_) => self.act_on_media(MediaAction::StartDtls(direction)),
            Err(error) => self.transport_failed(direction, error.message(), Some(&error)),
        }
    }

    fn transport_is(&mut self, direction: Direction, state: TransportState) {
        match state {
            TransportState::Connected => self.tell_transport(direction, CONNECTED, "", None),
            TransportState::Disconnected => {
                self.tell_transport(direction, DISCONNECTED, "", None);
                self.restart_ice(direction);
            }
            TransportState::Failed(reason) => self.transport_failed(direction, &reason, None),
        }
    }

    /// Asks for fresh credentials: perhaps the network has changed.
    pub(super) fn restart_ice(&mut self, direction: Direction) {
        let way = self.media.way(direction);
        if std::mem::replace(&mut way.is_restarting, true) {
            return;
        }
        let data = json!({"transportId": way.id});
        let asked = self.ask("restartIce", GOAL, &data, Purpose::Restart(direction));
        if asked.is_err() {
            self.media.way(direction).is_restarting = false;
        }
    }

    pub(in crate::meeting::session) fn ice_restarted(
        &mut self,
        direction: Direction,
        outcome: Result<Value>,
    ) {
        self.media.way(direction).is_restarting = false;
        let parameters = outcome.and_then(|reply| IceParameters::read_restart(&reply));
        match parameters {
            Ok(parameters) => self.act_on_media(MediaAction::RestartIce {
                direction,
                parameters,
            }),
            Err(error) => self.warn(format!(
                "The way for media could not be looked for anew: {} {}",
                error.message(),
                error.remedy()
            )),
        }
    }

    /// The service wants it, and is told when it was done.
    pub(in crate::meeting::session) fn service_restarts_ice(&mut self, data: &Value) {
        let id = data["transportId"].as_str().unwrap_or_default();
        for direction in super::DIRECTIONS {
            let way = self.media.way(direction);
            if matches!(way.stage, Stage::Open) && way.id == id {
                self.ice_restarted(direction, Ok(data["iceParameters"].clone()));
                let done = json!({"transportId": id});
                // Should that not be sent, there is no connection any more.
                let _ = self.ask("iceRestarted", GOAL, &done, Purpose::Told);
            }
        }
    }

    /// What would be told again and again, such as what both transports try with each attempt.
    pub(in crate::meeting::session) fn warn_once(&mut self, text: String) {
        let warned = &mut self.media.warned;
        if warned.len() < MOST_WARNINGS && warned.insert(text.clone()) {
            self.warn(text);
        }
    }

    /// It will not work any more on this connection.
    fn transport_failed(&mut self, direction: Direction, reason: &str, error: Option<&Error>) {
        self.close_transport(direction);
        self.tell_transport(direction, FAILED, reason, error);
    }

    fn tell_transport(
        &mut self,
        direction: Direction,
        (code, name): (i32, &str),
        reason: &str,
        error: Option<&Error>,
    ) {
        let mut event = self
            .media_event(EventType::TransportStateChanged)
            .with_code(code)
            .with_text(direction.name())
            .with_status(error.map(Error::status))
            .with_detail("state", name);
        if !reason.is_empty() {
            event = event.with_detail("reason", reason);
        }
        self.tell(event);
    }

    /// The participant does something else with media from now on.
    pub(in crate::meeting::session) fn follow_mode(&mut self) {
        let mode = self.local_mode();
        for direction in super::DIRECTIONS {
            let has = !matches!(self.media.way(direction).stage, Stage::None);
            match (uses(mode, direction), has) {
                (true, false) => {
                    if let Err(error) = self.create_transport(direction) {
                        self.transport_failed(direction, error.message(), Some(&error));
                    }
                }
                (false, true) => {
                    self.close_transport(direction);
                    if direction == Direction::Receive {
                        self.drop_consumers();
                    }
                }
                _ => {}
            }
        }
    }
}

/// Different ones of a meeting that are told once each.
const MOST_WARNINGS: usize = 64;

const CONNECTED: (i32, &str) = (1, "connected");
const DISCONNECTED: (i32, &str) = (2, "disconnected");
const FAILED: (i32, &str) = (3, "failed");

//! What a meeting's handle and its driver have in common.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::driver::drive;
use super::event::{Event, EventType};
use super::options::MeetingOptions;
use super::participant::{MediaFlags, Participant, Pinned};
use super::queue::EventQueue;
use super::registry::{EXPIRY_NOTICE_SECONDS, Place, registry};
use super::session::{Action, Admission, Moment, Session, Waiter};
use super::state::MeetingState;
use crate::config;
use crate::http::{Address, jitter};
use crate::log::{self, Level};
use crate::redact::Secret;
use crate::runtime::{Condition, WorkerId, engine, lock};
use crate::signaling::{Destination, IceServers};
use crate::token::{Purpose, Severity, Token, permission};
use crate::{Error, Result, Status};

/// Whoever waits for an outcome: an operation.
pub(super) struct Waiting(pub(super) oneshot::Sender<Result<Value>>);

impl Waiter for Waiting {
    fn is_gone(&self) -> bool {
        self.0.is_closed()
    }
}

pub(super) struct Shared {
    pub(super) number: u64,
    pub(super) identity: Identity,
    pub(super) events: Arc<EventQueue>,
    /// Tells the driver that there is something to do.
    pub(super) wake: tokio::sync::Notify,
    /// What moments are counted from.
    begin: Instant,
    state: Mutex<State>,
    /// Nothing is under way any more.
    became_idle: Condition,
}

pub(super) struct State {
    pub(super) session: Session<Waiting>,
    actions: VecDeque<Action>,
    /// Where the registry has it; `None` once it has left.
    place: Option<Place>,
    pub(super) token: Token,
    pub(super) ice_servers: IceServers,
    /// Where its driver is, while it has one.
    driver: Option<WorkerId>,
}

/// What a meeting is, once its options were found to be good.
pub(super) struct Identity {
    pub(super) meeting_id: String,
    pub(super) participant_id: String,
    pub(super) name: String,
    pub(super) options: MeetingOptions,
    pub(super) api_base_url: Address,
    /// `None`: that of the API.
    pub(super) signaling_base_url: Option<Address>,
}

pub(super) fn now_seconds() -> i64 {
    now_ms() / 1000
}

fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0))
}

impl Shared {
    pub(super) fn new(identity: Identity, token: Token) -> Arc<Self> {
        let local = Participant {
            id: identity.participant_id.clone(),
            name: identity.name.clone(),
            local: true,
            mode: Some(identity.options.mode),
            peer_type: identity.options.peer_type,
            metadata: identity.options.metadata.clone(),
            media: MediaFlags::default(),
            pinned: Pinned::default(),
            agent_state: None,
            joined_at_ms: 0,
        };
        let shared = Arc::new(Self {
            number: registry().next_number(),
            identity,
            events: Arc::default(),
            wake: tokio::sync::Notify::new(),
            begin: Instant::now(),
            state: Mutex::new(State {
                session: Session::new(local, jitter),
                actions: VecDeque::new(),
                place: None,
                token,
                ice_servers: IceServers::default(),
                driver: None,
            }),
            became_idle: Condition::default(),
        });
        shared.with(|session, _| session.begin());
        shared
    }

    fn moment(&self) -> Moment {
        Moment {
            at: self.begin.elapsed(),
            unix_ms: now_ms(),
        }
    }

    /// That moment as the session counts.
    pub(super) fn since_begin(&self, moment: Instant) -> Duration {
        moment.saturating_duration_since(self.begin)
    }

    /// Something happens to the meeting: what follows is told to the app, to those who wait, and
    /// to the driver.
    pub(super) fn with<R>(&self, happening: impl FnOnce(&mut Session<Waiting>, Moment) -> R) -> R {
        let mut state = lock(&self.state);
        let was_over = state.session.state() == MeetingState::Left;
        let result = happening(&mut state.session, self.moment());
        let outputs = state.session.take_outputs();
        state.actions.extend(outputs.actions);
        for event in outputs.events {
            self.log(&event);
            self.events.push(event);
        }
        for (waiter, outcome) in outputs.outcomes {
            // Whoever has given up needs no outcome.
            let _ = waiter.0.send(outcome);
        }
        if !was_over && state.session.state() == MeetingState::Left {
            if let Some(place) = state.place.take() {
                registry().leave(place);
                registry().leave((i64::MAX, self.number));
            }
            self.events.close();
        }
        drop(state);
        self.wake.notify_one();
        result
    }

    /// Looks without changing anything.
    pub(super) fn look<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        look(&lock(&self.state))
    }

    fn log(&self, event: &Event) {
        // Of its beginning init_meeting() has more to say.
        let is_beginning = event.code() == MeetingState::Initialised as i32;
        if event.kind() != EventType::StateChanged || is_beginning {
            return;
        }
        log::record(Level::Info, "meeting", || {
            let state = event.text().unwrap_or_default();
            format!("meeting {} is {state}", self.identity.meeting_id)
        });
    }

    /// What the driver is to do, and when it has to look again at the latest.
    pub(super) fn take_actions(&self) -> (VecDeque<Action>, Option<Instant>) {
        let mut state = lock(&self.state);
        let actions = std::mem::take(&mut state.actions);
        let deadline = state.session.next_deadline();
        (actions, deadline.map(|deadline| self.begin + deadline))
    }

    /// Has a driver begin on that worker, unless there is one.
    pub(super) fn start_driving(self: &Arc<Self>, worker: WorkerId) -> Result<()> {
        let mut state = lock(&self.state);
        if state.driver.is_none() {
            engine()?.spawn_on(worker, drive(Arc::clone(self), worker))?;
            state.driver = Some(worker);
        }
        Ok(())
    }

    /// The driver may end: nothing is under way.
    pub(super) fn stop_driving(&self) -> bool {
        let mut state = lock(&self.state);
        let is_done = state.session.is_idle() && state.actions.is_empty();
        if is_done {
            state.driver = None;
            drop(state);
            self.became_idle.notify_all();
        }
        is_done
    }

    pub(super) fn is_driven(&self) -> bool {
        lock(&self.state).driver.is_some()
    }

    /// Where what is done with the meeting is best done.
    pub(super) fn worker(&self) -> Option<WorkerId> {
        lock(&self.state).driver
    }

    /// Waits until nothing is under way, or until that moment.
    pub(super) fn wait_until_idle(&self, deadline: std::time::Instant) {
        let mut state = lock(&self.state);
        while state.driver.is_some() {
            let left = deadline.saturating_duration_since(std::time::Instant::now());
            if left.is_zero() {
                return;
            }
            state = self.became_idle.wait_for(state, left);
        }
    }

    /// Whom to connect to now.
    pub(super) fn destination(&self) -> Destination {
        let state = lock(&self.state);
        let identity = &self.identity;
        let mode = state.session.local_mode().unwrap_or(identity.options.mode);
        Destination {
            service: identity
                .signaling_base_url
                .as_ref()
                .unwrap_or(&identity.api_base_url)
                .clone(),
            room_id: identity.meeting_id.clone(),
            participant_id: identity.participant_id.clone(),
            token: state.token.text().clone(),
            mode: mode.name(),
            peer_type: identity.options.peer_type.name(),
        }
    }

    /// A connection was made with the present token.
    pub(super) fn opened(&self, ice_servers: Result<IceServers, &'static str>) {
        let (join, asks) = {
            let mut state = lock(&self.state);
            let token = state.token.clone();
            state.ice_servers = ice_servers.clone().unwrap_or_default();
            (self.join_data(token.text()), must_ask(&token))
        };
        let admission = Admission {
            join,
            asks,
            ice_problem: ice_servers.err(),
        };
        self.with(|session, now| session.opened(now, admission));
    }

    /// What the participant joins with (protocol, section 4.1). It offers to receive nothing: what
    /// it receives then is nothing.
    fn join_data(&self, token: &Secret) -> Value {
        let options = &self.identity.options;
        let mut metadata = options.metadata.clone().unwrap_or_default();
        for (name, language) in [
            ("translationLanguage", &options.translation_language),
            ("speakingLanguage", &options.speaking_language),
        ] {
            if let Some(language) = language {
                metadata.insert(name.to_owned(), json!(language));
            }
        }
        let mut device = Map::from_iter([
            ("sdkType".to_owned(), json!("vsdk")),
            ("sdkVersion".to_owned(), json!(env!("CARGO_PKG_VERSION"))),
            ("platform".to_owned(), json!(std::env::consts::OS)),
        ]);
        device.extend(options.device_info.clone().unwrap_or_default());
        json!({
            "displayName": self.identity.name,
            "secret": token.expose().trim(),
            "device": "Unknown",
            "deviceInfo": device,
            "rtpCapabilities": {"codecs": [], "headerExtensions": [], "fecMechanisms": []},
            "sctpCapabilities": null,
            "metaData": if metadata.is_empty() { Value::Null } else { Value::Object(metadata) },
            "mode": options.mode.name(),
            "autoConsume": options.auto_consume,
            "batchingEnabled": options.batching_enabled,
            "debugMode": options.debug_mode,
            "switchingRoom": false,
        })
    }

    fn event(&self, kind: EventType) -> Event {
        Event::new(kind).about(&self.identity.participant_id)
    }

    pub(super) fn tell_token_warnings(&self, config: &config::Config, token: &Token) {
        let context = config.context(
            Purpose::Join,
            Some(&self.identity.meeting_id),
            Some(&self.identity.participant_id),
        );
        for finding in token.decoded().findings(&context) {
            if finding.severity != Severity::Warning {
                continue;
            }
            self.events.push(
                self.event(EventType::TokenWarning)
                    .with_code(finding.code as i32)
                    .with_text(format!("{} {}", finding.explanation, finding.remedy))
                    .with_detail("finding", finding.code.name()),
            );
        }
    }

    pub(super) fn tell_token_expiring(&self, now: i64) {
        let expires_at = lock(&self.state).token.expires_at();
        let left = expires_at.unwrap_or(i64::MAX).saturating_sub(now).max(0);
        self.events.push(
            self.event(EventType::TokenExpiring)
                .with_code(i32::try_from(left).unwrap_or(i32::MAX))
                .with_text(format!(
                    "The token's life is over in {left} s. Hand in a fresh one with vsdk_meeting_set_token(); who is in the room stays there."
                ))
                .with_detail("expiresAt", expires_at),
        );
    }

    pub(super) fn enter_registry(self: &Arc<Self>, token: &Token) {
        let at = token.expires_at().map_or(i64::MAX, |expiry| {
            expiry.saturating_sub(EXPIRY_NOTICE_SECONDS)
        });
        let place = (at, self.number);
        let mut state = lock(&self.state);
        if state.session.state() == MeetingState::Left {
            return;
        }
        if let Some(old) = state.place.replace(place) {
            registry().leave(old);
            registry().leave((i64::MAX, self.number));
        }
        registry().enter(place, Arc::downgrade(self));
    }

    pub(super) fn set_token(self: &Arc<Self>, text: &str) -> Result<()> {
        let config = config::current();
        let token = config.token_for(
            Some(&Secret::new(text)),
            Purpose::Join,
            Some(&self.identity.meeting_id),
            Some(&self.identity.participant_id),
        )?;
        {
            let mut state = lock(&self.state);
            if state.session.state() == MeetingState::Left {
                return Err(Error::new(
                    Status::InvalidState,
                    "The meeting has ended",
                    "Initialise a new one.",
                ));
            }
            state.token = token.clone();
        }
        self.tell_token_warnings(&config, &token);
        self.enter_registry(&token);
        self.with(|session, now| session.token_changed(now));
        Ok(())
    }

    /// Begins to leave; `why`: what made it, if not the app.
    pub(super) fn leave(&self, why: Option<&Error>) {
        self.with(|session, now| session.leave(now, None, why));
    }
}

/// Whether the token may ask to be let in, and not more. One without permissions may do all.
fn must_ask(token: &Token) -> bool {
    let permissions = token.decoded().claims().permissions.as_deref();
    let has = |name: &str| permissions.is_some_and(|list| list.iter().any(|it| it == name));
    has(permission::ASK_JOIN) && !has(permission::ALLOW_JOIN)
}

//! What a meeting's handle and its driver have in common.

#[cfg(test)]
pub(super) mod tests;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Map, Value, json};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::choice::Mode;
use super::clock;
use super::devices::MeetingDevices;
use super::driver::drive;
use super::event::{Event, EventType};
use super::options::MeetingOptions;
use super::participant::{MediaFlags, Participant, Pinned};
use super::queue::EventQueue;
use super::registry::{EXPIRY_NOTICE_SECONDS, Place, registry};
use super::session::{
    Action, Admission, Destined, Moment, Session, Waiter, Wanted, forget_frames, unsent_requests,
};
use super::state::MeetingState;
use crate::config;
use crate::http::{Address, jitter};
use crate::log::{self, Level};
use crate::media::MediaStatistics;
use crate::media::devices;
use crate::media::tracks::Tracks;
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
    pub(super) tracks: Arc<Tracks>,
    pub(super) devices: MeetingDevices,
    /// Tells the driver that there is something to do.
    pub(super) wake: tokio::sync::Notify,
    /// What moments are counted from.
    begin: Instant,
    /// Held while events are queued and outcomes are told, so that their order is that of what
    /// happened.
    ///
    /// The order of locks: this one, then at most one of the registry's, the event queue's, the
    /// engine slot's and the dispatcher's. A callback slot's comes before the event queue's and is
    /// never taken under this one. Under none of them is the app called or its data dropped, and no
    /// task is spawned under this one that takes it when it is thrown away.
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
    /// The one for the meeting that is being switched to.
    next_token: Option<Token>,
    pub(super) ice_servers: IceServers,
    /// Where its driver is, while it has one.
    driver: Option<WorkerId>,
}

/// What a meeting is, once its options were found to be good.
pub(super) struct Identity {
    /// The room that it begins with; [`State::meeting_id`] is the present one.
    pub(super) meeting_id: String,
    pub(super) participant_id: String,
    pub(super) name: String,
    pub(super) options: MeetingOptions,
    pub(super) api_base_url: Address,
    /// `None`: that of the API.
    pub(super) signaling_base_url: Option<Address>,
}

impl State {
    /// The room that it stands for.
    pub(super) fn meeting_id<'a>(&'a self, identity: &'a Identity) -> &'a str {
        self.session.switched_to().unwrap_or(&identity.meeting_id)
    }
}

fn random_number() -> u32 {
    getrandom::u32().unwrap_or_else(|_| (jitter() * f64::from(u32::MAX)) as u32)
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
        let wanted = Wanted {
            mic: identity.options.mic_enabled,
            webcam: identity.options.webcam_enabled,
            opens_microphone: devices::is_present().is_ok(),
            protocol: identity.options.preferred_protocol,
            auto_consume: identity.options.auto_consume,
        };
        let shared = Arc::new(Self {
            number: registry().next_number(),
            identity,
            events: Arc::default(),
            tracks: Arc::default(),
            devices: MeetingDevices::default(),
            wake: tokio::sync::Notify::new(),
            begin: Instant::now(),
            state: Mutex::new(State {
                session: Session::new(local, wanted, jitter, random_number),
                actions: VecDeque::new(),
                place: None,
                token,
                next_token: None,
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
            unix_ms: clock::unix_ms(),
        }
    }

    /// That moment as the session counts.
    pub(super) fn since_begin(&self, moment: Instant) -> Duration {
        moment.saturating_duration_since(self.begin)
    }

    /// Something happens to the meeting: what follows is told to the app, to those who wait, and
    /// to the driver, which is woken if there is something new for it.
    pub(super) fn with<R>(&self, happening: impl FnOnce(&mut Session<Waiting>, Moment) -> R) -> R {
        self.with_state(|state, now| happening(&mut state.session, now))
    }

    fn with_state<R>(&self, happening: impl FnOnce(&mut State, Moment) -> R) -> R {
        let (result, is_news) = self.happen(happening);
        if is_news {
            self.wake.notify_one();
        }
        result
    }

    /// The same in the driver itself, which looks for what there is to do anyway.
    pub(super) fn with_driver<R>(
        &self,
        happening: impl FnOnce(&mut Session<Waiting>, Moment) -> R,
    ) -> R {
        self.happen(|state, now| happening(&mut state.session, now))
            .0
    }

    /// Says as well whether there is something new for the driver.
    fn happen<R>(&self, happening: impl FnOnce(&mut State, Moment) -> R) -> (R, bool) {
        let mut state = lock(&self.state);
        let session = &state.session;
        let was_over = session.state() == MeetingState::Left;
        let before = (session.next_deadline(), session.is_idle());
        let result = happening(&mut state, self.moment());
        let outputs = state.session.take_outputs();
        let session = &state.session;
        let is_news =
            !outputs.actions.is_empty() || before != (session.next_deadline(), session.is_idle());
        state.actions.extend(outputs.actions);
        if outputs.has_switched
            && let Some(token) = state.next_token.take()
        {
            state.token = token;
        }
        let is_over = !was_over && state.session.state() == MeetingState::Left;
        // Whoever is told that it was left finds that nothing is sent any more.
        let ended = is_over.then(|| self.tracks.close());
        for event in outputs.events {
            self.log(&event, state.meeting_id(&self.identity));
            self.events.fill(|events| events.push(event));
        }
        for (waiter, outcome) in outputs.outcomes {
            // Whoever has given up needs no outcome.
            let _ = waiter.0.send(outcome);
        }
        let mut place = None;
        if is_over {
            place = state.place.take();
            self.events.close();
        }
        drop(state);
        drop(ended);
        if is_over {
            self.devices.close();
        }
        if let Some(place) = place {
            registry().leave(place);
            registry().leave((i64::MAX, self.number));
        }
        (result, is_news)
    }

    /// How media is doing, as it stood at the last look.
    pub(super) fn media_statistics(&self) -> MediaStatistics {
        self.tracks.statistics(&self.identity.participant_id)
    }

    /// Looks without changing anything.
    pub(super) fn look<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        look(&lock(&self.state))
    }

    fn log(&self, event: &Event, meeting_id: &str) {
        // Of its beginning init_meeting() has more to say.
        let is_beginning = event.code() == MeetingState::Initialised as i32;
        if event.kind() != EventType::StateChanged || is_beginning {
            return;
        }
        log::record(Level::Info, "meeting", || {
            let state = event.text().unwrap_or_default();
            format!("meeting {meeting_id} is {state}")
        });
    }

    /// What the driver is to do, and when it has to look again at the latest.
    pub(super) fn take_actions(&self) -> (VecDeque<Action>, Option<Instant>) {
        let mut state = lock(&self.state);
        let actions = std::mem::take(&mut state.actions);
        let deadline = state.session.next_deadline();
        (actions, deadline.map(|deadline| self.begin + deadline))
    }

    /// Has a driver begin on that worker, unless there is one. When it cannot, what is under way
    /// has failed.
    pub(super) fn start_driving(self: &Arc<Self>, worker: WorkerId) -> Result<()> {
        {
            let mut state = lock(&self.state);
            if state.driver.is_some() {
                return Ok(());
            }
            state.driver = Some(worker);
        }
        // Whatever goes wrong throws it away, and so ends what it was to drive.
        let driving = drive(Arc::clone(self), worker);
        engine()?.spawn_on(worker, driving)
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

    /// The driver was thrown away: what is under way fails with that error.
    pub(super) fn driver_gone(&self, error: &Error) {
        self.with_driver(|session, now| session.abort(now, error));
        let mut state = lock(&self.state);
        state.actions.clear();
        state.driver = None;
        drop(state);
        self.became_idle.notify_all();
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

    /// The room, and the token for it.
    pub(super) fn room_and_token(&self) -> (String, Secret) {
        let state = lock(&self.state);
        let meeting_id = state.meeting_id(&self.identity).to_owned();
        (meeting_id, state.token.text().clone())
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
            room_id: state.meeting_id(identity).to_owned(),
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
            let mode = state.session.local_mode();
            (self.join_data(token.text(), mode), must_ask(&token))
        };
        let admission = Admission {
            join,
            asks,
            ice_problem: ice_servers.err(),
        };
        self.with_driver(|session, now| session.opened(now, admission));
    }

    /// The connection is gone, in words that follow "the connection", and with it what waited on it:
    /// those requests, and what its driver had not taken up yet.
    pub(super) fn lost(&self, words: &str, mut unsent: Vec<u64>) {
        self.happen(|state, now| {
            unsent.extend(unsent_requests(&state.actions));
            forget_frames(&mut state.actions);
            state.session.lost(now, words, &unsent);
        });
    }

    /// Gives the connection up, if that is still to be, and with it what waits on it.
    pub(super) fn renew(&self, mut unsent: Vec<u64>) -> bool {
        let (gives_up, _) = self.happen(|state, now| {
            unsent.extend(unsent_requests(&state.actions));
            let gives_up = state.session.renew(now, &unsent);
            if gives_up {
                forget_frames(&mut state.actions);
            }
            gives_up
        });
        gives_up
    }

    /// What switching to another meeting takes: with that token, or the present one.
    pub(super) fn prepare_switch(
        &self,
        meeting_id: &str,
        token: Option<&str>,
    ) -> Result<(Destined, Token)> {
        let (_, present) = self.room_and_token();
        let token = token.map_or(present, Secret::new);
        let token = config::current().token_for(
            Some(&token),
            Purpose::Join,
            Some(meeting_id),
            Some(&self.identity.participant_id),
        )?;
        let mode = self.look(|state| state.session.local_mode());
        let mut join = self.join_data(token.text(), mode);
        join["switchingRoom"] = json!(true);
        let destined = Destined {
            meeting_id: meeting_id.to_owned(),
            data: json!({
                "meetingId": meeting_id,
                "participantId": self.identity.participant_id,
                "secret": token.text().expose().trim(),
                "mode": mode.unwrap_or(self.identity.options.mode).name(),
            }),
            join,
            asks: must_ask(&token),
            until: Duration::ZERO,
        };
        Ok((destined, token))
    }

    /// Switches; the token is the present one as soon as that has succeeded.
    pub(super) fn switch(&self, destined: Destined, token: Token, waiter: Waiting) -> Result<()> {
        self.with_state(|state, now| {
            state.session.switch(now, destined, waiter)?;
            state.next_token = Some(token);
            Ok(())
        })
    }

    /// What the participant joins with (protocol, section 4.1). It offers to receive nothing: what
    /// it receives then is nothing.
    fn join_data(&self, token: &Secret, mode: Option<Mode>) -> Value {
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
            "mode": mode.unwrap_or(options.mode).name(),
            "autoConsume": options.auto_consume,
            "batchingEnabled": options.batching_enabled,
            "debugMode": options.debug_mode,
            "switchingRoom": false,
        })
    }

    pub(super) fn event(&self, kind: EventType) -> Event {
        Event::new(kind)
            .about(&self.identity.participant_id)
            .named(&self.identity.name)
    }

    /// Tells the app something that does not come from the session, in order with what does.
    pub(super) fn tell(&self, event: Event) {
        let state = lock(&self.state);
        // The last event of a meeting is that it was left.
        if state.session.state() != MeetingState::Left {
            self.events.fill(|events| events.push(event));
        }
    }

    pub(super) fn tell_token_warnings(&self, config: &config::Config, token: &Token) {
        let (meeting_id, _) = self.room_and_token();
        let context = config.context(
            Purpose::Join,
            Some(&meeting_id),
            Some(&self.identity.participant_id),
        );
        for finding in token.decoded().findings(&context) {
            if finding.severity != Severity::Warning {
                continue;
            }
            self.tell(
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
        self.tell(
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
        let (meeting_id, _) = self.room_and_token();
        let token = config.token_for(
            Some(&Secret::new(text)),
            Purpose::Join,
            Some(&meeting_id),
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

    /// Ends at once whatever is still under way.
    pub(super) fn abort(&self, why: &Error) {
        self.with(|session, now| session.abort(now, why));
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

//! The course of a meeting as a pure state machine: no sockets, no clock, no threads.
//!
//! What happens comes in by method calls, each with the moment at which it happens. What follows
//! comes out as [`Outputs`]: events for the app, outcomes for those who wait, and actions for
//! whoever has the connection (protocol, section 4.1).

#[cfg(any(test, fuzzing))]
// Fuzzing needs a part of it.
#[cfg_attr(fuzzing, allow(dead_code))]
mod course;
#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod joining;
mod leaving;
mod media;
mod messages;
mod notifications;
mod outputs;
mod reconnecting;
mod requests;
mod roster;
pub(super) mod services;
mod store;
mod switching;
#[cfg(test)]
mod tests;

pub(super) use joining::Admission;
pub(super) use media::Wanted;
pub(super) use outputs::{Action, Waiter, forget_frames, unsent_requests};
pub(super) use requests::Call;
pub(super) use switching::Destined;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use super::choice::Mode;
use super::event::{Event, EventType};
use super::participant::Participant;
use super::state::MeetingState;
use crate::{Error, Status};
use joining::{Entering, Joining};
use leaving::Closing;
use media::Media;
use messages::Messages;
use outputs::Outputs;
use reconnecting::Reconnecting;
use requests::Requests;
use roster::Roster;
use store::Observations;
use switching::Switching;

/// When something happens.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moment {
    /// Since any one moment, the same for all.
    pub(super) at: Duration,
    /// Milliseconds since 1970 (UTC).
    pub(super) unix_ms: i64,
}

/// What is under way.
enum Phase {
    /// Nothing: not joined yet, failed, or over.
    Idle,
    /// A connection is being made.
    Opening,
    /// Asks to be let in.
    Entering(Entering),
    /// In the room.
    Inside,
    /// Waits before the next try to connect.
    Pausing { until: Duration },
    /// Has said goodbye.
    Closing(Closing),
}

/// One meeting. `T` is whoever waits for an outcome.
pub(super) struct Session<T> {
    now: Moment,
    /// Between 0 and 1; spreads those who come back after a failure of the service.
    jitter: fn() -> f64,
    state: MeetingState,
    phase: Phase,
    joining: Option<Joining<T>>,
    reconnecting: Option<Reconnecting>,
    leaving: Vec<T>,
    /// From the request on until it is in the other meeting.
    switching: Option<Switching>,
    switched_to: Option<String>,
    requests: Requests<T>,
    messages: Messages<T>,
    observations: Observations,
    roster: Roster,
    active_speaker: Option<String>,
    session_id: Option<String>,
    /// By the name of the service, its latest state.
    services: BTreeMap<&'static str, String>,
    /// Those of which nothing was told since the connection was made anew.
    unconfirmed_services: BTreeSet<&'static str>,
    /// What the service told with `error` while it was asked for entry: it may be why that ends.
    last_complaint: Option<Error>,
    malformed: u64,
    media: Media,
    outputs: Outputs<T>,
}

impl<T: Waiter> Session<T> {
    /// `number`: any 32 bits, for what tells streams of media apart.
    pub(super) fn new(
        local: Participant,
        wanted: Wanted,
        jitter: fn() -> f64,
        number: fn() -> u32,
    ) -> Self {
        Self {
            now: Moment::default(),
            jitter,
            state: MeetingState::Initialised,
            phase: Phase::Idle,
            joining: None,
            reconnecting: None,
            leaving: Vec::new(),
            switching: None,
            switched_to: None,
            requests: Requests::default(),
            messages: Messages::default(),
            observations: Observations::default(),
            roster: Roster::new(local),
            active_speaker: None,
            session_id: None,
            services: BTreeMap::new(),
            unconfirmed_services: BTreeSet::new(),
            last_complaint: None,
            malformed: 0,
            media: Media::new(wanted, number),
            outputs: Outputs::default(),
        }
    }

    pub(super) fn state(&self) -> MeetingState {
        self.state
    }

    /// Whether nothing is under way, so that nobody has to drive it.
    pub(super) fn is_idle(&self) -> bool {
        matches!(self.phase, Phase::Idle)
    }

    /// Everybody in the room, the local participant first, the others as they came.
    pub(super) fn participants(&self) -> Vec<Participant> {
        self.roster.all()
    }

    pub(super) fn active_speaker(&self) -> Option<&str> {
        self.active_speaker.as_deref()
    }

    /// The meeting that it stands for, if that is no longer the one that it began with.
    pub(super) fn switched_to(&self) -> Option<&str> {
        self.switched_to.as_deref()
    }

    pub(super) fn session_id(&self) -> Option<&str> {
        self.session_id.as_deref()
    }

    pub(super) fn services(&self) -> &BTreeMap<&'static str, String> {
        &self.services
    }

    pub(super) fn malformed(&self) -> u64 {
        self.malformed
    }

    /// What came out since it was last asked.
    pub(super) fn take_outputs(&mut self) -> Outputs<T> {
        std::mem::take(&mut self.outputs)
    }

    /// When [`Self::tick`] has something to do, if nothing happens before.
    pub(super) fn next_deadline(&self) -> Option<Duration> {
        let phase = match &self.phase {
            Phase::Pausing { until } => Some(*until),
            Phase::Closing(closing) => Some(closing.until),
            _ => None,
        };
        let deadlines = [
            phase,
            self.join_deadline(),
            self.requests.next_deadline(),
            self.roster.settles_at(),
            self.sample_due(),
        ];
        deadlines.into_iter().flatten().min()
    }

    /// Time has passed.
    pub(super) fn tick(&mut self, now: Moment) {
        self.now = now;
        if self.join_deadline().is_some_and(|at| at <= now.at) {
            self.join_too_late();
        }
        for (_, overdue) in self.requests.overdue(now.at) {
            self.request_too_late(overdue);
        }
        match &self.phase {
            Phase::Pausing { until } if *until <= now.at => self.open(),
            Phase::Closing(closing) if closing.until <= now.at => {
                self.outputs.act(Action::Drop);
                self.closed();
            }
            _ => {}
        }
        if self.roster.settles_at().is_some_and(|at| at <= now.at) {
            self.settle();
        }
        if self.sample_due().is_some_and(|at| at <= now.at) {
            self.sample();
        }
    }

    /// A message came that is no frame. Behind a goodbye it changes nothing any more either.
    pub(super) fn malformed_came(&mut self, request: Option<u64>, reason: &str) {
        if !self.is_connected() {
            return;
        }
        self.malformed += 1;
        if let Some(id) = request {
            self.refuse(id, 400, "the request is malformed");
        }
        // Once is enough: whoever sends one sends more.
        if self.malformed == 1 {
            self.warn(format!(
                "The service sent a message that is no frame: {reason}. It is ignored, and so are further ones; the snapshot counts them."
            ));
        }
    }

    /// Whoever drives it is gone: what is under way fails with that error.
    pub(super) fn abort(&mut self, now: Moment, error: &Error) {
        self.now = now;
        self.outputs.actions.clear();
        match self.phase {
            Phase::Idle => {}
            Phase::Closing(_) => self.closed(),
            _ if self.joining.is_some() => self.fail_join(error.clone()),
            _ => self.give_up(error.clone()),
        }
    }

    /// Whether there is a connection on which frames count.
    fn is_connected(&self) -> bool {
        matches!(self.phase, Phase::Entering(_) | Phase::Inside)
    }

    fn local_id(&self) -> &str {
        &self.roster.local().id
    }

    fn event(&self, kind: EventType) -> Event {
        Event::new(kind).about(self.local_id())
    }

    fn tell(&mut self, mut event: Event) {
        if let (Some(id), None) = (&event.participant_id, &event.participant_name) {
            event.participant_name = self.roster.name(id).map(str::to_owned);
        }
        self.outputs.events.push(event);
    }

    fn warn(&mut self, text: String) {
        let event = self.event(EventType::Warning).with_text(text);
        self.tell(event);
    }

    /// Changes the state and tells it, with the failure behind it.
    fn set_state(&mut self, state: MeetingState, error: Option<&Error>) {
        let event = self.change_state(state, error);
        self.tell(event);
    }

    /// Changes the state; the event is still to be told.
    fn change_state(&mut self, state: MeetingState, error: Option<&Error>) -> Event {
        self.state = state;
        let mut event = self
            .event(EventType::StateChanged)
            .with_code(state as i32)
            .with_text(state.name())
            .with_status(error.map(Error::status));
        if let Some(error) = error {
            event = event
                .with_detail("message", error.message())
                .with_detail("remedy", error.remedy())
                .with_detail("serviceCode", error.service_code())
                .with_detail("serviceText", error.service_text());
        }
        event
    }

    /// Tells the state it begins in.
    pub(super) fn begin(&mut self) {
        self.set_state(MeetingState::Initialised, None);
    }

    pub(super) fn local_mode(&self) -> Option<Mode> {
        self.roster.local().mode
    }

    /// Tells how a request ended.
    fn answer(&mut self, waiter: T, outcome: crate::Result<Value>) {
        self.outputs.outcomes.push((waiter, outcome));
    }
}

/// The error of a call that needs to be in the room.
fn not_inside(state: MeetingState) -> Error {
    Error::new(
        Status::InvalidState,
        format!(
            "The meeting is {}: this needs to be in the room",
            state.name()
        ),
        "Join first, and wait until the join has succeeded.",
    )
    .with_service_code(ACTION_BEFORE_JOINED)
}

/// The official SDKs' number for what is done before joining.
const ACTION_BEFORE_JOINED: i32 = 3035;

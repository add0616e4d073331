//! Getting in: a connection, entry, and the join itself (protocol, section 4.1).

use std::time::Duration;

use serde_json::{Value, json};

use super::outputs::{Action, Waiter};
use super::requests::Purpose;
use super::roster::MOST_OTHERS;
use super::store::Observations;
use super::{Moment, Phase, Session};
use crate::meeting::event::EventType;
use crate::meeting::leave_reason::{LeaveReason, SWITCH_FAILED};
use crate::meeting::participant::Participant;
use crate::meeting::state::MeetingState;
use crate::signaling::{Frame, MAX_FRAME_BYTES};
use crate::{Error, Result, Status};

const GOAL: &str = "join the meeting";

/// Frames that come before the join is answered wait until then. Each newcomer of a full room is one.
const MOST_EARLY: usize = 8 * 1024;

/// How many bytes those may have together.
const MOST_EARLY_BYTES: usize = 4 * MAX_FRAME_BYTES;

/// A join that the app waits for.
pub(super) struct Joining<T> {
    pub(super) waiter: T,
    pub(super) deadline: Duration,
}

/// Between the connection and the room.
pub(super) struct Entering {
    /// What to join with.
    join: Value,
    /// Whether somebody in the room has to agree first.
    asks: bool,
    /// Nobody has to decide about that any more.
    pub(super) is_allowed: bool,
    sent: bool,
    early: Vec<Frame>,
    early_bytes: usize,
}

impl Entering {
    pub(super) fn new(join: Value, asks: bool) -> Self {
        Self {
            join,
            asks,
            is_allowed: !asks,
            sent: false,
            early: Vec::new(),
            early_bytes: 0,
        }
    }
}

/// What a new connection begins with.
pub(in crate::meeting) struct Admission {
    /// The data of the `join` request.
    pub(in crate::meeting) join: Value,
    /// Whether the token may only ask to be let in.
    pub(in crate::meeting) asks: bool,
    /// What is wrong with the ICE servers, if something is.
    pub(in crate::meeting) ice_problem: Option<&'static str>,
}

/// Whoever makes the connection has the deadline of the join too, and can say what it was doing then:
/// the session speaks only after this.
const OPENER_GOES_FIRST: Duration = Duration::from_millis(250);

impl<T: Waiter> Session<T> {
    /// Joins; `waiter` is told how that ended.
    pub(in crate::meeting) fn join(
        &mut self,
        now: Moment,
        deadline: Duration,
        waiter: T,
    ) -> Result<()> {
        self.now = now;
        let (words, code) = match self.state {
            MeetingState::Initialised | MeetingState::Failed => {
                self.joining = Some(Joining { waiter, deadline });
                self.set_state(MeetingState::Connecting, None);
                self.open();
                return Ok(());
            }
            MeetingState::Connecting | MeetingState::WaitingEntry => {
                ("The meeting is being joined already", OPERATION_IN_PROGRESS)
            }
            MeetingState::Connected | MeetingState::Reconnecting => {
                ("The meeting was joined already", ALREADY_SO)
            }
            MeetingState::Leaving | MeetingState::Left => ("The meeting is over", ALREADY_SO),
        };
        let remedy = "Join a meeting once; to join again after leaving, initialise a new one.";
        Err(Error::new(Status::InvalidState, words, remedy).with_service_code(code))
    }

    /// Whoever waited for the join has given up: the meeting can be joined again.
    pub(in crate::meeting) fn abandon_join(&mut self, now: Moment) {
        self.now = now;
        if self.joining.take().is_some() {
            let error = Error::new(Status::Cancelled, "The join was cancelled", "");
            self.stop(MeetingState::Initialised, &error);
        }
    }

    /// Makes a connection.
    pub(super) fn open(&mut self) {
        self.phase = Phase::Opening;
        self.lose_media();
        self.last_complaint = None;
        let (within, first) = match &self.joining {
            Some(joining) => (joining.deadline.saturating_sub(self.now.at), true),
            None => (crate::signaling::REQUEST_TIMEOUT, false),
        };
        self.outputs.act(Action::Open { within, first });
    }

    /// The connection is there.
    pub(in crate::meeting) fn opened(&mut self, now: Moment, admission: Admission) {
        self.now = now;
        if !matches!(self.phase, Phase::Opening) {
            self.outputs.act(Action::Drop);
            return;
        }
        if let (Some(problem), None) = (admission.ice_problem, &self.reconnecting) {
            self.warn(format!(
                "The ICE servers that the service told cannot be used: {problem}. Media may not get through firewalls."
            ));
        }
        self.phase = Phase::Entering(Entering::new(admission.join, admission.asks));
        if let Err(error) = self.negotiate() {
            return self.attempt_failed(error);
        }
        let data = json!({"name": self.roster.local().name});
        self.ask_or_fail("requestEntry", &data, Purpose::Entry);
        // Who may join is let in without anybody's decision: the join need not wait for that.
        if admission.asks && self.reconnecting.is_none() {
            self.set_state(MeetingState::WaitingEntry, None);
        }
    }

    /// No connection could be made.
    pub(in crate::meeting) fn open_failed(&mut self, now: Moment, error: Error) {
        self.now = now;
        if matches!(self.phase, Phase::Opening) {
            self.attempt_failed(error);
        }
    }

    /// Joins as soon as nothing is left to wait for.
    pub(super) fn send_join(&mut self) {
        let is_negotiating = self.is_negotiating();
        let Phase::Entering(entering) = &mut self.phase else {
            return;
        };
        entering.is_allowed = true;
        if !is_negotiating && !std::mem::replace(&mut entering.sent, true) {
            let mut data = std::mem::take(&mut entering.join);
            self.tell_capabilities(&mut data);
            self.ask_or_fail("join", &data, Purpose::Join);
        }
    }

    fn ask_or_fail(&mut self, method: &'static str, data: &Value, purpose: Purpose<T>) {
        if let Err(error) = self.ask(method, GOAL, data, purpose) {
            self.attempt_failed(error);
        }
    }

    /// Keeps what comes too early for later; what it gives back is to be looked at now.
    pub(super) fn keep_early(&mut self, frame: Frame) -> Option<Frame> {
        let Phase::Entering(entering) = &mut self.phase else {
            return Some(frame);
        };
        let Frame::Notification { method, data } = &frame else {
            return Some(frame);
        };
        if matches!(method.as_str(), "entryResponded" | "error") {
            return Some(frame);
        }
        entering.early_bytes += data.to_string().len();
        if entering.early.len() < MOST_EARLY && entering.early_bytes <= MOST_EARLY_BYTES {
            entering.early.push(frame);
        } else {
            // Without those that find no place nobody would know who is in the room.
            let (count, bytes) = (entering.early.len() + 1, entering.early_bytes);
            self.attempt_failed(Error::new(
                Status::InvalidResponse,
                format!("Could not join the meeting: the service told {count} things with {bytes} bytes before it answered"),
                "Try again; if it lasts, tell those who run the service.",
            ));
        }
        None
    }

    /// Somebody decided about entry.
    pub(super) fn entry_responded(&mut self, data: &Value) {
        let id = data["id"].as_str().or_else(|| data["peerId"].as_str());
        let id = id.unwrap_or_default().to_owned();
        let decision = data["decision"].as_str().unwrap_or_default();
        let allowed = decision == "allowed";
        let is_mine = id == self.local_id();
        if is_mine && let Some(session) = data["sessionId"].as_str() {
            self.session_id = Some(session.to_owned());
        }
        if is_mine && self.decided_elsewhere(&data["switchingRoomId"], allowed) {
            return;
        }
        let asked = match &self.phase {
            Phase::Entering(entering) => entering.asks,
            _ => !is_mine,
        };
        if asked {
            let event = crate::meeting::event::Event::new(EventType::EntryResponded)
                .about(&id)
                .with_code(i32::from(allowed))
                .with_text(decision);
            self.tell(event);
        }
        if !is_mine || !matches!(self.phase, Phase::Entering(_)) {
            return;
        }
        if allowed {
            self.send_join();
        } else {
            self.attempt_failed(entry_denied());
        }
    }

    /// The join was accepted.
    pub(super) fn joined(&mut self, data: &Value) {
        let Phase::Entering(entering) = std::mem::replace(&mut self.phase, Phase::Inside) else {
            return;
        };
        self.roster.local_mut().joined_at_ms = self.now.unix_ms;
        self.has_switched();
        let again = self.reconnecting.is_some();
        if again {
            self.roster.expect_anew(self.now.at);
            self.expect_services_anew();
        } else {
            self.set_state(MeetingState::Connected, None);
        }
        self.take_in(&data["peers"]);
        self.begin_media();
        for frame in entering.early {
            self.look_at(frame);
        }
        if again {
            self.resume();
        }
        // Whoever waits finds the others in the snapshot already.
        if let Some(joining) = self.joining.take() {
            self.answer(joining.waiter, Ok(Value::Null));
        }
    }

    /// A list of those who are in the room.
    pub(super) fn take_in(&mut self, peers: &Value) {
        for peer in peers.as_array().into_iter().flatten() {
            self.peer_came(peer);
        }
    }

    pub(super) fn peer_came(&mut self, peer: &Value) {
        if let Some(participant) = Participant::read(peer, self.now.unix_ms) {
            let id = participant.id.clone();
            if !self.roster.has_room_for(&id) {
                return self.warn_once(format!(
                    "There are {MOST_OTHERS} others in the room: of more nothing is told"
                ));
            }
            let changes = self.roster.add(participant);
            self.tell_changes(changes);
            self.subscribe_anew(&id);
        }
    }

    /// A try to get in failed: the app's own, or one after the connection was lost.
    pub(super) fn attempt_failed(&mut self, error: Error) {
        let error = match self.last_complaint.take() {
            Some(complaint) if error.service_code().is_none() => complaint,
            _ => error,
        };
        if self.reconnecting.is_some() {
            self.reconnect_failed(error);
        } else {
            self.fail_join(error);
        }
    }

    pub(super) fn fail_join(&mut self, error: Error) {
        let waiter = self.joining.take().map(|joining| joining.waiter);
        if self.switching.is_some() {
            self.tell_left(&LeaveReason::of(SWITCH_FAILED));
        }
        self.stop(MeetingState::Failed, &error);
        if let Some(waiter) = waiter {
            self.answer(waiter, Err(error));
        }
    }

    /// Ends what is under way and goes to a state in which nothing is.
    pub(super) fn stop(&mut self, state: MeetingState, error: &Error) {
        if !matches!(self.phase, Phase::Idle) {
            self.outputs.act(Action::Drop);
        }
        self.phase = Phase::Idle;
        self.reconnecting = None;
        self.fail_requests(error);
        self.empty_room();
        self.set_state(state, Some(error));
    }

    /// Nobody else is in the room and nothing goes on there any more, as far as this participant can
    /// tell; whoever joins anew begins with nothing.
    pub(super) fn empty_room(&mut self) {
        self.end_media();
        self.roster.clear();
        self.active_speaker = None;
        self.services.clear();
        self.messages.forget_topics();
        self.observations = Observations::default();
    }

    /// When the join is given up.
    pub(super) fn join_deadline(&self) -> Option<Duration> {
        let deadline = self.joining.as_ref()?.deadline;
        Some(match self.phase {
            Phase::Opening => deadline + OPENER_GOES_FIRST,
            _ => deadline,
        })
    }

    pub(super) fn join_too_late(&mut self) {
        let doing = match &self.phase {
            Phase::Entering(entering) if entering.asks && !entering.sent => {
                "while it waited to be let in"
            }
            Phase::Entering(_) => "while the service was asked to let it in",
            _ => "while the connection was made",
        };
        self.fail_join(Error::new(
            Status::Timeout,
            format!("Could not join the meeting: the time was up {doing}"),
            "Allow more time; with a token that has to ask, long enough for somebody to answer.",
        ));
    }
}

pub(super) fn entry_denied() -> Error {
    Error::new(
        Status::EntryDenied,
        "Could not join the meeting: somebody in the room decided not to let this participant in",
        "Ask the hosts of the meeting, or use a token with the permission allow_join.",
    )
}

/// The official SDKs' numbers for a join that is under way, and for one that was made.
pub(super) const OPERATION_IN_PROGRESS: i32 = 3055;
const ALREADY_SO: i32 = 3054;

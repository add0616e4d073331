//! Requests to the service: sent, waited for, answered in any order.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::media::{Pausing, PausingOne, Subscription};
use super::outputs::{Action, Waiter};
use super::{Phase, Session, not_inside};
use crate::media::negotiation::PreferredLayers;
use crate::media::plane::{Direction, TrackKey};
use crate::media::{PAYLOAD_TOO_LARGE, Reliability};
use crate::meeting::refusal;
use crate::redact::{Redactor, Secret};
use crate::signaling::{self, MAX_FRAME_BYTES, REQUEST_TIMEOUT, Refusal};
use crate::{Error, Result, Status};

/// How many requests may wait for their answers at once.
const MOST_WAITING: usize = 1024;

/// How many bytes those may have together.
const MOST_BYTES: usize = 4 * MAX_FRAME_BYTES;

/// A request that the app makes.
#[derive(Clone, Debug)]
pub(in crate::meeting) struct Call {
    pub(in crate::meeting) method: &'static str,
    /// What it is to achieve, in the words after "Could not".
    pub(in crate::meeting) goal: &'static str,
    pub(in crate::meeting) data: Value,
    /// What is in the data that must never be seen, should the service repeat it.
    pub(in crate::meeting) secrets: Vec<Secret>,
}

impl Call {
    pub(in crate::meeting) fn new(method: &'static str, goal: &'static str, data: Value) -> Self {
        Self {
            method,
            goal,
            data,
            secrets: Vec::new(),
        }
    }
}

/// What a request is for.
pub(super) enum Purpose<T> {
    /// To be let in.
    Entry,
    Join,
    Publish {
        waiter: T,
        data: Value,
    },
    /// Nobody waits after a new connection.
    Subscribe {
        topic: String,
        waiter: Option<T>,
    },
    ChangeMode {
        waiter: T,
        mode: crate::meeting::choice::Mode,
    },
    Observe {
        key: String,
        /// Nobody waits after a new connection.
        waiter: Option<T>,
    },
    Switch {
        waiter: T,
    },
    Call {
        waiter: T,
        secrets: Vec<Secret>,
    },
    /// What the room can carry.
    Capabilities,
    /// The service's end of a transport, then that it knows ours.
    Transport(Direction),
    Connect(Direction),
    /// Fresh credentials for one.
    Restart(Direction),
    Produce(TrackKey),
    ProduceData(Reliability),
    /// What somebody sends is to be received from now on, or no more.
    SubscribeTracks {
        subscription: Subscription,
        is_on: bool,
        /// Nobody waits after a new connection.
        waiter: Option<T>,
    },
    PauseTracks {
        pausing: Pausing,
        waiter: T,
    },
    PauseTrack {
        pausing: PausingOne,
        waiter: T,
    },
    PreferLayers {
        consumer_id: String,
        layers: PreferredLayers,
        /// Nobody waits for what follows from a viewport, or from a new connection.
        waiter: Option<T>,
    },
    /// Nothing depends on the answer.
    Told,
}

impl<T> Purpose<T> {
    /// Whoever waits for it.
    pub(super) fn waiter(self) -> Option<T> {
        match self {
            Purpose::Entry
            | Purpose::Join
            | Purpose::Capabilities
            | Purpose::Transport(_)
            | Purpose::Connect(_)
            | Purpose::Restart(_)
            | Purpose::Produce(_)
            | Purpose::ProduceData(_)
            | Purpose::Told => None,
            Purpose::Subscribe { waiter, .. }
            | Purpose::Observe { waiter, .. }
            | Purpose::PreferLayers { waiter, .. }
            | Purpose::SubscribeTracks { waiter, .. } => waiter,
            Purpose::Publish { waiter, .. }
            | Purpose::ChangeMode { waiter, .. }
            | Purpose::Switch { waiter }
            | Purpose::PauseTracks { waiter, .. }
            | Purpose::PauseTrack { waiter, .. }
            | Purpose::Call { waiter, .. } => Some(waiter),
        }
    }

    /// What knows the secrets of the request.
    fn redactor(&self) -> Redactor {
        let secrets = match self {
            Purpose::Call { secrets, .. } => secrets.as_slice(),
            _ => &[],
        };
        let known = secrets.iter().map(Secret::expose);
        known.fold(Redactor::new(), Redactor::with_secret)
    }
}

pub(super) struct Pending<T> {
    pub(super) purpose: Purpose<T>,
    pub(super) goal: &'static str,
    deadline: Duration,
    bytes: usize,
}

/// Those that wait for their answers, in the order in which they were sent.
pub(super) struct Requests<T> {
    last_id: u64,
    pending: BTreeMap<u64, Pending<T>>,
    bytes: usize,
}

impl<T> Default for Requests<T> {
    fn default() -> Self {
        Self {
            last_id: 0,
            pending: BTreeMap::new(),
            bytes: 0,
        }
    }
}

impl<T> Requests<T> {
    /// All have the same patience, so the first is the first to be overdue.
    pub(super) fn next_deadline(&self) -> Option<Duration> {
        let (_, first) = self.pending.first_key_value()?;
        Some(first.deadline)
    }

    pub(super) fn overdue(&mut self, now: Duration) -> Vec<(u64, Pending<T>)> {
        let mut overdue = Vec::new();
        while self.next_deadline().is_some_and(|deadline| deadline <= now) {
            overdue.extend(self.pending.pop_first());
        }
        let bytes: usize = overdue.iter().map(|(_, pending)| pending.bytes).sum();
        self.bytes -= bytes;
        overdue
    }

    /// An id for a request whose answer nobody waits for.
    pub(super) fn unused_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    pub(super) fn take(&mut self, id: u64) -> Option<Pending<T>> {
        let taken = self.pending.remove(&id)?;
        self.bytes -= taken.bytes;
        Some(taken)
    }

    pub(super) fn take_all(&mut self) -> BTreeMap<u64, Pending<T>> {
        self.bytes = 0;
        std::mem::take(&mut self.pending)
    }

    fn check_room(&self, more: usize) -> Result<()> {
        check_size(more)?;
        if self.pending.len() >= MOST_WAITING || self.bytes + more > MOST_BYTES {
            return Err(Error::new(
                Status::ResourceExhausted,
                format!(
                    "{} requests of this meeting wait for their answers already, with {} bytes",
                    self.pending.len(),
                    self.bytes
                ),
                "Wait for some of them before making more.",
            ));
        }
        Ok(())
    }
}

/// What the frame of a request has at most beside its data, in bytes.
const ENVELOPE: usize = 128;

/// Refuses what is larger than a frame may be.
fn check_size(bytes: usize) -> Result<()> {
    if bytes <= MAX_FRAME_BYTES {
        return Ok(());
    }
    Err(Error::new(
        Status::InvalidArgument,
        format!("The request has {bytes} bytes; at most {MAX_FRAME_BYTES} can be sent"),
        "Send less at once; files are uploaded, not sent as messages.",
    )
    .with_service_code(PAYLOAD_TOO_LARGE))
}

/// The same for data that is to be sent later.
pub(super) fn check_data(data: &Value) -> Result<()> {
    check_size(data.to_string().len() + ENVELOPE)
}

impl<T: Waiter> Session<T> {
    /// Sends a request of the app.
    pub(in crate::meeting) fn call(
        &mut self,
        now: super::Moment,
        call: Call,
        waiter: T,
    ) -> Result<()> {
        self.now = now;
        self.check_inside()?;
        let secrets = call.secrets;
        let purpose = Purpose::Call { waiter, secrets };
        self.ask(call.method, call.goal, &call.data, purpose)
    }

    pub(super) fn check_inside(&self) -> Result<()> {
        match self.phase {
            Phase::Inside => Ok(()),
            _ if self.reconnecting.is_some() => Err(connection_lost("it is being made anew")),
            _ => Err(not_inside(self.state)),
        }
    }

    /// Whether a request without much data can be sent.
    pub(super) fn has_room_to_ask(&self) -> bool {
        self.requests.check_room(2 * ENVELOPE).is_ok()
    }

    pub(super) fn ask(
        &mut self,
        method: &'static str,
        goal: &'static str,
        data: &Value,
        purpose: Purpose<T>,
    ) -> Result<()> {
        let id = self.requests.last_id + 1;
        let text = signaling::request(id, method, data);
        self.requests.check_room(text.len())?;
        let pending = Pending {
            purpose,
            goal,
            deadline: self.now.at + REQUEST_TIMEOUT,
            bytes: text.len(),
        };
        self.requests.last_id = id;
        self.requests.bytes += text.len();
        self.requests.pending.insert(id, pending);
        self.outputs.act(Action::Send { id: Some(id), text });
        Ok(())
    }

    /// Whether a request with that data could be sent now.
    pub(super) fn requests_have_room(&self, data: &Value) -> Result<()> {
        self.requests.check_room(data.to_string().len() + ENVELOPE)
    }

    pub(super) fn accept(&mut self, id: u64, data: &Value) {
        let text = signaling::accepted(id, data);
        self.outputs.act(Action::Send { id: None, text });
    }

    pub(super) fn refuse(&mut self, id: u64, code: i32, reason: &str) {
        let text = signaling::refused(id, code, reason);
        self.outputs.act(Action::Send { id: None, text });
    }

    /// An answer came. One to nothing that is known is late or came twice.
    pub(super) fn answered(&mut self, id: u64, answer: Result<Value, Refusal>) {
        let Some(Pending { purpose, goal, .. }) = self.requests.take(id) else {
            return;
        };
        let refused = |refusal| refusal::error(goal, &refusal, &purpose.redactor());
        let outcome = answer.map_err(refused);
        match purpose {
            Purpose::Entry => {
                if let Err(error) = outcome {
                    self.attempt_failed(error);
                }
            }
            Purpose::Join => match outcome {
                Ok(data) => self.joined(&data),
                Err(error) => self.attempt_failed(error),
            },
            Purpose::Subscribe { topic, waiter } => self.subscribed(&topic, waiter, outcome),
            Purpose::Observe { key, waiter } => self.observed(&key, waiter, outcome),
            Purpose::ChangeMode { waiter, mode } => {
                if outcome.is_ok() {
                    let id = self.local_id().to_owned();
                    self.mode_changed(&id, mode.name());
                    self.follow_mode();
                }
                self.answer(waiter, outcome);
            }
            Purpose::Switch { waiter } => match outcome {
                Ok(_) => self.go_over(waiter),
                Err(error) => {
                    self.switching = None;
                    self.answer(waiter, Err(error));
                }
            },
            Purpose::Publish { waiter, .. } | Purpose::Call { waiter, .. } => {
                self.answer(waiter, outcome);
            }
            of_media => self.media_answered(of_media, outcome),
        }
    }

    pub(super) fn request_too_late(&mut self, overdue: Pending<T>) {
        let Pending { purpose, goal, .. } = overdue;
        let error = Error::new(
            Status::Timeout,
            format!(
                "Could not {goal}: the service did not answer within {} s",
                REQUEST_TIMEOUT.as_secs()
            ),
            "It may have been carried out all the same: look before you repeat it.",
        );
        match purpose {
            // Both at once are one failure.
            Purpose::Entry | Purpose::Join if matches!(self.phase, Phase::Entering(_)) => {
                self.attempt_failed(error);
            }
            Purpose::Subscribe { topic, waiter } => self.subscribed(&topic, waiter, Err(error)),
            Purpose::Observe { key, waiter } => self.observed(&key, waiter, Err(error)),
            other => {
                if matches!(other, Purpose::Switch { .. }) {
                    self.switching = None;
                }
                match other {
                    Purpose::Publish { waiter, .. }
                    | Purpose::ChangeMode { waiter, .. }
                    | Purpose::Switch { waiter }
                    | Purpose::Call { waiter, .. } => {
                        self.answer(waiter, Err(error.with_retryable(false)));
                    }
                    of_media => self.media_answered(of_media, Err(error)),
                }
            }
        }
    }

    /// What was sent will get no answer: whether it was carried out nobody knows, and to repeat it
    /// would perhaps be to do it twice.
    pub(super) fn fail_pending(&mut self, error: &Error) {
        self.switching = None;
        for (_, pending) in self.requests.take_all() {
            if let Some(waiter) = pending.purpose.waiter() {
                self.answer(waiter, Err(error.clone().with_retryable(false)));
            }
        }
    }

    /// Neither will what waits to be sent.
    pub(super) fn fail_requests(&mut self, error: &Error) {
        self.fail_pending(error);
        self.messages.fail_unsent(error, &mut self.outputs);
    }

    /// Changes what the own participant does with media.
    pub(in crate::meeting) fn change_mode(
        &mut self,
        now: super::Moment,
        mode: crate::meeting::choice::Mode,
        waiter: T,
    ) -> Result<()> {
        self.now = now;
        self.check_inside()?;
        let data = json!({"mode": mode.name()});
        let purpose = Purpose::ChangeMode { waiter, mode };
        self.ask("changeMode", "change the mode", &data, purpose)
    }
}

pub(super) fn connection_lost(words: &str) -> Error {
    Error::new(
        Status::ConnectionLost,
        format!("The connection to the meeting was lost: {words}"),
        "It is made anew by itself while the meeting is RECONNECTING; what was under way may or may not have been carried out.",
    )
}

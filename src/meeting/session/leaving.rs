//! The end: asked for by the app, or decided by the service.

use std::time::Duration;

use serde_json::{Value, json};

use super::outputs::{Action, Waiter};
use super::{Moment, Phase, Session};
use crate::meeting::event::EventType;
use crate::meeting::leave_reason::{LEFT, LeaveReason};
use crate::meeting::state::MeetingState;
use crate::signaling;
use crate::{Error, Status};

/// How long the service may take to answer a goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

pub(super) struct Closing {
    pub(super) until: Duration,
    /// What made it leave, if not the app.
    why: Option<Error>,
}

impl<T: Waiter> Session<T> {
    /// Leaves; `waiter` is told when that is done. `why`: what made it leave, if not the app.
    pub(in crate::meeting) fn leave(
        &mut self,
        now: Moment,
        waiter: Option<T>,
        why: Option<&Error>,
    ) {
        self.now = now;
        let cancelled = || {
            why.cloned().unwrap_or_else(|| {
                Error::new(Status::Cancelled, "The meeting was left meanwhile", "")
            })
        };
        if let Some(joining) = self.joining.take() {
            self.answer(joining.waiter, Err(cancelled()));
        }
        match self.phase {
            Phase::Inside | Phase::Entering(_) => {
                self.leaving.extend(waiter);
                self.set_state(MeetingState::Leaving, why);
                self.fail_requests(&cancelled());
                // Both at once: the service takes them in order.
                let data = json!({"leaveReason": LeaveReason::of(LEFT).name});
                let id = self.requests.unused_id();
                let text = signaling::request(id, "definePeerLeftReason", &data);
                self.outputs.act(Action::Send { id: None, text });
                self.say_goodbye(why.cloned());
            }
            Phase::Opening | Phase::Pausing { .. } => {
                self.leaving.extend(waiter);
                self.outputs.act(Action::Drop);
                self.fail_requests(&cancelled());
                if self.reconnecting.is_some() {
                    self.tell_left(&LeaveReason::of(LEFT));
                }
                self.finish(why);
            }
            Phase::Closing(_) if self.state == MeetingState::Leaving => {
                self.leaving.extend(waiter);
            }
            Phase::Idle | Phase::Closing(_) => {
                self.leaving.extend(waiter);
                if self.state != MeetingState::Left {
                    self.finish(why);
                } else {
                    self.tell_leavers();
                }
            }
        }
    }

    fn say_goodbye(&mut self, why: Option<Error>) {
        self.outputs.act(Action::Close);
        self.phase = Phase::Closing(Closing {
            until: self.now.at + GOODBYE,
            why,
        });
    }

    /// The goodbye was answered, or will not be.
    pub(super) fn closed(&mut self) {
        let ended = std::mem::replace(&mut self.phase, Phase::Idle);
        if let (Phase::Closing(closing), MeetingState::Leaving) = (ended, self.state) {
            self.tell_left(&LeaveReason::of(LEFT));
            self.finish(closing.why.as_ref());
        }
    }

    /// The service ended it.
    pub(super) fn closed_by_service(&mut self, reason: &Value) {
        let reason = LeaveReason::read(reason);
        let error = Error::new(
            reason.status(),
            format!(
                "The service ended the connection: {} ({} {})",
                reason.words(),
                reason.code,
                reason.name
            ),
            "Join again if that was not meant to happen; nobody is brought back by itself.",
        )
        .with_service_code(reason.code);
        if matches!(self.phase, Phase::Closing(_)) {
            return;
        }
        if self.joining.is_some() {
            return self.fail_join(error);
        }
        self.fail_requests(&error);
        self.reconnecting = None;
        self.say_goodbye(None);
        self.tell_left(&reason);
        self.empty_room();
        self.finish_with(Some(&error));
    }

    pub(super) fn tell_left(&mut self, reason: &LeaveReason) {
        let event = self
            .event(EventType::MeetingLeft)
            .with_code(reason.code)
            .with_text(reason.name.clone());
        self.tell(event);
    }

    fn finish(&mut self, why: Option<&Error>) {
        self.phase = Phase::Idle;
        self.reconnecting = None;
        self.empty_room();
        self.finish_with(why);
    }

    fn finish_with(&mut self, why: Option<&Error>) {
        self.set_state(MeetingState::Left, why);
        self.tell_leavers();
    }

    fn tell_leavers(&mut self) {
        for waiter in std::mem::take(&mut self.leaving) {
            self.answer(waiter, Ok(Value::Null));
        }
    }
}

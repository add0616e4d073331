//! Going to another meeting on the same connection (protocol, section 4.4).

use std::time::Duration;

use serde_json::{Value, json};

use super::joining::{Entering, Joining, OPERATION_IN_PROGRESS, entry_denied};
use super::outputs::Waiter;
use super::requests::{Purpose, connection_lost};
use super::store::Observations;
use super::{Moment, Phase, Session};
use crate::meeting::event::{Event, EventType};
use crate::meeting::leave_reason::{LeaveReason, SWITCHED};
use crate::meeting::state::MeetingState;
use crate::signaling::REQUEST_TIMEOUT;
use crate::{Error, Result, Status};

/// Where to go, and what to say there.
pub(in crate::meeting) struct Destined {
    pub(in crate::meeting) meeting_id: String,
    /// The data of the request to go there, and of the join behind it.
    pub(in crate::meeting) data: Value,
    pub(in crate::meeting) join: Value,
    /// Whether somebody there has to agree first.
    pub(in crate::meeting) asks: bool,
    /// How long all of it may take.
    pub(in crate::meeting) until: Duration,
}

pub(super) struct Switching {
    destined: Destined,
    /// What was decided about entry there, should that come before the answer.
    decided: Option<bool>,
}

impl<T: Waiter> Session<T> {
    /// Goes to another meeting; `waiter` is told when it is in there.
    pub(in crate::meeting) fn switch(
        &mut self,
        now: Moment,
        destined: Destined,
        waiter: T,
    ) -> Result<()> {
        self.now = now;
        self.check_inside()?;
        // Its topics are still being subscribed again: a meeting that is left for another has none.
        if self.reconnecting.is_some() {
            return Err(connection_lost("it is being made anew"));
        }
        if self.switching.is_some() {
            return Err(Error::new(
                Status::InvalidState,
                "The meeting is being switched already",
                "Wait until that has ended.",
            )
            .with_service_code(OPERATION_IN_PROGRESS));
        }
        let purpose = Purpose::Switch { waiter };
        self.ask(
            "switchToMeeting",
            "switch to the other meeting",
            &destined.data,
            purpose,
        )?;
        self.switching = Some(Switching {
            destined,
            decided: None,
        });
        Ok(())
    }

    /// The service has taken it out of the one meeting; it is to join the other.
    pub(super) fn go_over(&mut self, waiter: T) {
        let Some(Switching { destined, decided }) = &mut self.switching else {
            return;
        };
        let (asks, decided) = (destined.asks, *decided);
        self.phase = Phase::Entering(Entering::new(destined.join.take(), asks));
        self.joining = Some(Joining {
            waiter,
            // It has left: now the other side gets the time of a request in any case.
            deadline: destined.until.max(self.now.at + REQUEST_TIMEOUT),
        });
        self.drop_consumers();
        let others = self.roster.part(&LeaveReason::of(SWITCHED));
        self.tell_changes(others);
        self.speaker_changed(&Value::Null);
        self.unpin_local();
        self.services.clear();
        self.messages.forget_topics();
        self.observations = Observations::default();
        self.set_state(MeetingState::Connecting, None);
        match decided {
            Some(true) => self.send_join(),
            Some(false) => self.attempt_failed(entry_denied()),
            None if asks => self.set_state(MeetingState::WaitingEntry, None),
            None => {}
        }
    }

    fn unpin_local(&mut self) {
        let id = self.local_id().to_owned();
        let pinned = self.roster.local().pinned;
        if pinned.camera || pinned.share {
            self.roster.pin(&id, Some(false), Some(false));
            let event = Event::new(EventType::PinStateChanged)
                .about(&id)
                .with_detail("cam", false)
                .with_detail("share", false)
                .with_detail("pinnedBy", json!(null));
            self.tell(event);
        }
    }

    /// Whether a decision about entry is one that is not to be acted on now: that of a meeting which
    /// is not gone to, or one that came before the answer.
    pub(super) fn decided_elsewhere(&mut self, room: &Value, allowed: bool) -> bool {
        let Some(room) = room.as_str() else {
            return false;
        };
        let is_inside = matches!(self.phase, Phase::Inside);
        match &mut self.switching {
            Some(switching) if switching.destined.meeting_id == room => {
                if is_inside {
                    switching.decided = Some(allowed);
                }
                is_inside
            }
            Some(_) => true,
            None => false,
        }
    }

    /// It is in the room: the one that it went to, if it went anywhere.
    pub(super) fn has_switched(&mut self) {
        if let Some(switching) = self.switching.take() {
            self.switched_to = Some(switching.destined.meeting_id);
            self.outputs.has_switched = true;
        }
    }
}

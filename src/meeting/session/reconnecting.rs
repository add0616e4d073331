//! A lost connection, and the way back: a full join under the same id.

use std::time::Duration;

use super::outputs::{Action, Waiter};
use super::requests::{Purpose, connection_lost};
use super::{Moment, Phase, Session, not_inside};
use crate::meeting::event::EventType;
use crate::meeting::leave_reason::{ATTEMPTS_EXHAUSTED, LeaveReason};
use crate::meeting::refusal;
use crate::meeting::state::MeetingState;
use crate::signaling::{ATTEMPTS, pause};
use crate::{Error, Result, Status};

pub(super) struct Reconnecting {
    /// The current try, from 1.
    attempt: u32,
    resuming: Resuming,
}

/// In the room again, topics and values are taken up again before the meeting counts as connected:
/// what is told from then on is missed by nobody.
#[derive(Default)]
struct Resuming {
    /// How many requests have no answer yet. Each ends, at the latest by its own patience.
    open: usize,
    /// What could not be taken up again.
    lost_topics: Vec<String>,
    lost_keys: Vec<String>,
}

/// Something that is asked for again on a new connection.
pub(super) enum Resumed {
    Topic,
    Value,
}

impl<T: Waiter> Session<T> {
    /// The connection is gone. `words` follow "the connection"; `unsent` are the requests of which
    /// nothing was sent.
    pub(in crate::meeting) fn lost(&mut self, now: Moment, words: &str, unsent: &[u64]) {
        self.now = now;
        match self.phase {
            Phase::Closing(_) => self.closed(),
            Phase::Entering(_) => {
                let error = Error::new(
                    Status::ConnectionLost,
                    format!("Could not join the meeting: the connection {words}"),
                    "Try again; if it lasts, check the network and what lies between this machine and the service.",
                );
                self.attempt_failed(error);
            }
            Phase::Inside => {
                self.keep_unsent(unsent);
                self.come_back(words, None);
            }
            Phase::Idle | Phase::Opening | Phase::Pausing { .. } => {}
        }
    }

    /// Publishes that were not sent will be, once; all else may have been carried out.
    fn keep_unsent(&mut self, unsent: &[u64]) {
        for id in unsent {
            if let Some(pending) = self.requests.take(*id) {
                match pending.purpose {
                    Purpose::Publish { waiter, data } => {
                        if let Err((waiter, error)) = self.messages.keep_unsent(waiter, data) {
                            self.answer(waiter, Err(error));
                        }
                    }
                    other => {
                        if let Some(waiter) = other.waiter() {
                            let error = connection_lost("the request was not sent");
                            self.answer(waiter, Err(error));
                        }
                    }
                }
            }
        }
    }

    /// Begins to connect anew, after `wait` where that is given.
    fn come_back(&mut self, words: &str, wait: Option<Duration>) {
        let error = connection_lost(&format!("it {words}"));
        // Those of the connection itself are made again.
        self.fail_pending(&error);
        self.lose_media();
        // Who is still there, only the new one can tell.
        self.roster.expect_later();
        match &mut self.reconnecting {
            // Lost before all was taken up again: the tries are counted on, since a connection that
            // never gets that far is none. One that the app wishes does not count.
            Some(reconnecting) if wait.is_none() => reconnecting.resuming = Resuming::default(),
            known => {
                let is_new = known.is_none();
                *known = Some(Reconnecting {
                    attempt: 0,
                    resuming: Resuming::default(),
                });
                if is_new {
                    self.set_state(MeetingState::Reconnecting, Some(&error));
                }
            }
        }
        self.next_attempt(&format!("the connection {words}"), wait);
    }

    /// Waits for the next try, if there is one left.
    fn next_attempt(&mut self, reason: &str, wait: Option<Duration>) {
        let jitter = (self.jitter)();
        let Some(reconnecting) = &mut self.reconnecting else {
            return;
        };
        if reconnecting.attempt == ATTEMPTS {
            let error = Error::new(
                Status::ConnectionLost,
                format!("The connection to the meeting was lost, and {ATTEMPTS} tries to make it anew failed; the last one because {reason}"),
                "Check the network, then join again.",
            )
            .with_service_code(ATTEMPTS_EXHAUSTED);
            return self.give_up(error);
        }
        reconnecting.attempt += 1;
        let attempt = reconnecting.attempt;
        let wait = wait.unwrap_or_else(|| pause(attempt, jitter));
        let delay_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        let event = self
            .event(EventType::Reconnecting)
            .with_code(i32::try_from(attempt).unwrap_or(i32::MAX))
            .with_text(reason)
            .with_status(Some(Status::ConnectionLost))
            .with_detail("attempt", attempt)
            .with_detail("attempts", ATTEMPTS)
            .with_detail("delayMs", delay_ms);
        self.tell(event);
        self.phase = Phase::Pausing {
            until: self.now.at + wait,
        };
    }

    /// It is in the room again: topics and values are taken up again, and with the last of them the
    /// meeting is connected.
    pub(super) fn resume(&mut self) {
        let (topics, keys) = (self.messages.topics(), self.observations.keys());
        // One more until all were asked for: some may fail at once.
        self.expect_resumed(topics.len() + keys.len() + 1);
        self.resume_messages(topics);
        self.resume_observations(keys);
        self.resumed();
    }

    fn expect_resumed(&mut self, count: usize) {
        if let Some(reconnecting) = &mut self.reconnecting {
            reconnecting.resuming = Resuming {
                open: count,
                ..Resuming::default()
            };
        }
    }

    /// One of those could not be taken up again.
    pub(super) fn not_resumed(&mut self, what: Resumed, name: &str) {
        if let Some(Reconnecting { resuming, .. }) = &mut self.reconnecting {
            let lost = match what {
                Resumed::Topic => &mut resuming.lost_topics,
                Resumed::Value => &mut resuming.lost_keys,
            };
            lost.push(name.to_owned());
        }
    }

    /// One of those has ended, well or not.
    pub(super) fn resumed(&mut self) {
        let Some(reconnecting) = &mut self.reconnecting else {
            return;
        };
        reconnecting.resuming.open = reconnecting.resuming.open.saturating_sub(1);
        if reconnecting.resuming.open > 0 {
            return;
        }
        let Some(Reconnecting { resuming, .. }) = self.reconnecting.take() else {
            return;
        };
        let mut event = self.change_state(MeetingState::Connected, None);
        for (name, lost) in [
            ("lostTopics", resuming.lost_topics),
            ("lostKeys", resuming.lost_keys),
        ] {
            if !lost.is_empty() {
                event = event.with_detail(name, lost);
            }
        }
        self.tell(event);
    }

    /// A try to come back failed.
    pub(super) fn reconnect_failed(&mut self, error: Error) {
        self.fail_pending(&error);
        self.outputs.act(Action::Drop);
        if refusal::is_definite(&error) {
            return self.give_up(error);
        }
        let mut reason = error.message().to_owned();
        if let Some(first) = reason.get(..1) {
            reason = first.to_lowercase() + &reason[1..];
        }
        self.next_attempt(&reason, None);
    }

    /// The meeting is over for good, though nobody asked for it.
    pub(super) fn give_up(&mut self, error: Error) {
        let reason = LeaveReason::of(
            error
                .service_code()
                .filter(|code| *code == ATTEMPTS_EXHAUSTED)
                .unwrap_or(match error.status() {
                    Status::ConnectionLost => crate::meeting::leave_reason::CONNECTION_LOST,
                    _ => crate::meeting::leave_reason::UNKNOWN,
                }),
        );
        self.tell_left(&reason);
        self.stop(MeetingState::Failed, &error);
    }

    /// The network has changed, or there is a fresh token: do not wait for timeouts.
    pub(in crate::meeting) fn refresh(&mut self, now: Moment) -> Result<()> {
        self.now = now;
        match self.phase {
            // What was not sent yet, only the driver knows: it asks to `renew` it.
            Phase::Inside => {
                self.outputs.act(Action::Renew);
                Ok(())
            }
            Phase::Pausing { .. } => {
                self.open();
                Ok(())
            }
            // It is being made anew at this moment.
            Phase::Opening | Phase::Entering(_) => Ok(()),
            Phase::Idle | Phase::Closing(_) => Err(not_inside(self.state)),
        }
    }

    /// Gives the connection up, as [`Self::refresh`] wished, if that is still to be; `unsent` are the
    /// requests of which nothing was sent.
    pub(in crate::meeting) fn renew(&mut self, now: Moment, unsent: &[u64]) -> bool {
        self.now = now;
        let gives_up = matches!(self.phase, Phase::Inside);
        if gives_up {
            self.keep_unsent(unsent);
            self.come_back("was given up to make it anew", Some(Duration::ZERO));
        }
        gives_up
    }

    /// A fresh token came: a try that waits may succeed with it at once.
    pub(in crate::meeting) fn token_changed(&mut self, now: Moment) {
        self.now = now;
        if matches!(self.phase, Phase::Pausing { .. }) {
            self.open();
        }
    }

    /// Who did not come back with the connection is told as gone, and a service that nothing was told
    /// of as unknown.
    pub(super) fn settle(&mut self) {
        self.settle_consumers();
        let changes = self.roster.settle();
        self.tell_changes(changes);
        self.settle_services();
    }
}

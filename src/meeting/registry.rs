//! Every meeting of the process, in the order in which their tokens run out.
//!
//! One task watches all of them: it sleeps until the next token is about to expire.

use std::collections::BTreeMap;
use std::sync::{Mutex, Weak};
use std::time::{Duration, Instant};

use super::shared::Shared;
use crate::runtime::{PerProcess, engine, lock};
use crate::{Error, Status};

/// How long before its end a token is reported, in seconds.
pub(super) const EXPIRY_NOTICE_SECONDS: i64 = 60;

/// When a meeting's token has to be looked at (seconds since 1970), then its number.
pub(super) type Place = (i64, u64);

#[derive(Default)]
pub(super) struct Registry {
    state: Mutex<State>,
    changed: tokio::sync::Notify,
}

#[derive(Default)]
struct State {
    next_number: u64,
    meetings: BTreeMap<Place, Weak<Shared>>,
    /// When the watching task looks next; `None` while there is no task.
    next_look: Option<i64>,
}

static REGISTRY: PerProcess<Registry> = PerProcess::new();

pub(super) fn registry() -> &'static Registry {
    REGISTRY.get()
}

/// How long the service may take to take note of all who leave.
const GOODBYE: Duration = Duration::from_secs(2);

/// Ends every meeting, because the library is being shut down.
pub(crate) fn end_all(deadline: Instant) {
    let meetings: Vec<_> = {
        let state = lock(&registry().state);
        state.meetings.values().filter_map(Weak::upgrade).collect()
    };
    let why = Error::new(
        Status::Shutdown,
        "The library was shut down",
        "Leave meetings before shutting down; the library may be used again.",
    );
    for meeting in &meetings {
        meeting.leave(Some(&why));
    }
    let deadline = deadline.min(Instant::now() + GOODBYE);
    for meeting in &meetings {
        meeting.wait_until_idle(deadline);
        // While there still is somebody who delivers its last events.
        meeting.abort(&why);
    }
}

impl Registry {
    pub(super) fn next_number(&self) -> u64 {
        let mut state = lock(&self.state);
        state.next_number += 1;
        state.next_number
    }

    /// Enters a meeting, to be looked at when `expires_at` comes near; `i64::MAX` for never.
    pub(super) fn enter(&'static self, place: Place, meeting: Weak<Shared>) {
        let mut state = lock(&self.state);
        state.meetings.insert(place, meeting);
        if place.0 == i64::MAX {
            return;
        }
        // A task that starts looks at once.
        let next_look = state.next_look;
        state.next_look.get_or_insert(i64::MIN);
        drop(state);
        match next_look {
            None => self.watch(),
            // Waking it costs more than all the rest of making a meeting.
            Some(next) if place.0 < next => self.changed.notify_one(),
            Some(_) => {}
        }
    }

    pub(super) fn leave(&self, place: Place) {
        lock(&self.state).meetings.remove(&place);
    }

    fn watch(&'static self) {
        // Without threads there are no notices of expiry; whatever needs them tells its own error.
        let watching = Watching(self);
        let Ok(engine) = engine() else {
            return;
        };
        engine.spawn(async move {
            let _watching = watching;
            loop {
                let wait = self.tell_due(super::clock::unix_ms() / 1000);
                // Either way there is something to look at.
                let _ = tokio::time::timeout(wait, self.changed.notified()).await;
            }
        });
    }

    /// Tells every meeting whose token is about to expire, once; how long until the next one.
    fn tell_due(&self, now: i64) -> Duration {
        // Clocks may be set; an hour bounds how long that can go unnoticed.
        const LONGEST_SLEEP: i64 = 3600;
        let due: Vec<_> = {
            let mut state = lock(&self.state);
            let mut due = Vec::new();
            while let Some((&(at, number), _)) = state.meetings.first_key_value()
                && at <= now
            {
                let Some(meeting) = state.meetings.remove(&(at, number)) else {
                    break;
                };
                // Stays entered, so that shutdown finds it, but is not looked at again.
                state.meetings.insert((i64::MAX, number), meeting.clone());
                due.extend(meeting.upgrade());
            }
            due
        };
        for meeting in due {
            meeting.tell_token_expiring(now);
        }
        let mut state = lock(&self.state);
        let next = state
            .meetings
            .first_key_value()
            .map_or(i64::MAX, |((at, _), _)| *at);
        let seconds = next.saturating_sub(now).clamp(1, LONGEST_SLEEP);
        state.next_look = Some(now.saturating_add(seconds));
        Duration::from_secs(seconds.unsigned_abs())
    }
}

/// Says that nobody watches any more, also when the engine throws the task away.
struct Watching(&'static Registry);

impl Drop for Watching {
    fn drop(&mut self) {
        lock(&self.0.state).next_look = None;
    }
}

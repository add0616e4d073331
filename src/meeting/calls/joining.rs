//! Joining, leaving, ending, and a connection made anew.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::oneshot;

use super::gone;
use crate::Result;
use crate::meeting::object::Meeting;
use crate::meeting::session::Call;
use crate::meeting::shared::{Shared, Waiting};
use crate::runtime::{Operation, Prepared, Timeout};

const JOIN: &str = "meeting_join";
const LEAVE: &str = "meeting_leave";
const END: &str = "meeting_end";

impl Meeting {
    /// Joins the room: connects, asks to be let in where the token demands it, and waits until that
    /// is decided. When it has succeeded, the snapshot has everybody in the room.
    ///
    /// `timeout` is for all of it; give it minutes where somebody has to let this participant in.
    /// After a failure, and when the operation was cancelled, the meeting may be joined again.
    ///
    /// # Errors
    ///
    /// One error for what went wrong, with the service's number where it gave one; the state is
    /// [`MeetingState::Failed`](super::super::MeetingState::Failed) then, and its event tells the
    /// same. [`Status::InvalidState`](crate::Status::InvalidState) when it was joined already.
    pub fn join(&self, timeout: impl Into<Timeout>) -> Operation<()> {
        Operation::of(JOIN, Ok(self.join_call(timeout.into())))
    }

    pub(crate) fn join_call(&self, timeout: Timeout) -> Prepared<()> {
        let shared = Arc::clone(&self.shared);
        Prepared::new(JOIN, timeout, move |worker, deadline| {
            let (sender, receiver) = oneshot::channel();
            let until = shared.since_begin(deadline);
            let begun = shared
                .with(|session, now| session.join(now, until, Waiting(sender)))
                .and_then(|()| shared.start_driving(worker));
            let joining = begun.map(|()| Joining(shared));
            async move {
                let joining = joining?;
                let outcome = receiver.await.unwrap_or_else(|_| Err(gone()));
                drop(joining);
                outcome.map(drop)
            }
        })
    }

    /// Leaves: says goodbye to the service and ends the connection. Whoever waits for events is
    /// woken, and events that are left can still be read. Leaving twice is no mistake. Without time
    /// it only begins to, and has succeeded.
    ///
    /// # Errors
    ///
    /// [`Status::Timeout`](crate::Status::Timeout) when the service had not answered by then; it is
    /// left all the same.
    pub fn leave(&self, timeout: impl Into<Timeout>) -> Operation<()> {
        if self.leave_at_once() {
            return Operation::done(LEAVE, ());
        }
        Operation::of(LEAVE, Ok(self.leave_call(timeout.into())))
    }

    /// [`Self::leave`] on the calling thread; without time it only begins to.
    pub(crate) fn leave_and_wait(&self, timeout: Timeout) -> Result<()> {
        if self.leave_at_once() {
            return Ok(());
        }
        if timeout.is_zero() {
            self.shared.leave(None);
            return Ok(());
        }
        self.leave_call(timeout).wait()
    }

    pub(crate) fn leave_call(&self, timeout: Timeout) -> Prepared<()> {
        if timeout.is_zero() {
            let shared = Arc::clone(&self.shared);
            return Prepared::new(LEAVE, Timeout::Default, move |_, _| {
                shared.leave(None);
                async { Ok(()) }
            });
        }
        self.waiting(
            LEAVE,
            timeout,
            |session, now, waiter| {
                session.leave(now, Some(waiter), None);
                Ok(())
            },
            |_| Ok(()),
        )
    }

    /// Leaves without waiting; whether that is all there is to it.
    fn leave_at_once(&self) -> bool {
        let is_idle = self.shared.look(|state| state.session.is_idle());
        if is_idle {
            self.shared.leave(None);
        }
        is_idle
    }

    /// Ends the meeting for everybody in the room.
    ///
    /// # Errors
    ///
    /// The service's refusal, or [`Status::InvalidState`](crate::Status::InvalidState) when this
    /// participant is not in the room.
    pub fn end(&self, timeout: impl Into<Timeout>) -> Operation<()> {
        Operation::of(END, self.end_call(timeout.into()))
    }

    pub(crate) fn end_call(&self, timeout: Timeout) -> Result<Prepared<()>> {
        let call = Call::new("closeRoom", "end the meeting", json!({}));
        self.request(END, timeout, Ok(call))
    }

    /// Makes the connection anew at once: after a change of networks, without waiting until the
    /// loss of the old one is noticed.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`](crate::Status::InvalidState) when the meeting is not joined.
    pub fn refresh_connection(&self) -> Result<()> {
        self.shared
            .with(|session, now| session.refresh(now))
            .map_err(|error| error.during("meeting_refresh_connection"))
    }
}

/// A join that is waited for; when nobody waits any more, it is given up.
struct Joining(Arc<Shared>);

impl Drop for Joining {
    fn drop(&mut self) {
        self.0.with(|session, now| session.abandon_join(now));
    }
}

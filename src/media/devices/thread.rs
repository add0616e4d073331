//! The threads on which sound systems are asked.
//!
//! They may take long, start threads of their own, and complain on standard error where nobody tells
//! them not to: so none is ever asked on a thread of the app.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use crate::runtime::{engine, is_dispatcher_thread, panics, would_deadlock};
use crate::{Error, Result, Status};

/// How long a sound system may take to list its devices, or to open one.
const LONGEST: Duration = Duration::from_secs(10);

const NAME: &str = "vsdk-devices";

/// Runs `work` on a thread of its own and waits for it; what comes too late is dropped there.
/// `what` says what it is, and so does the error.
pub(super) fn run<T: Send + 'static>(
    what: &'static str,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    if is_dispatcher_thread() {
        return Err(would_deadlock(what));
    }
    let (sender, receiver) = sync_channel(1);
    in_background(what, move || {
        let outcome = panics::caught(work).and_then(|outcome| outcome);
        // Nobody is there any more who would want it.
        drop(sender.send(outcome));
    })?;
    receiver.recv_timeout(LONGEST).unwrap_or_else(|error| {
        let why = match error {
            RecvTimeoutError::Timeout => "has not answered within 10 s",
            RecvTimeoutError::Disconnected => "was let go of",
        };
        Err(Error::new(
            Status::Timeout,
            format!("The sound system {why} while {what}"),
            "Look after the sound system: a sound server that hangs has to be started anew. Or try again.",
        )
        .with_retryable(true))
    })
}

/// Runs `work` on a thread of its own, which a shutdown of the library waits for.
pub(crate) fn in_background(
    what: &'static str,
    work: impl FnOnce() + Send + 'static,
) -> Result<()> {
    engine()?.start_thread(NAME, what, work)
}

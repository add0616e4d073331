//! Threads of the library's own, which take no signal from the host and whose end can be waited for.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::Thread;
use std::time::Instant;

use super::signals;
use super::sync::lock;
use crate::{Error, Result, Status};

/// A thread that runs until its work ends.
pub(super) struct OwnThread {
    thread: Thread,
    ended: Arc<(Mutex<bool>, Condvar)>,
}

impl OwnThread {
    /// Starts it. `purpose` says in an error what it is for.
    pub(super) fn start(
        name: &str,
        purpose: &str,
        run: impl FnOnce() + Send + 'static,
    ) -> Result<Self> {
        let _quiet = signals::BlockedWhileStarting::begin();
        let ended = Arc::new((Mutex::new(false), Condvar::new()));
        let told = Arc::clone(&ended);
        let started = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                run();
                *lock(&told.0) = true;
                told.1.notify_all();
            });
        match started {
            Ok(handle) => Ok(Self {
                thread: handle.thread().clone(),
                ended,
            }),
            Err(error) => Err(Error::new(
                Status::ResourceExhausted,
                format!("The thread for {purpose} could not be started: {error}"),
                "Raise the limit of threads for this process (ulimit -u, container limits).",
            )),
        }
    }

    /// Lets it go on when it is parked, or not park the next time. Neither waits nor asks for memory.
    pub(super) fn wake(&self) {
        self.thread.unpark();
    }

    /// Whether its work has ended.
    pub(super) fn has_ended(&self) -> bool {
        *lock(&self.ended.0)
    }

    /// Waits for its end; `false` when the deadline came first.
    pub(super) fn wait(&self, deadline: Instant) -> bool {
        let (has_ended, changed) = &*self.ended;
        let left = deadline.saturating_duration_since(Instant::now());
        let waited = changed.wait_timeout_while(lock(has_ended), left, |has_ended| !*has_ended);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

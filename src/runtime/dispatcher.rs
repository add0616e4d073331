//! The one thread on which the app's callbacks run.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Instant;

use super::signals;
use super::sync::lock;
use crate::{Error, Result, Status};

pub(crate) type Job = Box<dyn FnOnce() + Send>;

thread_local! {
    static IS_DISPATCHER: Cell<bool> = const { Cell::new(false) };
}

/// Whether the calling thread is the dispatcher: then waiting for anything would wait for itself.
pub(crate) fn is_dispatcher_thread() -> bool {
    IS_DISPATCHER.get()
}

/// Runs jobs one after another, in the order in which they were posted.
pub(crate) struct Dispatcher {
    /// Taken out to close: the thread then finishes what is posted and ends.
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    ended: Arc<(Mutex<bool>, Condvar)>,
}

impl Dispatcher {
    pub(super) fn start() -> Result<Self> {
        let (sender, receiver) = mpsc::channel::<Job>();
        let ended = Arc::new((Mutex::new(false), Condvar::new()));
        let told = Arc::clone(&ended);
        std::thread::Builder::new()
            .name("vsdk-dispatch".to_owned())
            .spawn(move || {
                signals::block_on_this_thread();
                IS_DISPATCHER.set(true);
                for job in receiver {
                    // A callback written in Rust may panic: that is its own loss, the panic hook
                    // has told it, and the callbacks of others go on.
                    let _ = catch_unwind(AssertUnwindSafe(job));
                }
                *lock(&told.0) = true;
                told.1.notify_all();
            })
            .map_err(|error| {
                Error::new(
                    Status::ResourceExhausted,
                    format!("The thread for callbacks could not be started: {error}"),
                    "Raise the limit of threads for this process (ulimit -u, container limits).",
                )
            })?;
        Ok(Self {
            jobs: Mutex::new(Some(sender)),
            ended,
        })
    }

    /// Queues a job. After closing it is dropped, which ends what it holds.
    pub(crate) fn post(&self, job: impl FnOnce() + Send + 'static) {
        // Boxed before the lock and, when refused, dropped after it: jobs carry the app's data.
        let job: Job = Box::new(job);
        let refused = match &*lock(&self.jobs) {
            Some(jobs) => jobs.send(job).err().map(|error| error.0),
            None => Some(job),
        };
        drop(refused);
    }

    /// Takes no more jobs and waits until all that are queued have run.
    pub(super) fn close(&self, deadline: Instant) -> bool {
        lock(&self.jobs).take();
        let mut ended = lock(&self.ended.0);
        while !*ended {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            ended = self
                .ended
                .1
                .wait_timeout(ended, left)
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .0;
        }
        true
    }
}

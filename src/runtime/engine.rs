//! The running library: worker threads, the dispatcher, and their end.

use once_cell::sync::OnceCell;
use std::future::Future;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use tokio::task::AbortHandle;

use super::callers::{Callers, Closed};
use super::dispatcher::{Dispatcher, is_dispatcher_thread};
use super::early_timer::EarlyTimer;
use super::fork::{PerProcess, forked_error, is_forked_child};
use super::signals;
use super::sync::lock;
use super::timeout::Timeout;
use crate::{Error, Result, Status};

/// More than four workers do not make a client faster; fewer cores get fewer.
const MOST_WORKERS: usize = 4;

/// Everything that runs. Whoever needs it holds it; the last one to let go ends its threads.
pub(crate) struct Engine {
    number: EngineNumber,
    /// `None` once it is being shut down.
    tokio: Mutex<Option<tokio::runtime::Runtime>>,
    handle: tokio::runtime::Handle,
    is_stopping: AtomicBool,
    callers: Callers,
    dispatcher: Dispatcher,
    early_timer: Arc<EarlyTimer>,
    /// Operations that have not completed yet.
    unfinished: AtomicUsize,
}

/// Tells engines apart: each one that is started has a higher number. The default is none's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EngineNumber(u64);

static STARTED: AtomicU64 = AtomicU64::new(0);

#[derive(Default)]
struct Slot {
    current: Mutex<OnceCell<Arc<Engine>>>,
}

static SLOT: PerProcess<Slot> = PerProcess::new();

/// The running engine, started if need be.
pub(crate) fn engine() -> Result<Arc<Engine>> {
    if is_forked_child() {
        return Err(forked_error());
    }
    lock(&SLOT.get().current)
        .get_or_try_init(Engine::start)
        .cloned()
}

/// The running engine, if one was started.
pub(crate) fn engine_if_started() -> Option<Arc<Engine>> {
    lock(&SLOT.get().current).get().cloned()
}

/// Ends everything that runs: operations complete with [`Status::Shutdown`], meetings end, the
/// callbacks that are due are made, the threads stop. The library may be used again afterwards.
///
/// # Errors
///
/// [`Status::WouldDeadlock`] from inside a callback; [`Status::Timeout`] when something (a
/// callback that does not return) was still running at the deadline: it ends later by itself.
pub fn shutdown(timeout: Timeout) -> Result<()> {
    if is_dispatcher_thread() {
        return Err(would_deadlock("shutdown"));
    }
    // First, and on the engine that runs: their last events are still delivered.
    crate::meeting::end_all();
    let Some(engine) = lock(&SLOT.get().current).take() else {
        return Ok(());
    };
    let deadline = Instant::now() + timeout.bounded();
    if engine.stop(deadline) {
        return Ok(());
    }
    Err(Error::new(
        Status::Timeout,
        format!(
            "Something was still running {} ms after the shutdown began, most likely a callback that does not return",
            timeout.bounded().as_millis()
        ),
        "Let callbacks return quickly, or give shutdown more time. What is left ends by itself.",
    )
    .during("shutdown"))
}

/// The error of a blocking call inside a callback.
pub(crate) fn would_deadlock(operation: &str) -> Error {
    Error::new(
        Status::WouldDeadlock,
        "A blocking call from inside a callback would wait for itself: callbacks run one after another on one thread",
        "Use the _async form here, or hand the work to a thread of your own. Looking for events, or whether an operation has completed, is allowed with a timeout of 0.",
    )
    .during(operation)
}

impl Engine {
    pub(super) fn start() -> Result<Arc<Self>> {
        let _quiet = signals::BlockedWhileStarting::begin();
        let workers = std::thread::available_parallelism()
            .map_or(1, usize::from)
            .min(MOST_WORKERS);
        let tokio = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(workers)
            // Name resolution is the only blocking work, and one at a time is enough.
            .max_blocking_threads(1)
            .thread_name("vsdk-worker")
            .on_thread_start(signals::block_on_this_thread)
            .enable_all()
            .build()
            .map_err(|error| {
                Error::new(
                    Status::ResourceExhausted,
                    format!("The worker threads could not be started: {error}"),
                    "Raise the limits of threads and open files for this process.",
                )
            })?;
        Ok(Arc::new(Self {
            number: EngineNumber(STARTED.fetch_add(1, Ordering::Relaxed) + 1),
            handle: tokio.handle().clone(),
            tokio: Mutex::new(Some(tokio)),
            is_stopping: AtomicBool::new(false),
            callers: Callers::new(),
            dispatcher: Dispatcher::start()?,
            early_timer: Arc::default(),
            unfinished: AtomicUsize::new(0),
        }))
    }

    pub(super) fn number(&self) -> EngineNumber {
        self.number
    }

    /// Runs a future on the workers, until it ends, is aborted, or the engine is shut down.
    pub(crate) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        self.handle.spawn(future).abort_handle()
    }

    /// Does some work on the calling thread, until it ends or the engine is shut down. Not for a
    /// thread of Tokio, which must not wait.
    pub(super) fn run_here<F: Future>(&self, work: F) -> Result<F::Output, Closed> {
        self.early_timer.operation_starts(&self.handle);
        self.callers.run(&self.handle, work)
    }

    /// Queues a call into the app.
    pub(crate) fn dispatch(&self, job: impl FnOnce() + Send + 'static) {
        self.dispatcher.post(job);
    }

    pub(super) fn operation_started(&self) {
        self.unfinished.fetch_add(1, Ordering::Relaxed);
        self.early_timer.operation_starts(&self.handle);
    }

    pub(super) fn operation_finished(&self) {
        self.unfinished.fetch_sub(1, Ordering::Release);
    }

    /// Whether what an operation needs, such as its connection, may have been thrown away before it.
    pub(super) fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Acquire)
    }

    /// Ends operations, then callbacks, then threads; `false` when the deadline came first.
    pub(super) fn stop(&self, deadline: Instant) -> bool {
        let left = || deadline.saturating_duration_since(Instant::now());
        self.is_stopping.store(true, Ordering::Release);
        let all_left = self.callers.close(deadline);
        if let Some(tokio) = lock(&self.tokio).take() {
            // Throws every task away; each completes its operation as it goes.
            tokio.shutdown_timeout(left());
        }
        let all_finished = all_left && self.unfinished.load(Ordering::Acquire) == 0;
        let all_called = self.dispatcher.close(deadline);
        all_finished && all_called
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // The last holder may be a worker thread, on which waiting for workers is not allowed.
        if let Some(tokio) = lock(&self.tokio).take() {
            tokio.shutdown_background();
        }
    }
}

//! A thread of the library with its own sockets and timers.
//!
//! Workers share nothing: what begins on one stays there, together with the connections it made. A
//! request that is alone is carried out by one thread, which is woken twice; threads that take work
//! from each other wake each other for it, and a third of the processor time goes into that.

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use once_cell::sync::OnceCell;
use tokio::task::AbortHandle;

use super::fork::PerProcess;
use super::signals;
use super::sync::lock;
use crate::{Error, Result, Status};

/// More than four workers do not make a client faster; fewer cores get fewer.
const MOST_WORKERS: usize = 4;

/// How many workers each engine has: as many as there were cores when it was first asked.
pub(crate) fn worker_count() -> usize {
    static COUNT: PerProcess<OnceCell<usize>> = PerProcess::new();
    *COUNT.get().get_or_init(|| {
        std::thread::available_parallelism()
            .map_or(1, usize::from)
            .min(MOST_WORKERS)
    })
}

/// Tells the workers of all engines apart. Each engine that is started has a higher number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WorkerId {
    pub(crate) engine: u64,
    /// Below [`worker_count`].
    pub(crate) index: usize,
}

/// One thread, as long as it is held or [`Worker::stop`] was not called.
pub(super) struct Worker {
    id: WorkerId,
    /// `None` once it is being stopped.
    tokio: Mutex<Option<tokio::runtime::Runtime>>,
    handle: tokio::runtime::Handle,
    tasks: Arc<AtomicUsize>,
}

impl Worker {
    pub(super) fn start(id: WorkerId) -> Result<Self> {
        let tokio = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            // Host names and the trust store are the only blocking work, and one at a time is enough.
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
        Ok(Self {
            id,
            handle: tokio.handle().clone(),
            tokio: Mutex::new(Some(tokio)),
            tasks: Arc::default(),
        })
    }

    pub(super) fn id(&self) -> WorkerId {
        self.id
    }

    /// Counts one more task of this worker, which is about to be spawned and holds what this gives.
    pub(super) fn count(&self) -> Counted {
        self.tasks.fetch_add(1, Ordering::Relaxed);
        Counted(Arc::clone(&self.tasks))
    }

    /// How many tasks are counted.
    pub(super) fn tasks(&self) -> usize {
        self.tasks.load(Ordering::Relaxed)
    }

    /// Runs a future until it ends, is aborted, or the worker is stopped.
    pub(super) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        self.handle.spawn(future).abort_handle()
    }

    /// The same for a future that counts as long as it runs.
    pub(super) fn spawn_counted(&self, future: impl Future<Output = ()> + Send + 'static) {
        let counted = self.count();
        self.spawn(async move {
            let _counted = counted;
            future.await;
        });
    }

    /// Throws every task away and ends the thread, or leaves it to itself after that time.
    pub(super) fn stop(&self, timeout: Duration) {
        if let Some(tokio) = lock(&self.tokio).take() {
            tokio.shutdown_timeout(timeout);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // The last holder may be a worker itself, on which waiting for workers is not allowed.
        if let Some(tokio) = lock(&self.tokio).take() {
            tokio.shutdown_background();
        }
    }
}

/// One task, until this is dropped.
pub(super) struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

//! The running library: worker threads, the dispatcher, and their end.

use once_cell::sync::OnceCell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use super::dispatcher::{Deliver, Dispatcher, Job, Lane, is_dispatcher_thread};
use super::fork::{PerProcess, forked_error, is_forked_child};
use super::pump::Pump;
use super::signals;
use super::sync::lock;
use super::thread::OwnThread;
use super::timeout::Timeout;
use super::worker::{Worker, WorkerId, worker_count};
use crate::{Error, Result, Status};

/// Everything that runs. Whoever needs it holds it; the last one to let go ends its threads.
pub(crate) struct Engine {
    workers: Vec<Worker>,
    is_stopping: AtomicBool,
    dispatcher: Dispatcher,
    media_dispatcher: OnceCell<Dispatcher>,
    /// Encodes sound. Its thread starts when it is first used.
    audio_pump: OnceCell<Arc<Pump>>,
    /// Encodes images. Likewise.
    image_pump: OnceCell<Arc<Pump>>,
    video_pumps: Vec<OnceCell<Arc<Pump>>>,
    /// How many were given out.
    video_tasks: AtomicUsize,
    /// Those of [`Engine::start_thread`], as far as they have not ended.
    threads: Mutex<Vec<OwnThread>>,
    /// Operations that have not completed yet.
    unfinished: AtomicUsize,
}

/// How many engines there ever were.
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
    let deadline = Instant::now() + timeout.bounded();
    // First, and on the engine that runs: their last events are still delivered.
    crate::meeting::end_all(deadline);
    let Some(engine) = lock(&SLOT.get().current).take() else {
        return Ok(());
    };
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

/// The error of what the end of the library has ended.
pub(crate) fn shut_down() -> Error {
    Error::new(
        Status::Shutdown,
        "The library was shut down before it was done",
        "Wait for operations before shutting down, or start it again: the library may be used again.",
    )
}

impl Engine {
    pub(super) fn start() -> Result<Arc<Self>> {
        let _quiet = signals::BlockedWhileStarting::begin();
        let engine = STARTED.fetch_add(1, Ordering::Relaxed) + 1;
        let workers = (0..worker_count()).map(|index| Worker::start(WorkerId { engine, index }));
        Ok(Arc::new(Self {
            workers: workers.collect::<Result<_>>()?,
            is_stopping: AtomicBool::new(false),
            dispatcher: Dispatcher::start(Lane::Events)?,
            media_dispatcher: OnceCell::new(),
            audio_pump: OnceCell::new(),
            image_pump: OnceCell::new(),
            video_pumps: (0..worker_count()).map(|_| OnceCell::new()).collect(),
            video_tasks: AtomicUsize::new(0),
            threads: Mutex::default(),
            unfinished: AtomicUsize::new(0),
        }))
    }

    /// The worker that has the least to do; among equals always the same one, so that requests one
    /// after another find their connection.
    pub(super) fn worker(&self) -> &Worker {
        let least = self.workers.iter().min_by_key(|worker| worker.tasks());
        least.unwrap_or_else(|| unreachable!("there is at least one worker"))
    }

    /// Runs a future on a worker, until it ends or the engine is shut down.
    pub(crate) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        self.worker().spawn_counted(future);
    }

    /// Runs a future on that worker, until it ends or the engine is shut down.
    ///
    /// # Errors
    ///
    /// [`Status::Shutdown`] when the worker is that of an earlier engine.
    pub(crate) fn spawn_on(
        &self,
        worker: WorkerId,
        future: impl Future<Output = ()> + Send + 'static,
    ) -> Result<()> {
        let worker = self.worker_with(worker).ok_or_else(shut_down)?;
        worker.spawn_counted(future);
        Ok(())
    }

    /// That worker, if it is one of this engine.
    pub(super) fn worker_with(&self, id: WorkerId) -> Option<&Worker> {
        self.workers.iter().find(|worker| worker.id() == id)
    }

    /// Queues a call into the app.
    pub(crate) fn dispatch(&self, lane: Lane, job: impl FnOnce() + Send + 'static) {
        self.dispatcher(lane).post(Job::Call(Box::new(job)));
    }

    /// Queues a delivery to the app.
    pub(super) fn deliver(&self, lane: Lane, from: Arc<dyn Deliver>) {
        self.dispatcher(lane).post(Job::Deliver(from));
    }

    fn dispatcher(&self, lane: Lane) -> &Dispatcher {
        if lane == Lane::Media {
            let started = self
                .media_dispatcher
                .get_or_try_init(|| Dispatcher::start(lane));
            // Where there can be no more threads, one has to do for all.
            if let Ok(dispatcher) = started {
                return dispatcher;
            }
        }
        &self.dispatcher
    }

    /// What encodes sound.
    ///
    /// # Errors
    ///
    /// When its thread cannot be started.
    pub(crate) fn audio_pump(&self) -> Result<Arc<Pump>> {
        self.audio_pump
            .get_or_try_init(|| Pump::start("vsdk-audio", "encoding").map(Arc::new))
            .cloned()
    }

    /// What encodes images.
    ///
    /// # Errors
    ///
    /// When its thread cannot be started.
    pub(crate) fn image_pump(&self) -> Result<Arc<Pump>> {
        self.image_pump
            .get_or_try_init(|| Pump::start("vsdk-image", "images").map(Arc::new))
            .cloned()
    }

    /// What encodes or decodes the pictures of one more track: there are as many threads as workers,
    /// and each has its turn.
    ///
    /// # Errors
    ///
    /// When its thread cannot be started.
    pub(crate) fn video_pump(&self) -> Result<Arc<Pump>> {
        let turn = self.video_tasks.fetch_add(1, Ordering::Relaxed);
        self.video_pumps[turn % self.video_pumps.len()]
            .get_or_try_init(|| Pump::start("vsdk-video", "pictures").map(Arc::new))
            .cloned()
    }

    /// Runs something on a thread of its own, for what may take long and knows no futures; stopping
    /// waits for its end. `purpose` says in an error what it is for.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub(crate) fn start_thread(
        &self,
        name: &str,
        purpose: &str,
        run: impl FnOnce() + Send + 'static,
    ) -> Result<()> {
        // One that panics is a defect of its own, and has ended as well.
        let run = move || drop(catch_unwind(AssertUnwindSafe(run)));
        let started = OwnThread::start(name, purpose, run)?;
        let mut threads = lock(&self.threads);
        threads.retain(|thread| !thread.has_ended());
        threads.push(started);
        Ok(())
    }

    pub(super) fn operation_started(&self) {
        self.unfinished.fetch_add(1, Ordering::Relaxed);
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
        // Every task is thrown away; each completes its operation as it goes.
        for worker in &self.workers {
            worker.stop(left());
        }
        let pumps = [&self.audio_pump, &self.image_pump].into_iter();
        let pumps = pumps.chain(&self.video_pumps);
        let encoded = pumps.filter_map(|pump| pump.get().map(|pump| pump.close(deadline)));
        let all_encoded = encoded.fold(true, |all, one| all & one);
        let threads = std::mem::take(&mut *lock(&self.threads));
        let ended = threads.iter().map(|thread| thread.wait(deadline));
        let all_ended = ended.fold(true, |all, one| all & one);
        let all_finished = self.unfinished.load(Ordering::Acquire) == 0;
        let dispatchers = std::iter::once(&self.dispatcher).chain(self.media_dispatcher.get());
        let called = dispatchers.map(|dispatcher| dispatcher.close(deadline));
        // Each is closed, also behind one that was late.
        let all_called = called.fold(true, |all, one| all & one);
        all_finished && all_encoded && all_ended && all_called
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_goes_to_the_worker_with_the_least_and_to_the_first_when_there_is_none() {
        let engine = Engine::start().expect("threads");
        let count = engine.workers.len();
        assert_eq!(count, worker_count());
        let index = || engine.worker().id().index;
        assert_eq!((index(), index()), (0, 0));
        // Twice around, and none has two before each has one.
        let mut tasks: Vec<_> = (0..2 * count)
            .map(|turn| {
                assert_eq!(index(), turn % count);
                engine.worker().count()
            })
            .collect();
        drop(tasks.remove(count - 1));
        assert_eq!(index(), count - 1);
        tasks.clear();
        assert_eq!(index(), 0);
    }
}

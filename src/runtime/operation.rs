//! Something that is under way: waited for, awaited, cancelled, or told by a callback.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use super::dispatcher::is_dispatcher_thread;
use super::engine::{Engine, EngineNumber, engine, would_deadlock};
use super::sync::{Condition, lock};
use super::timeout::Timeout;
use crate::{Error, Result, Status};

/// Called once on the dispatcher thread when the operation has completed.
pub(crate) type OnFinish<T> = Box<dyn FnOnce(&Operation<T>) + Send>;

/// Something that is under way on the library's threads.
///
/// It completes exactly once: with a result, an error, [`Status::Cancelled`] or
/// [`Status::Shutdown`]. Wait for it with [`Operation::wait`] from any thread, or `.await` it in
/// any executor. Dropping it lets it go on; [`Operation::cancel`] ends it.
///
/// ```no_run
/// # fn main() -> vsdk::Result<()> {
/// vsdk::config("<token>")?;
/// let room = vsdk::create_room(&vsdk::RoomOptions::new(), &vsdk::RequestOptions::new()).wait()?;
/// println!("{}", room.id());
/// # Ok(())
/// # }
/// ```
#[must_use = "wait for it, await it, or let it go on its own with `drop`"]
pub struct Operation<T> {
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    name: &'static str,
    state: Mutex<State<T>>,
    completed: Condition,
    cancelled: tokio::sync::Notify,
}

struct State<T> {
    /// How it ended; `None` while it runs. Stays after the result was taken.
    status: Option<Result<(), Error>>,
    result: Option<T>,
    waker: Option<Waker>,
}

/// Starts a future as an operation, with a deadline for all of it.
///
/// The future is given the number of the engine that runs it, and the moment of the deadline, to name in its own words what it was doing
/// then; it is dropped a little later if it does not end by itself.
pub(crate) fn start<T, F>(
    name: &'static str,
    timeout: Timeout,
    work: impl FnOnce(EngineNumber, tokio::time::Instant) -> F,
    on_finish: Option<OnFinish<T>>,
) -> Result<Operation<T>>
where
    T: Send + 'static,
    F: Future<Output = Result<T>> + Send + 'static,
{
    let engine = engine().map_err(|error| error.during(name))?;
    let operation = Operation::new(name);
    let length = timeout.bounded();
    let deadline = tokio::time::Instant::now() + length;
    // On the heap: it is kilobytes large, and a task is moved whenever it starts and ends.
    let future = Box::pin(work(engine.number(), deadline));
    engine.operation_started();
    let completer = Completer {
        engine: Arc::clone(&engine),
        operation: operation.share(),
        on_finish,
        done: false,
    };
    let shared = Arc::clone(&operation.shared);
    let stopped = engine.stopped();
    engine.spawn(async move {
        let outcome = tokio::select! {
            biased;
            () = shared.cancelled.notified() => Err(cancelled()),
            () = stopped => Err(shut_down()),
            outcome = future => outcome,
            () = tokio::time::sleep_until(deadline + GRACE) => Err(timed_out(length)),
        };
        completer.complete(outcome);
    });
    Ok(operation)
}

/// How long after the deadline an operation may still name itself what it was doing.
const GRACE: std::time::Duration = std::time::Duration::from_millis(50);

fn cancelled() -> Error {
    Error::new(Status::Cancelled, "It was cancelled", "")
}

fn shut_down() -> Error {
    Error::new(
        Status::Shutdown,
        "The library was shut down before it was done",
        "Wait for operations before shutting down, or start it again: the library may be used again.",
    )
}

fn timed_out(length: std::time::Duration) -> Error {
    Error::new(
        Status::Timeout,
        format!("It was not done within {} ms", length.as_millis()),
        "Try again, or allow more time.",
    )
}

impl<T> Operation<T> {
    fn new(name: &'static str) -> Self {
        Self {
            shared: Arc::new(Shared {
                name,
                state: Mutex::new(State {
                    status: None,
                    result: None,
                    waker: None,
                }),
                completed: Condition::default(),
                cancelled: tokio::sync::Notify::new(),
            }),
        }
    }

    /// One that has failed before it began.
    pub(crate) fn failed(name: &'static str, error: Error) -> Self {
        let operation = Self::new(name);
        lock(&operation.shared.state).status = Some(Err(error.during(name)));
        operation
    }

    /// Another reference to the same operation.
    pub(crate) fn share(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }

    /// Waits until it has completed and takes its result.
    ///
    /// # Errors
    ///
    /// Its own error, or [`Status::WouldDeadlock`] inside a callback.
    pub fn wait(self) -> Result<T> {
        self.wait_completed(Timeout::Infinite)?;
        self.take()
    }

    /// Waits until it has completed, however it ended, and leaves its result where it is.
    ///
    /// # Errors
    ///
    /// [`Status::Timeout`] when it is still running then, [`Status::WouldDeadlock`] inside a
    /// callback (with a timeout of zero it only asks, which is allowed there).
    pub fn wait_completed(&self, timeout: Timeout) -> Result<()> {
        if is_dispatcher_thread() && !timeout.is_zero() && !self.is_completed() {
            return Err(would_deadlock("op_wait"));
        }
        let deadline = timeout.deadline();
        let mut state = lock(&self.shared.state);
        while state.status.is_none() {
            state = match deadline {
                None => self.shared.completed.wait(state),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return Err(Error::new(
                            Status::Timeout,
                            format!("The operation {} is still running", self.shared.name),
                            "Wait again, or cancel it. Its own timeout ends it in any case.",
                        )
                        .during("op_wait"));
                    }
                    self.shared.completed.wait_for(state, left)
                }
            };
        }
        Ok(())
    }

    /// Asks it to end with [`Status::Cancelled`]. Never waits; no effect once it has completed.
    pub fn cancel(&self) {
        self.shared.cancelled.notify_one();
    }

    /// Whether it has completed, in whatever way.
    #[must_use]
    pub fn is_completed(&self) -> bool {
        lock(&self.shared.state).status.is_some()
    }

    /// How it ended, without taking the result.
    ///
    /// # Errors
    ///
    /// Its own error; [`Status::InvalidState`] while it is still running.
    pub fn outcome(&self) -> Result<()> {
        match &lock(&self.shared.state).status {
            Some(status) => status.clone(),
            None => Err(self.still_running()),
        }
    }

    /// Takes the result out of a completed operation.
    ///
    /// # Errors
    ///
    /// Its own error; [`Status::InvalidState`] while it runs and when the result was taken before.
    pub fn take(&self) -> Result<T> {
        let mut state = lock(&self.shared.state);
        match &state.status {
            None => Err(self.still_running()),
            Some(Err(error)) => Err(error.clone()),
            Some(Ok(())) => state.result.take().ok_or_else(|| {
                Error::new(
                    Status::InvalidState,
                    "The result was taken out already",
                    "Take it once and keep it.",
                )
                .during(self.shared.name)
            }),
        }
    }

    fn still_running(&self) -> Error {
        Error::new(
            Status::InvalidState,
            format!("The operation {} is still running", self.shared.name),
            "Wait for it first.",
        )
        .during(self.shared.name)
    }
}

impl<T> Future for Operation<T> {
    type Output = Result<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = lock(&self.shared.state);
        if state.status.is_none() {
            state.waker = Some(context.waker().clone());
            return Poll::Pending;
        }
        drop(state);
        Poll::Ready(self.take())
    }
}

impl<T> std::fmt::Debug for Operation<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Operation")
            .field("name", &self.shared.name)
            .field("completed", &self.is_completed())
            .finish()
    }
}

/// Owned by the task of an operation: completes it once, also when the task is thrown away.
struct Completer<T: Send + 'static> {
    engine: Arc<Engine>,
    operation: Operation<T>,
    on_finish: Option<OnFinish<T>>,
    done: bool,
}

impl<T: Send + 'static> Completer<T> {
    fn complete(mut self, outcome: Result<T>) {
        self.finish(outcome);
    }

    fn finish(&mut self, outcome: Result<T>) {
        self.done = true;
        let shared = &self.operation.shared;
        let (status, result) = match outcome {
            Ok(result) => (Ok(()), Some(result)),
            Err(error) => (Err(error.during(shared.name)), None),
        };
        let waker = {
            let mut state = lock(&shared.state);
            state.status = Some(status);
            state.result = result;
            state.waker.take()
        };
        shared.completed.notify_all();
        if let Some(waker) = waker {
            waker.wake();
        }
        if let Some(on_finish) = self.on_finish.take() {
            let operation = self.operation.share();
            self.engine.dispatch(move || on_finish(&operation));
        }
        self.engine.operation_finished();
    }
}

impl<T: Send + 'static> Drop for Completer<T> {
    fn drop(&mut self) {
        if !self.done {
            self.finish(Err(shut_down()));
        }
    }
}

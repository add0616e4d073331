//! Something that is under way: waited for, awaited, cancelled, or told by a callback.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use tokio::task::AbortHandle;

use super::dispatcher::Lane;
use super::dispatcher::is_dispatcher_thread;
use super::engine::{Engine, engine, shut_down, would_deadlock};
use super::panics;
use super::sync::{Condition, lock};
use super::timeout::Timeout;
use super::worker::{Counted, WorkerId};
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
    cancelled: AtomicBool,
    /// What ends the work; set as soon as it is under way.
    task: OnceLock<AbortHandle>,
}

struct State<T> {
    /// How it ended; `None` while it runs. Stays after the result was taken.
    status: Option<Result<(), Error>>,
    result: Option<T>,
    waker: Option<Waker>,
}

/// Something to be done: the start of an operation.
pub(crate) struct Prepared<T> {
    name: &'static str,
    timeout: Timeout,
    /// The worker that does it, if that is not just any.
    worker: Option<WorkerId>,
    work: Box<dyn FnOnce(WorkerId, tokio::time::Instant) -> Work<T> + Send>,
}

/// On the heap: it is kilobytes large, and a task is moved whenever it starts and ends.
type Work<T> = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

impl<T: Send + 'static> Prepared<T> {
    /// What may take so long in all.
    ///
    /// The work is told which worker does it, and the moment of the deadline: it ends by itself
    /// then, since only it can say what it was doing.
    pub(crate) fn new<F>(
        name: &'static str,
        timeout: Timeout,
        work: impl FnOnce(WorkerId, tokio::time::Instant) -> F + Send + 'static,
    ) -> Self
    where
        F: Future<Output = Result<T>> + Send + 'static,
    {
        Self {
            name,
            timeout,
            worker: None,
            work: Box::new(move |worker, deadline| Box::pin(work(worker, deadline))),
        }
    }

    /// On that worker, while its engine runs: where what it waits for happens.
    pub(crate) fn on(mut self, worker: Option<WorkerId>) -> Self {
        self.worker = worker;
        self
    }

    /// Begins with it on the library's threads.
    pub(crate) fn start(self, on_finish: Option<OnFinish<T>>) -> Result<Operation<T>> {
        let engine = engine().map_err(|error| error.during(self.name))?;
        let operation = Operation::new(self.name);
        let wanted = self.worker.and_then(|worker| engine.worker_with(worker));
        let worker = wanted.unwrap_or_else(|| engine.worker());
        let deadline = tokio::time::Instant::now() + self.timeout.bounded();
        let work = (self.work)(worker.id(), deadline);
        engine.operation_started();
        let task = worker.spawn(Task {
            running: Some((work, worker.count())),
            completer: Completer {
                engine: Arc::clone(&engine),
                operation: operation.share(),
                on_finish,
                done: false,
            },
        });
        // Nobody has the operation yet who could cancel it.
        let _ = operation.shared.task.set(task);
        Ok(operation)
    }

    /// Begins with it and waits for its end.
    ///
    /// # Errors
    ///
    /// Those of the work, [`Status::Shutdown`], or [`Status::WouldDeadlock`] inside a callback.
    pub(crate) fn wait(self) -> Result<T> {
        if is_dispatcher_thread() {
            return Err(would_deadlock(self.name));
        }
        self.start(None)?.wait()
    }
}

fn cancelled() -> Error {
    Error::new(Status::Cancelled, "It was cancelled", "")
}

/// What fails while the engine stops fails because of it: what it needed is thrown away.
fn because_of_shutdown<T>(engine: &Engine, outcome: Result<T>) -> Result<T> {
    match outcome {
        Err(_) if engine.is_stopping() => Err(shut_down()),
        outcome => outcome,
    }
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
                cancelled: AtomicBool::new(false),
                task: OnceLock::new(),
            }),
        }
    }

    /// That of a call, started; one that has failed before it began if there was something wrong.
    pub(crate) fn of(name: &'static str, call: Result<Prepared<T>>) -> Self
    where
        T: Send + 'static,
    {
        call.and_then(|call| call.start(None))
            .unwrap_or_else(|error| {
                let operation = Self::new(name);
                lock(&operation.shared.state).status = Some(Err(error.during(name)));
                operation
            })
    }

    /// One that has succeeded already.
    pub(crate) fn done(name: &'static str, result: T) -> Self {
        let operation = Self::new(name);
        {
            let mut state = lock(&operation.shared.state);
            state.status = Some(Ok(()));
            state.result = Some(result);
        }
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
        self.shared.cancelled.store(true, Ordering::Release);
        if let Some(task) = self.shared.task.get() {
            task.abort();
        }
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

/// The work of an operation on its way. When it is cancelled, or the engine ends, Tokio throws it
/// away: the work first, and then the completer tells why.
struct Task<T: Send + 'static> {
    /// `None` once it has ended: what it held is given back before anyone is told. The caller's next
    /// operation begins on the same worker therefore, which is still awake.
    running: Option<(Work<T>, Counted)>,
    completer: Completer<T>,
}

impl<T: Send + 'static> Future for Task<T> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some((work, _)) = &mut self.running else {
            return Poll::Ready(());
        };
        let outcome = match panics::caught(|| work.as_mut().poll(context)) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(outcome)) => outcome,
            Err(defect) => Err(defect),
        };
        self.running = None;
        let outcome = because_of_shutdown(&self.completer.engine, outcome);
        self.completer.finish(outcome);
        Poll::Ready(())
    }
}

// Nothing in it is pinned in place: the work is on the heap.
impl<T: Send + 'static> Unpin for Task<T> {}

/// Completes the operation once, also when the task is thrown away.
struct Completer<T: Send + 'static> {
    engine: Arc<Engine>,
    operation: Operation<T>,
    on_finish: Option<OnFinish<T>>,
    done: bool,
}

impl<T: Send + 'static> Completer<T> {
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
            self.engine
                .dispatch(Lane::Events, move || on_finish(&operation));
        }
        self.engine.operation_finished();
    }
}

impl<T: Send + 'static> Drop for Completer<T> {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        let why = if self.operation.shared.cancelled.load(Ordering::Acquire) {
            cancelled()
        } else {
            shut_down()
        };
        self.finish(Err(why));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn prepared(work: impl Future<Output = Result<i32>> + Send + 'static) -> Prepared<i32> {
        Prepared::new("test", Timeout::Default, |_, _| work)
    }

    #[tokio::test]
    async fn a_thread_of_another_tokio_runtime_may_make_a_blocking_call() {
        assert_eq!(prepared(async { Ok(7) }).wait(), Ok(7));
    }

    #[test]
    fn a_panic_ends_the_operation_and_nothing_else() {
        let defect = prepared(async { panic!("number {}", 7) });
        let error = defect.wait().expect_err("a defect");
        assert_eq!((error.status(), error.operation()), (Status::Panic, "test"));
        assert!(error.message().contains("number 7"), "{error}");
        assert_eq!(prepared(async { Ok(7) }).wait(), Ok(7));
    }

    #[test]
    fn what_fails_because_of_a_shutdown_says_so() {
        let broken = || Error::new(Status::NetworkBroken, "The connection broke", "Try again.");
        for (outcome, expected) in [(Err(broken()), Err(Status::Shutdown)), (Ok(7), Ok(7))] {
            let engine = Engine::start().expect("threads");
            let operation = Operation::new("test");
            engine.operation_started();
            let mut task = Task {
                running: Some((
                    Box::pin(std::future::ready(outcome)),
                    engine.worker().count(),
                )),
                completer: Completer {
                    engine: Arc::clone(&engine),
                    operation: operation.share(),
                    on_finish: None,
                    done: false,
                },
            };
            assert!(!engine.stop(Instant::now()), "one is still running");
            let mut context = Context::from_waker(Waker::noop());
            assert!(Pin::new(&mut task).poll(&mut context).is_ready());
            assert_eq!(operation.wait().map_err(|error| error.status()), expected);
        }
    }

    #[test]
    fn what_the_work_held_is_given_back_before_anyone_is_told() {
        let (held, given_back) = mpsc::channel::<()>();
        let work = |_, _| async move {
            let _held = held;
            std::future::pending::<Result<()>>().await
        };
        let (tell, told) = mpsc::channel();
        let on_finish: OnFinish<()> = Box::new(move |operation| {
            let status = operation.outcome().expect_err("it was cancelled").status();
            let _ = tell.send((status, given_back.try_recv()));
        });
        let prepared = Prepared::new("test", Timeout::Default, work);
        let operation = prepared.start(Some(on_finish)).expect("threads");
        operation.cancel();
        operation.cancel();
        let error = operation.wait().expect_err("it was cancelled");
        assert_eq!(error.status(), Status::Cancelled);
        let seen = (Status::Cancelled, Err(mpsc::TryRecvError::Disconnected));
        assert_eq!(told.recv(), Ok(seen));
    }
}

//! The threads on which the app's callbacks run: one for events and outcomes, one for media.

use std::cell::Cell;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use super::sync::{Condition, lock};
use super::thread::OwnThread;
use crate::Result;

/// What has something for the app.
pub(super) trait Deliver: Send + Sync {
    /// Hands it over.
    fn deliver(&self);
}

pub(super) enum Job {
    Call(Box<dyn FnOnce() + Send>),
    /// For each frame: no memory has to be asked for.
    Deliver(Arc<dyn Deliver>),
}

impl Job {
    fn run(self) {
        match self {
            Job::Call(call) => call(),
            Job::Deliver(from) => from.deliver(),
        }
    }
}

/// Which of the threads calls back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    Events,
    /// Frames, so that a handler that is busy with events does not hold them up. Its thread starts
    /// when it is first used.
    Media,
}

impl Lane {
    fn thread_name(self) -> &'static str {
        match self {
            Lane::Events => "vsdk-dispatch",
            Lane::Media => "vsdk-media",
        }
    }
}

thread_local! {
    static IS_DISPATCHER: Cell<bool> = const { Cell::new(false) };
}

/// Whether the calling thread is a dispatcher, or calls back like one: then waiting for anything
/// might wait for itself.
pub(crate) fn is_dispatcher_thread() -> bool {
    IS_DISPATCHER.get()
}

/// Calls the app back on a thread of its own: inside, the rules of callbacks hold.
pub(crate) fn call_back<R>(call: impl FnOnce() -> R) -> R {
    struct Before(bool);
    impl Drop for Before {
        fn drop(&mut self) {
            IS_DISPATCHER.set(self.0);
        }
    }
    let _before = Before(IS_DISPATCHER.replace(true));
    call()
}

#[derive(Default)]
struct Queue {
    posted: Mutex<Posted>,
    changed: Condition,
}

#[derive(Default)]
struct Posted {
    jobs: VecDeque<Job>,
    /// No more are taken; what is posted is still run.
    is_closed: bool,
}

impl Queue {
    /// The next one, waiting for it; none when it is closed and all have run.
    fn next(&self) -> Option<Job> {
        let mut posted = lock(&self.posted);
        loop {
            if let Some(job) = posted.jobs.pop_front() {
                return Some(job);
            }
            if posted.is_closed {
                return None;
            }
            posted = self.changed.wait(posted);
        }
    }

    /// Adds a job, or gives it back.
    fn add(&self, job: Job) -> Option<Job> {
        let mut posted = lock(&self.posted);
        if posted.is_closed {
            return Some(job);
        }
        posted.jobs.push_back(job);
        drop(posted);
        // With no lock held, for which the thread would have to wait again.
        self.changed.notify_all();
        None
    }

    fn close(&self) {
        lock(&self.posted).is_closed = true;
        self.changed.notify_all();
    }
}

/// Runs jobs one after another, in the order in which they were posted.
pub(crate) struct Dispatcher {
    queue: Arc<Queue>,
    thread: OwnThread,
}

impl Dispatcher {
    pub(super) fn start(lane: Lane) -> Result<Self> {
        let queue = Arc::new(Queue::default());
        let jobs = Arc::clone(&queue);
        let thread = OwnThread::start(lane.thread_name(), "callbacks", move || {
            IS_DISPATCHER.set(true);
            while let Some(job) = jobs.next() {
                // A callback written in Rust may panic: that is its own loss, the panic hook has
                // told it, and the callbacks of others go on.
                let _ = catch_unwind(AssertUnwindSafe(|| job.run()));
            }
        })?;
        Ok(Self { queue, thread })
    }

    /// Queues a job. After closing it is dropped, which ends what it holds.
    pub(super) fn post(&self, job: Job) {
        // Outside of the queue's lock: jobs carry the app's data.
        drop(self.queue.add(job));
    }

    /// Takes no more jobs and waits until all that are queued have run.
    pub(super) fn close(&self, deadline: Instant) -> bool {
        self.queue.close();
        self.thread.wait(deadline)
    }
}

impl Drop for Dispatcher {
    /// The thread runs what is posted, and ends.
    fn drop(&mut self) {
        self.queue.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn what_was_posted_is_run_in_order_and_nothing_after_the_end() {
        let dispatcher = Dispatcher::start(Lane::Events).expect("a thread");
        let run: Arc<Mutex<Vec<u32>>> = Arc::default();
        let post = |number: u32| {
            let run = Arc::clone(&run);
            let job = move || lock(&run).push(number);
            dispatcher.post(Job::Call(Box::new(job)));
        };
        let numbers: Vec<u32> = (0..1000).collect();
        numbers.iter().copied().for_each(post);
        // Only catches what hangs.
        assert!(dispatcher.close(Instant::now() + Duration::from_secs(60)));
        assert_eq!(*lock(&run), numbers);
        post(1000);
        drop(dispatcher);
        assert_eq!(*lock(&run), numbers);
        assert_eq!(Arc::strong_count(&run), 1, "what was refused is dropped");
    }
}

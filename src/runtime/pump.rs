//! A thread that goes from one task to the next, as often as it is woken: for work that keeps a
//! processor busy and has no place on the threads of the network.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::Thread;
use std::time::Instant;

use super::signals;
use super::sync::lock;
use crate::{Error, Result, Status};

/// A task of a [`Pump`].
pub(crate) trait Pumped: Send {
    /// Does what there is to do, without waiting; `false` when nothing will ever be to do again.
    fn turn(&mut self) -> bool;
}

type Task = Box<dyn Pumped>;

/// One thread for any number of tasks.
pub(crate) struct Pump {
    thread: Thread,
    shared: Arc<Shared>,
}

struct Shared {
    /// New ones, which the thread has not seen yet; `None` once it is to end.
    added: Mutex<Option<Vec<Task>>>,
    ended: (Mutex<bool>, Condvar),
}

impl Pump {
    pub(super) fn start(name: &str) -> Result<Self> {
        let _quiet = signals::BlockedWhileStarting::begin();
        let shared = Arc::new(Shared {
            added: Mutex::new(Some(Vec::new())),
            ended: (Mutex::new(false), Condvar::new()),
        });
        let its_own = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                signals::block_on_this_thread();
                its_own.run();
                *lock(&its_own.ended.0) = true;
                its_own.ended.1.notify_all();
            })
            .map_err(|error| {
                Error::new(
                    Status::ResourceExhausted,
                    format!("The thread that encodes could not be started: {error}"),
                    "Raise the limit of threads for this process (ulimit -u, container limits).",
                )
            })?;
        Ok(Self {
            thread: thread.thread().clone(),
            shared,
        })
    }

    /// Looks after a task, unless it is closed: then the task is dropped.
    pub(crate) fn add(&self, task: Task) {
        if let Some(added) = &mut *lock(&self.shared.added) {
            added.push(task);
        }
        self.wake();
    }

    /// Gives every task a turn. Neither waits nor asks for memory.
    pub(crate) fn wake(&self) {
        self.thread.unpark();
    }

    /// Drops all tasks and ends the thread; `false` when the deadline came first.
    pub(super) fn close(&self, deadline: Instant) -> bool {
        let never_seen = lock(&self.shared.added).take();
        drop(never_seen);
        self.wake();
        let mut ended = lock(&self.shared.ended.0);
        while !*ended {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            let waited = self.shared.ended.1.wait_timeout(ended, left);
            ended = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }
}

impl Drop for Pump {
    fn drop(&mut self) {
        // Nobody is left who could wake it; it ends by itself.
        lock(&self.shared.added).take();
        self.wake();
    }
}

impl Shared {
    fn run(&self) {
        let mut tasks: Vec<Task> = Vec::new();
        loop {
            match &mut *lock(&self.added) {
                Some(added) => tasks.append(added),
                None => return,
            }
            // One that panics is a defect of its own; the others go on.
            tasks
                .retain_mut(|task| catch_unwind(AssertUnwindSafe(|| task.turn())).unwrap_or(false));
            std::thread::park();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Duration;

    struct Counting(mpsc::Sender<u32>, u32);

    impl Pumped for Counting {
        fn turn(&mut self) -> bool {
            self.1 += 1;
            assert!(self.1 != 3, "a defect");
            self.0.send(self.1).is_ok()
        }
    }

    #[test]
    fn every_task_has_its_turn_and_one_that_panics_ends_alone() {
        let pump = Pump::start("test").unwrap();
        let (sender, first) = mpsc::channel();
        pump.add(Box::new(Counting(sender, 0)));
        assert_eq!(first.recv(), Ok(1));
        let (sender, second) = mpsc::channel();
        pump.add(Box::new(Counting(sender, 10)));
        assert_eq!((first.recv(), second.recv()), (Ok(2), Ok(11)));
        pump.wake();
        assert_eq!(second.recv(), Ok(12));
        assert!(first.recv().is_err(), "it is gone");
        assert!(pump.close(Instant::now() + Duration::from_secs(60)));
        assert!(second.recv().is_err());
        let (sender, third) = mpsc::channel();
        pump.add(Box::new(Counting(sender, 0)));
        assert!(third.recv().is_err(), "dropped");
    }
}

//! A thread that goes from one task to the next, as often as it is woken: for work that keeps a
//! processor busy and has no place on the threads of the network.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use super::sync::lock;
use super::thread::OwnThread;
use crate::Result;

/// A task of a [`Pump`].
pub(crate) trait Pumped: Send {
    /// Does what there is to do, without waiting; `false` when nothing will ever be to do again.
    fn turn(&mut self) -> bool;
}

type Task = Box<dyn Pumped>;

/// One thread for any number of tasks.
pub(crate) struct Pump {
    thread: OwnThread,
    added: Arc<Added>,
}

/// New ones, which the thread has not seen yet; `None` once it is to end.
type Added = Mutex<Option<Vec<Task>>>;

impl Pump {
    pub(super) fn start(name: &str, purpose: &str) -> Result<Self> {
        let added: Arc<Added> = Arc::new(Mutex::new(Some(Vec::new())));
        let its_own = Arc::clone(&added);
        let thread = OwnThread::start(name, purpose, move || run(&its_own))?;
        Ok(Self { thread, added })
    }

    /// Looks after a task, unless it is closed: then the task is dropped.
    pub(crate) fn add(&self, task: Task) {
        if let Some(added) = &mut *lock(&self.added) {
            added.push(task);
        }
        self.wake();
    }

    /// Gives every task a turn. Neither waits nor asks for memory.
    pub(crate) fn wake(&self) {
        self.thread.wake();
    }

    /// Drops all tasks and ends the thread; `false` when the deadline came first.
    pub(super) fn close(&self, deadline: Instant) -> bool {
        let never_seen = lock(&self.added).take();
        drop(never_seen);
        self.wake();
        self.thread.wait(deadline)
    }
}

impl Drop for Pump {
    fn drop(&mut self) {
        // Nobody is left who could wake it; it ends by itself.
        lock(&self.added).take();
        self.wake();
    }
}

fn run(added: &Added) {
    let mut tasks: Vec<Task> = Vec::new();
    loop {
        match &mut *lock(added) {
            Some(added) => tasks.append(added),
            None => return,
        }
        // One that panics is a defect of its own; the others go on.
        tasks.retain_mut(|task| catch_unwind(AssertUnwindSafe(|| task.turn())).unwrap_or(false));
        std::thread::park();
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
        let pump = Pump::start("test", "tests").unwrap();
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

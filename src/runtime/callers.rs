//! Threads of the app that do the work of blocking calls themselves.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Mutex;
use std::task::Poll;
use std::time::Instant;

use tokio::sync::watch;

use super::sync::{Condition, lock};

/// Who is inside, and whether others may come. The workers end after the last one has left: what a
/// caller waits for belongs to them.
pub(super) struct Callers {
    state: Mutex<State>,
    all_left: Condition,
    closing: watch::Sender<bool>,
}

#[derive(Default)]
struct State {
    inside: usize,
    is_closed: bool,
}

/// The engine ended before the work did.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Closed;

impl Callers {
    pub(super) fn new() -> Self {
        Self {
            state: Mutex::default(),
            all_left: Condition::default(),
            closing: watch::Sender::new(false),
        }
    }

    /// Does the work on this thread, until it ends or [`Callers::close`] is called.
    ///
    /// # Panics
    ///
    /// When the work does, and on a thread that is one of a Tokio runtime.
    pub(super) fn run<F: Future>(
        &self,
        tokio: &tokio::runtime::Handle,
        work: F,
    ) -> Result<F::Output, Closed> {
        let _inside = Inside::enter(self)?;
        // Here, so that the work is dropped before this thread counts as having left.
        let mut closing = self.closing.subscribe();
        tokio.block_on(async move {
            let mut work = pin!(work);
            let mut closed = pin!(closing.wait_for(|is_closing| *is_closing));
            poll_fn(|context| {
                // First: the workers are there until this thread has left, and no longer.
                if closed.as_mut().poll(context).is_ready() {
                    return Poll::Ready(Err(Closed));
                }
                work.as_mut().poll(context).map(Ok)
            })
            .await
        })
    }

    /// Sends everyone away and lets nobody in any more; `false` when the deadline came before all
    /// had left.
    pub(super) fn close(&self, deadline: Instant) -> bool {
        let mut state = lock(&self.state);
        state.is_closed = true;
        self.closing.send_replace(true);
        while state.inside > 0 {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            state = self.all_left.wait_for(state, left);
        }
        true
    }
}

struct Inside<'a>(&'a Callers);

impl<'a> Inside<'a> {
    fn enter(callers: &'a Callers) -> Result<Self, Closed> {
        let mut state = lock(&callers.state);
        if state.is_closed {
            return Err(Closed);
        }
        state.inside += 1;
        Ok(Self(callers))
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        let mut state = lock(&self.0.state);
        state.inside -= 1;
        if state.inside == 0 {
            self.0.all_left.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, mpsc};
    use std::time::Duration;

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Runtime::new().expect("threads")
    }

    fn hangs() -> Instant {
        Instant::now() + Duration::from_secs(20)
    }

    #[test]
    fn closing_waits_until_the_work_of_all_was_thrown_away() {
        let (tokio, callers) = (runtime(), Arc::new(Callers::new()));
        let (began, beginning) = mpsc::channel();
        let (held, given_back) = mpsc::channel::<()>();
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let (callers, tokio) = (Arc::clone(&callers), tokio.handle().clone());
                let (began, held) = (began.clone(), held.clone());
                std::thread::spawn(move || {
                    callers.run(&tokio, async move {
                        let _held = held;
                        began.send(()).expect("someone listens");
                        std::future::pending::<()>().await;
                    })
                })
            })
            .collect();
        drop(held);
        for _ in &threads {
            beginning.recv().expect("all begin");
        }
        assert!(callers.close(hangs()));
        assert_eq!(given_back.try_recv(), Err(mpsc::TryRecvError::Disconnected));
        for thread in threads {
            assert_eq!(thread.join().expect("no panic"), Err(Closed));
        }
        let late = callers.run(tokio.handle(), async { unreachable!("too late") });
        assert_eq!(late, Err::<(), _>(Closed));
    }

    #[test]
    fn closing_ends_at_its_deadline_when_someone_stays() {
        let (tokio, callers) = (runtime(), Callers::new());
        let outcome = callers.run(tokio.handle(), async {
            // Work that does not look up.
            callers.close(Instant::now() + Duration::from_millis(10))
        });
        assert_eq!(outcome, Ok(false));
        assert!(callers.close(hangs()), "and nobody is left");
    }

    #[test]
    fn who_panics_has_left() {
        let (tokio, callers) = (runtime(), Callers::new());
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            callers.run(tokio.handle(), async { std::panic::panic_any(7) })
        }));
        assert!(panic.is_err());
        assert!(callers.close(hangs()));
    }
}

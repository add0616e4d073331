//! One place that holds a callback: set, replaced, called and taken out without surprises.
//!
//! The guarantees, model-checked with loom: a callback never runs after the call that took it out
//! has returned; taking it out waits for a running call, except on the thread that runs it, where
//! waiting would never end; the callback (and with it whatever the app tied to its life) is
//! dropped exactly once, after its last call, with no lock held.

use std::sync::Arc;

use super::sync::modelled::{Condvar, Mutex, lock, wait};

/// What is called on the dispatcher thread.
///
/// Shared, because a call may outlive its registration when the callback takes itself out.
pub type Callback<A> = Arc<dyn Fn(&A) + Send + Sync>;

/// Holds at most one callback.
pub(crate) struct CallbackSlot<A> {
    state: Mutex<State<A>>,
    call_ended: Condvar,
}

struct State<A> {
    current: Option<Callback<A>>,
    /// Counts registrations, so that a running call can be told from a later one.
    registration: u64,
    /// The registration whose callback is running now. At most one: delivery is serial.
    running: Option<u64>,
    /// How many wait for its end. Telling it costs a system call, which few frames would be worth.
    waiting: usize,
}

impl<A> Default for CallbackSlot<A> {
    fn default() -> Self {
        Self {
            state: Mutex::new(State {
                current: None,
                registration: 0,
                running: None,
                waiting: 0,
            }),
            call_ended: Condvar::new(),
        }
    }
}

impl<A> CallbackSlot<A> {
    /// [`Self::set_and`] with nothing to note.
    #[cfg(test)]
    pub(crate) fn set(&self, callback: Option<Callback<A>>, on_calling_thread: bool) {
        self.set_and(callback, on_calling_thread, || ());
    }

    /// Puts a callback in the place of the present one, or none.
    ///
    /// When this returns, the earlier callback is not running and never will again; only on the
    /// thread that is running it right now (`on_calling_thread`) does it return before that call
    /// has ended.
    ///
    /// `note` writes down elsewhere what was set, in one step with it: two threads that set at the
    /// same time leave both places in agreement.
    pub(crate) fn set_and(
        &self,
        callback: Option<Callback<A>>,
        on_calling_thread: bool,
        note: impl FnOnce(),
    ) {
        let mut state = lock(&self.state);
        let old = std::mem::replace(&mut state.current, callback);
        note();
        state.registration += 1;
        let registration = state.registration;
        if !on_calling_thread {
            // Also one that has taken itself out meanwhile, and is still running.
            while state.running.is_some_and(|running| running < registration) {
                state.waiting += 1;
                state = wait(&self.call_ended, state);
                state.waiting -= 1;
            }
        }
        drop(state);
        drop(old);
    }

    /// Calls the callback, if there is one, with what `next` gives; says whether it was called.
    ///
    /// `next` is asked only once the callback is held, so that what it takes from a queue is never
    /// lost to a callback that was taken out meanwhile. Serial: one caller at a time.
    pub(crate) fn call_with(&self, next: impl FnOnce() -> Option<A>) -> bool {
        let (callback, registration) = {
            let mut state = lock(&self.state);
            let Some(callback) = state.current.clone() else {
                return false;
            };
            state.running = Some(state.registration);
            (callback, state.registration)
        };
        // Tells the end of the call when it is dropped, also when the callback unwinds.
        let call = RunningCall {
            slot: self,
            registration,
            callback: Some(callback),
        };
        let Some(argument) = next() else {
            return false;
        };
        call.run(&argument);
        true
    }
}

struct RunningCall<'slot, A> {
    slot: &'slot CallbackSlot<A>,
    registration: u64,
    callback: Option<Callback<A>>,
}

impl<A> RunningCall<'_, A> {
    fn run(&self, argument: &A) {
        if let Some(callback) = &self.callback {
            callback(argument);
        }
    }
}

impl<A> Drop for RunningCall<'_, A> {
    fn drop(&mut self) {
        // Dropped before the end is told: when `set` returns, the app's data is gone already,
        // unless `set` still holds it and drops it itself.
        self.callback = None;
        let mut state = lock(&self.slot.state);
        if state.running == Some(self.registration) {
            state.running = None;
        }
        let is_waited_for = state.waiting > 0;
        drop(state);
        if is_waited_for {
            self.slot.call_ended.notify_all();
        }
    }
}

#[cfg(all(test, not(vsdk_loom)))]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    struct CountsDrops(Arc<AtomicUsize>);

    impl Drop for CountsDrops {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn a_callback_may_take_itself_out_and_is_dropped_once_after_its_call() {
        let slot = Arc::new(CallbackSlot::<u32>::default());
        let drops = Arc::new(AtomicUsize::new(0));
        let guard = CountsDrops(Arc::clone(&drops));
        let (inner, seen) = (Arc::clone(&slot), Arc::clone(&drops));
        slot.set(
            Some(Arc::new(move |_| {
                let _keep = &guard;
                inner.set(None, true);
                assert_eq!(seen.load(Ordering::SeqCst), 0, "still running");
            })),
            false,
        );
        assert!(slot.call_with(|| Some(1)));
        assert_eq!(drops.load(Ordering::SeqCst), 1);
        assert!(!slot.call_with(|| Some(1)));
    }

    #[test]
    fn replacing_drops_the_earlier_one() {
        let slot = CallbackSlot::<u32>::default();
        let drops = Arc::new(AtomicUsize::new(0));
        for _ in 0..3 {
            let guard = CountsDrops(Arc::clone(&drops));
            slot.set(
                Some(Arc::new(move |_| {
                    let _keep = &guard;
                })),
                false,
            );
        }
        assert_eq!(drops.load(Ordering::SeqCst), 2);
        drop(slot);
        assert_eq!(drops.load(Ordering::SeqCst), 3);
    }
}

#[cfg(all(test, vsdk_loom))]
mod model {
    use super::*;
    use loom::sync::atomic::{AtomicBool, Ordering};
    use loom::thread;

    /// Whatever the interleaving: after `set(None)` has returned, the callback does not run.
    #[test]
    fn no_call_after_unregistering_returned() {
        loom::model(|| {
            let slot = loom::sync::Arc::new(CallbackSlot::<u32>::default());
            let gone = loom::sync::Arc::new(AtomicBool::new(false));
            let seen = gone.clone();
            slot.set(
                Some(Arc::new(move |_| {
                    assert!(!seen.load(Ordering::SeqCst), "ran after it was taken out");
                    thread::yield_now();
                    assert!(!seen.load(Ordering::SeqCst), "taken out during a call");
                })),
                false,
            );
            let dispatcher = {
                let slot = slot.clone();
                thread::spawn(move || {
                    slot.call_with(|| Some(1));
                    slot.call_with(|| Some(2));
                })
            };
            slot.set(None, false);
            gone.store(true, Ordering::SeqCst);
            dispatcher.join().unwrap();
        });
    }
}

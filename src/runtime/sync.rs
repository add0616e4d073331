//! The one way to take a lock, and the locks of what loom model-checks.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

/// Locks, also after a panic elsewhere: every critical section here leaves its data consistent
/// at each point where it could unwind.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The same without waiting: `None` while another thread holds it.
pub(crate) fn try_lock<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    match mutex.try_lock() {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

/// Waits on a condition variable, poisoned or not.
pub(crate) fn wait<'guard, T>(
    condition: &Condvar,
    guard: MutexGuard<'guard, T>,
) -> MutexGuard<'guard, T> {
    condition
        .wait(guard)
        .unwrap_or_else(PoisonError::into_inner)
}

/// A condition variable that costs nothing to notify while nobody waits: the standard library's
/// makes a system call each time.
///
/// What is waited for changes under the mutex of the guards.
#[derive(Default)]
pub(crate) struct Condition {
    variable: Condvar,
    /// Counted under that mutex: who notifies after a change sees everyone who waits for it.
    waiting: AtomicUsize,
}

impl Condition {
    pub(crate) fn wait<'guard, T>(&self, guard: MutexGuard<'guard, T>) -> MutexGuard<'guard, T> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let guard = wait(&self.variable, guard);
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        guard
    }

    pub(crate) fn wait_for<'guard, T>(
        &self,
        guard: MutexGuard<'guard, T>,
        time: Duration,
    ) -> MutexGuard<'guard, T> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let waited = self.variable.wait_timeout(guard, time);
        let guard = waited.unwrap_or_else(PoisonError::into_inner).0;
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        guard
    }

    pub(crate) fn notify_all(&self) {
        if self.waiting.load(Ordering::Relaxed) > 0 {
            self.variable.notify_all();
        }
    }
}

/// The same for the handle table and the callback slot, whose locks loom replaces by its own
/// when it walks through all interleavings of a model.
pub(crate) mod modelled {
    #[cfg(not(vsdk_loom))]
    pub(crate) use super::{lock, wait};
    #[cfg(not(vsdk_loom))]
    pub(crate) use std::sync::{Condvar, Mutex};

    #[cfg(vsdk_loom)]
    pub(crate) use loom::sync::{Condvar, Mutex};

    #[cfg(vsdk_loom)]
    pub(crate) fn lock<T>(mutex: &Mutex<T>) -> loom::sync::MutexGuard<'_, T> {
        mutex
            .lock()
            .expect("a model that panics has failed already")
    }

    #[cfg(vsdk_loom)]
    pub(crate) fn wait<'guard, T>(
        condition: &Condvar,
        guard: loom::sync::MutexGuard<'guard, T>,
    ) -> loom::sync::MutexGuard<'guard, T> {
        condition
            .wait(guard)
            .expect("a model that panics has failed already")
    }
}

//! The one way to take a lock, and the locks of what loom model-checks.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Locks, also after a panic elsewhere: every critical section here leaves its data consistent
/// at each point where it could unwind.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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

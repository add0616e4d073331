//! A timer that is due before the deadlines of operations, so that setting those wakes nobody.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Shorter than the deadlines people give, and long enough that firing costs nothing.
const PERIOD: Duration = Duration::from_secs(1);

/// Tokio wakes the thread that waits for sockets whenever a timer is set that is due before all
/// others. A call that is alone with its deadline paid for two changes of thread that way, a tenth
/// of its time. This timer is due earlier, and is there as long as operations are being started.
#[derive(Default)]
pub(super) struct EarlyTimer {
    is_set: AtomicBool,
    /// Whether an operation was started since the timer was set.
    was_needed: AtomicBool,
}

impl EarlyTimer {
    /// An operation is about to start. Nothing goes wrong without the timer, so that a start
    /// that comes just as it ends may do without.
    pub(super) fn operation_starts(self: &Arc<Self>, tokio: &tokio::runtime::Handle) {
        self.was_needed.store(true, Ordering::Relaxed);
        // Read first: most find it set, and those do not take the cache line from each other.
        if self.is_set.load(Ordering::Relaxed) || self.is_set.swap(true, Ordering::Relaxed) {
            return;
        }
        let timer = Arc::clone(self);
        drop(tokio.spawn(async move {
            while timer.was_needed.swap(false, Ordering::Relaxed) {
                tokio::time::sleep(PERIOD).await;
            }
            timer.is_set.store(false, Ordering::Relaxed);
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_set(timer: &EarlyTimer) -> bool {
        timer.is_set.load(Ordering::Relaxed)
    }

    #[tokio::test]
    async fn it_is_set_by_a_start_and_goes_when_none_follows() {
        let timer = Arc::new(EarlyTimer::default());
        let tokio = tokio::runtime::Handle::current();
        for _ in 0..2 {
            timer.operation_starts(&tokio);
            assert!(is_set(&timer));
            let hangs = tokio::time::Instant::now() + 20 * PERIOD;
            while is_set(&timer) {
                assert!(tokio::time::Instant::now() < hangs, "still set");
                tokio::time::sleep(PERIOD / 10).await;
            }
        }
    }
}

//! Who may have a request in flight.

use std::sync::Arc;

use tokio::sync::{Semaphore, SemaphorePermit};

use super::MAX_IN_FLIGHT;
use super::failure::Failure;
use crate::error::Status;

/// So many requests at once; clones share them.
#[derive(Clone)]
pub(crate) struct Slots {
    permits: Arc<Semaphore>,
    count: usize,
}

impl Slots {
    pub(crate) fn new(count: usize) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(count)),
            count,
        }
    }

    /// [`MAX_IN_FLIGHT`] of them in equal shares. What begins on a worker stays there, and work goes
    /// to the worker that has the least, so that one does not wait while another has slots left.
    pub(crate) fn for_workers(workers: usize) -> Arc<[Self]> {
        let each = (MAX_IN_FLIGHT / workers).max(1);
        (0..workers).map(|_| Self::new(each)).collect()
    }

    /// How many there are, taken or not.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    #[cfg(test)]
    pub(crate) fn free(&self) -> usize {
        self.permits.available_permits()
    }

    /// Waits for one, and has it until what comes is dropped.
    pub(crate) async fn take(&self) -> Result<SemaphorePermit<'_>, Failure> {
        self.permits.acquire().await.map_err(|_| {
            Failure::last(
                Status::Shutdown,
                "the library was shut down",
                "Make the call again after starting anew.",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workers_have_equal_shares_and_no_more_than_all_together() {
        for (workers, each) in [(1, 32), (2, 16), (3, 10), (4, 8), (64, 1)] {
            let shares = Slots::for_workers(workers);
            assert_eq!(shares.len(), workers);
            assert!(
                shares.iter().all(|slots| slots.count() == each),
                "{workers}"
            );
        }
    }
}

//! What a call is doing at the moment, so that a passed deadline can be explained.

use std::sync::atomic::{AtomicU8, Ordering};

/// The steps of a call, in the words that follow "while".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Step {
    WaitingForSlot,
    Preparing,
    Connecting,
    AwaitingReply,
    ReadingBody,
}

impl Step {
    const ALL: [Step; 5] = [
        Step::WaitingForSlot,
        Step::Preparing,
        Step::Connecting,
        Step::AwaitingReply,
        Step::ReadingBody,
    ];
}

/// The current [`Step`], written by the call and by its connector.
#[derive(Debug, Default)]
pub(crate) struct Progress(AtomicU8);

impl Progress {
    pub(crate) fn set(&self, step: Step) {
        self.0.store(step as u8, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> Step {
        Step::ALL[usize::from(self.0.load(Ordering::Relaxed))]
    }

    /// A connection that was ready before our own came up: the wait for one is over.
    pub(crate) fn stop_connecting(&self) {
        let _ = self.0.compare_exchange(
            Step::Connecting as u8,
            Step::AwaitingReply as u8,
            Ordering::Relaxed,
            Ordering::Relaxed,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_is_read_back() {
        let progress = Progress::default();
        for step in Step::ALL {
            progress.set(step);
            assert_eq!(progress.get(), step);
        }
    }

    #[test]
    fn only_connecting_is_stopped() {
        let progress = Progress::default();
        progress.set(Step::Connecting);
        progress.stop_connecting();
        assert_eq!(progress.get(), Step::AwaitingReply);
        progress.set(Step::ReadingBody);
        progress.stop_connecting();
        assert_eq!(progress.get(), Step::ReadingBody);
    }
}

//! Who sends what the app hands in.

use std::sync::Arc;

use tokio::sync::Notify;

/// Whoever takes what waits, and is told that there is something; nobody at first.
#[derive(Default)]
pub(super) struct Taker(Option<Arc<Notify>>);

impl Taker {
    pub(super) fn get(&self) -> Option<&Arc<Notify>> {
        self.0.as_ref()
    }

    /// From now on it is that one.
    pub(super) fn begin(&mut self, taker: &Arc<Notify>) {
        self.0 = Some(Arc::clone(taker));
    }

    /// From now on it is nobody; only if it still was that one, for another may have begun
    /// meanwhile. Says whether it was.
    pub(super) fn end(&mut self, taker: &Arc<Notify>) -> bool {
        let is_that_one = self.0.as_ref().is_some_and(|now| Arc::ptr_eq(now, taker));
        if is_that_one {
            self.0 = None;
        }
        is_that_one
    }
}

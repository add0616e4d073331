//! How many of what exist.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::sfu::MediaFigures;

#[derive(Debug, Default)]
pub(super) struct Counters {
    pub routers: Count,
    pub transports: Count,
    pub producers: Count,
    pub consumers: Count,
    pub data_producers: Count,
    pub data_consumers: Count,
}

impl Counters {
    pub fn read(&self) -> MediaFigures {
        let read = |count: &Count| count.0.load(Ordering::Relaxed);
        MediaFigures {
            routers: read(&self.routers),
            transports: read(&self.transports),
            producers: read(&self.producers),
            consumers: read(&self.consumers),
            data_producers: read(&self.data_producers),
            data_consumers: read(&self.data_consumers),
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Count(Arc<AtomicUsize>);

impl Count {
    /// Counts one, until what this gives is called.
    pub fn opened(&self) -> impl FnOnce() + Send + Sync + 'static {
        self.0.fetch_add(1, Ordering::Relaxed);
        let count = self.0.clone();
        move || {
            count.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

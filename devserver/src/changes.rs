//! That something changed which the status page shows.

use tokio::sync::watch;

/// Counts changes. Clones count together.
///
/// It says that there is something new, not what: whoever is told looks at what there is by then. So
/// nothing piles up for somebody who looks seldom, or never.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes(watch::Sender<u64>);

impl Changes {
    /// To be called after the change, so that whoever is told finds it.
    pub fn mark(&self) {
        self.0.send_modify(|count| *count += 1);
    }

    pub fn watch(&self) -> watch::Receiver<u64> {
        self.0.subscribe()
    }
}

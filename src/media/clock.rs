//! The clock of what the library times itself: when the app does not say when something was
//! recorded.

use std::time::Instant;

use once_cell::sync::OnceCell;

use crate::runtime::PerProcess;

/// Times are counted from here. A second before the first use, because the first sample was recorded
/// before it was pushed.
static EPOCH: PerProcess<OnceCell<Instant>> = PerProcess::new();
const BEFORE_EPOCH_US: i64 = 1_000_000;

/// Begins with it, so that no later use has to.
pub(super) fn start() {
    epoch();
}

fn epoch() -> Instant {
    *EPOCH.get().get_or_init(Instant::now)
}

/// Now, in microseconds; the same for all tracks of the process.
pub(super) fn now_us() -> i64 {
    let elapsed = i64::try_from(epoch().elapsed().as_micros()).unwrap_or(i64::MAX / 2);
    elapsed + BEFORE_EPOCH_US
}

//! The clock of what the library times itself: when the app does not say when something was
//! recorded.

use std::sync::LazyLock;
use std::time::Instant;

/// Times are counted from here. A second before the first use, because the first sample was recorded
/// before it was pushed.
static EPOCH: LazyLock<Instant> = LazyLock::new(Instant::now);
const BEFORE_EPOCH_US: i64 = 1_000_000;

/// Begins with it, so that no later use has to.
pub(super) fn start() {
    LazyLock::force(&EPOCH);
}

/// Now, in microseconds; the same for all tracks of the process.
pub(super) fn now_us() -> i64 {
    let elapsed = i64::try_from(EPOCH.elapsed().as_micros()).unwrap_or(i64::MAX / 2);
    elapsed + BEFORE_EPOCH_US
}

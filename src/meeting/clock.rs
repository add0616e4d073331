//! The time of day, as the service and events tell it.

use std::time::{SystemTime, UNIX_EPOCH};

/// Since the beginning of 1970; 0 on a machine whose clock stands before it.
pub(super) fn unix_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0))
}

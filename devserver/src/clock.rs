//! The one place that reads the time of day.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::world::Timestamp;

/// The server's clock: the machine's, shifted by a fixed offset. The offset lets a test find out
/// what a client does when its own clock is wrong.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    offset_seconds: i64,
}

impl Clock {
    pub fn shifted_by(offset_seconds: i64) -> Clock {
        Clock { offset_seconds }
    }

    pub fn now(&self) -> Timestamp {
        let since_epoch = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_milliseconds(since_epoch.as_millis() as i64)
            .plus_seconds(self.offset_seconds)
    }

    /// The time for a `Date` header.
    pub fn http_date(&self) -> String {
        let seconds = self.now().whole_seconds().clamp(0, LAST_HTTP_SECOND);
        httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds as u64))
    }
}

/// 9999-12-31T23:59:59Z: the header has four digits for the year.
const LAST_HTTP_SECOND: i64 = 253_402_300_799;

//! Any `Retry-After` and `Date`: a wait is within a day, and a pause within what is left.
//!
//! An input is three lines: the two headers, and the machine's time in seconds.
#![no_main]

use std::time::{Duration, UNIX_EPOCH};

use libfuzzer_sys::fuzz_target;
use vsdk::fuzzing::{clock_offset, pause, retry_after};
use vsdk_fuzz::lines;

const DAY: Duration = Duration::from_secs(24 * 3600);

fuzz_target!(|input: &str| {
    let ([wait, date, now], _) = lines(input);
    let seconds = now.trim().parse::<u32>().unwrap_or(0);
    let now = UNIX_EPOCH + Duration::from_secs(u64::from(seconds) * 64);
    let headers = [("retry-after", wait), ("date", date)]
        .map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()));

    let asked = retry_after(&headers, now);
    assert!(asked <= Some(DAY), "{asked:?}");
    let value = wait.trim_matches([' ', '\t']);
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        let digits = value.trim_start_matches('0');
        let short = digits.len() <= 9;
        let told = short.then(|| Duration::from_secs(digits.parse().unwrap_or(0)));
        assert_eq!(asked, Some(told.unwrap_or(DAY).min(DAY)), "{value}");
    }
    if value.is_empty() || value.starts_with(['-', '+', '.']) {
        assert_eq!(asked, None, "{value}");
    }
    // With a clock of its own, the server's date alone decides.
    let offset = clock_offset(&headers, now);
    if let Some(offset) = offset {
        assert_eq!(retry_after(&headers, UNIX_EPOCH), asked);
        let server = offset + i64::from(seconds) * 64;
        assert!((0..=253_402_300_799).contains(&server), "{server}");
        assert_eq!(clock_offset(&headers, UNIX_EPOCH), Some(server));
    }

    let jitter = f64::from(seconds) / f64::from(u32::MAX);
    let left = Duration::from_secs(u64::from(seconds % 100_000));
    for made in 0..6 {
        let Some(pause) = pause(made, asked, jitter, left) else {
            continue;
        };
        let asked = asked.unwrap_or_default();
        assert!(made < 4 && pause < left && pause >= asked, "{pause:?}");
        let longest = asked.max(Duration::from_secs(8)) + Duration::from_secs(2);
        assert!(
            pause <= longest && pause >= Duration::from_millis(250),
            "{pause:?}"
        );
    }
});

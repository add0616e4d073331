//! How lists, times and spans are shown in explanations, and what keys and secrets look like.

use std::time::{Duration, UNIX_EPOCH};

use crate::redact::{SECRET_LENGTH, shown};

/// The last second of the year 9999: beyond it, no date can be written as an HTTP date.
pub(super) const LATEST_TIME: i64 = 253_402_300_799;

/// Entries of a list that are shown.
const SHOWN_ENTRIES: usize = 5;

/// Several foreign texts, the first few of them shown.
pub(super) fn shown_list<Text: AsRef<str>>(texts: &[Text]) -> String {
    let mut result = texts
        .iter()
        .take(SHOWN_ENTRIES)
        .map(|text| shown(text.as_ref()))
        .collect::<Vec<_>>()
        .join(", ");
    if texts.len() > SHOWN_ENTRIES {
        result.push_str(&format!(" and {} more", texts.len() - SHOWN_ENTRIES));
    }
    result
}

/// Whether the text is shaped like an API secret: 64 hexadecimal digits.
pub(super) fn is_secret_shaped(text: &str) -> bool {
    text.len() == SECRET_LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether the text is shaped like an API key: a UUID.
pub(super) fn is_api_key_shaped(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// A moment in UTC, e.g. `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(super) fn moment(unix_seconds: i64) -> String {
    match u64::try_from(unix_seconds) {
        Ok(seconds) if unix_seconds <= LATEST_TIME => {
            httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds))
        }
        _ => format!("{unix_seconds} s after the start of 1970"),
    }
}

/// A length of time, in the largest unit that fits, rounded down: `45 s`, `3 h`, `8 days`.
pub(super) fn span(seconds: i64) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let seconds = seconds.unsigned_abs();
    if seconds >= 2 * DAY {
        format!("{} days", seconds / DAY)
    } else if seconds >= 2 * HOUR {
        format!("{} h", seconds / HOUR)
    } else if seconds >= 2 * MINUTE {
        format!("{} min", seconds / MINUTE)
    } else {
        format!("{seconds} s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_list_the_first_few_are_shown() {
        assert_eq!(
            shown_list(&["1", "2", "3", "4", "5", "6", "7"]),
            "`1`, `2`, `3`, `4`, `5` and 2 more"
        );
    }

    #[test]
    fn every_moment_can_be_written() {
        assert_eq!(moment(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(moment(LATEST_TIME), "Fri, 31 Dec 9999 23:59:59 GMT");
        for odd in [LATEST_TIME + 1, -1, i64::MIN, i64::MAX] {
            assert!(moment(odd).starts_with(&odd.to_string()));
        }
    }

    #[test]
    fn spans_are_rounded_down_to_the_largest_unit() {
        let cases = [
            (0, "0 s"),
            (-119, "119 s"),
            (120, "2 min"),
            (7_199, "119 min"),
            (7_200, "2 h"),
            (172_799, "47 h"),
            (172_800, "2 days"),
            (i64::MIN, "106751991167300 days"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(span(seconds), expected);
        }
    }
}

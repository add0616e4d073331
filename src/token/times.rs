//! Claims that are times: `iat`, `nbf` and `exp`.

use serde_json::{Map, Value};

use super::finding::{Finding, FindingCode, Severity};
use super::wording::LATEST_TIME;
use crate::redact::shown;

/// A larger number of seconds is beyond the year 5138: it is meant as milliseconds.
const SMALLEST_MILLISECONDS: f64 = 1e11;
/// A larger number is beyond that year in milliseconds as well.
const LARGEST_MILLISECONDS: f64 = 1e14;

/// Reads a time. Those that end the use of a token are hard mistakes, the rest are soft.
pub(super) fn read_time(
    payload: &Map<String, Value>,
    name: &str,
    findings: &mut Vec<Finding>,
) -> Option<i64> {
    let if_checked = |checked: bool| match checked {
        true => Severity::Error,
        false => Severity::Warning,
    };
    let value = payload.get(name)?;
    let remedy = format!("Write `{name}` as whole seconds since the start of 1970, as a number.");
    let Some(number) = value.as_f64() else {
        findings.push(Finding::new(
            FindingCode::TimeNotNumber,
            if_checked(name != "iat"),
            format!("The claim `{name}` is not a number"),
            remedy,
        ));
        return None;
    };
    // A past time is fatal for `exp`, a far future for `nbf`.
    let (code, severity, problem) = if number < 0.0 {
        (
            FindingCode::TimeOutOfRange,
            if_checked(name == "exp"),
            "is before 1970",
        )
    } else if (SMALLEST_MILLISECONDS..LARGEST_MILLISECONDS).contains(&number) {
        (
            FindingCode::TimeInMilliseconds,
            if_checked(name == "nbf"),
            "is in milliseconds, and the service reads seconds",
        )
    } else if number > LATEST_TIME as f64 {
        (
            FindingCode::TimeOutOfRange,
            if_checked(name == "nbf"),
            "is beyond the year 9999",
        )
    } else {
        if number.fract() != 0.0 {
            findings.push(Finding::new(
                FindingCode::TimeFraction,
                Severity::Notice,
                format!("The claim `{name}` ({number}) has a fraction of a second"),
                remedy,
            ));
        }
        return Some(number as i64);
    };
    findings.push(Finding::new(
        code,
        severity,
        format!(
            "The claim `{name}` ({}) {problem}",
            shown(&value.to_string())
        ),
        remedy,
    ));
    None
}

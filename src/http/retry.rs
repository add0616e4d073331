//! Whether and when a failed request is sent again. Pure: no clock, no sleep.

use std::time::Duration;

/// How often one call is sent at most, the first time included.
pub(crate) const MAX_ATTEMPTS: u32 = 4;

const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(8);

/// How far a failed request surely or possibly got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// No connection was made: the server has seen nothing, and a later try can work.
    NotSent,
    /// The connection broke: the server may or may not have carried the request out.
    Unknown,
    /// The server answered with this HTTP status.
    Answered(u16),
    /// Trying again cannot help.
    Final,
}

/// Whether a request may be sent again. `repeatable`: carrying it out twice does no harm.
pub(crate) fn may_repeat(repeatable: bool, reach: Reach) -> bool {
    match reach {
        Reach::NotSent | Reach::Answered(429) => true,
        Reach::Unknown | Reach::Answered(500..=599) => repeatable,
        Reach::Answered(_) | Reach::Final => false,
    }
}

/// The pause after the attempt number `made` (from 1): 0.25, 0.5, 1, 2, 4, 8, 8 … seconds, never
/// less than the server asked for, and up to a quarter longer so that many clients spread out.
/// `jitter` is between 0 and 1.
pub(crate) fn pause(made: u32, retry_after: Option<Duration>, jitter: f64) -> Duration {
    let doublings = made.saturating_sub(1).min(5);
    let own = (FIRST_PAUSE * 2_u32.pow(doublings)).min(LONGEST_PAUSE);
    own.max(retry_after.unwrap_or_default()) + own.mul_f64(jitter.clamp(0.0, 1.0) / 4.0)
}

/// The pause before the next attempt, or `None` when the last failure is final: because it may
/// not be repeated, because enough was tried, or because the pause would outlast the deadline.
pub(crate) fn next(
    repeatable: bool,
    reach: Reach,
    made: u32,
    retry_after: Option<Duration>,
    jitter: f64,
    remaining: Duration,
) -> Option<Duration> {
    if made >= MAX_ATTEMPTS || !may_repeat(repeatable, reach) {
        return None;
    }
    let pause = pause(made, retry_after, jitter);
    (pause < remaining).then_some(pause)
}

/// A random number between 0 and 1; without a random source, none of the spreading.
pub(crate) fn jitter() -> f64 {
    getrandom::u32().map_or(0.0, |number| f64::from(number) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn a_request_is_repeated_only_where_that_is_safe() {
        for (reach, get, post) in [
            (Reach::NotSent, true, true),
            (Reach::Unknown, true, false),
            (Reach::Answered(429), true, true),
            (Reach::Answered(500), true, false),
            (Reach::Answered(503), true, false),
            (Reach::Answered(599), true, false),
            (Reach::Answered(400), false, false),
            (Reach::Answered(401), false, false),
            (Reach::Answered(402), false, false),
            (Reach::Answered(409), false, false),
            (Reach::Answered(600), false, false),
            (Reach::Final, false, false),
        ] {
            assert_eq!(may_repeat(true, reach), get, "GET {reach:?}");
            assert_eq!(may_repeat(false, reach), post, "POST {reach:?}");
        }
    }

    #[test]
    fn pauses_double_up_to_eight_seconds() {
        let pauses: Vec<u128> = (1..=7)
            .map(|made| pause(made, None, 0.0).as_millis())
            .collect();
        assert_eq!(pauses, [250, 500, 1000, 2000, 4000, 8000, 8000]);
        assert_eq!(pause(1, None, 1.0).as_micros(), 312_500);
        assert_eq!(pause(u32::MAX, None, 0.0).as_secs(), 8);
    }

    #[test]
    fn the_server_decides_how_long_at_least() {
        let asked = Some(Duration::from_secs(3));
        assert_eq!(pause(1, asked, 0.0).as_millis(), 3000);
        assert_eq!(pause(1, asked, 1.0).as_micros(), 3_062_500);
        assert_eq!(pause(5, asked, 0.0).as_millis(), 4000);
    }

    #[test]
    fn a_pause_that_does_not_fit_ends_the_tries() {
        let millis = Duration::from_millis;
        assert!(next(true, Reach::NotSent, 1, None, 0.0, millis(251)).is_some());
        assert!(next(true, Reach::NotSent, 1, None, 0.0, millis(250)).is_none());
        assert!(next(true, Reach::Answered(429), 1, Some(HOUR), 0.0, HOUR).is_none());
        assert!(next(true, Reach::NotSent, MAX_ATTEMPTS - 1, None, 0.0, HOUR).is_some());
        assert!(next(true, Reach::NotSent, MAX_ATTEMPTS, None, 0.0, HOUR).is_none());
        assert!(next(false, Reach::Unknown, 1, None, 0.0, HOUR).is_none());
    }
}

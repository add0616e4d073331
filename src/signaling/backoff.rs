//! How long to wait before connecting anew. Pure: no clock, no sleep.

use std::time::Duration;

/// How often a lost connection is made anew before it is given up.
pub(crate) const ATTEMPTS: u32 = 10;

const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(8);

/// The pause before that attempt (from 1): 0.5, 1, 2, 4, 8, 8 … seconds, and up to a quarter
/// longer, so that the participants of a server that restarts do not come back all at once.
/// `jitter` is between 0 and 1.
pub(crate) fn pause(attempt: u32, jitter: f64) -> Duration {
    let doublings = attempt.saturating_sub(1).min(4);
    let pause = (FIRST * 2_u32.pow(doublings)).min(LONGEST);
    pause + pause.mul_f64(jitter.clamp(0.0, 1.0) / 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_eight_seconds_and_are_spread() {
        let pauses: Vec<u128> = (1..=7).map(|at| pause(at, 0.0).as_millis()).collect();
        assert_eq!(pauses, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
        assert_eq!(pause(1, 1.0).as_millis(), 625);
        assert_eq!(pause(u32::MAX, 7.0).as_secs(), 10);
    }
}

//! Devices without a clock: ALSA's `null` and `file` take and give sound as fast as they are let.
//! They are what a server has in place of hardware, so they are held to the pace of real ones.

use std::time::{Duration, Instant};

/// A device that gets so far ahead of the time has no clock. Hardware hands over some 40 ms at once.
const MOST_AHEAD: Duration = Duration::from_millis(200);

/// A device that is so far behind goes on from where it is; less is made up for.
const MOST_BEHIND: Duration = Duration::from_secs(1);

/// Shorter waits are left to come together.
const SHORTEST_WAIT: Duration = Duration::from_millis(5);

/// Clocks differ, by less than a thousandth: as long as a device may have one, that is forgotten.
const DRIFT: u32 = 1000;

/// How one device keeps to the time.
#[derive(Default)]
pub(super) struct Pace {
    /// When the sound that has passed is over.
    due: Option<Instant>,
    has_no_clock: bool,
}

impl Pace {
    /// So much sound passes now; how long the device has to be kept waiting for it.
    pub(super) fn pass(&mut self, sound: Duration, now: Instant) -> Duration {
        let counted = match self.has_no_clock {
            true => sound,
            false => sound - sound / DRIFT,
        };
        let mut due = self.due.unwrap_or(now) + counted;
        if due + MOST_BEHIND < now {
            due = now;
        }
        self.due = Some(due);
        let ahead = due.saturating_duration_since(now);
        self.has_no_clock |= ahead > MOST_AHEAD;
        match self.has_no_clock && ahead >= SHORTEST_WAIT {
            true => ahead,
            false => Duration::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERIOD: Duration = Duration::from_millis(20);

    /// How long a device takes for so many periods, and how much of it it was kept waiting, when it
    /// takes that long for each by itself.
    fn run(periods: u32, each: Duration) -> (Duration, Duration) {
        let mut pace = Pace::default();
        let begin = Instant::now();
        let (mut now, mut waited) = (begin, Duration::ZERO);
        for _ in 0..periods {
            now += each;
            let wait = pace.pass(PERIOD, now);
            now += wait;
            waited += wait;
        }
        (now - begin, waited)
    }

    #[test]
    fn a_device_without_a_clock_is_held_to_that_of_this_machine() {
        for each in [0, 3, 15] {
            let (took, _) = run(500, Duration::from_millis(each));
            assert!(took.abs_diff(500 * PERIOD) < 2 * PERIOD, "{took:?}");
        }
    }

    #[test]
    fn a_device_with_a_clock_never_waits() {
        let faster = PERIOD - PERIOD / 2000;
        for each in [faster, PERIOD, 2 * PERIOD] {
            let an_hour = 180_000;
            assert_eq!(run(an_hour, each).1, Duration::ZERO, "{each:?}");
        }
    }

    #[test]
    fn what_was_missed_is_made_up_for_unless_it_is_much() {
        let begin = Instant::now();
        for (late, made_up) in [(500, 500), (5_000, 0)] {
            let mut pace = Pace::default();
            while pace.pass(PERIOD, begin).is_zero() {}
            let due = pace.due.unwrap();
            let now = due + Duration::from_millis(late);
            let mut passed = Duration::ZERO;
            while pace.pass(PERIOD, now).is_zero() {
                passed += PERIOD;
            }
            let expected = Duration::from_millis(made_up);
            assert!(passed.abs_diff(expected) <= 2 * PERIOD, "{passed:?}");
        }
    }
}

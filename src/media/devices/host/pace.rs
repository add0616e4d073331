//! Devices without a clock: ALSA's `null` and `file` take and give sound as fast as they are let.
//! They are what a server has in place of hardware, so they are held to the pace of real ones.

use std::time::{Duration, Instant};

/// So much sound shows whether a device has a clock of its own.
const JUDGED_AFTER: Duration = Duration::from_millis(200);

/// Shorter waits are left to be made up for later.
const SHORTEST_WAIT: Duration = Duration::from_millis(5);

/// A device that fell behind by more goes on from where it is.
const MOST_BEHIND: Duration = Duration::from_millis(200);

pub(super) enum Pace {
    /// It is not known yet: since when how much sound has passed.
    Unknown(Option<Instant>, Duration),
    /// The device waits by itself.
    OfDevice,
    /// The device does not: when the next sound is due.
    Due(Instant),
}

impl Pace {
    pub(super) fn new() -> Self {
        Self::Unknown(None, Duration::ZERO)
    }

    /// So much sound passes now; how long the device has to be kept waiting for it.
    pub(super) fn pass(&mut self, sound: Duration, now: Instant) -> Duration {
        match self {
            Self::Unknown(since, passed) => {
                let since = *since.get_or_insert(now);
                *passed += sound;
                if *passed < JUDGED_AFTER {
                    return Duration::ZERO;
                }
                let has_clock = now - since > *passed / 2;
                *self = match has_clock {
                    true => Self::OfDevice,
                    false => Self::Due(since + *passed),
                };
                self.wait(now)
            }
            Self::OfDevice => Duration::ZERO,
            Self::Due(due) => {
                *due += sound;
                self.wait(now)
            }
        }
    }

    fn wait(&mut self, now: Instant) -> Duration {
        let Self::Due(due) = self else {
            return Duration::ZERO;
        };
        if *due + MOST_BEHIND < now {
            *due = now;
        }
        let wait = due.saturating_duration_since(now);
        match wait < SHORTEST_WAIT {
            true => Duration::ZERO,
            false => wait,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERIOD: Duration = Duration::from_millis(20);

    /// How long a device takes for a second of sound that works `work` for each 20 ms.
    fn a_second(work: Duration) -> (Duration, Duration) {
        let mut pace = Pace::new();
        let begin = Instant::now();
        let (mut now, mut waited) = (begin, Duration::ZERO);
        for _ in 0..50 {
            now += work;
            let wait = pace.pass(PERIOD, now);
            now += wait;
            waited += wait;
        }
        (now - begin, waited)
    }

    #[test]
    fn a_device_without_a_clock_is_held_to_that_of_this_machine() {
        for work in [Duration::ZERO, Duration::from_millis(3)] {
            let (took, _) = a_second(work);
            assert!(took.abs_diff(Duration::from_secs(1)) < PERIOD, "{took:?}");
        }
    }

    #[test]
    fn a_device_with_a_clock_never_waits() {
        for work in [19, 20, 40] {
            let (_, waited) = a_second(Duration::from_millis(work));
            assert_eq!(waited, Duration::ZERO, "{work}");
        }
    }

    #[test]
    fn what_was_missed_for_long_is_not_made_up_for() {
        let mut pace = Pace::new();
        let begin = Instant::now();
        for _ in 0..10 {
            pace.pass(PERIOD, begin);
        }
        let later = begin + Duration::from_secs(10);
        assert_eq!(pace.pass(PERIOD, later), Duration::ZERO);
        assert_eq!(pace.pass(PERIOD, later), PERIOD);
    }
}

//! Whether the other side is still there. Pure: time comes in from outside.

use std::time::Duration;

/// How long nothing may come before the other side is asked for a sign of life.
const INTERVAL: Duration = Duration::from_secs(10);

/// After so many pings in a row without any message the connection counts as dead.
const MOST_MISSED: u32 = 2;

/// What is to be done about a silent connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beat {
    /// Nothing before that moment.
    Wait(Duration),
    Ping,
    Dead,
}

/// Times are those since any one moment.
#[derive(Debug)]
pub(super) struct Heartbeat {
    next: Duration,
    missed: u32,
    heard: bool,
}

impl Heartbeat {
    pub(super) fn begin(now: Duration) -> Self {
        Self {
            next: now + INTERVAL,
            missed: 0,
            heard: true,
        }
    }

    /// Something came: a message or the answer to a ping.
    pub(super) fn heard(&mut self) {
        self.heard = true;
    }

    pub(super) fn look(&mut self, now: Duration) -> Beat {
        if now < self.next {
            return Beat::Wait(self.next);
        }
        self.missed = if self.heard { 0 } else { self.missed + 1 };
        if self.missed >= MOST_MISSED {
            return Beat::Dead;
        }
        self.heard = false;
        self.next = now + INTERVAL;
        Beat::Ping
    }

    /// How long nothing came at least when the connection counts as dead.
    pub(super) fn patience() -> Duration {
        INTERVAL * MOST_MISSED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_silent_connection_is_dead_after_two_missed_answers() {
        let mut heart = Heartbeat::begin(seconds(5));
        assert_eq!(heart.look(seconds(5)), Beat::Wait(seconds(15)));
        assert_eq!(heart.look(seconds(15)), Beat::Ping);
        assert_eq!(heart.look(seconds(16)), Beat::Wait(seconds(25)));
        assert_eq!(heart.look(seconds(25)), Beat::Ping);
        assert_eq!(heart.look(seconds(35)), Beat::Dead);
    }

    #[test]
    fn anything_that_comes_is_a_sign_of_life() {
        let mut heart = Heartbeat::begin(seconds(0));
        for round in 1..100 {
            assert_eq!(heart.look(seconds(10 * round)), Beat::Ping, "{round}");
            if round % 2 == 0 {
                heart.heard();
            }
        }
    }
}

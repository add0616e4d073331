//! How long sound should be held back, so that what comes late is still in time.
//!
//! Packets take different times through the network. How late each is against the fastest of late is
//! kept in a histogram that forgets; what all but a few keep to is the delay that is worth having.

use super::super::format::BLOCK;

/// A bin of the histogram: 5 ms.
const BIN: i64 = BLOCK as i64 / 2;

/// So many bins: half a second.
const BINS: usize = 100;

/// Which part of the packets may come too late.
const TOO_LATE: f32 = 0.03;

/// What each packet counts for, once there were many; the first ones count for more.
const WEIGHT: f32 = 0.01;

/// What is expected before anything has been seen: 40 ms.
const FIRST_BIN: usize = 8;

/// The fastest of so many packets is the measure: some seconds.
const REMEMBERED: usize = 128;

/// Which part of the packets has to be missing for the one behind a gap to be waited for, because it
/// carries a copy; and below which part that is no longer worth the time.
const LOSSY: f32 = 0.02;
const HARDLY_LOSSY: f32 = 0.005;

/// What each packet counts for in that.
const LOSS_WEIGHT: f32 = 0.01;

/// The longest that sound is held back: half a second.
pub(super) const LONGEST: i64 = BIN * BINS as i64;

pub(super) struct Delay {
    /// The times through the network of the last packets, from an arbitrary moment.
    transits: [i64; REMEMBERED],
    seen: usize,
    lateness: [f32; BINS],
    weight: f32,
    /// Which part of the packets was missing of late.
    loss: f32,
    /// How long a packet is that is waited for, to repair a gap; 0 while there are few.
    repair: i64,
}

impl Delay {
    pub(super) fn new() -> Self {
        let mut lateness = [0.0; BINS];
        lateness[FIRST_BIN - 1] = 1.0;
        Self {
            transits: [0; REMEMBERED],
            seen: 0,
            lateness,
            weight: 1.0,
            loss: 0.0,
            repair: 0,
        }
    }

    /// The sender's clock begins anew; what the network is like is still known.
    pub(super) fn restart(&mut self) {
        self.seen = 0;
    }

    /// A packet came; how much later than the fastest of late.
    pub(super) fn arrived(&mut self, timestamp: i64, arrival: i64) -> i64 {
        self.transits[self.seen % REMEMBERED] = arrival.saturating_sub(timestamp);
        let last = self.transits[self.seen % REMEMBERED];
        self.seen += 1;
        let remembered = &self.transits[..self.seen.min(REMEMBERED)];
        let fastest = remembered.iter().min().copied().unwrap_or(last);
        let lateness = last.saturating_sub(fastest);
        // The first half, the second a third, and so on: what was expected counts like one packet.
        self.weight = (self.weight / (1.0 + self.weight)).max(WEIGHT);
        for bin in &mut self.lateness {
            *bin *= 1.0 - self.weight;
        }
        let bin = (lateness / BIN).clamp(0, BINS as i64 - 1) as usize;
        self.lateness[bin] += self.weight;
        lateness
    }

    /// Whether packets were missing before one of so many frames.
    pub(super) fn followed_gap(&mut self, is_gap: bool, frames: i64) {
        let is_gap = if is_gap { 1.0 } else { 0.0 };
        self.loss += (is_gap - self.loss) * LOSS_WEIGHT;
        if self.loss > LOSSY {
            self.repair = frames;
        } else if self.loss < HARDLY_LOSSY {
            self.repair = 0;
        }
    }

    /// How much after the fastest packet its sound should be played, when sound is asked for in
    /// chunks of `chunk` frames.
    pub(super) fn target(&self, chunk: usize) -> i64 {
        let mut rest = 1.0;
        for (bin, share) in (1..).zip(&self.lateness) {
            rest -= share;
            if rest <= TOO_LATE {
                return (bin * BIN + chunk as i64 + self.repair).min(LONGEST);
            }
        }
        LONGEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET: i64 = 960;

    /// After so many packets, each late by what `lateness` says.
    fn target(packets: i64, lateness: impl Fn(i64) -> i64) -> i64 {
        let mut delay = Delay::new();
        for number in 0..packets {
            let timestamp = number * PACKET;
            delay.arrived(timestamp, timestamp + 123_456 + lateness(number));
        }
        delay.target(BLOCK)
    }

    #[test]
    fn what_comes_regularly_is_hardly_held_back() {
        assert_eq!(target(500, |_| 0), BIN + BLOCK as i64);
    }

    #[test]
    fn what_comes_late_is_waited_for_unless_it_is_rare() {
        let forty_ms = 4 * BLOCK as i64;
        let often = target(2_000, |number| i64::from(number % 10 == 0) * forty_ms);
        assert_eq!(often, forty_ms + BIN + BLOCK as i64);
        let rarely = target(2_000, |number| i64::from(number % 100 == 50) * forty_ms);
        assert_eq!(rarely, BIN + BLOCK as i64);
    }

    #[test]
    fn where_packets_get_lost_the_next_one_is_waited_for() {
        let mut delay = Delay::new();
        let without = delay.target(BLOCK);
        let mut targets = |gaps: i64| {
            for number in 0..1_000 {
                delay.followed_gap(number % 100 < gaps, PACKET);
            }
            delay.target(BLOCK) - without
        };
        assert_eq!(targets(1), 0);
        assert_eq!(targets(10), PACKET);
        assert_eq!(targets(1), PACKET, "once it is there, it stays");
        assert_eq!(targets(0), 0);
    }

    #[test]
    fn nothing_is_held_back_for_longer_than_half_a_second() {
        assert_eq!(target(500, |number| (number % 2) * 1_000_000), LONGEST);
        // A clock that is wrong from the start is no lateness.
        assert_eq!(
            target(500, |number| number * 10),
            10 * 127 / BIN * BIN + BIN + BLOCK as i64
        );
    }
}

//! How loud sound is.

use std::sync::atomic::{AtomicU32, Ordering};

/// What silence is said to have, in decibels below full scale (RFC 6464, section 3).
pub(super) const SILENCE_DBFS: f32 = -127.0;

/// How fast a meter follows, in seconds: about as fast as an eye.
const METER_SECONDS: f32 = 0.05;

/// The power of samples, 1.0 when all are at full scale.
pub(super) fn power(samples: &[f32]) -> f32 {
    let sum: f32 = samples.iter().map(|sample| sample * sample).sum();
    sum / samples.len().max(1) as f32
}

/// In decibels below full scale: 0 when all samples are there, -3 for the loudest tone, -127 and less
/// for silence.
pub(super) fn dbfs(power: f32) -> f32 {
    (10.0 * power.log10()).clamp(SILENCE_DBFS, 0.0)
}

/// The same as packets tell it.
pub(super) fn packet_level(power: f32) -> i8 {
    dbfs(power).round() as i8
}

/// The level of sound as it flows, read from any thread.
pub(super) struct Meter {
    /// The bits of its power.
    power: AtomicU32,
    sample_rate: f32,
}

impl Meter {
    pub(super) fn new(sample_rate: u32) -> Self {
        Self {
            power: AtomicU32::new(0),
            sample_rate: sample_rate as f32,
        }
    }

    /// So many frames with that power have passed.
    pub(super) fn pass(&self, frames: usize, power: f32) {
        let share = 1.0 - (-(frames as f32) / (self.sample_rate * METER_SECONDS)).exp();
        let before = f32::from_bits(self.power.load(Ordering::Relaxed));
        let after = before + (power - before) * share;
        self.power.store(after.to_bits(), Ordering::Relaxed);
    }

    pub(super) fn dbfs(&self) -> f32 {
        dbfs(f32::from_bits(self.power.load(Ordering::Relaxed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_told_below_full_scale() {
        assert_eq!(dbfs(power(&[1.0, -1.0])), 0.0);
        assert_eq!(dbfs(power(&[0.1, -0.1])).round(), -20.0);
        assert_eq!(packet_level(power(&[0.0; 4])), -127);
        assert_eq!(packet_level(power(&[])), -127);
        let tone: Vec<f32> = (0..48_000).map(|i| (i as f32 * 0.1).sin()).collect();
        assert!((dbfs(power(&tone)) + 3.01).abs() < 0.01);
    }

    #[test]
    fn a_meter_follows_whatever_the_size_of_chunks() {
        let levels = [1, 480, 4_800].map(|chunk| {
            let meter = Meter::new(48_000);
            for _ in 0..24_000 / chunk {
                meter.pass(chunk, 0.01);
            }
            let loud = meter.dbfs();
            for _ in 0..24_000 / chunk {
                meter.pass(chunk, 0.0);
            }
            (loud, meter.dbfs())
        });
        for (loud, silent) in levels {
            assert!((loud + 20.0).abs() < 0.1, "{loud}");
            assert!(silent < -60.0, "{silent}");
        }
    }
}

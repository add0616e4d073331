//! Keeps what several say at once from being cut off at full scale.

use super::format::INNER_RATE;

/// The loudest that comes out (-0.4 dB).
const CEILING: f32 = 0.95;

/// How long it takes after a loud moment to be half as far from full gain, in seconds.
const RECOVERY_SECONDS: f32 = 0.1;

/// Turns loud moments down at once, and up again slowly: no sample is ever beyond the ceiling.
pub(super) struct Limiter {
    gain: f32,
    kept: f32,
}

impl Limiter {
    pub(super) fn new() -> Self {
        Self {
            gain: 1.0,
            kept: 0.5_f32.powf(1.0 / (RECOVERY_SECONDS * INNER_RATE as f32)),
        }
    }

    pub(super) fn apply(&mut self, samples: &mut [f32], channels: usize) {
        for frame in samples.chunks_exact_mut(channels) {
            let peak = frame
                .iter()
                .fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
            let recovered = 1.0 - (1.0 - self.gain) * self.kept;
            self.gain = recovered.min(CEILING / peak.max(CEILING));
            for sample in frame {
                *sample *= self.gain;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_too_loud_stays_as_it_is() {
        let mut samples = [0.5, -0.9, 0.0, 0.1];
        Limiter::new().apply(&mut samples, 2);
        assert_eq!(samples, [0.5, -0.9, 0.0, 0.1]);
    }

    #[test]
    fn nothing_is_ever_beyond_the_ceiling_and_the_gain_comes_back() {
        let mut limiter = Limiter::new();
        let mut loud: Vec<f32> = (0..48_000).map(|i| 3.0 * (i as f32 * 0.05).sin()).collect();
        limiter.apply(&mut loud, 1);
        assert!(loud.iter().all(|sample| sample.abs() <= CEILING + 1e-6));
        assert!(
            loud.iter().any(|sample| *sample > CEILING * 0.99),
            "no more than needed"
        );
        let mut soft = vec![0.2; 96_000];
        limiter.apply(&mut soft, 1);
        assert!(soft[480] < 0.1, "slowly");
        assert!((soft[95_999] - 0.2).abs() < 1e-3);
    }
}

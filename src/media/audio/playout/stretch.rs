//! Sound in fewer or more samples than it has, at the same pitch: one period of it is left out, or
//! played twice, where it is most like the next.

use super::super::format::BLOCK;

/// Periods of voices: 2.5 to 15 ms.
const SHORTEST: usize = BLOCK / 4;
pub(super) const LONGEST_PERIOD: usize = BLOCK * 3 / 2;

/// Every fourth lag and sample is looked at first.
const COARSE: usize = 4;

/// Quieter than this (-60 dB), nobody hears the seam.
const QUIET_POWER: f32 = 1e-6;

/// How alike two periods have to be, of 1.
const ALIKE: f32 = 0.8;

/// The lag at which the sound is most like itself, if it is alike enough, or if `must`: of the
/// frames from `at` on and those before. `longest` bounds it.
pub(super) fn period(
    samples: &[f32],
    channels: usize,
    at: usize,
    longest: usize,
    must: bool,
) -> Option<usize> {
    let frames = samples.len() / channels;
    let longest = longest.min(LONGEST_PERIOD).min(at);
    if longest < SHORTEST || at + SHORTEST > frames {
        return None;
    }
    // As much as there is, up to the longest period.
    let window = (frames - at).min(LONGEST_PERIOD);
    let likeness = |lag: usize, step: usize| {
        let (mut product, mut here, mut there) = (0.0, 0.0, 0.0);
        for frame in (0..window).step_by(step) {
            for channel in 0..channels {
                let one = samples[(at + frame) * channels + channel];
                let other = samples[(at + frame - lag) * channels + channel];
                product += one * other;
                here += one * one;
                there += other * other;
            }
        }
        let count = (window / step * channels).max(1) as f32;
        if here / count < QUIET_POWER && there / count < QUIET_POWER {
            return 1.0;
        }
        product / (here * there).sqrt().max(f32::MIN_POSITIVE)
    };
    let best = |lags: &mut dyn Iterator<Item = usize>, step| {
        let mut best = (f32::MIN, 0);
        for lag in lags {
            let found = likeness(lag, step);
            if found > best.0 {
                best = (found, lag);
            }
        }
        best
    };
    let (_, coarse) = best(&mut (SHORTEST..=longest).step_by(COARSE), COARSE);
    let around =
        coarse.saturating_sub(COARSE - 1).max(SHORTEST)..=(coarse + COARSE - 1).min(longest);
    let (alike, lag) = best(&mut around.clone(), 1);
    (alike >= ALIKE || must).then_some(lag)
}

/// Leaves out the `period` frames from `at` on: what comes out is shorter by that, and goes smoothly
/// from what would have followed to what follows now. Returns how many samples are left.
pub(super) fn shorten(samples: &mut [f32], channels: usize, at: usize, period: usize) -> usize {
    for frame in 0..period {
        let share = frame as f32 / period as f32;
        for channel in 0..channels {
            let here = (at + frame) * channels + channel;
            let later = here + period * channels;
            samples[here] += (samples[later] - samples[here]) * share;
        }
    }
    let gap = (at + period) * channels;
    samples.copy_within(gap + period * channels.., gap);
    samples.len() - period * channels
}

/// Plays the `period` frames before `at` once more. The last `period` frames of `samples` are room
/// for it.
pub(super) fn lengthen(samples: &mut [f32], channels: usize, at: usize, period: usize) {
    let (begin, length) = (at * channels, period * channels);
    let end = samples.len() - length;
    samples.copy_within(begin..end, begin + length);
    for frame in 0..period {
        let share = frame as f32 / period as f32;
        for channel in 0..channels {
            let here = begin + frame * channels + channel;
            // What would have followed is one period behind now; what came before leads up to it.
            let followed = samples[here + length];
            samples[here] = followed + (samples[here - length] - followed) * share;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(frames: usize, channels: usize, hertz: f32) -> Vec<f32> {
        (0..frames * channels)
            .map(|index| {
                let frame = (index / channels) as f32;
                let phase = frame * hertz * std::f32::consts::TAU / 48_000.0;
                (phase + (index % channels) as f32).sin() / 2.0
            })
            .collect()
    }

    /// The largest step between two samples of a channel, against that of the tone itself.
    fn roughness(samples: &[f32], channels: usize, hertz: f32) -> f32 {
        let steps = samples
            .windows(channels + 1)
            .map(|window| window[channels] - window[0]);
        let largest = steps.fold(0.0_f32, |largest, step| largest.max(step.abs()));
        largest / (hertz * std::f32::consts::TAU / 48_000.0 / 2.0)
    }

    #[test]
    fn a_tone_loses_and_gains_whole_periods_without_a_seam() {
        for channels in [1, 2] {
            for hertz in [70.0, 440.0, 1000.0] {
                let original = tone(3_000, channels, hertz);
                let period = period(&original, channels, 1_000, LONGEST_PERIOD, false).unwrap();
                let exact = period as f32 * hertz / 48_000.0;
                assert!(
                    (exact - exact.round()).abs() < 0.02,
                    "{exact} periods of {hertz} Hz"
                );
                let mut shorter = original.clone();
                let left = shorten(&mut shorter, channels, 1_000, period);
                shorter.truncate(left);
                assert_eq!(shorter.len(), (3_000 - period) * channels);
                assert!(roughness(&shorter, channels, hertz) < 1.1);
                let mut longer = original.clone();
                longer.resize((3_000 + period) * channels, 9.0);
                lengthen(&mut longer, channels, 1_000, period);
                assert!(roughness(&longer, channels, hertz) < 1.1);
                assert_eq!(longer[longer.len() - 9..], original[original.len() - 9..]);
            }
        }
    }

    #[test]
    fn noise_is_left_alone_unless_it_has_to_be() {
        let mut state = 1_u32;
        let noise: Vec<f32> = (0..3_000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state as f32 / u32::MAX as f32 - 0.5
            })
            .collect();
        assert_eq!(period(&noise, 1, 1_000, LONGEST_PERIOD, false), None);
        assert!(period(&noise, 1, 1_000, LONGEST_PERIOD, true).is_some());
        let silence = vec![0.0; 3_000];
        assert!(period(&silence, 1, 1_000, LONGEST_PERIOD, false).is_some());
    }

    #[test]
    fn where_there_is_too_little_nothing_is_found() {
        let tone = tone(1_000, 1, 440.0);
        assert_eq!(period(&tone, 1, 100, LONGEST_PERIOD, true), None);
        assert_eq!(period(&tone, 1, 950, LONGEST_PERIOD, true), None);
        assert_eq!(period(&tone, 1, 500, SHORTEST - 1, true), None);
    }
}

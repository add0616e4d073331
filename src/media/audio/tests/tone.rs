//! Tones, and how they are found again.

use std::f32::consts::TAU;

pub(in super::super) fn tone(frames: usize, rate: u32, hertz: f32, level: f32) -> Vec<f32> {
    (0..frames)
        .map(|frame| (frame as f32 * hertz / rate as f32 % 1.0 * TAU).sin() * level)
        .collect()
}

/// The level of a tone of that frequency in samples of one channel.
pub(in super::super) fn level_of(samples: &[f32], rate: u32, hertz: f32) -> f32 {
    let (mut real, mut imaginary) = (0.0_f64, 0.0_f64);
    for (frame, sample) in samples.iter().enumerate() {
        let phase = frame as f64 * f64::from(hertz) / f64::from(rate) * std::f64::consts::TAU;
        // A window, so that other frequencies do not leak into this one.
        let place = frame as f64 / samples.len() as f64 * std::f64::consts::TAU;
        let weighted = f64::from(*sample) * (1.0 - place.cos());
        real += weighted * phase.cos();
        imaginary += weighted * phase.sin();
    }
    (real.hypot(imaginary) * 2.0 / samples.len() as f64) as f32
}

/// The power beside that tone, as a part of all there is.
pub(in super::super) fn beside(samples: &[f32], rate: u32, hertz: f32) -> f32 {
    let power: f32 = samples.iter().map(|sample| sample * sample).sum();
    let power = power / samples.len() as f32;
    let tone = level_of(samples, rate, hertz);
    ((power - tone * tone / 2.0) / power.max(f32::MIN_POSITIVE)).max(0.0)
}

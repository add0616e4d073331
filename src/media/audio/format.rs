//! What raw sound is made of.

use std::ops::RangeInclusive;

use crate::{Error, Result, Status};

/// Everything between input and output is at this rate: that of Opus.
pub(super) const INNER_RATE: u32 = 48_000;

/// How many frames sound is carried on in: 10 ms.
pub(super) const BLOCK: usize = INNER_RATE as usize / 100;

/// The rates of raw sound, in hertz.
const RATES: RangeInclusive<u32> = 8_000..=192_000;

/// How raw sound is laid out. A frame is one sample of each channel, the left one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AudioFormat {
    sample_rate: u32,
    channels: usize,
}

impl AudioFormat {
    /// Sound of that rate, in hertz, with one channel or two.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] for rates outside 8,000 to 192,000 and other numbers of channels.
    pub fn new(sample_rate: u32, channels: usize) -> Result<Self> {
        if !RATES.contains(&sample_rate) {
            return Err(Error::new(
                Status::InvalidArgument,
                format!("{sample_rate} is no rate of raw sound"),
                "Rates are 8,000 to 192,000 hertz; 48,000 needs no conversion.",
            ));
        }
        if !(1..=2).contains(&channels) {
            return Err(Error::new(
                Status::InvalidArgument,
                format!("Raw sound cannot have {channels} channels"),
                "Use 1 (mono) or 2 (stereo).",
            ));
        }
        Ok(Self {
            sample_rate,
            channels,
        })
    }

    /// In hertz.
    #[must_use]
    pub fn sample_rate(self) -> u32 {
        self.sample_rate
    }

    /// 1 or 2.
    #[must_use]
    pub fn channels(self) -> usize {
        self.channels
    }

    /// How many frames so many samples are, which one call moves: at most a second.
    pub(super) fn frames(self, samples: usize) -> Result<usize> {
        if !samples.is_multiple_of(self.channels) {
            return Err(Error::new(
                Status::InvalidArgument,
                format!(
                    "{samples} samples are no whole number of frames with {} channels",
                    self.channels
                ),
                "Pass one sample of each channel for each frame.",
            ));
        }
        let frames = samples / self.channels;
        if frames > self.sample_rate as usize {
            return Err(Error::new(
                Status::InvalidArgument,
                format!("{frames} frames are more than a second of sound"),
                "Move at most a second in one call; 10 or 20 milliseconds are usual.",
            ));
        }
        Ok(frames)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_raw_sound_is_refused() {
        for (rate, channels) in [(7_999, 1), (192_001, 1), (48_000, 0), (48_000, 3), (0, 1)] {
            let error = AudioFormat::new(rate, channels).unwrap_err();
            assert_eq!(error.status(), Status::InvalidArgument, "{error}");
        }
        let stereo = AudioFormat::new(8_000, 2).unwrap();
        assert_eq!(stereo.frames(16_000).unwrap(), 8_000);
        assert!(stereo.frames(3).is_err());
        assert!(stereo.frames(16_002).is_err());
        assert!(stereo.frames(usize::MAX - 1).is_err());
    }
}

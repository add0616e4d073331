//! From one sampling rate to another.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{
    Async, FixedAsync, Indexing, Resampler as _, SincInterpolationParameters, WindowFunction,
};

use super::super::format::{BLOCK, INNER_RATE};
use crate::{Error, Result, Status};

/// How long the filter is, in samples: the delay is half of that, about a millisecond.
const FILTER: usize = 128;

pub(in super::super) struct Resampler {
    /// `None` where both rates are the same.
    converter: Option<Async<f32>>,
    channels: usize,
}

impl Resampler {
    /// Gives blocks at the inner rate.
    pub(in super::super) fn to_inner(sample_rate: u32, channels: usize) -> Result<Self> {
        Self::new(sample_rate, INNER_RATE, channels, FixedAsync::Output)
    }

    /// Takes blocks at the inner rate.
    pub(in super::super) fn from_inner(sample_rate: u32, channels: usize) -> Result<Self> {
        Self::new(INNER_RATE, sample_rate, channels, FixedAsync::Input)
    }

    fn new(from: u32, to: u32, channels: usize, fixed: FixedAsync) -> Result<Self> {
        let ratio = f64::from(to) / f64::from(from);
        let make = || {
            let parameters = SincInterpolationParameters::new(FILTER, WindowFunction::Blackman2);
            Async::new_sinc(ratio, 1.0, &parameters, BLOCK, channels, fixed)
        };
        let converter = (from != to).then(make).transpose();
        let converter = converter.map_err(|error| {
            Error::new(
                Status::ResourceExhausted,
                format!("Sound cannot be converted from {from} to {to} Hz: {error}"),
                "Use 48,000 Hz, which needs no conversion.",
            )
        })?;
        Ok(Self {
            converter,
            channels,
        })
    }

    /// How many frames the next block takes.
    pub(in super::super) fn wants(&self) -> usize {
        match &self.converter {
            Some(converter) => converter.input_frames_next(),
            None => BLOCK,
        }
    }

    /// How many frames come out of a block at most.
    pub(in super::super) fn most_out(&self) -> usize {
        match &self.converter {
            Some(converter) => converter.output_frames_max(),
            None => BLOCK,
        }
    }

    /// Converts a block of as many frames as are wanted; how many frames came out.
    pub(in super::super) fn process(&mut self, from: &[f32], into: &mut [f32]) -> usize {
        let Some(converter) = &mut self.converter else {
            into[..from.len()].copy_from_slice(from);
            return from.len() / self.channels;
        };
        let frames = from.len() / self.channels;
        let room = into.len() / self.channels;
        let from = InterleavedSlice::new(from, self.channels, frames);
        let into = InterleavedSlice::new_mut(into, self.channels, room);
        let (Ok(from), Ok(mut into)) = (from, into) else {
            return 0;
        };
        let none: Option<&Indexing> = None;
        let converted = converter.process_into_buffer(&from, &mut into, none);
        debug_assert!(converted.is_ok(), "{converted:?}");
        converted.map_or(0, |(_, frames)| frames)
    }
}

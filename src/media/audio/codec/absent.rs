//! What stands for the libraries in a build without them: nothing can be made of it.

use std::convert::Infallible;

use super::EncoderSettings;
use crate::{Error, Result, Status};

fn unsupported() -> Error {
    Error::new(
        Status::Unsupported,
        "This build of the library neither encodes nor decodes sound",
        "Build it with the feature `opus`, which is on by default and takes CMake, or push and read encoded frames.",
    )
}

pub(in crate::media) fn is_present() -> Result<()> {
    Err(unsupported())
}

pub(in super::super) struct Encoder(Infallible);

impl Encoder {
    pub(in super::super) fn new(_: &EncoderSettings) -> Result<Self> {
        Err(unsupported())
    }

    pub(in super::super) fn set_kbps(&mut self, _: u32) {
        match self.0 {}
    }

    pub(in super::super) fn set_expected_loss(&mut self, _: u8) {
        match self.0 {}
    }

    pub(in super::super) fn encode(&mut self, _: &[f32], _: &mut [u8]) -> Result<usize> {
        match self.0 {}
    }
}

pub(in super::super) struct Decoder(Infallible);

impl Decoder {
    pub(in super::super) fn new(_: usize) -> Result<Self> {
        Err(unsupported())
    }

    pub(in super::super) fn frames(&self, _: &[u8]) -> Option<usize> {
        match self.0 {}
    }

    pub(in super::super) fn decode(&mut self, _: &[u8], _: &mut [f32]) -> Option<usize> {
        match self.0 {}
    }

    pub(in super::super) fn recover(&mut self, _: &[u8], _: &mut [f32]) -> bool {
        match self.0 {}
    }

    pub(in super::super) fn conceal(&mut self, _: &mut [f32]) -> bool {
        match self.0 {}
    }
}

pub(in super::super) struct Resampler(Infallible);

impl Resampler {
    pub(in super::super) fn to_inner(_: u32, _: usize) -> Result<Self> {
        Err(unsupported())
    }

    pub(in super::super) fn from_inner(_: u32, _: usize) -> Result<Self> {
        Err(unsupported())
    }

    pub(in super::super) fn wants(&self) -> usize {
        match self.0 {}
    }

    pub(in super::super) fn most_out(&self) -> usize {
        match self.0 {}
    }

    pub(in super::super) fn process(&mut self, _: &[f32], _: &mut [f32]) -> usize {
        match self.0 {}
    }
}

//! What stands for the libraries in a build without them: nothing can be made of it.

use std::convert::Infallible;

use super::super::i420::I420;
use super::{Encoded, EncoderSettings};
use crate::{Error, Result, Status};

fn unsupported() -> Error {
    Error::new(
        Status::Unsupported,
        "This build of the library neither encodes nor decodes pictures",
        "Build it with the feature `vp8`, which takes libvpx, or push and read encoded frames.",
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

    pub(in super::super) fn size(&self) -> (usize, usize) {
        match self.0 {}
    }

    pub(in super::super) fn set_kbps(&mut self, _: u32) {
        match self.0 {}
    }

    pub(in super::super) fn encode(
        &mut self,
        _: &I420,
        _: i64,
        _: u32,
        _: bool,
    ) -> Result<Option<Encoded<'_>>> {
        match self.0 {}
    }
}

pub(in super::super) struct Decoder(Infallible);

impl Decoder {
    pub(in super::super) fn new() -> Result<Self> {
        Err(unsupported())
    }

    pub(in super::super) fn decode(&mut self, _: &[u8], _: &mut I420) -> Option<bool> {
        match self.0 {}
    }
}

pub(in super::super) struct Colours(Infallible);

impl Colours {
    pub(in super::super) fn new() -> Result<Self> {
        Err(unsupported())
    }

    pub(in super::super) fn of_rgba(&self, _: &[u8], _: usize, _: &mut I420) {
        match self.0 {}
    }

    pub(in super::super) fn of_bgra(&self, _: &[u8], _: usize, _: &mut I420) {
        match self.0 {}
    }

    pub(in super::super) fn to_rgba(&self, _: &I420, _: &mut Vec<u8>) {
        match self.0 {}
    }
}

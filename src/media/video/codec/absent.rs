//! What stands for the libraries that convert colours and encode images in a build without them:
//! nothing can be made of it.

use std::convert::Infallible;

use super::super::i420::I420;
use super::super::image::Pixels;
use crate::Result;
use crate::media::negotiation::Codec;

pub(in super::super) struct Colours(Infallible);

impl Colours {
    pub(in super::super) fn new() -> Result<Self> {
        Err(super::missing(Codec::Vp8))
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

pub(in super::super) fn png(_: &Pixels<'_>) -> Result<Vec<u8>> {
    Err(super::missing(Codec::Vp8))
}

pub(in super::super) fn jpeg(_: &Pixels<'_>, _: u8) -> Result<Vec<u8>> {
    Err(super::missing(Codec::Vp8))
}

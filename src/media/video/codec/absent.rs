//! What stands for the library that converts colours in a build without it: nothing can be made of it.

use std::convert::Infallible;

use super::super::i420::I420;
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

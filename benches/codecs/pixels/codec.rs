//! As the library has it, without what encodes and decodes.

#[path = "../../../src/media/video/codec/colours.rs"]
mod colours;

pub(super) use colours::Colours;

//! Which codecs are encoded and decoded here.

use super::negotiation::{Codec, Kind};
use super::{audio, video};
use crate::{Error, Result, Status};

/// Whether there is raw sound, or are raw pictures, for frames of that codec.
///
/// # Errors
///
/// [`Status::Unsupported`] when it is handed on only as it is, or this build lacks its feature.
pub(crate) fn check_coded_here(codec: Codec) -> Result<()> {
    match codec {
        Codec::Opus => audio::is_present(),
        codec if codec.kind() == Kind::Video => video::is_present(codec),
        other => Err(Error::new(
            Status::Unsupported,
            format!("{} is neither encoded nor decoded here", other.name()),
            "Raw sound is there for Opus; push and read encoded frames of other codecs.",
        )),
    }
}

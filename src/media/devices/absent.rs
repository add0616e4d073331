//! What stands for the sound system in a build without one: nothing is there.

use std::convert::Infallible;
use std::sync::Arc;

use super::list::{Device, DeviceKind};
use super::opened::{Running, Wish};
use crate::{Error, Result, Status};

/// There is none.
pub(super) struct Stream(Infallible);

impl Drop for Stream {
    fn drop(&mut self) {
        match self.0 {}
    }
}

fn unsupported() -> Error {
    Error::new(
        Status::Unsupported,
        "This build of the library opens no microphones and speakers",
        "Build it with the feature `devices`, which all platforms but Android have, or record and play with a library of your own: push into an audio input, and pull from an audio output.",
    )
}

pub(crate) fn is_present() -> Result<()> {
    Err(unsupported())
}

pub(super) fn is_device_thread() -> bool {
    false
}

pub(super) fn list(_: DeviceKind) -> Result<Vec<Device>> {
    Err(unsupported())
}

pub(super) fn open(_: Wish) -> Result<Arc<Running>> {
    Err(unsupported())
}

//! What a sound system says is wrong, in the words of this library.

use cpal::ErrorKind;

use super::super::list::DeviceKind;
use crate::{Error, Status};

/// Which device it is about.
#[derive(Clone, Copy)]
pub(super) struct Opening<'a> {
    pub(super) kind: DeviceKind,
    pub(super) name: &'a str,
}

impl Opening<'_> {
    /// It could not be opened.
    pub(super) fn failed(self, error: &cpal::Error) -> Error {
        self.explained("could not be opened", error)
    }

    /// It was open, and does not work any more.
    pub(super) fn is_lost(self, error: &cpal::Error) -> Error {
        self.explained("has failed", error)
    }

    fn explained(self, what: &str, error: &cpal::Error) -> Error {
        let (status, remedy) = match error.kind() {
            ErrorKind::DeviceBusy => (
                Status::ResourceExhausted,
                "Another program has it: close that, or use another device.",
            ),
            ErrorKind::PermissionDenied => (
                Status::Forbidden,
                "Allow this program to use it in the settings of the system; on Linux the user has to be in the group `audio`.",
            ),
            ErrorKind::UnsupportedConfig | ErrorKind::UnsupportedOperation => (
                Status::Unsupported,
                "Use another device: vsdk_devices_list() tells which there are.",
            ),
            ErrorKind::ResourceExhausted => (
                Status::ResourceExhausted,
                "Raise the limits of this process (ulimit -n, ulimit -u).",
            ),
            _ => (
                Status::NotFound,
                "Plug it in or choose another one, and open it again; vsdk_devices_list() tells which there are. Without devices, push and pull raw sound.",
            ),
        };
        let retryable = error.kind() == ErrorKind::DeviceBusy;
        let (kind, name) = (self.kind.name(), crate::redact::shown(self.name));
        Error::new(status, format!("The {kind} {name} {what}: {error}"), remedy)
            .with_retryable(retryable)
    }
}

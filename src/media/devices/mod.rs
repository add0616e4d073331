//! Microphones and speakers of this machine.
//!
//! A device is one more app of raw sound, and no way of its own: what a microphone hears is pushed
//! into an [`AudioInput`](super::AudioInput) of a track, what a speaker plays is pulled from an
//! [`AudioOutput`](super::AudioOutput). Both run on the thread of the device.
//!
//! ```text
//! microphone ─► host::stream ─► AudioInput::push ...   ... AudioOutput::pull ─► host::stream ─► speaker
//!               device's thread                            device's thread
//! ```
//!
//! Nothing outside of [`host`] knows the library that is used. In a build without the feature
//! `devices`, and on Android, where the app has to ask for microphones, all is there and says that it
//! cannot.

#[cfg(not(all(feature = "devices", not(target_os = "android"))))]
mod absent;
#[cfg(all(feature = "devices", not(target_os = "android")))]
mod host;
mod list;
// Much of it is there for `host`.
#[cfg_attr(not(feature = "devices"), allow(dead_code))]
mod opened;
mod thread;
mod watch;

#[cfg(not(all(feature = "devices", not(target_os = "android"))))]
use absent as host;

pub use list::{Device, DeviceKind, list_devices};
pub use opened::AudioDevice;

pub(crate) use host::is_present;
pub(crate) use list::Changes;
pub(crate) use opened::{Feed, Running, Wish};
pub(crate) use thread::in_background;
pub(crate) use watch::{Watcher, watch};

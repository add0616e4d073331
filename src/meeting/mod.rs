//! Meetings: options, state, events. No sockets here, and time comes in from outside.
#![forbid(unsafe_code)]

mod choice;
mod event;
mod identity;
mod json;
mod object;
mod options;
mod queue;
#[cfg(unix)]
mod readiness;
mod registry;
mod snapshot;
mod state;

pub use choice::{AudioCodec, MaxResolution, Mode, PeerType, PreferredProtocol};
pub use event::{Event, EventType};
pub use object::{Meeting, init_meeting};
pub use options::MeetingOptions;
pub use queue::{EVENT_QUEUE_DEPTH, NextEvent};
pub(crate) use registry::end_all;
pub use snapshot::MeetingSnapshot;
pub use state::MeetingState;

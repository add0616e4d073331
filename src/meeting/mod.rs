//! Meetings: options, state, who is in the room, events.
//!
//! [`session`] is the course of a meeting without sockets, threads and clock; [`driver`] carries it
//! out over a connection of [`crate::signaling`]; [`object`] is what the app holds.
#![forbid(unsafe_code)]

mod calls;
mod choice;
mod clock;
mod devices;
mod driver;
mod event;
mod identity;
mod json;
mod leave_reason;
mod object;
mod options;
mod participant;
mod queue;
mod refusal;
mod registry;
mod service_options;
mod session;
mod shared;
mod snapshot;
mod state;

pub use calls::{
    LocalTrack, MAX_FETCH_BYTES, MAX_UPLOAD_BYTES, Moderation, NextFrame, PublishOptions,
    RemoteTrack,
};
pub use choice::{
    AgentState, AudioCodec, Layout, LayoutPriority, MaxResolution, Mode, Orientation, PeerType,
    PreferredProtocol, ServiceContent, ServiceKind, ServiceQuality, ServiceState, Theme,
};
pub use event::{Event, EventType};
pub use object::{Meeting, init_meeting};
pub use options::MeetingOptions;
pub use participant::Participant;
pub use queue::{EVENT_QUEUE_DEPTH, NextEvent};
pub(crate) use registry::end_all;
pub use service_options::ServiceOptions;
#[cfg(fuzzing)]
pub(crate) use session::fuzzing;
pub use snapshot::MeetingSnapshot;
pub use state::MeetingState;

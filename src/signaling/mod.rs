//! The way to a room: where to connect, the frames spoken there, and the connection itself.
//!
//! Knows sockets and nothing of meetings. A connection is opened with [`open`], which asks the
//! service where to connect (init-config) and makes the WebSocket; [`Link`] then carries frames of
//! the protoo protocol.
#![forbid(unsafe_code)]

mod backoff;
mod frame;
mod handshake;
mod heartbeat;
mod ice_servers;
mod init_config;
mod link;
#[cfg(test)]
mod tests;

pub(crate) use backoff::{ATTEMPTS, pause};
pub(crate) use frame::{Frame, Refusal, accepted, refused, request};
pub(crate) use handshake::{Destination, Opened, open};
pub(crate) use ice_servers::{IceServers, RelayServer, RelayTransport};
pub(crate) use link::{Link, LinkEvent};

use std::time::Duration;

/// How long the service may take to answer a request.
pub(crate) const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);

/// The largest frame that is accepted or sent, in bytes.
pub(crate) const MAX_FRAME_BYTES: usize = 4 * 1024 * 1024;

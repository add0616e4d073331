//! A VideoSDK-compatible service on loopback, for first runs, demos and tests.
//!
//! It behaves like the real service where a client can tell: it checks tokens, keeps rooms, answers
//! with the service's own error shapes and numbers, and can be told to misbehave. It shares no code
//! with the client library, so that the two can disagree.
//!
//! ```
//! let server = devserver::Server::start(devserver::Options::default())?;
//! let token_url = format!("{}/get-token", server.http_url());
//! # assert!(token_url.starts_with("http://127.0.0.1:"));
//! # Ok::<(), devserver::Error>(())
//! ```
#![forbid(unsafe_code)]

mod app;
mod changes;
mod clock;
mod error;
pub mod faults;
mod files;
mod http;
mod options;
mod server;
mod sfu;
mod signaling;
mod stats;
pub mod tokens;
mod world;

pub use error::{Error, Result};
pub use faults::{Fault, FaultKind, Faults, SignalingFault, SignalingFaultKind};
pub use options::Options;
pub use server::{Addresses, Server};
pub use sfu::{Announced, MediaFigures};
pub use signaling::SocketAction;
pub use stats::Stats;

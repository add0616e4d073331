//! The HTTP client under rooms and tokens: one vocabulary of failures, bounded in every direction.
//!
//! One call is [`Client::send`]: it waits for a free slot, connects, exchanges, reads a bounded
//! reply, decodes a refusal, and tries again where that is safe; all of it inside one deadline.
//! Dropping the future at any point is cancelling: nothing is left running but, at most, what the
//! next call needs anyway: the reading of the trust store, or a connection on its way to the pool.
#![forbid(unsafe_code)]

mod call;
mod client;
mod connections;
mod failure;
mod network;
mod progress;
mod refusal;
mod reply;
mod resolve;
mod retry;
mod senders;
mod service_text;
mod settings;
mod slots;
mod target;
mod tls;
mod transport;
mod upgrade;

#[cfg(fuzzing)]
pub(crate) mod fuzzing;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use call::{Call, Peer, Purpose, authorization};
pub(crate) use client::Client;
pub(crate) use network::Network;
pub(crate) use reply::Reply;
pub(crate) use retry::jitter;
pub(crate) use service_text::presentable;
pub use settings::Settings;
pub(crate) use slots::Slots;
pub(crate) use target::{Address, http_url_of};
pub(crate) use tls::explain as explain_tls;

use std::time::Duration;

/// How many requests are in flight at once, and how many connections to one host are open. The
/// workers have equal shares of it.
pub(crate) const MAX_IN_FLIGHT: usize = 32;

/// The largest reply that is accepted, in bytes.
pub(crate) const MAX_REPLY_BYTES: usize = 1024 * 1024;

/// How long one address may take to accept a connection; the deadline can only shorten it.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

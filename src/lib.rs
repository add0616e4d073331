//! The native client library for VideoSDK: tokens, rooms and meetings.
#![deny(unsafe_code, missing_docs)]

pub mod error;
// The public operations that call these functions are added on top of them.
#[allow(dead_code)]
pub mod http;
pub mod redact;
#[allow(dead_code)]
pub mod rooms;
#[allow(dead_code)]
pub mod token;

pub use error::{Error, Result, Status};

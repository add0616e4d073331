//! The native client library for VideoSDK: tokens, rooms and meetings.
#![deny(unsafe_code, missing_docs)]

pub mod error;
pub mod redact;
pub mod token;

pub use error::{Error, Result, Status};

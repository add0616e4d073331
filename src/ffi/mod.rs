//! The C ABI: one file per C object, which is one section of the header and one class in each
//! binding. The only module with unsafe code; nothing else in the crate imports it.
//!
//! How a function is built, and why it cannot be misused into a crash, is told in CONTRIBUTING.md.
//! The documentation comments of the sections below are the text of `vsdk.h`: `build.rs` checks
//! them for completeness.
#![allow(unsafe_code)]
// Pointers are checked, not trusted, and the header is where C programmers read the contract.
#![allow(clippy::missing_safety_doc)]

mod callback;
mod guard;
mod handle;
mod out;
mod process;
mod text;

// Sections of the header; their order there is told in build/mod.rs.
pub mod config;
pub mod error;
pub mod event;
pub mod library;
pub mod log;
pub mod meeting;
pub mod meeting_options;
pub mod operation;
pub mod request_options;
pub mod room;
pub mod room_list;
pub mod room_options;
pub mod snapshot;
pub mod token;
pub mod token_fetch;
pub mod token_finding;
pub mod token_mint;
pub mod token_report;

//! The C ABI: one file per C object, which is one section of the header and one class in each
//! binding. The only module with unsafe code; nothing else in the crate imports it.
//!
//! How a function is built, and why it cannot be misused into a crash, is told in CONTRIBUTING.md.
//! The documentation comments of the sections below are the text of `vsdk.h`: `build.rs` checks
//! them for completeness.
#![allow(unsafe_code)]
// Pointers are checked, not trusted, and the header is where C programmers read the contract.
#![allow(clippy::missing_safety_doc)]

mod bytes;
mod callback;
mod guard;
mod handle;
mod out;
mod process;
mod structure;
mod text;

// Sections of the header; their order there is told in build/mod.rs.
pub mod audio_device;
pub mod audio_input;
pub mod audio_output;
pub mod coding_statistics;
pub mod config;
pub mod content;
pub mod device_list;
pub mod error;
pub mod event;
pub mod frame_transform;
pub mod library;
pub mod local_track;
pub mod log;
pub mod media_statistics;
pub mod meeting;
pub mod meeting_agents;
pub mod meeting_devices;
pub mod meeting_files;
pub mod meeting_joining;
pub mod meeting_media;
pub mod meeting_messages;
pub mod meeting_moderation;
pub mod meeting_options;
pub mod meeting_receiving;
pub mod meeting_services;
pub mod meeting_store;
pub mod meeting_switching;
pub mod operation;
pub mod participant;
pub mod publish_options;
pub mod received_frame;
pub mod received_picture;
pub mod remote_track;
pub mod request_options;
pub mod room;
pub mod room_list;
pub mod room_options;
pub mod service_options;
pub mod snapshot;
pub mod token;
pub mod token_fetch;
pub mod token_finding;
pub mod token_mint;
pub mod token_report;
pub mod track_options;
pub mod video_input;
pub mod video_output;

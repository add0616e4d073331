//! The native client library for VideoSDK: tokens, rooms and meetings.
#![deny(unsafe_code, missing_docs)]

mod choice;
mod config;
pub mod error;
// Public so that its constants count as used; the C header is its documentation.
#[doc(hidden)]
pub mod ffi;
#[cfg(fuzzing)]
pub mod fuzzing;
mod http;
mod json;
pub mod log;
pub mod media;
pub mod meeting;
pub mod redact;
pub mod rooms;
mod runtime;
mod signaling;
pub mod token;

pub use config::{ConfigOptions, DEFAULT_API_BASE_URL, config, config_with};
pub use error::{Error, Result, Status};
pub use meeting::{Meeting, MeetingOptions, NextEvent, init_meeting};
pub use rooms::{
    RequestOptions, Room, RoomList, RoomListOptions, RoomOptions, create_room, deactivate_room,
    get_room, list_rooms, validate_room,
};
pub use runtime::{Callback, Operation, Timeout, shutdown};
pub use token::{FetchOptions, Token, fetch_token};

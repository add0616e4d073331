//! What lies between the network and the public functions, for `fuzz/` alone: the reading of
//! replies, frames and packets, and the building of URLs, as the library does it, without a socket.
//! Part of no library.
#![forbid(unsafe_code)]

pub use crate::http::fuzzing::{Answer, clock_offset, pause, retry_after};
pub use crate::media::negotiation::fuzzing::{
    Room, consumer, data_channel, ice_restart, media_transport,
};
pub use crate::media::transport::fuzzing::{
    Change, Ends, TURN_PASSWORD, TURN_USERNAME, Turn, framed, padded, unframed,
};
pub use crate::meeting::fuzzing::Meeting;
pub use crate::rooms::fuzzing::{
    list_url, room_list, room_options_json, room_reply, room_url, signaling_url,
};
pub use crate::token::fuzzing::{token_reply, token_url};

//! Rooms without a server.

use super::access::{check_id, parse_base_url};
use super::room::Names;
use super::{Access, GET, LIST, Room, RoomList, RoomListOptions, RoomOptions};
use crate::config;
use crate::fuzzing::Answer;
use crate::redact::Secret;
use crate::{Error, Result};

/// What a call that asks for one room makes of a reply; `legacy` as when a room is deactivated.
pub fn room_reply(answer: &Answer, legacy: bool) -> Result<Room> {
    let names = if legacy {
        Names::Legacy
    } else {
        Names::Current
    };
    succeeded(answer)?;
    super::room_in(&answer.reply(GET), names)
}

/// What a call that asks for a list makes of a reply.
pub fn room_list(answer: &Answer) -> Result<RoomList> {
    succeeded(answer)?;
    super::list_in(&answer.reply(LIST))
}

fn succeeded(answer: &Answer) -> Result<(), Error> {
    match answer.status {
        200..=299 => Ok(()),
        _ => Err(answer.failure(GET)),
    }
}

/// The URL of a room, below the base URL or one of its calls.
pub fn room_url(base_url: &str, call: Option<&str>, id: &str) -> Result<String> {
    check_id(id)?;
    let access = access(base_url)?;
    let segments: Vec<&str> = call.into_iter().chain([id]).collect();
    Ok(access.address(&segments).url().to_string())
}

/// The URL of a list of rooms.
pub fn list_url(base_url: &str, options: &RoomListOptions) -> Result<String> {
    let mut address = access(base_url)?.address(&[]);
    options.add_to(&mut address);
    Ok(address.url().to_string())
}

fn access(base_url: &str) -> Result<Access> {
    Access::new(
        &parse_base_url("base URL", base_url)?,
        &Secret::new("token"),
    )
}

/// The URL of a signalling service.
pub fn signaling_url(text: &str) -> Result<String> {
    let address = config::current().signaling_base_url(text)?;
    Ok(address.url().to_string())
}

/// The body of the request for a room.
#[must_use]
pub fn room_options_json(options: &RoomOptions) -> String {
    options.to_json()
}

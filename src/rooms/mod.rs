//! Rooms: create, validate, get, list and deactivate them over the service's REST interface.
#![forbid(unsafe_code)]

mod access;
mod calls;
mod list;
mod options;
mod reading;
mod room;

#[cfg(fuzzing)]
pub(crate) mod fuzzing;
#[cfg(test)]
mod tests;

pub(crate) use access::{Access, parse_base_url};
pub use calls::{
    RequestOptions, create_room, deactivate_room, get_room, list_rooms, validate_room,
};
pub(crate) use calls::{RoomCall, list_call};
pub use list::{RoomList, RoomListOptions};
pub use options::RoomOptions;
pub use room::{MultiComposition, Room};

use tokio::time::Instant;

use crate::error::{Result, Status};
use crate::http::{Client, Peer, Purpose, Reply};
use room::Names;

const CREATE: Purpose = Purpose {
    operation: "create_room",
    goal: "create the room",
    peer: Peer::Service,
};
const VALIDATE: Purpose = Purpose {
    operation: "room_validate",
    goal: "validate the room",
    peer: Peer::Service,
};
const GET: Purpose = Purpose {
    operation: "room_get",
    goal: "get the room",
    peer: Peer::Service,
};
const LIST: Purpose = Purpose {
    operation: "rooms_list",
    goal: "list the rooms",
    peer: Peer::Service,
};
const DEACTIVATE: Purpose = Purpose {
    operation: "room_deactivate",
    goal: "deactivate the room",
    peer: Peer::Service,
};

const WRONG_SERVER: &str = "Check the base URL: what answered is not the VideoSDK rooms service, or not this version of it.";

/// Creates a room, as the JSON of its options says. With a custom id that exists already, the
/// service gives the existing room.
pub(crate) async fn create(
    client: &Client,
    access: &Access,
    options: String,
    deadline: Instant,
) -> Result<Room> {
    let call = access.post(CREATE, access.address(&[]), options, deadline);
    room_in(&client.send(call).await?, Names::Current)
}

/// Gives the room if it exists and belongs to the account of the token.
pub(crate) async fn validate(
    client: &Client,
    access: &Access,
    id: &str,
    deadline: Instant,
) -> Result<Room> {
    fetch_room(client, access, VALIDATE, &["validate", id], id, deadline).await
}

/// Gives a room by its room id, custom id or database id.
pub(crate) async fn get(
    client: &Client,
    access: &Access,
    id: &str,
    deadline: Instant,
) -> Result<Room> {
    fetch_room(client, access, GET, &[id], id, deadline).await
}

async fn fetch_room(
    client: &Client,
    access: &Access,
    purpose: Purpose,
    path: &[&str],
    id: &str,
    deadline: Instant,
) -> Result<Room> {
    access::check_id(id).map_err(|error| error.during(purpose.operation))?;
    let call = access.get(purpose, access.address(path), deadline);
    room_in(&client.send(call).await?, Names::Current)
}

/// Lists the rooms of the account, one page at a time.
pub(crate) async fn list(
    client: &Client,
    access: &Access,
    options: &RoomListOptions,
    deadline: Instant,
) -> Result<RoomList> {
    let mut address = access.address(&[]);
    options.add_to(&mut address);
    list_in(&client.send(access.get(LIST, address, deadline)).await?)
}

/// Closes a room for good. Takes the room id of the service only, never a custom id.
pub(crate) async fn deactivate(
    client: &Client,
    access: &Access,
    room_id: &str,
    deadline: Instant,
) -> Result<Room> {
    access::check_not_empty(room_id).map_err(|error| error.during(DEACTIVATE.operation))?;
    let body = serde_json::json!({ "roomId": room_id }).to_string();
    let call = access.post(DEACTIVATE, access.address(&["deactivate"]), body, deadline);
    room_in(&client.send(call).await?, Names::Legacy)
}

fn room_in(reply: &Reply, names: Names) -> Result<Room> {
    Room::from_json(&reply.body, names).ok_or_else(|| {
        reply.unusable(
            Status::InvalidResponse,
            "a room with a `roomId`",
            WRONG_SERVER,
        )
    })
}

fn list_in(reply: &Reply) -> Result<RoomList> {
    RoomList::from_json(&reply.body)
        .ok_or_else(|| reply.unusable(Status::InvalidResponse, "a list of rooms", WRONG_SERVER))
}

//! Connecting with another meeting. That both meetings are told of it, all who are there, is how the
//! service is documented; that newcomers hear of it too, and what refusals say, is inferred.

use serde_json::{Value, json};

use super::across::Across;
use super::{done, moderation};
use crate::signaling::connections::{Before, disconnect, opened};
use crate::signaling::frame::Outgoing;
use crate::signaling::refusal::Refused;

const NOT_FOUND: u16 = 404;
const BAD_REQUEST: u16 = 400;
const SWITCH_PARTICIPANT_ROOM_FAILED: u16 = 4077;
/// The most connections of one meeting.
const CONNECTION_LIMIT: usize = 64;
/// The most bytes of JSON that a payload may have, and the most of a message.
const PAYLOAD_LIMIT: usize = 64 * 1024;

type Outcome = Result<(), Refused>;

/// `openConnection`
pub(super) fn open(call: &mut Across<'_>) -> Outcome {
    let other = call.other_room(call.text("roomId")?, None, BAD_REQUEST)?;
    let payload = payload(call, BAD_REQUEST)?;
    let own = call.seat.room_id.clone();
    if call.room().connections.contains_key(&other) {
        let text = "There is a connection with this meeting already";
        return Err(Refused::bad_request(text));
    }
    call.meeting(&other, NOT_FOUND)?;
    for side in [&own, &other] {
        if call.rooms[side].connections.len() == CONNECTION_LIMIT {
            return Err(Refused::bad_request(format!(
                "A meeting has at most {CONNECTION_LIMIT} connections: close some"
            )));
        }
    }
    call.accept(&done());
    for (this, that) in [(&own, &other), (&other, &own)] {
        let told = opened(&call.rooms[that], &payload);
        call.rooms[this].notify_all("connectionOpen", &told);
        if let Some(room) = call.rooms.get_mut(this) {
            room.connections.insert(that.clone(), payload.clone());
        }
    }
    Ok(())
}

/// `closeConnection`
pub(super) fn close(call: &mut Across<'_>) -> Outcome {
    let other = connected(call, "roomId", NOT_FOUND)?;
    call.accept(&done());
    disconnect(call.rooms, &call.seat.room_id, &other);
    Ok(())
}

/// `connectionCloseRoom`: ends the other meeting for everybody in it, and with it the connection.
pub(super) fn close_room(call: &mut Across<'_>) -> Outcome {
    let other = connected(call, "roomId", NOT_FOUND)?;
    // Being connected is not enough for that: the token has to be good for the meeting.
    call.other_room(&other, None, NOT_FOUND)?;
    call.accept(&done());
    let Some(room) = call.rooms.get_mut(&other) else {
        return Ok(());
    };
    let over = Before::of(room);
    moderation::end(call.app, room);
    if let Some(over) = over {
        over.follow(call.rooms);
    }
    Ok(())
}

/// `connectionSendChatMessage`: everybody in the other meeting gets it.
pub(super) fn send_message(call: &mut Across<'_>) -> Outcome {
    let other = connected(call, "roomId", NOT_FOUND)?;
    let message = match call.data.get("message") {
        Some(Value::String(message)) if message.len() <= PAYLOAD_LIMIT => message,
        _ => {
            return Err(Refused::bad_request(format!(
                "message must be a string of at most {PAYLOAD_LIMIT} bytes"
            )));
        }
    };
    let told = json!({
        "roomId": call.seat.room_id, "peerId": call.caller().id(), "message": message,
    });
    call.accept(&done());
    call.rooms[&other].notify_all("connectionChatMessage", &told);
    Ok(())
}

/// `connectionSwitchPeerRoom`: asks somebody in the other meeting, `connectionRoomId`, to go to
/// `roomId`. Whether it goes is up to it.
pub(super) fn switch_peer(call: &mut Across<'_>) -> Outcome {
    let code = SWITCH_PARTICIPANT_ROOM_FAILED;
    let other = connected(call, "connectionRoomId", code)?;
    let id = call.text("peerId")?;
    let payload = payload(call, code)?;
    let token = call.data.get("token").cloned().unwrap_or_default();
    let wish = json!({
        "roomId": call.text("roomId")?, "token": token, "payload": payload,
        "connectionPeerId": call.caller().id(), "connectionRoomId": call.seat.room_id,
    });
    let Some(asked) = call.rooms[&other].joined_as(id) else {
        let text = format!("There is no participant {id:?} in that meeting");
        return Err(Refused::new(code, text));
    };
    call.accept(&done());
    let request_id = call.app.signaling.request_id();
    asked
        .outbox
        .send(Outgoing::request(request_id, "switchRoom", &wish));
    Ok(())
}

/// The service's own id of the meeting that this field names, with which there is a connection. It
/// goes on for as long as there is one.
fn connected(call: &Across<'_>, field: &str, code: u16) -> Result<String, Refused> {
    let id = call.text(field)?;
    let world = call.app.world();
    let other = world.room_by_room_or_custom_id(id).map(|it| &it.room_id);
    match other.filter(|other| call.room().connections.contains_key(*other)) {
        Some(other) => Ok(other.clone()),
        None => Err(Refused::new(
            code,
            "There is no connection with this meeting: openConnection makes one",
        )),
    }
}

fn payload(call: &Across<'_>, code: u16) -> Result<Value, Refused> {
    let payload = call.data.get("payload").cloned().unwrap_or_default();
    if payload.to_string().len() > PAYLOAD_LIMIT {
        let text = format!("payload has more than {PAYLOAD_LIMIT} bytes");
        return Err(Refused::new(code, text));
    }
    Ok(payload)
}

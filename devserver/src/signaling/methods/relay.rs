//! Relaying media into another meeting: it is asked for and answered as on the service. Where nothing
//! is forwarded, what should then begin cannot: the meeting that asked is told so, with
//! `mediaRelayError`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::across::Across;
use super::done;
use crate::sfu::FORWARDS;
use crate::signaling::refusal::Refused;
use crate::signaling::relay::Wish;
use crate::signaling::relayed::kind;

const NOT_FOUND: u16 = 404;
const REQUEST_MEDIA_RELAY_FAILED: u16 = 4078;
const STOP_MEDIA_RELAY_FAILED: u16 = 4079;
const RESPOND_FAILED: u16 = 4084;
const KINDS: [&str; 4] = ["audio", "video", "share", "share_audio"];

type Outcome = Result<(), Refused>;

/// `mediaRelayRequestSent`: everybody in the other meeting is asked, and the first answer counts.
pub(super) fn ask(call: &mut Across<'_>) -> Outcome {
    let code = REQUEST_MEDIA_RELAY_FAILED;
    let token = match call.data.get("secret") {
        None | Some(Value::Null) => None,
        Some(Value::String(token)) => Some(token.as_str()),
        Some(_) => return Err(Refused::new(code, "secret must be a string")),
    };
    let other = call.other_room(call.text("meetingId")?, token, code)?;
    let named: Option<BTreeSet<&'static str>> = match call.data.get("kinds") {
        None | Some(Value::Null) => KINDS.iter().map(|name| kind(name)).collect(),
        Some(Value::Array(names)) => {
            let named = names.iter().map(|name| name.as_str().and_then(kind));
            named.collect()
        }
        Some(_) => None,
    };
    let Some(kinds) = named else {
        let known = KINDS.join(", ");
        let text = format!("kinds must be an array, of {known}");
        return Err(Refused::new(code, text));
    };
    let caller = call.caller();
    let wish = Wish {
        room_id: call.seat.room_id.clone(),
        peer_id: caller.id().to_owned(),
        key: call.seat.key,
        kinds,
    };
    let told = json!({
        "peerId": wish.peer_id, "meetingId": wish.room_id, "displayName": caller.display_name,
    });
    let added = call.meeting(&other, code)?.wishes.add(wish);
    added.map_err(|_| Refused::new(code, "Too many wishes wait for an answer there"))?;
    call.accept(&done());
    call.rooms[&other].notify_all("mediaRelayRequestReceived", &told);
    Ok(())
}

/// `respondToMediaRelayRequest`. Who decided is who answers, whatever `decidedBy` says.
pub(super) fn respond(call: &mut Across<'_>) -> Outcome {
    let failed = |text: &str| Refused::new(RESPOND_FAILED, text);
    let decision = match call.text("decision")? {
        decision @ ("accepted" | "rejected") => decision,
        _ => return Err(failed("decision must be accepted or rejected")),
    };
    let (from, peer_id) = (call.text("meetingId")?, call.text("peerId")?);
    let told = json!({
        "decision": decision, "decidedBy": call.caller().id(), "meetingId": call.seat.room_id,
    });
    let wish = call
        .rooms
        .get_mut(&call.seat.room_id)
        .and_then(|room| room.wishes.take(from, peer_id))
        .ok_or_else(|| failed("No such wish waits for an answer, or somebody has answered it"))?;
    let asking = call.rooms.get(&wish.room_id);
    let Some(asking) = asking.filter(|room| room.index_of(wish.key).is_some()) else {
        return Err(failed("The participant who asked is gone"));
    };
    call.accept(&done());
    asking.notify_all("mediaRelayRequestResponse", &told);
    if decision == "accepted" && FORWARDS {
        let started = json!({"meetingId": call.seat.room_id});
        asking.notify_all("mediaRelayStarted", &started);
        start(call, wish);
    } else if decision == "accepted" {
        let reason = "This service forwards no media, so that nothing can be relayed";
        let error = json!({"meetingId": call.seat.room_id, "reason": reason});
        asking.notify_all("mediaRelayError", &error);
    }
    Ok(())
}

/// What is to be told of it follows, as after everything that changes who sends what.
fn start(call: &mut Across<'_>, wish: Wish) {
    let (here, from) = (&call.seat.room_id, wish.room_id);
    if let Some(source) = call.rooms.get_mut(&from) {
        source.relays_to.insert(here.clone());
    }
    if let Some(room) = call.rooms.get_mut(here) {
        room.relayed.entry(from).or_default().kinds = wish.kinds;
    }
}

/// `mediaRelayRequestStop`: takes back a wish that nobody has answered, or ends the relay.
pub(super) fn stop(call: &mut Across<'_>) -> Outcome {
    let code = STOP_MEDIA_RELAY_FAILED;
    let other = call.other_room(call.text("meetingId")?, None, code)?;
    let own = call.seat.room_id.clone();
    let id = call.caller().id().to_owned();
    let wishes = call.rooms.get_mut(&other).map(|room| &mut room.wishes);
    let taken_back = wishes.and_then(|wishes| wishes.take(&own, &id)).is_some();
    let room = call.rooms.get_mut(&own);
    let runs = room.is_some_and(|room| room.relays_to.contains(&other));
    match taken_back || runs {
        true => {
            call.accept(&done());
            if !taken_back && let Some(room) = call.rooms.get_mut(&own) {
                room.relays_to.remove(&other);
                let data = json!({"meetingId": other, "reason": "A participant has stopped it"});
                room.notify_all("mediaRelayStopped", &data);
            }
            Ok(())
        }
        false => Err(Refused::new(
            code,
            "Nothing is relayed to that meeting, and no wish of this participant waits there",
        )),
    }
}

/// `enableRelayMedia`
pub(super) fn enable(call: &mut Across<'_>) -> Outcome {
    change(call, true)
}

/// `disableRelayMedia`
pub(super) fn disable(call: &mut Across<'_>) -> Outcome {
    change(call, false)
}

/// Of a relay that runs.
fn change(call: &mut Across<'_>, enable: bool) -> Outcome {
    let other = call.other_room(call.text("meetingId")?, None, NOT_FOUND)?;
    let kind = call.text("kind").map(kind);
    let own = &call.seat.room_id;
    let room = call.rooms.get_mut(&other);
    let Some(relayed) = room.and_then(|room| room.relayed.get_mut(own)) else {
        let why = match FORWARDS {
            true => "",
            false => ": this service forwards no media",
        };
        let text = format!("Nothing is relayed to that meeting{why}");
        return Err(Refused::not_found(text));
    };
    let Some(kind) = kind? else {
        let known = KINDS.join(", ");
        let text = format!("kind must be one of {known}");
        return Err(Refused::bad_request(text));
    };
    match enable {
        true => relayed.kinds.insert(kind),
        false => relayed.kinds.remove(kind),
    };
    call.accept(&done());
    Ok(())
}

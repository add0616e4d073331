//! Joining, and what leads out again.

use serde_json::{Value, json};

use super::{Call, Outcome, done};
use crate::sfu::Capabilities;
use crate::signaling::frame::Request;
use crate::signaling::participant::Entry;
use crate::signaling::reason::Reason;
use crate::signaling::refusal::Refused;
use crate::tokens::Permission;

/// The most bytes of JSON that `metaData` may have: everybody in the room gets it.
const META_DATA_LIMIT: usize = 64 * 1024;
/// The most bytes that a display name may have.
const NAME_LIMIT: usize = 1024;

/// `join`
pub(super) fn join(call: &mut Call<'_>) -> Outcome {
    if call.caller().has_joined() {
        return Err(Refused::bad_request("This connection has joined already"));
    }
    check_secret(call)?;
    let name = display_name(call)?;
    let meta_data = meta_data(call)?;
    if !call.caller().claims.may(Permission::AllowJoin) {
        let index = call.index();
        match &mut call.room.participants[index].entry {
            Entry::Allowed => {}
            // The published Python client joins right behind its request for entry, without waiting
            // for the answer.
            Entry::Waiting { join } => {
                *join = Some(Request {
                    id: call.id,
                    method: "join".to_owned(),
                    data: std::mem::take(&mut call.data),
                });
                return Ok(());
            }
            Entry::NotAsked => {
                return Err(Refused::unauthorized(
                    "The token has to ask first: send requestEntry, then join when it is allowed",
                ));
            }
            Entry::Denied => {
                return Err(Refused::unauthorized("The entry was denied"));
            }
        }
    }
    remove_earlier(call);
    if call.room.joined().count() >= call.app.participant_limit {
        return Err(Refused::new(4009, "The room is full"));
    }

    let mut present: Vec<Value> = call.room.joined().map(|one| one.to_json()).collect();
    present.extend(call.room.guests().map(|(peer, _)| peer.clone()));
    let now = call.app.clock.now();
    let device = call.data.remove("device").unwrap_or_default();
    let capabilities = call.data.remove("rtpCapabilities").unwrap_or_default();
    let auto_consume = call.data.get("autoConsume") != Some(&Value::Bool(false));
    let caller = call.caller_mut();
    caller.display_name = name;
    caller.meta_data = meta_data;
    caller.device = device;
    caller.media.capabilities = Some(Capabilities::read(&capabilities));
    caller.media.auto_consume = auto_consume;
    caller.joined_at = Some(now);
    caller.switching = false;
    call.app.counters.participant_joined();

    call.accept(json!({"peers": present, "messages": []}));
    // A protoo client makes its participants from these alone, the reply's list notwithstanding.
    for peer in &present {
        call.caller().notify("newPeer", peer);
    }
    let newcomer = call.caller().to_json();
    call.room
        .notify_others(Some(call.key), "newPeer", &newcomer);
    for one in call.room.joined().filter(|one| one.key != call.key) {
        for producer in &one.media.producers {
            call.caller().notify(
                "participantMediaStateChanged",
                &json!({"peerId": one.id(), "kind": producer.kind, "newState": true}),
            );
        }
    }
    for (peer, kinds) in call.room.guests() {
        for kind in kinds {
            call.caller().notify(
                "participantMediaStateChanged",
                &json!({"peerId": peer["id"], "kind": kind, "newState": true}),
            );
        }
    }
    // Only who comes from another meeting sends already.
    let kinds: Vec<&str> = call
        .caller()
        .media
        .producers
        .iter()
        .map(|one| one.kind)
        .collect();
    for kind in kinds {
        super::media::tell_state(call, kind, true);
    }
    // Inferred: without it a newcomer could not know that it is recorded.
    for (method, data) in call.room.running.told_to_newcomers() {
        call.caller().notify(method, &data);
    }
    for character in call.room.characters.iter() {
        call.caller().notify("addCharacter", &character.data);
    }
    super::entry::tell_who_waits(call);
    Ok(())
}

/// `changeDisplayName`
pub(super) fn change_display_name(call: &mut Call<'_>) -> Outcome {
    let name = display_name(call)?;
    let caller = call.caller_mut();
    let old = std::mem::replace(&mut caller.display_name, name);
    call.accept(done());
    let caller = call.caller();
    let changed = json!({
        "peerId": caller.id(), "displayName": caller.display_name, "oldDisplayName": old,
    });
    call.room
        .notify_others(Some(call.key), "peerDisplayNameChanged", &changed);
    Ok(())
}

/// The token may have ended since the connection was opened, or be another one.
fn check_secret(call: &Call<'_>) -> Outcome {
    let token = match call.data.get("secret") {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::String(token)) => token,
        Some(_) => return Err(Refused::bad_request("secret must be a string")),
    };
    let app = call.app;
    let admission = crate::signaling::Admission::check(app, Some(token), &call.room.id)?;
    admission.check_participant(app, &call.caller().identity)
}

fn display_name(call: &Call<'_>) -> Result<String, Refused> {
    match call.data.get("displayName") {
        Some(Value::String(name)) if name.len() <= NAME_LIMIT => Ok(name.clone()),
        Some(Value::String(_)) => Err(Refused::bad_request(format!(
            "displayName has more than {NAME_LIMIT} bytes"
        ))),
        _ => Err(Refused::bad_request("displayName must be a string")),
    }
}

fn meta_data(call: &Call<'_>) -> Result<Value, Refused> {
    match call.data.get("metaData") {
        None | Some(Value::Null) => Ok(Value::Null),
        Some(data @ Value::Object(_)) if data.to_string().len() <= META_DATA_LIMIT => {
            Ok(data.clone())
        }
        Some(Value::Object(_)) => Err(Refused::bad_request(format!(
            "metaData has more than {META_DATA_LIMIT} bytes"
        ))),
        Some(_) => Err(Refused::bad_request("metaData must be an object or null")),
    }
}

/// The same participant id once more: the earlier one goes.
fn remove_earlier(call: &mut Call<'_>) {
    let id = call.caller().id().to_owned();
    let earlier = call.room.joined_as(&id).map(|one| one.key);
    if let Some(index) = earlier.and_then(|key| call.room.index_of(key)) {
        let earlier = call.room.remove(index, Reason::DuplicateParticipant);
        earlier.outbox.dismiss(Reason::DuplicateParticipant);
    }
}

/// `definePeerLeftReason`: what the others are told when the caller's connection ends.
pub(super) fn define_leave_reason(call: &mut Call<'_>) -> Outcome {
    let reason = Reason::named(call.text("leaveReason")?);
    call.caller_mut().leave_reason = Some(reason);
    call.accept(done());
    Ok(())
}

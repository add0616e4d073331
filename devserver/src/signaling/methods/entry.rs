//! Letting people in who have to ask.

use serde_json::{Value, json};

use super::{Call, Outcome, done, join};
use crate::signaling::frame::{Outgoing, Request};
use crate::signaling::participant::{Entry, Key, Participant};
use crate::signaling::refusal::Refused;
use crate::signaling::room::LiveRoom;
use crate::tokens::Permission;

const RESPOND_ENTRY_FAILED: u16 = 4059;

/// `requestEntry`. Who may join directly is let in at once; others wait for somebody who may.
pub(super) fn request(call: &mut Call<'_>) -> Outcome {
    let name = match call.data.get("name") {
        Some(Value::String(name)) => name.clone(),
        _ => return Err(Refused::bad_request("name must be a string")),
    };
    let allowed = call.caller().claims.may(Permission::AllowJoin);
    let caller = call.caller_mut();
    if !caller.has_joined() {
        caller.display_name = name;
    }
    // Asking again keeps a join that waits already.
    let waits = matches!(caller.entry, Entry::Waiting { .. });
    if !waits && caller.entry != Entry::Allowed {
        caller.entry = match allowed {
            true => Entry::Allowed,
            false => Entry::Waiting { join: None },
        };
    }
    call.accept(done());
    announce(call.room, call.key);
    Ok(())
}

/// Tells somebody who is about to join that it may, or those who can let it in that it waits.
pub(super) fn announce(room: &LiveRoom, key: Key) {
    let Some(caller) = room.participants.iter().find(|one| one.key == key) else {
        return;
    };
    if caller.entry == Entry::Allowed {
        caller.notify("entryResponded", &decision(room, caller, "allowed"));
        return;
    }
    let asker = asked(caller);
    for host in room.hosts() {
        host.notify("entryRequested", &asker);
    }
}

/// Somebody who has just joined and may let others in hears of those who wait. That the service
/// does so too is inferred: without it, nobody could let in who came first.
pub(super) fn tell_who_waits(call: &Call<'_>) {
    if !call.caller().claims.may(Permission::AllowJoin) {
        return;
    }
    let waiting = |one: &&Participant| matches!(one.entry, Entry::Waiting { .. });
    for asker in call.room.participants.iter().filter(waiting) {
        call.caller().notify("entryRequested", &asked(asker));
    }
}

/// `respondEntry`
pub(super) fn respond(call: &mut Call<'_>) -> Outcome {
    if !call.caller().claims.may(Permission::AllowJoin) {
        return Err(Refused::new(
            RESPOND_ENTRY_FAILED,
            "Not permitted: letting people in takes the permission \"allow_join\"",
        ));
    }
    let allowed = match call.text("decision")? {
        "allowed" => true,
        "denied" => false,
        _ => return Err(Refused::bad_request("decision must be allowed or denied")),
    };
    let id = call.text("id")?.to_owned();
    let asker = call.room.participants.iter_mut().find(|one| {
        one.id() == id && !one.has_joined() && matches!(one.entry, Entry::Waiting { .. })
    });
    let Some(asker) = asker else {
        return Err(Refused::new(
            RESPOND_ENTRY_FAILED,
            format!("Nobody with the participant id {id:?} waits for entry"),
        ));
    };
    let key = asker.key;
    let after = if allowed {
        Entry::Allowed
    } else {
        Entry::Denied
    };
    let Entry::Waiting { join: parked } = std::mem::replace(&mut asker.entry, after) else {
        return Ok(());
    };
    call.accept(done());
    let word = if allowed { "allowed" } else { "denied" };
    let Some(asker) = call.room.participants.iter().find(|one| one.key == key) else {
        return Ok(());
    };
    let decision = decision(call.room, asker, word);
    asker.notify("entryResponded", &decision);
    for host in call.room.hosts() {
        host.notify("entryResponded", &decision);
    }
    if let Some(request) = parked {
        go_on(call, key, request);
    }
    Ok(())
}

/// Carries out a join that has waited for the decision.
fn go_on(call: &mut Call<'_>, key: u64, request: Request) {
    let Request { id, data, .. } = request;
    let mut parked = Call {
        app: call.app,
        room: &mut *call.room,
        key,
        id,
        data,
    };
    let outbox = parked.caller().outbox.clone();
    if let Err(Refused { code, reason }) = join::join(&mut parked) {
        outbox.send(Outgoing::refused(id, code, &reason));
    }
}

fn asked(asker: &Participant) -> Value {
    json!({"id": asker.id(), "name": asker.display_name})
}

fn decision(room: &LiveRoom, asker: &Participant, decision: &str) -> Value {
    let mut decision = json!({
        "id": asker.id(),
        "peerId": asker.id(),
        "decision": decision,
        "sessionId": room.session_id,
    });
    if asker.switching {
        decision["switchingRoomId"] = json!(room.id);
    }
    decision
}

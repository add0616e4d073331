//! Going to another meeting on the same connection.

use serde_json::{Map, Value};

use super::entry;
use crate::app::App;
use crate::signaling::admission::{Admission, MODES};
use crate::signaling::frame::Outgoing;
use crate::signaling::participant::Entry;
use crate::signaling::reason::Reason;
use crate::signaling::refusal::Refused;
use crate::signaling::{Rooms, Seat, room_of};
use crate::tokens::Permission;

const SWITCH_MEETING_FAILED: u16 = 4076;

/// `switchToMeeting`. The caller leaves its room at once, and is in the other when it has joined
/// there; transports and what it sends come along, subscriptions do not. When it has to ask for
/// entry it waits outside, as anybody else. That is inferred: no published text says when the real
/// service takes the caller out.
pub(super) fn switch(
    app: &App,
    rooms: &mut Rooms,
    seat: &mut Seat,
    id: u64,
    data: &Map<String, Value>,
) -> Result<(), Refused> {
    let failed = |text: &str| Refused::new(SWITCH_MEETING_FAILED, text);
    let text = |name: &str| data.get(name).and_then(Value::as_str);
    let room_id = text("meetingId").unwrap_or_default();
    let admission = Admission::check(app, text("secret"), room_id)?;
    if admission.room_id == seat.room_id {
        return Err(failed("The participant is in this meeting already"));
    }
    let Some(room) = rooms.get_mut(&seat.room_id) else {
        return Ok(());
    };
    let Some(index) = room.index_of(seat.key) else {
        return Ok(());
    };
    let caller = &room.participants[index];
    let mut identity = caller.identity.clone();
    match text("participantId") {
        None => {}
        Some(other) if other == identity.peer_id => {}
        Some(_) => return Err(failed("participantId must be the caller's own")),
    }
    if let Some(mode) = text("mode") {
        if !MODES.contains(&mode) {
            let known = MODES.join(", ");
            return Err(failed(&format!("mode must be one of {known}")));
        }
        mode.clone_into(&mut identity.mode);
    }
    admission.check_participant(app, &identity)?;

    caller.outbox.send(Outgoing::accepted(id, &super::done()));
    let mut caller = room.remove(index, Reason::SwitchRoom);
    if room.participants.is_empty() {
        rooms.remove(&seat.room_id);
    }
    let Admission { room_id, claims } = admission;
    seat.room_id.clone_from(&room_id);
    caller.entry = match claims.may(Permission::AllowJoin) {
        true => Entry::Allowed,
        false => Entry::Waiting { join: None },
    };
    caller.identity = identity;
    caller.claims = claims;
    caller.joined_at = None;
    caller.switching = true;
    caller.subscriptions.clear();
    caller.observed.clear();
    let room = room_of(rooms, &room_id, app.clock.now());
    room.participants.push(caller);
    entry::announce(room, seat.key);
    Ok(())
}

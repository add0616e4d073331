//! Removing people and ending the meeting.

use super::{Call, Outcome, done};
use crate::app::App;
use crate::signaling::reason::Reason;
use crate::signaling::refusal::Refused;
use crate::signaling::room::LiveRoom;
use crate::world::random_hex;

const REMOVE_PARTICIPANT_FAILED: u16 = 4066;

/// `removePeer`. Which permission the service asks for is not published; here everybody may, as
/// may be seen in the official clients, which offer it to all.
pub(super) fn remove_peer(call: &mut Call<'_>) -> Outcome {
    let id = call.text("peerId")?.to_owned();
    let key = call.room.joined_as(&id).map(|one| one.key);
    let Some(index) = key.and_then(|key| call.room.index_of(key)) else {
        return Err(Refused::new(
            REMOVE_PARTICIPANT_FAILED,
            format!("There is no participant {id:?} in the room"),
        ));
    };
    call.accept(done());
    let removed = call.room.remove(index, Reason::RemovePeer);
    removed.outbox.dismiss(Reason::RemovePeer);
    Ok(())
}

/// `closeRoom`. The answer comes before the end, or the caller would never get it. The session is
/// over then: who comes back before the last connection has ended is in another.
pub(super) fn close_room(call: &mut Call<'_>) -> Outcome {
    call.accept(done());
    end(call.app, call.room);
    Ok(())
}

/// Ends the session for everybody in it.
pub(super) fn end(app: &App, room: &mut LiveRoom) {
    let next = LiveRoom::new(room.id.clone(), random_hex(12), app.clock.now());
    let over = std::mem::replace(room, next);
    for one in over.participants {
        one.outbox.dismiss(Reason::RoomClose);
    }
}

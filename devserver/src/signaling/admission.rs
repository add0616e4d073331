//! Who may open a connection to a room.

use super::refusal::Refused;
use crate::app::App;
use crate::tokens::{Claims, Refusal};

/// A room that somebody may enter, with the claims that say so.
#[derive(Clone, Debug)]
pub(crate) struct Admission {
    /// The service's own id of the room, whichever id was asked for.
    pub room_id: String,
    pub claims: Claims,
}

/// The participant that a connection is opened for.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub peer_id: String,
    pub mode: String,
    /// `normal` or `agent`.
    pub peer_type: String,
}

/// The modes of a participant; the last two are old names of the first and third.
pub(crate) const MODES: [&str; 5] = [
    "SEND_AND_RECV",
    "RECV_ONLY",
    "SIGNALLING_ONLY",
    "CONFERENCE",
    "VIEWER",
];
const PEER_TYPES: [&str; 2] = ["normal", "agent"];
/// The most bytes that the id of a participant may have.
const PEER_ID_LIMIT: usize = 256;

impl Admission {
    /// Checks token and room. The token comes first: who has none is not told which rooms exist.
    pub fn check(app: &App, token: Option<&str>, room_id: &str) -> Result<Admission, Refused> {
        let now = app.clock.now();
        let world = app.world();
        let Some(room) = world.room_by_room_or_custom_id(room_id) else {
            app.keys.check_for_joining(token, &[room_id], now)?;
            return Err(Admission::no_such_room());
        };
        let mut ids = vec![room.room_id.as_str(), room.id.as_str()];
        ids.extend(room.spec.custom_room_id.as_deref());
        let claims = app.keys.check_for_joining(token, &ids, now)?;
        if room.disabled {
            return Err(Refused::new(
                4052,
                "The meeting id is disabled: the room was deactivated, for ever; create another",
            ));
        }
        Ok(Admission {
            room_id: room.room_id.clone(),
            claims,
        })
    }

    pub fn no_such_room() -> Refused {
        Refused::new(
            4003,
            "The meeting id is not valid: no room of this project has it; create the room first, \
             with POST /v2/rooms",
        )
    }

    /// Checks the participant, whom neither the token nor the room may exclude.
    pub fn check_participant(&self, app: &App, identity: &Identity) -> Result<(), Refused> {
        let id = &identity.peer_id;
        if id.is_empty() || id.len() > PEER_ID_LIMIT {
            return Err(Refused::new(
                4004,
                format!("The participant id must have 1 to {PEER_ID_LIMIT} bytes"),
            ));
        }
        for (name, value, known) in [
            ("mode", &identity.mode, &MODES[..]),
            ("peerType", &identity.peer_type, &PEER_TYPES[..]),
        ] {
            if !known.contains(&value.as_str()) {
                let known = known.join(", ");
                return Err(Refused::bad_request(format!(
                    "{name} must be one of {known}"
                )));
            }
        }
        if !self.claims.admits_participant(id) {
            return Err(Refusal::OtherParticipant.into());
        }
        let world = app.world();
        let allowed = world
            .room(&self.room_id)
            .and_then(|room| room.spec.allowed_participant_ids.as_ref());
        // An empty list restricts nothing: it is what a room without the wish shows.
        if allowed.is_some_and(|allowed| !allowed.is_empty() && !allowed.contains(id)) {
            return Err(Refused::new(
                4023,
                "Not permitted: the room's allowedParticipantIds do not have this participant id",
            ));
        }
        Ok(())
    }
}

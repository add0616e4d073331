//! What exists: rooms, and later the sessions and people in them.
//!
//! Nothing here knows a socket or a clock. Times and ids are passed in, so every rule of the
//! service can be tested as a plain function call.

mod ids;
mod room;
mod room_spec;
mod timestamp;

pub use ids::{IdSource, RandomIds, random_hex};
pub use room::{Owner, Room, RoomPage};
pub use room_spec::{InvalidField, RoomSpec};
pub use timestamp::{Date, Timestamp};

use std::num::NonZeroU64;

/// All rooms of one run, oldest first. Rooms are never removed: the service keeps deactivated
/// rooms too, and only marks them.
pub struct World {
    rooms: Vec<Room>,
    ids: Box<dyn IdSource>,
    user_id: String,
}

/// Why a room was not switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeactivateError {
    /// No room has this id at all.
    Unknown,
    /// A room has it as its own id or database id, but only ids made by the service work here.
    NotAServerRoomId,
}

impl World {
    pub fn new(mut ids: Box<dyn IdSource>) -> World {
        let user_id = ids.object_id();
        World {
            rooms: Vec::new(),
            ids,
            user_id,
        }
    }

    /// The database id of the account that owns every room here.
    pub fn user_id(&self) -> &str {
        &self.user_id
    }

    /// The room with the spec's own id when there is one, unchanged, or else a new room.
    ///
    /// Creating is idempotent: the rest of the spec has no effect on a room that exists, even on
    /// one that was deactivated.
    pub fn create_room(&mut self, spec: RoomSpec, now: Timestamp) -> &Room {
        let existing = spec
            .custom_room_id
            .as_deref()
            .and_then(|id| self.by_custom_id(id));
        let index = match existing {
            Some(index) => index,
            None => {
                let room_id = self.unused_room_id();
                let id = self.ids.object_id();
                self.rooms.push(Room::new(id, room_id, spec, now));
                self.rooms.len() - 1
            }
        };
        &self.rooms[index]
    }

    /// The room with this own id, if it was created before.
    pub fn room_by_custom_id(&self, custom_room_id: &str) -> Option<&Room> {
        self.by_custom_id(custom_room_id)
            .map(|index| &self.rooms[index])
    }

    /// Finds a room by the service's id, by the user's own id or by its database id, in that order:
    /// an own id that looks like another room's id must not hide that room.
    pub fn room(&self, any_id: &str) -> Option<&Room> {
        let by =
            |matches: fn(&Room, &str) -> bool| self.rooms.iter().find(|room| matches(room, any_id));
        by(|room, id| room.room_id == id)
            .or_else(|| by(|room, id| room.spec.custom_room_id.as_deref() == Some(id)))
            .or_else(|| by(|room, id| room.id == id))
    }

    /// Like [`World::room`], but without database ids, which validating does not know.
    pub fn room_by_room_or_custom_id(&self, id: &str) -> Option<&Room> {
        self.room(id).filter(|room| room.answers_to(id))
    }

    /// Switches a room off for good. A second time changes nothing.
    pub fn deactivate(&mut self, room_id: &str, now: Timestamp) -> Result<&Room, DeactivateError> {
        let Some(index) = self.rooms.iter().position(|room| room.room_id == room_id) else {
            return Err(match self.room(room_id) {
                Some(_) => DeactivateError::NotAServerRoomId,
                None => DeactivateError::Unknown,
            });
        };
        let room = &mut self.rooms[index];
        if !room.disabled {
            room.disabled = true;
            room.updated_at = now;
        }
        Ok(room)
    }

    /// One page of the rooms for which `wanted` holds, newest first. Pages count from 1; a page
    /// beyond the last is empty.
    pub fn page(
        &self,
        page: NonZeroU64,
        per_page: NonZeroU64,
        wanted: impl Fn(&Room) -> bool,
    ) -> RoomPage<'_> {
        let matching: Vec<&Room> = self
            .rooms
            .iter()
            .rev()
            .filter(|room| wanted(room))
            .collect();
        let total = matching.len() as u64;
        let skipped = (page.get() - 1).saturating_mul(per_page.get());
        let rooms = matching
            .into_iter()
            .skip(usize::try_from(skipped).unwrap_or(usize::MAX))
            .take(usize::try_from(per_page.get()).unwrap_or(usize::MAX))
            .collect();
        RoomPage {
            current_page: page.get(),
            per_page: per_page.get(),
            last_page: total.div_ceil(per_page.get()).max(1),
            total,
            rooms,
        }
    }

    /// Every room, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Room> {
        self.rooms.iter().rev()
    }

    fn by_custom_id(&self, custom_room_id: &str) -> Option<usize> {
        self.rooms
            .iter()
            .position(|room| room.spec.custom_room_id.as_deref() == Some(custom_room_id))
    }

    fn unused_room_id(&mut self) -> String {
        loop {
            let candidate = self.ids.room_id();
            if self.room(&candidate).is_none() {
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests;

//! Media of other meetings that is relayed into one. Who sends it there is seen here as a guest: that
//! the service shows it so is inferred.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::Rooms;
use super::participant::Key;
use super::reason::Reason;
use super::room::LiveRoom;
use crate::sfu::FORWARDS;

/// What of another meeting is relayed into this one.
#[derive(Default)]
pub(crate) struct Relayed {
    /// As [`super::media::kind`] names them.
    pub kinds: BTreeSet<&'static str>,
    /// Those whose media it is, by participant id, as this meeting was told of them.
    guests: BTreeMap<String, Guest>,
}

#[derive(Clone, PartialEq)]
struct Guest {
    key: Key,
    peer: Value,
    /// Producer ids, and their kinds.
    tracks: BTreeMap<String, &'static str>,
}

/// The kind of track that a wish or a change means.
pub(crate) fn kind(name: &str) -> Option<&'static str> {
    Some(match name {
        "audio" => "audio",
        "video" => "video",
        "share" => "share",
        "share_audio" => "shareAudio",
        _ => return None,
    })
}

impl LiveRoom {
    /// The guests, as a newcomer is told of them: who, and which kinds they send.
    pub fn guests(&self) -> impl Iterator<Item = (&Value, Vec<&'static str>)> {
        let relayed = self.relayed.values();
        relayed
            .flat_map(|relayed| relayed.guests.values())
            .map(|guest| (&guest.peer, guest.tracks.values().copied().collect()))
    }

    /// The tracks that are relayed: meeting, connection and producer id.
    pub fn relayed_tracks(&self) -> impl Iterator<Item = (&str, Key, &str)> {
        self.relayed.iter().flat_map(|(room_id, relayed)| {
            let guests = relayed.guests.values();
            guests.flat_map(move |guest| {
                let tracks = guest.tracks.keys();
                tracks.map(move |id| (room_id.as_str(), guest.key, id.as_str()))
            })
        })
    }
}

/// Brings what relays change up to date, after somebody has come, gone, begun or stopped to send:
/// meetings hear of their guests, and those whose media goes to a meeting that is over hear that.
pub(crate) fn follow(rooms: &mut Rooms) {
    if !FORWARDS {
        return;
    }
    let receiving = rooms.values().filter(|room| !room.relayed.is_empty());
    let receiving: Vec<String> = receiving.map(|room| room.id.clone()).collect();
    for room_id in receiving {
        let sources: Vec<String> = rooms[&room_id].relayed.keys().cloned().collect();
        for source in sources {
            follow_one(rooms, &room_id, &source);
        }
    }
    let sending = rooms.values().filter(|room| !room.relays_to.is_empty());
    let ended: Vec<(String, String)> = sending
        .flat_map(|room| {
            room.relays_to
                .iter()
                .map(|to| (room.id.clone(), to.clone()))
        })
        .filter(|(from, to)| {
            let room = rooms.get(to);
            room.is_none_or(|room| !room.relayed.contains_key(from))
        })
        .collect();
    for (from, to) in ended {
        if let Some(room) = rooms.get_mut(&from) {
            room.relays_to.remove(&to);
            let data = json!({"meetingId": to, "reason": "The relay has ended"});
            room.notify_all("mediaRelayStopped", &data);
        }
    }
}

fn follow_one(rooms: &mut Rooms, room_id: &str, source: &str) {
    let kinds = rooms[room_id].relayed[source].kinds.clone();
    let present = rooms
        .get(source)
        .filter(|room| room.relays_to.contains(room_id));
    let now = present.map(|present| guests_of(present, &rooms[room_id], &kinds));
    let Some(room) = rooms.get_mut(room_id) else {
        return;
    };
    let Some(relayed) = room.relayed.get_mut(source) else {
        return;
    };
    let before = std::mem::take(&mut relayed.guests);
    match &now {
        Some(now) => relayed.guests.clone_from(now),
        None => {
            room.relayed.remove(source);
        }
    }
    tell(room, &before, &now.unwrap_or_default());
}

/// Everybody in a meeting who sends something of these kinds, but for those whose participant id is
/// taken where it is relayed to.
fn guests_of(
    source: &LiveRoom,
    room: &LiveRoom,
    kinds: &BTreeSet<&'static str>,
) -> BTreeMap<String, Guest> {
    let mut guests = BTreeMap::new();
    for one in source.joined() {
        let producers = one.media.producers.iter();
        let meant = producers.filter(|producer| kinds.contains(producer.kind));
        let tracks: BTreeMap<String, &'static str> = meant
            .map(|producer| (producer.id().to_owned(), producer.kind))
            .collect();
        if !tracks.is_empty() && room.joined_as(one.id()).is_none() {
            let guest = Guest {
                key: one.key,
                peer: one.to_json(),
                tracks,
            };
            guests.insert(one.id().to_owned(), guest);
        }
    }
    guests
}

/// Tells a meeting how its guests have changed.
fn tell(room: &mut LiveRoom, before: &BTreeMap<String, Guest>, now: &BTreeMap<String, Guest>) {
    let no_tracks = BTreeMap::new();
    let same = |id: &str, guest: &Guest, others: &BTreeMap<String, Guest>| {
        others.get(id).is_some_and(|other| other.key == guest.key)
    };
    for (id, guest) in before {
        let stays = same(id, guest, now);
        let tracks = if stays { &now[id].tracks } else { &no_tracks };
        for (producer_id, kind) in &guest.tracks {
            if !tracks.contains_key(producer_id) {
                notify_state(room, id, kind, false);
                room.stop_forwarding(std::slice::from_ref(producer_id));
            }
        }
        if !stays {
            let reason = Reason::Unknown.to_json();
            let data = json!({"peerId": id, "reason": reason});
            room.notify_all("peerClosed", &data);
        }
    }
    for (id, guest) in now {
        let stayed = same(id, guest, before);
        if !stayed {
            room.notify_all("newPeer", &guest.peer);
        }
        let known = if stayed {
            &before[id].tracks
        } else {
            &no_tracks
        };
        for (producer_id, kind) in &guest.tracks {
            if !known.contains_key(producer_id) {
                notify_state(room, id, kind, true);
            }
        }
    }
}

fn notify_state(room: &LiveRoom, peer_id: &str, kind: &str, running: bool) {
    let state = json!({"peerId": peer_id, "kind": kind, "newState": running});
    room.notify_all("participantMediaStateChanged", &state);
}

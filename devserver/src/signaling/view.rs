//! What the status page shows of signalling.

use serde::Serialize;

use super::Signaling;
use super::characters::Character;
use super::participant::{Entry, Participant};
use super::room::LiveRoom;
use crate::sfu::{self, TrackFigures};

/// The most tracks whose figures are shown.
const TRACK_LIMIT: usize = 500;

/// A room with somebody in it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MeetingView {
    pub room_id: String,
    pub session_id: String,
    pub started_at: String,
    /// The services that run.
    pub running: Vec<&'static str>,
    /// The id of the participant who is loudest.
    pub active_speaker: Option<String>,
    /// The names of its characters.
    pub characters: Vec<String>,
    /// In the order of their connections.
    pub participants: Vec<ParticipantView>,
}

/// Somebody who is connected.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ParticipantView {
    pub id: String,
    pub display_name: String,
    pub mode: String,
    pub peer_type: String,
    pub mic: bool,
    pub webcam: bool,
    pub share: bool,
    /// Where it is on the way into the meeting.
    pub entry: &'static str,
    /// None for somebody who has not joined yet.
    pub joined_at: Option<String>,
    /// What it sends.
    pub tracks: Vec<TrackView>,
    /// How many of the tracks of others it is sent.
    pub receives: usize,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TrackView {
    pub kind: &'static str,
    pub paused: bool,
    /// None where no media flows.
    pub figures: Option<TrackFigures>,
    #[serde(skip)]
    handle: sfu::Producer,
}

impl Signaling {
    /// All meetings, newest first.
    pub async fn view(&self) -> Vec<MeetingView> {
        let mut meetings: Vec<MeetingView> = {
            let rooms = self.rooms();
            let mut rooms: Vec<&LiveRoom> = rooms.values().collect();
            rooms.sort_by_key(|room| std::cmp::Reverse(room.started_at));
            rooms.into_iter().map(meeting).collect()
        };
        // Asked for now, because somebody looks.
        let participants = meetings.iter_mut().flat_map(|one| &mut one.participants);
        let tracks = participants.flat_map(|one| &mut one.tracks);
        for track in tracks.take(TRACK_LIMIT) {
            track.figures = track.handle.figures().await;
        }
        meetings
    }
}

fn meeting(room: &LiveRoom) -> MeetingView {
    MeetingView {
        room_id: room.id.clone(),
        session_id: room.session_id.clone(),
        started_at: room.started_at.to_string(),
        running: room.running.names().collect(),
        active_speaker: room.speaker.clone(),
        characters: room.characters.iter().map(Character::name).collect(),
        participants: room.participants.iter().map(participant).collect(),
    }
}

fn participant(one: &Participant) -> ParticipantView {
    let sends = |kind: &str| one.media.producers.iter().any(|it| it.kind == kind);
    ParticipantView {
        id: one.id().to_owned(),
        display_name: one.display_name.clone(),
        mode: one.identity.mode.clone(),
        peer_type: one.identity.peer_type.clone(),
        mic: sends("audio"),
        webcam: sends("video"),
        share: sends("share"),
        entry: match (&one.joined_at, &one.entry) {
            (Some(_), _) => "joined",
            (None, Entry::Waiting { .. }) => "waits to be let in",
            (None, Entry::Denied) => "was not let in",
            (None, Entry::NotAsked | Entry::Allowed) => "has not joined yet",
        },
        joined_at: one.joined_at.map(|moment| moment.to_string()),
        tracks: one
            .media
            .producers
            .iter()
            .map(|producer| TrackView {
                kind: producer.kind,
                paused: producer.paused,
                figures: None,
                handle: producer.handle.clone(),
            })
            .collect(),
        receives: one.media.consumers.len(),
    }
}

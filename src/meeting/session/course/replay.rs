//! What an app knows that follows the events and asks for nothing.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::meeting::event::{Event, EventType};
use crate::meeting::participant::Participant;
use crate::meeting::state::MeetingState;

/// Who is in the room as an app knows it that reads nothing but events.
pub(super) struct Replay {
    local: Value,
    others: Vec<Value>,
    speaker: Option<String>,
    /// What others send.
    tracks: BTreeSet<String>,
}

impl Replay {
    pub(super) fn new(local: &Participant) -> Self {
        let mut local = local.to_value();
        local["joinedAtMs"] = Value::Null;
        Self {
            local,
            others: Vec::new(),
            speaker: None,
            tracks: BTreeSet::new(),
        }
    }

    pub(super) fn participants(&self) -> Vec<Value> {
        let local = std::iter::once(&self.local);
        local.chain(&self.others).cloned().collect()
    }

    pub(super) fn speaker(&self) -> Option<&str> {
        self.speaker.as_deref()
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.others.iter().position(|other| other["id"] == id)
    }

    fn is_here(&self, id: Option<&str>) -> bool {
        let is_one = |id| self.local["id"] == id || self.position(id).is_some();
        id.is_some_and(is_one)
    }

    /// Events tell only of those who are here.
    fn known(&mut self, event: &Event) -> &mut Value {
        let id = event.participant_id().expect("somebody");
        if self.local["id"] == id {
            return &mut self.local;
        }
        let position = self.position(id);
        let position = position.unwrap_or_else(|| panic!("{event:?} is about nobody"));
        &mut self.others[position]
    }

    pub(super) fn hear(&mut self, event: &Event) {
        let id = event.participant_id();
        let detail = |name: &str| event.details.get(name).cloned().unwrap_or_default();
        match event.kind() {
            EventType::ParticipantJoined => {
                let id = id.expect("somebody");
                assert!(self.position(id).is_none(), "{id} came twice");
                self.others.push(detail("participant"));
            }
            EventType::ParticipantLeft => {
                let position = self.position(id.expect("somebody"));
                self.others.remove(position.expect("who leaves was here"));
            }
            EventType::ParticipantNameChanged => {
                self.known(event)["name"] = json!(event.text());
            }
            EventType::ParticipantModeChanged => {
                let mode = event.text().filter(|mode| !mode.is_empty());
                self.known(event)["mode"] = json!(mode);
            }
            EventType::ParticipantMetadataChanged => {
                self.known(event)["metaData"] = detail("metaData");
            }
            EventType::MediaStateChanged => {
                let field = match event.text() {
                    Some("audio") => "micOn",
                    Some("video") => "webcamOn",
                    Some("share") => "screenShareOn",
                    _ => "screenShareAudioOn",
                };
                let known = &mut self.known(event)[field];
                let on = json!(event.code() == 1);
                assert_ne!(*known, on, "{event:?} is no change");
                *known = on;
            }
            EventType::PinStateChanged => {
                let pinned = json!({"cam": detail("cam"), "share": detail("share")});
                self.known(event)["pinned"] = pinned;
            }
            // Agents tell it before they are introduced, too.
            EventType::AgentStateChanged if self.is_here(id) => {
                self.known(event)["agentState"] = json!(event.text());
            }
            EventType::TrackAdded => {
                let track = event.track_id().expect("a track").to_owned();
                assert!(self.tracks.insert(track), "{event:?} is not new");
            }
            EventType::TrackRemoved => {
                let track = event.track_id().expect("a track");
                assert!(self.tracks.remove(track), "{event:?} was never there");
            }
            EventType::TrackPaused | EventType::TrackResumed | EventType::TrackLayersChanged => {
                let track = event.track_id().expect("a track");
                assert!(self.tracks.contains(track), "{event:?} is about nothing");
            }
            EventType::ActiveSpeakerChanged => self.speaker = id.map(str::to_owned),
            EventType::StateChanged => self.state_changed(event.code()),
            _ => {}
        }
    }

    fn state_changed(&mut self, state: i32) {
        let is = |it: MeetingState| state == it as i32;
        if [
            MeetingState::Initialised,
            MeetingState::Failed,
            MeetingState::Left,
        ]
        .into_iter()
        .any(is)
        {
            self.others.clear();
            self.speaker = None;
            self.tracks.clear();
            for field in ["micOn", "webcamOn", "screenShareOn", "screenShareAudioOn"] {
                self.local[field] = json!(false);
            }
            self.local["pinned"] = json!({"cam": false, "share": false});
        }
    }
}

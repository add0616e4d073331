//! Who is in the room, and what changed about them.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::meeting::choice::Mode;
use crate::meeting::leave_reason::{self, LeaveReason};
use crate::meeting::participant::{MediaFlags, Participant, Pinned};

/// How long after a new connection the service may take to tell who is still there.
const SETTLING: Duration = Duration::from_secs(2);

/// How many participants are known at once, beside this one.
pub(super) const MOST_OTHERS: usize = 10_000;

/// Something that the app is told.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    Joined(Box<Participant>),
    Left {
        id: String,
        name: String,
        reason: LeaveReason,
    },
    Name {
        id: String,
        name: String,
    },
    Mode {
        id: String,
        mode: Option<Mode>,
    },
    Metadata {
        id: String,
        metadata: Option<Map<String, Value>>,
    },
    Media {
        id: String,
        kind: &'static str,
        on: bool,
    },
}

pub(super) struct Roster {
    local: Member,
    /// In the order in which they came.
    others: Vec<Member>,
    settles_at: Option<Duration>,
}

struct Member {
    participant: Participant,
    /// Was here before the connection was lost, and was not told of since.
    is_stale: bool,
    /// Likewise, what it was sending.
    unconfirmed: MediaFlags,
}

impl Member {
    fn new(participant: Participant) -> Self {
        Self {
            participant,
            is_stale: false,
            unconfirmed: MediaFlags::default(),
        }
    }
}

impl Roster {
    pub(super) fn new(local: Participant) -> Self {
        Self {
            local: Member::new(local),
            others: Vec::new(),
            settles_at: None,
        }
    }

    pub(super) fn local(&self) -> &Participant {
        &self.local.participant
    }

    pub(super) fn local_mut(&mut self) -> &mut Participant {
        &mut self.local.participant
    }

    pub(super) fn all(&self) -> Vec<Participant> {
        let members = std::iter::once(&self.local).chain(&self.others);
        members.map(|member| member.participant.clone()).collect()
    }

    /// What somebody in the room is called.
    pub(super) fn name(&self, id: &str) -> Option<&str> {
        let mut members = std::iter::once(&self.local).chain(&self.others);
        let member = members.find(|member| member.participant.id == id)?;
        Some(&member.participant.name)
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.others
            .iter()
            .position(|member| member.participant.id == id)
    }

    fn member(&mut self, id: &str) -> Option<&mut Member> {
        if self.local.participant.id == id {
            return Some(&mut self.local);
        }
        let position = self.position(id)?;
        self.others.get_mut(position)
    }

    pub(super) fn participant(&mut self, id: &str) -> Option<&mut Participant> {
        self.member(id).map(|member| &mut member.participant)
    }

    /// Whether somebody can be added, or is known.
    pub(super) fn has_room_for(&self, id: &str) -> bool {
        self.others.len() < MOST_OTHERS || self.name(id).is_some()
    }

    /// Somebody is in the room: a newcomer, or somebody who is told of once more.
    pub(super) fn add(&mut self, told: Participant) -> Vec<Change> {
        // The local participant is its own source; others with its id are on their way out.
        if told.id == self.local.participant.id {
            return Vec::new();
        }
        let Some(position) = self.position(&told.id) else {
            self.others.push(Member::new(told.clone()));
            return vec![Change::Joined(Box::new(told))];
        };
        self.others[position].is_stale = false;
        let mut changes = self.rename(&told.id, &told.name);
        changes.extend(self.set_mode(&told.id, told.mode));
        let known = &mut self.others[position].participant;
        if known.metadata != told.metadata {
            known.metadata.clone_from(&told.metadata);
            changes.push(Change::Metadata {
                id: told.id,
                metadata: told.metadata,
            });
        }
        changes
    }

    /// Somebody is no longer in the room.
    pub(super) fn remove(&mut self, id: &str, reason: LeaveReason) -> Vec<Change> {
        let Some(position) = self.position(id) else {
            return Vec::new();
        };
        let Participant { id, name, .. } = self.others.remove(position).participant;
        vec![Change::Left { id, name, reason }]
    }

    pub(super) fn rename(&mut self, id: &str, name: &str) -> Vec<Change> {
        match self.participant(id) {
            Some(known) if known.name != name => {
                known.name = name.to_owned();
                vec![Change::Name {
                    id: id.to_owned(),
                    name: name.to_owned(),
                }]
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn set_mode(&mut self, id: &str, mode: Option<Mode>) -> Vec<Change> {
        match self.participant(id) {
            Some(known) if known.mode != mode => {
                known.mode = mode;
                vec![Change::Mode {
                    id: id.to_owned(),
                    mode,
                }]
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn set_media(&mut self, id: &str, kind: &str, on: bool) -> Vec<Change> {
        let known = MediaFlags::KINDS.iter().find(|it| **it == kind);
        let (Some(kind), Some(member)) = (known, self.member(id)) else {
            return Vec::new();
        };
        if let Some(unconfirmed) = member.unconfirmed.of(kind) {
            *unconfirmed = false;
        }
        match member.participant.media.of(kind) {
            Some(flag) if *flag != on => {
                *flag = on;
                vec![Change::Media {
                    id: id.to_owned(),
                    kind,
                    on,
                }]
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn pin(
        &mut self,
        id: &str,
        camera: Option<bool>,
        share: Option<bool>,
    ) -> Option<Pinned> {
        let pinned = &mut self.participant(id)?.pinned;
        pinned.camera = camera.unwrap_or(pinned.camera);
        pinned.share = share.unwrap_or(pinned.share);
        Some(*pinned)
    }

    /// The room was joined anew: who was here before is told of again, or has left meanwhile.
    pub(super) fn expect_anew(&mut self, now: Duration) {
        self.local.unconfirmed = self.local.participant.media;
        for member in &mut self.others {
            member.is_stale = true;
            member.unconfirmed = member.participant.media;
        }
        self.settles_at = Some(now + SETTLING);
    }

    /// The connection was lost: nobody leaves for not being told of before there is another one.
    pub(super) fn expect_later(&mut self) {
        self.settles_at = None;
    }

    pub(super) fn settles_at(&self) -> Option<Duration> {
        self.settles_at
    }

    /// What was not told of again is over.
    pub(super) fn settle(&mut self) -> Vec<Change> {
        self.settles_at = None;
        let stale: Vec<String> = self
            .others
            .iter()
            .filter(|member| member.is_stale)
            .map(|member| member.participant.id.clone())
            .collect();
        let mut changes = Vec::new();
        for id in stale {
            changes.extend(self.remove(&id, LeaveReason::of(leave_reason::UNKNOWN)));
        }
        for member in std::iter::once(&mut self.local).chain(&mut self.others) {
            for kind in MediaFlags::KINDS {
                let over = member.unconfirmed.of(kind).is_some_and(std::mem::take);
                if over && let Some(flag) = member.participant.media.of(kind) {
                    *flag = false;
                    let id = member.participant.id.clone();
                    changes.push(Change::Media {
                        id,
                        kind,
                        on: false,
                    });
                }
            }
        }
        changes
    }

    /// This participant is in another room now: everybody else stays where they were.
    pub(super) fn part(&mut self, reason: &LeaveReason) -> Vec<Change> {
        self.settles_at = None;
        let others = std::mem::take(&mut self.others);
        let left = others.into_iter().map(|member| Change::Left {
            id: member.participant.id,
            name: member.participant.name,
            reason: reason.clone(),
        });
        left.collect()
    }

    /// The meeting is over: nobody is in the room as far as this participant can tell.
    pub(super) fn clear(&mut self) {
        self.others.clear();
        self.settles_at = None;
        let local = &mut self.local;
        local.unconfirmed = MediaFlags::default();
        local.participant.media = MediaFlags::default();
        local.participant.pinned = Pinned::default();
    }
}

//! Pausing what is received: one track, all of one kind, or all (protocol, section 5: `pauseConsumer`,
//! `pauseAllConsumers`). What was said last holds, on later connections too.

use serde_json::{Value, json};

use super::super::outputs::Waiter;
use super::super::requests::Purpose;
use super::super::{Moment, Session};
use crate::media::TrackKind;
use crate::{Error, Result, Status};

/// What is asked for.
#[derive(Clone, Debug)]
pub(in crate::meeting::session) struct Pausing {
    /// `None`: all kinds.
    kind: Option<TrackKind>,
    pauses: bool,
    /// The kinds for which that is something new.
    changed: Vec<TrackKind>,
    /// What was chosen before for single tracks, by their ids in the service.
    chosen: Vec<(String, bool)>,
    is_repeated: bool,
}

/// What is asked for a single track.
#[derive(Debug)]
pub(in crate::meeting::session) struct PausingOne {
    id: String,
    pauses: bool,
    before: Option<bool>,
}

impl Pausing {
    const fn goal(&self) -> &'static str {
        match self.pauses {
            true => "pause the tracks",
            false => "go on with the tracks",
        }
    }
}

impl<T: Waiter> Session<T> {
    /// Pauses what is received of that kind, or all, or goes on with it. What is new counts as well:
    /// from now on, and on later connections.
    pub(in crate::meeting) fn pause_tracks(
        &mut self,
        now: Moment,
        kind: Option<TrackKind>,
        pauses: bool,
        waiter: T,
    ) -> Result<()> {
        self.now = now;
        self.check_inside()?;
        let meant = |one: &&TrackKind| kind.is_none_or(|kind| kind == **one);
        let kinds = TrackKind::ALL.iter().filter(meant).copied();
        let paused = &self.media.paused;
        let consumers = self.media.consumers.iter();
        let chosen = consumers.filter(|(_, one)| kind.is_none_or(|kind| kind == one.kind));
        let pausing = Pausing {
            kind,
            pauses,
            changed: kinds.filter(|one| paused.contains(one) != pauses).collect(),
            chosen: chosen
                .filter_map(|(id, one)| Some((id.clone(), one.pause_chosen?)))
                .collect(),
            is_repeated: false,
        };
        self.ask_to_pause(pausing.clone(), waiter)?;
        // At once: what comes before the answer may be new to the service as well.
        self.note_paused(&pausing, pauses);
        for (id, _) in &pausing.chosen {
            self.choose_pause(id, None);
        }
        Ok(())
    }

    /// Pauses one track, or goes on with it. `id` is that of the service for the track.
    pub(in crate::meeting) fn pause_track(
        &mut self,
        now: Moment,
        id: &str,
        pauses: bool,
        waiter: T,
    ) -> Result<()> {
        self.now = now;
        self.check_inside()?;
        let known = self.media.consumers.get(id);
        let pausing = PausingOne {
            id: id.to_owned(),
            pauses,
            before: known.and_then(|consumer| consumer.pause_chosen),
        };
        let (method, goal) = match pauses {
            true => ("pauseConsumer", "pause the track"),
            false => ("resumeConsumer", "go on with the track"),
        };
        let purpose = Purpose::PauseTrack { pausing, waiter };
        self.ask(method, goal, &json!({"consumerId": id}), purpose)?;
        self.choose_pause(id, Some(pauses));
        Ok(())
    }

    pub(super) fn track_paused(&mut self, pausing: &PausingOne, waiter: T, outcome: Result<Value>) {
        let known = self.media.consumers.get(&pausing.id);
        let holds = known.is_some_and(|consumer| consumer.pause_chosen == Some(pausing.pauses));
        if outcome.is_err() && holds {
            self.choose_pause(&pausing.id, pausing.before);
        }
        self.answer(waiter, outcome);
    }

    fn choose_pause(&mut self, id: &str, is_paused: Option<bool>) {
        if let Some(consumer) = self.media.consumers.get_mut(id) {
            consumer.pause_chosen = is_paused;
        }
    }

    fn ask_to_pause(&mut self, pausing: Pausing, waiter: T) -> Result<()> {
        let method = match pausing.pauses {
            true => "pauseAllConsumers",
            false => "resumeAllConsumers",
        };
        let goal = pausing.goal();
        let data = json!({"kind": pausing.kind.map_or("all", TrackKind::name)});
        self.ask(
            method,
            goal,
            &data,
            Purpose::PauseTracks { pausing, waiter },
        )
    }

    fn note_paused(&mut self, pausing: &Pausing, are_paused: bool) {
        let paused = &mut self.media.paused;
        paused.retain(|one| !pausing.changed.contains(one));
        if are_paused {
            paused.extend(&pausing.changed);
        }
    }

    pub(super) fn tracks_paused(
        &mut self,
        mut pausing: Pausing,
        waiter: T,
        outcome: Result<Value>,
    ) {
        let reply = match outcome {
            Ok(reply) => reply,
            Err(error) => {
                self.note_paused(&pausing, !pausing.pauses);
                for (id, is_paused) in &pausing.chosen {
                    let known = self.media.consumers.get(id);
                    if known.is_some_and(|consumer| consumer.pause_chosen.is_none()) {
                        self.choose_pause(id, Some(*is_paused));
                    }
                }
                return self.answer(waiter, Err(error));
            }
        };
        let left_over = reply["consumersWithIssues"].as_array().map_or(0, Vec::len);
        if left_over == 0 {
            return self.answer(waiter, Ok(Value::Null));
        }
        let error = Error::new(
            Status::Refused,
            format!(
                "Could not {}: the service has not done it for {left_over} of them",
                pausing.goal()
            ),
            "It is done for the others, and counts for those that come. Try again, or pause single tracks.",
        );
        // The official SDKs try once more, too.
        let is_repeated = std::mem::replace(&mut pausing.is_repeated, true);
        if is_repeated || waiter.is_gone() || !self.has_room_to_ask() {
            return self.answer(waiter, Err(error));
        }
        let asked = self.ask_to_pause(pausing, waiter);
        debug_assert!(asked.is_ok(), "there is room for one");
    }
}

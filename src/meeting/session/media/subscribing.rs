//! Whose audio and video this participant receives, where the service does not send it by itself
//! (protocol, section 5: `autoConsume`).

use serde_json::{Value, json};

use super::super::outputs::Waiter;
use super::super::requests::Purpose;
use super::super::{Moment, Session};
use super::uses;
use crate::media::Kind;
use crate::media::plane::Direction;
use crate::redact::shown;
use crate::{Error, Result, Status};

/// All audio or all video of one participant, what it begins to send later included. Shared screens
/// and their sound belong to it; that they do is inferred.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::meeting::session) struct Subscription {
    participant_id: String,
    is_audio: bool,
}

impl Subscription {
    const fn method(&self, is_on: bool) -> &'static str {
        match (is_on, self.is_audio) {
            (true, true) => "consumeAudioStreams",
            (true, false) => "consumeVideoStreams",
            (false, true) => "stopConsumingAudioStreams",
            (false, false) => "stopConsumingVideoStreams",
        }
    }

    const fn goal(&self, is_on: bool) -> &'static str {
        match (is_on, self.is_audio) {
            (true, true) => "receive the participant's audio",
            (true, false) => "receive the participant's video",
            (false, true) => "stop receiving the participant's audio",
            (false, false) => "stop receiving the participant's video",
        }
    }

    fn kind(&self) -> Kind {
        match self.is_audio {
            true => Kind::Audio,
            false => Kind::Video,
        }
    }
}

impl<T: Waiter> Session<T> {
    /// Receives what somebody sends of that kind from now on, or no more.
    pub(in crate::meeting) fn subscribe_tracks(
        &mut self,
        now: Moment,
        participant_id: &str,
        kind: Kind,
        is_on: bool,
        waiter: T,
    ) -> Result<()> {
        self.now = now;
        self.check_inside()?;
        let subscription = Subscription {
            participant_id: participant_id.to_owned(),
            is_audio: kind == Kind::Audio,
        };
        let goal = subscription.goal(is_on);
        let wrong = |status, why: &str, remedy: &str| {
            Err(Error::new(
                status,
                format!("Could not {goal}: {why}"),
                remedy,
            ))
        };
        if self.media.wanted.auto_consume {
            return wrong(
                Status::InvalidState,
                "the meeting receives everybody's audio and video by itself",
                "Switch auto_consume off in the options to choose; to save what nobody needs at the moment, pause tracks.",
            );
        }
        if !uses(self.local_mode(), Direction::Receive) {
            return wrong(
                Status::InvalidState,
                "this participant receives no media",
                "Change its mode to SEND_AND_RECV or RECV_ONLY.",
            );
        }
        let is_somebody = participant_id != self.local_id();
        if !is_somebody || self.roster.name(participant_id).is_none() {
            let why = match is_somebody {
                true => "is not in the meeting",
                false => "is this participant itself",
            };
            return wrong(
                Status::NotFound,
                &format!("{} {why}", shown(participant_id)),
                "Use the id of somebody else who is in the meeting: PARTICIPANT_JOINED and the snapshot tell who is.",
            );
        }
        self.ask_for_tracks(subscription, is_on, Some(waiter))
    }

    fn ask_for_tracks(
        &mut self,
        subscription: Subscription,
        is_on: bool,
        waiter: Option<T>,
    ) -> Result<()> {
        let (method, goal) = (subscription.method(is_on), subscription.goal(is_on));
        let data = json!({"peerId": subscription.participant_id});
        let purpose = Purpose::SubscribeTracks {
            subscription,
            is_on,
            waiter,
        };
        self.ask(method, goal, &data, purpose)
    }

    pub(super) fn tracks_subscribed(
        &mut self,
        subscription: Subscription,
        is_on: bool,
        waiter: Option<T>,
        outcome: Result<Value>,
    ) {
        let is_there = self.roster.name(&subscription.participant_id).is_some();
        match (&outcome, &waiter) {
            (Ok(_), _) if is_on && is_there => {
                self.media.subscriptions.insert(subscription, true);
            }
            (Ok(_), _) => {
                self.media.subscriptions.remove(&subscription);
            }
            // What was subscribed before has come to an end that the app did not ask for.
            (Err(error), None) => {
                self.media.subscriptions.remove(&subscription);
                if is_there {
                    self.warn(format!(
                        "The {} of {} is no longer received: {}",
                        subscription.kind().name(),
                        shown(&subscription.participant_id),
                        error.message()
                    ));
                }
            }
            (Err(_), Some(_)) => {}
        }
        if let Some(waiter) = waiter {
            self.answer(waiter, outcome);
        }
    }

    /// On a new connection the service knows nothing of what was subscribed on an earlier one.
    pub(in crate::meeting::session) fn subscribe_anew(&mut self, participant_id: &str) {
        let subscriptions = self.media.subscriptions.iter_mut();
        let unknown: Vec<Subscription> = subscriptions
            .filter(|(one, is_known)| one.participant_id == participant_id && !**is_known)
            .map(|(one, is_known)| {
                *is_known = true;
                one.clone()
            })
            .collect();
        for subscription in unknown {
            // Should that not be sent, there is no connection any more.
            let _ = self.ask_for_tracks(subscription, true, None);
        }
    }

    /// The connection was lost.
    pub(super) fn lose_subscriptions(&mut self) {
        for is_known in self.media.subscriptions.values_mut() {
            *is_known = false;
        }
    }

    /// Somebody has left: who comes again is subscribed again by the app, if it wants to.
    pub(super) fn forget_subscriptions(&mut self, participant_id: &str) {
        let subscriptions = &mut self.media.subscriptions;
        subscriptions.retain(|one, _| one.participant_id != participant_id);
    }
}

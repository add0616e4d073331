//! What this participant receives.

use serde_json::{Value, json};

use super::super::outputs::Waiter;
use super::super::requests::Purpose;
use super::super::{Moment, Phase, Session};
use crate::Result;
use crate::media::TrackKind;
use crate::media::negotiation::{ConsumerParameters, LayerChoice};
use crate::media::plane::{Direction, MediaAction};
use crate::meeting::event::{Event, EventType};

/// How many tracks are received at once. Each keeps what waits to be read.
const MOST_CONSUMERS: usize = 2000;

/// Something that somebody sends and this participant receives.
pub(super) struct Consumer {
    participant_id: String,
    /// The producer, which is the same on every connection.
    pub(super) track_id: String,
    pub(super) kind: TrackKind,
    /// The request of the service that is answered once everything is there for it.
    request: Option<u64>,
    /// What the app is told at that moment, when the track is new to it.
    added: Option<Event>,
    /// From an earlier connection, and not told of since.
    is_stale: bool,
    pub(super) layers: LayerChoice,
    /// Whether it is paused, where the app has chosen that for this track alone.
    pub(super) pause_chosen: Option<bool>,
}

impl Consumer {
    /// Whether it can be had, on this connection.
    pub(super) fn is_ready(&self) -> bool {
        !self.is_stale && self.request.is_none()
    }
}

impl<T: Waiter> Session<T> {
    /// Somebody sends something.
    pub(in crate::meeting::session) fn consumer_came(&mut self, request: u64, data: &Value) {
        if !self.use_transport(Direction::Receive) {
            self.refuse(request, 403, "this participant receives no media");
            return;
        }
        if !self.has_room_for(data) {
            self.refuse(request, 503, "this participant receives too much already");
            self.warn_once(format!(
                "This participant receives {MOST_CONSUMERS} tracks already: more of them are refused"
            ));
            return;
        }
        if let Err(error) = self.consume(request, data) {
            self.refuse(request, 400, error.message());
            self.warn(format!(
                "Something that a participant sends cannot be received: {}",
                error.message()
            ));
        }
    }

    /// Whether that consumer can be added, or stands for one that is there.
    fn has_room_for(&self, data: &Value) -> bool {
        let consumers = &self.media.consumers;
        let (id, track_id) = (&data["id"], &data["producerId"]);
        consumers.len() < MOST_CONSUMERS
            || consumers
                .iter()
                .any(|(known, one)| *id == **known || *track_id == *one.track_id)
    }

    fn consume(&mut self, request: u64, data: &Value) -> Result<()> {
        let parameters = ConsumerParameters::read(&data["rtpParameters"])?;
        let text = |name: &str| data[name].as_str().unwrap_or_default();
        let app_data = &data["appData"];
        let participant_id = data["peerId"].as_str().or(app_data["peerId"].as_str());
        let participant_id = participant_id.unwrap_or_default().to_owned();
        let kind = TrackKind::of(parameters.codec.kind(), app_data["share"] == true);
        let id = text("id").to_owned();
        let track_id = text("producerId").to_owned();
        let known = self.stale_consumer(&track_id);
        // Should the service have forgotten to close another one, it means this one from now on.
        self.close_consumers(|other, one| other == id || one.track_id == track_id);
        let mid = self.media.next_mid();
        let added = Event::new(EventType::TrackAdded)
            .about(&participant_id)
            .of_track(&track_id)
            .with_code(kind as i32)
            .with_text(kind.name())
            .with_detail("codec", parameters.codec.name())
            .with_detail("spatialLayers", parameters.spatial_layers)
            .with_detail("temporalLayers", parameters.temporal_layers)
            .with_detail("paused", data["producerPaused"] == true)
            .with_detail("appData", app_data.clone());
        let mut layers = LayerChoice::new(&parameters, app_data);
        if let Some(known) = &known {
            layers.continue_from(&known.layers);
        }
        let consumer = Consumer {
            participant_id: participant_id.clone(),
            track_id: track_id.clone(),
            kind,
            request: Some(request),
            pause_chosen: known.as_ref().and_then(|known| known.pause_chosen),
            // One that was not told of yet is as new as one that was not there.
            added: match known {
                Some(known) => known.added.map(|_| added),
                None => Some(added),
            },
            is_stale: false,
            layers,
        };
        self.media.consumers.insert(id.clone(), consumer);
        self.act_on_media(MediaAction::Consume {
            id,
            mid,
            track_id,
            participant_id,
            kind,
            parameters: Box::new(parameters),
        });
        Ok(())
    }

    /// The one that stood for this track on an earlier connection.
    fn stale_consumer(&mut self, track_id: &str) -> Option<Consumer> {
        let mut consumers = self.media.consumers.iter();
        let (id, _) = consumers.find(|(_, one)| one.is_stale && one.track_id == track_id)?;
        let id = id.clone();
        self.media.consumers.remove(&id)
    }

    /// What it sends will be taken: now it may begin.
    pub(super) fn consumer_ready(&mut self, id: &str) {
        let Some(consumer) = self.media.consumers.get_mut(id) else {
            return;
        };
        let Some(request) = consumer.request.take() else {
            return;
        };
        let all_are_paused = self.media.paused.contains(&consumer.kind);
        let is_paused = consumer.pause_chosen.unwrap_or(all_are_paused);
        if let Some(added) = consumer.added.take() {
            self.tell(added);
        }
        if matches!(self.phase, Phase::Inside) {
            let data = json!({"consumerId": id});
            // Should one of them not be sent, there is no connection any more.
            if is_paused {
                // Before the answer: a service that begins with that, as some do, then does not.
                let _ = self.ask("pauseConsumer", "pause a track", &data, Purpose::Told);
            }
            self.accept(request, &json!({}));
            if !is_paused {
                let _ = self.ask("resumeConsumer", "receive a track", &data, Purpose::Told);
            }
            self.ask_for_due_layers(id);
        }
    }

    pub(in crate::meeting::session) fn consumer_closed(&mut self, id: &str) {
        if let Some(consumer) = self.media.consumers.remove(id) {
            self.stop_consuming(id, consumer);
        }
    }

    fn stop_consuming(&mut self, id: &str, consumer: Consumer) {
        self.act_on_media(MediaAction::StopConsuming {
            id: id.to_owned(),
            track_id: consumer.track_id.clone(),
        });
        // Of what was never told of nothing is told.
        if consumer.added.is_none() {
            self.tell_consumer(Event::new(EventType::TrackRemoved), &consumer);
        }
    }

    fn tell_consumer(&mut self, event: Event, consumer: &Consumer) {
        let event = event
            .about(&consumer.participant_id)
            .of_track(&consumer.track_id)
            .with_code(consumer.kind as i32)
            .with_text(consumer.kind.name());
        self.tell(event);
    }

    pub(in crate::meeting::session) fn consumer_paused(&mut self, id: &str, is_paused: bool) {
        let Some(mut consumer) = self.media.consumers.remove(id) else {
            return;
        };
        match consumer.added.take() {
            Some(added) => consumer.added = Some(added.with_detail("paused", is_paused)),
            None => {
                let event = match is_paused {
                    true => EventType::TrackPaused,
                    false => EventType::TrackResumed,
                };
                self.tell_consumer(Event::new(event), &consumer);
            }
        }
        self.media.consumers.insert(id.to_owned(), consumer);
    }

    pub(in crate::meeting::session) fn layers_changed(&mut self, data: &Value) {
        let id = data["consumerId"].as_str().unwrap_or_default();
        let known = self.media.consumers.get(id);
        if let Some(consumer) = known.filter(|consumer| consumer.added.is_none()) {
            let spatial = data["spatialLayer"].as_i64();
            let event = Event::new(EventType::TrackLayersChanged)
                .about(&consumer.participant_id)
                .of_track(&consumer.track_id)
                .with_code(spatial.and_then(|it| i32::try_from(it).ok()).unwrap_or(-1))
                .with_text(consumer.kind.name())
                .with_detail("spatialLayer", data["spatialLayer"].clone())
                .with_detail("temporalLayer", data["temporalLayer"].clone());
            self.tell(event);
        }
    }

    /// The app wants a key frame.
    pub(in crate::meeting) fn request_key_frame(&mut self, now: Moment, track_id: &str) {
        self.now = now;
        if let Some(id) = self.consumer_of(track_id) {
            let id = id.to_owned();
            self.act_on_media(MediaAction::RequestKeyFrame { id });
        }
    }

    /// The id in the service of what stands for a track now.
    pub(in crate::meeting) fn consumer_of(&self, track_id: &str) -> Option<&str> {
        let mut consumers = self.media.consumers.iter();
        let (id, _) = consumers.find(|(_, one)| !one.is_stale && one.track_id == track_id)?;
        Some(id)
    }

    /// Somebody has left; what it sent ends with it, should the service not have said so.
    pub(in crate::meeting::session) fn consumers_left(&mut self, participant_id: &str) {
        self.close_consumers(|_, consumer| consumer.participant_id == participant_id);
        self.data_consumers_left(participant_id);
        self.forget_subscriptions(participant_id);
    }

    /// Those that are chosen by their id in the service and what they are.
    fn close_consumers(&mut self, which: impl Fn(&str, &Consumer) -> bool) {
        let consumers = self.media.consumers.iter();
        let ids: Vec<String> = consumers
            .filter(|(id, consumer)| which(id, consumer))
            .map(|(id, _)| id.clone())
            .collect();
        for id in ids {
            self.consumer_closed(&id);
        }
    }

    /// This participant receives nothing any more, though it stays.
    pub(in crate::meeting::session) fn drop_consumers(&mut self) {
        self.close_consumers(|_, _| true);
        self.media.data_consumers.clear();
    }

    /// The connection was lost.
    pub(super) fn lose_consumers(&mut self) {
        for consumer in self.media.consumers.values_mut() {
            consumer.is_stale = true;
            consumer.request = None;
        }
        self.media.data_consumers.clear();
    }

    /// What did not come back with a new connection is over.
    pub(in crate::meeting::session) fn settle_consumers(&mut self) {
        self.close_consumers(|_, consumer| consumer.is_stale);
    }

    /// The meeting is over.
    pub(super) fn forget_consumers(&mut self) {
        if !self.media.consumers.is_empty() {
            self.media.consumers.clear();
            self.act_on_media(MediaAction::ForgetTracks);
        }
    }
}

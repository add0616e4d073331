//! What this participant sends.

use serde_json::{Value, json};

use super::super::outputs::{Action, Waiter};
use super::super::requests::Purpose;
use super::super::{Moment, Phase, Session};
use crate::media::TrackKind;
use crate::media::TrackOptions;
use crate::media::negotiation::{Encoding, Kind, ProducerParameters};
use crate::media::plane::{Direction, MediaAction, TrackKey};
use crate::meeting::choice::{Mode, PreferredProtocol};
use crate::meeting::event::{Event, EventType};
use crate::meeting::state::MeetingState;
use crate::{Error, Result, Status};

/// What the options of the meeting want of media.
#[derive(Clone, Copy, Debug)]
pub(in crate::meeting) struct Wanted {
    pub(in crate::meeting) mic: bool,
    pub(in crate::meeting) webcam: bool,
    /// Whether there is a microphone to be had without the app.
    pub(in crate::meeting) opens_microphone: bool,
    pub(in crate::meeting) protocol: PreferredProtocol,
    /// Whether the service sends what others send by itself.
    pub(in crate::meeting) auto_consume: bool,
}

/// A track that the app has.
pub(super) struct LocalTrack {
    options: TrackOptions,
    is_enabled: bool,
    producer: Producer,
}

enum Producer {
    None,
    /// Asked for.
    Asked(Stream),
    Running {
        id: String,
    },
}

/// What the packets of a producer are known by.
struct Stream {
    mid: String,
    payload_type: u8,
    encodings: Vec<Encoding>,
    /// Of each layer, at most.
    kbps: Vec<u32>,
}

/// More than this a shared screen without a profile is not worth.
const UNLIMITED_KBPS: u32 = 2500;

impl<T: Waiter> Session<T> {
    /// The app has something to send.
    pub(in crate::meeting) fn add_track(
        &mut self,
        now: Moment,
        track: TrackKey,
        options: TrackOptions,
    ) -> Result<()> {
        self.now = now;
        if matches!(self.state, MeetingState::Leaving | MeetingState::Left) {
            return Err(Error::new(
                Status::InvalidState,
                "A track cannot be added: the meeting is over",
                "Add tracks before leaving; to join again, initialise a new meeting.",
            ));
        }
        let local = LocalTrack {
            is_enabled: options.is_enabled(),
            options,
            producer: Producer::None,
        };
        self.media.tracks.insert(track, local);
        self.produce(track);
        Ok(())
    }

    pub(in crate::meeting) fn remove_track(&mut self, now: Moment, track: TrackKey) {
        self.now = now;
        self.enable(track, false);
        self.media.tracks.remove(&track);
    }

    pub(in crate::meeting) fn enable_track(&mut self, now: Moment, track: TrackKey, on: bool) {
        self.now = now;
        self.enable(track, on);
    }

    fn enable(&mut self, track: TrackKey, on: bool) {
        let Some(local) = self.media.tracks.get_mut(&track) else {
            return;
        };
        if std::mem::replace(&mut local.is_enabled, on) == on {
            return;
        }
        if on {
            return self.produce(track);
        }
        // One that is only asked for is closed when it is there.
        if let Producer::Running { .. } = &local.producer {
            self.stop_producing(track);
        }
    }

    /// Somebody who may has switched off what this participant sends of that kind.
    pub(in crate::meeting::session) fn disable_tracks(&mut self, kind: TrackKind) {
        for track in self.tracks_of(kind) {
            self.enable(track, false);
        }
    }

    /// The app switches all its microphones; whether there are any.
    pub(in crate::meeting) fn enable_microphones(&mut self, now: Moment, on: bool) -> bool {
        self.now = now;
        let tracks = self.tracks_of(TrackKind::Audio);
        for track in &tracks {
            self.enable(*track, on);
        }
        !tracks.is_empty()
    }

    /// The options wanted a microphone, and the app does not any more.
    pub(in crate::meeting) fn forget_wanted_microphone(&mut self) {
        self.media.wanted.mic = false;
    }

    fn tracks_of(&self, kind: TrackKind) -> Vec<TrackKey> {
        let tracks = self.media.tracks.iter();
        tracks
            .filter(|(_, local)| local.options.kind == kind)
            .map(|(track, _)| *track)
            .collect()
    }

    fn stop_producing(&mut self, track: TrackKey) {
        let Some(local) = self.media.tracks.get_mut(&track) else {
            return;
        };
        let producer = std::mem::replace(&mut local.producer, Producer::None);
        let kind = local.options.kind;
        if let Producer::Running { id } = producer {
            let data = json!({"producerId": id});
            // Should that not be sent, there is no connection any more, and no producer either.
            let _ = self.ask("closeProducer", "stop a track", &data, Purpose::Told);
            self.act_on_media(MediaAction::StopProducing(track));
            self.tell_local(EventType::TrackUnpublished, track, kind);
        }
    }

    /// Everything that is on and not sent yet.
    pub(super) fn begin_producing(&mut self) {
        let tracks: Vec<TrackKey> = self.media.tracks.keys().copied().collect();
        for track in tracks {
            self.produce(track);
        }
        let sends = self.local_mode() == Some(Mode::SendAndReceive);
        if !sends || std::mem::replace(&mut self.media.has_told_missing, true) {
            return;
        }
        for (wanted, kind) in [
            (self.media.wanted.mic, TrackKind::Audio),
            (self.media.wanted.webcam, TrackKind::Video),
        ] {
            let mut tracks = self.media.tracks.values();
            if wanted && !tracks.any(|local| local.options.kind == kind) {
                if kind == TrackKind::Audio && self.media.wanted.opens_microphone {
                    self.outputs.act(Action::OpenMicrophone);
                    continue;
                }
                let event = self
                    .media_event(EventType::SourceMissing)
                    .with_code(kind as i32)
                    .with_text(kind.name());
                self.tell(event);
            }
        }
    }

    /// Asks the service to take the track, if all is there for it.
    fn produce(&mut self, track: TrackKey) {
        let is_wanted = self
            .media
            .tracks
            .get(&track)
            .is_some_and(|local| local.is_enabled && matches!(local.producer, Producer::None));
        if !is_wanted
            || !matches!(self.phase, Phase::Inside)
            || !self.use_transport(Direction::Send)
        {
            return;
        }
        if let Err(error) = self.ask_to_produce(track) {
            self.producing_failed(track, &error);
        }
    }

    fn ask_to_produce(&mut self, track: TrackKey) -> Result<()> {
        let mid = self.media.next_mid();
        let media = &mut self.media;
        let (Some(negotiated), Some(local)) = (&media.negotiated, media.tracks.get_mut(&track))
        else {
            return Ok(());
        };
        let options = &local.options;
        let kind = options.kind.kind();
        let codec = negotiated.codec_for_sending(kind, Some(options.codec()))?;
        let layers = options.layers();
        let repairs = codec.retransmission_payload_type.is_some();
        let number = media.number;
        let mut encodings = Encoding::of_layers(&layers, || (number(), repairs.then(number)));
        let kbps = layers
            .iter()
            .map(|layer| layer.max_kbps.unwrap_or(UNLIMITED_KBPS))
            .collect();
        for encoding in &mut encodings {
            encoding.dtx = options.kind == TrackKind::Share;
        }
        if kind == Kind::Audio {
            for encoding in &mut encodings {
                encoding.max_bitrate = None;
            }
        }
        let parameters = ProducerParameters {
            mid: &mid,
            codec,
            cname: &media.cname,
            encodings: &encodings,
            opus: options.opus(),
        }
        .to_json(negotiated)?;
        let data = json!({
            "transportId": media.send.id,
            "kind": kind.name(),
            "rtpParameters": parameters,
            "appData": options.app_data(),
        });
        local.producer = Producer::Asked(Stream {
            payload_type: codec.payload_type,
            mid,
            encodings,
            kbps,
        });
        self.ask("produce", "send a track", &data, Purpose::Produce(track))
    }

    pub(in crate::meeting::session) fn produced(
        &mut self,
        track: TrackKey,
        outcome: Result<Value>,
    ) {
        let id = match outcome {
            Ok(reply) => reply["id"].as_str().unwrap_or_default().to_owned(),
            Err(error) => return self.producing_failed(track, &error),
        };
        let Some(local) = self.media.tracks.get_mut(&track) else {
            // The app has taken it away meanwhile.
            let data = json!({"producerId": id});
            let _ = self.ask("closeProducer", "stop a track", &data, Purpose::Told);
            return;
        };
        let running = Producer::Running { id };
        let Producer::Asked(stream) = std::mem::replace(&mut local.producer, running) else {
            return;
        };
        let (kind, is_enabled) = (local.options.kind, local.is_enabled);
        self.act_on_media(MediaAction::Produce {
            track,
            mid: stream.mid,
            payload_type: stream.payload_type,
            encodings: stream.encodings,
            kbps: stream.kbps,
        });
        self.tell_local(EventType::TrackPublished, track, kind);
        if !is_enabled {
            self.stop_producing(track);
        }
    }

    fn producing_failed(&mut self, track: TrackKey, error: &Error) {
        if let Some(local) = self.media.tracks.get_mut(&track) {
            local.producer = Producer::None;
            let event = Event::new(EventType::TrackFailed)
                .with_code(local.options.kind as i32)
                .with_text(error.message())
                .with_status(Some(error.status()))
                .with_detail("remedy", error.remedy())
                .with_detail("serviceCode", error.service_code());
            self.tell_track(event, track);
        }
    }

    /// With the transport its producers are gone.
    pub(super) fn forget_producers(&mut self) {
        let running: Vec<(TrackKey, TrackKind)> = self
            .media
            .tracks
            .iter_mut()
            .filter_map(|(track, local)| {
                let producer = std::mem::replace(&mut local.producer, Producer::None);
                let was_running = matches!(producer, Producer::Running { .. });
                was_running.then_some((*track, local.options.kind))
            })
            .collect();
        for (track, kind) in running {
            self.tell_local(EventType::TrackUnpublished, track, kind);
        }
    }

    pub(super) fn key_frame_wanted(&mut self, track: TrackKey) {
        if let Some(local) = self.media.tracks.get(&track) {
            let kind = local.options.kind;
            self.tell_local(EventType::KeyFrameRequested, track, kind);
        }
    }

    pub(super) fn target_changed(&mut self, track: TrackKey, layer: u8) {
        if self.media.tracks.contains_key(&track) {
            let event = Event::new(EventType::EncoderTargetChanged).with_code(layer.into());
            self.tell_track(event, track);
        }
    }

    /// The official clients tell the same as `quality-limitation` (protocol, section 7.8).
    pub(super) fn limitation_changed(
        &mut self,
        track: TrackKey,
        is_limited: bool,
        wanted_kbps: u32,
        granted_kbps: u32,
    ) {
        if self.media.tracks.contains_key(&track) {
            let event = Event::new(EventType::QualityLimitationChanged)
                .with_code(is_limited.into())
                .with_text("bandwidth")
                .with_detail("state", if is_limited { "detected" } else { "resolved" })
                .with_detail("wantedKbps", wanted_kbps)
                .with_detail("grantedKbps", granted_kbps);
            self.tell_track(event, track);
        }
    }

    /// The same, of an encoder of the library's own. Whether another keeps up is the app's to know.
    pub(super) fn picture_reduced(&mut self, track: TrackKey, reduced_by: f64) {
        if self.media.tracks.contains_key(&track) {
            let is_limited = reduced_by > 1.0;
            let event = Event::new(EventType::QualityLimitationChanged)
                .with_code(is_limited.into())
                .with_text("cpu")
                .with_detail("state", if is_limited { "detected" } else { "resolved" })
                .with_detail("reducedBy", reduced_by);
            self.tell_track(event, track);
        }
    }

    /// The ids of the tracks that are sent now.
    pub(super) fn sent_tracks(&self) -> impl Iterator<Item = String> {
        let tracks = self.media.tracks.iter();
        tracks
            .filter(|(_, local)| matches!(local.producer, Producer::Running { .. }))
            .map(|(track, _)| track.id())
    }

    fn tell_local(&mut self, event: EventType, track: TrackKey, kind: TrackKind) {
        let event = Event::new(event)
            .with_code(kind as i32)
            .with_text(kind.name());
        self.tell_track(event, track);
    }

    fn tell_track(&mut self, event: Event, track: TrackKey) {
        let event = event.about(self.local_id());
        self.tell(event.of_track(&track.id()));
    }
}

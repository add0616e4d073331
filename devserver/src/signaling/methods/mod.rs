//! What clients may ask for, one file for each topic.

mod across;
mod agents;
mod characters;
mod connections;
mod consumers;
mod entry;
mod join;
mod media;
mod mode;
mod moderation;
mod peers;
mod pubsub;
mod relay;
mod services;
mod stats;
mod store;
mod switch;
mod transports;

use serde_json::{Map, Value, json};

use super::connections::Before;
use super::frame::{Outgoing, Request};
use super::participant::{Key, Participant};
use super::refusal::Refused;
use super::room::LiveRoom;
use super::services::Service;
use super::{Rooms, Seat};
use crate::app::App;
use crate::sfu::{FORWARDS, Failed};

use across::Across;

/// A request that is being carried out. Whatever it changes, it first sends its own answer with
/// [`Call::accept`]: clients expect it before what follows from it.
pub(super) struct Call<'call> {
    pub app: &'call App,
    pub room: &'call mut LiveRoom,
    pub key: Key,
    pub id: u64,
    pub data: Map<String, Value>,
}

type Outcome = Result<(), Refused>;

/// A request that the media server has a part in. What it does is waited for without the lock, so
/// everything may have changed by then.
pub(super) struct MediaCall<'call> {
    pub app: &'call App,
    pub seat: &'call Seat,
    pub id: u64,
    pub data: Map<String, Value>,
}

impl MediaCall<'_> {
    /// Does something under the lock, with the caller in the room.
    pub fn locked<Given>(
        &mut self,
        act: impl FnOnce(&mut Call<'_>) -> Result<Given, Refused>,
    ) -> Result<Given, Refused> {
        let mut rooms = self.app.signaling.rooms();
        let room = rooms.get_mut(&self.seat.room_id);
        let Some(room) = room.filter(|room| room.index_of(self.seat.key).is_some()) else {
            return Err(Refused::not_found("The participant has left the room"));
        };
        let mut call = Call {
            app: self.app,
            room,
            key: self.seat.key,
            id: self.id,
            data: std::mem::take(&mut self.data),
        };
        let given = act(&mut call);
        self.data = call.data;
        given
    }

    /// Answers that it is done.
    pub fn done(&mut self) -> Outcome {
        self.accept(done())
    }

    pub fn accept(&mut self, data: Value) -> Outcome {
        self.locked(|call| {
            call.accept(data);
            Ok(())
        })
    }

    /// A text that the request must have.
    pub fn text(&self, name: &str) -> Result<&str, Refused> {
        text(&self.data, name)
    }
}

impl From<Failed> for Refused {
    /// The media server takes nothing else amiss than what the request says.
    fn from(failed: Failed) -> Refused {
        Refused::bad_request(failed.0)
    }
}

impl Call<'_> {
    pub fn index(&self) -> usize {
        self.room
            .index_of(self.key)
            .expect("a call is made by somebody in the room, and one lock is held for all of it")
    }

    pub fn caller(&self) -> &Participant {
        &self.room.participants[self.index()]
    }

    pub fn caller_mut(&mut self) -> &mut Participant {
        let index = self.index();
        &mut self.room.participants[index]
    }

    pub fn accept(&self, data: Value) {
        self.caller()
            .outbox
            .send(Outgoing::accepted(self.id, &data));
    }

    /// The participant with this id, or else a refusal with this number.
    pub fn participant(&self, id: &str, code: u16) -> Result<&Participant, Refused> {
        self.room.joined_as(id).ok_or_else(|| {
            Refused::new(code, format!("There is no participant {id:?} in the room"))
        })
    }

    /// A text that the request must have.
    pub fn text(&self, name: &str) -> Result<&str, Refused> {
        text(&self.data, name)
    }
}

fn text<'data>(data: &'data Map<String, Value>, name: &str) -> Result<&'data str, Refused> {
    match data.get(name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        Some(Value::String(_)) => Err(Refused::bad_request(format!("{name} is empty"))),
        Some(_) => Err(Refused::bad_request(format!("{name} must be a string"))),
        None => Err(Refused::bad_request(format!("{name} is missing"))),
    }
}

/// Whether a request with this method may change what the status page shows. Those that come most
/// often do not.
pub(super) fn may_change_what_is_shown(method: &str) -> bool {
    let never = [
        "pubsubPublish",
        "pubsubSubscribe",
        "realtimeStoreSet",
        "realtimeStoreGet",
        "agentStateChanged",
        "agentTranscript",
        "agentMetrics",
        "getTransportStats",
    ];
    !never.contains(&method)
}

/// Whether afterwards there may be something to forward that was not forwarded before.
pub(super) fn may_change_what_is_forwarded(method: &str) -> bool {
    matches!(
        method,
        "createWebRtcTransport"
            | "join"
            | "respondEntry"
            | "produce"
            | "produceData"
            | "changeMode"
            | "respondToMediaRelayRequest"
            | "enableRelayMedia"
            | "consumeAudioStreams"
            | "consumeVideoStreams"
    )
}

/// Whether the media server has a part in it.
pub(super) fn is_about_media(method: &str) -> bool {
    matches!(
        method,
        "getRouterRtpCapabilities"
            | "createWebRtcTransport"
            | "connectWebRtcTransport"
            | "restartIce"
            | "produce"
            | "produceData"
            | "closeProducer"
            | "pauseProducer"
            | "resumeProducer"
            | "pauseConsumer"
            | "resumeConsumer"
            | "setConsumerPreferredLayers"
            | "setConsumerPriority"
            | "requestConsumerKeyFrame"
            | "pauseAllConsumers"
            | "resumeAllConsumers"
            | "getTransportStats"
            | "getDataProducerStats"
            | "getDataConsumerStats"
    )
}

/// Carries out a request that [`is_about_media`] and answers it.
pub(super) async fn answer_media(app: &App, seat: &Seat, request: Request) {
    let Request { id, method, data } = request;
    let mut call = MediaCall {
        app,
        seat,
        id,
        data,
    };
    let Ok((outbox, joined)) = call.locked(|call| {
        let caller = call.caller();
        Ok((caller.outbox.clone(), caller.has_joined()))
    }) else {
        return;
    };
    if let Err(Refused { code, reason }) = carry_out_media(&mut call, &method, joined).await {
        outbox.send(Outgoing::refused(id, code, &reason));
    }
}

async fn carry_out_media(call: &mut MediaCall<'_>, method: &str, joined: bool) -> Outcome {
    // What somebody may ask for who is not in yet.
    match method {
        "getRouterRtpCapabilities" => return transports::router_capabilities(call).await,
        "createWebRtcTransport" => return transports::create(call).await,
        "connectWebRtcTransport" => return transports::connect(call).await,
        "restartIce" => return transports::restart_ice(call).await,
        _ if !joined => return Err(not_joined(method)),
        _ => {}
    }
    match method {
        "produce" => media::produce(call).await,
        "produceData" => media::produce_data(call).await,
        "closeProducer" => media::close_producer(call).await,
        "pauseProducer" => media::pause_or_resume_producer(call, true).await,
        "resumeProducer" => media::pause_or_resume_producer(call, false).await,
        "pauseConsumer" => consumers::pause(call).await,
        "resumeConsumer" => consumers::resume(call).await,
        "setConsumerPreferredLayers" => consumers::set_preferred_layers(call).await,
        "setConsumerPriority" => consumers::set_priority(call).await,
        "requestConsumerKeyFrame" => consumers::request_key_frame(call).await,
        "pauseAllConsumers" => consumers::pause_all(call).await,
        "resumeAllConsumers" => consumers::resume_all(call).await,
        "getTransportStats" => stats::transport(call).await,
        "getDataProducerStats" if FORWARDS => stats::data_producer(call).await,
        "getDataConsumerStats" if FORWARDS => stats::data_consumer(call).await,
        _ => Err(unavailable(method)),
    }
}

/// Carries a request out and answers it; then meetings that are connected with the caller's hear
/// who has come and gone.
pub(super) fn answer(app: &App, rooms: &mut Rooms, seat: &mut Seat, request: Request) {
    let room = rooms.get(&seat.room_id);
    let room = room.filter(|_| may_change_what_is_shown(&request.method));
    let before = room.and_then(Before::of);
    answer_alone(app, rooms, seat, request);
    if let Some(before) = before {
        before.follow(rooms);
    }
}

fn answer_alone(app: &App, rooms: &mut Rooms, seat: &mut Seat, request: Request) {
    let Some(room) = rooms.get_mut(&seat.room_id) else {
        return;
    };
    // Somebody who was removed may still have sent something.
    let Some(index) = room.index_of(seat.key) else {
        return;
    };
    let outbox = room.participants[index].outbox.clone();
    let Request { id, method, data } = request;
    let two_meetings = across::method(&method);
    let outcome = if two_meetings.is_none() && method != "switchToMeeting" {
        let mut call = Call {
            app,
            room,
            key: seat.key,
            id,
            data,
        };
        carry_out(&mut call, &method)
    } else if !room.participants[index].has_joined() {
        Err(not_joined(&method))
    } else if let Some(carry_out) = two_meetings {
        let data = &data;
        carry_out(&mut Across {
            app,
            rooms,
            seat,
            id,
            data,
        })
    } else {
        switch::switch(app, rooms, seat, id, &data)
    };
    if let Err(Refused { code, reason }) = outcome {
        outbox.send(Outgoing::refused(id, code, &reason));
    }
}

fn not_joined(method: &str) -> Refused {
    Refused::unauthorized(format!("Join first: {method} is for participants"))
}

fn carry_out(call: &mut Call<'_>, method: &str) -> Outcome {
    // What somebody may ask for who is not in yet.
    match method {
        "requestEntry" => return entry::request(call),
        "iceRestarted" => return transports::ice_restarted(call),
        "join" => return join::join(call),
        "definePeerLeftReason" => return join::define_leave_reason(call),
        _ => {}
    }
    let Some(carry_out) = for_participants(method) else {
        return Err(unavailable(method));
    };
    if !call.caller().has_joined() {
        return Err(not_joined(method));
    }
    carry_out(call)
}

/// Why a method is not there.
fn unavailable(method: &str) -> Refused {
    let why = match method {
        "getDataProducerStats" | "getDataConsumerStats" => {
            "This service has no figures of data channels: no data flows through it"
        }
        "applyNetworkThrottle" | "resetNetworkThrottle" => {
            "This service throttles no network: a fault with latencyMs slows requests down, see \
             POST /admin/faults"
        }
        _ => return Refused::not_found(format!("There is no method {method:?} in this service")),
    };
    Refused::not_found(why)
}

fn for_participants(method: &str) -> Option<fn(&mut Call<'_>) -> Outcome> {
    Some(match method {
        "respondEntry" => entry::respond,
        "produceError" => media::produce_error,
        "consumeAudioStreams" => consumers::consume_audio,
        "consumeVideoStreams" => consumers::consume_video,
        "stopConsumingAudioStreams" => consumers::stop_consuming_audio,
        "stopConsumingVideoStreams" => consumers::stop_consuming_video,
        "enableAdaptiveSubscription" => consumers::enable_adaptive_subscription,
        "disableAdaptiveSubscription" => consumers::disable_adaptive_subscription,
        "changeDisplayName" => join::change_display_name,
        "pubsubPublish" => pubsub::publish,
        "pubsubSubscribe" => pubsub::subscribe,
        "enablePeerMic" => peers::enable_mic,
        "disablePeerMic" => peers::disable_mic,
        "enablePeerWebcam" => peers::enable_webcam,
        "disablePeerWebcam" => peers::disable_webcam,
        "pinStateChanged" => peers::pin,
        "switchPeerRoom" => peers::switch_room,
        "changeMode" => mode::change,
        "realtimeStoreSet" => store::set,
        "realtimeStoreGet" => store::get,
        "realtimeStoreObserve" => store::observe,
        "realtimeStoreStopObserve" => store::stop_observing,
        "startRecording" => |call| services::start(call, Service::Recording),
        "stopRecording" => |call| services::stop(call, Service::Recording),
        "startLivestream" => |call| services::start(call, Service::Livestream),
        "stopLivestream" => |call| services::stop(call, Service::Livestream),
        "startHls" => |call| services::start(call, Service::Hls),
        "stopHls" => |call| services::stop(call, Service::Hls),
        "startTranscription" => |call| services::start(call, Service::Transcription),
        "stopTranscription" => |call| services::stop(call, Service::Transcription),
        "startTranslation" => |call| services::start(call, Service::Translation),
        "stopTranslation" => |call| services::stop(call, Service::Translation),
        "changeTranslationLanguage" => services::change_language,
        "startWhiteboard" => |call| services::start(call, Service::Whiteboard),
        "stopWhiteboard" => |call| services::stop(call, Service::Whiteboard),
        "agentStateChanged" => agents::state,
        "agentTranscript" => agents::transcript,
        "agentMetrics" => agents::metrics,
        "joinCharacter" => characters::join,
        "leaveCharacter" => characters::leave,
        "sendCharacterMessage" => characters::send_message,
        "interruptCharacter" => characters::interrupt,
        "removePeer" => moderation::remove_peer,
        "closeRoom" => moderation::close_room,
        _ => return None,
    })
}

/// The answer that says no more than that it is done.
fn done() -> Value {
    json!({})
}

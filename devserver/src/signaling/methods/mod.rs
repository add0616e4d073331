//! What clients may ask for, one file for each topic.

mod agents;
mod entry;
mod join;
mod media;
mod mode;
mod moderation;
mod peers;
mod pubsub;
mod services;
mod store;
mod switch;
mod transports;

use serde_json::{Map, Value, json};

use super::frame::{Outgoing, Request};
use super::participant::{Key, Participant};
use super::refusal::Refused;
use super::room::LiveRoom;
use super::services::Service;
use super::{Rooms, Seat};
use crate::app::App;

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
        match self.data.get(name) {
            Some(Value::String(text)) if !text.is_empty() => Ok(text),
            Some(Value::String(_)) => Err(Refused::bad_request(format!("{name} is empty"))),
            Some(_) => Err(Refused::bad_request(format!("{name} must be a string"))),
            None => Err(Refused::bad_request(format!("{name} is missing"))),
        }
    }
}

/// Carries a request out and answers it.
pub(super) fn answer(app: &App, rooms: &mut Rooms, seat: &mut Seat, request: Request) {
    let Some(room) = rooms.get_mut(&seat.room_id) else {
        return;
    };
    // Somebody who was removed may still have sent something.
    let Some(index) = room.index_of(seat.key) else {
        return;
    };
    let outbox = room.participants[index].outbox.clone();
    let Request { id, method, data } = request;
    // The one method that is about two rooms.
    if method == "switchToMeeting" && room.participants[index].has_joined() {
        if let Err(Refused { code, reason }) = switch::switch(app, rooms, seat, id, &data) {
            outbox.send(Outgoing::refused(id, code, &reason));
        }
        return;
    }
    let mut call = Call {
        app,
        room,
        key: seat.key,
        id,
        data,
    };
    if let Err(Refused { code, reason }) = carry_out(&mut call, &method) {
        outbox.send(Outgoing::refused(id, code, &reason));
    }
}

fn carry_out(call: &mut Call<'_>, method: &str) -> Outcome {
    // What somebody may ask for who is not in yet.
    match method {
        "requestEntry" => return entry::request(call),
        "getRouterRtpCapabilities" => return transports::router_capabilities(call),
        "createWebRtcTransport" => return transports::create(call),
        "connectWebRtcTransport" => return transports::connect(call),
        "join" => return join::join(call),
        "definePeerLeftReason" => return join::define_leave_reason(call),
        _ => {}
    }
    let Some(carry_out) = for_participants(method) else {
        return Err(Refused::not_found(format!(
            "There is no method {method:?}, or this service does not have it"
        )));
    };
    if !call.caller().has_joined() {
        return Err(Refused::unauthorized(format!(
            "Join first: {method} is for participants"
        )));
    }
    carry_out(call)
}

fn for_participants(method: &str) -> Option<fn(&mut Call<'_>) -> Outcome> {
    Some(match method {
        "respondEntry" => entry::respond,
        "produce" => media::produce,
        "produceData" => media::produce_data,
        "closeProducer" => media::close_producer,
        "getTransportStats" => media::transport_stats,
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
        "removePeer" => moderation::remove_peer,
        "closeRoom" => moderation::close_room,
        _ => return None,
    })
}

/// The answer that says no more than that it is done.
fn done() -> Value {
    json!({})
}

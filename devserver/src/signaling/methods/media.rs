//! Starting and stopping to send. The others are told of it; nothing is forwarded to them.

use serde_json::{Value, json};

use super::transports::known_transport;
use super::{Call, Outcome, done};
use crate::signaling::media::{Producer, kind};
use crate::signaling::refusal::Refused;
use crate::world::random_hex;

/// `produce`
pub(super) fn produce(call: &mut Call<'_>) -> Outcome {
    known_transport(call)?;
    let kind = kind(call.text("kind")?, call.data.get("appData"))
        .ok_or_else(|| Refused::bad_request("kind must be audio or video"))?;
    match call.data.get("rtpParameters").map(|it| &it["codecs"]) {
        Some(Value::Array(codecs)) if !codecs.is_empty() => {}
        _ => {
            return Err(Refused::bad_request(
                "rtpParameters must have at least one entry in codecs",
            ));
        }
    }
    if !call.caller().sends() {
        let mode = &call.caller().identity.mode;
        return Err(Refused::unauthorized(format!(
            "A participant in the mode {mode} does not send"
        )));
    }
    let id = random_hex(16);
    let producer = Producer {
        id: id.clone(),
        kind,
    };
    let added = call.caller_mut().media.add_producer(producer);
    added.map_err(|_| Refused::bad_request("There are too many producers: close some first"))?;
    call.accept(json!({"id": id}));
    tell_state(call, kind, true);
    Ok(())
}

/// `produceData`
pub(super) fn produce_data(call: &mut Call<'_>) -> Outcome {
    known_transport(call)?;
    let added = call.caller_mut().media.add_data_producer();
    added.map_err(|_| Refused::bad_request("There are too many data producers"))?;
    call.accept(json!({"id": random_hex(16)}));
    Ok(())
}

/// `closeProducer`
pub(super) fn close_producer(call: &mut Call<'_>) -> Outcome {
    let id = call.text("producerId")?.to_owned();
    let Some(producer) = call.caller_mut().media.remove_producer(&id) else {
        return Err(Refused::not_found(format!(
            "There is no producer {id:?} of this participant"
        )));
    };
    call.accept(done());
    tell_state(call, producer.kind, false);
    Ok(())
}

/// `getTransportStats`: nothing flows, so every figure is 0.
pub(super) fn transport_stats(call: &mut Call<'_>) -> Outcome {
    call.accept(json!({
        "send": {"stats": {"sendBitrate": 0, "sendBytes": 0}},
        "recv": {"stats": {"recvBitrate": 0, "recvBytes": 0}},
    }));
    Ok(())
}

/// Tells everybody, the sender too: official clients know it from this notification alone.
pub(super) fn tell_state(call: &Call<'_>, kind: &str, running: bool) {
    let state: Value = json!({
        "peerId": call.caller().id(), "kind": kind, "newState": running,
    });
    call.room.notify_all("participantMediaStateChanged", &state);
}

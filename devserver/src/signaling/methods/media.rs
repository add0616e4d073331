//! Starting and stopping to send. The others are told of it.

use serde_json::{Value, json};

use super::transports::known_transport;
use super::{Call, MediaCall, Outcome, done};
use crate::signaling::media::{DataProducer, Producer, kind};
use crate::signaling::refusal::Refused;

/// The most bytes of JSON that `appData` may have: everybody who receives it gets it.
const APP_DATA_LIMIT: usize = 64 * 1024;

/// `produce`
pub(super) async fn produce(call: &mut MediaCall<'_>) -> Outcome {
    let (transport, kind) = call.locked(|call| {
        check_sends(call)?;
        let transport = known_transport(call)?;
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
        let checked = call.caller().media.check_producers();
        checked
            .map_err(|_| Refused::bad_request("There are too many producers: close some first"))?;
        Ok((transport, kind))
    })?;
    let app_data = app_data(call)?;
    let parameters = call.data.remove("rtpParameters").unwrap_or_default();
    let sfu = &call.app.sfu;
    let rtp_kind = call.text("kind")?;
    let handle = transport
        .produce(sfu, call.seat.key, rtp_kind, &parameters)
        .await?;
    call.locked(|call| {
        check_sends(call)?;
        let id = handle.id().to_owned();
        call.caller_mut().media.producers.push(Producer {
            kind,
            app_data,
            paused: false,
            listened_to: false,
            handle,
        });
        call.accept(json!({"id": id}));
        tell_state(call, kind, true);
        Ok(())
    })
}

fn check_sends(call: &Call<'_>) -> Outcome {
    let caller = call.caller();
    if caller.sends() {
        return Ok(());
    }
    let mode = &caller.identity.mode;
    Err(Refused::unauthorized(format!(
        "A participant in the mode {mode} does not send"
    )))
}

fn app_data(call: &mut MediaCall<'_>) -> Result<Value, Refused> {
    let app_data = call.data.remove("appData").unwrap_or_default();
    if app_data.to_string().len() > APP_DATA_LIMIT {
        let text = format!("appData has more than {APP_DATA_LIMIT} bytes");
        return Err(Refused::bad_request(text));
    }
    Ok(app_data)
}

/// `produceData`
pub(super) async fn produce_data(call: &mut MediaCall<'_>) -> Outcome {
    let transport = call.locked(|call| {
        let transport = known_transport(call)?;
        let checked = call.caller().media.check_data_producers();
        checked.map_err(|_| Refused::bad_request("There are too many data producers"))?;
        Ok(transport)
    })?;
    let app_data = app_data(call)?;
    let handle = transport.produce_data(&call.app.sfu, &call.data).await?;
    call.locked(|call| {
        call.accept(json!({"id": handle.id()}));
        call.caller_mut()
            .media
            .data_producers
            .push(DataProducer { app_data, handle });
        Ok(())
    })
}

/// `closeProducer`
pub(super) async fn close_producer(call: &mut MediaCall<'_>) -> Outcome {
    let id = call.text("producerId")?.to_owned();
    let producer = call.locked(|call| {
        let removed = call.caller_mut().media.remove_producer(&id);
        let producer = removed.ok_or_else(|| no_producer(&id))?;
        call.accept(done());
        tell_state(call, producer.kind, false);
        call.room.stop_forwarding(&[id]);
        Ok(producer)
    })?;
    // The client's next request waits for that.
    producer.handle.close().await;
    Ok(())
}

/// `pauseProducer` and `resumeProducer`. Those who receive it hear of it through their consumers.
pub(super) async fn pause_or_resume_producer(call: &mut MediaCall<'_>, pause: bool) -> Outcome {
    let id = call.text("producerId")?.to_owned();
    let handle = call.locked(|call| match call.caller().media.producer(&id) {
        Some(producer) => Ok(producer.handle.clone()),
        None => Err(no_producer(&id)),
    })?;
    match pause {
        true => handle.pause().await?,
        false => handle.resume().await?,
    }
    call.locked(|call| {
        call.accept(done());
        let media = &mut call.caller_mut().media;
        let mut producers = media.producers.iter_mut();
        let Some(producer) = producers.find(|one| one.id() == id && one.paused != pause) else {
            return Ok(());
        };
        producer.paused = pause;
        let method = match pause {
            true => "consumerPaused",
            false => "consumerResumed",
        };
        call.room.notify_consumers(&id, method);
        Ok(())
    })
}

/// `produceError`: a client could not begin to send. Nobody is told; it would have been told of a
/// success.
pub(super) fn produce_error(call: &mut Call<'_>) -> Outcome {
    let known = ["audio", "video", "share", "shareAudio"];
    if !known.contains(&call.text("mediaType")?) {
        let known = known.join(", ");
        let text = format!("mediaType must be one of {known}");
        return Err(Refused::bad_request(text));
    }
    call.accept(done());
    Ok(())
}

fn no_producer(id: &str) -> Refused {
    Refused::not_found(format!("There is no producer {id:?} of this participant"))
}

/// Tells everybody, the sender too: official clients know it from this notification alone.
pub(super) fn tell_state(call: &Call<'_>, kind: &str, running: bool) {
    let state: Value = json!({
        "peerId": call.caller().id(), "kind": kind, "newState": running,
    });
    call.room.notify_all("participantMediaStateChanged", &state);
}

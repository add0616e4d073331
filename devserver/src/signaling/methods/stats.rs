//! Figures of what flows.

use serde_json::{Value, json};

use super::{MediaCall, Outcome};
use crate::sfu;
use crate::signaling::refusal::Refused;

/// `getTransportStats`: of the participant that the request names, or else of the caller.
pub(super) async fn transport(call: &mut MediaCall<'_>) -> Outcome {
    let (send, recv) = call.locked(|call| {
        let named = call.data.get("peerId").and_then(Value::as_str);
        let one = match named {
            Some(id) => call.participant(id, 404)?,
            None => call.caller(),
        };
        let newest = |producing| {
            let transport = one.media.newest_transport(producing);
            transport.map(|one| one.handle.clone())
        };
        Ok((newest(true), newest(false)))
    })?;
    let (send, recv) = (figures(send).await?, figures(recv).await?);
    call.accept(json!({"send": send, "recv": recv}))
}

/// The media server receives what a client sends: the figures are named from the client's side. One
/// official client looks for them in `stats`, the other beside that.
async fn figures(transport: Option<sfu::Transport>) -> Result<Value, Refused> {
    let figures = match transport {
        Some(transport) => transport.stats().await?,
        None => Value::Null,
    };
    let number = |name: &str| figures[name].as_u64().unwrap_or_default();
    Ok(json!({
        "stats": {
            "sendBitrate": number("recvBitrate"),
            "sendBytes": number("recvBytes"),
            "recvBitrate": number("sendBitrate"),
            "recvBytes": number("sendBytes"),
        },
        "availableBitrate": figures["availableOutgoingBitrate"],
        "rtt": figures["roundTripTime"],
    }))
}

/// `getDataProducerStats`
pub(super) async fn data_producer(call: &mut MediaCall<'_>) -> Outcome {
    let id = call.text("dataProducerId")?.to_owned();
    let producer = call.locked(|call| {
        let mut producers = call.caller().media.data_producers.iter();
        let producer = producers.find(|one| one.handle.id() == id);
        let text = format!("There is no data producer {id:?} of this participant");
        producer
            .map(|one| one.handle.clone())
            .ok_or_else(|| Refused::not_found(text))
    })?;
    let figures = producer.stats().await?;
    call.accept(figures)
}

/// `getDataConsumerStats`
pub(super) async fn data_consumer(call: &mut MediaCall<'_>) -> Outcome {
    let id = call.text("dataConsumerId")?.to_owned();
    let consumer = call.locked(|call| {
        let mut consumers = call.caller().media.data_consumers.iter();
        let consumer = consumers.find(|one| one.handle.id() == id);
        let text = format!("There is no data consumer {id:?} of this participant");
        consumer
            .map(|one| one.handle.clone())
            .ok_or_else(|| Refused::not_found(text))
    })?;
    let figures = consumer.stats().await?;
    call.accept(figures)
}

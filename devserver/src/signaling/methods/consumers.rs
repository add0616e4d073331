//! Receiving. Where nothing is forwarded nobody has a consumer: a request that names one is refused,
//! one that is about all there are is done, and one that wants media is told that there is none.

use serde_json::{Value, json};

use super::{Call, MediaCall, Outcome, done};
use crate::sfu::{self, FORWARDS};
use crate::signaling::media::Consumer;
use crate::signaling::refusal::Refused;

const NOT_FOUND: u16 = 404;
const ENABLE_ADAPTIVE_SUBSCRIPTION_FAILED: u16 = 4048;
const DISABLE_ADAPTIVE_SUBSCRIPTION_FAILED: u16 = 4049;
const PAUSE_ALL_STREAMS_FAILED: u16 = 4057;
const RESUME_ALL_STREAMS_FAILED: u16 = 4058;
const SET_QUALITY_FAILED: u16 = 4073;
const PAUSE_STREAM_FAILED: u16 = 4074;
const RESUME_STREAM_FAILED: u16 = 4075;
const CONSUME_MIC_FAILED: u16 = 4080;
const CONSUME_WEBCAM_FAILED: u16 = 4081;
const STOP_CONSUMING_MIC_FAILED: u16 = 4082;
const STOP_CONSUMING_WEBCAM_FAILED: u16 = 4083;
/// What a client may pause and resume at once.
const KINDS: [&str; 5] = ["audio", "video", "share", "shareAudio", "all"];

/// The most layers that a request may name: what mediasoup knows of scalability.
const LAYER_LIMIT: u64 = 3;

/// `pauseConsumer`
pub(super) async fn pause(call: &mut MediaCall<'_>) -> Outcome {
    let consumer = set_paused(call, true, PAUSE_STREAM_FAILED)?;
    consumer.pause().await?;
    call.done()
}

/// `resumeConsumer`
pub(super) async fn resume(call: &mut MediaCall<'_>) -> Outcome {
    let consumer = set_paused(call, false, RESUME_STREAM_FAILED)?;
    consumer.resume().await?;
    call.done()
}

fn set_paused(call: &mut MediaCall<'_>, paused: bool, code: u16) -> Result<sfu::Consumer, Refused> {
    with_consumer(call, code, |consumer| {
        consumer.paused = paused;
        consumer.handle.clone()
    })
}

/// `setConsumerPreferredLayers`. A layer that there is not is the nearest one that there is.
pub(super) async fn set_preferred_layers(call: &mut MediaCall<'_>) -> Outcome {
    let layer = |name: &str| {
        let layer = call.data.get(name).and_then(Value::as_u64);
        layer.map(|layer| layer.min(LAYER_LIMIT - 1) as u8)
    };
    let (spatial, temporal) = (layer("spatialLayer"), layer("temporalLayer"));
    let consumer = handle(call, SET_QUALITY_FAILED)?;
    let Some(spatial) = spatial else {
        let text = "spatialLayer must be a whole number";
        return Err(Refused::new(SET_QUALITY_FAILED, text));
    };
    consumer.prefer_layers(spatial, temporal).await?;
    call.done()
}

/// `setConsumerPriority`
pub(super) async fn set_priority(call: &mut MediaCall<'_>) -> Outcome {
    let priority = call.data.get("priority").and_then(Value::as_u64);
    let consumer = handle(call, NOT_FOUND)?;
    let priority = priority.and_then(|priority| u8::try_from(priority).ok());
    let Some(priority) = priority.filter(|priority| *priority > 0) else {
        return Err(Refused::bad_request(
            "priority must be a number of 1 to 255",
        ));
    };
    consumer.set_priority(priority).await?;
    call.done()
}

/// `requestConsumerKeyFrame`
pub(super) async fn request_key_frame(call: &mut MediaCall<'_>) -> Outcome {
    let consumer = handle(call, NOT_FOUND)?;
    consumer.request_key_frame().await?;
    call.done()
}

fn handle(call: &mut MediaCall<'_>, code: u16) -> Result<sfu::Consumer, Refused> {
    with_consumer(call, code, |consumer| consumer.handle.clone())
}

fn with_consumer<Given>(
    call: &mut MediaCall<'_>,
    code: u16,
    act: impl FnOnce(&mut Consumer) -> Given,
) -> Result<Given, Refused> {
    let id = call.text("consumerId")?.to_owned();
    call.locked(|call| match call.caller_mut().media.consumer_mut(&id) {
        Some(consumer) => Ok(act(consumer)),
        None => {
            let why = match FORWARDS {
                true => "",
                false => ": this service forwards no media, so nobody gets a consumer",
            };
            let text = format!("There is no consumer {id:?} of this participant{why}");
            Err(Refused::new(code, text))
        }
    })
}

/// `pauseAllConsumers`
pub(super) async fn pause_all(call: &mut MediaCall<'_>) -> Outcome {
    all(call, true, PAUSE_ALL_STREAMS_FAILED).await
}

/// `resumeAllConsumers`
pub(super) async fn resume_all(call: &mut MediaCall<'_>) -> Outcome {
    all(call, false, RESUME_ALL_STREAMS_FAILED).await
}

async fn all(call: &mut MediaCall<'_>, pause: bool, code: u16) -> Outcome {
    let kind = call.data.get("kind").and_then(Value::as_str);
    let Some(kind) = kind.filter(|kind| KINDS.contains(kind)).map(str::to_owned) else {
        let known = KINDS.join(", ");
        return Err(Refused::new(code, format!("kind must be one of {known}")));
    };
    let consumers: Vec<sfu::Consumer> = call.locked(|call| {
        let consumers = call.caller_mut().media.consumers.iter_mut();
        let meant = consumers.filter(|one| kind == "all" || one.kind == kind);
        let handles = meant.map(|consumer| {
            consumer.paused = pause;
            consumer.handle.clone()
        });
        Ok(handles.collect())
    })?;
    let mut with_issues = Vec::new();
    for consumer in consumers {
        let done = match pause {
            true => consumer.pause().await,
            false => consumer.resume().await,
        };
        if done.is_err() {
            with_issues.push(consumer.id().to_owned());
        }
    }
    call.accept(json!({"consumersWithIssues": with_issues}))
}

/// `consumeAudioStreams`
pub(super) fn consume_audio(call: &mut Call<'_>) -> Outcome {
    consume(call, true, CONSUME_MIC_FAILED)
}

/// `consumeVideoStreams`
pub(super) fn consume_video(call: &mut Call<'_>) -> Outcome {
    consume(call, false, CONSUME_WEBCAM_FAILED)
}

fn consume(call: &mut Call<'_>, audio: bool, code: u16) -> Outcome {
    let id = call.text("peerId")?.to_owned();
    call.participant(&id, code)?;
    if !FORWARDS {
        // Whoever asks for it would wait for a consumer that never comes.
        let text = "This service forwards no media, so there is nothing to receive";
        return Err(Refused::new(code, text));
    }
    call.caller_mut().media.choices.insert((id, audio), true);
    call.accept(done());
    Ok(())
}

/// `stopConsumingAudioStreams`
pub(super) fn stop_consuming_audio(call: &mut Call<'_>) -> Outcome {
    stop_consuming(call, true, STOP_CONSUMING_MIC_FAILED)
}

/// `stopConsumingVideoStreams`
pub(super) fn stop_consuming_video(call: &mut Call<'_>) -> Outcome {
    stop_consuming(call, false, STOP_CONSUMING_WEBCAM_FAILED)
}

fn stop_consuming(call: &mut Call<'_>, audio: bool, code: u16) -> Outcome {
    let id = call.text("peerId")?.to_owned();
    let producers = call.participant(&id, code)?.media.producers.iter();
    let meant = producers.filter(|one| one.is_audio() == audio);
    let meant: Vec<String> = meant.map(|one| one.id().to_owned()).collect();
    let media = &mut call.caller_mut().media;
    media.choices.insert((id, audio), false);
    let told: Vec<_> = meant
        .iter()
        .flat_map(|producer_id| media.stop_consuming(producer_id))
        .collect();
    call.accept(done());
    for (method, data) in told {
        call.caller().notify(method, &data);
    }
    Ok(())
}

/// `enableAdaptiveSubscription`
pub(super) fn enable_adaptive_subscription(call: &mut Call<'_>) -> Outcome {
    adapt(call, true, ENABLE_ADAPTIVE_SUBSCRIPTION_FAILED)
}

/// `disableAdaptiveSubscription`
pub(super) fn disable_adaptive_subscription(call: &mut Call<'_>) -> Outcome {
    adapt(call, false, DISABLE_ADAPTIVE_SUBSCRIPTION_FAILED)
}

/// Off at first. It would pause what is not seen or heard, which only the client knows; here it is
/// only kept.
fn adapt(call: &mut Call<'_>, on: bool, code: u16) -> Outcome {
    let media = &mut call.caller_mut().media;
    if media.adapts == on {
        let state = if on { "on" } else { "off" };
        let text = format!("The adaptive subscription is {state} already");
        return Err(Refused::new(code, text));
    }
    media.adapts = on;
    call.accept(done());
    Ok(())
}

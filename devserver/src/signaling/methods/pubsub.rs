//! Publishing and subscribing.

use serde_json::{Value, json};

use super::{Call, Outcome, done};
use crate::signaling::frame::Outgoing;
use crate::signaling::refusal::Refused;
use crate::signaling::topics::Published;
use crate::world::random_hex;

const PUBLISH_FAILED: u16 = 4087;
const SUBSCRIBE_FAILED: u16 = 4088;
/// The most bytes that the name of a topic may have.
const NAME_LIMIT: usize = 1024;
/// The most topics that one participant may subscribe.
const SUBSCRIPTION_LIMIT: usize = 1000;
/// The most participants that a message may name.
const RECEIVER_LIMIT: usize = 2000;

/// `pubsubPublish`. It reaches those who have subscribed the topic, the publisher too; with
/// `sendOnly` only those of them whom it names.
pub(super) fn publish(call: &mut Call<'_>) -> Outcome {
    let topic = topic(call, PUBLISH_FAILED)?;
    let text = match call.data.remove("message") {
        Some(text @ Value::String(_)) => text,
        _ => return Err(Refused::new(PUBLISH_FAILED, "message must be a string")),
    };
    let options = call.data.get("options").unwrap_or(&Value::Null);
    let persist = match &options["persist"] {
        Value::Null => false,
        Value::Bool(persist) => *persist,
        _ => {
            return Err(Refused::new(
                PUBLISH_FAILED,
                "persist must be true or false",
            ));
        }
    };
    let send_only = send_only(&options["sendOnly"])?;
    let payload = call.data.remove("payload").unwrap_or_default();
    let caller = call.caller();
    let mut message = json!({
        "id": random_hex(12),
        "topic": topic,
        "message": text,
        "payload": payload,
        "senderId": caller.id(),
        "senderName": caller.display_name,
        "timestamp": call.app.clock.now().to_string(),
    });
    if !send_only.is_empty() {
        message["sendOnly"] = json!(send_only);
    }
    let published = Published {
        message,
        sender_id: caller.id().to_owned(),
        send_only,
    };
    if persist {
        let kept = call.room.topics.keep(&topic, published.clone());
        kept.map_err(|_| {
            Refused::new(
                PUBLISH_FAILED,
                "The session keeps no more: publish without persist, or less",
            )
        })?;
    }
    call.accept(done());
    let frame = Outgoing::notification("pubsubMessage", &published.message);
    for one in call.room.joined() {
        if one.subscriptions.contains(&topic) && published.is_for(one.id()) {
            one.outbox.send(frame.clone());
        }
    }
    Ok(())
}

/// `pubsubSubscribe`: the answer has the messages that were kept. Subscribing again gives them again,
/// and every message still comes once.
pub(super) fn subscribe(call: &mut Call<'_>) -> Outcome {
    let topic = topic(call, SUBSCRIBE_FAILED)?;
    let caller = call.caller_mut();
    let known = caller.subscriptions.contains(&topic);
    if !known && caller.subscriptions.len() == SUBSCRIPTION_LIMIT {
        let text = format!("A participant subscribes at most {SUBSCRIPTION_LIMIT} topics");
        return Err(Refused::new(SUBSCRIBE_FAILED, text));
    }
    caller.subscriptions.insert(topic.clone());
    let messages = call.room.topics.history(&topic, call.caller().id());
    let answer = json!({"messages": messages});
    call.accept(answer);
    Ok(())
}

fn topic(call: &Call<'_>, code: u16) -> Result<String, Refused> {
    match call.data.get("topic") {
        Some(Value::String(topic)) if (1..=NAME_LIMIT).contains(&topic.len()) => Ok(topic.clone()),
        _ => Err(Refused::new(
            code,
            format!("topic must be a string of 1 to {NAME_LIMIT} bytes"),
        )),
    }
}

fn send_only(value: &Value) -> Result<Vec<String>, Refused> {
    let complaint = || {
        Refused::new(
            PUBLISH_FAILED,
            "sendOnly must be an array of participant ids",
        )
    };
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(ids) if ids.len() <= RECEIVER_LIMIT => ids
            .iter()
            .map(|id| id.as_str().map(str::to_owned).ok_or_else(complaint))
            .collect(),
        _ => Err(complaint()),
    }
}

//! The realtime store: values that everybody in the session can set, read and observe.

use serde_json::{Value, json};

use super::{Call, Outcome, done};
use crate::signaling::frame::Outgoing;
use crate::signaling::refusal::Refused;

const SET_FAILED: u16 = 4045;
const GET_FAILED: u16 = 4046;
const OBSERVE_FAILED: u16 = 4085;
const STOP_OBSERVING_FAILED: u16 = 4086;
/// The most bytes that a key may have.
const KEY_LIMIT: usize = 1024;
/// The most bytes that a value may have; the published JavaScript client allows as many.
const VALUE_LIMIT: usize = 1024;
/// The most keys that one participant may observe.
const OBSERVED_LIMIT: usize = 1000;

/// `realtimeStoreSet`: null takes the key away. Observers are told, the caller too when it is one.
pub(super) fn set(call: &mut Call<'_>) -> Outcome {
    let key = key(call, SET_FAILED)?;
    let value = match call.data.remove("value") {
        None | Some(Value::Null) => None,
        Some(Value::String(value)) if value.len() <= VALUE_LIMIT => Some(value),
        Some(_) => {
            let text = format!("value must be a string of at most {VALUE_LIMIT} bytes, or null");
            return Err(Refused::new(SET_FAILED, text));
        }
    };
    let change = json!({"key": key, "value": value, "updatedBy": call.caller().id()});
    call.room.store.set(&key, value).map_err(|_| {
        Refused::new(
            SET_FAILED,
            "The session keeps no more keys: take some away first",
        )
    })?;
    call.accept(done());
    let frame = Outgoing::notification("realtimeStoreValueChanged", &change);
    for one in call.room.joined().filter(|one| one.observed.contains(&key)) {
        one.outbox.send(frame.clone());
    }
    Ok(())
}

/// `realtimeStoreGet`: null for a key that nobody has set.
pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let value = call.room.store.get(&key(call, GET_FAILED)?);
    call.accept(json!({"status": "ok", "value": value}));
    Ok(())
}

/// `realtimeStoreObserve`
pub(super) fn observe(call: &mut Call<'_>) -> Outcome {
    let key = key(call, OBSERVE_FAILED)?;
    let observed = &mut call.caller_mut().observed;
    if !observed.contains(&key) && observed.len() == OBSERVED_LIMIT {
        let text = format!("A participant observes at most {OBSERVED_LIMIT} keys");
        return Err(Refused::new(OBSERVE_FAILED, text));
    }
    observed.insert(key);
    call.accept(done());
    Ok(())
}

/// `realtimeStoreStopObserve`
pub(super) fn stop_observing(call: &mut Call<'_>) -> Outcome {
    let key = key(call, STOP_OBSERVING_FAILED)?;
    call.caller_mut().observed.remove(&key);
    call.accept(done());
    Ok(())
}

fn key(call: &Call<'_>, code: u16) -> Result<String, Refused> {
    match call.data.get("key") {
        Some(Value::String(key)) if (1..=KEY_LIMIT).contains(&key.len()) => Ok(key.clone()),
        _ => Err(Refused::new(
            code,
            format!("key must be a string of 1 to {KEY_LIMIT} bytes"),
        )),
    }
}

//! What agents tell of themselves: it is passed on to everybody in the room, the agent too.

use serde_json::{Value, json};

use super::{Call, Outcome, done};
use crate::signaling::refusal::Refused;

const STATES: [&str; 4] = ["idle", "listening", "thinking", "speaking"];

/// `agentStateChanged`
pub(super) fn state(call: &mut Call<'_>) -> Outcome {
    only_agents(call)?;
    let state = call.text("state")?;
    if !STATES.contains(&state) {
        let known = STATES.join(", ");
        return Err(Refused::bad_request(format!(
            "state must be one of {known}"
        )));
    }
    let state = json!({"peerId": call.caller().id(), "state": state});
    pass_on(call, "agentStateChanged", &state)
}

/// `agentTranscript`: `peerId` is whose speech it is, the agent's own or a participant's.
pub(super) fn transcript(call: &mut Call<'_>) -> Outcome {
    only_agents(call)?;
    call.text("peerId")?;
    if !matches!(call.data.get("text"), Some(Value::String(_))) {
        return Err(Refused::bad_request("text must be a string"));
    }
    let transcript = Value::Object(std::mem::take(&mut call.data));
    pass_on(call, "agentTranscript", &transcript)
}

/// `agentMetrics`: any object; it gets the agent's id.
pub(super) fn metrics(call: &mut Call<'_>) -> Outcome {
    only_agents(call)?;
    let mut metrics = std::mem::take(&mut call.data);
    metrics.insert("peerId".to_owned(), json!(call.caller().id()));
    pass_on(call, "agentMetrics", &Value::Object(metrics))
}

fn pass_on(call: &Call<'_>, method: &str, data: &Value) -> Outcome {
    call.accept(done());
    call.room.notify_all(method, data);
    Ok(())
}

fn only_agents(call: &Call<'_>) -> Outcome {
    if call.caller().is_agent() {
        return Ok(());
    }
    Err(Refused::unauthorized(
        "This is for agents: connect with peerType=agent",
    ))
}

//! Changing the mode.

use serde_json::json;

use super::{Call, Outcome, media};
use crate::signaling::admission::MODES;
use crate::signaling::refusal::Refused;

const CHANGE_MODE_FAILED: u16 = 4065;

/// `changeMode`. Who does not send in the new mode has stopped to: clients close what they send on
/// their side alone, so that the others hear of it from here.
pub(super) fn change(call: &mut Call<'_>) -> Outcome {
    let mode = match call.text("mode") {
        Ok(mode) if MODES.contains(&mode) => mode.to_owned(),
        _ => {
            let known = MODES.join(", ");
            return Err(Refused::new(
                CHANGE_MODE_FAILED,
                format!("mode must be one of {known}"),
            ));
        }
    };
    let caller = call.caller_mut();
    caller.identity.mode.clone_from(&mode);
    let stopped = match caller.sends() {
        true => Vec::new(),
        false => std::mem::take(&mut caller.media.producers),
    };
    // An object with something in it: the published JavaScript client reads a field of it.
    call.accept(json!({"unsupportedCodecs": []}));
    for producer in stopped {
        media::tell_state(call, producer.kind, false);
    }
    let changed = json!({"peerId": call.caller().id(), "mode": mode});
    call.room.notify_all("peerModeChanged", &changed);
    Ok(())
}

//! Changing the mode.

use serde_json::json;

use super::{Call, Outcome, media};
use crate::signaling::admission::MODES;
use crate::signaling::refusal::Refused;

const CHANGE_MODE_FAILED: u16 = 4065;

/// `changeMode`. Who does not send in the new mode has stopped to: clients close what they send, and
/// the transport, on their side alone, so that the others hear of it from here. The same goes for
/// receiving.
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
    let (sends, receives) = (caller.sends(), caller.receives());
    let media = &mut caller.media;
    let (mut stopped, mut gone) = (Vec::new(), Vec::new());
    if !sends {
        gone = media.produced();
        stopped = std::mem::take(&mut media.producers);
        media.data_producers.clear();
        media.close_transports(true);
    }
    if !receives {
        media.stop_consuming_all();
        media.close_transports(false);
    }
    // An object with something in it: the published JavaScript client reads a field of it.
    call.accept(json!({"unsupportedCodecs": []}));
    for producer in stopped {
        media::tell_state(call, producer.kind, false);
    }
    call.room.stop_forwarding(&gone);
    let changed = json!({"peerId": call.caller().id(), "mode": mode});
    call.room.notify_all("peerModeChanged", &changed);
    Ok(())
}

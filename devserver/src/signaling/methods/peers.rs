//! What one participant wants of another: microphone and webcam, a pin, another meeting.

use serde_json::{Value, json};

use super::{Call, Outcome, done};
use crate::signaling::frame::Outgoing;
use crate::signaling::refusal::Refused;
use crate::tokens::Permission;

const ENABLE_MIC_FAILED: u16 = 4067;
const DISABLE_MIC_FAILED: u16 = 4068;
const ENABLE_WEBCAM_FAILED: u16 = 4069;
const DISABLE_WEBCAM_FAILED: u16 = 4070;
const PIN_FAILED: u16 = 4071;
const UNPIN_FAILED: u16 = 4072;
const SWITCH_PARTICIPANT_ROOM_FAILED: u16 = 4077;
/// The most bytes that the payload of a switch may have.
const PAYLOAD_LIMIT: usize = 64 * 1024;

/// `enablePeerMic`
pub(super) fn enable_mic(call: &mut Call<'_>) -> Outcome {
    switch_media(call, "enableMic", ENABLE_MIC_FAILED)
}

/// `disablePeerMic`
pub(super) fn disable_mic(call: &mut Call<'_>) -> Outcome {
    switch_media(call, "disableMic", DISABLE_MIC_FAILED)
}

/// `enablePeerWebcam`
pub(super) fn enable_webcam(call: &mut Call<'_>) -> Outcome {
    switch_media(call, "enableWebcam", ENABLE_WEBCAM_FAILED)
}

/// `disablePeerWebcam`
pub(super) fn disable_webcam(call: &mut Call<'_>) -> Outcome {
    switch_media(call, "disableWebcam", DISABLE_WEBCAM_FAILED)
}

/// Passes the wish on as a request. It is done when the participant asked stops or starts to send,
/// which is for its user to decide; the caller is answered before that.
fn switch_media(call: &mut Call<'_>, method: &str, code: u16) -> Outcome {
    let id = call.text("peerId")?.to_owned();
    let caller = call.caller();
    if caller.id() != id && !caller.claims.may(Permission::AllowModeration) {
        return Err(Refused::new(
            code,
            "Not permitted: the microphones and webcams of others take the permission \"allow_mod\"",
        ));
    }
    let asker = json!({"peerId": caller.id()});
    ask(call, &id, code, method, &asker)
}

/// Answers the caller, and asks the participant.
fn ask(call: &Call<'_>, id: &str, code: u16, method: &str, data: &Value) -> Outcome {
    let asked = call.participant(id, code)?;
    call.accept(done());
    let frame = Outgoing::request(call.app.signaling.request_id(), method, data);
    asked.outbox.send(frame);
    Ok(())
}

/// `pinStateChanged`: everybody in the room sees it, the caller too.
pub(super) fn pin(call: &mut Call<'_>) -> Outcome {
    let id = call.text("peerId")?.to_owned();
    let state = call.data.get("state").cloned().unwrap_or_default();
    let flag = |name: &str| match &state[name] {
        Value::Null => Ok(None),
        Value::Bool(pinned) => Ok(Some(*pinned)),
        _ => Err(Refused::new(
            PIN_FAILED,
            format!("{name} in state must be true or false"),
        )),
    };
    let (cam, share) = (flag("cam")?, flag("share")?);
    if cam.is_none() && share.is_none() {
        return Err(Refused::new(
            PIN_FAILED,
            "state must have cam, share or both",
        ));
    }
    let pins = cam == Some(true) || share == Some(true);
    call.participant(&id, if pins { PIN_FAILED } else { UNPIN_FAILED })?;
    call.accept(done());
    let state = json!({"peerId": id, "state": state, "pinnedBy": call.caller().id()});
    let frame = Outgoing::request(call.app.signaling.request_id(), "pinStateChanged", &state);
    for one in call.room.joined() {
        one.outbox.send(frame.clone());
    }
    Ok(())
}

/// `switchPeerRoom`: asks a participant to go to another meeting. Whether it goes is up to it; the
/// token that comes along is checked then.
pub(super) fn switch_room(call: &mut Call<'_>) -> Outcome {
    let id = call.text("peerId")?.to_owned();
    let room_id = call.text("roomId")?.to_owned();
    let mut passed_on = |name: &str| call.data.remove(name).unwrap_or_default();
    let (token, payload) = (passed_on("token"), passed_on("payload"));
    if payload.to_string().len() > PAYLOAD_LIMIT {
        return Err(Refused::new(
            SWITCH_PARTICIPANT_ROOM_FAILED,
            format!("payload has more than {PAYLOAD_LIMIT} bytes"),
        ));
    }
    let wish = json!({
        "roomId": room_id, "token": token, "payload": payload, "peerId": call.caller().id(),
    });
    ask(
        call,
        &id,
        SWITCH_PARTICIPANT_ROOM_FAILED,
        "switchRoom",
        &wish,
    )
}

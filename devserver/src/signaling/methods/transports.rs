//! Capabilities and transports: fixed, well-formed values. They let clients join; no media flows.

use serde_json::{Value, json};

use super::{Call, Outcome, done};
use crate::signaling::refusal::Refused;
use crate::world::random_hex;

/// `getRouterRtpCapabilities`: Opus and VP8 with its retransmissions.
pub(super) fn router_capabilities(call: &mut Call<'_>) -> Outcome {
    let feedback = |kind: &str, parameter: &str| json!({"type": kind, "parameter": parameter});
    let extension = |kind: &str, uri: &str, id: u8, direction: &str| {
        json!({
            "kind": kind, "uri": uri, "preferredId": id, "preferredEncrypt": false,
            "direction": direction,
        })
    };
    const MID: &str = "urn:ietf:params:rtp-hdrext:sdes:mid";
    const RTP_STREAM_ID: &str = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
    const REPAIRED_RTP_STREAM_ID: &str = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
    const ABS_SEND_TIME: &str = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
    const AUDIO_LEVEL: &str = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    call.accept(json!({
        "codecs": [
            {
                "kind": "audio", "mimeType": "audio/opus", "preferredPayloadType": 100,
                "clockRate": 48000, "channels": 2, "parameters": {}, "rtcpFeedback": [],
            },
            {
                "kind": "video", "mimeType": "video/VP8", "preferredPayloadType": 101,
                "clockRate": 90000, "parameters": {},
                "rtcpFeedback": [
                    feedback("nack", ""), feedback("nack", "pli"), feedback("ccm", "fir"),
                    feedback("goog-remb", ""),
                ],
            },
            {
                "kind": "video", "mimeType": "video/rtx", "preferredPayloadType": 102,
                "clockRate": 90000, "parameters": {"apt": 101}, "rtcpFeedback": [],
            },
        ],
        "headerExtensions": [
            extension("audio", MID, 1, "sendrecv"),
            extension("video", MID, 1, "sendrecv"),
            extension("video", RTP_STREAM_ID, 2, "recvonly"),
            extension("video", REPAIRED_RTP_STREAM_ID, 3, "recvonly"),
            extension("video", ABS_SEND_TIME, 4, "sendrecv"),
            extension("audio", AUDIO_LEVEL, 10, "sendrecv"),
        ],
    }));
    Ok(())
}

/// `createWebRtcTransport`. SCTP parameters are always there: a client that asks for none still
/// reads them.
pub(super) fn create(call: &mut Call<'_>) -> Outcome {
    let id = random_hex(16);
    let added = call.caller_mut().media.add_transport(id.clone());
    added.map_err(|_| {
        Refused::bad_request("There are too many transports: use the ones you have")
    })?;
    call.accept(json!({
        "id": id,
        "iceParameters": {
            "usernameFragment": random_hex(8), "password": random_hex(16), "iceLite": true,
        },
        // The discard port: what is sent there is not answered.
        "iceCandidates": [{
            "foundation": "udpcandidate", "priority": 1_076_302_079, "ip": "127.0.0.1",
            "address": "127.0.0.1", "protocol": "udp", "port": 9, "type": "host",
        }],
        "dtlsParameters": {
            "role": "auto",
            "fingerprints": [{"algorithm": "sha-256", "value": fingerprint()}],
        },
        "sctpParameters": {"port": 5000, "OS": 1024, "MIS": 1024, "maxMessageSize": 262_144},
    }));
    Ok(())
}

/// Of no certificate: nobody could have the key for it.
fn fingerprint() -> String {
    let digits = random_hex(32).to_uppercase();
    let pairs: Vec<&str> = (0..32).map(|at| &digits[2 * at..2 * at + 2]).collect();
    pairs.join(":")
}

/// `connectWebRtcTransport`
pub(super) fn connect(call: &mut Call<'_>) -> Outcome {
    known_transport(call)?;
    match call
        .data
        .get("dtlsParameters")
        .map(|it| &it["fingerprints"])
    {
        Some(Value::Array(fingerprints)) if !fingerprints.is_empty() => {}
        _ => {
            return Err(Refused::bad_request(
                "dtlsParameters must have at least one entry in fingerprints",
            ));
        }
    }
    call.accept(done());
    Ok(())
}

/// Refuses a request that names a transport which the caller does not have.
pub(super) fn known_transport(call: &Call<'_>) -> Outcome {
    let id = call.text("transportId")?;
    if call.caller().media.has_transport(id) {
        return Ok(());
    }
    Err(Refused::not_found(format!(
        "There is no transport {id:?} of this participant"
    )))
}

//! A room that carries media.

use serde_json::{Value, json};

use super::Course;
use crate::media::TrackOptions;
use crate::media::plane::{Direction, TrackKey};
use crate::media::transport::TransportEvent;
use crate::signaling::Frame;

pub(in crate::meeting::session) const FINGERPRINT: &str = "sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF";

pub(in crate::meeting::session) fn room() -> Value {
    let mid = "urn:ietf:params:rtp-hdrext:sdes:mid";
    let extension = |kind: &str| {
        json!({
            "kind": kind, "uri": mid, "preferredId": 1, "preferredEncrypt": false,
            "direction": "sendrecv",
        })
    };
    json!({
        "codecs": [
            {
                "kind": "audio", "mimeType": "audio/opus", "preferredPayloadType": 100,
                "clockRate": 48000, "channels": 2, "parameters": {}, "rtcpFeedback": [],
            },
            {
                "kind": "video", "mimeType": "video/VP8", "preferredPayloadType": 101,
                "clockRate": 90000, "parameters": {},
                "rtcpFeedback": [{"type": "nack", "parameter": "pli"}],
            },
        ],
        "headerExtensions": [extension("audio"), extension("video")],
    })
}

pub(in crate::meeting::session) fn transport(id: &str) -> Value {
    json!({
        "id": id,
        "iceParameters": {"usernameFragment": "u", "password": "a-password", "iceLite": true},
        "iceCandidates": [{
            "foundation": "udpcandidate", "priority": 1, "ip": "127.0.0.1",
            "address": "127.0.0.1", "protocol": "udp", "port": 40000, "type": "host",
        }],
        "dtlsParameters": {
            "role": "auto",
            "fingerprints": [{"algorithm": "sha-256", "value": &FINGERPRINT[8..]}],
        },
        "sctpParameters": {"port": 5000, "OS": 1024, "MIS": 1024, "maxMessageSize": 262144},
    })
}

impl Course {
    /// In a room that carries media; both transports were created.
    pub(in crate::meeting::session) fn with_media() -> Course {
        let mut course = Course::new();
        course.room = room();
        course.join();
        course.enter();
        course
    }

    pub(in crate::meeting::session) fn enter(&mut self) {
        self.open(false);
        self.answer_transports();
        self.answer("join", json!({"peers": [{"id": "ann"}]}));
    }

    /// The requests for the two transports, the first for sending.
    pub(in crate::meeting::session) fn answer_transports(&mut self) {
        let ids: Vec<u64> = self
            .sent
            .iter()
            .filter(|(_, method, _)| method == "createWebRtcTransport")
            .map(|(id, ..)| *id)
            .collect();
        for (id, name) in ids.into_iter().zip(["sends", "receives"]) {
            let answer = Ok(transport(name));
            self.frame(Frame::Response { id, answer });
        }
    }

    pub(in crate::meeting::session) fn transport_tells(
        &mut self,
        direction: Direction,
        event: TransportEvent,
    ) {
        self.happen(|session, now| session.transport_told(now, direction, event));
    }

    pub(in crate::meeting::session) fn add_track(&mut self, track: u64, options: &TrackOptions) {
        let options = options.clone();
        let added = self.happen(|session, now| session.add_track(now, TrackKey(track), options));
        added.expect("the meeting is not over");
    }
}

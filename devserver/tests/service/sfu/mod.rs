//! What flows, as far as signalling shows it. That sound and pictures arrive is seen with the official
//! client in tests/peers.

mod connecting;
mod forwarding;
mod meetings;

use std::time::Instant;

use devserver::{MediaFigures, Server};
use serde_json::{Value, json};

use crate::client::HANG;
use crate::participant::{Participant, joining, rtp_parameters};

/// A participant that sends and receives.
struct Peer {
    participant: Participant,
    send: Value,
}

impl Peer {
    fn join(server: &Server, room_id: &str, id: &str) -> Peer {
        Peer::join_with(server, room_id, id, |_| {})
    }

    fn join_with(server: &Server, room_id: &str, id: &str, change: impl Fn(&mut Value)) -> Peer {
        let mut participant = Participant::connect(server, room_id, id);
        let send = transport(&mut participant, true);
        transport(&mut participant, false);
        let mut data = joining(id);
        data["rtpCapabilities"] = capabilities(&mut participant);
        change(&mut data);
        participant.request("join", data).unwrap();
        Peer { participant, send }
    }

    fn produce(&mut self, kind: &str, ssrc: u32) -> String {
        let reply = self.try_produce(kind, rtp_parameters(kind, ssrc)).unwrap();
        reply["id"].as_str().unwrap().to_owned()
    }

    fn try_produce(&mut self, kind: &str, rtp: Value) -> Result<Value, (u64, String)> {
        let produce = json!({
            "transportId": self.send["id"], "kind": kind, "rtpParameters": rtp, "appData": {},
        });
        self.participant.request("produce", produce)
    }

    fn produce_data(&mut self, stream: u16) -> String {
        let produce = json!({
            "transportId": self.send["id"], "label": "reliable_data_producer", "protocol": null,
            "sctpStreamParameters": {"streamId": stream, "ordered": false, "maxRetransmits": 5},
            "appData": {"info": "data"},
        });
        let reply = self.participant.request("produceData", produce).unwrap();
        reply["id"].as_str().unwrap().to_owned()
    }

    /// The methods of what the service has told or asked by now. Consumers come behind the answer
    /// that made them necessary: `count` is how many frames there have to be.
    fn told(&mut self, count: usize) -> Vec<Value> {
        let deadline = Instant::now() + HANG;
        let mut frames = Vec::new();
        loop {
            frames.extend(self.participant.settled());
            frames.retain(|frame| !is_about_quality(frame));
            if frames.len() >= count {
                return frames;
            }
            assert!(Instant::now() < deadline, "only {frames:?}");
        }
    }
}

/// Scores come whenever the media server finds one.
fn is_about_quality(frame: &Value) -> bool {
    let quality = ["producerScore", "consumerScore", "consumerLayersChanged"];
    quality.iter().any(|method| frame["method"] == *method)
}

fn methods(frames: &[Value]) -> Vec<&str> {
    frames
        .iter()
        .map(|frame| frame["method"].as_str().unwrap())
        .collect()
}

fn transport(participant: &mut Participant, producing: bool) -> Value {
    let wish = json!({
        "preferredProtocol": "UDP_OVER_TCP", "producing": producing, "consuming": !producing,
        "sctpCapabilities": {"numStreams": {"OS": 1024, "MIS": 1024}},
    });
    participant.request("createWebRtcTransport", wish).unwrap()
}

fn capabilities(participant: &mut Participant) -> Value {
    let reply = participant.request("getRouterRtpCapabilities", json!({}));
    reply.unwrap()
}

/// Waits until the media server has come to this.
fn until_figures(server: &Server, fits: impl Fn(MediaFigures) -> bool) {
    let deadline = Instant::now() + HANG;
    while !fits(server.media_figures()) {
        assert!(Instant::now() < deadline, "{:?}", server.media_figures());
        std::thread::yield_now();
    }
}

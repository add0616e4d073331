//! What is told and asked about media, over a blocking connection.

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, WebSocket};

use super::transport::{Negotiated, Transport, mid, retransmission_ssrc, ssrc};
use crate::join::bare::{Bare, Stream, request, transport};

pub struct Room {
    socket: WebSocket<Stream>,
    last_id: u64,
    negotiated: Negotiated,
    send: Value,
    receive: Value,
    /// Requests of the service that are not answered yet.
    asked: Vec<Value>,
}

/// Something that somebody sends.
pub struct Consumer {
    request: Value,
    pub is_picture: bool,
    pub ssrc: u32,
    pub retransmission_ssrc: Option<u32>,
}

impl Room {
    /// The steps of a join, as few turns as they can be.
    pub fn join(steps: &mut Bare, room: &str, id: &str) -> Self {
        let socket = steps.open(room, id);
        let mut room = Self {
            socket,
            last_id: 0,
            negotiated: Negotiated::default(),
            send: Value::Null,
            receive: Value::Null,
            asked: Vec::new(),
        };
        let capabilities = room.ask("getRouterRtpCapabilities", json!({}));
        let send = room.ask("createWebRtcTransport", transport(true));
        let receive = room.ask("createWebRtcTransport", transport(false));
        room.ask("requestEntry", json!({"name": "bare"}));
        let capabilities = room.answer(capabilities);
        room.negotiated = Negotiated::read(&capabilities);
        let join = room.ask("join", steps.joining(&capabilities));
        room.send = room.answer(send);
        room.receive = room.answer(receive);
        room.answer(join);
        room
    }

    fn write(&mut self, frame: &Value) {
        let sent = self.socket.send(Message::text(frame.to_string()));
        sent.expect("it is sent");
    }

    fn ask(&mut self, method: &str, data: Value) -> u64 {
        self.last_id += 1;
        self.write(&request(self.last_id, method, data));
        self.last_id
    }

    fn read(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.socket.read().expect("the service is there") {
                return serde_json::from_str(&text).expect("JSON");
            }
        }
    }

    /// The data of the answer to that request. What the service asks meanwhile is kept.
    fn answer(&mut self, id: u64) -> Value {
        loop {
            let mut frame = self.read();
            if frame["response"] == true && frame["id"] == id {
                assert_eq!(frame["ok"], true, "{frame}");
                return frame["data"].take();
            }
            if frame["request"] == true {
                self.asked.push(frame);
            }
        }
    }

    /// So many tracks of others, which wait to be accepted.
    pub fn consumers(&mut self, count: usize) -> Vec<Consumer> {
        let mut consumers = Vec::new();
        while consumers.len() < count {
            let frame = match self.asked.is_empty() {
                true => self.read(),
                false => self.asked.remove(0),
            };
            if frame["request"] == true && frame["method"] == "newConsumer" {
                let encoding = &frame["data"]["rtpParameters"]["encodings"][0];
                let ssrc = |value: &Value| value["ssrc"].as_u64().map(|ssrc| ssrc as u32);
                consumers.push(Consumer {
                    is_picture: frame["data"]["kind"] == "video",
                    ssrc: ssrc(encoding).expect("a stream"),
                    retransmission_ssrc: ssrc(&encoding["rtx"]),
                    request: frame["id"].clone(),
                });
            }
        }
        consumers
    }

    pub fn accept(&mut self, consumers: &[Consumer]) {
        for consumer in consumers {
            let id = &consumer.request;
            self.write(&json!({"response": true, "id": id, "ok": true, "data": {}}));
        }
    }

    /// Our end of one of the two transports.
    pub fn open(&self, sends: bool) -> Transport {
        let parameters = if sends { &self.send } else { &self.receive };
        Transport::new(&self.negotiated, parameters, sends)
    }

    /// Introduces our end to the service.
    pub fn connect(&mut self, transport: &mut Transport, sends: bool) {
        let parameters = if sends { &self.send } else { &self.receive };
        let fingerprint = json!({"algorithm": "sha-256", "value": transport.fingerprint()});
        let connect = json!({
            "transportId": parameters["id"],
            "dtlsParameters": {"role": "client", "fingerprints": [fingerprint]},
        });
        let connect = self.ask("connectWebRtcTransport", connect);
        self.answer(connect);
    }

    /// Announces a track that the transport has declared.
    pub fn produce(&mut self, transport: &Transport, track: usize) {
        let is_picture = transport.is_picture(track);
        let mut encoding = json!({"ssrc": ssrc(track), "dtx": false});
        if is_picture {
            encoding["rtx"] = json!({"ssrc": retransmission_ssrc(track)});
        }
        let produce = json!({
            "transportId": self.send["id"],
            "kind": if is_picture { "video" } else { "audio" },
            "rtpParameters": {
                "mid": mid(track).to_string(),
                "codecs": self.negotiated.codecs(is_picture),
                "headerExtensions": self.negotiated.extensions(is_picture),
                "encodings": [encoding],
                "rtcp": {"cname": "bare", "reducedSize": true},
            },
            "appData": {},
        });
        let produce = self.ask("produce", produce);
        self.answer(produce);
    }

    /// Reads on, which also answers signs of life, and does nothing with it.
    pub fn listen(mut self) {
        std::thread::spawn(move || while self.socket.read().is_ok() {});
    }
}

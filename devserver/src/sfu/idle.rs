//! Fixed, well-formed values. They let clients join; no media flows.

use std::convert::Infallible;

use serde_json::{Map, Value, json};
use tokio::sync::mpsc;

use super::{Announced, Event, Failed, MediaFigures, TrackFigures, TransportWish};
use crate::world::random_hex;

/// Whether what one participant sends gets to others.
pub(crate) const FORWARDS: bool = false;

type Done = Result<(), Failed>;

#[derive(Debug)]
pub(crate) struct Sfu;

impl Sfu {
    pub fn new(_listen: Vec<std::net::IpAddr>) -> Sfu {
        Sfu
    }

    pub fn events(&self) -> Option<mpsc::Receiver<Event>> {
        None
    }

    pub fn announce(&self, _announced: Option<Announced>) -> Done {
        Err(Failed(
            "This devserver was built without the feature \"sfu\": it has no media server"
                .to_owned(),
        ))
    }

    pub fn figures(&self) -> MediaFigures {
        MediaFigures::default()
    }

    /// What the admin endpoint tells.
    pub async fn describe(&self) -> Value {
        json!({"forwards": FORWARDS, "figures": self.figures()})
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Router;

impl Router {
    pub fn new(_room_id: &str) -> Router {
        Router
    }

    /// Opus and VP8 with its retransmissions.
    pub async fn capabilities(&self, _sfu: &Sfu) -> Result<Value, Failed> {
        let feedback = |kind: &str, parameter: &str| json!({"type": kind, "parameter": parameter});
        let extension = |kind: &str, uri: &str, id: u8, direction: &str| {
            json!({
                "kind": kind, "uri": uri, "preferredId": id, "preferredEncrypt": false,
                "direction": direction,
            })
        };
        const MID: &str = "urn:ietf:params:rtp-hdrext:sdes:mid";
        const RTP_STREAM_ID: &str = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
        const REPAIRED_RTP_STREAM_ID: &str =
            "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
        const ABS_SEND_TIME: &str = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
        const AUDIO_LEVEL: &str = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
        Ok(json!({
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
        }))
    }

    pub async fn create_transport(
        &self,
        _sfu: &Sfu,
        _wish: TransportWish,
    ) -> Result<Transport, Failed> {
        Ok(Transport { id: random_hex(16) })
    }

    pub async fn listen_to(&self, _sfu: &Sfu, _producer: &Producer) -> Done {
        Ok(())
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Transport {
    id: String,
}

impl Transport {
    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn parameters(&self, _sfu: &Sfu) -> Value {
        json!({
            "id": self.id,
            "iceParameters": ice_parameters(),
            // Nobody is there, so there is no address: a client that would look for a way would look
            // in vain.
            "iceCandidates": [],
            "dtlsParameters": {
                "role": "auto",
                "fingerprints": [{"algorithm": "sha-256", "value": fingerprint()}],
            },
            "sctpParameters": {"port": 5000, "OS": 1024, "MIS": 1024, "maxMessageSize": 262_144},
        })
    }

    pub async fn connect(&self, _dtls_parameters: &Value) -> Done {
        Ok(())
    }

    /// What the new parameters are for is as little answered as before.
    pub async fn restart_ice(&self) -> Result<Value, Failed> {
        Ok(ice_parameters())
    }

    pub async fn produce(
        &self,
        _sfu: &Sfu,
        _key: u64,
        _kind: &str,
        _rtp_parameters: &Value,
    ) -> Result<Producer, Failed> {
        Ok(Producer { id: random_hex(16) })
    }

    pub async fn produce_data(
        &self,
        _sfu: &Sfu,
        _data: &Map<String, Value>,
    ) -> Result<DataProducer, Failed> {
        Ok(DataProducer { id: random_hex(16) })
    }

    pub async fn consume(
        &self,
        _sfu: &Sfu,
        _key: u64,
        _producer: &Producer,
        _capabilities: &Capabilities,
    ) -> Result<Option<Consumer>, Failed> {
        Ok(None)
    }

    pub async fn consume_data(
        &self,
        _sfu: &Sfu,
        _producer: &DataProducer,
    ) -> Result<Option<DataConsumer>, Failed> {
        Ok(None)
    }

    /// Nothing flows, so every figure is 0.
    pub async fn stats(&self) -> Result<Value, Failed> {
        Ok(json!({"sendBitrate": 0, "sendBytes": 0, "recvBitrate": 0, "recvBytes": 0}))
    }
}

fn ice_parameters() -> Value {
    json!({"usernameFragment": random_hex(8), "password": random_hex(16), "iceLite": true})
}

/// Of no certificate: nobody could have the key for it.
fn fingerprint() -> String {
    let digits = random_hex(32).to_uppercase();
    let pairs: Vec<&str> = (0..32).map(|at| &digits[2 * at..2 * at + 2]).collect();
    pairs.join(":")
}

#[derive(Clone, Debug)]
pub(crate) struct Producer {
    id: String,
}

impl Producer {
    pub fn id(&self) -> &str {
        &self.id
    }

    pub async fn close(self) {}

    /// Nothing arrives.
    pub async fn figures(&self) -> Option<TrackFigures> {
        None
    }

    pub async fn pause(&self) -> Done {
        Ok(())
    }

    pub async fn resume(&self) -> Done {
        Ok(())
    }
}

#[derive(Clone, Debug)]
pub(crate) struct DataProducer {
    id: String,
}

impl DataProducer {
    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn label(&self) -> &str {
        ""
    }

    pub fn protocol(&self) -> &str {
        ""
    }

    pub async fn stats(&self) -> Result<Value, Failed> {
        Ok(json!([]))
    }
}

/// What a client can receive. Nobody asks.
#[derive(Clone, Debug)]
pub(crate) struct Capabilities;

impl Capabilities {
    pub fn read(_value: &Value) -> Capabilities {
        Capabilities
    }
}

/// There is none.
#[derive(Clone, Debug)]
pub(crate) struct Consumer(Infallible);

impl Consumer {
    pub fn id(&self) -> &str {
        match self.0 {}
    }

    pub fn rtp_parameters(&self) -> Value {
        match self.0 {}
    }

    pub fn form(&self) -> &'static str {
        match self.0 {}
    }

    pub async fn pause(&self) -> Done {
        match self.0 {}
    }

    pub async fn resume(&self) -> Done {
        match self.0 {}
    }

    pub async fn prefer_layers(&self, _spatial: u8, _temporal: Option<u8>) -> Done {
        match self.0 {}
    }

    pub async fn set_priority(&self, _priority: u8) -> Done {
        match self.0 {}
    }

    pub async fn request_key_frame(&self) -> Done {
        match self.0 {}
    }
}

/// There is none.
#[derive(Clone, Debug)]
pub(crate) struct DataConsumer(Infallible);

impl DataConsumer {
    pub fn id(&self) -> &str {
        match self.0 {}
    }

    pub fn stream_parameters(&self) -> Value {
        match self.0 {}
    }

    pub async fn stats(&self) -> Result<Value, Failed> {
        match self.0 {}
    }
}

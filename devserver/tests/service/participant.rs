//! A small protoo client, which keeps every frame that comes.

use std::collections::VecDeque;
use std::net::TcpStream;

use devserver::Server;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::HandshakeError;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message, WebSocket, client};

use crate::client::{connect, create, encoded};

/// A connection to a room, joined or not.
pub struct Participant {
    pub id: String,
    pub socket: WebSocket<TcpStream>,
    last_id: u64,
    /// Frames that came while something else was waited for.
    pub received: VecDeque<Value>,
}

/// How a connection was refused: status and body of the reply.
pub type Refused = (u16, Value);

impl Participant {
    /// Opens a connection with this query, which is sent as it is.
    pub fn open(server: &Server, query: &str) -> Result<WebSocket<TcpStream>, Refused> {
        let url = server.http_url().replace("http://", "ws://");
        let mut request = format!("{url}/?{query}").into_client_request().unwrap();
        request
            .headers_mut()
            .insert("Sec-WebSocket-Protocol", HeaderValue::from_static("protoo"));
        match client(request, connect(server)) {
            Ok((socket, reply)) => {
                assert_eq!(reply.headers()["sec-websocket-protocol"], "protoo");
                Ok(socket)
            }
            Err(HandshakeError::Failure(Error::Http(reply))) => {
                let body = reply.body().as_deref().unwrap_or_default();
                let body = serde_json::from_slice(body).unwrap_or_default();
                Err((reply.status().as_u16(), body))
            }
            Err(other) => panic!("{other}"),
        }
    }

    /// Opens a connection with this token.
    pub fn try_connect(
        server: &Server,
        room_id: &str,
        id: &str,
        token: &str,
    ) -> Result<Participant, Refused> {
        let query = format!(
            "roomId={}&peerId={}&secret={token}&mode=SEND_AND_RECV&peerType=normal",
            encoded(room_id),
            encoded(id)
        );
        Ok(Participant::over(Participant::open(server, &query)?, id))
    }

    /// A participant with this connection.
    pub fn over(socket: WebSocket<TcpStream>, id: &str) -> Participant {
        Participant {
            id: id.to_owned(),
            socket,
            last_id: 0,
            received: VecDeque::new(),
        }
    }

    pub fn connect(server: &Server, room_id: &str, id: &str) -> Participant {
        Participant::try_connect(server, room_id, id, &server.token()).unwrap()
    }

    /// Connects and joins; the id is the name too.
    pub fn join(server: &Server, room_id: &str, id: &str) -> Participant {
        let mut participant = Participant::connect(server, room_id, id);
        participant.request("join", joining(id)).unwrap();
        participant
    }

    pub fn send_text(&mut self, text: &str) {
        self.socket.send(Message::text(text)).unwrap();
    }

    /// Sends a request without waiting; the answer has this id.
    pub fn send(&mut self, method: &str, data: Value) -> u64 {
        self.last_id += 1;
        let id = self.last_id;
        let frame = json!({"request": true, "id": id, "method": method, "data": data});
        self.send_text(&frame.to_string());
        id
    }

    /// Sends a request and waits for its answer: the data, or number and reason.
    pub fn request(&mut self, method: &str, data: Value) -> Result<Value, (u64, String)> {
        let id = self.send(method, data);
        self.answer(id)
    }

    pub fn answer(&mut self, id: u64) -> Result<Value, (u64, String)> {
        let frame = self.next_where(|frame| frame["response"] == true && frame["id"] == id);
        if frame["ok"] == true {
            return Ok(frame["data"].clone());
        }
        Err((
            frame["errorCode"].as_u64().unwrap(),
            frame["errorReason"].as_str().unwrap().to_owned(),
        ))
    }

    /// The data of the next notification of this kind.
    pub fn notification(&mut self, method: &str) -> Value {
        let fits = |frame: &Value| frame["notification"] == true && frame["method"] == method;
        self.next_where(fits)["data"].clone()
    }

    /// The data of the next request of the service of this kind.
    pub fn asked(&mut self, method: &str) -> Value {
        let fits = |frame: &Value| frame["request"] == true && frame["method"] == method;
        self.next_where(fits)["data"].clone()
    }

    /// The first frame that fits, among those kept and those to come.
    pub fn next_where(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(index) = self.received.iter().position(&fits) {
            return self.received.remove(index).unwrap();
        }
        loop {
            let frame = self.next();
            if fits(&frame) {
                return frame;
            }
            self.received.push_back(frame);
        }
    }

    fn next(&mut self) -> Value {
        loop {
            match self.socket.read() {
                Ok(Message::Text(text)) => return serde_json::from_str(&text).unwrap(),
                Ok(Message::Ping(_) | Message::Pong(_)) => {}
                other => panic!("{}: {other:?}, after {:?}", self.id, self.received),
            }
        }
    }

    /// Everything that has come by now: the answer to a last request is behind all of it.
    pub fn settled(&mut self) -> Vec<Value> {
        let id = self.send("getRouterRtpCapabilities", json!({}));
        self.answer(id).unwrap();
        self.received.drain(..).collect()
    }

    /// Reads until the service closes, and gives the number that it closes with.
    pub fn closing(&mut self) -> Option<u16> {
        loop {
            match self.socket.read() {
                Ok(Message::Close(frame)) => return frame.map(|frame| frame.code.into()),
                Ok(Message::Text(text)) => {
                    self.received
                        .push_back(serde_json::from_str(&text).unwrap());
                }
                Ok(_) => {}
                Err(_) => return None,
            }
        }
    }

    /// Says goodbye as the official Python client does.
    pub fn leave(mut self) {
        let normal = tokio_tungstenite::tungstenite::protocol::CloseFrame {
            code: 1000.into(),
            reason: "".into(),
        };
        self.socket.close(Some(normal)).unwrap();
        loop {
            match self.socket.read() {
                Ok(_) => {}
                Err(Error::ConnectionClosed) => break,
                Err(other) => panic!("the goodbye was not answered: {other}"),
            }
        }
    }
}

/// What a join carries.
pub fn joining(name: &str) -> Value {
    json!({
        "autoConsume": true, "displayName": name, "device": "Unknown",
        "deviceInfo": {"sdkType": "test"}, "rtpCapabilities": {"codecs": []},
        "sctpCapabilities": {"numStreams": {"OS": 1024, "MIS": 1024}},
        "metaData": {"of": name}, "switchingRoom": false,
    })
}

/// A new room.
pub fn room(server: &Server) -> String {
    create(server, json!({}))["roomId"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// What a client says of a track that it sends, as the official Python client says it.
pub fn rtp_parameters(kind: &str, ssrc: u32) -> Value {
    let codec = match kind {
        "audio" => json!({
            "mimeType": "audio/opus", "payloadType": 96, "clockRate": 48000, "channels": 2,
            "parameters": {}, "rtcpFeedback": [],
        }),
        _ => json!({
            "mimeType": "video/VP8", "payloadType": 97, "clockRate": 90000, "parameters": {},
            "rtcpFeedback": [{"type": "nack", "parameter": ""}, {"type": "nack", "parameter": "pli"}],
        }),
    };
    json!({
        "mid": ssrc.to_string(), "codecs": [codec],
        "headerExtensions": [{
            "uri": "urn:ietf:params:rtp-hdrext:sdes:mid", "id": 1, "encrypt": false, "parameters": {},
        }],
        "encodings": [{"ssrc": ssrc, "dtx": false}],
        "rtcp": {"cname": "c", "reducedSize": true},
    })
}

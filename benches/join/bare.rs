//! The steps of a join over the network, and nothing around them: blocking sockets on one thread,
//! HTTP written by hand, no checks, no events, no state.
//!
//! It asks where to connect on a connection that it keeps, as the library does, opens a WebSocket on
//! another, asks at once for all that does not depend on each other (what the room carries, two
//! transports, entry), and joins as soon as it is told what the room carries. TLS sessions are resumed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::http::Uri;
use tokio_tungstenite::tungstenite::{ClientRequestBuilder, Message, WebSocket, client};

use crate::support::worker::Goal;

pub type Stream = StreamOwned<ClientConnection, TcpStream>;

pub struct Bare {
    tls: Arc<ClientConfig>,
    /// Host and port of the service.
    authority: String,
    token: String,
    kept: Option<BufReader<Stream>>,
}

impl Bare {
    pub fn new(goal: &Goal) -> Self {
        let mut roots = RootCertStore::empty();
        let certificate = CertificateDer::from_pem_slice(goal.ca_pem.as_bytes());
        roots
            .add(certificate.expect("a certificate"))
            .expect("a good certificate");
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        // What collects entropy, once in a process, takes longer than a join, and is no step of it.
        let random = provider.secure_random.fill(&mut [0]);
        random.expect("the platform has randomness");
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions that the provider has")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let authority = goal.https_url.strip_prefix("https://");
        Self {
            tls: Arc::new(tls),
            authority: authority.expect("a URL with https").to_owned(),
            token: goal.token.clone(),
            kept: None,
        }
    }

    /// Joins that room, leaves it, and tells how long the join took.
    pub fn join(&mut self, room: &str) -> Duration {
        let begin = Instant::now();
        let mut socket = self.open(room, "bare");
        self.enter(&mut socket);
        let took = begin.elapsed();
        let _ = socket.close(None);
        while socket.read().is_ok() {}
        took
    }

    /// A WebSocket to that room, for a participant of that id.
    pub fn open(&mut self, room: &str, participant_id: &str) -> WebSocket<Stream> {
        let signaling = self.init_config(room);
        self.upgrade(&signaling, room, participant_id)
    }

    fn connect(&self) -> Stream {
        let socket = TcpStream::connect(&self.authority).expect("the service listens");
        socket.set_nodelay(true).expect("a socket");
        let (host, _) = self.authority.split_once(':').expect("a port");
        let host = ServerName::try_from(host.to_owned()).expect("an address");
        let tls = ClientConnection::new(Arc::clone(&self.tls), host).expect("good settings");
        StreamOwned::new(tls, socket)
    }

    /// Asks where to connect.
    fn init_config(&mut self, room: &str) -> String {
        let kept = self.kept.take();
        let mut stream = kept.unwrap_or_else(|| BufReader::new(self.connect()));
        let (host, token) = (&self.authority, &self.token);
        let body = json!({"roomId": room}).to_string();
        let request = format!(
            "POST /infra/v1/meetings/server-init-config HTTP/1.1\r\nHost: {host}\r\n\
             Authorization: {token}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let sent = stream.get_mut().write_all(request.as_bytes());
        sent.and_then(|()| stream.get_mut().flush())
            .expect("it is sent");
        let mut length = 0;
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            assert_ne!(stream.read_line(&mut line).expect("a reply"), 0);
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().expect("a number");
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).expect("a whole reply");
        self.kept = Some(stream);
        let reply: Value = serde_json::from_slice(&body).expect("JSON");
        let url = reply["data"]["signalingUrl"].as_str();
        url.unwrap_or_else(|| panic!("{reply}")).to_owned()
    }

    fn upgrade(&self, signaling: &str, room: &str, participant_id: &str) -> WebSocket<Stream> {
        let url = format!(
            "{signaling}/?roomId={room}&peerId={participant_id}&secret={}&mode=SEND_AND_RECV&peerType=normal",
            self.token
        );
        let uri: Uri = url.parse().expect("a URL");
        let request = ClientRequestBuilder::new(uri).with_sub_protocol("protoo");
        client(request, self.connect()).expect("a WebSocket").0
    }

    /// What a join tells, where the room can carry that.
    pub fn joining(&self, room: &Value) -> Value {
        json!({
            "displayName": "bare", "secret": self.token, "device": "Unknown",
            "deviceInfo": {"sdkType": "vsdk", "sdkVersion": "0.1.0", "platform": "linux"},
            "rtpCapabilities": room,
            "sctpCapabilities": {"numStreams": {"OS": 1024, "MIS": 1024}},
            "metaData": null, "mode": "SEND_AND_RECV", "autoConsume": true,
            "batchingEnabled": true, "debugMode": true, "switchingRoom": false,
        })
    }

    /// Sends what the library sends, and waits until the join is answered.
    fn enter(&self, socket: &mut WebSocket<Stream>) {
        for frame in [
            request(1, "getRouterRtpCapabilities", json!({})),
            request(2, "createWebRtcTransport", transport(true)),
            request(3, "createWebRtcTransport", transport(false)),
            request(4, "requestEntry", json!({"name": "bare"})),
        ] {
            let written = socket.write(Message::text(frame.to_string()));
            written.expect("it is sent");
        }
        socket.flush().expect("it is sent");
        let room = answer(socket, 1);
        let join = request(5, "join", self.joining(&room));
        let sent = socket.send(Message::text(join.to_string()));
        sent.expect("it is sent");
        answer(socket, 5);
    }
}

pub fn request(id: u64, method: &str, data: Value) -> Value {
    json!({"request": true, "id": id, "method": method, "data": data})
}

/// What is asked for with `createWebRtcTransport`.
pub fn transport(sends: bool) -> Value {
    json!({
        "preferredProtocol": "UDP_OVER_TCP", "forceTcp": false, "producing": sends,
        "consuming": !sends, "sctpCapabilities": {"numStreams": {"OS": 1024, "MIS": 1024}},
    })
}

/// The data of the answer to that request; what else comes is passed over.
fn answer(socket: &mut WebSocket<Stream>, id: u64) -> Value {
    loop {
        let message = socket.read().expect("an answer");
        let Message::Text(text) = message else {
            continue;
        };
        let mut frame: Value = serde_json::from_str(&text).expect("JSON");
        if frame["response"] == true && frame["id"] == id {
            assert_eq!(frame["ok"], true, "{frame}");
            return frame["data"].take();
        }
    }
}

//! A client that hides nothing: it sends what it is told and keeps every byte that comes back.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use devserver::{Options, Server};
use serde_json::{Value, json};

/// Far more than any test takes; it only turns a hang into a failure.
pub const HANG: Duration = Duration::from_secs(30);

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The other side said that nothing more comes.
    Orderly,
    Reset,
    /// Over TLS: the socket ended, the encrypted stream did not.
    WithoutGoodbye,
}

/// Everything that came back on a connection.
#[derive(Debug)]
pub struct Exchange {
    pub bytes: Vec<u8>,
    pub end: End,
}

/// A reply, taken apart.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// As it was on the wire: chunked bodies keep their chunks.
    pub body: Vec<u8>,
}

impl Reply {
    pub fn parse(bytes: &[u8]) -> Reply {
        let head_length = bytes
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .unwrap_or_else(|| panic!("no complete head in {:?}", String::from_utf8_lossy(bytes)));
        let head = std::str::from_utf8(&bytes[..head_length]).unwrap();
        let mut lines = head.split("\r\n");
        let status_line = lines.next().unwrap();
        assert!(status_line.starts_with("HTTP/1.1 "), "{status_line}");
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        });
        Reply {
            status: status_line[9..12].parse().unwrap(),
            headers: headers.collect(),
            body: bytes[head_length + 4..].to_vec(),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {:?}", self.text()))
    }

    /// The text of an error reply, after checking that it has the service's shape.
    pub fn error(&self) -> String {
        let json = self.json();
        assert_eq!(json["statusCode"], self.status, "{json}");
        json["error"]
            .as_str()
            .unwrap_or_else(|| panic!("{json}"))
            .to_owned()
    }
}

pub fn connect(server: &Server) -> TcpStream {
    connect_to(server.http_url())
}

/// Connects to the host and port of a URL, whatever its scheme.
pub fn connect_to(url: &str) -> TcpStream {
    let (_, address) = url.split_once("://").unwrap();
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(HANG)).unwrap();
    stream
}

/// Reads until the connection ends.
pub fn read_all(stream: &mut impl Read) -> Exchange {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    let end = loop {
        match stream.read(&mut buffer) {
            Ok(0) => break End::Orderly,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break End::Reset,
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => break End::WithoutGoodbye,
            Err(error) => panic!("{error}, after {:?}", String::from_utf8_lossy(&bytes)),
        }
    };
    Exchange { bytes, end }
}

/// The bytes of a request, after which the server is to close the connection.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    if !body.is_empty() {
        text += &format!("Content-Length: {}\r\n", body.len());
    }
    format!("{text}\r\n{body}").into_bytes()
}

pub fn exchange(server: &Server, request: &[u8]) -> Exchange {
    let mut stream = connect(server);
    stream.write_all(request).unwrap();
    read_all(&mut stream)
}

pub fn send(
    server: &Server,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Reply {
    Reply::parse(&exchange(server, &request(method, path, headers, body)).bytes)
}

pub fn get(server: &Server, path: &str) -> Reply {
    send(server, "GET", path, &[], "")
}

/// A call of the REST interface with this token and, if it is not null, this JSON body.
pub fn call(server: &Server, token: &str, method: &str, path: &str, body: Value) -> Reply {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let headers = [
        ("Authorization", token),
        ("Content-Type", "application/json"),
    ];
    send(server, method, path, &headers, &body)
}

/// Every byte but the unreserved ones as %XX: no way of writing a path segment is safer.
pub fn encoded(segment: &str) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-_~".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    segment.bytes().map(byte).collect()
}

/// Waits for something that another thread brings about.
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < HANG, "it never came to pass that {what}");
        std::thread::yield_now();
    }
}

/// A server with nothing special about it.
pub fn start() -> Server {
    Server::start(Options::default()).unwrap()
}

/// Creates a room with this body, which must work.
pub fn create(server: &Server, body: Value) -> Value {
    let reply = call(server, &server.token(), "POST", "/v2/rooms", body);
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

/// Claims that are good for everything and for ever, and these.
pub fn claims(server: &Server, more: Value) -> Value {
    let mut claims = json!({"apikey": server.api_key(), "permissions": ["allow_join"]});
    claims
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    claims
}

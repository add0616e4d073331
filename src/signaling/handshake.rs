//! Opening a connection: init-config, then the WebSocket (protocol, sections 1.1 and 2.1; RFC 6455).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{
    CONNECTION, HeaderMap, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use tokio::time::Instant;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::MAX_FRAME_BYTES;
use super::ice_servers::IceServers;
use super::init_config::{self, PURPOSE};
use super::link::Link;
use crate::http::{Address, Call, Client};
use crate::redact::Secret;
use crate::{Error, Result, Status};

const SUBPROTOCOL: &str = "protoo";

/// Buffers of a connection, in bytes: frames are small and connections many.
const BUFFER: usize = 4 * 1024;

/// Everything but what RFC 3986 calls unreserved.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Whom to connect to, as whom.
pub(crate) struct Destination {
    pub(crate) service: Address,
    pub(crate) room_id: String,
    pub(crate) participant_id: String,
    pub(crate) token: Secret,
    /// The names that the service uses.
    pub(crate) mode: &'static str,
    pub(crate) peer_type: &'static str,
}

/// A connection that was made.
pub(crate) struct Opened {
    pub(crate) link: Link,
    /// What is wrong with them when they cannot be used: media may still work without.
    pub(crate) ice_servers: Result<IceServers, &'static str>,
}

/// Makes a connection; `persistent`: with the repetitions of every call, while otherwise the caller
/// tries again itself. Dropping the future gives it up.
pub(crate) async fn open(
    client: &Client,
    destination: &Destination,
    deadline: Instant,
    persistent: bool,
) -> Result<Opened> {
    let config = init_config::fetch(client, destination, deadline, persistent).await?;
    let link = connect(client, &config.signaling, destination, deadline).await?;
    Ok(Opened {
        link,
        ice_servers: config.ice_servers,
    })
}

async fn connect(
    client: &Client,
    signaling: &Address,
    destination: &Destination,
    deadline: Instant,
) -> Result<Link> {
    let address = signaling.with_query(&query(destination));
    let authority = address.target().authority.clone();
    let mut call = Call::get(PURPOSE, address, deadline);
    let key = generate_key();
    let key_value = HeaderValue::from_str(&key)
        .unwrap_or_else(|_| unreachable!("Base64 fits into every header"));
    call.public_headers.extend([
        (UPGRADE, HeaderValue::from_static("websocket")),
        (CONNECTION, HeaderValue::from_static("Upgrade")),
        (SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13")),
        (SEC_WEBSOCKET_KEY, key_value),
        (
            SEC_WEBSOCKET_PROTOCOL,
            HeaderValue::from_static(SUBPROTOCOL),
        ),
    ]);
    let upgrade = client.upgrade(call).await?;
    if let Some(problem) = disagreement(&upgrade.headers, &key) {
        return Err(Error::new(
            Status::InvalidResponse,
            format!("Could not join the meeting: what answers at {authority} {problem}"),
            "Check the signalling base URL, and that nothing in between answers in place of the service.",
        )
        .during(PURPOSE.operation));
    }
    let config = Some(limits());
    let socket = WebSocketStream::from_raw_socket(upgrade.stream, Role::Client, config).await;
    Ok(Link::new(socket))
}

/// How much a connection holds at once.
pub(super) fn limits() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_message_size(Some(MAX_FRAME_BYTES))
        .max_frame_size(Some(MAX_FRAME_BYTES))
}

/// The official client sends these values unencoded; encoded, they are the same to a server.
fn query(destination: &Destination) -> String {
    let pairs = [
        ("roomId", destination.room_id.as_str()),
        ("peerId", &destination.participant_id),
        ("secret", destination.token.expose().trim()),
        ("mode", destination.mode),
        ("peerType", destination.peer_type),
    ];
    let pairs = pairs.map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, VALUE)));
    pairs.join("&")
}

/// Why a reply is not the one of a protoo server to this very request.
fn disagreement(headers: &HeaderMap, key: &str) -> Option<&'static str> {
    let is = |name, wanted: &str| {
        let value: Option<&HeaderValue> = headers.get(name);
        value.is_some_and(|value| value.as_bytes() == wanted.as_bytes())
    };
    if !is(SEC_WEBSOCKET_ACCEPT, &derive_accept_key(key.as_bytes())) {
        return Some("did not prove that it understood the request for a WebSocket");
    }
    // Official clients take a server that names none.
    let chosen = headers.contains_key(SEC_WEBSOCKET_PROTOCOL);
    (chosen && !is(SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL))
        .then_some("speaks another protocol over its WebSocket")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_stays_one_value_of_the_query() {
        let destination = Destination {
            service: Address::parse("URL", "https://a.b").unwrap(),
            room_id: "my lesson/1&2".to_owned(),
            participant_id: "a+b=é".to_owned(),
            token: Secret::new("x.y-z_1"),
            mode: "SEND_AND_RECV",
            peer_type: "normal",
        };
        assert_eq!(
            query(&destination),
            "roomId=my%20lesson%2F1%262&peerId=a%2Bb%3D%C3%A9&secret=x.y-z_1&mode=SEND_AND_RECV&peerType=normal"
        );
    }

    #[test]
    fn a_reply_must_fit_the_request() {
        // The example of RFC 6455, section 1.3.
        let key = "dGhlIHNhbXBsZSBub25jZQ==";
        let reply = |accept: &'static str, protocol: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(SEC_WEBSOCKET_ACCEPT, HeaderValue::from_static(accept));
            if let Some(protocol) = protocol {
                headers.insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(protocol));
            }
            disagreement(&headers, key)
        };
        let good = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
        assert_eq!(reply(good, Some("protoo")), None);
        assert_eq!(reply(good, None), None);
        assert!(reply(good, Some("mqtt")).is_some());
        assert!(reply("s3pPLMBiTxaQ9kYGzzhZRbK+xOp=", Some("protoo")).is_some());
    }
}

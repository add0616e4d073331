//! Where to connect: the call that comes before the WebSocket (protocol, section 1.1).

use reqwest::header::AUTHORIZATION;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::handshake::Destination;
use super::ice_servers::IceServers;
use crate::http::{Address, Call, Client, Peer, Purpose, Reply, authorization, http_url_of};
use crate::{Result, Status};

const PATH: &str = "/infra/v1/meetings/server-init-config";

pub(super) const PURPOSE: Purpose = Purpose {
    operation: "meeting_join",
    goal: "join the meeting",
    peer: Peer::Service,
};

/// What the service tells before a connection is made.
pub(super) struct InitConfig {
    /// Where the WebSocket is, as `http` or `https`.
    pub(super) signaling: Address,
    pub(super) ice_servers: Result<IceServers, &'static str>,
}

/// Asks for it.
pub(super) async fn fetch(
    client: &Client,
    destination: &Destination,
    deadline: Instant,
    persistent: bool,
) -> Result<InitConfig> {
    let service = &destination.service;
    let path = service.url().path().trim_end_matches('/');
    let body = json!({"roomId": destination.room_id}).to_string();
    let address = service.at(&format!("{path}{PATH}"));
    let mut call = Call::post(PURPOSE, address, body, deadline);
    // It only asks, though by POST: a connection kept alive may be that of a server restarted since.
    call.is_repeatable = true;
    call.only_once = !persistent;
    call.headers
        .insert(AUTHORIZATION, authorization(&destination.token)?);
    read(&client.send(call).await?, service)
}

fn read(reply: &Reply, service: &Address) -> Result<InitConfig> {
    let unusable = |expected: &str| {
        let remedy = "Check the signalling base URL, and that nothing in between answers in place of the service.";
        reply.unusable(Status::InvalidResponse, expected, remedy)
    };
    let mut body: Value =
        serde_json::from_str(&reply.body).map_err(|_| unusable("a JSON object"))?;
    if !body.is_object() {
        return Err(unusable("a JSON object"));
    }
    let data = body["data"].take();
    let signaling = match address(&data) {
        Some(url) => Address::parse("signalling URL", &url)
            .map_err(|_| unusable("the address of the signalling service"))?,
        // Without data there is nothing else to go by.
        None => service.at("/"),
    };
    let ice_servers = match &data["iceServers"] {
        Value::String(text) => IceServers::decrypt(text),
        _ => Err("there are none"),
    };
    Ok(InitConfig {
        signaling,
        ice_servers,
    })
}

fn address(data: &Value) -> Option<String> {
    let text = |name: &str| {
        let text = data[name].as_str()?.trim();
        (!text.is_empty()).then_some(text)
    };
    text("signalingUrl")
        .or_else(|| text("baseUrl"))
        .map(http_url_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_the_signalling_url_or_else_the_base_url() {
        for (data, url) in [
            (
                json!({"signalingUrl": "ws://localhost:8080", "baseUrl": "b"}),
                Some("http://localhost:8080"),
            ),
            (
                json!({"signalingUrl": "WSS://s.example", "baseUrl": "b"}),
                Some("https://s.example"),
            ),
            (
                json!({"signalingUrl": null, "baseUrl": "b.example:444"}),
                Some("https://b.example:444"),
            ),
            (
                json!({"signalingUrl": "", "baseUrl": "b.example"}),
                Some("https://b.example"),
            ),
            (json!({"signalingUrl": "http://x"}), Some("http://x")),
            (json!({}), None),
            (Value::Null, None),
        ] {
            assert_eq!(address(&data).as_deref(), url, "{data}");
        }
    }
}

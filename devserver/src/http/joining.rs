//! Where joining begins: the init-config call, and the WebSocket that it names.

use std::sync::Arc;

use aws_lc_rs::cipher::{AES_256, EncryptionContext, PaddedBlockEncryptingKey, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    AUTHORIZATION, CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL,
    SEC_WEBSOCKET_VERSION, UPGRADE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::App;
use super::connection::ConnectionInfo;
use super::replies::{ErrorReply, ok};
use super::requests::{json_body, query_value, reached_as};
use crate::signaling::{self, Admission, Identity, Refused};

/// The key and the initialisation vector of the service's reply stand in clear in the published
/// clients: they hide nothing, and every client has to have the same.
const ICE_KEY: &[u8; 32] = b"YSJ!gMW!Y1Eu8j1NTb^rZyQiNLplYz*n";
const ICE_VECTOR: &[u8; 16] = b"y^LKkEGk0FwxjQ#B";
const SUBPROTOCOL: &str = "protoo";

/// `POST /infra/v1/meetings/server-init-config` with `{roomId}`: where to connect.
pub(super) async fn init_config(
    State(app): State<Arc<App>>,
    Extension(connection): Extension<ConnectionInfo>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ErrorReply> {
    let body = json_body(&headers, body).await?;
    let token = headers.get(AUTHORIZATION).map(HeaderValue::to_str);
    let token = token.transpose().map_err(|_| {
        Refused::new(
            4002,
            "Token is invalid: it has characters that no token has",
        )
    })?;
    let room_id = body.get("roomId").and_then(Value::as_str);
    Admission::check(&app, token, room_id.unwrap_or_default())?;

    let (scheme, host) = reached_as(&connection, &headers);
    let scheme = if scheme == "https" { "wss" } else { "ws" };
    let off = json!({"enabled": false});
    Ok(ok(&json!({"data": {
        "baseUrl": host,
        "signalingUrl": format!("{scheme}://{host}"),
        "iceServers": encrypted(&app.ice_servers()),
        "observability": {"jwt": "", "traces": off, "logs": off, "metaData": {}},
    }})))
}

/// As the service sends its ICE servers: AES-256-CBC with PKCS#7 padding, in Base64.
fn encrypted(ice_servers: &Value) -> String {
    let mut bytes = ice_servers.to_string().into_bytes();
    let key = UnboundCipherKey::new(&AES_256, ICE_KEY)
        .and_then(PaddedBlockEncryptingKey::cbc_pkcs7)
        .expect("a key of this length fits the algorithm");
    let context = EncryptionContext::Iv128(FixedLength::from(ICE_VECTOR));
    key.less_safe_encrypt(&mut bytes, context)
        .expect("padding makes every length fit");
    STANDARD.encode(bytes)
}

/// Whether a request wants to go on as a WebSocket.
pub(super) fn wants_websocket(headers: &HeaderMap) -> bool {
    headers
        .get(UPGRADE)
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// `GET /` with an upgrade: `roomId`, `peerId`, `secret`, `mode` and `peerType` in the query. A
/// refusal is an HTTP reply with the service's number in `code`: the published Python client does
/// not look at refusals that come later.
pub(super) async fn websocket(
    app: Arc<App>,
    connection: ConnectionInfo,
    request: Request,
) -> Result<Response, ErrorReply> {
    let accept = accept_key(&request)?;
    // Clients differ in how they encode values, but none of them means a space by a plus.
    let query = request
        .uri()
        .query()
        .unwrap_or_default()
        .replace('+', "%2B");
    let value = |name: &str| query_value(Some(&query), name);
    let room_id = value("roomId").unwrap_or_default();
    let admission = Admission::check(&app, value("secret").as_deref(), &room_id)?;
    let identity = Identity {
        peer_id: value("peerId").unwrap_or_default(),
        mode: value("mode").unwrap_or_else(|| "SEND_AND_RECV".to_owned()),
        peer_type: value("peerType").unwrap_or_else(|| "normal".to_owned()),
    };
    admission.check_participant(&app, &identity)?;

    let (mut parts, _) = request.into_parts();
    let upgrade = parts.extensions.remove::<hyper::upgrade::OnUpgrade>();
    let upgrade = upgrade
        .ok_or_else(|| ErrorReply::bad_request("this connection cannot become a WebSocket"))?;
    connection.control.upgrade();
    tokio::spawn(async move {
        // It fails when the client is gone before it has read the reply.
        let Ok(upgraded) = upgrade.await else {
            return;
        };
        let ConnectionInfo {
            control,
            mut stopping,
            in_use,
            ..
        } = connection;
        signaling::serve(
            &app,
            TokioIo::new(upgraded),
            (admission, identity),
            stopping.requested(),
            || control.reset_on_close(),
        )
        .await;
        drop(in_use);
    });
    let mut response = StatusCode::SWITCHING_PROTOCOLS.into_response();
    for (name, value) in [
        (UPGRADE, HeaderValue::from_static("websocket")),
        (CONNECTION, HeaderValue::from_static("Upgrade")),
        (
            SEC_WEBSOCKET_PROTOCOL,
            HeaderValue::from_static(SUBPROTOCOL),
        ),
        (SEC_WEBSOCKET_ACCEPT, accept),
    ] {
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

/// Checks the handshake and answers it.
fn accept_key(request: &Request) -> Result<HeaderValue, ErrorReply> {
    let headers = request.headers();
    let is = |name: HeaderName, wanted: &str| {
        let mut words = headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','));
        words.any(|word| word.trim().eq_ignore_ascii_case(wanted))
    };
    if request.method() != Method::GET || !is(SEC_WEBSOCKET_VERSION, "13") {
        return Err(ErrorReply::bad_request(
            "a WebSocket begins with GET and the header Sec-WebSocket-Version: 13",
        ));
    }
    if !is(SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL) {
        return Err(ErrorReply::bad_request(
            "the WebSocket must offer the subprotocol protoo",
        ));
    }
    let key = headers
        .get(SEC_WEBSOCKET_KEY)
        .ok_or_else(|| ErrorReply::bad_request("the header Sec-WebSocket-Key is missing"))?;
    HeaderValue::from_str(&derive_accept_key(key.as_bytes()))
        .map_err(|_| ErrorReply::bad_request("the header Sec-WebSocket-Key cannot be used"))
}

impl From<Refused> for ErrorReply {
    fn from(refused: Refused) -> ErrorReply {
        let status = match refused.code {
            4001 | 4002 => StatusCode::UNAUTHORIZED,
            4003 => StatusCode::PAYMENT_REQUIRED,
            4004 | 400 => StatusCode::BAD_REQUEST,
            _ => StatusCode::FORBIDDEN,
        };
        ErrorReply::new(status, refused.reason).with_code(refused.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the published client's own cipher.
    #[test]
    fn ice_servers_are_encrypted_as_clients_expect() {
        assert_eq!(encrypted(&json!([])), "DGO2b2NTLB3rcWF9q/O+Pg==");
        assert_eq!(
            encrypted(&json!([{"urls": "stun:127.0.0.1:3478"}])),
            "HxESWI4dOj/JUq8azziGdJdakcM+FKgFCduhVPqfc69DbXx6xMZj6GjgVmNtrx6Q"
        );
    }
}

//! Switching faults on and off while the server runs. For this machine only.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::json;

use super::App;
use super::connection::ConnectionInfo;
use super::replies::{ErrorReply, json_reply, ok};
use super::requests::whole_body;
use crate::faults::Fault;

type Reply = Result<Response, ErrorReply>;

/// `POST /admin/faults`
pub(super) async fn add(
    State(app): State<Arc<App>>,
    Extension(connection): Extension<ConnectionInfo>,
    headers: HeaderMap,
    body: Body,
) -> Reply {
    only_from_here(&connection, &headers)?;
    let body = whole_body(body).await?;
    let fault: Fault = serde_json::from_slice(&body)
        .map_err(|error| ErrorReply::bad_request(format!("this is not a fault: {error}")))?;
    let active = app
        .faults
        .add(fault)
        .map_err(|error| ErrorReply::bad_request(error.to_string()))?;
    Ok(json_reply(StatusCode::CREATED, &json!(active)))
}

/// `GET /admin/faults`
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Extension(connection): Extension<ConnectionInfo>,
    headers: HeaderMap,
) -> Reply {
    only_from_here(&connection, &headers)?;
    Ok(ok(&json!({"faults": app.faults.list_all()})))
}

/// `DELETE /admin/faults`
pub(super) async fn clear(
    State(app): State<Arc<App>>,
    Extension(connection): Extension<ConnectionInfo>,
    headers: HeaderMap,
) -> Reply {
    only_from_here(&connection, &headers)?;
    Ok(ok(&json!({"cleared": app.faults.clear()})))
}

/// Other machines have no business here, and neither have web pages: a browser on this machine
/// would send what any page tells it to, but it names the page as the origin.
fn only_from_here(connection: &ConnectionInfo, headers: &HeaderMap) -> Result<(), ErrorReply> {
    let refuse = |text: &str| Err(ErrorReply::new(StatusCode::FORBIDDEN, text));
    if !connection.peer.ip().to_canonical().is_loopback() {
        return refuse("Not permitted: faults can be changed from this machine only");
    }
    if headers.contains_key(ORIGIN) {
        return refuse("Not permitted: faults cannot be changed by a web page");
    }
    Ok(())
}

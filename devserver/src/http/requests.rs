//! Reading what requests carry.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::App;
use super::connection::ConnectionInfo;
use super::replies::ErrorReply;
use crate::tokens::{Claims, Refusal};

/// The most that a request's body may have, in bytes.
pub(crate) const BODY_LIMIT: usize = 100 * 1024;

/// Checks the `Authorization` header of a call to the REST interface.
pub(crate) fn authorize(app: &App, headers: &HeaderMap) -> Result<Claims, ErrorReply> {
    let token = match headers.get(AUTHORIZATION).map(|value| value.to_str()) {
        None => None,
        Some(Ok(token)) => Some(token),
        Some(Err(_)) => {
            return Err(Refusal::Invalid("it has characters that no token has".to_owned()).into());
        }
    };
    Ok(app.keys.check_for_rest(token, app.clock.now())?)
}

/// The id in a path, percent-decoded once.
pub(crate) fn path_id(id: Result<Path<String>, PathRejection>) -> Result<String, ErrorReply> {
    match id {
        Ok(Path(id)) => Ok(id),
        Err(_) => Err(ErrorReply::bad_request(
            "the id in the path is not percent-encoded UTF-8",
        )),
    }
}

/// The body as JSON. No body at all counts as an empty object.
pub(crate) async fn json_body(headers: &HeaderMap, body: Body) -> Result<Value, ErrorReply> {
    json_body_up_to(headers, body, BODY_LIMIT).await
}

/// The same with another limit, in bytes.
pub(crate) async fn json_body_up_to(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
) -> Result<Value, ErrorReply> {
    let bytes = body_up_to(body, limit).await?;
    if bytes.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    // The service passes over bodies that are not marked as JSON, and then acts as if there were
    // none. Saying so finds the mistake sooner.
    if !is_json(headers) {
        return Err(ErrorReply::bad_request(
            "the request has a body, but not the header Content-Type: application/json",
        ));
    }
    serde_json::from_slice(&bytes)
        .map_err(|error| ErrorReply::bad_request(format!("the request body is not JSON: {error}")))
}

pub(crate) async fn whole_body(body: Body) -> Result<Bytes, ErrorReply> {
    body_up_to(body, BODY_LIMIT).await
}

async fn body_up_to(body: Body, limit: usize) -> Result<Bytes, ErrorReply> {
    // The other way to fail is a connection that breaks off, and then nobody reads the answer.
    to_bytes(body, limit).await.map_err(|_| {
        let text = format!("the request body has more than {limit} bytes");
        ErrorReply::new(StatusCode::PAYLOAD_TOO_LARGE, text)
    })
}

/// Scheme and host by which the client has reached this server: they work for its next call too.
pub(crate) fn reached_as<'request>(
    connection: &'request ConnectionInfo,
    headers: &'request HeaderMap,
) -> (&'request str, &'request str) {
    let (scheme, own_host) = connection
        .base_url
        .split_once("://")
        .unwrap_or(("http", &connection.base_url));
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    (scheme, host.unwrap_or(own_host))
}

/// The value of a query parameter. An empty one counts as not given.
pub(crate) fn query_value(query: Option<&str>, name: &str) -> Option<String> {
    form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .find(|(key, value)| key == name && !value.is_empty())
        .map(|(_, value)| value.into_owned())
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    content_type.is_some_and(|content_type| {
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
    })
}

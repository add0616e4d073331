//! Uploading a file as Base64, and fetching it.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{AUTHORIZATION, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::App;
use super::connection::ConnectionInfo;
use super::replies::{ErrorReply, ok};
use super::requests::{json_body_up_to, path_id, query_value, reached_as};
use crate::files::File;
use crate::signaling::Admission;
use crate::world::random_hex;

/// The most bytes that an upload may have, Base64 and JSON included.
const UPLOAD_LIMIT: usize = 16 * 1024 * 1024;

/// `POST /base64-upload?roomId=` with `{fileName, base64Data}`: an address to fetch it from.
pub(super) async fn upload(
    State(app): State<Arc<App>>,
    Extension(connection): Extension<ConnectionInfo>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ErrorReply> {
    let room_id = query_value(query.as_deref(), "roomId").unwrap_or_default();
    let Admission { room_id, .. } = admitted(&app, &headers, &room_id)?;
    let body = json_body_up_to(&headers, body, UPLOAD_LIMIT).await?;
    let text = |name: &str| {
        let text = body.get(name).and_then(Value::as_str);
        text.filter(|text| !text.is_empty())
            .ok_or_else(|| ErrorReply::bad_request(format!("{name} must be a string")))
    };
    text("fileName")?;
    // The published Python client puts the text into quotes of its own.
    let data = text("base64Data")?.trim_matches('"');
    let bytes = STANDARD
        .decode(data)
        .map_err(|error| ErrorReply::bad_request(format!("base64Data is not Base64: {error}")))?;
    let id = random_hex(16);
    let file = File {
        id: id.clone(),
        room_id,
        bytes: bytes.into(),
    };
    app.files.add(file).map_err(|_| {
        ErrorReply::new(
            StatusCode::INSUFFICIENT_STORAGE,
            "There is no place for more files: start the local service again",
        )
    })?;
    let (scheme, host) = reached_as(&connection, &headers);
    Ok(ok(&json!({"url": format!("{scheme}://{host}/files/{id}")})))
}

/// `GET /files/{id}`: the bytes.
pub(super) async fn fetch(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, ErrorReply> {
    let file = app
        .files
        .get(&path_id(id)?)
        .ok_or_else(|| ErrorReply::new(StatusCode::NOT_FOUND, "There is no such file"))?;
    admitted(&app, &headers, &file.room_id)?;
    let mut response = file.bytes.into_response();
    // Whatever it is, a browser must not show it as a page of this server.
    for (name, value) in [
        (CONTENT_TYPE, "application/octet-stream"),
        (CONTENT_DISPOSITION, "attachment"),
    ] {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

/// Files are for those who may join the room.
fn admitted(app: &App, headers: &HeaderMap, room_id: &str) -> Result<Admission, ErrorReply> {
    let token = headers.get(AUTHORIZATION);
    let token = token.map(|token| token.to_str().unwrap_or_default());
    Ok(Admission::check(app, token, room_id)?)
}

//! The three routes of the sample token servers, which an application's own backend would have.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

use super::App;
use super::connection::ConnectionInfo;
use super::replies::{ErrorReply, ok};
use super::requests::{json_body, path_id, query_value};
use super::rooms;
use crate::tokens::{Claims, Restriction};

/// `GET /get-token`, with `roomId`, `peerId` and `permissions` (with commas) for a token that is good
/// for less.
pub(super) async fn get_token(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    let value = |name| query_value(query.as_deref(), name);
    let restriction = Restriction {
        room_id: value("roomId"),
        participant_id: value("peerId"),
        permissions: value("permissions")
            .map(|words| words.split(',').map(str::to_owned).collect())
            .unwrap_or_default(),
    };
    let token = app.keys.ordinary_token(&restriction, app.clock.now());
    ok(&json!({"token": token}))
}

/// `POST /create-meeting` with `{token, region?}`.
///
/// Unlike the samples, which answer 200 whatever happened, this passes the status on.
pub(super) async fn create_meeting(
    State(app): State<Arc<App>>,
    Extension(connection): Extension<ConnectionInfo>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ErrorReply> {
    let body = json_body(&headers, body).await?;
    let claims = claims(&app, &body)?;
    let spec = json!({"region": body.get("region")});
    rooms::create_for(&app, &connection, &claims, &spec)
}

/// `POST /validate-meeting/{id}` with `{token}`.
pub(super) async fn validate_meeting(
    State(app): State<Arc<App>>,
    Extension(connection): Extension<ConnectionInfo>,
    headers: HeaderMap,
    id: Result<Path<String>, PathRejection>,
    body: Body,
) -> Result<Response, ErrorReply> {
    let body = json_body(&headers, body).await?;
    let claims = claims(&app, &body)?;
    rooms::validate_for(&app, &connection, &claims, &path_id(id)?)
}

fn claims(app: &App, body: &Value) -> Result<Claims, ErrorReply> {
    let token = body.get("token").and_then(Value::as_str);
    Ok(app.keys.check_for_rest(token, app.clock.now())?)
}

//! Switching faults on and off while the server runs. For this machine only.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::ORIGIN;
use axum::middleware::Next;
use axum::response::Response;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::App;
use super::connection::ConnectionInfo;
use super::replies::{ErrorReply, json_reply, ok};
use super::requests::whole_body;
use crate::faults::InvalidFault;
use crate::sfu::Announced;
use crate::signaling::SocketAction;

type Reply = Result<Response, ErrorReply>;

/// `POST /admin/faults`
pub(super) async fn add(State(app): State<Arc<App>>, body: Body) -> Reply {
    let body = read_json(body).await?;
    let invalid = |error: InvalidFault| ErrorReply::bad_request(error.to_string());
    // Faults of HTTP have a route, those of signalling a method.
    let active = if body.get("method").is_some() {
        let fault = parsed(body, "a fault of signalling")?;
        json!(app.faults.add_signaling(fault).map_err(invalid)?)
    } else {
        let fault = parsed(body, "a fault")?;
        json!(app.faults.add(fault).map_err(invalid)?)
    };
    Ok(json_reply(StatusCode::CREATED, &active))
}

/// `GET /admin/faults`
pub(super) async fn list(State(app): State<Arc<App>>) -> Reply {
    Ok(ok(&json!({
        "faults": app.faults.list_all(),
        "signalingFaults": app.faults.list_signaling(),
    })))
}

/// `DELETE /admin/faults`
pub(super) async fn clear(State(app): State<Arc<App>>) -> Reply {
    Ok(ok(&json!({"cleared": app.faults.clear()})))
}

/// `POST /admin/sockets`: something happens to all connections of signalling at once.
pub(super) async fn sockets(State(app): State<Arc<App>>, body: Body) -> Reply {
    let body = read_json(body).await?;
    let action: SocketAction = parsed(body, "something to do with the connections")?;
    Ok(ok(&json!({"sockets": app.signaling.act_on_all(&action)})))
}

/// `POST /admin/statistics`: asks everybody who has joined how their media is doing, which empties
/// what they have kept.
pub(super) async fn statistics(State(app): State<Arc<App>>) -> Reply {
    let participants = app.signaling.ask_for_statistics().await;
    Ok(ok(&json!({"participants": participants})))
}

/// `GET /admin/media`: what exists in the media server, and where it listens.
pub(super) async fn media(State(app): State<Arc<App>>) -> Reply {
    Ok(ok(&app.sfu.describe().await))
}

/// `PUT /admin/media/announced`: transports that are made from now on are told these addresses.
pub(super) async fn announce(State(app): State<Arc<App>>, body: Body) -> Reply {
    let announced: Announced = parsed(read_json(body).await?, "addresses to announce")?;
    announced_now(&app, Some(announced))
}

/// `DELETE /admin/media/announced`: the media server's own addresses again.
pub(super) async fn announce_nothing(State(app): State<Arc<App>>) -> Reply {
    announced_now(&app, None)
}

fn announced_now(app: &App, announced: Option<Announced>) -> Reply {
    let done = app.sfu.announce(announced);
    done.map_err(|failed| ErrorReply::new(StatusCode::NOT_FOUND, failed.0))?;
    Ok(ok(&json!({"announced": announced})))
}

/// `GET /admin/ice-servers`
pub(super) async fn ice_servers(State(app): State<Arc<App>>) -> Reply {
    Ok(ok(&app.ice_servers()))
}

/// `PUT /admin/ice-servers`: clients that begin to join from now on are told these.
pub(super) async fn set_ice_servers(State(app): State<Arc<App>>, body: Body) -> Reply {
    let servers = read_json(body).await?;
    let good = servers.as_array().is_some_and(|servers| {
        let named = |server: &Value| !server["urls"].is_null();
        servers.iter().all(named)
    });
    if !good {
        let text = "ICE servers are an array of objects with urls";
        return Err(ErrorReply::bad_request(text));
    }
    app.ice_servers().clone_from(&servers);
    Ok(ok(&servers))
}

/// However it is marked: `curl -d` marks it as a form.
async fn read_json(body: Body) -> Result<Value, ErrorReply> {
    serde_json::from_slice(&whole_body(body).await?)
        .map_err(|error| ErrorReply::bad_request(format!("the request body is not JSON: {error}")))
}

fn parsed<Parsed: DeserializeOwned>(body: Value, what: &str) -> Result<Parsed, ErrorReply> {
    serde_json::from_value(body)
        .map_err(|error| ErrorReply::bad_request(format!("this is not {what}: {error}")))
}

/// Other machines have no business here, and neither have web pages: a browser on this machine
/// would send what any page tells it to, but it names the page as the origin.
pub(super) async fn only_from_here(
    Extension(connection): Extension<ConnectionInfo>,
    request: Request,
    next: Next,
) -> Reply {
    let refuse = |text: &str| Err(ErrorReply::new(StatusCode::FORBIDDEN, text));
    if !connection.peer.ip().to_canonical().is_loopback() {
        return refuse("Not permitted: faults can be changed from this machine only");
    }
    if request.headers().contains_key(ORIGIN) {
        return refuse("Not permitted: faults cannot be changed by a web page");
    }
    Ok(next.run(request).await)
}

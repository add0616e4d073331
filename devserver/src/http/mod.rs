//! The service on HTTP: routes, replies, and the sockets below them.

mod admin;
mod connection;
mod control;
mod joining;
mod listener;
mod misbehave;
mod observe;
mod replies;
mod requests;
mod rooms;
mod status;
mod tls;
mod token_server;
mod uploads;
mod wire;

pub(crate) use connection::Stopping;
pub(crate) use listener::Listener;
pub(crate) use tls::make_identity;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post, put};
use axum::{Extension, Router};

use crate::app::App;

use connection::ConnectionInfo;
use replies::ErrorReply;

/// All routes. Faults act inside of the observing layer, so that they are counted and get the
/// headers that every reply has.
pub(crate) fn router(app: &Arc<App>) -> Router {
    let admin = Router::new()
        .route(
            "/admin/faults",
            post(admin::add).get(admin::list).delete(admin::clear),
        )
        .route("/admin/sockets", post(admin::sockets))
        .route("/admin/statistics", post(admin::statistics))
        .route("/admin/media", get(admin::media))
        .route(
            "/admin/media/announced",
            put(admin::announce).delete(admin::announce_nothing),
        )
        .route(
            "/admin/ice-servers",
            get(admin::ice_servers).put(admin::set_ice_servers),
        )
        .route_layer(middleware::from_fn(admin::only_from_here));
    Router::new()
        .route("/", get(page_or_websocket))
        .route("/status.json", get(status::json))
        .route(
            "/status-events",
            get(status::events).layer(Extension(Arc::<status::Readers>::default())),
        )
        .route("/get-token", get(token_server::get_token))
        .route("/create-meeting", post(token_server::create_meeting))
        .route(
            "/validate-meeting/{id}",
            post(token_server::validate_meeting),
        )
        .route("/v2/rooms", post(rooms::create).get(rooms::list))
        // A GET of this path is a look-up like any other: own ids are free text.
        .route(
            "/v2/rooms/deactivate",
            post(rooms::deactivate).get(rooms::get_deactivate),
        )
        .route("/v2/rooms/validate/{id}", get(rooms::validate))
        .route("/v2/rooms/{id}", get(rooms::get))
        .route(
            "/infra/v1/meetings/server-init-config",
            post(joining::init_config),
        )
        .route("/base64-upload", post(uploads::upload))
        .route("/files/{id}", get(uploads::fetch))
        .merge(admin)
        .fallback(no_such_route)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn_with_state(
            app.clone(),
            misbehave::apply_faults,
        ))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            observe::observe,
        ))
        .with_state(app.clone())
}

/// The page for people and the WebSocket of clients have the same address.
async fn page_or_websocket(
    State(app): State<Arc<App>>,
    Extension(connection): Extension<ConnectionInfo>,
    request: Request,
) -> Result<Response, ErrorReply> {
    if joining::wants_websocket(request.headers()) {
        joining::websocket(app, connection, request).await
    } else {
        Ok(status::page(State(app)).await)
    }
}

async fn no_such_route(uri: Uri) -> ErrorReply {
    ErrorReply::new(
        StatusCode::NOT_FOUND,
        format!("There is nothing at {}", uri.path()),
    )
}

async fn wrong_method(uri: Uri) -> ErrorReply {
    let text = format!("{} does not take this method", uri.path());
    ErrorReply::new(StatusCode::METHOD_NOT_ALLOWED, text)
}

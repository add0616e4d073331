//! The service on HTTP: routes, replies, and the sockets below them.

mod admin;
mod connection;
mod control;
mod listener;
mod misbehave;
mod observe;
mod replies;
mod requests;
mod rooms;
mod status_page;
mod tls;
mod token_server;
mod wire;

pub(crate) use connection::Stopping;
pub(crate) use listener::Listener;
pub(crate) use tls::make_identity;

use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::middleware;
use axum::routing::{get, post};

use crate::clock::Clock;
use crate::faults::Faults;
use crate::server::Addresses;
use crate::stats::Counters;
use crate::tokens::Keys;
use crate::world::World;

use replies::ErrorReply;

/// Everything that the handlers share.
pub(crate) struct App {
    pub keys: Keys,
    pub clock: Clock,
    pub faults: Faults,
    pub counters: Arc<Counters>,
    pub addresses: Addresses,
    pub world: Mutex<World>,
}

impl App {
    /// The world, for as long as one request needs it; never held across an await.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// All routes. Faults act inside of the observing layer, so that they are counted and get the
/// headers that every reply has.
pub(crate) fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route("/", get(status_page::page))
        .route("/status.json", get(status_page::json))
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
            "/admin/faults",
            post(admin::add).get(admin::list).delete(admin::clear),
        )
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

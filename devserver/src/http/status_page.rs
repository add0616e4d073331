//! The page for people at `/`, and the same as JSON.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::App;
use super::replies::{ok, typed_reply};

pub(super) async fn json(State(app): State<Arc<App>>) -> Response {
    let rooms: Vec<_> = {
        let world = app.world();
        let rooms = world.newest_first().map(|room| {
            json!({
                "roomId": room.room_id,
                "customRoomId": room.spec.custom_room_id,
                "createdAt": room.created_at.to_string(),
                "disabled": room.disabled,
            })
        });
        rooms.collect()
    };
    ok(&json!({
        "service": "devserver",
        "version": env!("CARGO_PKG_VERSION"),
        "apiKey": app.keys.api_key,
        "time": app.clock.now().to_string(),
        "addresses": app.addresses,
        "rooms": rooms,
        "stats": app.counters.read(),
    }))
}

pub(super) async fn page(State(app): State<Arc<App>>) -> Response {
    typed_reply(
        StatusCode::OK,
        "text/html; charset=utf-8",
        html(&app).into(),
    )
}

fn html(_app: &App) -> String {
    String::new()
}

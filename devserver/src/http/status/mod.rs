//! What people see of the service: the page at `/`, the same as JSON, and the events that keep the
//! page up to date.

mod escaped;
mod events;
mod meetings;
mod page;

pub(super) use events::{Readers, events};
pub(super) use page::page;

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use super::App;
use super::replies::ok;

/// `GET /status.json`
pub(super) async fn json(State(app): State<Arc<App>>) -> Response {
    let meetings = app.signaling.view().await;
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
        "meetings": meetings,
        "stats": app.stats(),
        "faults": app.faults.list_all(),
        "signalingFaults": app.faults.list_signaling(),
    }))
}

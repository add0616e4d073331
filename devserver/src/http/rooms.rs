//! The rooms interface, version 2.

use std::num::NonZeroU64;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::App;
use super::connection::ConnectionInfo;
use super::replies::{ErrorReply, ok};
use super::requests::{authorize, json_body, path_id, query_value};
use crate::tokens::{Claims, Refusal};
use crate::world::{DeactivateError, Owner, Room, RoomSpec, World};

type Reply = Result<Response, ErrorReply>;
type Connection = Extension<ConnectionInfo>;
type PathId = Result<Path<String>, PathRejection>;

const DEFAULT_PER_PAGE: u64 = 20;

/// `POST /v2/rooms`
pub(super) async fn create(
    State(app): State<Arc<App>>,
    Extension(connection): Connection,
    headers: HeaderMap,
    body: Body,
) -> Reply {
    let claims = authorize(&app, &headers)?;
    let body = json_body(&headers, body).await?;
    create_for(&app, &connection, &claims, &body)
}

/// Creates a room for the holder of these claims.
pub(super) fn create_for(
    app: &App,
    connection: &ConnectionInfo,
    claims: &Claims,
    body: &Value,
) -> Reply {
    let spec = RoomSpec::from_json(body)?;
    let mut world = app.world();
    // A token for one room may name that room again, but not make others.
    let admitted = match spec.custom_room_id.as_deref() {
        None => claims.room_id.is_none(),
        Some(id) => match world.room_by_custom_id(id) {
            Some(room) => admits(claims, room),
            None => claims.admits_room(&[id]),
        },
    };
    if !admitted {
        return Err(Refusal::OtherRoom.into());
    }
    let room = world.create_room(spec, app.clock.now()).clone();
    app.changes.mark();
    Ok(show(app, connection, &world, |owner| room.to_json(owner)))
}

/// `GET /v2/rooms/{id}`, by the service's id, the user's own or the database id.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    Extension(connection): Connection,
    headers: HeaderMap,
    id: PathId,
) -> Reply {
    let claims = authorize(&app, &headers)?;
    get_for(&app, &connection, &claims, &path_id(id)?)
}

/// `GET /v2/rooms/deactivate`: the room whose own id is this word.
pub(super) async fn get_deactivate(
    State(app): State<Arc<App>>,
    Extension(connection): Connection,
    headers: HeaderMap,
) -> Reply {
    let claims = authorize(&app, &headers)?;
    get_for(&app, &connection, &claims, "deactivate")
}

fn get_for(app: &App, connection: &ConnectionInfo, claims: &Claims, id: &str) -> Reply {
    let world = app.world();
    let room = admitted(claims, id, world.room(id))?.ok_or_else(|| {
        ErrorReply::not_found("Room not found: no room of this project has this id")
    })?;
    Ok(show(app, connection, &world, |owner| {
        room.to_json_with_user(owner)
    }))
}

/// `GET /v2/rooms/validate/{id}`
pub(super) async fn validate(
    State(app): State<Arc<App>>,
    Extension(connection): Connection,
    headers: HeaderMap,
    id: PathId,
) -> Reply {
    let claims = authorize(&app, &headers)?;
    validate_for(&app, &connection, &claims, &path_id(id)?)
}

/// Looks a room up for the holder of these claims. An unknown id is told with 400 here and with
/// 402 elsewhere: of the statuses seen from the service, these are the ones that are documented
/// for either call.
pub(super) fn validate_for(
    app: &App,
    connection: &ConnectionInfo,
    claims: &Claims,
    id: &str,
) -> Reply {
    let world = app.world();
    let room = admitted(claims, id, world.room_by_room_or_custom_id(id))?.ok_or_else(|| {
        ErrorReply::bad_request("Room is not valid: no room of this project has this id")
    })?;
    Ok(show(app, connection, &world, |owner| room.to_json(owner)))
}

/// `GET /v2/rooms`, with `page`, `perPage`, `query` (an exact id) and `userId`.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Extension(connection): Connection,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Reply {
    let claims = authorize(&app, &headers)?;
    let query = query.as_deref();
    let page = count(query, "page", 1)?;
    let per_page = count(query, "perPage", DEFAULT_PER_PAGE)?;
    let wanted_id = query_value(query, "query");
    let wanted_user = query_value(query, "userId");

    let world = app.world();
    let owner = owner(&app, &connection, &world);
    let rooms = world.page(page, per_page, |room| {
        admits(&claims, room)
            && wanted_id.as_deref().is_none_or(|id| room.answers_to(id))
            && wanted_user
                .as_deref()
                .is_none_or(|user| user == owner.user_id)
    });
    let data: Vec<Map<String, Value>> = rooms
        .rooms
        .iter()
        .map(|room| room.to_json_with_user(&owner))
        .collect();
    Ok(ok(&json!({
        "pageInfo": {
            "currentPage": rooms.current_page,
            "perPage": rooms.per_page,
            "lastPage": rooms.last_page,
            "total": rooms.total,
        },
        "data": data,
    })))
}

/// `POST /v2/rooms/deactivate`, which takes the service's own id only.
pub(super) async fn deactivate(
    State(app): State<Arc<App>>,
    Extension(connection): Connection,
    headers: HeaderMap,
    body: Body,
) -> Reply {
    let claims = authorize(&app, &headers)?;
    let body = json_body(&headers, body).await?;
    let id = match body.get("roomId") {
        Some(Value::String(id)) if !id.is_empty() => id,
        Some(_) => return Err(ErrorReply::bad_request("roomId must be a string with text")),
        None => return Err(ErrorReply::bad_request("roomId is required")),
    };
    let mut world = app.world();
    admitted(&claims, id, world.room(id))?;
    let room = match world.deactivate(id, app.clock.now()) {
        Ok(room) => room.clone(),
        Err(DeactivateError::NotAServerRoomId) => {
            return Err(ErrorReply::not_found(
                "Room not found: deactivating takes the roomId that the service gave, not a \
                 customRoomId or a database id",
            ));
        }
        Err(DeactivateError::Unknown) => {
            return Err(ErrorReply::not_found(
                "Room not found: no room of this project has this id",
            ));
        }
    };
    app.changes.mark();
    Ok(show(&app, &connection, &world, |owner| {
        room.to_json_with_legacy_names(owner)
    }))
}

fn admits(claims: &Claims, room: &Room) -> bool {
    let mut ids = vec![room.room_id.as_str(), room.id.as_str()];
    ids.extend(room.spec.custom_room_id.as_deref());
    claims.admits_room(&ids)
}

/// Refuses when the token is for another room. An id that no room has counts as another room too,
/// unless the token names it: such a token must not tell which ids exist.
fn admitted<'world>(
    claims: &Claims,
    id: &str,
    room: Option<&'world Room>,
) -> Result<Option<&'world Room>, ErrorReply> {
    let admitted = match room {
        Some(room) => admits(claims, room),
        None => claims.admits_room(&[id]),
    };
    if admitted {
        Ok(room)
    } else {
        Err(Refusal::OtherRoom.into())
    }
}

fn owner<'text>(
    app: &'text App,
    connection: &'text ConnectionInfo,
    world: &'text World,
) -> Owner<'text> {
    Owner {
        api_key: &app.keys.api_key,
        user_id: world.user_id(),
        base_url: &connection.base_url,
    }
}

fn show(
    app: &App,
    connection: &ConnectionInfo,
    world: &World,
    to_json: impl FnOnce(&Owner<'_>) -> Map<String, Value>,
) -> Response {
    ok(&Value::Object(to_json(&owner(app, connection, world))))
}

fn count(query: Option<&str>, name: &str, default: u64) -> Result<NonZeroU64, ErrorReply> {
    let given = query_value(query, name);
    given
        .map_or(Some(default), |text| text.parse().ok())
        .and_then(NonZeroU64::new)
        .ok_or_else(|| ErrorReply::bad_request(format!("{name} must be a whole number from 1 on")))
}

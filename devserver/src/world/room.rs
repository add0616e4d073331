//! One room, and how the REST interface shows it.

use serde_json::{Map, Value, json};

use super::{RoomSpec, Timestamp};

/// A durable place to meet. It exists from its creation on, whether or not somebody is in it.
#[derive(Clone, Debug)]
pub struct Room {
    /// Database id, 24 hexadecimal digits.
    pub id: String,
    /// The service's own id, `xxxx-xxxx-xxxx`.
    pub room_id: String,
    pub spec: RoomSpec,
    /// True after deactivation, for ever.
    pub disabled: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// One page of a list of rooms.
#[derive(Debug)]
pub struct RoomPage<'world> {
    pub current_page: u64,
    pub per_page: u64,
    /// At least 1, also when there is no room.
    pub last_page: u64,
    pub total: u64,
    pub rooms: Vec<&'world Room>,
}

/// What a room's reply says about its owner and about where the service is reached.
pub struct Owner<'text> {
    pub api_key: &'text str,
    pub user_id: &'text str,
    /// Scheme, host and port of the service, without a slash at the end.
    pub base_url: &'text str,
}

impl Room {
    pub(super) fn new(id: String, room_id: String, spec: RoomSpec, now: Timestamp) -> Room {
        Room {
            id,
            room_id,
            spec,
            disabled: false,
            created_at: now,
            updated_at: now,
        }
    }

    /// Whether this is the room's id or the user's own id for it.
    pub fn answers_to(&self, id: &str) -> bool {
        self.room_id == id || self.spec.custom_room_id.as_deref() == Some(id)
    }

    /// The room as the REST interface answers it: every field is there, null when it was not given.
    pub fn to_json(&self, owner: &Owner<'_>) -> Map<String, Value> {
        let spec = &self.spec;
        let mut reply = Map::new();
        let mut put = |name: &str, value: Value| reply.insert(name.to_owned(), value);
        put("roomId", json!(self.room_id));
        put("customRoomId", json!(spec.custom_room_id));
        put("userId", json!(owner.user_id));
        put("apiKey", json!(owner.api_key));
        put("disabled", json!(self.disabled));
        put("geoFence", json!(spec.geo_fence));
        put("webhook", spec.webhook.clone());
        put("autoCloseConfig", spec.auto_close_config.clone());
        put("autoStartConfig", spec.auto_start_config.clone());
        put("multiComposition", spec.multi_composition.clone());
        put("allowedParticipantIds", json!(spec.allowed_participant_ids));
        put("createdAt", json!(self.created_at.to_string()));
        put("updatedAt", json!(self.updated_at.to_string()));
        put("id", json!(self.id));
        put(
            "links",
            json!({
                "get_room": format!("{}/v2/rooms/{}", owner.base_url, self.room_id),
                "get_session": format!("{}/v2/sessions/", owner.base_url),
            }),
        );
        reply
    }

    /// As [`Room::to_json`], with the account that owns the room; lists and single look-ups have it.
    pub fn to_json_with_user(&self, owner: &Owner<'_>) -> Map<String, Value> {
        let mut reply = self.to_json(owner);
        reply.insert(
            "user".to_owned(),
            json!({
                "email": "developer@example.com",
                "name": "Local developer",
                "discontinuedReason": null,
                "id": owner.user_id,
            }),
        );
        reply
    }

    /// As [`Room::to_json`], with the two names that the first version of the interface used and
    /// that the reply to a deactivation still carries. The published example of that reply has
    /// only the old names, the vendor's own clients read the new ones: both are here.
    pub fn to_json_with_legacy_names(&self, owner: &Owner<'_>) -> Map<String, Value> {
        let mut reply = self.to_json(owner);
        reply.insert("meetingId".to_owned(), json!(self.room_id));
        reply.insert("userMeetingId".to_owned(), json!(self.spec.custom_room_id));
        reply
    }
}

//! A room as the service tells it, read leniently: absent, null and unknown fields are all fine.

use std::fmt;

use serde_json::{Map, Value};

/// A room of the service.
///
/// Every field but the room id may be absent. [`Room::json`] holds whatever else was told.
#[derive(Clone, PartialEq)]
pub struct Room {
    room_id: String,
    custom_room_id: Option<String>,
    id: Option<String>,
    user_id: Option<String>,
    api_key: Option<String>,
    disabled: Option<bool>,
    geo_fence: Option<String>,
    webhook_url: Option<String>,
    webhook_events: Vec<String>,
    auto_close_type: Option<String>,
    auto_close_duration: Option<i64>,
    auto_start_json: Option<String>,
    multi_composition: Option<MultiComposition>,
    allowed_participant_ids: Vec<String>,
    created_at: Option<String>,
    updated_at: Option<String>,
    room_link: Option<String>,
    session_link: Option<String>,
    json: String,
}

/// Which compositions of a room may run several times at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MultiComposition {
    /// Several recordings.
    pub recording: bool,
    /// Several HLS streams.
    pub hls: bool,
    /// Several RTMP streams.
    pub rtmp: bool,
}

/// Which names of fields a reply uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// `roomId`, `customRoomId`.
    Current,
    /// Those, or the ones from before: `meetingId`, `userMeetingId`. Deactivating answers so.
    Legacy,
}

impl Room {
    /// Reads the text of one JSON object; `None` when it is none, or has no room id.
    pub(crate) fn from_json(json: &str, names: Names) -> Option<Self> {
        let Value::Object(fields) = serde_json::from_str(json).ok()? else {
            return None;
        };
        let renamed = |current: &str, legacy: &str| {
            text(&fields, current).or_else(|| {
                (names == Names::Legacy)
                    .then(|| text(&fields, legacy))
                    .flatten()
            })
        };
        let empty = Map::new();
        let object = |key: &str| fields.get(key).and_then(Value::as_object);
        let webhook = object("webhook").unwrap_or(&empty);
        let auto_close = object("autoCloseConfig").unwrap_or(&empty);
        let links = object("links").unwrap_or(&empty);
        Some(Self {
            room_id: renamed("roomId", "meetingId")?,
            custom_room_id: renamed("customRoomId", "userMeetingId"),
            id: text(&fields, "id").or_else(|| text(&fields, "_id")),
            user_id: text(&fields, "userId"),
            api_key: text(&fields, "apiKey"),
            disabled: fields.get("disabled").and_then(Value::as_bool),
            geo_fence: text(&fields, "geoFence"),
            webhook_url: text(webhook, "endPoint").or_else(|| text(webhook, "url")),
            webhook_events: texts(webhook, "events"),
            auto_close_type: text(auto_close, "type"),
            auto_close_duration: auto_close.get("duration").and_then(number),
            auto_start_json: object("autoStartConfig")
                .map(|config| Value::Object(config.clone()).to_string()),
            multi_composition: object("multiComposition").map(|kinds| {
                let flag = |kind: &str| kinds.get(kind).and_then(Value::as_bool).unwrap_or(false);
                MultiComposition {
                    recording: flag("recording"),
                    hls: flag("hls"),
                    rtmp: flag("rtmp"),
                }
            }),
            allowed_participant_ids: texts(&fields, "allowedParticipantIds"),
            created_at: text(&fields, "createdAt"),
            updated_at: text(&fields, "updatedAt"),
            room_link: text(links, "get_room"),
            session_link: text(links, "get_session"),
            json: json.trim().to_owned(),
        })
    }

    /// The id under which participants join; never empty.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.room_id
    }

    /// Your own id for the room.
    #[must_use]
    pub fn custom_room_id(&self) -> Option<&str> {
        self.custom_room_id.as_deref()
    }

    /// The id in the service's database.
    #[must_use]
    pub fn database_id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The account that owns the room.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        self.user_id.as_deref()
    }

    /// The API key that owns the room.
    #[must_use]
    pub fn api_key(&self) -> Option<&str> {
        self.api_key.as_deref()
    }

    /// Whether the room was deactivated.
    #[must_use]
    pub fn is_disabled(&self) -> Option<bool> {
        self.disabled
    }

    /// The region that the room is kept in.
    #[must_use]
    pub fn geo_fence(&self) -> Option<&str> {
        self.geo_fence.as_deref()
    }

    /// Where events are reported to.
    #[must_use]
    pub fn webhook_url(&self) -> Option<&str> {
        self.webhook_url.as_deref()
    }

    /// Which events are reported.
    #[must_use]
    pub fn webhook_events(&self) -> &[String] {
        &self.webhook_events
    }

    /// When the room closes by itself.
    #[must_use]
    pub fn auto_close_type(&self) -> Option<&str> {
        self.auto_close_type.as_deref()
    }

    /// After how long it does; the service's sources disagree whether in minutes or seconds.
    #[must_use]
    pub fn auto_close_duration(&self) -> Option<i64> {
        self.auto_close_duration
    }

    /// What starts together with the room, as a JSON object.
    #[must_use]
    pub fn auto_start_json(&self) -> Option<&str> {
        self.auto_start_json.as_deref()
    }

    /// Which compositions may run several times at once.
    #[must_use]
    pub fn multi_composition(&self) -> Option<MultiComposition> {
        self.multi_composition
    }

    /// The only participants that may join; empty when everyone may.
    #[must_use]
    pub fn allowed_participant_ids(&self) -> &[String] {
        &self.allowed_participant_ids
    }

    /// When the room was created: ISO 8601, UTC.
    #[must_use]
    pub fn created_at(&self) -> Option<&str> {
        self.created_at.as_deref()
    }

    /// When the room was last changed: ISO 8601, UTC.
    #[must_use]
    pub fn updated_at(&self) -> Option<&str> {
        self.updated_at.as_deref()
    }

    /// The address of the room in the service's REST interface.
    #[must_use]
    pub fn room_link(&self) -> Option<&str> {
        self.room_link.as_deref()
    }

    /// The address of its sessions in the service's REST interface.
    #[must_use]
    pub fn session_link(&self) -> Option<&str> {
        self.session_link.as_deref()
    }

    /// The JSON object exactly as the service sent it, unknown fields included.
    ///
    /// It may hold personal data of the account's owner: do not log it.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }
}

impl fmt::Debug for Room {
    /// Only the ids: the rest may hold personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Room")
            .field("room_id", &self.room_id)
            .field("custom_room_id", &self.custom_room_id)
            .finish_non_exhaustive()
    }
}

/// A text, or a number where a text is usual; an empty one says nothing.
fn text(fields: &Map<String, Value>, key: &str) -> Option<String> {
    match fields.get(key)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn texts(fields: &Map<String, Value>, key: &str) -> Vec<String> {
    let Some(Value::Array(items)) = fields.get(key) else {
        return Vec::new();
    };
    items
        .iter()
        .filter_map(|item| match item {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .collect()
}

/// A whole number, also as text or with a fraction of zero.
pub(crate) fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| {
            let fraction = number.as_f64()?;
            // Beyond 2^53 a float names no whole number for certain.
            (fraction.fract() == 0.0 && fraction.abs() < 9e15).then_some(fraction as i64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_read() {
        let json = r#" {"roomId":"k3vd-9x2p-tq7m","customRoomId":"lab","userId":"u","apiKey":"k",
            "disabled":false,"geoFence":"eu001","webhook":{"endPoint":"https://a.b","events":["x"]},
            "autoCloseConfig":{"type":"session-ends","duration":480},"autoStartConfig":{"hls":{}},
            "multiComposition":{"recording":true,"hls":false},"allowedParticipantIds":["ann",7],
            "createdAt":"c","updatedAt":"u","id":"d","links":{"get_room":"r","get_session":"s"},
            "tomorrow":{"new":1}} "#;
        let room = Room::from_json(json, Names::Current).expect("a room");
        assert_eq!(room.id(), "k3vd-9x2p-tq7m");
        assert_eq!(room.custom_room_id(), Some("lab"));
        assert_eq!(room.database_id(), Some("d"));
        assert_eq!(room.user_id(), Some("u"));
        assert_eq!(room.api_key(), Some("k"));
        assert_eq!(room.is_disabled(), Some(false));
        assert_eq!(room.geo_fence(), Some("eu001"));
        assert_eq!(room.webhook_url(), Some("https://a.b"));
        assert_eq!(room.webhook_events(), ["x"]);
        assert_eq!(room.auto_close_type(), Some("session-ends"));
        assert_eq!(room.auto_close_duration(), Some(480));
        assert_eq!(room.auto_start_json(), Some(r#"{"hls":{}}"#));
        let several = MultiComposition {
            recording: true,
            hls: false,
            rtmp: false,
        };
        assert_eq!(room.multi_composition(), Some(several));
        assert_eq!(room.allowed_participant_ids(), ["ann", "7"]);
        assert_eq!(room.created_at(), Some("c"));
        assert_eq!(room.updated_at(), Some("u"));
        assert_eq!(room.room_link(), Some("r"));
        assert_eq!(room.session_link(), Some("s"));
        assert_eq!(room.json(), json.trim());
    }

    #[test]
    fn missing_null_and_odd_fields_are_tolerated() {
        for json in [
            r#"{"roomId":"a"}"#,
            r#"{"roomId":"a","customRoomId":null,"webhook":null,"links":null,"disabled":null}"#,
            r#"{"roomId":"a","webhook":"x","links":7,"allowedParticipantIds":{},"disabled":"no"}"#,
            r#"{"roomId":"a","autoCloseConfig":{"duration":"soon"},"multiComposition":[]}"#,
        ] {
            let room = Room::from_json(json, Names::Current).expect(json);
            assert_eq!(
                (room.id(), room.custom_room_id(), room.is_disabled()),
                ("a", None, None)
            );
            assert_eq!(room.auto_close_duration(), None);
        }
        let numeric = r#"{"roomId":12,"userId":3,"autoCloseConfig":{"duration":"480"}}"#;
        let room = Room::from_json(numeric, Names::Current).expect(numeric);
        assert_eq!((room.id(), room.user_id()), ("12", Some("3")));
        assert_eq!(room.auto_close_duration(), Some(480));
    }

    #[test]
    fn without_a_room_id_it_is_no_room() {
        for json in [
            "",
            "[]",
            "{}",
            r#"{"roomId":null}"#,
            r#"{"roomId":""}"#,
            r#"{"meetingId":"a"}"#,
        ] {
            assert!(Room::from_json(json, Names::Current).is_none(), "{json}");
        }
    }

    #[test]
    fn legacy_names_are_mapped_where_they_are_used() {
        let json = r#"{"meetingId":"a","userMeetingId":"b","disabled":true}"#;
        let room = Room::from_json(json, Names::Legacy).expect(json);
        assert_eq!((room.id(), room.custom_room_id()), ("a", Some("b")));
        assert_eq!(room.is_disabled(), Some(true));
        let both = r#"{"meetingId":"old","roomId":"new"}"#;
        assert_eq!(
            Room::from_json(both, Names::Legacy).expect(both).id(),
            "new"
        );
    }

    #[test]
    fn personal_data_is_not_printed() {
        let json = r#"{"roomId":"a","user":{"email":"ann@example.com"}}"#;
        let room = Room::from_json(json, Names::Current).expect(json);
        assert!(room.json().contains("ann@"));
        assert!(!format!("{room:?}").contains("ann@"));
    }
}

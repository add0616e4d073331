//! A room as the service tells it, read leniently: absent, null and unknown fields are all fine.

use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::reading::{flag, number, object, object_in, text, texts};

/// A room of the service.
///
/// Every field but the room id may be absent. [`Room::json`] holds whatever else was told.
#[derive(Clone, PartialEq)]
pub struct Room {
    room_id: String,
    fields: Fields,
    json: String,
}

/// What the service tells about a room, under the names it has there.
#[derive(Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Fields {
    #[serde(deserialize_with = "text")]
    room_id: Option<String>,
    #[serde(deserialize_with = "text")]
    meeting_id: Option<String>,
    #[serde(deserialize_with = "text")]
    custom_room_id: Option<String>,
    #[serde(deserialize_with = "text")]
    user_meeting_id: Option<String>,
    #[serde(deserialize_with = "text")]
    id: Option<String>,
    #[serde(rename = "_id", deserialize_with = "text")]
    internal_id: Option<String>,
    #[serde(deserialize_with = "text")]
    user_id: Option<String>,
    #[serde(deserialize_with = "text")]
    api_key: Option<String>,
    #[serde(deserialize_with = "flag")]
    disabled: Option<bool>,
    #[serde(deserialize_with = "text")]
    geo_fence: Option<String>,
    #[serde(deserialize_with = "object")]
    webhook: Option<Webhook>,
    #[serde(deserialize_with = "object")]
    auto_close_config: Option<AutoClose>,
    #[serde(deserialize_with = "auto_start")]
    auto_start_config: Option<String>,
    #[serde(deserialize_with = "object")]
    multi_composition: Option<Compositions>,
    #[serde(deserialize_with = "texts")]
    allowed_participant_ids: Vec<String>,
    #[serde(deserialize_with = "text")]
    created_at: Option<String>,
    #[serde(deserialize_with = "text")]
    updated_at: Option<String>,
    #[serde(deserialize_with = "object")]
    links: Option<Links>,
}

#[derive(Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Webhook {
    #[serde(deserialize_with = "text")]
    end_point: Option<String>,
    #[serde(deserialize_with = "text")]
    url: Option<String>,
    #[serde(deserialize_with = "texts")]
    events: Vec<String>,
}

#[derive(Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
struct AutoClose {
    #[serde(rename = "type", deserialize_with = "text")]
    kind: Option<String>,
    #[serde(deserialize_with = "number")]
    duration: Option<i64>,
}

#[derive(Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Compositions {
    #[serde(deserialize_with = "flag")]
    recording: Option<bool>,
    #[serde(deserialize_with = "flag")]
    hls: Option<bool>,
    #[serde(deserialize_with = "flag")]
    rtmp: Option<bool>,
}

#[derive(Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Links {
    #[serde(deserialize_with = "text")]
    get_room: Option<String>,
    #[serde(deserialize_with = "text")]
    get_session: Option<String>,
}

/// An object whose meaning is not looked at.
fn auto_start<'de, D: serde::Deserializer<'de>>(json: D) -> Result<Option<String>, D::Error> {
    let config: Option<Map<String, Value>> = object(json)?;
    Ok(config.map(|config| Value::Object(config).to_string()))
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
        let json = json.trim();
        let mut fields: Fields = object_in(json)?;
        if names == Names::Legacy {
            fields.room_id = fields.room_id.or(fields.meeting_id.take());
            fields.custom_room_id = fields.custom_room_id.or(fields.user_meeting_id.take());
        }
        Some(Self {
            room_id: fields.room_id.take()?,
            fields,
            json: json.to_owned(),
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
        self.fields.custom_room_id.as_deref()
    }

    /// The id in the service's database.
    #[must_use]
    pub fn database_id(&self) -> Option<&str> {
        let fields = &self.fields;
        fields.id.as_deref().or(fields.internal_id.as_deref())
    }

    /// The account that owns the room.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        self.fields.user_id.as_deref()
    }

    /// The API key that owns the room.
    #[must_use]
    pub fn api_key(&self) -> Option<&str> {
        self.fields.api_key.as_deref()
    }

    /// Whether the room was deactivated.
    #[must_use]
    pub fn is_disabled(&self) -> Option<bool> {
        self.fields.disabled
    }

    /// The region that the room is kept in.
    #[must_use]
    pub fn geo_fence(&self) -> Option<&str> {
        self.fields.geo_fence.as_deref()
    }

    /// Where events are reported to.
    #[must_use]
    pub fn webhook_url(&self) -> Option<&str> {
        let webhook = self.fields.webhook.as_ref()?;
        webhook.end_point.as_deref().or(webhook.url.as_deref())
    }

    /// Which events are reported.
    #[must_use]
    pub fn webhook_events(&self) -> &[String] {
        let webhook = self.fields.webhook.as_ref();
        webhook.map_or(&[], |webhook| &webhook.events)
    }

    /// When the room closes by itself.
    #[must_use]
    pub fn auto_close_type(&self) -> Option<&str> {
        self.fields.auto_close_config.as_ref()?.kind.as_deref()
    }

    /// After how long it does; the service's sources disagree whether in minutes or seconds.
    #[must_use]
    pub fn auto_close_duration(&self) -> Option<i64> {
        self.fields.auto_close_config.as_ref()?.duration
    }

    /// What starts together with the room, as a JSON object.
    #[must_use]
    pub fn auto_start_json(&self) -> Option<&str> {
        self.fields.auto_start_config.as_deref()
    }

    /// Which compositions may run several times at once.
    #[must_use]
    pub fn multi_composition(&self) -> Option<MultiComposition> {
        let kinds = self.fields.multi_composition.as_ref()?;
        Some(MultiComposition {
            recording: kinds.recording.unwrap_or(false),
            hls: kinds.hls.unwrap_or(false),
            rtmp: kinds.rtmp.unwrap_or(false),
        })
    }

    /// The only participants that may join; empty when everyone may.
    #[must_use]
    pub fn allowed_participant_ids(&self) -> &[String] {
        &self.fields.allowed_participant_ids
    }

    /// When the room was created: ISO 8601, UTC.
    #[must_use]
    pub fn created_at(&self) -> Option<&str> {
        self.fields.created_at.as_deref()
    }

    /// When the room was last changed: ISO 8601, UTC.
    #[must_use]
    pub fn updated_at(&self) -> Option<&str> {
        self.fields.updated_at.as_deref()
    }

    /// The address of the room in the service's REST interface.
    #[must_use]
    pub fn room_link(&self) -> Option<&str> {
        self.fields.links.as_ref()?.get_room.as_deref()
    }

    /// The address of its sessions in the service's REST interface.
    #[must_use]
    pub fn session_link(&self) -> Option<&str> {
        self.fields.links.as_ref()?.get_session.as_deref()
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
            .field("custom_room_id", &self.fields.custom_room_id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_twice_counts_as_told_last() {
        let json = r#"{"roomId":"a","userId":"u","roomId":"b",
            "webhook":{"url":"https://a.b","url":"https://c.d","events":["x"]}}"#;
        let room = Room::from_json(json, Names::Current).expect("a room");
        assert_eq!(room.id(), "b");
        assert_eq!(room.webhook_url(), Some("https://c.d"));
        assert_eq!((room.user_id(), room.json()), (Some("u"), json));
    }

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

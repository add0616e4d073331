//! What may be asked of a new room.

use serde_json::{Map, Value, json};
use url::Url;

use crate::error::{Error, Result, Status};
use crate::redact::shown;

/// The wishes for a new room; all of them optional.
///
/// A setter refuses what the service would surely refuse; everything else is for the service to
/// decide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoomOptions {
    // The body of the request as far as it was asked for.
    fields: Map<String, Value>,
}

/// The service's limit for a webhook address, in characters.
const MAX_WEBHOOK_CHARACTERS: usize = 512;

const AUTO_CLOSE_TYPES: [&str; 2] = ["session-ends", "session-end-and-deactivate"];
const AUTO_START_KINDS: [&str; 3] = ["recording", "hls", "composite"];

impl RoomOptions {
    /// Options that ask for nothing in particular.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Your own, stable id for the room: creating it again gives the same room.
    ///
    /// # Errors
    ///
    /// `INVALID_ARGUMENT` when it is empty.
    pub fn set_custom_room_id(&mut self, id: &str) -> Result<&mut Self> {
        self.set_text("customRoomId", "custom room id", id)
    }

    /// The region that the room is kept in, e.g. `eu001` or `us001`.
    ///
    /// # Errors
    ///
    /// `INVALID_ARGUMENT` when it is empty.
    pub fn set_geo_fence(&mut self, region: &str) -> Result<&mut Self> {
        self.set_text("geoFence", "geo fence", region)
    }

    /// The older name of the geo fence, for older services.
    ///
    /// # Errors
    ///
    /// `INVALID_ARGUMENT` when it is empty.
    pub fn set_region(&mut self, region: &str) -> Result<&mut Self> {
        self.set_text("region", "region", region)
    }

    /// Where the service reports events of the room to, and which; no events means all of them.
    /// An event may end in a wildcard, e.g. `session*`.
    ///
    /// # Errors
    ///
    /// `INVALID_ARGUMENT` when the address is not an https URL of at most 512 characters, or an
    /// event is empty.
    pub fn set_webhook(&mut self, url: &str, events: &[&str]) -> Result<&mut Self> {
        let remedy = "Give an address like https://example.com/hook, which the service can reach.";
        if url.chars().count() > MAX_WEBHOOK_CHARACTERS {
            let cause =
                format!("The webhook address has more than {MAX_WEBHOOK_CHARACTERS} characters");
            return Err(invalid(cause, remedy));
        }
        if !Url::parse(url).is_ok_and(|url| url.scheme() == "https") {
            return Err(invalid("The webhook address is not an https URL", remedy));
        }
        check_all_named("webhook event", events)?;
        let mut webhook = json!({ "endPoint": url });
        if !events.is_empty() {
            webhook["events"] = json!(events);
        }
        self.fields.insert("webhook".to_owned(), webhook);
        Ok(self)
    }

    /// When the room closes by itself: `session-ends` or `session-end-and-deactivate`.
    ///
    /// The service's own sources disagree about the unit of `duration`: its guide says minutes
    /// (480 by default), its server libraries say seconds. The number is passed on as it is.
    ///
    /// # Errors
    ///
    /// `INVALID_ARGUMENT` for another kind, or a duration that is not positive.
    pub fn set_auto_close(&mut self, kind: &str, duration: Option<i64>) -> Result<&mut Self> {
        if !AUTO_CLOSE_TYPES.contains(&kind) {
            return Err(invalid(
                format!(
                    "The service knows no automatic closing of the kind {}",
                    shown(kind)
                ),
                "Use `session-ends` or `session-end-and-deactivate`.",
            ));
        }
        let mut config = json!({ "type": kind });
        if let Some(duration) = duration {
            if duration <= 0 {
                return Err(invalid(
                    format!("The duration until closing is {duration}"),
                    "Give a positive number, or leave it out for the default.",
                ));
            }
            config["duration"] = json!(duration);
        }
        self.fields.insert("autoCloseConfig".to_owned(), config);
        Ok(self)
    }

    /// What starts together with the room, as a JSON object with any of the keys `recording`,
    /// `hls` and `composite`, each an object as in the call that starts it by hand.
    ///
    /// # Errors
    ///
    /// `INVALID_ARGUMENT` when it is not such an object.
    pub fn set_auto_start_json(&mut self, json: &str) -> Result<&mut Self> {
        let remedy =
            r#"Give an object like {"recording": {"config": {"layout": {"type": "GRID"}}}}."#;
        let config: Value = serde_json::from_str(json).map_err(|reason| {
            invalid(format!("The automatic start is not JSON: {reason}"), remedy)
        })?;
        let Value::Object(kinds) = &config else {
            return Err(invalid("The automatic start is not a JSON object", remedy));
        };
        for kind in AUTO_START_KINDS {
            if kinds
                .get(kind)
                .is_some_and(|start| !start.is_object() && !start.is_null())
            {
                return Err(invalid(
                    format!("`{kind}` in the automatic start is not an object"),
                    remedy,
                ));
            }
        }
        self.fields.insert("autoStartConfig".to_owned(), config);
        Ok(self)
    }

    /// Whether several recordings, HLS or RTMP streams of the room may run at once.
    pub fn set_multi_composition(&mut self, recording: bool, hls: bool, rtmp: bool) -> &mut Self {
        let config = json!({ "recording": recording, "hls": hls, "rtmp": rtmp });
        self.fields.insert("multiComposition".to_owned(), config);
        self
    }

    /// The only participants that may join, by their ids.
    ///
    /// # Errors
    ///
    /// `INVALID_ARGUMENT` when an id is empty.
    pub fn set_allowed_participant_ids(&mut self, ids: &[&str]) -> Result<&mut Self> {
        check_all_named("participant id", ids)?;
        self.fields
            .insert("allowedParticipantIds".to_owned(), json!(ids));
        Ok(self)
    }

    /// The body of the request.
    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(&self.fields)
            .unwrap_or_else(|error| unreachable!("plain data: {error}"))
    }

    fn set_text(&mut self, key: &str, name: &str, value: &str) -> Result<&mut Self> {
        check_all_named(name, &[value])?;
        self.fields.insert(key.to_owned(), json!(value));
        Ok(self)
    }
}

fn check_all_named(name: &str, values: &[&str]) -> Result<()> {
    if values.iter().any(|value| value.trim().is_empty()) {
        return Err(invalid(
            format!("The {name} is empty"),
            "Give a text, or leave the option out.",
        ));
    }
    Ok(())
}

fn invalid(cause: impl Into<String>, remedy: &str) -> Error {
    Error::new(Status::InvalidArgument, cause, remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_asked_for_is_an_empty_object() {
        assert_eq!(RoomOptions::new().to_json(), "{}");
    }

    #[test]
    fn every_option_reaches_the_body_under_its_wire_name() -> Result<()> {
        let mut options = RoomOptions::new();
        options
            .set_custom_room_id("lab")?
            .set_geo_fence("eu001")?
            .set_region("eu")?
            .set_webhook("https://a.b/hook", &["session*"])?
            .set_auto_close("session-ends", Some(5))?
            .set_auto_start_json(r#"{"hls": {}}"#)?
            .set_multi_composition(true, false, true)
            .set_allowed_participant_ids(&["ann", "bob"])?;
        let body: Value = serde_json::from_str(&options.to_json()).expect("JSON");
        assert_eq!(
            body,
            json!({
                "customRoomId": "lab",
                "geoFence": "eu001",
                "region": "eu",
                "webhook": { "endPoint": "https://a.b/hook", "events": ["session*"] },
                "autoCloseConfig": { "type": "session-ends", "duration": 5 },
                "autoStartConfig": { "hls": {} },
                "multiComposition": { "recording": true, "hls": false, "rtmp": true },
                "allowedParticipantIds": ["ann", "bob"],
            })
        );
        Ok(())
    }

    #[test]
    fn a_foreign_word_is_told_on_one_line() {
        let error = RoomOptions::new().set_auto_close("a\nb\u{9b}c", None).err();
        assert_eq!(
            error.expect("a refusal").message(),
            r"The service knows no automatic closing of the kind `a\nb\u{9b}c`"
        );
    }

    #[test]
    fn what_the_service_would_surely_refuse_is_refused_here_and_changes_nothing() {
        let long = format!("https://a.b/{}", "x".repeat(MAX_WEBHOOK_CHARACTERS));
        let mut options = RoomOptions::new();
        let refusals = [
            options.set_custom_room_id(" ").err(),
            options.set_geo_fence("").err(),
            options.set_webhook("http://a.b", &[]).err(),
            options.set_webhook("a.b", &[]).err(),
            options.set_webhook(&long, &[]).err(),
            options.set_webhook("https://a.b", &["x", ""]).err(),
            options.set_auto_close("never", None).err(),
            options.set_auto_close("session-ends", Some(0)).err(),
            options.set_auto_start_json("[]").err(),
            options.set_auto_start_json("{").err(),
            options.set_auto_start_json(r#"{"hls": 1}"#).err(),
            options.set_allowed_participant_ids(&["a", ""]).err(),
        ];
        for (index, refusal) in refusals.into_iter().enumerate() {
            let refusal = refusal.unwrap_or_else(|| panic!("number {index} was accepted"));
            assert_eq!(refusal.status(), Status::InvalidArgument);
            assert!(!refusal.remedy().is_empty());
        }
        assert_eq!(options, RoomOptions::new());
    }
}

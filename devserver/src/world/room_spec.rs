//! What may be asked for when a room is created, and the checks on it.

use serde_json::{Map, Value};
use std::fmt;

/// The wishes for a new room. Composite fields are kept as they were sent, since the service
/// answers them unchanged; `Value::Null` stands for "not given".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoomSpec {
    pub custom_room_id: Option<String>,
    pub geo_fence: Option<String>,
    pub webhook: Value,
    pub auto_close_config: Value,
    pub auto_start_config: Value,
    pub multi_composition: Value,
    pub allowed_participant_ids: Option<Vec<String>>,
}

/// A field that cannot be accepted, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidField {
    /// The path to the field, for example `webhook.endPoint`; empty for the body as a whole.
    pub field: String,
    pub reason: String,
}

impl fmt::Display for InvalidField {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field.as_str() {
            "" => write!(formatter, "the request body {}", self.reason),
            field => write!(formatter, "{field} {}", self.reason),
        }
    }
}

const WEBHOOK_URL_LIMIT: usize = 512;
/// The published limits differ (4 in one place, 25 in another); the wider one is taken, so that
/// nothing is refused here that the service accepts.
const GRID_SIZE_LIMIT: u64 = 25;

impl RoomSpec {
    /// Reads the JSON body of a request. Unknown fields are ignored, null counts as not given.
    pub fn from_json(body: &Value) -> Result<RoomSpec, InvalidField> {
        let body = Object::root(body)?;
        let custom_room_id = body.text("customRoomId")?.map(str::to_owned);
        let geo_fence = body.text("geoFence")?.map(str::to_owned);
        // The older name of the region is accepted and, as on the service, has no effect.
        body.text("region")?;
        check_webhook(&body)?;
        check_auto_close(&body)?;
        check_auto_start(&body)?;
        if let Some(composition) = body.object("multiComposition")? {
            for kind in ["recording", "hls", "rtmp"] {
                composition.flag(kind)?;
            }
        }
        Ok(RoomSpec {
            custom_room_id,
            geo_fence,
            webhook: body.copy("webhook"),
            auto_close_config: body.copy("autoCloseConfig"),
            auto_start_config: body.copy("autoStartConfig"),
            multi_composition: body.copy("multiComposition"),
            allowed_participant_ids: body.texts("allowedParticipantIds")?,
        })
    }
}

fn check_webhook(body: &Object<'_>) -> Result<(), InvalidField> {
    let Some(webhook) = body.object("webhook")? else {
        return Ok(());
    };
    let Some(end_point) = webhook.text("endPoint")? else {
        return Err(webhook.invalid("endPoint", "is required when webhook is given"));
    };
    if end_point.chars().count() > WEBHOOK_URL_LIMIT {
        let reason = format!("must have at most {WEBHOOK_URL_LIMIT} characters");
        return Err(webhook.invalid("endPoint", &reason));
    }
    match url::Url::parse(end_point) {
        Ok(url) if url.scheme() == "https" => {}
        _ => return Err(webhook.invalid("endPoint", "must be an https URL")),
    }
    webhook.texts("events")?;
    Ok(())
}

fn check_auto_close(body: &Object<'_>) -> Result<(), InvalidField> {
    let Some(config) = body.object("autoCloseConfig")? else {
        return Ok(());
    };
    let types = ["session-ends", "session-end-and-deactivate"];
    if config.one_of("type", &types)?.is_none() {
        return Err(config.invalid("type", "is required when autoCloseConfig is given"));
    }
    config.whole_number("duration", 1..=u64::MAX)?;
    Ok(())
}

fn check_auto_start(body: &Object<'_>) -> Result<(), InvalidField> {
    let Some(config) = body.object("autoStartConfig")? else {
        return Ok(());
    };
    for kind in ["recording", "hls", "composite"] {
        let Some(start) = config.object(kind)? else {
            continue;
        };
        start.text("templateUrl")?;
        start.text("awsDirPath")?;
        let Some(look) = start.object("config")? else {
            continue;
        };
        look.one_of("theme", &["DARK", "LIGHT", "DEFAULT"])?;
        look.one_of("mode", &["video-and-audio", "audio"])?;
        look.one_of("quality", &["low", "med", "high", "ultra"])?;
        look.one_of("orientation", &["portrait", "landscape"])?;
        let Some(layout) = look.object("layout")? else {
            continue;
        };
        layout.one_of("type", &["GRID", "SPOTLIGHT", "SIDEBAR"])?;
        layout.one_of("priority", &["SPEAKER", "PIN"])?;
        layout.whole_number("gridSize", 1..=GRID_SIZE_LIMIT)?;
    }
    Ok(())
}

/// A JSON object that remembers where in the body it is, so that a complaint can name the field.
struct Object<'json> {
    path: String,
    fields: &'json Map<String, Value>,
}

impl<'json> Object<'json> {
    fn root(body: &'json Value) -> Result<Object<'json>, InvalidField> {
        match body.as_object() {
            Some(fields) => Ok(Object {
                path: String::new(),
                fields,
            }),
            None => Err(InvalidField {
                field: String::new(),
                reason: "must be a JSON object".to_owned(),
            }),
        }
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    fn invalid(&self, name: &str, reason: &str) -> InvalidField {
        InvalidField {
            field: self.path_of(name),
            reason: reason.to_owned(),
        }
    }

    fn get(&self, name: &str) -> Option<&'json Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    fn copy(&self, name: &str) -> Value {
        self.get(name).cloned().unwrap_or(Value::Null)
    }

    fn object(&self, name: &str) -> Result<Option<Object<'json>>, InvalidField> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Object(fields)) => Ok(Some(Object {
                path: self.path_of(name),
                fields,
            })),
            Some(_) => Err(self.invalid(name, "must be an object")),
        }
    }

    fn text(&self, name: &str) -> Result<Option<&'json str>, InvalidField> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
            Some(Value::String(_)) => Err(self.invalid(name, "must not be empty")),
            Some(_) => Err(self.invalid(name, "must be a string")),
        }
    }

    fn one_of(&self, name: &str, allowed: &[&str]) -> Result<Option<&'json str>, InvalidField> {
        match self.text(name)? {
            Some(text) if !allowed.contains(&text) => {
                let reason = format!("must be one of {}", allowed.join(", "));
                Err(self.invalid(name, &reason))
            }
            other => Ok(other),
        }
    }

    fn texts(&self, name: &str) -> Result<Option<Vec<String>>, InvalidField> {
        let complaint = || self.invalid(name, "must be an array of strings that are not empty");
        match self.get(name) {
            None => Ok(None),
            Some(Value::Array(items)) => {
                let texts = items.iter().map(|item| match item.as_str() {
                    Some(text) if !text.is_empty() => Ok(text.to_owned()),
                    _ => Err(complaint()),
                });
                texts
                    .collect::<Result<Vec<String>, InvalidField>>()
                    .map(Some)
            }
            Some(_) => Err(complaint()),
        }
    }

    fn flag(&self, name: &str) -> Result<Option<bool>, InvalidField> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.invalid(name, "must be true or false")),
        }
    }

    fn whole_number(
        &self,
        name: &str,
        allowed: std::ops::RangeInclusive<u64>,
    ) -> Result<Option<u64>, InvalidField> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        match value.as_u64() {
            Some(number) if allowed.contains(&number) => Ok(Some(number)),
            _ if *allowed.end() == u64::MAX => {
                let reason = format!("must be a whole number from {} on", allowed.start());
                Err(self.invalid(name, &reason))
            }
            _ => {
                let reason = format!(
                    "must be a whole number from {} to {}",
                    allowed.start(),
                    allowed.end()
                );
                Err(self.invalid(name, &reason))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_field_is_optional_and_null_counts_as_absent() {
        assert_eq!(RoomSpec::from_json(&json!({})), Ok(RoomSpec::default()));
        let nulls = json!({
            "customRoomId": null, "geoFence": null, "region": null, "webhook": null,
            "autoCloseConfig": null, "autoStartConfig": null, "multiComposition": null,
            "allowedParticipantIds": null, "somethingNew": {"x": 1},
        });
        assert_eq!(RoomSpec::from_json(&nulls), Ok(RoomSpec::default()));
    }

    #[test]
    fn a_complete_body_is_kept_as_it_was_sent() {
        let long_url = format!("https://example.com/{}", "a".repeat(512 - 20));
        let body = json!({
            "customRoomId": "lab bench/07",
            "geoFence": "eu001",
            "region": "sg001",
            "webhook": {"endPoint": long_url, "events": ["session*"]},
            "autoCloseConfig": {"type": "session-end-and-deactivate", "duration": 480},
            "autoStartConfig": {
                "recording": {
                    "templateUrl": "https://example.com/look",
                    "awsDirPath": "recordings/today",
                    "config": {
                        "layout": {"type": "GRID", "priority": "PIN", "gridSize": 25},
                        "theme": "DARK", "mode": "audio", "quality": "ultra",
                        "orientation": "portrait",
                    },
                },
                "hls": {}, "composite": {"config": {}},
            },
            "multiComposition": {"recording": true, "hls": false, "rtmp": true},
            "allowedParticipantIds": ["ann", "bob"],
        });
        let spec = RoomSpec::from_json(&body).unwrap();
        assert_eq!(spec.custom_room_id.as_deref(), Some("lab bench/07"));
        assert_eq!(spec.geo_fence.as_deref(), Some("eu001"));
        assert_eq!(spec.webhook, body["webhook"]);
        assert_eq!(spec.auto_close_config, body["autoCloseConfig"]);
        assert_eq!(spec.auto_start_config, body["autoStartConfig"]);
        assert_eq!(spec.multi_composition, body["multiComposition"]);
        assert_eq!(
            spec.allowed_participant_ids,
            Some(vec!["ann".to_owned(), "bob".to_owned()])
        );
    }

    #[test]
    fn a_wrong_field_is_named_with_its_path_and_reason() {
        let too_long = format!("https://example.com/{}", "a".repeat(512 - 19));
        for (body, message) in [
            (json!([]), "the request body must be a JSON object"),
            (json!("x"), "the request body must be a JSON object"),
            (json!({"customRoomId": 7}), "customRoomId must be a string"),
            (
                json!({"customRoomId": ""}),
                "customRoomId must not be empty",
            ),
            (json!({"geoFence": []}), "geoFence must be a string"),
            (json!({"region": 1}), "region must be a string"),
            (
                json!({"webhook": "https://x.example"}),
                "webhook must be an object",
            ),
            (
                json!({"webhook": {}}),
                "webhook.endPoint is required when webhook is given",
            ),
            (
                json!({"webhook": {"url": "https://x.example"}}),
                "webhook.endPoint is required when webhook is given",
            ),
            (
                json!({"webhook": {"endPoint": "http://x.example"}}),
                "webhook.endPoint must be an https URL",
            ),
            (
                json!({"webhook": {"endPoint": "not a url"}}),
                "webhook.endPoint must be an https URL",
            ),
            (
                json!({"webhook": {"endPoint": too_long}}),
                "webhook.endPoint must have at most 512 characters",
            ),
            (
                json!({"webhook": {"endPoint": "https://x.example", "events": "all"}}),
                "webhook.events must be an array of strings that are not empty",
            ),
            (
                json!({"webhook": {"endPoint": "https://x.example", "events": [""]}}),
                "webhook.events must be an array of strings that are not empty",
            ),
            (
                json!({"autoCloseConfig": {"duration": 5}}),
                "autoCloseConfig.type is required when autoCloseConfig is given",
            ),
            (
                json!({"autoCloseConfig": {"type": "never"}}),
                "autoCloseConfig.type must be one of session-ends, session-end-and-deactivate",
            ),
            (
                json!({"autoCloseConfig": {"type": "session-ends", "duration": 0}}),
                "autoCloseConfig.duration must be a whole number from 1 on",
            ),
            (
                json!({"autoCloseConfig": {"type": "session-ends", "duration": 1.5}}),
                "autoCloseConfig.duration must be a whole number from 1 on",
            ),
            (
                json!({"autoStartConfig": {"recording": true}}),
                "autoStartConfig.recording must be an object",
            ),
            (
                json!({"autoStartConfig": {"hls": {"templateUrl": 1}}}),
                "autoStartConfig.hls.templateUrl must be a string",
            ),
            (
                json!({"autoStartConfig": {"hls": {"config": {"theme": "dark"}}}}),
                "autoStartConfig.hls.config.theme must be one of DARK, LIGHT, DEFAULT",
            ),
            (
                json!({"autoStartConfig": {"hls": {"config": {"mode": "video"}}}}),
                "autoStartConfig.hls.config.mode must be one of video-and-audio, audio",
            ),
            (
                json!({"autoStartConfig": {"hls": {"config": {"quality": "best"}}}}),
                "autoStartConfig.hls.config.quality must be one of low, med, high, ultra",
            ),
            (
                json!({"autoStartConfig": {"hls": {"config": {"orientation": "up"}}}}),
                "autoStartConfig.hls.config.orientation must be one of portrait, landscape",
            ),
            (
                json!({"autoStartConfig": {"composite": {"config": {"layout": {"gridSize": 26}}}}}),
                "autoStartConfig.composite.config.layout.gridSize must be a whole number from 1 to 25",
            ),
            (
                json!({"multiComposition": {"hls": "yes"}}),
                "multiComposition.hls must be true or false",
            ),
            (
                json!({"allowedParticipantIds": [1]}),
                "allowedParticipantIds must be an array of strings that are not empty",
            ),
        ] {
            let error = RoomSpec::from_json(&body).expect_err(&body.to_string());
            assert_eq!(error.to_string(), message);
        }
    }
}

//! Meeting options from the object that `initMeeting({...})` takes in the official SDKs.

use serde_json::Value;

use super::choice::{AudioCodec, MaxResolution, Mode, PeerType, PreferredProtocol};
use super::options::{MeetingOptions, invalid, json_object, kind};
use crate::Result;
use crate::redact::shown;

impl MeetingOptions {
    /// Sets everything that the JSON object names, with the names of the official SDKs:
    /// `{"meetingId": "…", "name": "…", "micEnabled": true, "metaData": {…}, …}`.
    ///
    /// `null` puts an option back to its default. Nothing is changed when one of them is wrong.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument), naming the option: also for
    /// one that does not exist, so that a misspelt name is not silently without effect.
    pub fn set_json(&mut self, json: &str) -> Result<&mut Self> {
        let object = json_object(
            "The options are",
            json,
            "Pass an object, e.g. {\"meetingId\": \"abcd-efgh-ijkl\", \"name\": \"Ann\"}.",
        )?;
        let mut options = self.clone();
        for (name, value) in &object {
            options.set_named(name, value)?;
        }
        *self = options;
        Ok(self)
    }

    fn set_named(&mut self, name: &str, value: &Value) -> Result<()> {
        let default = Self::default();
        match name {
            "meetingId" | "roomId" => match text(name, value)? {
                Some(id) => drop(self.set_meeting_id(id)?),
                None => self.meeting_id = None,
            },
            "token" => drop(self.set_token(text(name, value)?)),
            "apiBaseUrl" => drop(self.set_api_base_url(text(name, value)?)),
            "signalingBaseUrl" => drop(self.set_signaling_base_url(text(name, value)?)),
            "participantId" => drop(self.set_participant_id(text(name, value)?)?),
            "name" | "participantName" | "displayName" => drop(self.set_name(text(name, value)?)?),
            "translationLanguage" => drop(self.set_translation_language(text(name, value)?)?),
            "speakingLanguage" => drop(self.set_speaking_language(text(name, value)?)?),
            "metaData" | "metadata" => {
                let json = (!value.is_null()).then(|| value.to_string());
                self.set_metadata_json(json.as_deref())?;
            }
            "deviceInfo" => {
                let json = (!value.is_null()).then(|| value.to_string());
                self.set_device_info_json(json.as_deref())?;
            }
            "micEnabled" => self.mic_enabled = flag(name, value, default.mic_enabled)?,
            "webcamEnabled" | "camEnabled" => {
                self.webcam_enabled = flag(name, value, default.webcam_enabled)?;
            }
            "multiStream" => self.multi_stream = flag(name, value, default.multi_stream)?,
            "autoConsume" => self.auto_consume = flag(name, value, default.auto_consume)?,
            "codecSwitchEnabled" => {
                self.codec_switch_enabled = flag(name, value, default.codec_switch_enabled)?;
            }
            "enableBatching" => {
                self.batching_enabled = flag(name, value, default.batching_enabled)?;
            }
            "debugMode" => self.debug_mode = flag(name, value, default.debug_mode)?,
            "chatEnabled" => self.chat_enabled = flag(name, value, default.chat_enabled)?,
            "mode" => self.mode = chosen(name, value, default.mode, Mode::from_name)?,
            "maxResolution" => {
                self.max_resolution = chosen(
                    name,
                    value,
                    default.max_resolution,
                    MaxResolution::from_name,
                )?;
            }
            "preferredProtocol" => {
                self.preferred_protocol = chosen(
                    name,
                    value,
                    default.preferred_protocol,
                    PreferredProtocol::from_name,
                )?;
            }
            "audioCodec" => {
                self.audio_codec = chosen(name, value, default.audio_codec, AudioCodec::from_name)?;
            }
            "peerType" => {
                self.peer_type = chosen(name, value, default.peer_type, PeerType::from_name)?;
            }
            _ => {
                return Err(invalid(
                    format!("There is no option {}", shown(name)),
                    "Check its spelling; docs/options.md lists every option, and says of those of other platforms why they do not exist here.",
                ));
            }
        }
        Ok(())
    }
}

fn text<'value>(name: &str, value: &'value Value) -> Result<Option<&'value str>> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        other => Err(wrong_type(name, other, "a text")),
    }
}

fn flag(name: &str, value: &Value, default: bool) -> Result<bool> {
    match value {
        Value::Null => Ok(default),
        Value::Bool(flag) => Ok(*flag),
        other => Err(wrong_type(name, other, "true or false")),
    }
}

fn chosen<T>(
    name: &str,
    value: &Value,
    default: T,
    from_name: impl FnOnce(&str) -> Result<T>,
) -> Result<T> {
    text(name, value)?.map_or(Ok(default), from_name)
}

fn wrong_type(name: &str, value: &Value, wanted: &str) -> crate::Error {
    invalid(
        format!("`{name}` is {}; it must be {wanted}", kind(value)),
        "Give it the type that the official SDKs use.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_object_is_understood() {
        let mut options = MeetingOptions::default();
        options
            .set_json(
                r#"{"meetingId": "abcd-efgh-ijkl", "name": "Ann", "micEnabled": true,
                    "webcamEnabled": false, "metaData": {"team": "blue"},
                    "participantId": "p1", "mode": "RECV_ONLY"}"#,
            )
            .unwrap();
        assert_eq!(options.meeting_id.as_deref(), Some("abcd-efgh-ijkl"));
        assert_eq!(options.name.as_deref(), Some("Ann"));
        assert!(options.mic_enabled);
        assert_eq!(options.mode, Mode::ReceiveOnly);
        assert_eq!(options.metadata.as_ref().unwrap()["team"], "blue");
        options.set_json(r#"{"name": null, "mode": null}"#).unwrap();
        assert_eq!(options.name, None);
        assert_eq!(options.mode, Mode::SendAndReceive);
    }

    #[test]
    fn one_wrong_option_changes_nothing_and_is_named() {
        let mut options = MeetingOptions::new("room");
        for (json, words) in [
            (
                r#"{"name": "Ann", "micEnabled": 1}"#,
                "`micEnabled` is a number",
            ),
            (
                r#"{"name": "Ann", "micEnable": true}"#,
                "no option `micEnable`",
            ),
            (
                r#"{"name": "Ann", "mode": "VIEWER"}"#,
                "`VIEWER` is no mode",
            ),
            (
                r#"{"name": "Ann", "metaData": []}"#,
                "`metadata` is an array",
            ),
            (
                r#"{"na\u001b[2J\nme": "Ann"}"#,
                r"no option `na\u{1b}[2J\nme`",
            ),
            (
                r#"{"eyJhbGciOiJIUzI1NiJ9.e30.c2ln": 1}"#,
                "no option `[redacted]`",
            ),
            (r#"{"mode": "\n"}"#, r"`\n` is no mode"),
            (r#"["name"]"#, "an array"),
            ("{", "not JSON"),
        ] {
            let error = options.set_json(json).unwrap_err();
            assert!(error.message().contains(words), "{json}: {error}");
            assert_eq!(options, MeetingOptions::new("room"));
        }
    }

    #[test]
    fn numbers_stay_what_they_are_however_often_they_are_read() {
        let json =
            r#"{"a":1.7976931348623157e308,"b":2.2250738585072011e-308,"c":122.416294033786585}"#;
        let mut options = MeetingOptions::default();
        options
            .set_json(&format!(r#"{{"metaData":{json}}}"#))
            .unwrap();
        let metadata = options.metadata.clone().unwrap();
        let numbers = [f64::MAX, 2.225_073_858_507_201e-308, 122.416_294_033_786_58];
        for (key, number) in ["a", "b", "c"].into_iter().zip(numbers) {
            assert_eq!(metadata[key].as_f64(), Some(number), "{key}");
        }
        let written = Value::Object(metadata.clone()).to_string();
        options.set_metadata_json(Some(&written)).unwrap();
        assert_eq!(options.metadata, Some(metadata));
    }
}

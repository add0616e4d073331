//! What a meeting is made from: the options of `initMeeting` on every platform that reach the wire.

use serde_json::{Map, Value};

use super::choice::{AudioCodec, MaxResolution, Mode, PeerType, PreferredProtocol};
use crate::redact::Secret;
use crate::{Error, Result, Status};

/// What a meeting is made from.
///
/// Only the meeting id is required. `docs/options.md` lists every option of every VideoSDK
/// platform and what became of it here.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingOptions {
    pub(super) token: Option<Secret>,
    pub(super) api_base_url: Option<String>,
    pub(super) signaling_base_url: Option<String>,
    pub(super) meeting_id: Option<String>,
    pub(super) participant_id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) mic_enabled: bool,
    pub(super) webcam_enabled: bool,
    pub(super) mode: Mode,
    pub(super) multi_stream: bool,
    pub(super) max_resolution: MaxResolution,
    pub(super) auto_consume: bool,
    pub(super) preferred_protocol: PreferredProtocol,
    pub(super) codec_switch_enabled: bool,
    pub(super) batching_enabled: bool,
    pub(super) debug_mode: bool,
    pub(super) chat_enabled: bool,
    pub(super) audio_codec: AudioCodec,
    pub(super) peer_type: PeerType,
    pub(super) translation_language: Option<String>,
    pub(super) speaking_language: Option<String>,
    pub(super) metadata: Option<Map<String, Value>>,
    pub(super) device_info: Option<Map<String, Value>>,
}

impl Default for MeetingOptions {
    fn default() -> Self {
        Self {
            token: None,
            api_base_url: None,
            signaling_base_url: None,
            meeting_id: None,
            participant_id: None,
            name: None,
            mic_enabled: false,
            webcam_enabled: false,
            mode: Mode::SendAndReceive,
            multi_stream: true,
            max_resolution: MaxResolution::Hd,
            auto_consume: true,
            preferred_protocol: PreferredProtocol::UdpOverTcp,
            codec_switch_enabled: true,
            batching_enabled: true,
            debug_mode: true,
            chat_enabled: true,
            audio_codec: AudioCodec::Opus,
            peer_type: PeerType::Normal,
            translation_language: None,
            speaking_language: None,
            metadata: None,
            device_info: None,
        }
    }
}

/// Metadata and device information travel in every roster; what is larger belongs elsewhere.
const LARGEST_OBJECT: usize = 64 * 1024;

/// Ids, names and languages are labels; a megabyte of name is a mistake.
const LONGEST_LABEL: usize = 1024;

impl MeetingOptions {
    /// The options of a meeting in that room.
    #[must_use]
    pub fn new(meeting_id: &str) -> Self {
        Self {
            meeting_id: Some(meeting_id.to_owned()),
            ..Self::default()
        }
    }

    /// The token of this meeting; default the configured one.
    pub fn set_token(&mut self, token: Option<&str>) -> &mut Self {
        self.token = token.map(Secret::new);
        self
    }

    /// The base URL of the REST API for this meeting; default the configured one.
    pub fn set_api_base_url(&mut self, url: Option<&str>) -> &mut Self {
        self.api_base_url = url.map(str::to_owned);
        self
    }

    /// The host (and port) of the signalling service, e.g. `api.videosdk.live`; default the API's.
    pub fn set_signaling_base_url(&mut self, host: Option<&str>) -> &mut Self {
        self.signaling_base_url = host.map(str::to_owned);
        self
    }

    /// The room to meet in: a room id of the service, or a custom one.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when it is empty or longer than 1,024 bytes.
    pub fn set_meeting_id(&mut self, meeting_id: &str) -> Result<&mut Self> {
        self.meeting_id = Some(label("meeting_id", meeting_id)?);
        Ok(self)
    }

    /// The participant's id; default 8 random characters. Joining with an id removes whoever is
    /// in the room with it.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when it is empty or longer than 1,024 bytes.
    pub fn set_participant_id(&mut self, participant_id: Option<&str>) -> Result<&mut Self> {
        self.participant_id = optional_label("participant_id", participant_id)?;
        Ok(self)
    }

    /// The name that others see; default 6 random characters.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when it is empty or longer than 1,024 bytes.
    pub fn set_name(&mut self, name: Option<&str>) -> Result<&mut Self> {
        self.name = optional_label("name", name)?;
        Ok(self)
    }

    /// Whether the microphone is wanted from the start; default no: a library has no device.
    pub fn set_mic_enabled(&mut self, enabled: bool) -> &mut Self {
        self.mic_enabled = enabled;
        self
    }

    /// Whether the camera is wanted from the start; default no: a library has no device.
    pub fn set_webcam_enabled(&mut self, enabled: bool) -> &mut Self {
        self.webcam_enabled = enabled;
        self
    }

    /// What this participant does with media; default [`Mode::SendAndReceive`].
    pub fn set_mode(&mut self, mode: Mode) -> &mut Self {
        self.mode = mode;
        self
    }

    /// Whether the camera publishes several simulcast layers; default yes.
    pub fn set_multi_stream(&mut self, enabled: bool) -> &mut Self {
        self.multi_stream = enabled;
        self
    }

    /// The largest picture that the camera publishes; default [`MaxResolution::Hd`].
    pub fn set_max_resolution(&mut self, resolution: MaxResolution) -> &mut Self {
        self.max_resolution = resolution;
        self
    }

    /// Whether the media of others comes without asking for it; default yes. Else with
    /// [`Meeting::subscribe_tracks`](crate::Meeting::subscribe_tracks).
    pub fn set_auto_consume(&mut self, enabled: bool) -> &mut Self {
        self.auto_consume = enabled;
        self
    }

    /// How media travels; default [`PreferredProtocol::UdpOverTcp`].
    pub fn set_preferred_protocol(&mut self, protocol: PreferredProtocol) -> &mut Self {
        self.preferred_protocol = protocol;
        self
    }

    /// Whether the service may ask for another video codec during the meeting; default yes.
    pub fn set_codec_switch_enabled(&mut self, enabled: bool) -> &mut Self {
        self.codec_switch_enabled = enabled;
        self
    }

    /// Whether the service may bundle what it tells about large rooms; default yes.
    pub fn set_batching_enabled(&mut self, enabled: bool) -> &mut Self {
        self.batching_enabled = enabled;
        self
    }

    /// Whether the service may keep diagnostic data of this participant; default yes.
    pub fn set_debug_mode(&mut self, enabled: bool) -> &mut Self {
        self.debug_mode = enabled;
        self
    }

    /// Whether data channels are opened; default yes.
    pub fn set_chat_enabled(&mut self, enabled: bool) -> &mut Self {
        self.chat_enabled = enabled;
        self
    }

    /// The codec of published audio; default [`AudioCodec::Opus`].
    pub fn set_audio_codec(&mut self, codec: AudioCodec) -> &mut Self {
        self.audio_codec = codec;
        self
    }

    /// What kind of participant this is; default [`PeerType::Normal`].
    pub fn set_peer_type(&mut self, peer_type: PeerType) -> &mut Self {
        self.peer_type = peer_type;
        self
    }

    /// The language into which the service translates for this participant, e.g. `en`.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when it is empty or longer than 1,024 bytes.
    pub fn set_translation_language(&mut self, language: Option<&str>) -> Result<&mut Self> {
        self.translation_language = optional_label("translation_language", language)?;
        Ok(self)
    }

    /// The language that this participant speaks, e.g. `de`.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when it is empty or longer than 1,024 bytes.
    pub fn set_speaking_language(&mut self, language: Option<&str>) -> Result<&mut Self> {
        self.speaking_language = optional_label("speaking_language", language)?;
        Ok(self)
    }

    /// What others read about this participant: a JSON object.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] (service number 3073) when it is no JSON object or too large.
    pub fn set_metadata_json(&mut self, json: Option<&str>) -> Result<&mut Self> {
        self.metadata = json.map(|json| object("metadata", json)).transpose()?;
        Ok(self)
    }

    /// What the service keeps about the device: a JSON object, added to the library's own.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when it is no JSON object or too large.
    pub fn set_device_info_json(&mut self, json: Option<&str>) -> Result<&mut Self> {
        self.device_info = json.map(|json| object("device_info", json)).transpose()?;
        Ok(self)
    }
}

pub(super) fn label(name: &str, text: &str) -> Result<String> {
    if text.is_empty() {
        return Err(invalid(
            format!("`{name}` is empty"),
            match name {
                "meeting_id" => {
                    "Pass the id of a room: vsdk_room_id() of the room that was created. Empty ids often come from a creation that failed unnoticed."
                }
                _ => "Pass a text, or NULL for the default.",
            },
        ));
    }
    if text.len() > LONGEST_LABEL {
        return Err(invalid(
            format!(
                "`{name}` has {} bytes; at most {LONGEST_LABEL} are allowed",
                text.len()
            ),
            "Shorten it; longer data belongs into the metadata.",
        ));
    }
    Ok(text.to_owned())
}

fn optional_label(name: &str, text: Option<&str>) -> Result<Option<String>> {
    text.map(|text| label(name, text)).transpose()
}

fn object(name: &str, json: &str) -> Result<Map<String, Value>> {
    if json.len() > LARGEST_OBJECT {
        return Err(invalid(
            format!(
                "`{name}` has {} bytes; at most {LARGEST_OBJECT} are allowed",
                json.len()
            ),
            "Keep it small: everyone in the room receives it.",
        ));
    }
    match serde_json::from_str(json) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => Err(invalid(
            format!("`{name}` is {}, not a JSON object", kind(&other)),
            "Pass an object, e.g. {\"team\": \"blue\"}.",
        )),
        Err(error) => Err(invalid(
            format!("`{name}` is not JSON: {error}"),
            "Pass a JSON object, e.g. {\"team\": \"blue\"}.",
        )),
    }
}

/// The JSON object of a text. `subject`: what has to be one, with its verb, as the error begins.
pub(super) fn json_object(subject: &str, json: &str, remedy: &str) -> Result<Map<String, Value>> {
    match serde_json::from_str(json) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => Err(invalid(
            format!("{subject} {}, not a JSON object", kind(&other)),
            remedy,
        )),
        Err(error) => Err(invalid(format!("{subject} not JSON: {error}"), remedy)),
    }
}

/// What a JSON value is, in words.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

pub(super) fn invalid(message: String, remedy: &str) -> Error {
    Error::new(Status::InvalidArgument, message, remedy).with_service_code(INVALID_PARAMETER)
}

/// The official SDKs' number for a wrong parameter.
const INVALID_PARAMETER: i32 = 3073;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_neither_empty_nor_endless() {
        let mut options = MeetingOptions::default();
        let error = options.set_meeting_id("").unwrap_err();
        assert_eq!(error.status(), Status::InvalidArgument);
        assert_eq!(error.service_code(), Some(3073));
        assert!(error.message().contains("meeting_id"));
        assert!(options.set_name(Some(&"x".repeat(1025))).is_err());
        assert!(options.set_name(Some(&"x".repeat(1024))).is_ok());
        assert!(options.set_name(None).is_ok());
        assert_eq!(options.name, None);
    }

    #[test]
    fn metadata_is_an_object_and_says_what_it_was_instead() {
        let mut options = MeetingOptions::default();
        for (json, words) in [
            ("[1]", "an array"),
            ("null", "null"),
            ("{", "not JSON"),
            ("", "not JSON"),
        ] {
            let error = options.set_metadata_json(Some(json)).unwrap_err();
            assert!(error.message().contains(words), "{json}: {error}");
        }
        options.set_metadata_json(Some(r#"{"a":1}"#)).unwrap();
        assert_eq!(options.metadata.as_ref().unwrap()["a"], 1);
        let large = format!(r#"{{"a":"{}"}}"#, "x".repeat(LARGEST_OBJECT));
        assert!(options.set_metadata_json(Some(&large)).is_err());
    }
}

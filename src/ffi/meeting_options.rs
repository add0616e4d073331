//! Meeting options: what initMeeting({...}) takes in the official SDKs.
//!
//! Only the meeting id is required. docs/options.md lists every option of every platform.

use std::ffi::c_char;
use std::sync::Mutex;

use super::error::VsdkError;
use super::handle::{self, object};
use super::library::{self, VsdkStatus};
use super::{guard, text};
use crate::Result;
use crate::meeting::{
    AudioCodec, MaxResolution, MeetingOptions, Mode, PeerType, PreferredProtocol,
};
use crate::runtime::lock;

/// What a participant does with media.
pub type VsdkMode = i32;
/// Sends and receives: the default.
pub const VSDK_MODE_SEND_AND_RECV: VsdkMode = 1;
/// Receives only.
pub const VSDK_MODE_RECV_ONLY: VsdkMode = 2;
/// Neither: events, messages and moderation only.
pub const VSDK_MODE_SIGNALLING_ONLY: VsdkMode = 3;

/// How media travels.
pub type VsdkPreferredProtocol = i32;
/// UDP, or TCP where UDP does not get through: the default.
pub const VSDK_PREFERRED_PROTOCOL_UDP_OVER_TCP: VsdkPreferredProtocol = 1;
/// UDP only.
pub const VSDK_PREFERRED_PROTOCOL_UDP_ONLY: VsdkPreferredProtocol = 2;
/// TCP only.
pub const VSDK_PREFERRED_PROTOCOL_TCP_ONLY: VsdkPreferredProtocol = 3;

/// The largest picture that the camera publishes.
pub type VsdkMaxResolution = i32;
/// 1280 x 720: the default.
pub const VSDK_MAX_RESOLUTION_HD: VsdkMaxResolution = 1;
/// 640 x 360.
pub const VSDK_MAX_RESOLUTION_SD: VsdkMaxResolution = 2;

/// The codec of published audio.
pub type VsdkAudioCodec = i32;
/// Opus: the default.
pub const VSDK_AUDIO_CODEC_OPUS: VsdkAudioCodec = 1;
/// G.711 mu-law.
pub const VSDK_AUDIO_CODEC_PCMU: VsdkAudioCodec = 2;
/// G.711 A-law.
pub const VSDK_AUDIO_CODEC_PCMA: VsdkAudioCodec = 3;
/// G.722.
pub const VSDK_AUDIO_CODEC_G722: VsdkAudioCodec = 4;

/// What kind of participant this is.
pub type VsdkPeerType = i32;
/// A person or an ordinary program: the default.
pub const VSDK_PEER_TYPE_NORMAL: VsdkPeerType = 1;
/// An AI agent; others see it as one.
pub const VSDK_PEER_TYPE_AGENT: VsdkPeerType = 2;

/// What a meeting is made from.
pub struct VsdkMeetingOptions {
    _opaque: [u8; 0],
}

#[derive(Default)]
pub(super) struct MeetingOptionsObject(pub(super) Mutex<MeetingOptions>);

object!(MeetingOptionsObject, MeetingOptions, VsdkMeetingOptions);

/// The body of a setter.
///
/// # Safety
///
/// `error` is NULL or points to memory that is writable through the call.
unsafe fn set(
    operation: &'static str,
    options: *mut VsdkMeetingOptions,
    error: *mut *mut VsdkError,
    body: impl FnOnce(&mut MeetingOptions) -> Result<&mut MeetingOptions>,
) -> VsdkStatus {
    // SAFETY: the same contract.
    unsafe {
        guard::change::<MeetingOptionsObject>(operation, options, error, |object| {
            body(&mut lock(&object.0)).map(drop)
        })
    }
}

/// Options with their defaults.
///
/// @return owned, free with vsdk_meeting_options_free. NULL when no more handles can be made.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_meeting_options_new() -> *mut VsdkMeetingOptions {
    guard::value(std::ptr::null_mut(), || {
        handle::insert(MeetingOptionsObject::default())
    })
}

/// Sets everything that a JSON object names, with the names of the official SDKs:
/// {"meetingId": "...", "name": "...", "micEnabled": true, "metaData": {...}, ...}.
///
/// A null puts an option back to its default. All or nothing: a name that does not exist is an error.
///
/// @param[in] options The options.
/// @param[in] json The object.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_json(
    options: *mut VsdkMeetingOptions,
    json: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set("meeting_options_set_json", options, error, |options| {
            let json = text::required(json, "json")?;
            options.set_json(json)
        })
    }
}

/// The room to meet in. Required.
///
/// @param[in] options The options.
/// @param[in] meeting_id A room id of the service, or a custom one; at most 1,024 bytes, not empty.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_meeting_id(
    options: *mut VsdkMeetingOptions,
    meeting_id: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_meeting_id",
            options,
            error,
            |options| {
                let meeting_id = text::required(meeting_id, "meeting_id")?;
                options.set_meeting_id(meeting_id)
            },
        )
    }
}

/// The token of this meeting.
///
/// It is looked at by vsdk_init_meeting, where room and participant are known.
///
/// @param[in] options The options.
/// @param[in] token nullable. The token; NULL for the configured one.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_token(
    options: *mut VsdkMeetingOptions,
    token: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set("meeting_options_set_token", options, error, |options| {
            let token = text::optional(token, "token")?;
            Ok(options.set_token(token))
        })
    }
}

/// The participant's id. Joining with an id removes whoever is in the room with it.
///
/// @param[in] options The options.
/// @param[in] participant_id nullable. At most 1,024 bytes, not empty; NULL for 8 random characters.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_participant_id(
    options: *mut VsdkMeetingOptions,
    participant_id: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_participant_id",
            options,
            error,
            |options| {
                let participant_id = text::optional(participant_id, "participant_id")?;
                options.set_participant_id(participant_id)
            },
        )
    }
}

/// The name that others see.
///
/// @param[in] options The options.
/// @param[in] name nullable. At most 1,024 bytes, not empty; NULL for 6 random characters.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_name(
    options: *mut VsdkMeetingOptions,
    name: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set("meeting_options_set_name", options, error, |options| {
            let name = text::optional(name, "name")?;
            options.set_name(name)
        })
    }
}

/// Whether the microphone is wanted from the start.
///
/// A library has no device of its own: publishing begins once a source is attached.
///
/// @param[in] options The options.
/// @param[in] enabled 1 or 0 (the default).
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_mic_enabled(
    options: *mut VsdkMeetingOptions,
    enabled: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_mic_enabled",
            options,
            error,
            |options| {
                let enabled = library::flag(enabled, "enabled")?;
                Ok(options.set_mic_enabled(enabled))
            },
        )
    }
}

/// Whether the camera is wanted from the start.
///
/// A library has no device of its own: publishing begins once a source is attached.
///
/// @param[in] options The options.
/// @param[in] enabled 1 or 0 (the default).
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_webcam_enabled(
    options: *mut VsdkMeetingOptions,
    enabled: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_webcam_enabled",
            options,
            error,
            |options| {
                let enabled = library::flag(enabled, "enabled")?;
                Ok(options.set_webcam_enabled(enabled))
            },
        )
    }
}

/// What others read about this participant.
///
/// @param[in] options The options.
/// @param[in] json nullable. A JSON object of at most 64 KiB; NULL for none.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_metadata_json(
    options: *mut VsdkMeetingOptions,
    json: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_metadata_json",
            options,
            error,
            |options| {
                let json = text::optional(json, "json")?;
                options.set_metadata_json(json)
            },
        )
    }
}

/// What this participant does with media.
///
/// @param[in] options The options.
/// @param[in] mode VSDK_MODE_SEND_AND_RECV (the default), VSDK_MODE_RECV_ONLY or VSDK_MODE_SIGNALLING_ONLY.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_mode(
    options: *mut VsdkMeetingOptions,
    mode: VsdkMode,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set("meeting_options_set_mode", options, error, |options| {
            Ok(options.set_mode(Mode::from_number(mode)?))
        })
    }
}

/// How media travels.
///
/// @param[in] options The options.
/// @param[in] preferred_protocol VSDK_PREFERRED_PROTOCOL_UDP_OVER_TCP (the default), VSDK_PREFERRED_PROTOCOL_UDP_ONLY or VSDK_PREFERRED_PROTOCOL_TCP_ONLY.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_preferred_protocol(
    options: *mut VsdkMeetingOptions,
    preferred_protocol: VsdkPreferredProtocol,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_preferred_protocol",
            options,
            error,
            |options| {
                Ok(options
                    .set_preferred_protocol(PreferredProtocol::from_number(preferred_protocol)?))
            },
        )
    }
}

/// The largest picture that the camera publishes.
///
/// @param[in] options The options.
/// @param[in] max_resolution VSDK_MAX_RESOLUTION_HD (the default) or VSDK_MAX_RESOLUTION_SD.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_max_resolution(
    options: *mut VsdkMeetingOptions,
    max_resolution: VsdkMaxResolution,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_max_resolution",
            options,
            error,
            |options| Ok(options.set_max_resolution(MaxResolution::from_number(max_resolution)?)),
        )
    }
}

/// The codec of published audio.
///
/// @param[in] options The options.
/// @param[in] audio_codec VSDK_AUDIO_CODEC_OPUS (the default), VSDK_AUDIO_CODEC_PCMU, VSDK_AUDIO_CODEC_PCMA or VSDK_AUDIO_CODEC_G722.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_audio_codec(
    options: *mut VsdkMeetingOptions,
    audio_codec: VsdkAudioCodec,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_audio_codec",
            options,
            error,
            |options| Ok(options.set_audio_codec(AudioCodec::from_number(audio_codec)?)),
        )
    }
}

/// What kind of participant this is.
///
/// @param[in] options The options.
/// @param[in] peer_type VSDK_PEER_TYPE_NORMAL (the default) or VSDK_PEER_TYPE_AGENT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_peer_type(
    options: *mut VsdkMeetingOptions,
    peer_type: VsdkPeerType,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set("meeting_options_set_peer_type", options, error, |options| {
            Ok(options.set_peer_type(PeerType::from_number(peer_type)?))
        })
    }
}

/// Whether the camera publishes several simulcast layers.
///
/// @param[in] options The options.
/// @param[in] enabled 1 (the default) or 0.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_multi_stream(
    options: *mut VsdkMeetingOptions,
    enabled: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_multi_stream",
            options,
            error,
            |options| {
                let enabled = library::flag(enabled, "enabled")?;
                Ok(options.set_multi_stream(enabled))
            },
        )
    }
}

/// Whether the media of others comes without asking for it; else with vsdk_meeting_subscribe_tracks.
///
/// @param[in] options The options.
/// @param[in] enabled 1 (the default) or 0.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_auto_consume(
    options: *mut VsdkMeetingOptions,
    enabled: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_auto_consume",
            options,
            error,
            |options| {
                let enabled = library::flag(enabled, "enabled")?;
                Ok(options.set_auto_consume(enabled))
            },
        )
    }
}

/// Whether the service may ask for another video codec during the meeting.
///
/// @param[in] options The options.
/// @param[in] enabled 1 (the default) or 0.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_codec_switch_enabled(
    options: *mut VsdkMeetingOptions,
    enabled: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_codec_switch_enabled",
            options,
            error,
            |options| {
                let enabled = library::flag(enabled, "enabled")?;
                Ok(options.set_codec_switch_enabled(enabled))
            },
        )
    }
}

/// Whether the service may bundle what it tells about large rooms.
///
/// @param[in] options The options.
/// @param[in] enabled 1 (the default) or 0.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_batching_enabled(
    options: *mut VsdkMeetingOptions,
    enabled: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_batching_enabled",
            options,
            error,
            |options| {
                let enabled = library::flag(enabled, "enabled")?;
                Ok(options.set_batching_enabled(enabled))
            },
        )
    }
}

/// Whether the service may keep diagnostic data of this participant.
///
/// @param[in] options The options.
/// @param[in] enabled 1 (the default) or 0.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_debug_mode(
    options: *mut VsdkMeetingOptions,
    enabled: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_debug_mode",
            options,
            error,
            |options| {
                let enabled = library::flag(enabled, "enabled")?;
                Ok(options.set_debug_mode(enabled))
            },
        )
    }
}

/// Whether data channels are opened.
///
/// @param[in] options The options.
/// @param[in] enabled 1 (the default) or 0.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_chat_enabled(
    options: *mut VsdkMeetingOptions,
    enabled: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_chat_enabled",
            options,
            error,
            |options| {
                let enabled = library::flag(enabled, "enabled")?;
                Ok(options.set_chat_enabled(enabled))
            },
        )
    }
}

/// The language into which the service translates for this participant.
///
/// @param[in] options The options.
/// @param[in] translation_language nullable. E.g. "en"; NULL for none.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_translation_language(
    options: *mut VsdkMeetingOptions,
    translation_language: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_translation_language",
            options,
            error,
            |options| {
                let translation_language =
                    text::optional(translation_language, "translation_language")?;
                options.set_translation_language(translation_language)
            },
        )
    }
}

/// The language that this participant speaks.
///
/// @param[in] options The options.
/// @param[in] speaking_language nullable. E.g. "de"; NULL for none.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_speaking_language(
    options: *mut VsdkMeetingOptions,
    speaking_language: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_speaking_language",
            options,
            error,
            |options| {
                let speaking_language = text::optional(speaking_language, "speaking_language")?;
                options.set_speaking_language(speaking_language)
            },
        )
    }
}

/// What the service keeps about the device, added to the library's own.
///
/// @param[in] options The options.
/// @param[in] json nullable. A JSON object of at most 64 KiB; NULL for none.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_device_info_json(
    options: *mut VsdkMeetingOptions,
    json: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_device_info_json",
            options,
            error,
            |options| {
                let json = text::optional(json, "json")?;
                options.set_device_info_json(json)
            },
        )
    }
}

/// The base URL of the REST API for this meeting.
///
/// It is looked at by vsdk_init_meeting.
///
/// @param[in] options The options.
/// @param[in] api_base_url nullable. E.g. "http://127.0.0.1:3000"; NULL for the configured one.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_api_base_url(
    options: *mut VsdkMeetingOptions,
    api_base_url: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_api_base_url",
            options,
            error,
            |options| {
                let api_base_url = text::optional(api_base_url, "api_base_url")?;
                Ok(options.set_api_base_url(api_base_url))
            },
        )
    }
}

/// The signalling service for this meeting.
///
/// It is looked at by vsdk_init_meeting.
///
/// @param[in] options The options.
/// @param[in] signaling_base_url nullable. A host, host:port or URL; NULL for that of the API.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_set_signaling_base_url(
    options: *mut VsdkMeetingOptions,
    signaling_base_url: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        set(
            "meeting_options_set_signaling_base_url",
            options,
            error,
            |options| {
                let signaling_base_url = text::optional(signaling_base_url, "signaling_base_url")?;
                Ok(options.set_signaling_base_url(signaling_base_url))
            },
        )
    }
}

/// Frees the options; meetings made from them keep their own copy.
///
/// @param[in] options nullable, freed. The options.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_options_free(options: *mut VsdkMeetingOptions) {
    guard::value((), || {
        handle::free::<MeetingOptionsObject>(options);
        Ok(())
    });
}

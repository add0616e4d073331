//! Room options: what vsdk_create_room creates. All are optional.

use std::ffi::c_char;
use std::sync::Mutex;

use super::error::VsdkError;
use super::handle::{self, object};
use super::library::{self, VsdkStatus};
use super::{guard, text};
use crate::rooms::{RequestOptions, RoomCall, RoomOptions};
use crate::runtime::lock;
use crate::{Error, Result, Status};

/// What a room is created from.
pub struct VsdkRoomOptions {
    _opaque: [u8; 0],
}

/// No duration for vsdk_room_options_set_auto_close: the service's default.
pub const VSDK_AUTO_CLOSE_DURATION_DEFAULT: i64 = -1;

#[derive(Default)]
struct RoomOptionsObject(Mutex<State>);

#[derive(Default)]
struct State {
    room: RoomOptions,
    request: RequestOptions,
    webhook_url: Option<String>,
    webhook_events: Vec<String>,
    allowed_participant_ids: Vec<String>,
}

object!(RoomOptionsObject, RoomOptions, VsdkRoomOptions);

impl State {
    /// The core takes a webhook as a whole, C gives it piece by piece.
    fn apply_webhook(&mut self) -> Result<()> {
        let Some(url) = &self.webhook_url else {
            return Ok(());
        };
        let events: Vec<&str> = self.webhook_events.iter().map(String::as_str).collect();
        self.room.set_webhook(url, &events)?;
        Ok(())
    }
}

/// The call that creates the room of a handle that may be NULL, with its time limit.
pub(super) fn resolve(
    options: *const VsdkRoomOptions,
    timeout_ms: i64,
) -> Result<(RoomCall, RequestOptions)> {
    let (call, mut request) = if options.is_null() {
        (RoomCall::create(&RoomOptions::new()), RequestOptions::new())
    } else {
        let object = handle::get::<RoomOptionsObject>(options)?;
        let state = lock(&object.0);
        if state.webhook_url.is_none() && !state.webhook_events.is_empty() {
            return Err(Error::new(
                Status::InvalidArgument,
                "The options name webhook events, but no webhook URL",
                "Set it with vsdk_room_options_set_webhook_url().",
            ));
        }
        (RoomCall::create(&state.room), state.request.clone())
    };
    request.set_timeout(library::finite(timeout_ms)?);
    Ok((call, request))
}

/// Options with the service's defaults.
///
/// @return owned, free with vsdk_room_options_free. NULL when no more handles can be made.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_room_options_new() -> *mut VsdkRoomOptions {
    guard::value(std::ptr::null_mut(), || {
        handle::insert(RoomOptionsObject::default())
    })
}

/// Another token than the configured one.
///
/// @param[in] options The options.
/// @param[in] token nullable. The token; NULL for the configured one.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_options_set_token(
    options: *mut VsdkRoomOptions,
    token: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomOptionsObject>("room_options_set_token", options, error, |object| {
            let token = text::optional(token, "token")?;
            lock(&object.0).request.set_token(token);
            Ok(())
        })
    }
}

/// Another server than the configured one.
///
/// @param[in] options The options.
/// @param[in] api_base_url nullable. The base URL of its REST API; NULL for the configured one.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_options_set_api_base_url(
    options: *mut VsdkRoomOptions,
    api_base_url: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomOptionsObject>(
            "room_options_set_api_base_url",
            options,
            error,
            |object| {
                let api_base_url = text::optional(api_base_url, "api_base_url")?;
                lock(&object.0).request.set_api_base_url(api_base_url);
                Ok(())
            },
        )
    }
}

/// An id of your own. Creating with one that exists gives the existing room.
///
/// @param[in] options The options.
/// @param[in] custom_room_id The id: any text that is not empty.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_options_set_custom_room_id(
    options: *mut VsdkRoomOptions,
    custom_room_id: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomOptionsObject>(
            "room_options_set_custom_room_id",
            options,
            error,
            |object| {
                let custom_room_id = text::required(custom_room_id, "custom_room_id")?;
                lock(&object.0).room.set_custom_room_id(custom_room_id)?;
                Ok(())
            },
        )
    }
}

/// Keeps the media in a region.
///
/// @param[in] options The options.
/// @param[in] geo_fence E.g. "us001", "eu001", "in002"; the default is that of the API key.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_options_set_geo_fence(
    options: *mut VsdkRoomOptions,
    geo_fence: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomOptionsObject>("room_options_set_geo_fence", options, error, |object| {
            let geo_fence = text::required(geo_fence, "geo_fence")?;
            lock(&object.0).room.set_geo_fence(geo_fence)?;
            Ok(())
        })
    }
}

/// The older name of the geo fence, for services that still read it.
///
/// @param[in] options The options.
/// @param[in] region As for vsdk_room_options_set_geo_fence.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_options_set_region(
    options: *mut VsdkRoomOptions,
    region: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomOptionsObject>("room_options_set_region", options, error, |object| {
            let region = text::required(region, "region")?;
            lock(&object.0).room.set_region(region)?;
            Ok(())
        })
    }
}

/// Where the service reports what happens in the room.
///
/// @param[in] options The options.
/// @param[in] url An https URL of at most 512 characters.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_options_set_webhook_url(
    options: *mut VsdkRoomOptions,
    url: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomOptionsObject>(
            "room_options_set_webhook_url",
            options,
            error,
            |object| {
                let url = text::required(url, "url")?;
                let mut state = lock(&object.0);
                let earlier = state.webhook_url.replace(url.to_owned());
                if let Err(error) = state.apply_webhook() {
                    state.webhook_url = earlier;
                    return Err(error);
                }
                Ok(())
            },
        )
    }
}

/// Adds an event that the webhook is told of; none means all.
///
/// @param[in] options The options.
/// @param[in] event E.g. "participant-joined", or "session*" for several.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_options_add_webhook_event(
    options: *mut VsdkRoomOptions,
    event: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomOptionsObject>(
            "room_options_add_webhook_event",
            options,
            error,
            |object| {
                let event = text::required(event, "event")?;
                let mut state = lock(&object.0);
                state.webhook_events.push(event.to_owned());
                if let Err(error) = state.apply_webhook() {
                    state.webhook_events.pop();
                    return Err(error);
                }
                Ok(())
            },
        )
    }
}

/// When the room closes by itself.
///
/// @param[in] options The options.
/// @param[in] kind "session-ends" or "session-end-and-deactivate".
/// @param[in] duration How long a session may last, or VSDK_AUTO_CLOSE_DURATION_DEFAULT. The service's documents disagree whether it counts minutes or seconds: set it with care.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_options_set_auto_close(
    options: *mut VsdkRoomOptions,
    kind: *const c_char,
    duration: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomOptionsObject>(
            "room_options_set_auto_close",
            options,
            error,
            |object| {
                let kind = text::required(kind, "kind")?;
                let duration = (duration != VSDK_AUTO_CLOSE_DURATION_DEFAULT).then_some(duration);
                lock(&object.0).room.set_auto_close(kind, duration)?;
                Ok(())
            },
        )
    }
}

/// What starts by itself with a session: recording, HLS, composition.
///
/// @param[in] options The options.
/// @param[in] json The JSON object autoStartConfig, e.g. {"recording": {"config": {...}}}.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_options_set_auto_start_json(
    options: *mut VsdkRoomOptions,
    json: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomOptionsObject>(
            "room_options_set_auto_start_json",
            options,
            error,
            |object| {
                let json = text::required(json, "json")?;
                lock(&object.0).room.set_auto_start_json(json)?;
                Ok(())
            },
        )
    }
}

/// Whether several recordings or streams of one kind may run at once.
///
/// @param[in] options The options.
/// @param[in] recording 1 or 0.
/// @param[in] hls 1 or 0.
/// @param[in] rtmp 1 or 0.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_options_set_multi_composition(
    options: *mut VsdkRoomOptions,
    recording: i32,
    hls: i32,
    rtmp: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomOptionsObject>(
            "room_options_set_multi_composition",
            options,
            error,
            |object| {
                let (recording, hls, rtmp) = (
                    library::flag(recording, "recording")?,
                    library::flag(hls, "hls")?,
                    library::flag(rtmp, "rtmp")?,
                );
                lock(&object.0)
                    .room
                    .set_multi_composition(recording, hls, rtmp);
                Ok(())
            },
        )
    }
}

/// Adds a participant who may join; none means everyone.
///
/// @param[in] options The options.
/// @param[in] participant_id The participant id.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_options_add_allowed_participant_id(
    options: *mut VsdkRoomOptions,
    participant_id: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomOptionsObject>(
            "room_options_add_allowed_participant_id",
            options,
            error,
            |object| {
                let participant_id = text::required(participant_id, "participant_id")?;
                let mut state = lock(&object.0);
                state
                    .allowed_participant_ids
                    .push(participant_id.to_owned());
                let ids = state.allowed_participant_ids.clone();
                let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                if let Err(error) = state.room.set_allowed_participant_ids(&ids).map(drop) {
                    state.allowed_participant_ids.pop();
                    return Err(error);
                }
                Ok(())
            },
        )
    }
}

/// Frees the options.
///
/// @param[in] options nullable, freed. The options.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_options_free(options: *mut VsdkRoomOptions) {
    guard::value((), || {
        handle::free::<RoomOptionsObject>(options);
        Ok(())
    });
}

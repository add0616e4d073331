//! Rooms: create, look up, deactivate.
//!
//! A room is immutable: texts read from it stay valid until it is freed. A blocking call may take
//! its whole time limit; what can be repeated safely is repeated within it.

use std::ffi::{c_char, c_void};

use super::callback::UserData;
use super::error::VsdkError;
use super::handle::{self, object};
use super::library::{VsdkDestroyFn, VsdkStatus};
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::request_options::{self, VsdkRequestOptions};
use super::room_options::{self, VsdkRoomOptions};
use super::text::LentText;
use super::{guard, text};
use crate::Result;
use crate::rooms::{RequestOptions, Room, RoomCall};

/// A room as the service described it.
pub struct VsdkRoom {
    _opaque: [u8; 0],
}

pub(super) struct RoomObject {
    room: Room,
    texts: Texts,
}

/// Made when they are asked for: of what a room tells, most is never read.
#[derive(Default)]
struct Texts {
    room_id: LentText,
    custom_id: LentText,
    database_id: LentText,
    user_id: LentText,
    api_key: LentText,
    geo_fence: LentText,
    webhook_url: LentText,
    auto_close_type: LentText,
    auto_start_json: LentText,
    created_at: LentText,
    updated_at: LentText,
    room_link: LentText,
    session_link: LentText,
    json: LentText,
}

object!(RoomObject, Room, VsdkRoom);

impl From<Room> for RoomObject {
    fn from(room: Room) -> Self {
        Self {
            room,
            texts: Texts::default(),
        }
    }
}

/// Creates a room.
///
/// @param[in] options nullable. What to create; NULL for the service's defaults.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] room owned, free with vsdk_room_free. The room; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_create_room(
    options: *const VsdkRoomOptions,
    timeout_ms: i64,
    room: *mut *mut VsdkRoom,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        blocking("create_room", room, error, || {
            room_options::resolve(options, timeout_ms)
        })
    }
}

/// Starts vsdk_create_room; take the room with vsdk_op_take_room.
///
/// @param[in] options nullable. As for vsdk_create_room.
/// @param[in] timeout_ms As for vsdk_create_room.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_create_room_async(
    options: *const VsdkRoomOptions,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        starting("create_room", callback, user_data, op, error, || {
            room_options::resolve(options, timeout_ms)
        })
    }
}

/// Looks a room up and checks that it belongs to the account of the token.
///
/// @param[in] room_id Its room id or custom id.
/// @param[in] request nullable. Another token or server; NULL for the configured ones.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] room owned, free with vsdk_room_free. The room; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_validate(
    room_id: *const c_char,
    request: *const VsdkRequestOptions,
    timeout_ms: i64,
    room: *mut *mut VsdkRoom,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        blocking("room_validate", room, error, || {
            let room_id = text::required(room_id, "room_id")?.to_owned();
            Ok((
                RoomCall::Validate(room_id),
                request_options::resolve(request, timeout_ms)?,
            ))
        })
    }
}

/// Starts vsdk_room_validate; take the room with vsdk_op_take_room.
///
/// @param[in] room_id As for vsdk_room_validate.
/// @param[in] request nullable. As for vsdk_room_validate.
/// @param[in] timeout_ms As for vsdk_room_validate.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_validate_async(
    room_id: *const c_char,
    request: *const VsdkRequestOptions,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        starting("room_validate", callback, user_data, op, error, || {
            let room_id = text::required(room_id, "room_id")?.to_owned();
            Ok((
                RoomCall::Validate(room_id),
                request_options::resolve(request, timeout_ms)?,
            ))
        })
    }
}

/// Looks a room up.
///
/// @param[in] room_id Its room id, custom id or database id.
/// @param[in] request nullable. Another token or server; NULL for the configured ones.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] room owned, free with vsdk_room_free. The room; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_get(
    room_id: *const c_char,
    request: *const VsdkRequestOptions,
    timeout_ms: i64,
    room: *mut *mut VsdkRoom,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        blocking("room_get", room, error, || {
            let room_id = text::required(room_id, "room_id")?.to_owned();
            Ok((
                RoomCall::Get(room_id),
                request_options::resolve(request, timeout_ms)?,
            ))
        })
    }
}

/// Starts vsdk_room_get; take the room with vsdk_op_take_room.
///
/// @param[in] room_id As for vsdk_room_get.
/// @param[in] request nullable. As for vsdk_room_get.
/// @param[in] timeout_ms As for vsdk_room_get.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_get_async(
    room_id: *const c_char,
    request: *const VsdkRequestOptions,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        starting("room_get", callback, user_data, op, error, || {
            let room_id = text::required(room_id, "room_id")?.to_owned();
            Ok((
                RoomCall::Get(room_id),
                request_options::resolve(request, timeout_ms)?,
            ))
        })
    }
}

/// Closes a room for good: nobody can join it any more.
///
/// @param[in] room_id Its room id; the service takes no custom id here.
/// @param[in] request nullable. Another token or server; NULL for the configured ones.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] room owned, free with vsdk_room_free. The room; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_deactivate(
    room_id: *const c_char,
    request: *const VsdkRequestOptions,
    timeout_ms: i64,
    room: *mut *mut VsdkRoom,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        blocking("room_deactivate", room, error, || {
            let room_id = text::required(room_id, "room_id")?.to_owned();
            Ok((
                RoomCall::Deactivate(room_id),
                request_options::resolve(request, timeout_ms)?,
            ))
        })
    }
}

/// Starts vsdk_room_deactivate; take the room with vsdk_op_take_room.
///
/// @param[in] room_id As for vsdk_room_deactivate.
/// @param[in] request nullable. As for vsdk_room_deactivate.
/// @param[in] timeout_ms As for vsdk_room_deactivate.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_deactivate_async(
    room_id: *const c_char,
    request: *const VsdkRequestOptions,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        starting("room_deactivate", callback, user_data, op, error, || {
            let room_id = text::required(room_id, "room_id")?.to_owned();
            Ok((
                RoomCall::Deactivate(room_id),
                request_options::resolve(request, timeout_ms)?,
            ))
        })
    }
}

/// Its room id: what a meeting takes as meeting id.
///
/// @param[in] room The room.
/// @return borrowed from room. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_id(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object.texts.room_id.pointer(Some(object.room.id())))
    })
}

/// Your own id of it.
///
/// @param[in] room The room.
/// @return borrowed from room. NULL when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_custom_id(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object.texts.custom_id.pointer(object.room.custom_room_id()))
    })
}

/// The service's internal id of it.
///
/// @param[in] room The room.
/// @return borrowed from room. NULL when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_database_id(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object.texts.database_id.pointer(object.room.database_id()))
    })
}

/// The account it belongs to.
///
/// @param[in] room The room.
/// @return borrowed from room. NULL when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_user_id(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object.texts.user_id.pointer(object.room.user_id()))
    })
}

/// The API key it belongs to.
///
/// @param[in] room The room.
/// @return borrowed from room. NULL when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_api_key(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object.texts.api_key.pointer(object.room.api_key()))
    })
}

/// The region in which its media stays.
///
/// @param[in] room The room.
/// @return borrowed from room. NULL when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_geo_fence(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object.texts.geo_fence.pointer(object.room.geo_fence()))
    })
}

/// Where the service reports what happens in it.
///
/// @param[in] room The room.
/// @return borrowed from room. NULL when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_webhook_url(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object.texts.webhook_url.pointer(object.room.webhook_url()))
    })
}

/// When it closes by itself, e.g. "session-ends".
///
/// @param[in] room The room.
/// @return borrowed from room. NULL when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_auto_close_type(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object
            .texts
            .auto_close_type
            .pointer(object.room.auto_close_type()))
    })
}

/// What starts by itself with a session: a JSON object.
///
/// @param[in] room The room.
/// @return borrowed from room. NULL when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_auto_start_json(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object
            .texts
            .auto_start_json
            .pointer(object.room.auto_start_json()))
    })
}

/// When it was created, e.g. "2026-07-01T08:30:00.125Z".
///
/// @param[in] room The room.
/// @return borrowed from room. NULL when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_created_at(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object.texts.created_at.pointer(object.room.created_at()))
    })
}

/// When it was changed last.
///
/// @param[in] room The room.
/// @return borrowed from room. NULL when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_updated_at(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object.texts.updated_at.pointer(object.room.updated_at()))
    })
}

/// Its address in the REST API.
///
/// @param[in] room The room.
/// @return borrowed from room. NULL when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_room_link(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object.texts.room_link.pointer(object.room.room_link()))
    })
}

/// The address of its sessions in the REST API.
///
/// @param[in] room The room.
/// @return borrowed from room. NULL when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_session_link(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object
            .texts
            .session_link
            .pointer(object.room.session_link()))
    })
}

/// Whether it was deactivated.
///
/// @param[in] room The room.
/// @return 1 or 0; 0 when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_is_disabled(room: *const VsdkRoom) -> i32 {
    guard::value(0, || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(i32::from(object.room.is_disabled().unwrap_or(false)))
    })
}

/// How long a session may last, in the unit of the service.
///
/// @param[in] room The room.
/// @return The duration; -1 when the service did not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_auto_close_duration(room: *const VsdkRoom) -> i64 {
    guard::value(-1, || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object.room.auto_close_duration().unwrap_or(-1))
    })
}

/// All that the service said about it, as it came.
///
/// @param[in] room The room.
/// @return borrowed from room. A JSON object; NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_json(room: *const VsdkRoom) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RoomObject>(room)?;
        Ok(object.texts.json.pointer(Some(object.room.json())))
    })
}

/// Frees a room; the room on the service stays.
///
/// @param[in] room nullable, freed. The room.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_free(room: *mut VsdkRoom) {
    guard::value((), || {
        handle::free::<RoomObject>(room);
        Ok(())
    });
}

/// # Safety
///
/// `room` and `error` are NULL or writable through the call.
unsafe fn blocking(
    name: &'static str,
    room: *mut *mut VsdkRoom,
    error: *mut *mut VsdkError,
    prepare: impl FnOnce() -> Result<(RoomCall, RequestOptions)>,
) -> VsdkStatus {
    // SAFETY: the same contract.
    unsafe {
        operation::blocking::<Room, RoomObject>(name, room, "room", error, || {
            prepare().and_then(|(call, request)| call.on(&request))
        })
    }
}

/// # Safety
///
/// `op` and `error` are NULL or writable through the call.
unsafe fn starting(
    name: &'static str,
    callback: VsdkOpFn,
    user_data: UserData,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
    prepare: impl FnOnce() -> Result<(RoomCall, RequestOptions)>,
) -> VsdkStatus {
    // SAFETY: the same contract.
    unsafe {
        operation::starting(name, callback, user_data, op, error, || {
            prepare().and_then(|(call, request)| call.on(&request))
        })
    }
}

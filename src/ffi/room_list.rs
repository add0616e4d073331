//! Room lists: the rooms of an account, one page at a time.

use std::ffi::{c_char, c_void};
use std::sync::Mutex;

use super::callback::UserData;
use super::error::VsdkError;
use super::handle::{self, object};
use super::library::{self, VsdkDestroyFn, VsdkStatus};
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::out::Out;
use super::room::{RoomObject, VsdkRoom};
use super::{guard, text};
use crate::rooms::{self, RequestOptions, RoomList, RoomListOptions};
use crate::runtime::{Prepared, lock};
use crate::{Error, Result, Status};

/// Which rooms are listed.
pub struct VsdkRoomListOptions {
    _opaque: [u8; 0],
}

/// One page of rooms. Immutable.
pub struct VsdkRoomList {
    _opaque: [u8; 0],
}

#[derive(Default)]
struct RoomListOptionsObject(Mutex<State>);

#[derive(Default)]
struct State {
    list: RoomListOptions,
    request: RequestOptions,
}

object!(RoomListOptionsObject, RoomListOptions, VsdkRoomListOptions);

pub(super) struct RoomListObject(RoomList);

object!(RoomListObject, RoomList, VsdkRoomList);

impl From<RoomList> for RoomListObject {
    fn from(list: RoomList) -> Self {
        Self(list)
    }
}

/// Listing with the options behind a handle that may be NULL.
fn call(options: *const VsdkRoomListOptions, timeout_ms: i64) -> Result<Prepared<RoomList>> {
    let (list, mut request) = if options.is_null() {
        Default::default()
    } else {
        let object = handle::get::<RoomListOptionsObject>(options)?;
        let state = lock(&object.0);
        (state.list.clone(), state.request.clone())
    };
    request.set_timeout(library::finite(timeout_ms)?);
    rooms::list_call(list, &request)
}

/// A page or a size of one, which counts from 1.
fn count(value: i32, name: &str) -> Result<u32> {
    u32::try_from(value).map_err(|_| {
        Error::new(
            Status::InvalidArgument,
            format!("`{name}` is {value}"),
            "Pass a number from 1.",
        )
    })
}

/// The first page of all rooms, in the service's own page size.
///
/// @return owned, free with vsdk_room_list_options_free. NULL when no more handles can be made.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_room_list_options_new() -> *mut VsdkRoomListOptions {
    guard::value(std::ptr::null_mut(), || {
        handle::insert(RoomListOptionsObject::default())
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
pub unsafe extern "C" fn vsdk_room_list_options_set_token(
    options: *mut VsdkRoomListOptions,
    token: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomListOptionsObject>(
            "room_list_options_set_token",
            options,
            error,
            |object| {
                let token = text::optional(token, "token")?;
                lock(&object.0).request.set_token(token);
                Ok(())
            },
        )
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
pub unsafe extern "C" fn vsdk_room_list_options_set_api_base_url(
    options: *mut VsdkRoomListOptions,
    api_base_url: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomListOptionsObject>(
            "room_list_options_set_api_base_url",
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

/// Which page.
///
/// @param[in] options The options.
/// @param[in] page From 1.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_list_options_set_page(
    options: *mut VsdkRoomListOptions,
    page: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomListOptionsObject>(
            "room_list_options_set_page",
            options,
            error,
            |object| {
                lock(&object.0).list.set_page(count(page, "page")?)?;
                Ok(())
            },
        )
    }
}

/// How many rooms a page has.
///
/// @param[in] options The options.
/// @param[in] per_page From 1; the service sets the upper limit.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_list_options_set_per_page(
    options: *mut VsdkRoomListOptions,
    per_page: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomListOptionsObject>(
            "room_list_options_set_per_page",
            options,
            error,
            |object| {
                lock(&object.0)
                    .list
                    .set_per_page(count(per_page, "per_page")?)?;
                Ok(())
            },
        )
    }
}

/// Lists only the room with this id.
///
/// @param[in] options The options.
/// @param[in] room_id A room id or custom id.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_list_options_set_query(
    options: *mut VsdkRoomListOptions,
    room_id: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomListOptionsObject>(
            "room_list_options_set_query",
            options,
            error,
            |object| {
                let room_id = text::required(room_id, "room_id")?;
                lock(&object.0).list.set_query(room_id);
                Ok(())
            },
        )
    }
}

/// Lists the rooms of this account; for administrators.
///
/// @param[in] options The options.
/// @param[in] user_id The account.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_list_options_set_user_id(
    options: *mut VsdkRoomListOptions,
    user_id: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RoomListOptionsObject>(
            "room_list_options_set_user_id",
            options,
            error,
            |object| {
                let user_id = text::required(user_id, "user_id")?;
                lock(&object.0).list.set_user_id(user_id);
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
pub unsafe extern "C" fn vsdk_room_list_options_free(options: *mut VsdkRoomListOptions) {
    guard::value((), || {
        handle::free::<RoomListOptionsObject>(options);
        Ok(())
    });
}

/// Lists rooms.
///
/// @param[in] options nullable. Which ones; NULL for the first page of all.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] list owned, free with vsdk_room_list_free. The page; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_rooms_list(
    options: *const VsdkRoomListOptions,
    timeout_ms: i64,
    list: *mut *mut VsdkRoomList,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        operation::blocking::<RoomList, RoomListObject>("rooms_list", list, "list", error, || {
            call(options, timeout_ms)
        })
    }
}

/// Starts vsdk_rooms_list; take the page with vsdk_op_take_room_list.
///
/// @param[in] options nullable. As for vsdk_rooms_list.
/// @param[in] timeout_ms As for vsdk_rooms_list.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_rooms_list_async(
    options: *const VsdkRoomListOptions,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        operation::starting("rooms_list", callback, user_data, op, error, || {
            call(options, timeout_ms)
        })
    }
}

/// How many rooms are on the page.
///
/// @param[in] list The page.
/// @return The number.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_list_count(list: *const VsdkRoomList) -> usize {
    guard::value(0, || {
        let object = handle::get::<RoomListObject>(list)?;
        Ok(object.0.rooms().len())
    })
}

/// A room of the page.
///
/// @param[in] list The page.
/// @param[in] index Which one, from 0.
/// @param[out] room owned, free with vsdk_room_free. The room; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when there is no such room.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_list_room(
    list: *const VsdkRoomList,
    index: usize,
    room: *mut *mut VsdkRoom,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let room = Out::new(room, std::ptr::null_mut());
        guard::status("room_list_room", error, || {
            let room = room.required("room")?;
            let object = handle::get::<RoomListObject>(list)?;
            let found = object.0.rooms().get(index).ok_or_else(|| {
                Error::new(
                    Status::InvalidArgument,
                    format!(
                        "There is no room {index} on this page of {}",
                        object.0.rooms().len()
                    ),
                    "Ask vsdk_room_list_count() first.",
                )
            })?;
            room.set(handle::insert(RoomObject::from(found.clone()))?);
            Ok(())
        })
    }
}

/// Which page it is, from 1.
///
/// @param[in] list The page.
/// @return The number; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_list_page(list: *const VsdkRoomList) -> i64 {
    guard::value(0, || {
        let object = handle::get::<RoomListObject>(list)?;
        Ok(object.0.page())
    })
}

/// How many rooms a full page has.
///
/// @param[in] list The page.
/// @return The number; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_list_per_page(list: *const VsdkRoomList) -> i64 {
    guard::value(0, || {
        let object = handle::get::<RoomListObject>(list)?;
        Ok(object.0.per_page())
    })
}

/// How many pages there are.
///
/// @param[in] list The page.
/// @return The number; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_list_last_page(list: *const VsdkRoomList) -> i64 {
    guard::value(0, || {
        let object = handle::get::<RoomListObject>(list)?;
        Ok(object.0.last_page())
    })
}

/// How many rooms there are on all pages.
///
/// @param[in] list The page.
/// @return The number; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_list_total(list: *const VsdkRoomList) -> i64 {
    guard::value(0, || {
        let object = handle::get::<RoomListObject>(list)?;
        Ok(object.0.total())
    })
}

/// Frees a page.
///
/// @param[in] list nullable, freed. The page.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_room_list_free(list: *mut VsdkRoomList) {
    guard::value((), || {
        handle::free::<RoomListObject>(list);
        Ok(())
    });
}

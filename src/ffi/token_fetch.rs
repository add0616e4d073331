//! Fetching tokens: an app gets its token from a server of its own.

use std::ffi::{c_char, c_void};
use std::sync::Mutex;

use super::callback::UserData;
use super::error::VsdkError;
use super::handle::{self, object};
use super::library::{self, VsdkDestroyFn, VsdkStatus};
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::token::{TokenObject, VsdkToken};
use super::{guard, text};
use crate::Result;
use crate::runtime::{Prepared, lock};
use crate::token::{self, FetchOptions, Token};

/// How a token is fetched.
pub struct VsdkTokenFetchOptions {
    _opaque: [u8; 0],
}

#[derive(Default)]
struct FetchOptionsObject(Mutex<FetchOptions>);

object!(FetchOptionsObject, TokenFetchOptions, VsdkTokenFetchOptions);

/// Options that add nothing to the request.
///
/// @return owned, free with vsdk_token_fetch_options_free. NULL when no more handles can be made.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_token_fetch_options_new() -> *mut VsdkTokenFetchOptions {
    guard::value(std::ptr::null_mut(), || {
        handle::insert(FetchOptionsObject::default())
    })
}

/// Sets a header, such as the app's own login.
///
/// @param[in] options The options.
/// @param[in] name The name, e.g. "Authorization".
/// @param[in] value The value; treated as a secret.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_fetch_options_set_header(
    options: *mut VsdkTokenFetchOptions,
    name: *const c_char,
    value: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<FetchOptionsObject>(
            "token_fetch_options_set_header",
            options,
            error,
            |object| {
                let (name, value) = (
                    text::required(name, "name")?,
                    text::required(value, "value")?,
                );
                lock(&object.0).set_header(name, value)?;
                Ok(())
            },
        )
    }
}

/// Asks for a token for this room, with the query parameter roomId.
///
/// @param[in] options The options.
/// @param[in] room_id nullable. The room id; NULL for any.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_fetch_options_set_room_id(
    options: *mut VsdkTokenFetchOptions,
    room_id: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<FetchOptionsObject>(
            "token_fetch_options_set_room_id",
            options,
            error,
            |object| {
                let room_id = text::optional(room_id, "room_id")?;
                lock(&object.0).set_room_id(room_id);
                Ok(())
            },
        )
    }
}

/// Asks for a token for this participant, with the query parameter peerId.
///
/// @param[in] options The options.
/// @param[in] participant_id nullable. The participant id; NULL for any.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_fetch_options_set_participant_id(
    options: *mut VsdkTokenFetchOptions,
    participant_id: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<FetchOptionsObject>(
            "token_fetch_options_set_participant_id",
            options,
            error,
            |object| {
                let participant_id = text::optional(participant_id, "participant_id")?;
                lock(&object.0).set_participant_id(participant_id);
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
pub unsafe extern "C" fn vsdk_token_fetch_options_free(options: *mut VsdkTokenFetchOptions) {
    guard::value((), || {
        handle::free::<FetchOptionsObject>(options);
        Ok(())
    });
}

/// Fetches a token from a token server: GET with JSON expected, {"token": "..."}.
///
/// @param[in] url Where, e.g. "http://localhost:3000/get-token". Plain http only on this machine, unless the configuration allows more.
/// @param[in] options nullable. What to add to the request; NULL for nothing.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] token owned, free with vsdk_token_free. The token; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_TIMEOUT, VSDK_STATUS_TOKEN_SERVER_REPLY, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
/// @note Blocks until the server has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_fetch(
    url: *const c_char,
    options: *const VsdkTokenFetchOptions,
    timeout_ms: i64,
    token: *mut *mut VsdkToken,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        operation::blocking::<Token, TokenObject>("token_fetch", token, "token", error, || {
            call(url, options, timeout_ms)
        })
    }
}

/// Starts vsdk_token_fetch; take the token with vsdk_op_take_token.
///
/// @param[in] url As for vsdk_token_fetch.
/// @param[in] options nullable. As for vsdk_token_fetch.
/// @param[in] timeout_ms As for vsdk_token_fetch.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_fetch_async(
    url: *const c_char,
    options: *const VsdkTokenFetchOptions,
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
        operation::starting("token_fetch", callback, user_data, op, error, || {
            call(url, options, timeout_ms)
        })
    }
}

/// Fetching with these arguments.
///
/// # Safety
///
/// `url` is NULL or points to a NUL-terminated string that lives through the call.
unsafe fn call(
    url: *const c_char,
    options: *const VsdkTokenFetchOptions,
    timeout_ms: i64,
) -> Result<Prepared<Token>> {
    // SAFETY: the same contract.
    let url = unsafe { text::required(url, "url") }?.to_owned();
    let options = if options.is_null() {
        FetchOptions::default()
    } else {
        lock(&handle::get::<FetchOptionsObject>(options)?.0).clone()
    };
    let timeout = library::finite(timeout_ms)?;
    token::fetch_call(&url, &options, timeout)
}

//! Request options: for a call with another token, or to another server, than the configured ones.

use std::ffi::c_char;
use std::sync::Mutex;

use super::error::VsdkError;
use super::handle::{self, object};
use super::library::{self, VsdkStatus};
use super::{guard, text};
use crate::Result;
use crate::rooms::RequestOptions;
use crate::runtime::lock;

/// Whose token a request carries, and where it goes.
pub struct VsdkRequestOptions {
    _opaque: [u8; 0],
}

#[derive(Default)]
struct RequestOptionsObject(Mutex<RequestOptions>);

object!(RequestOptionsObject, RequestOptions, VsdkRequestOptions);

/// The options behind a handle that may be NULL, with the time limit of the call.
pub(super) fn resolve(
    options: *const VsdkRequestOptions,
    timeout_ms: i64,
) -> Result<RequestOptions> {
    let mut request = if options.is_null() {
        RequestOptions::new()
    } else {
        lock(&handle::get::<RequestOptionsObject>(options)?.0).clone()
    };
    request.set_timeout(library::finite(timeout_ms)?);
    Ok(request)
}

/// Options that stand for the configured token and server.
///
/// @return owned, free with vsdk_request_options_free. NULL when no more handles can be made.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_request_options_new() -> *mut VsdkRequestOptions {
    guard::value(std::ptr::null_mut(), || {
        handle::insert(RequestOptionsObject::default())
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
pub unsafe extern "C" fn vsdk_request_options_set_token(
    options: *mut VsdkRequestOptions,
    token: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RequestOptionsObject>(
            "request_options_set_token",
            options,
            error,
            |object| {
                let token = text::optional(token, "token")?;
                lock(&object.0).set_token(token);
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
pub unsafe extern "C" fn vsdk_request_options_set_api_base_url(
    options: *mut VsdkRequestOptions,
    api_base_url: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<RequestOptionsObject>(
            "request_options_set_api_base_url",
            options,
            error,
            |object| {
                let api_base_url = text::optional(api_base_url, "api_base_url")?;
                lock(&object.0).set_api_base_url(api_base_url);
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
pub unsafe extern "C" fn vsdk_request_options_free(options: *mut VsdkRequestOptions) {
    guard::value((), || {
        handle::free::<RequestOptionsObject>(options);
        Ok(())
    });
}

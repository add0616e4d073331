//! Errors: what happened, why, and what to do.
//!
//! Every function that can fail has `VsdkError **error` as its last parameter. It may be NULL.
//! Otherwise it is always written: NULL on success, a new object on failure; what was in it
//! before is not read. Errors are immutable and never contain a token or another secret.

use once_cell::sync::OnceCell;
use std::ffi::c_char;
use std::sync::Arc;

use super::guard;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::text::{self, Text};
use crate::{Error, Result, runtime};

/// One failure.
pub struct VsdkError {
    _opaque: [u8; 0],
}

/// An error with its texts as C reads them.
pub(super) struct ErrorObject {
    pub(super) error: Error,
    name: Text,
    message: Text,
    remedy: Text,
    operation: Text,
    service_text: Option<Text>,
    request_id: Option<Text>,
}

object!(ErrorObject, Error, VsdkError);

impl From<Error> for ErrorObject {
    fn from(error: Error) -> Self {
        Self {
            name: Text::new(error.status().name()),
            message: Text::new(error.message()),
            remedy: Text::new(error.remedy()),
            operation: Text::new(error.operation()),
            service_text: Text::optional(error.service_text()),
            request_id: Text::optional(error.request_id()),
            error,
        }
    }
}

/// The error of every call in a forked child: made beforehand, because nothing can be made there.
static FORKED: OnceCell<Arc<ErrorObject>> = OnceCell::new();

/// Its handle; the table never gives out this value, whose slot would be beyond its capacity.
const FORKED_HANDLE: usize = usize::MAX >> 4;

pub(super) fn prepare_forked_error() {
    FORKED.get_or_init(|| Arc::new(runtime::forked_error().into()));
}

pub(super) fn forked_handle() -> *mut VsdkError {
    FORKED_HANDLE as *mut VsdkError
}

pub(super) fn insert(error: Error) -> Result<*mut VsdkError> {
    handle::insert(ErrorObject::from(error))
}

pub(super) fn get(error: *const VsdkError) -> Result<Arc<ErrorObject>> {
    if error as usize == FORKED_HANDLE
        && let Some(forked) = FORKED.get()
    {
        return Ok(Arc::clone(forked));
    }
    handle::get::<ErrorObject>(error)
}

pub(super) fn free(error: *mut VsdkError) {
    handle::free::<ErrorObject>(error);
}

/// Reads from an error; unlike other getters also in a forked child, from the one error there is.
fn read<T>(error: *const VsdkError, absent: T, get_from: impl FnOnce(&ErrorObject) -> T) -> T {
    if error as usize == FORKED_HANDLE
        && let Some(forked) = FORKED.get()
    {
        return get_from(forked);
    }
    guard::value(absent, || Ok(get_from(&*get(error)?)))
}

/// The status of the failure.
///
/// @param[in] error The error.
/// @return The status; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_error_status(error: *const VsdkError) -> VsdkStatus {
    read(error, 0, |object| object.error.status().code())
}

/// The stable name of its status, e.g. "TOKEN_EXPIRED".
///
/// @param[in] error The error.
/// @return borrowed from error. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_error_name(error: *const VsdkError) -> *const c_char {
    read(error, std::ptr::null(), |object| object.name.pointer())
}

/// What happened and why: one English sentence with the values at hand.
///
/// @param[in] error The error.
/// @return borrowed from error. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_error_message(error: *const VsdkError) -> *const c_char {
    read(error, std::ptr::null(), |object| object.message.pointer())
}

/// What to do about it: English, possibly empty.
///
/// @param[in] error The error.
/// @return borrowed from error. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_error_remedy(error: *const VsdkError) -> *const c_char {
    read(error, std::ptr::null(), |object| object.remedy.pointer())
}

/// During what it happened, e.g. "create_room"; possibly empty.
///
/// @param[in] error The error.
/// @return borrowed from error. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_error_operation(error: *const VsdkError) -> *const c_char {
    read(error, std::ptr::null(), |object| object.operation.pointer())
}

/// The HTTP status of the reply.
///
/// @param[in] error The error.
/// @return The status, e.g. 401; 0 when there was no reply.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_error_http_status(error: *const VsdkError) -> i32 {
    read(error, 0, |object| {
        object.error.http_status().map_or(0, i32::from)
    })
}

/// The service's own number for it, e.g. 4002 for an invalid token.
///
/// @param[in] error The error.
/// @return The number; 0 when there is none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_error_service_code(error: *const VsdkError) -> i32 {
    read(error, 0, |object| object.error.service_code().unwrap_or(0))
}

/// The service's own words, with secrets taken out.
///
/// @param[in] error The error.
/// @return borrowed from error. NULL when there are none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_error_service_text(error: *const VsdkError) -> *const c_char {
    read(error, std::ptr::null(), |object| {
        text::pointer(&object.service_text)
    })
}

/// The id under which the service logged the request: give it to its support.
///
/// @param[in] error The error.
/// @return borrowed from error. NULL when there is none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_error_request_id(error: *const VsdkError) -> *const c_char {
    read(error, std::ptr::null(), |object| {
        text::pointer(&object.request_id)
    })
}

/// How long the service asked to wait before the next try, in milliseconds.
///
/// @param[in] error The error.
/// @return The time; -1 when it did not ask.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_error_retry_after_ms(error: *const VsdkError) -> i64 {
    read(error, -1, |object| {
        object.error.retry_after().map_or(-1, |wait| {
            i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)
        })
    })
}

/// Whether the same call can succeed later without any change, and may be made again.
///
/// 0 for a creation that may have been carried out in spite of the failure.
///
/// @param[in] error The error.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_error_is_retryable(error: *const VsdkError) -> i32 {
    read(error, 0, |object| i32::from(object.error.is_retryable()))
}

/// Frees an error.
///
/// @param[in] error nullable, freed. The error.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_error_free(error: *mut VsdkError) {
    guard::value((), || {
        free(error);
        Ok(())
    });
}

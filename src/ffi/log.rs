//! Log records: silent unless a handler is set.
//!
//! Only the library's own records, never those of the libraries below it, and never a secret.

use std::ffi::{c_char, c_void};
use std::sync::Arc;

use super::callback::UserData;
use super::error::VsdkError;
use super::guard;
use super::library::{VsdkDestroyFn, VsdkStatus};
use super::text::Text;
use crate::log::{self, Level, Record};
use crate::{Error, Status};

/// How important a record is; a handler gets those of its level and the more important ones.
pub type VsdkLogLevel = i32;
/// No records.
pub const VSDK_LOG_LEVEL_OFF: VsdkLogLevel = 0;
/// Something failed that the app is not told in another way.
pub const VSDK_LOG_LEVEL_ERROR: VsdkLogLevel = 1;
/// Something that will likely become a failure.
pub const VSDK_LOG_LEVEL_WARNING: VsdkLogLevel = 2;
/// The milestones: configured, initialised, ended.
pub const VSDK_LOG_LEVEL_INFO: VsdkLogLevel = 3;
/// Requests, retries, operations with their times.
pub const VSDK_LOG_LEVEL_DEBUG: VsdkLogLevel = 4;
/// Everything.
pub const VSDK_LOG_LEVEL_TRACE: VsdkLogLevel = 5;

/// Receives a log record. Runs on the dispatcher thread; the texts are valid during the call.
///
/// `target` is the part of the library it comes from, e.g. "rooms".
pub type VsdkLogFn = Option<
    unsafe extern "C" fn(
        level: VsdkLogLevel,
        target: *const c_char,
        message: *const c_char,
        user_data: *mut c_void,
    ),
>;

/// Sets the handler for log records in the place of the present one.
///
/// When this returns, the earlier handler is not running and will not run again, unless it is
/// called from inside that handler. At most 1,024 records wait; more are counted and reported.
///
/// @param[in] level VSDK_LOG_LEVEL_OFF to VSDK_LOG_LEVEL_TRACE.
/// @param[in] handler nullable. NULL for silence.
/// @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block, except for a running call of the earlier handler.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_set_log_handler(
    level: VsdkLogLevel,
    handler: VsdkLogFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("set_log_handler", error, || {
            let level = level_from(level)?;
            let (Some(level), Some(handler)) = (level, handler) else {
                return log::set_handler(None);
            };
            let call = move |record: &Record| {
                let (target, message) = (Text::new(record.target), Text::new(&record.message));
                // SAFETY: the app vouches for its function and the pointer that goes with it.
                handler(
                    record.level as VsdkLogLevel,
                    target.pointer(),
                    message.pointer(),
                    user_data.pointer(),
                );
            };
            log::set_handler(Some((level, Arc::new(call))))
        })
    }
}

fn level_from(level: VsdkLogLevel) -> crate::Result<Option<Level>> {
    Ok(Some(match level {
        VSDK_LOG_LEVEL_OFF => return Ok(None),
        VSDK_LOG_LEVEL_ERROR => Level::Error,
        VSDK_LOG_LEVEL_WARNING => Level::Warning,
        VSDK_LOG_LEVEL_INFO => Level::Info,
        VSDK_LOG_LEVEL_DEBUG => Level::Debug,
        VSDK_LOG_LEVEL_TRACE => Level::Trace,
        _ => {
            return Err(Error::new(
                Status::InvalidArgument,
                format!("{level} is no log level"),
                "Pass one of the VSDK_LOG_LEVEL_ constants, 0 to 5.",
            ));
        }
    }))
}

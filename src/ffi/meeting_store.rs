//! Meetings: values that everybody in the session shares.
//!
//! They last as long as the session. That native clients have the store is inferred.

use std::ffi::{c_char, c_void};

use super::callback::UserData;
use super::content::{ContentObject, VsdkContent};
use super::error::VsdkError;
use super::library::{self, VsdkDestroyFn, VsdkStatus};
use super::meeting::{MeetingObject, VsdkMeeting};
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::out::Out;
use super::{guard, handle, text};
use crate::Result;
use crate::runtime::Prepared;

/// # Safety
///
/// The header's contract for texts and bytes.
unsafe fn set(
    meeting: *const VsdkMeeting,
    key: *const c_char,
    value: *const c_char,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    // SAFETY: the same contract.
    let key = unsafe { text::required(key, "key")? };
    // SAFETY: the same contract.
    let value = unsafe { text::optional(value, "value")? };
    let object = handle::get::<MeetingObject>(meeting)?;
    let timeout = library::finite(timeout_ms)?;
    object.0.store_set_call(key, value, timeout)
}

/// # Safety
///
/// The header's contract for texts and bytes.
unsafe fn get(
    meeting: *const VsdkMeeting,
    key: *const c_char,
    timeout_ms: i64,
) -> Result<Prepared<Option<String>>> {
    // SAFETY: the same contract.
    let key = unsafe { text::required(key, "key")? };
    let object = handle::get::<MeetingObject>(meeting)?;
    let timeout = library::finite(timeout_ms)?;
    object.0.store_get_call(key, timeout)
}

/// # Safety
///
/// The header's contract for texts and bytes.
unsafe fn observe(
    meeting: *const VsdkMeeting,
    key: *const c_char,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    // SAFETY: the same contract.
    let key = unsafe { text::required(key, "key")? };
    let object = handle::get::<MeetingObject>(meeting)?;
    let timeout = library::finite(timeout_ms)?;
    object.0.store_observe_call(key, timeout)
}

/// # Safety
///
/// The header's contract for texts and bytes.
unsafe fn stop_observing(
    meeting: *const VsdkMeeting,
    key: *const c_char,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    // SAFETY: the same contract.
    let key = unsafe { text::required(key, "key")? };
    let object = handle::get::<MeetingObject>(meeting)?;
    let timeout = library::finite(timeout_ms)?;
    object.0.store_stop_observing_call(key, timeout)
}

/// Sets a value for everybody.
///
/// @param[in] meeting The meeting.
/// @param[in] key The name of the value, at most 1,024 bytes.
/// @param[in] value nullable. The value, at most 1,024 bytes; NULL takes it away.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_store_set(
    meeting: *const VsdkMeeting,
    key: *const c_char,
    value: *const c_char,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        guard::status("meeting_store_set", error, || {
            set(meeting, key, value, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_store_set; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] key As for vsdk_meeting_store_set.
/// @param[in] value nullable. As for vsdk_meeting_store_set.
/// @param[in] timeout_ms As for vsdk_meeting_store_set.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_store_set_async(
    meeting: *const VsdkMeeting,
    key: *const c_char,
    value: *const c_char,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        operation::starting("meeting_store_set", callback, user_data, op, error, || {
            set(meeting, key, value, timeout_ms)
        })
    }
}

/// Reads a value.
///
/// @param[in] meeting The meeting.
/// @param[in] key The name of the value, at most 1,024 bytes.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] value owned, free with vsdk_content_free. The value; NULL on failure, and when there is none.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_store_get(
    meeting: *const VsdkMeeting,
    key: *const c_char,
    timeout_ms: i64,
    value: *mut *mut VsdkContent,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        let value = Out::new(value, std::ptr::null_mut());
        guard::status("meeting_store_get", error, || {
            let value = value.required("value")?;
            if let Some(found) = get(meeting, key, timeout_ms)?.wait()? {
                value.set(handle::insert(ContentObject::from(found))?);
            }
            Ok(())
        })
    }
}

/// Starts vsdk_meeting_store_get; take what it results in with vsdk_op_take_content.
///
/// @param[in] meeting The meeting.
/// @param[in] key As for vsdk_meeting_store_get.
/// @param[in] timeout_ms As for vsdk_meeting_store_get.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_store_get_async(
    meeting: *const VsdkMeeting,
    key: *const c_char,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        operation::starting("meeting_store_get", callback, user_data, op, error, || {
            get(meeting, key, timeout_ms)
        })
    }
}

/// From now on changes of a value come as VSDK_EVENT_TYPE_STORE_VALUE_CHANGED. On a new connection it
/// is observed again by itself.
///
/// @param[in] meeting The meeting.
/// @param[in] key The name of the value, at most 1,024 bytes.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_store_observe(
    meeting: *const VsdkMeeting,
    key: *const c_char,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        guard::status("meeting_store_observe", error, || {
            observe(meeting, key, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_store_observe; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] key As for vsdk_meeting_store_observe.
/// @param[in] timeout_ms As for vsdk_meeting_store_observe.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_store_observe_async(
    meeting: *const VsdkMeeting,
    key: *const c_char,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        operation::starting(
            "meeting_store_observe",
            callback,
            user_data,
            op,
            error,
            || observe(meeting, key, timeout_ms),
        )
    }
}

/// From now on changes of a value come no more.
///
/// @param[in] meeting The meeting.
/// @param[in] key The name of the value, at most 1,024 bytes.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_store_stop_observing(
    meeting: *const VsdkMeeting,
    key: *const c_char,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        guard::status("meeting_store_stop_observing", error, || {
            stop_observing(meeting, key, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_store_stop_observing; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] key As for vsdk_meeting_store_stop_observing.
/// @param[in] timeout_ms As for vsdk_meeting_store_stop_observing.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_store_stop_observing_async(
    meeting: *const VsdkMeeting,
    key: *const c_char,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        operation::starting(
            "meeting_store_stop_observing",
            callback,
            user_data,
            op,
            error,
            || stop_observing(meeting, key, timeout_ms),
        )
    }
}

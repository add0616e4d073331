//! Meetings: files that participants give each other.
//!
//! They go by way of the service; the meeting need not be joined.

use std::ffi::{c_char, c_void};

use super::callback::UserData;
use super::content::{ContentObject, VsdkContent};
use super::error::VsdkError;
use super::library::{self, VsdkDestroyFn, VsdkStatus};
use super::meeting::{MeetingObject, VsdkMeeting};
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::{bytes, handle, text};
use crate::Result;
use crate::runtime::Prepared;

/// # Safety
///
/// The header's contract for texts and bytes.
unsafe fn upload(
    meeting: *const VsdkMeeting,
    name: *const c_char,
    bytes: *const u8,
    length: usize,
    timeout_ms: i64,
) -> Result<Prepared<String>> {
    // SAFETY: the same contract.
    let name = unsafe { text::required(name, "name")? };
    // SAFETY: the same contract.
    let bytes = unsafe { bytes::of(bytes, length, "bytes")? };
    let object = handle::get::<MeetingObject>(meeting)?;
    let timeout = library::finite(timeout_ms)?;
    object.0.upload_file_call(name, bytes, timeout)
}

/// # Safety
///
/// The header's contract for texts and bytes.
unsafe fn fetch(
    meeting: *const VsdkMeeting,
    url: *const c_char,
    timeout_ms: i64,
) -> Result<Prepared<Vec<u8>>> {
    // SAFETY: the same contract.
    let url = unsafe { text::required(url, "url")? };
    let object = handle::get::<MeetingObject>(meeting)?;
    let timeout = library::finite(timeout_ms)?;
    object.0.fetch_file_call(url, timeout)
}

/// Uploads a file, for those who may join the room.
///
/// Tell them the URL, e.g. in a message; vsdk_meeting_fetch_file fetches it.
///
/// @param[in] meeting The meeting.
/// @param[in] name The name of the file.
/// @param[in] bytes nullable. What is in it, at most 10 MiB; it may be NULL when `length` is 0, and an empty file is refused.
/// @param[in] length How many bytes.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] url owned, free with vsdk_content_free. The URL of the file; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_upload_file(
    meeting: *const VsdkMeeting,
    name: *const c_char,
    bytes: *const u8,
    length: usize,
    timeout_ms: i64,
    url: *mut *mut VsdkContent,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        operation::blocking::<_, ContentObject>("meeting_upload_file", url, "url", error, || {
            upload(meeting, name, bytes, length, timeout_ms)
        })
    }
}

/// Starts vsdk_meeting_upload_file; take what it results in with vsdk_op_take_content.
///
/// @param[in] meeting The meeting.
/// @param[in] name As for vsdk_meeting_upload_file.
/// @param[in] bytes nullable. As for vsdk_meeting_upload_file.
/// @param[in] length As for vsdk_meeting_upload_file.
/// @param[in] timeout_ms As for vsdk_meeting_upload_file.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_upload_file_async(
    meeting: *const VsdkMeeting,
    name: *const c_char,
    bytes: *const u8,
    length: usize,
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
            "meeting_upload_file",
            callback,
            user_data,
            op,
            error,
            || upload(meeting, name, bytes, length, timeout_ms),
        )
    }
}

/// Fetches a file of at most 64 MiB that somebody has uploaded.
///
/// The token goes only to the server that the meeting uses and to hosts of the service.
///
/// @param[in] meeting The meeting.
/// @param[in] url The URL.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] content owned, free with vsdk_content_free. What is in it; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_fetch_file(
    meeting: *const VsdkMeeting,
    url: *const c_char,
    timeout_ms: i64,
    content: *mut *mut VsdkContent,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        operation::blocking::<_, ContentObject>(
            "meeting_fetch_file",
            content,
            "content",
            error,
            || fetch(meeting, url, timeout_ms),
        )
    }
}

/// Starts vsdk_meeting_fetch_file; take what it results in with vsdk_op_take_content.
///
/// @param[in] meeting The meeting.
/// @param[in] url As for vsdk_meeting_fetch_file.
/// @param[in] timeout_ms As for vsdk_meeting_fetch_file.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_fetch_file_async(
    meeting: *const VsdkMeeting,
    url: *const c_char,
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
        operation::starting("meeting_fetch_file", callback, user_data, op, error, || {
            fetch(meeting, url, timeout_ms)
        })
    }
}

//! Meetings: services, such as recording.
//!
//! How far a service is, events such as VSDK_EVENT_TYPE_RECORDING_STATE_CHANGED tell everybody, and
//! snapshots have the latest. That native clients have livestream, HLS, translation and whiteboard
//! is inferred.

use std::ffi::{c_char, c_void};

use super::callback::UserData;
use super::error::VsdkError;
use super::library::{self, VsdkDestroyFn, VsdkStatus};
use super::meeting::{MeetingObject, VsdkMeeting};
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::service_options::{self, VsdkServiceOptions};
use super::{guard, handle, text};
use crate::Result;
use crate::meeting::ServiceKind;
use crate::runtime::Prepared;

/// What a meeting may have running beside itself.
pub type VsdkServiceKind = i32;
/// The meeting is recorded into a file.
pub const VSDK_SERVICE_KIND_RECORDING: VsdkServiceKind = 1;
/// It is sent to other platforms, by RTMP.
pub const VSDK_SERVICE_KIND_LIVESTREAM: VsdkServiceKind = 2;
/// It can be watched with any player, by HLS.
pub const VSDK_SERVICE_KIND_HLS: VsdkServiceKind = 3;
/// What is said is written down.
pub const VSDK_SERVICE_KIND_TRANSCRIPTION: VsdkServiceKind = 4;
/// What is said is translated.
pub const VSDK_SERVICE_KIND_TRANSLATION: VsdkServiceKind = 5;
/// Everybody can draw on one board.
pub const VSDK_SERVICE_KIND_WHITEBOARD: VsdkServiceKind = 6;

/// How far a service is; `code` of its events.
pub type VsdkServiceState = i32;
/// It was asked for.
pub const VSDK_SERVICE_STATE_STARTING: VsdkServiceState = 1;
/// It runs.
pub const VSDK_SERVICE_STATE_STARTED: VsdkServiceState = 2;
/// It was asked to end.
pub const VSDK_SERVICE_STATE_STOPPING: VsdkServiceState = 3;
/// It does not run.
pub const VSDK_SERVICE_STATE_STOPPED: VsdkServiceState = 4;
/// It runs, and what it makes can be watched: HLS only.
pub const VSDK_SERVICE_STATE_PLAYABLE: VsdkServiceState = 5;

fn start(
    meeting: *const VsdkMeeting,
    kind: VsdkServiceKind,
    options: *const VsdkServiceOptions,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    let object = handle::get::<MeetingObject>(meeting)?;
    let kind = ServiceKind::from_number(kind)?;
    let options = service_options::resolve(options)?;
    let timeout = library::finite(timeout_ms)?;
    object.0.start_service_call(kind, &options, timeout)
}

fn stop(
    meeting: *const VsdkMeeting,
    kind: VsdkServiceKind,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    let object = handle::get::<MeetingObject>(meeting)?;
    let kind = ServiceKind::from_number(kind)?;
    object
        .0
        .stop_service_call(kind, library::finite(timeout_ms)?)
}

/// # Safety
///
/// The header's contract for texts and bytes.
unsafe fn change_language(
    meeting: *const VsdkMeeting,
    language: *const c_char,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    // SAFETY: the same contract.
    let language = unsafe { text::required(language, "language")? };
    let object = handle::get::<MeetingObject>(meeting)?;
    let timeout = library::finite(timeout_ms)?;
    object.0.change_translation_language_call(language, timeout)
}

/// Starts a service. It has succeeded when the service agreed.
///
/// @param[in] meeting The meeting.
/// @param[in] kind A VSDK_SERVICE_KIND_ constant.
/// @param[in] options nullable. How; NULL for what the service decides.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_start_service(
    meeting: *const VsdkMeeting,
    kind: VsdkServiceKind,
    options: *const VsdkServiceOptions,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        guard::status("meeting_start_service", error, || {
            start(meeting, kind, options, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_start_service; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] kind As for vsdk_meeting_start_service.
/// @param[in] options nullable. As for vsdk_meeting_start_service.
/// @param[in] timeout_ms As for vsdk_meeting_start_service.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_start_service_async(
    meeting: *const VsdkMeeting,
    kind: VsdkServiceKind,
    options: *const VsdkServiceOptions,
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
            "meeting_start_service",
            callback,
            user_data,
            op,
            error,
            || start(meeting, kind, options, timeout_ms),
        )
    }
}

/// Stops a service.
///
/// @param[in] meeting The meeting.
/// @param[in] kind A VSDK_SERVICE_KIND_ constant.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_stop_service(
    meeting: *const VsdkMeeting,
    kind: VsdkServiceKind,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        guard::status("meeting_stop_service", error, || {
            stop(meeting, kind, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_stop_service; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] kind As for vsdk_meeting_stop_service.
/// @param[in] timeout_ms As for vsdk_meeting_stop_service.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_stop_service_async(
    meeting: *const VsdkMeeting,
    kind: VsdkServiceKind,
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
            "meeting_stop_service",
            callback,
            user_data,
            op,
            error,
            || stop(meeting, kind, timeout_ms),
        )
    }
}

/// Has what is said translated into another language for this participant, while the translation
/// runs. Everybody is told.
///
/// @param[in] meeting The meeting.
/// @param[in] language E.g. "en".
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_change_translation_language(
    meeting: *const VsdkMeeting,
    language: *const c_char,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        guard::status("meeting_change_translation_language", error, || {
            change_language(meeting, language, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_change_translation_language; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] language As for vsdk_meeting_change_translation_language.
/// @param[in] timeout_ms As for vsdk_meeting_change_translation_language.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_change_translation_language_async(
    meeting: *const VsdkMeeting,
    language: *const c_char,
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
            "meeting_change_translation_language",
            callback,
            user_data,
            op,
            error,
            || change_language(meeting, language, timeout_ms),
        )
    }
}

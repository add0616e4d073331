//! Meetings: going to another meeting on the same connection.

use std::ffi::{c_char, c_void};

use super::callback::UserData;
use super::error::VsdkError;
use super::library::{self, VsdkDestroyFn, VsdkStatus};
use super::meeting::{MeetingObject, VsdkMeeting};
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::{guard, handle, text};
use crate::Result;
use crate::runtime::Prepared;

/// # Safety
///
/// The header's contract for texts and bytes.
unsafe fn switch_to(
    meeting: *const VsdkMeeting,
    meeting_id: *const c_char,
    token: *const c_char,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    // SAFETY: the same contract.
    let meeting_id = unsafe { text::required(meeting_id, "meeting_id")? };
    // SAFETY: the same contract.
    let token = unsafe { text::optional(token, "token")? };
    let object = handle::get::<MeetingObject>(meeting)?;
    let timeout = library::finite(timeout_ms)?;
    object.0.switch_to_call(meeting_id, token, timeout)
}

/// # Safety
///
/// The header's contract for texts and bytes.
unsafe fn request_switch(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    meeting_id: *const c_char,
    token: *const c_char,
    payload_json: *const c_char,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    // SAFETY: the same contract.
    let participant_id = unsafe { text::required(participant_id, "participant_id")? };
    // SAFETY: the same contract.
    let meeting_id = unsafe { text::required(meeting_id, "meeting_id")? };
    // SAFETY: the same contract.
    let token = unsafe { text::optional(token, "token")? };
    // SAFETY: the same contract.
    let payload_json = unsafe { text::optional(payload_json, "payload_json")? };
    let object = handle::get::<MeetingObject>(meeting)?;
    let timeout = library::finite(timeout_ms)?;
    object
        .0
        .request_switch_call(participant_id, meeting_id, token, payload_json, timeout)
}

/// Goes to another meeting, as the same participant.
///
/// The state is VSDK_MEETING_STATE_CONNECTING on the way and VSDK_MEETING_STATE_CONNECTED there; a
/// snapshot has the other meeting id then. Topics and observed values do not come along. What fails
/// after it has left the one meeting ends in VSDK_MEETING_STATE_FAILED; joining then leads back to
/// the meeting that it was in.
///
/// @param[in] meeting The meeting.
/// @param[in] meeting_id The id of the other room.
/// @param[in] token nullable. The token for there; NULL for the present one.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_switch_to(
    meeting: *const VsdkMeeting,
    meeting_id: *const c_char,
    token: *const c_char,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        guard::status("meeting_switch_to", error, || {
            switch_to(meeting, meeting_id, token, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_switch_to; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] meeting_id As for vsdk_meeting_switch_to.
/// @param[in] token nullable. As for vsdk_meeting_switch_to.
/// @param[in] timeout_ms As for vsdk_meeting_switch_to.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_switch_to_async(
    meeting: *const VsdkMeeting,
    meeting_id: *const c_char,
    token: *const c_char,
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
        operation::starting("meeting_switch_to", callback, user_data, op, error, || {
            switch_to(meeting, meeting_id, token, timeout_ms)
        })
    }
}

/// Asks a participant to go on in another meeting, with VSDK_EVENT_TYPE_SWITCH_REQUESTED; it decides.
///
/// @param[in] meeting The meeting.
/// @param[in] participant_id The participant.
/// @param[in] meeting_id The id of the other room.
/// @param[in] token nullable. A token for there; NULL for none.
/// @param[in] payload_json nullable. A JSON value that goes with it; NULL for none.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_request_switch(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    meeting_id: *const c_char,
    token: *const c_char,
    payload_json: *const c_char,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        guard::status("meeting_request_switch", error, || {
            request_switch(
                meeting,
                participant_id,
                meeting_id,
                token,
                payload_json,
                timeout_ms,
            )?
            .wait()
        })
    }
}

/// Starts vsdk_meeting_request_switch; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] participant_id As for vsdk_meeting_request_switch.
/// @param[in] meeting_id As for vsdk_meeting_request_switch.
/// @param[in] token nullable. As for vsdk_meeting_request_switch.
/// @param[in] payload_json nullable. As for vsdk_meeting_request_switch.
/// @param[in] timeout_ms As for vsdk_meeting_request_switch.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_request_switch_async(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    meeting_id: *const c_char,
    token: *const c_char,
    payload_json: *const c_char,
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
            "meeting_request_switch",
            callback,
            user_data,
            op,
            error,
            || {
                request_switch(
                    meeting,
                    participant_id,
                    meeting_id,
                    token,
                    payload_json,
                    timeout_ms,
                )
            },
        )
    }
}

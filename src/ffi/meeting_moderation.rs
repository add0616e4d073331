//! Meetings: what participants do with each other.
//!
//! Whether the token permits it, the service decides.

use std::ffi::{c_char, c_void};

use super::callback::UserData;
use super::error::VsdkError;
use super::library::{self, VsdkDestroyFn, VsdkStatus};
use super::meeting::{MeetingObject, VsdkMeeting};
use super::meeting_options::VsdkMode;
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::{guard, handle, text};
use crate::Result;
use crate::meeting::{Mode, Moderation};
use crate::runtime::Prepared;

/// Something that is done to a participant.
pub type VsdkModeration = i32;
/// Lets in who asked for it.
pub const VSDK_MODERATION_ALLOW_ENTRY: VsdkModeration = 1;
/// Does not let in who asked for it.
pub const VSDK_MODERATION_DENY_ENTRY: VsdkModeration = 2;
/// Asks to switch the microphone on; the participant decides.
pub const VSDK_MODERATION_REQUEST_MIC: VsdkModeration = 3;
/// Switches the microphone off.
pub const VSDK_MODERATION_DISABLE_MIC: VsdkModeration = 4;
/// Asks to switch the camera on; the participant decides.
pub const VSDK_MODERATION_REQUEST_WEBCAM: VsdkModeration = 5;
/// Switches the camera off.
pub const VSDK_MODERATION_DISABLE_WEBCAM: VsdkModeration = 6;
/// Removes from the meeting.
pub const VSDK_MODERATION_REMOVE: VsdkModeration = 7;
/// Pins the camera for everybody. That the service has pins for native clients is inferred.
pub const VSDK_MODERATION_PIN_CAMERA: VsdkModeration = 8;
/// Takes the pin off the camera.
pub const VSDK_MODERATION_UNPIN_CAMERA: VsdkModeration = 9;
/// Pins the shared screen for everybody.
pub const VSDK_MODERATION_PIN_SCREEN_SHARE: VsdkModeration = 10;
/// Takes the pin off the shared screen.
pub const VSDK_MODERATION_UNPIN_SCREEN_SHARE: VsdkModeration = 11;

/// # Safety
///
/// The header's contract for texts.
unsafe fn moderate(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    moderation: VsdkModeration,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    // SAFETY: the same contract.
    let participant_id = unsafe { text::required(participant_id, "participant_id")? };
    let object = handle::get::<MeetingObject>(meeting)?;
    let moderation = Moderation::from_number(moderation)?;
    let timeout = library::finite(timeout_ms)?;
    object.0.moderate_call(participant_id, moderation, timeout)
}

fn change_mode(
    meeting: *const VsdkMeeting,
    mode: VsdkMode,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    let object = handle::get::<MeetingObject>(meeting)?;
    let mode = Mode::from_number(mode)?;
    Ok(object
        .0
        .change_mode_call(mode, library::finite(timeout_ms)?))
}

/// Does something to a participant: lets it in, asks for its microphone, removes it, and so on.
///
/// @param[in] meeting The meeting.
/// @param[in] participant_id The participant.
/// @param[in] moderation A VSDK_MODERATION_ constant.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_moderate(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    moderation: VsdkModeration,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::status("meeting_moderate", error, || {
            moderate(meeting, participant_id, moderation, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_moderate; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] participant_id As for vsdk_meeting_moderate.
/// @param[in] moderation As for vsdk_meeting_moderate.
/// @param[in] timeout_ms As for vsdk_meeting_moderate.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_moderate_async(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    moderation: VsdkModeration,
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
        operation::starting("meeting_moderate", callback, user_data, op, error, || {
            moderate(meeting, participant_id, moderation, timeout_ms)
        })
    }
}

/// Changes what this participant does with media. Everybody is told.
///
/// That the service has it for native clients is inferred.
///
/// @param[in] meeting The meeting.
/// @param[in] mode A VSDK_MODE_ constant.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_change_mode(
    meeting: *const VsdkMeeting,
    mode: VsdkMode,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::status("meeting_change_mode", error, || {
            change_mode(meeting, mode, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_change_mode; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] mode As for vsdk_meeting_change_mode.
/// @param[in] timeout_ms As for vsdk_meeting_change_mode.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_change_mode_async(
    meeting: *const VsdkMeeting,
    mode: VsdkMode,
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
        operation::starting(
            "meeting_change_mode",
            callback,
            user_data,
            op,
            error,
            || change_mode(meeting, mode, timeout_ms),
        )
    }
}

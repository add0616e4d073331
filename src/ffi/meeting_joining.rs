//! Meetings: joining, leaving, ending.
//!
//! A meeting joins once; after a failure, and after a join that was cancelled, it may join again.
//! A connection that is lost is made anew by itself.

use std::ffi::c_void;

use super::callback::UserData;
use super::error::VsdkError;
use super::guard;
use super::handle;
use super::library::{self, VsdkDestroyFn, VsdkStatus};
use super::meeting::{MeetingObject, VsdkMeeting};
use super::operation::{self, VsdkOp, VsdkOpFn};

/// Joins the room: connects, asks to be let in where the token demands it, and waits until that is
/// decided.
///
/// When it has succeeded, the state is VSDK_MEETING_STATE_CONNECTED and a snapshot has everybody in
/// the room. When it has failed, the state is VSDK_MEETING_STATE_FAILED, its event tells the same
/// error, and the meeting may be joined again. Give it minutes where somebody has to let this
/// participant in.
///
/// @param[in] meeting The meeting.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR, and those of meetings, VSDK_STATUS_CONNECTION_LOST to VSDK_STATUS_REFUSED.
/// @note Blocks until the room is joined, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_join(
    meeting: *const VsdkMeeting,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("meeting_join", error, || {
            let object = handle::get::<MeetingObject>(meeting)?;
            object.0.join_call(library::finite(timeout_ms)?).wait()
        })
    }
}

/// Starts vsdk_meeting_join; how it ended is told by vsdk_op_outcome.
///
/// Cancelled, it is given up, and the meeting may be joined again.
///
/// @param[in] meeting The meeting.
/// @param[in] timeout_ms As for vsdk_meeting_join.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_join_async(
    meeting: *const VsdkMeeting,
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
        operation::starting("meeting_join", callback, user_data, op, error, || {
            let object = handle::get::<MeetingObject>(meeting)?;
            Ok(object.0.join_call(library::finite(timeout_ms)?))
        })
    }
}

/// Leaves: says goodbye to the service, and whoever waits for events is woken.
///
/// The state becomes VSDK_MEETING_STATE_LEFT. Leaving twice is no mistake. Events that are left can
/// still be read.
///
/// @param[in] meeting The meeting.
/// @param[in] timeout_ms How long to wait for the service, in milliseconds, or VSDK_TIMEOUT_DEFAULT; 0 begins to leave and does not wait.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_TIMEOUT when it goes on by itself, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_SHUTDOWN.
/// @note Blocks until the service has taken note, at most `timeout_ms`. A meeting that is not joined has nothing to wait for.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_leave(
    meeting: *const VsdkMeeting,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("meeting_leave", error, || {
            let object = handle::get::<MeetingObject>(meeting)?;
            object.0.leave_and_wait(library::finite(timeout_ms)?)
        })
    }
}

/// Starts vsdk_meeting_leave; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] timeout_ms As for vsdk_meeting_leave.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_leave_async(
    meeting: *const VsdkMeeting,
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
        operation::starting("meeting_leave", callback, user_data, op, error, || {
            let object = handle::get::<MeetingObject>(meeting)?;
            Ok(object.0.leave_call(library::finite(timeout_ms)?))
        })
    }
}

/// Ends the meeting for everybody in the room. Needs a token with the permission to moderate.
///
/// @param[in] meeting The meeting.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_end(
    meeting: *const VsdkMeeting,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::status("meeting_end", error, || {
            let object = handle::get::<MeetingObject>(meeting)?;
            object.0.end_call(library::finite(timeout_ms)?)?.wait()
        })
    }
}

/// Starts vsdk_meeting_end; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] timeout_ms As for vsdk_meeting_end.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_end_async(
    meeting: *const VsdkMeeting,
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
        operation::starting("meeting_end", callback, user_data, op, error, || {
            let object = handle::get::<MeetingObject>(meeting)?;
            object.0.end_call(library::finite(timeout_ms)?)
        })
    }
}

/// Makes the connection anew at once: after a change of networks, without waiting until the loss of
/// the old one is noticed.
///
/// The state becomes VSDK_MEETING_STATE_RECONNECTING, and VSDK_MEETING_STATE_CONNECTED when it is
/// done.
///
/// @param[in] meeting The meeting.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when this participant is not in the room.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_refresh_connection(
    meeting: *const VsdkMeeting,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("meeting_refresh_connection", error, || {
            let object = handle::get::<MeetingObject>(meeting)?;
            object.0.refresh_connection()
        })
    }
}

//! Meetings: what an agent tells of itself.
//!
//! For meetings that were made with VSDK_PEER_TYPE_AGENT.

use std::ffi::{c_char, c_void};

use super::callback::UserData;
use super::error::VsdkError;
use super::library::{self, VsdkDestroyFn, VsdkStatus};
use super::meeting::{MeetingObject, VsdkMeeting};
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::{guard, handle, text};
use crate::Result;
use crate::meeting::AgentState;
use crate::runtime::Prepared;

/// What an agent is doing.
pub type VsdkAgentState = i32;
/// Nothing.
pub const VSDK_AGENT_STATE_IDLE: VsdkAgentState = 1;
/// Somebody speaks to it.
pub const VSDK_AGENT_STATE_LISTENING: VsdkAgentState = 2;
/// It looks for an answer.
pub const VSDK_AGENT_STATE_THINKING: VsdkAgentState = 3;
/// It speaks.
pub const VSDK_AGENT_STATE_SPEAKING: VsdkAgentState = 4;

fn send_state(
    meeting: *const VsdkMeeting,
    state: VsdkAgentState,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    let object = handle::get::<MeetingObject>(meeting)?;
    let state = AgentState::from_number(state)?;
    object
        .0
        .send_agent_state_call(state, library::finite(timeout_ms)?)
}

/// # Safety
///
/// The header's contract for texts and bytes.
unsafe fn send_transcript(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    words: *const c_char,
    is_final: i32,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    // SAFETY: the same contract.
    let (participant_id, words) = unsafe {
        (
            text::required(participant_id, "participant_id")?,
            text::required(words, "words")?,
        )
    };
    let is_final = library::flag(is_final, "is_final")?;
    let object = handle::get::<MeetingObject>(meeting)?;
    let timeout = library::finite(timeout_ms)?;
    object
        .0
        .send_agent_transcript_call(participant_id, words, is_final, timeout)
}

/// # Safety
///
/// The header's contract for texts and bytes.
unsafe fn send_metrics(
    meeting: *const VsdkMeeting,
    metrics_json: *const c_char,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    // SAFETY: the same contract.
    let metrics_json = unsafe { text::required(metrics_json, "metrics_json")? };
    let object = handle::get::<MeetingObject>(meeting)?;
    let timeout = library::finite(timeout_ms)?;
    object.0.send_agent_metrics_call(metrics_json, timeout)
}

/// Tells what this agent is doing; the others get VSDK_EVENT_TYPE_AGENT_STATE_CHANGED.
///
/// @param[in] meeting The meeting.
/// @param[in] state A VSDK_AGENT_STATE_ constant.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_send_agent_state(
    meeting: *const VsdkMeeting,
    state: VsdkAgentState,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        guard::status("meeting_send_agent_state", error, || {
            send_state(meeting, state, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_send_agent_state; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] state As for vsdk_meeting_send_agent_state.
/// @param[in] timeout_ms As for vsdk_meeting_send_agent_state.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_send_agent_state_async(
    meeting: *const VsdkMeeting,
    state: VsdkAgentState,
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
            "meeting_send_agent_state",
            callback,
            user_data,
            op,
            error,
            || send_state(meeting, state, timeout_ms),
        )
    }
}

/// Tells what was said, by this agent or to it; the others get VSDK_EVENT_TYPE_AGENT_TRANSCRIPT.
///
/// @param[in] meeting The meeting.
/// @param[in] participant_id Who spoke.
/// @param[in] words What was said.
/// @param[in] is_final 1 when these words will not change any more, else 0.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_send_agent_transcript(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    words: *const c_char,
    is_final: i32,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        guard::status("meeting_send_agent_transcript", error, || {
            send_transcript(meeting, participant_id, words, is_final, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_send_agent_transcript; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] participant_id As for vsdk_meeting_send_agent_transcript.
/// @param[in] words As for vsdk_meeting_send_agent_transcript.
/// @param[in] is_final As for vsdk_meeting_send_agent_transcript.
/// @param[in] timeout_ms As for vsdk_meeting_send_agent_transcript.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_send_agent_transcript_async(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    words: *const c_char,
    is_final: i32,
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
            "meeting_send_agent_transcript",
            callback,
            user_data,
            op,
            error,
            || send_transcript(meeting, participant_id, words, is_final, timeout_ms),
        )
    }
}

/// Tells figures of this agent; the others get VSDK_EVENT_TYPE_AGENT_METRICS.
///
/// @param[in] meeting The meeting.
/// @param[in] metrics_json A JSON object of whatever it measures.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_send_agent_metrics(
    meeting: *const VsdkMeeting,
    metrics_json: *const c_char,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts, bytes and out-parameters.
    unsafe {
        guard::status("meeting_send_agent_metrics", error, || {
            send_metrics(meeting, metrics_json, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_send_agent_metrics; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] metrics_json As for vsdk_meeting_send_agent_metrics.
/// @param[in] timeout_ms As for vsdk_meeting_send_agent_metrics.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_send_agent_metrics_async(
    meeting: *const VsdkMeeting,
    metrics_json: *const c_char,
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
            "meeting_send_agent_metrics",
            callback,
            user_data,
            op,
            error,
            || send_metrics(meeting, metrics_json, timeout_ms),
        )
    }
}

//! Meetings: messages by topic.
//!
//! Messages come as events of the type VSDK_EVENT_TYPE_MESSAGE, in the order in which the service
//! took them.

use std::ffi::{c_char, c_void};

use super::callback::UserData;
use super::error::VsdkError;
use super::library::{self, VsdkDestroyFn, VsdkStatus};
use super::meeting::{MeetingObject, VsdkMeeting};
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::publish_options::{self, VsdkPublishOptions};
use super::{guard, handle, text};
use crate::Result;
use crate::runtime::Prepared;

/// # Safety
///
/// The header's contract for texts.
unsafe fn publish(
    meeting: *const VsdkMeeting,
    topic: *const c_char,
    message: *const c_char,
    options: *const VsdkPublishOptions,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    // SAFETY: the same contract.
    let (topic, message) = unsafe {
        (
            text::required(topic, "topic")?,
            text::required(message, "message")?,
        )
    };
    let object = handle::get::<MeetingObject>(meeting)?;
    let options = publish_options::resolve(options)?;
    let timeout = library::finite(timeout_ms)?;
    object.0.publish_call(topic, message, &options, timeout)
}

/// # Safety
///
/// The header's contract for texts.
unsafe fn subscribe(
    meeting: *const VsdkMeeting,
    topic: *const c_char,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    // SAFETY: the same contract.
    let topic = unsafe { text::required(topic, "topic")? };
    let object = handle::get::<MeetingObject>(meeting)?;
    object.0.subscribe_call(topic, library::finite(timeout_ms)?)
}

/// Publishes a message to all who have subscribed the topic, this participant too.
///
/// While the connection is made anew, it waits for the new one; what was sent already is never sent
/// again.
///
/// @param[in] meeting The meeting.
/// @param[in] topic The topic, at most 1,024 bytes.
/// @param[in] message The message.
/// @param[in] options nullable. How; NULL for everybody who has subscribed, kept for nobody.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_publish(
    meeting: *const VsdkMeeting,
    topic: *const c_char,
    message: *const c_char,
    options: *const VsdkPublishOptions,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::status("meeting_publish", error, || {
            publish(meeting, topic, message, options, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_publish; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] topic As for vsdk_meeting_publish.
/// @param[in] message As for vsdk_meeting_publish.
/// @param[in] options nullable. As for vsdk_meeting_publish.
/// @param[in] timeout_ms As for vsdk_meeting_publish.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_publish_async(
    meeting: *const VsdkMeeting,
    topic: *const c_char,
    message: *const c_char,
    options: *const VsdkPublishOptions,
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
        operation::starting("meeting_publish", callback, user_data, op, error, || {
            publish(meeting, topic, message, options, timeout_ms)
        })
    }
}

/// Subscribes a topic.
///
/// Messages that were kept come first, as events before this has succeeded. On a new connection it
/// is subscribed again by itself.
///
/// @param[in] meeting The meeting.
/// @param[in] topic The topic, at most 1,024 bytes.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_subscribe(
    meeting: *const VsdkMeeting,
    topic: *const c_char,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::status("meeting_subscribe", error, || {
            subscribe(meeting, topic, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_meeting_subscribe; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] topic As for vsdk_meeting_subscribe.
/// @param[in] timeout_ms As for vsdk_meeting_subscribe.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_subscribe_async(
    meeting: *const VsdkMeeting,
    topic: *const c_char,
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
        operation::starting("meeting_subscribe", callback, user_data, op, error, || {
            subscribe(meeting, topic, timeout_ms)
        })
    }
}

/// From now on no message of the topic comes any more. One that is not subscribed is no mistake.
///
/// @param[in] meeting The meeting.
/// @param[in] topic The topic.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_unsubscribe(
    meeting: *const VsdkMeeting,
    topic: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::status("meeting_unsubscribe", error, || {
            let topic = text::required(topic, "topic")?;
            let object = handle::get::<MeetingObject>(meeting)?;
            object.0.unsubscribe(topic);
            Ok(())
        })
    }
}

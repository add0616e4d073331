//! Meetings: choosing what to receive.
//!
//! By default a meeting receives what everybody sends. With auto_consume switched off in its options
//! it receives nothing until the app asks for it with vsdk_meeting_subscribe_tracks, participant by
//! participant. What somebody sends is told by VSDK_EVENT_TYPE_MEDIA_STATE_CHANGED and the snapshot.
//! In either case vsdk_meeting_pause_all_tracks saves what nobody needs at the moment.

use std::ffi::{c_char, c_void};

use super::callback::UserData;
use super::error::VsdkError;
use super::library::{self, VsdkDestroyFn, VsdkStatus};
use super::meeting::{MeetingObject, VsdkMeeting};
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::track_options::VsdkTrackKind;
use super::{guard, handle, text};
use crate::Result;
use crate::media::{Kind, TrackKind};
use crate::meeting::Meeting;
use crate::runtime::{Prepared, Timeout};

/// What tracks carry.
pub type VsdkMediaKind = i32;
/// Sound: of microphones and of what is shared.
pub const VSDK_MEDIA_KIND_AUDIO: VsdkMediaKind = 1;
/// Pictures: of cameras and of shared screens.
pub const VSDK_MEDIA_KIND_VIDEO: VsdkMediaKind = 2;

/// # Safety
///
/// The header's contract for texts.
unsafe fn choose(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    kind: VsdkMediaKind,
    timeout_ms: i64,
    call: impl FnOnce(&Meeting, &str, Kind, Timeout) -> Result<Prepared<()>>,
) -> Result<Prepared<()>> {
    // SAFETY: the same contract.
    let participant_id = unsafe { text::required(participant_id, "participant_id")? };
    let object = handle::get::<MeetingObject>(meeting)?;
    let timeout = library::finite(timeout_ms)?;
    call(&object.0, participant_id, Kind::from_number(kind)?, timeout)
}

fn all_tracks(
    meeting: *const VsdkMeeting,
    kind: VsdkTrackKind,
    timeout_ms: i64,
    call: impl FnOnce(&Meeting, Option<TrackKind>, Timeout) -> Prepared<()>,
) -> Result<Prepared<()>> {
    let object = handle::get::<MeetingObject>(meeting)?;
    let timeout = library::finite(timeout_ms)?;
    let kind = match kind {
        0 => None,
        kind => Some(TrackKind::from_number(kind)?),
    };
    Ok(call(&object.0, kind, timeout))
}

/// Receives what somebody sends of that kind, now and later.
///
/// Only in a meeting with auto_consume switched off. VSDK_EVENT_TYPE_TRACK_ADDED tells of each
/// track. On a new connection it is subscribed again by itself; when the participant leaves, it ends.
/// That shared screens and their sound belong to it is inferred.
///
/// @param[in] meeting The meeting.
/// @param[in] participant_id Whose.
/// @param[in] kind A VSDK_MEDIA_KIND_ constant.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when nobody else in the meeting has that id, VSDK_STATUS_INVALID_STATE when the meeting receives everything by itself or this participant receives no media or is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_subscribe_tracks(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    kind: VsdkMediaKind,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::status("meeting_subscribe_tracks", error, || {
            choose(
                meeting,
                participant_id,
                kind,
                timeout_ms,
                Meeting::subscribe_tracks_call,
            )?
            .wait()
        })
    }
}

/// Starts vsdk_meeting_subscribe_tracks; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] participant_id As for vsdk_meeting_subscribe_tracks.
/// @param[in] kind As for vsdk_meeting_subscribe_tracks.
/// @param[in] timeout_ms As for vsdk_meeting_subscribe_tracks.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_subscribe_tracks_async(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    kind: VsdkMediaKind,
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
            "meeting_subscribe_tracks",
            callback,
            user_data,
            op,
            error,
            || {
                choose(
                    meeting,
                    participant_id,
                    kind,
                    timeout_ms,
                    Meeting::subscribe_tracks_call,
                )
            },
        )
    }
}

/// Receives what somebody sends of that kind no longer, after vsdk_meeting_subscribe_tracks.
///
/// VSDK_EVENT_TYPE_TRACK_REMOVED tells of each track.
///
/// @param[in] meeting The meeting.
/// @param[in] participant_id Whose.
/// @param[in] kind A VSDK_MEDIA_KIND_ constant.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when nobody else in the meeting has that id, VSDK_STATUS_INVALID_STATE when the meeting receives everything by itself or this participant receives no media or is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_unsubscribe_tracks(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    kind: VsdkMediaKind,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::status("meeting_unsubscribe_tracks", error, || {
            choose(
                meeting,
                participant_id,
                kind,
                timeout_ms,
                Meeting::unsubscribe_tracks_call,
            )?
            .wait()
        })
    }
}

/// Starts vsdk_meeting_unsubscribe_tracks; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] participant_id As for vsdk_meeting_unsubscribe_tracks.
/// @param[in] kind As for vsdk_meeting_unsubscribe_tracks.
/// @param[in] timeout_ms As for vsdk_meeting_unsubscribe_tracks.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_unsubscribe_tracks_async(
    meeting: *const VsdkMeeting,
    participant_id: *const c_char,
    kind: VsdkMediaKind,
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
            "meeting_unsubscribe_tracks",
            callback,
            user_data,
            op,
            error,
            || {
                choose(
                    meeting,
                    participant_id,
                    kind,
                    timeout_ms,
                    Meeting::unsubscribe_tracks_call,
                )
            },
        )
    }
}

/// Lets the service send nothing of that kind for now, or of any kind.
///
/// Tracks that are new begin paused as well, on later connections too, until
/// vsdk_meeting_resume_all_tracks. A single one can be had with vsdk_remote_track_resume.
///
/// @param[in] meeting The meeting.
/// @param[in] kind A VSDK_TRACK_KIND_ constant; 0 for all kinds.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED, also when the service did it for some of them only.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_pause_all_tracks(
    meeting: *const VsdkMeeting,
    kind: VsdkTrackKind,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("meeting_pause_all_tracks", error, || {
            all_tracks(meeting, kind, timeout_ms, Meeting::pause_all_tracks_call)?.wait()
        })
    }
}

/// Starts vsdk_meeting_pause_all_tracks; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] kind As for vsdk_meeting_pause_all_tracks.
/// @param[in] timeout_ms As for vsdk_meeting_pause_all_tracks.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_pause_all_tracks_async(
    meeting: *const VsdkMeeting,
    kind: VsdkTrackKind,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for out-parameters.
    unsafe {
        operation::starting(
            "meeting_pause_all_tracks",
            callback,
            user_data,
            op,
            error,
            || all_tracks(meeting, kind, timeout_ms, Meeting::pause_all_tracks_call),
        )
    }
}

/// Lets the service go on with all of that kind, or with everything, after
/// vsdk_meeting_pause_all_tracks: with tracks that were paused one by one as well.
///
/// @param[in] meeting The meeting.
/// @param[in] kind A VSDK_TRACK_KIND_ constant; 0 for all kinds.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED, also when the service did it for some of them only.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_resume_all_tracks(
    meeting: *const VsdkMeeting,
    kind: VsdkTrackKind,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("meeting_resume_all_tracks", error, || {
            all_tracks(meeting, kind, timeout_ms, Meeting::resume_all_tracks_call)?.wait()
        })
    }
}

/// Starts vsdk_meeting_resume_all_tracks; how it ended is told by vsdk_op_outcome.
///
/// @param[in] meeting The meeting.
/// @param[in] kind As for vsdk_meeting_resume_all_tracks.
/// @param[in] timeout_ms As for vsdk_meeting_resume_all_tracks.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_resume_all_tracks_async(
    meeting: *const VsdkMeeting,
    kind: VsdkTrackKind,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for out-parameters.
    unsafe {
        operation::starting(
            "meeting_resume_all_tracks",
            callback,
            user_data,
            op,
            error,
            || all_tracks(meeting, kind, timeout_ms, Meeting::resume_all_tracks_call),
        )
    }
}

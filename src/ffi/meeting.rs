//! Meetings: made from options, read through snapshots and events.
//!
//! Events come either from vsdk_meeting_next_event or to an event handler, not both. The queue
//! exists from vsdk_init_meeting on, so nothing that happens before the first read is lost. It
//! holds 4,096 events; what comes beyond that is refused and reported with one
//! VSDK_EVENT_TYPE_OVERFLOW.

use std::ffi::{c_char, c_void};
use std::sync::Arc;

use super::callback::UserData;
use super::error::VsdkError;
use super::event::{EventObject, VsdkEvent};
use super::handle::{self, object};
use super::library::{
    self, VSDK_STATUS_CLOSED, VSDK_STATUS_NO_EVENT, VSDK_STATUS_OK, VsdkDestroyFn, VsdkStatus,
};
use super::meeting_options::{MeetingOptionsObject, VsdkMeetingOptions};
use super::out::Out;
use super::snapshot::{SnapshotObject, VsdkMeetingSnapshot};
use super::{guard, text};
use crate::meeting::{self, Event, Meeting, NextEvent};
use crate::runtime::{Callback, lock};

/// Where a meeting stands.
pub type VsdkMeetingState = i32;
/// Made, not joined.
pub const VSDK_MEETING_STATE_INITIALISED: VsdkMeetingState = 1;
/// Joining.
pub const VSDK_MEETING_STATE_CONNECTING: VsdkMeetingState = 2;
/// Waits until somebody in the room lets it in.
pub const VSDK_MEETING_STATE_WAITING_ENTRY: VsdkMeetingState = 3;
/// In the room.
pub const VSDK_MEETING_STATE_CONNECTED: VsdkMeetingState = 4;
/// Lost the connection and is making a new one.
pub const VSDK_MEETING_STATE_RECONNECTING: VsdkMeetingState = 5;
/// Leaving.
pub const VSDK_MEETING_STATE_LEAVING: VsdkMeetingState = 6;
/// Has left: the end.
pub const VSDK_MEETING_STATE_LEFT: VsdkMeetingState = 7;
/// Could not join or lost the connection for good.
pub const VSDK_MEETING_STATE_FAILED: VsdkMeetingState = 8;

/// A meeting.
pub struct VsdkMeeting {
    _opaque: [u8; 0],
}

/// Receives an event. Runs on the dispatcher thread; `event` is borrowed, valid during the call.
pub type VsdkEventFn =
    Option<unsafe extern "C" fn(event: *const VsdkEvent, user_data: *mut c_void)>;

/// Told that there is something to read. Runs on the dispatcher thread, of tracks on the media thread.
pub type VsdkWakeFn = Option<unsafe extern "C" fn(user_data: *mut c_void)>;

pub(super) struct MeetingObject(pub(super) Meeting);

object!(MeetingObject, Meeting, VsdkMeeting);

/// The app's handler as the core calls it; `None` when there is none.
pub(super) fn wake(handler: VsdkWakeFn, user_data: UserData) -> Option<Callback<()>> {
    let handler = handler?;
    // SAFETY: the app vouches for its function and the pointer that goes with it.
    Some(Arc::new(move |()| unsafe { handler(user_data.pointer()) }))
}

/// Makes a meeting from its options, like VideoSDK.initMeeting({...}).
///
/// Checks everything that can be checked without a network: the options, and whether the token
/// can join this room as this participant. The first event is VSDK_EVENT_TYPE_STATE_CHANGED to
/// VSDK_MEETING_STATE_INITIALISED; warnings about the token follow.
///
/// @param[in] options What to make it from; they are copied.
/// @param[out] meeting owned, free with vsdk_meeting_free. The meeting; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_TOKEN_MALFORMED, VSDK_STATUS_TOKEN_EXPIRED, VSDK_STATUS_TOKEN_NOT_YET_VALID, VSDK_STATUS_TOKEN_PERMISSIONS, VSDK_STATUS_TOKEN_ROOM_MISMATCH, VSDK_STATUS_TOKEN_PARTICIPANT_MISMATCH, VSDK_STATUS_TOKEN_ROLE.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_init_meeting(
    options: *const VsdkMeetingOptions,
    meeting: *mut *mut VsdkMeeting,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let meeting = Out::new(meeting, std::ptr::null_mut());
        guard::status("init_meeting", error, || {
            let meeting = meeting.required("meeting")?;
            let options = handle::get::<MeetingOptionsObject>(options)?;
            let made = meeting::init_meeting(&lock(&options.0))?;
            meeting.set(handle::insert(MeetingObject(made))?);
            Ok(())
        })
    }
}

/// All of the meeting at this moment.
///
/// @param[in] meeting The meeting.
/// @param[out] snapshot owned, free with vsdk_meeting_snapshot_free. The snapshot; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot(
    meeting: *const VsdkMeeting,
    snapshot: *mut *mut VsdkMeetingSnapshot,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let snapshot = Out::new(snapshot, std::ptr::null_mut());
        guard::status("meeting_snapshot", error, || {
            let snapshot = snapshot.required("snapshot")?;
            let taken = handle::get::<MeetingObject>(meeting)?.0.snapshot();
            snapshot.set(handle::insert(SnapshotObject::from(taken))?);
            Ok(())
        })
    }
}

/// Hands in a fresh token: the next time one is needed, this is used.
///
/// @param[in] meeting The meeting.
/// @param[in] token The token.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE after the end, VSDK_STATUS_TOKEN_MALFORMED, VSDK_STATUS_TOKEN_EXPIRED, VSDK_STATUS_TOKEN_NOT_YET_VALID, VSDK_STATUS_TOKEN_PERMISSIONS, VSDK_STATUS_TOKEN_ROOM_MISMATCH, VSDK_STATUS_TOKEN_PARTICIPANT_MISMATCH, VSDK_STATUS_TOKEN_ROLE.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_set_token(
    meeting: *const VsdkMeeting,
    token: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::status("meeting_set_token", error, || {
            let object = handle::get::<MeetingObject>(meeting)?;
            object.0.set_token(text::required(token, "token")?)
        })
    }
}

/// The next event.
///
/// @param[in] meeting The meeting.
/// @param[in] timeout_ms How long to wait for one, in milliseconds: 0 only looks, VSDK_TIMEOUT_DEFAULT, VSDK_TIMEOUT_INFINITE.
/// @param[out] event owned, free with vsdk_event_free. The event; NULL when there is none.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_NO_EVENT when none came in time, VSDK_STATUS_CLOSED when
/// none will come, VSDK_STATUS_INVALID_STATE while an event handler is set, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Blocks until there is an event, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_next_event(
    meeting: *const VsdkMeeting,
    timeout_ms: i64,
    event: *mut *mut VsdkEvent,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let event = Out::new(event, std::ptr::null_mut());
        guard::informed("meeting_next_event", error, || {
            let event = event.required("event")?;
            let object = handle::get::<MeetingObject>(meeting)?;
            match object.0.next_event(library::timeout(timeout_ms)?)? {
                NextEvent::Event(next) => {
                    let object_of = EventObject::from(Arc::clone(&next));
                    // Without a handle to give out, the event waits for a later call.
                    let given =
                        handle::insert(object_of).inspect_err(|_| object.0.put_back(next))?;
                    event.set(given);
                    Ok(VSDK_STATUS_OK)
                }
                NextEvent::None => Ok(VSDK_STATUS_NO_EVENT),
                NextEvent::Closed => Ok(VSDK_STATUS_CLOSED),
            }
        })
    }
}

/// From now on events go to the handler, those that wait first; NULL lets them wait again.
///
/// When this returns, an earlier handler is not running and will not run again, unless it is
/// called from inside that handler. A slow handler delays the callbacks of everyone.
///
/// @param[in] meeting The meeting.
/// @param[in] handler nullable. NULL to read events with vsdk_meeting_next_event again.
/// @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block, except for a running call of the earlier handler.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_set_event_handler(
    meeting: *const VsdkMeeting,
    handler: VsdkEventFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("meeting_set_event_handler", error, || {
            let object = handle::get::<MeetingObject>(meeting)?;
            let Some(handler) = handler else {
                return object.0.set_event_handler(None);
            };
            object
                .0
                .set_event_handler(Some(Arc::new(move |event: &Arc<Event>| {
                    let borrowed = EventObject::from(Arc::clone(event));
                    let Ok(borrowed) = handle::insert(borrowed) else {
                        return;
                    };
                    // The app vouches for its function and the pointer that goes with it.
                    handler(borrowed, user_data.pointer());
                    handle::free::<EventObject>(borrowed);
                })))
        })
    }
}

/// Sets what is called whenever there is something to read after there was nothing.
///
/// Made for event loops: let it signal the loop, and read there with a timeout of 0 until
/// VSDK_STATUS_NO_EVENT or VSDK_STATUS_CLOSED.
///
/// @param[in] meeting The meeting.
/// @param[in] handler nullable. NULL for none.
/// @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block, except for a running call of the earlier handler.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_set_wake_handler(
    meeting: *const VsdkMeeting,
    handler: VsdkWakeFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("meeting_set_wake_handler", error, || {
            let object = handle::get::<MeetingObject>(meeting)?;
            object.0.set_wake_handler(wake(handler, user_data))
        })
    }
}

/// A descriptor that polls readable while there is something to read, made on demand.
///
/// It belongs to the meeting and lives as long: poll it, never read or close it.
///
/// @param[in] meeting The meeting.
/// @param[out] descriptor The descriptor.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_UNSUPPORTED on Windows.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_event_descriptor(
    meeting: *const VsdkMeeting,
    descriptor: *mut i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        // 0 is somebody's standard input; no descriptor is -1.
        let descriptor = Out::new(descriptor, -1);
        guard::status("meeting_event_descriptor", error, || {
            let descriptor = descriptor.required("descriptor")?;
            let object = handle::get::<MeetingObject>(meeting)?;
            descriptor.set(object.0.event_descriptor()?);
            Ok(())
        })
    }
}

/// Frees a meeting; one that was not left leaves in the background.
///
/// Its handlers are taken out, whoever waits for its events is woken, and its descriptor closes.
///
/// @param[in] meeting nullable, freed. The meeting.
/// @note Does not block, except for a running call of its handlers.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_free(meeting: *mut VsdkMeeting) {
    guard::value((), || {
        let object = handle::get::<MeetingObject>(meeting)?;
        handle::free::<MeetingObject>(meeting);
        // A thread that waits for events holds the object too: end it for that one as well.
        object.0.close();
        Ok(())
    });
}

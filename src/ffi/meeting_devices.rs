//! Meetings: microphones and speakers of this machine.
//!
//! In a library that was built with its feature `devices`, vsdk_meeting_options_set_mic_enabled opens
//! the default microphone once the meeting is joined, unless the app has added a track of the kind
//! audio by then. Where there is none, VSDK_EVENT_TYPE_DEVICE_FAILED says so, and the meeting goes on.

use super::error::VsdkError;
use super::guard;
use super::library::{self, VsdkStatus};
use super::meeting::{MeetingObject, VsdkMeeting};

/// Switches the microphone on or off, like unmuteMic() and muteMic() of the official clients.
///
/// That is all tracks of the kind audio that the app has added. Where there is none, the default
/// microphone of this machine is opened and sent, and closed again.
/// VSDK_EVENT_TYPE_TRACK_PUBLISHED says when others hear it, VSDK_EVENT_TYPE_DEVICE_FAILED that it
/// could not be opened. Before joining it is opened at once, and sent once the meeting is joined.
///
/// @param[in] meeting The meeting.
/// @param[in] enabled 1 or 0.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when the meeting is over, VSDK_STATUS_UNSUPPORTED when there is no track and this build opens no devices.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_set_mic_enabled(
    meeting: *const VsdkMeeting,
    enabled: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::change::<MeetingObject>("meeting_set_mic_enabled", meeting, error, |object| {
            let enabled = library::flag(enabled, "enabled")?;
            object.0.set_mic_enabled(enabled)
        })
    }
}

/// Tells of microphones and speakers that come and go, or no longer.
///
/// They come as events of the type VSDK_EVENT_TYPE_DEVICES_CHANGED: it looks every two seconds, on a
/// thread of its own, until the meeting is over. What vsdk_devices_list lists after this has returned
/// is told of when it changes.
///
/// @param[in] meeting The meeting.
/// @param[in] enabled 1 or 0.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when the meeting is over, VSDK_STATUS_NOT_FOUND without a sound system, VSDK_STATUS_TIMEOUT when that does not answer, VSDK_STATUS_UNSUPPORTED when this build opens no devices, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Blocks until the devices were listed once, at most 10 seconds.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_watch_devices(
    meeting: *const VsdkMeeting,
    enabled: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::change::<MeetingObject>("meeting_watch_devices", meeting, error, |object| {
            let enabled = library::flag(enabled, "enabled")?;
            object.0.watch_devices(enabled)
        })
    }
}

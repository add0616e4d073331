//! Meetings: media and data.
//!
//! The library takes and gives encoded frames, and does all that is between. A track to send is added with vsdk_meeting_add_track, before or
//! after joining, and gets its frames with vsdk_local_track_push. A track of somebody else comes as
//! an event of the type VSDK_EVENT_TYPE_TRACK_ADDED; vsdk_meeting_remote_track gives it, and its
//! frames are read with vsdk_remote_track_next_frame or come to a handler. Sound the library also
//! encodes and decodes: see vsdk_local_track_audio_input, vsdk_remote_track_audio_output and
//! vsdk_meeting_audio_mixer. So are pictures, in a build that can:
//! see vsdk_local_track_video_input and vsdk_remote_track_video_output. Data goes to everybody with
//! vsdk_meeting_send_data and comes as an event of the type VSDK_EVENT_TYPE_DATA.

use std::ffi::{c_char, c_void};

use super::audio_input;
use super::audio_output::{AudioOutputObject, VsdkAudioOutput};
use super::callback::UserData;
use super::error::VsdkError;
use super::handle;
use super::library::{self, VSDK_STATUS_FULL, VSDK_STATUS_OK, VsdkDestroyFn, VsdkStatus};
use super::local_track::{LocalTrackObject, VsdkLocalTrack};
use super::media_statistics::{StatisticsObject, VsdkMediaStatistics};
use super::meeting::{MeetingObject, VsdkMeeting};
use super::out::Out;
use super::received_frame::{self, VsdkFrameFn};
use super::remote_track::{RemoteTrackObject, VsdkRemoteTrack};
use super::track_options::{self, VsdkTrackOptions};
use super::{bytes, guard, text};
use crate::media::{Reliability, Sent};

/// How data is delivered. Neither way keeps the order.
pub type VsdkReliability = i32;
/// What is lost is sent again, up to five times.
pub const VSDK_RELIABILITY_RELIABLE: VsdkReliability = 1;
/// What is lost stays lost; it never waits behind reliable data.
pub const VSDK_RELIABILITY_UNRELIABLE: VsdkReliability = 2;

/// Adds a track that is sent from now on, or once the meeting is joined.
///
/// It stays through lost connections until vsdk_local_track_free: whenever there is a way, it is
/// sent. VSDK_EVENT_TYPE_TRACK_PUBLISHED says when the others can receive it,
/// VSDK_EVENT_TYPE_TRACK_FAILED that they cannot.
///
/// @param[in] meeting The meeting.
/// @param[in] options What to make it from; they are copied.
/// @param[out] track owned, free with vsdk_local_track_free. The track; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when the meeting is over, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_add_track(
    meeting: *const VsdkMeeting,
    options: *const VsdkTrackOptions,
    track: *mut *mut VsdkLocalTrack,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let track = Out::new(track, std::ptr::null_mut());
        guard::status("meeting_add_track", error, || {
            let track = track.required("track")?;
            let object = handle::get::<MeetingObject>(meeting)?;
            let added = object.0.add_track(&track_options::resolve(options)?)?;
            track.set(handle::insert(LocalTrackObject::from(added))?);
            Ok(())
        })
    }
}

/// A track of somebody else, which is there from VSDK_EVENT_TYPE_TRACK_ADDED to
/// VSDK_EVENT_TYPE_TRACK_REMOVED.
///
/// Several handles of one track share its frames: each frame is read by one of them.
///
/// @param[in] meeting The meeting.
/// @param[in] track_id Its id, from the event.
/// @param[out] track owned, free with vsdk_remote_track_free. The track; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_NOT_FOUND when nobody sends a track with that id, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_remote_track(
    meeting: *const VsdkMeeting,
    track_id: *const c_char,
    track: *mut *mut VsdkRemoteTrack,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        let track = Out::new(track, std::ptr::null_mut());
        guard::status("meeting_remote_track", error, || {
            let track = track.required("track")?;
            let track_id = text::required(track_id, "track_id")?;
            let object = handle::get::<MeetingObject>(meeting)?;
            let found = object.0.remote_track(track_id)?;
            track.set(handle::insert(RemoteTrackObject::from(found))?);
            Ok(())
        })
    }
}

/// The sound of everybody together, now and later, for playing.
///
/// The frames of all tracks with sound go there from now on, until the output is freed. What is too
/// loud together is turned down. Tracks with other codecs than Opus are not heard.
///
/// @param[in] meeting The meeting.
/// @param[in] sample_rate Of what will be pulled: 8,000 to 192,000 hertz.
/// @param[in] channels 1 or 2. How many channels will be pulled.
/// @param[out] output owned, free with vsdk_audio_output_free. The output; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when one of these tracks has a frame handler of its own, VSDK_STATUS_INVALID_ARGUMENT for other formats, VSDK_STATUS_UNSUPPORTED when this build cannot decode, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_audio_mixer(
    meeting: *const VsdkMeeting,
    sample_rate: i32,
    channels: i32,
    output: *mut *mut VsdkAudioOutput,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let output = Out::new(output, std::ptr::null_mut());
        guard::status("meeting_audio_mixer", error, || {
            let output = output.required("output")?;
            let object = handle::get::<MeetingObject>(meeting)?;
            let format = audio_input::format(sample_rate, channels)?;
            let made = object.0.audio_mixer(format)?;
            output.set(handle::insert(AudioOutputObject(made))?);
            Ok(())
        })
    }
}

/// From now on the frames of all tracks go to the handler, those that wait first; NULL lets them
/// wait again.
///
/// It takes the place of the handlers of single tracks; frames that an audio output takes do not
/// come to it. When this returns, an earlier handler is not
/// running and will not run again, unless it is called from inside that handler.
///
/// @param[in] meeting The meeting.
/// @param[in] handler nullable. NULL to read frames with vsdk_remote_track_next_frame again.
/// @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block, except for a running call of the earlier handler.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_set_frame_handler(
    meeting: *const VsdkMeeting,
    handler: VsdkFrameFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("meeting_set_frame_handler", error, || {
            let object = handle::get::<MeetingObject>(meeting)?;
            object
                .0
                .set_frame_handler(received_frame::handler(handler, user_data))
        })
    }
}

/// How media is doing, as it stood at the last look: there is one each second.
///
/// @param[in] meeting The meeting.
/// @param[out] statistics owned, free with vsdk_media_statistics_free. The statistics; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_media_statistics(
    meeting: *const VsdkMeeting,
    statistics: *mut *mut VsdkMediaStatistics,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let statistics = Out::new(statistics, std::ptr::null_mut());
        guard::status("meeting_media_statistics", error, || {
            let statistics = statistics.required("statistics")?;
            let taken = handle::get::<MeetingObject>(meeting)?.0.media_statistics();
            statistics.set(handle::insert(StatisticsObject::from(taken))?);
            Ok(())
        })
    }
}

/// Sends data to everybody who receives media; never waits for the network.
///
/// VSDK_STATUS_FULL says that too much waits already: send it again a little later, or leave it.
///
/// @param[in] meeting The meeting.
/// @param[in] data nullable. The data, at most 15 KiB; it may be NULL when `length` is 0.
/// @param[in] length How many bytes.
/// @param[in] is_text 1 or 0. Whether the others get it as a text, which has to be UTF-8.
/// @param[in] reliability A VSDK_RELIABILITY_ constant.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_FULL, VSDK_STATUS_INVALID_ARGUMENT, with the service number 3072 when it is too long, VSDK_STATUS_INVALID_STATE (service number 3048) while there is no connection for media.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_send_data(
    meeting: *const VsdkMeeting,
    data: *const u8,
    length: usize,
    is_text: i32,
    reliability: VsdkReliability,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for bytes and for `error`.
    unsafe {
        guard::informed("meeting_send_data", error, || {
            let object = handle::get::<MeetingObject>(meeting)?;
            let data = bytes::of(data, length, "data")?;
            let is_text = library::flag(is_text, "is_text")?;
            let reliability = Reliability::from_number(reliability)?;
            if is_text {
                text::check(data, "data")?;
            }
            Ok(match object.0.send_data(data, is_text, reliability)? {
                Sent::Queued => VSDK_STATUS_OK,
                Sent::Full => VSDK_STATUS_FULL,
            })
        })
    }
}

//! Remote tracks: what others send.
//!
//! Frames are read with vsdk_remote_track_next_frame, or come to a handler on the media thread, not
//! both. About a second of sound and two of pictures wait to be read; what is lost beyond that is
//! told by vsdk_received_frame_follows_gap.

use std::ffi::{c_char, c_void};
use std::sync::Arc;

use super::audio_input;
use super::audio_output::{AudioOutputObject, VsdkAudioOutput};
use super::callback::UserData;
use super::error::VsdkError;
use super::guard;
use super::handle::{self, object};
use super::library::{
    self, VSDK_STATUS_CLOSED, VSDK_STATUS_NO_EVENT, VSDK_STATUS_OK, VsdkDestroyFn, VsdkStatus,
};
use super::meeting::{self, VsdkWakeFn};
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::out::Out;
use super::received_frame::{self, FrameObject, VsdkFrameFn, VsdkReceivedFrame};
use super::text::Text;
use super::track_options::{VsdkCodec, VsdkPictureFormat, VsdkTrackKind};
use super::video_output::{VideoOutputObject, VsdkVideoOutput};
use crate::media::PictureFormat;
use crate::meeting::{NextFrame, RemoteTrack};
use crate::runtime::Prepared;
use crate::{Error, Result, Status};

/// A track that somebody else sends.
pub struct VsdkRemoteTrack {
    _opaque: [u8; 0],
}

pub(super) struct RemoteTrackObject {
    pub(super) track: RemoteTrack,
    id: Text,
    participant_id: Text,
}

object!(RemoteTrackObject, RemoteTrack, VsdkRemoteTrack);

impl From<RemoteTrack> for RemoteTrackObject {
    fn from(track: RemoteTrack) -> Self {
        Self {
            id: Text::new(track.id()),
            participant_id: Text::new(track.participant_id()),
            track,
        }
    }
}

fn pause(track: *const VsdkRemoteTrack, timeout_ms: i64) -> Result<Prepared<()>> {
    let object = handle::get::<RemoteTrackObject>(track)?;
    object.track.pause_call(library::finite(timeout_ms)?)
}

fn resume(track: *const VsdkRemoteTrack, timeout_ms: i64) -> Result<Prepared<()>> {
    let object = handle::get::<RemoteTrackObject>(track)?;
    object.track.resume_call(library::finite(timeout_ms)?)
}

fn set_preferred_layers(
    track: *const VsdkRemoteTrack,
    spatial_layer: i32,
    temporal_layer: i32,
    timeout_ms: i64,
) -> Result<Prepared<()>> {
    let object = handle::get::<RemoteTrackObject>(track)?;
    let timeout = library::finite(timeout_ms)?;
    let layer = |value: i32, name: &str| {
        u8::try_from(value).map_err(|_| {
            Error::new(
                Status::InvalidArgument,
                format!("`{name}` is {value}"),
                "Layers count from 0; few tracks have more than three.",
            )
        })
    };
    object.track.set_preferred_layers_call(
        layer(spatial_layer, "spatial_layer")?,
        layer(temporal_layer, "temporal_layer")?,
        timeout,
    )
}

/// Its id, the same for everybody in the meeting.
///
/// @param[in] track The track.
/// @return borrowed from track. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_id(track: *const VsdkRemoteTrack) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RemoteTrackObject>(track)?;
        Ok(object.id.pointer())
    })
}

/// Who sends it.
///
/// @param[in] track The track.
/// @return borrowed from track. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_participant_id(
    track: *const VsdkRemoteTrack,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<RemoteTrackObject>(track)?;
        Ok(object.participant_id.pointer())
    })
}

/// What it is.
///
/// @param[in] track The track.
/// @return A VSDK_TRACK_KIND_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_kind(track: *const VsdkRemoteTrack) -> VsdkTrackKind {
    guard::value(0, || {
        let object = handle::get::<RemoteTrackObject>(track)?;
        Ok(object.track.kind() as VsdkTrackKind)
    })
}

/// How its frames are encoded.
///
/// @param[in] track The track.
/// @return A VSDK_CODEC_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_codec(track: *const VsdkRemoteTrack) -> VsdkCodec {
    guard::value(0, || {
        let object = handle::get::<RemoteTrackObject>(track)?;
        Ok(object.track.codec() as VsdkCodec)
    })
}

/// The next frame.
///
/// @param[in] track The track.
/// @param[in] timeout_ms How long to wait for one, in milliseconds: 0 only looks, VSDK_TIMEOUT_DEFAULT, VSDK_TIMEOUT_INFINITE.
/// @param[out] frame owned, free with vsdk_received_frame_free. The frame; NULL when there is none.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_NO_EVENT when none came in time, VSDK_STATUS_CLOSED when
/// none will come, for the track is no longer sent, VSDK_STATUS_INVALID_STATE while a frame handler is set or there is an output for raw sound or pictures, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Blocks until there is a frame, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_next_frame(
    track: *const VsdkRemoteTrack,
    timeout_ms: i64,
    frame: *mut *mut VsdkReceivedFrame,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let frame = Out::new(frame, std::ptr::null_mut());
        guard::informed("remote_track_next_frame", error, || {
            let frame = frame.required("frame")?;
            let object = handle::get::<RemoteTrackObject>(track)?;
            match object.track.next_frame(library::timeout(timeout_ms)?)? {
                NextFrame::Frame(next) => {
                    // Without a handle to give out, the frame waits for a later call.
                    let given = handle::insert(FrameObject::from(Arc::clone(&next)))
                        .inspect_err(|_| object.track.put_back(next))?;
                    frame.set(given);
                    Ok(VSDK_STATUS_OK)
                }
                NextFrame::None => Ok(VSDK_STATUS_NO_EVENT),
                NextFrame::Closed => Ok(VSDK_STATUS_CLOSED),
            }
        })
    }
}

/// From now on its frames go to the handler, those that wait first; NULL lets them wait again.
///
/// When this returns, an earlier handler is not running and will not run again, unless it is called
/// from inside that handler. It ends with the track, whether or not this handle is freed.
///
/// @param[in] track The track.
/// @param[in] handler nullable. NULL to read frames with vsdk_remote_track_next_frame again.
/// @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE while there is an output for raw sound or pictures, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block, except for a running call of the earlier handler.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_set_frame_handler(
    track: *const VsdkRemoteTrack,
    handler: VsdkFrameFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("remote_track_set_frame_handler", error, || {
            let object = handle::get::<RemoteTrackObject>(track)?;
            object
                .track
                .set_frame_handler(received_frame::handler(handler, user_data))
        })
    }
}

/// Sets what is called whenever there is something to read after there was nothing, and at the end
/// of the track.
///
/// Made for event loops: let it signal the loop, and read there with a timeout of 0 until
/// VSDK_STATUS_NO_EVENT or VSDK_STATUS_CLOSED. It is kept until it is taken out, the meeting is
/// freed, or the track is over and all its handles are freed.
///
/// @param[in] track The track.
/// @param[in] handler nullable. NULL for none.
/// @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block, except for a running call of the earlier handler.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_set_wake_handler(
    track: *const VsdkRemoteTrack,
    handler: VsdkWakeFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("remote_track_set_wake_handler", error, || {
            let object = handle::get::<RemoteTrackObject>(track)?;
            object
                .track
                .set_wake_handler(meeting::wake(handler, user_data))
        })
    }
}

/// How many frames wait to be read. A transform may still drop some of them.
///
/// @param[in] track The track.
/// @return The number; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_waiting_frames(track: *const VsdkRemoteTrack) -> i32 {
    guard::value(0, || {
        let object = handle::get::<RemoteTrackObject>(track)?;
        Ok(i32::try_from(object.track.waiting_frames()).unwrap_or(i32::MAX))
    })
}

/// Throws away the frames that wait, e.g. to be in time again after a pause of the app.
///
/// The next frame tells of the gap; pictures go on with a key frame, which is asked for.
///
/// @param[in] track The track.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_flush(
    track: *const VsdkRemoteTrack,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::change::<RemoteTrackObject>("remote_track_flush", track, error, |object| {
            object.track.flush();
            Ok(())
        })
    }
}

/// Its sound, decoded for playing; its frames go there from now on, until the output is freed.
///
/// Several outputs each get all of it.
///
/// @param[in] track The track, one with sound that is encoded as Opus.
/// @param[in] sample_rate Of what will be pulled: 8,000 to 192,000 hertz.
/// @param[in] channels 1 or 2. How many channels will be pulled.
/// @param[out] output owned, free with vsdk_audio_output_free. The output; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when the track has a frame handler, VSDK_STATUS_INVALID_ARGUMENT for other formats and for a track of pictures, VSDK_STATUS_UNSUPPORTED for other codecs and when this build has none, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_audio_output(
    track: *const VsdkRemoteTrack,
    sample_rate: i32,
    channels: i32,
    output: *mut *mut VsdkAudioOutput,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let output = Out::new(output, std::ptr::null_mut());
        guard::status("remote_track_audio_output", error, || {
            let output = output.required("output")?;
            let object = handle::get::<RemoteTrackObject>(track)?;
            let format = audio_input::format(sample_rate, channels)?;
            let made = object.track.audio_output(format)?;
            output.set(handle::insert(AudioOutputObject(made))?);
            Ok(())
        })
    }
}

/// Its pictures, decoded for showing; its frames go there from now on, until the output is freed.
///
/// Several outputs each get all of them. It begins with a key frame, which is asked for.
///
/// @param[in] track The track, one with pictures that are encoded as VP8.
/// @param[in] format VSDK_PICTURE_FORMAT_I420 or VSDK_PICTURE_FORMAT_RGBA.
/// @param[out] output owned, free with vsdk_video_output_free. The output; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when the track has a frame handler, VSDK_STATUS_INVALID_ARGUMENT for other formats and for a track of sound, VSDK_STATUS_UNSUPPORTED for other codecs and when this build has none, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_video_output(
    track: *const VsdkRemoteTrack,
    format: VsdkPictureFormat,
    output: *mut *mut VsdkVideoOutput,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let output = Out::new(output, std::ptr::null_mut());
        guard::status("remote_track_video_output", error, || {
            let output = output.required("output")?;
            let object = handle::get::<RemoteTrackObject>(track)?;
            let format = PictureFormat::from_number(format)?;
            let made = object.track.video_output(format)?;
            output.set(handle::insert(VideoOutputObject(made))?);
            Ok(())
        })
    }
}

/// Asks its sender for a key frame; at most twice a second that is passed on.
///
/// @param[in] track The track.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_request_key_frame(
    track: *const VsdkRemoteTrack,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::change::<RemoteTrackObject>(
            "remote_track_request_key_frame",
            track,
            error,
            |object| {
                object.track.request_key_frame();
                Ok(())
            },
        )
    }
}

/// Lets the service send nothing of it for now.
///
/// @param[in] track The track.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when it is no longer sent, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_pause(
    track: *const VsdkRemoteTrack,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("remote_track_pause", error, || {
            pause(track, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_remote_track_pause; how it ended is told by vsdk_op_outcome.
///
/// @param[in] track The track.
/// @param[in] timeout_ms As for vsdk_remote_track_pause.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when it is no longer sent, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_pause_async(
    track: *const VsdkRemoteTrack,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        operation::starting("remote_track_pause", callback, user_data, op, error, || {
            pause(track, timeout_ms)
        })
    }
}

/// Lets the service go on with it after vsdk_remote_track_pause.
///
/// @param[in] track The track.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when it is no longer sent, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_resume(
    track: *const VsdkRemoteTrack,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("remote_track_resume", error, || {
            resume(track, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_remote_track_resume; how it ended is told by vsdk_op_outcome.
///
/// @param[in] track The track.
/// @param[in] timeout_ms As for vsdk_remote_track_resume.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when it is no longer sent, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_resume_async(
    track: *const VsdkRemoteTrack,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        operation::starting(
            "remote_track_resume",
            callback,
            user_data,
            op,
            error,
            || resume(track, timeout_ms),
        )
    }
}

/// How large it is shown: the smallest size that covers that is received, if it is sent in several.
///
/// It comes at its full rate; where none covers it, or the sender does not tell sizes, the largest
/// comes. With 0 x 0, when nothing of it is seen, that is the smallest: to receive nothing there is
/// vsdk_remote_track_pause. A side of 0 beside another one leaves that side open.
///
/// Fit to be called whenever a window changes: the service is asked, and not waited for, only when
/// another size follows. It takes the place of vsdk_remote_track_set_preferred_layers: what was said
/// last of the two holds, for all handles of the track, and is asked for again by itself when the
/// track comes back on a new connection.
///
/// @param[in] track The track, one with pictures.
/// @param[in] width In pixels of the screen, not negative.
/// @param[in] height Likewise.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT for negative sizes and for a track of sound, VSDK_STATUS_NOT_FOUND when it is no longer sent.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_set_viewport(
    track: *const VsdkRemoteTrack,
    width: i32,
    height: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::change::<RemoteTrackObject>("remote_track_set_viewport", track, error, |object| {
            let side = |value: i32, name: &str| {
                u32::try_from(value).map_err(|_| {
                    Error::new(
                        Status::InvalidArgument,
                        format!("`{name}` is {value}"),
                        "Give the size in pixels in which it is shown; 0 x 0 when nothing of it is seen.",
                    )
                })
            };
            let (width, height) = (side(width, "width")?, side(height, "height")?);
            object.track.set_viewport(width, height)
        })
    }
}

/// Which size and rate of it to receive at most, if it is sent in several.
///
/// It takes the place of vsdk_remote_track_set_viewport: what was said last of the two holds, and is
/// asked for again by itself when the track comes back on a new connection.
///
/// @param[in] track The track.
/// @param[in] spatial_layer The size; 0 is the smallest.
/// @param[in] temporal_layer The rate; 0 is the lowest.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when it is no longer sent, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
/// @note Blocks until the service has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_set_preferred_layers(
    track: *const VsdkRemoteTrack,
    spatial_layer: i32,
    temporal_layer: i32,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("remote_track_set_preferred_layers", error, || {
            set_preferred_layers(track, spatial_layer, temporal_layer, timeout_ms)?.wait()
        })
    }
}

/// Starts vsdk_remote_track_set_preferred_layers; how it ended is told by vsdk_op_outcome.
///
/// @param[in] track The track.
/// @param[in] spatial_layer As for vsdk_remote_track_set_preferred_layers.
/// @param[in] temporal_layer As for vsdk_remote_track_set_preferred_layers.
/// @param[in] timeout_ms As for vsdk_remote_track_set_preferred_layers.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when it is no longer sent, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_set_preferred_layers_async(
    track: *const VsdkRemoteTrack,
    spatial_layer: i32,
    temporal_layer: i32,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        operation::starting(
            "remote_track_set_preferred_layers",
            callback,
            user_data,
            op,
            error,
            || set_preferred_layers(track, spatial_layer, temporal_layer, timeout_ms),
        )
    }
}

/// Frees a handle of a track; the track itself goes on.
///
/// @param[in] track nullable, freed. The track.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_remote_track_free(track: *mut VsdkRemoteTrack) {
    guard::value((), || {
        handle::free::<RemoteTrackObject>(track);
        Ok(())
    });
}

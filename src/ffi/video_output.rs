//! Video outputs: raw pictures of others, one track each.
//!
//! The pictures of a track are decoded by a thread of the library. Of those that are not read in time
//! only the latest is kept: whoever is slow sees fewer of them, and no late ones.

use std::ffi::c_void;

use super::callback::UserData;
use super::error::VsdkError;
use super::guard;
use super::handle::{self, object};
use super::library::{
    self, VSDK_STATUS_CLOSED, VSDK_STATUS_NO_EVENT, VSDK_STATUS_OK, VsdkDestroyFn, VsdkStatus,
};
use super::meeting::{self, VsdkWakeFn};
use super::out::Out;
use super::received_picture::{PictureObject, VsdkReceivedPicture};
use super::track_options::VsdkPictureFormat;
use crate::media::{NextPicture, VideoOutput};

/// The pictures of a track of somebody else, decoded for showing.
pub struct VsdkVideoOutput {
    _opaque: [u8; 0],
}

pub(super) struct VideoOutputObject(pub(super) VideoOutput);

object!(VideoOutputObject, VideoOutput, VsdkVideoOutput);

/// The latest picture, if it was not read yet; else the next one.
///
/// @param[in] output The output.
/// @param[in] timeout_ms How long to wait for one, in milliseconds: 0 only looks, VSDK_TIMEOUT_DEFAULT, VSDK_TIMEOUT_INFINITE.
/// @param[out] picture owned, free with vsdk_received_picture_free. The picture; NULL when there is none.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_NO_EVENT when none came in time, VSDK_STATUS_CLOSED when
/// none will come, for the track is no longer sent, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Blocks until there is a picture, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_video_output_next_picture(
    output: *const VsdkVideoOutput,
    timeout_ms: i64,
    picture: *mut *mut VsdkReceivedPicture,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let picture = Out::new(picture, std::ptr::null_mut());
        guard::informed("video_output_next_picture", error, || {
            let picture = picture.required("picture")?;
            let object = handle::get::<VideoOutputObject>(output)?;
            match object.0.next_picture(library::timeout(timeout_ms)?)? {
                NextPicture::Picture(next) => {
                    picture.set(handle::insert(PictureObject::from(next))?);
                    Ok(VSDK_STATUS_OK)
                }
                NextPicture::None => Ok(VSDK_STATUS_NO_EVENT),
                NextPicture::Closed => Ok(VSDK_STATUS_CLOSED),
            }
        })
    }
}

/// Sets what is called whenever there is a picture after there was none, and at the end of the track.
///
/// Made for event loops: let it signal the loop, and read there with a timeout of 0 until
/// VSDK_STATUS_NO_EVENT or VSDK_STATUS_CLOSED. It runs on the media thread, and is kept until it is
/// taken out or the output is freed.
///
/// @param[in] output The output.
/// @param[in] handler nullable. NULL for none.
/// @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block, except for a running call of the earlier handler.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_video_output_set_wake_handler(
    output: *const VsdkVideoOutput,
    handler: VsdkWakeFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("video_output_set_wake_handler", error, || {
            let object = handle::get::<VideoOutputObject>(output)?;
            object.0.set_wake_handler(meeting::wake(handler, user_data))
        })
    }
}

/// How its pictures lie in memory.
///
/// @param[in] output The output.
/// @return A VSDK_PICTURE_FORMAT_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_video_output_format(
    output: *const VsdkVideoOutput,
) -> VsdkPictureFormat {
    guard::value(0, || {
        let object = handle::get::<VideoOutputObject>(output)?;
        Ok(object.0.format() as VsdkPictureFormat)
    })
}

/// Frees an output; the frames of its track can be read again, or go to their handler.
///
/// @param[in] output nullable, freed. The output.
/// @note Does not block, except for a running call of its wake handler.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_video_output_free(output: *mut VsdkVideoOutput) {
    guard::value((), || {
        handle::free::<VideoOutputObject>(output);
        Ok(())
    });
}

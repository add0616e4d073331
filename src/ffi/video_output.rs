//! Video outputs: raw pictures of others, one track each.
//!
//! The pictures of a track are decoded by a thread of the library. Of those that are not read in time
//! only the latest is kept: whoever is slow sees fewer of them, and no late ones.

use std::ffi::c_void;

use super::callback::UserData;
use super::content::{ContentObject, VsdkContent};
use super::error::VsdkError;
use super::guard;
use super::handle::{self, object};
use super::library::{
    self, VSDK_STATUS_CLOSED, VSDK_STATUS_NO_EVENT, VSDK_STATUS_OK, VsdkDestroyFn, VsdkStatus,
};
use super::meeting::{self, VsdkWakeFn};
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::out::Out;
use super::received_picture::{PictureObject, VsdkReceivedPicture};
use super::track_options::VsdkPictureFormat;
use crate::Result;
use crate::media::{ImageFormat, NextPicture, VideoOutput};
use crate::runtime::Prepared;

/// How an image is encoded.
pub type VsdkImageFormat = i32;
/// PNG: every pixel as it was decoded.
pub const VSDK_IMAGE_FORMAT_PNG: VsdkImageFormat = 1;
/// JPEG: a fraction of that size, without what is hardly seen.
pub const VSDK_IMAGE_FORMAT_JPEG: VsdkImageFormat = 2;

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

fn capture(
    output: *const VsdkVideoOutput,
    format: VsdkImageFormat,
    quality: i32,
    timeout_ms: i64,
) -> Result<Prepared<Vec<u8>>> {
    let object = handle::get::<VideoOutputObject>(output)?;
    let format = ImageFormat::from_number(format)?;
    let timeout = library::finite(timeout_ms)?;
    object.0.capture_image_call(format, quality, timeout)
}

/// Captures what it shows, as a still image.
///
/// That is the latest picture, whether it was read or not, or the first one when there was none yet.
/// Nothing is taken from those who read pictures. The image is encoded on a thread for that, and up to
/// 16 captures of an output may be under way. Freeing the output ends those that still wait for a
/// picture.
///
/// @param[in] output The output.
/// @param[in] format A VSDK_IMAGE_FORMAT_ constant.
/// @param[in] quality Of a JPEG, from 1 (small) to 100 (good), or 0 for a good one; of a PNG 0.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] image owned, free with vsdk_content_free. The bytes of an image file; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when the track is no
/// longer sent or the output is freed meanwhile, VSDK_STATUS_TIMEOUT when there was no picture in time,
/// VSDK_STATUS_RESOURCE_EXHAUSTED when too many are under way, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_SHUTDOWN.
/// @note Blocks until the image is there, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_video_output_capture_image(
    output: *const VsdkVideoOutput,
    format: VsdkImageFormat,
    quality: i32,
    timeout_ms: i64,
    image: *mut *mut VsdkContent,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        operation::blocking::<_, ContentObject>(
            "video_output_capture_image",
            image,
            "image",
            error,
            || capture(output, format, quality, timeout_ms),
        )
    }
}

/// Starts vsdk_video_output_capture_image; take the image with vsdk_op_take_content.
///
/// @param[in] output The output.
/// @param[in] format As for vsdk_video_output_capture_image.
/// @param[in] quality As for vsdk_video_output_capture_image.
/// @param[in] timeout_ms As for vsdk_video_output_capture_image.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when the track is no
/// longer sent, VSDK_STATUS_RESOURCE_EXHAUSTED when too many are under way.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_video_output_capture_image_async(
    output: *const VsdkVideoOutput,
    format: VsdkImageFormat,
    quality: i32,
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
            "video_output_capture_image",
            callback,
            user_data,
            op,
            error,
            || capture(output, format, quality, timeout_ms),
        )
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

//! Received pictures: what others send, decoded.
//!
//! A picture is immutable: what is read from it stays valid until it is freed, whatever becomes of
//! its track and its output. Free it soon: its memory is used again for the next ones.

use std::ffi::c_char;

use super::content::{ContentObject, VsdkContent};
use super::error::VsdkError;
use super::guard;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::out::Out;
use super::text::LentText;
use super::track_options::VsdkPictureFormat;
use super::video_output::VsdkImageFormat;
use crate::media::{ImageFormat, ReceivedPicture};
use crate::{Error, Status};

/// A decoded picture of somebody else.
pub struct VsdkReceivedPicture {
    _opaque: [u8; 0],
}

/// The texts are made when they are asked for: most pictures are only shown.
pub(super) struct PictureObject {
    picture: ReceivedPicture,
    participant_id: LentText,
    track_id: LentText,
}

object!(PictureObject, ReceivedPicture, VsdkReceivedPicture);

impl From<ReceivedPicture> for PictureObject {
    fn from(picture: ReceivedPicture) -> Self {
        Self {
            picture,
            participant_id: LentText::default(),
            track_id: LentText::default(),
        }
    }
}

/// Who sent it.
///
/// @param[in] picture The picture.
/// @return borrowed from picture. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_picture_participant_id(
    picture: *const VsdkReceivedPicture,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<PictureObject>(picture)?;
        let id = object.picture.participant_id();
        Ok(object.participant_id.pointer(Some(id)))
    })
}

/// Which track it belongs to.
///
/// @param[in] picture The picture.
/// @return borrowed from picture. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_picture_track_id(
    picture: *const VsdkReceivedPicture,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<PictureObject>(picture)?;
        Ok(object.track_id.pointer(Some(object.picture.track_id())))
    })
}

/// How its pixels lie in memory: as its output was asked for.
///
/// @param[in] picture The picture.
/// @return A VSDK_PICTURE_FORMAT_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_picture_format(
    picture: *const VsdkReceivedPicture,
) -> VsdkPictureFormat {
    guard::value(0, || {
        let object = handle::get::<PictureObject>(picture)?;
        Ok(object.picture.format() as VsdkPictureFormat)
    })
}

/// How wide it is.
///
/// @param[in] picture The picture.
/// @return In pixels; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_picture_width(picture: *const VsdkReceivedPicture) -> i32 {
    guard::value(0, || {
        let object = handle::get::<PictureObject>(picture)?;
        Ok(object.picture.width() as i32)
    })
}

/// How high it is.
///
/// @param[in] picture The picture.
/// @return In pixels; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_picture_height(picture: *const VsdkReceivedPicture) -> i32 {
    guard::value(0, || {
        let object = handle::get::<PictureObject>(picture)?;
        Ok(object.picture.height() as i32)
    })
}

/// When it was filmed.
///
/// @param[in] picture The picture.
/// @return Microseconds from an arbitrary moment of its track; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_picture_timestamp_us(
    picture: *const VsdkReceivedPicture,
) -> i64 {
    guard::value(0, || {
        let object = handle::get::<PictureObject>(picture)?;
        Ok(object.picture.timestamp_us())
    })
}

/// Whether the picture that was read before it from the same output had another size, or there was
/// none.
///
/// @param[in] picture The picture.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_picture_is_resized(
    picture: *const VsdkReceivedPicture,
) -> i32 {
    guard::value(0, || {
        let object = handle::get::<PictureObject>(picture)?;
        Ok(i32::from(object.picture.is_resized()))
    })
}

/// One of its planes, row after row.
///
/// @param[in] picture The picture.
/// @param[in] plane Which one, counted from 0: I420 has Y, U and V, RGBA only one.
/// @param[out] data borrowed from picture. The bytes.
/// @param[out] length Their number.
/// @param[out] stride How far the beginnings of two rows are apart, in bytes.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when its format has no such plane.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_picture_plane(
    picture: *const VsdkReceivedPicture,
    plane: i32,
    data: *mut *const u8,
    length: *mut usize,
    stride: *mut usize,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let data = Out::new(data, std::ptr::null());
        let (length, stride) = (Out::new(length, 0), Out::new(stride, 0));
        guard::status("received_picture_plane", error, || {
            let (data, length) = (data.required("data")?, length.required("length")?);
            let stride = stride.required("stride")?;
            let object = handle::get::<PictureObject>(picture)?;
            let found = usize::try_from(plane).ok();
            let found = found.and_then(|plane| object.picture.plane(plane));
            let (bytes, bytes_per_row) = found.ok_or_else(|| {
                let format = object.picture.format();
                Error::new(
                    Status::InvalidArgument,
                    format!("A picture as {} has no plane {plane}", format.name()),
                    "I420 has the planes 0, 1 and 2; RGBA has all colours in plane 0.",
                )
            })?;
            data.set(bytes.as_ptr());
            length.set(bytes.len());
            stride.set(bytes_per_row);
            Ok(())
        })
    }
}

/// Encodes it as a still image.
///
/// That takes about 20 milliseconds for each million pixels, on the calling thread: not one that draws.
///
/// @param[in] picture The picture.
/// @param[in] format A VSDK_IMAGE_FORMAT_ constant.
/// @param[in] quality Of a JPEG, from 1 (small) to 100 (good), or 0 for a good one; of a PNG 0.
/// @param[out] image owned, free with vsdk_content_free. The bytes of an image file; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_picture_encode_image(
    picture: *const VsdkReceivedPicture,
    format: VsdkImageFormat,
    quality: i32,
    image: *mut *mut VsdkContent,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let image = Out::new(image, std::ptr::null_mut());
        guard::status("received_picture_encode_image", error, || {
            let image = image.required("image")?;
            let object = handle::get::<PictureObject>(picture)?;
            let format = ImageFormat::from_number(format)?;
            let encoded = object.picture.encode_image(format, quality)?;
            image.set(handle::insert(ContentObject::from(encoded))?);
            Ok(())
        })
    }
}

/// Frees a picture that was read with vsdk_video_output_next_picture.
///
/// @param[in] picture nullable, freed. The picture.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_picture_free(picture: *mut VsdkReceivedPicture) {
    guard::value((), || {
        handle::free::<PictureObject>(picture);
        Ok(())
    });
}

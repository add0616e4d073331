//! Video inputs: raw pictures of the app, for a track that it sends.
//!
//! What is pushed is converted, turned upright, made as small as each layer of the track wants it,
//! encoded by a thread of the library, and sent. Pictures may have any size, and another one from one
//! to the next. One that is not encoded before the next comes makes place for it: whoever films faster
//! than is encoded sends fewer pictures, and no late ones. Any number of threads may push.

use super::audio_input::VSDK_CAPTURE_TIME_NOW;
use super::error::VsdkError;
use super::handle::{self, object};
use super::library::{
    VSDK_STATUS_DROPPED, VSDK_STATUS_FULL, VSDK_STATUS_LAYER_OFF, VSDK_STATUS_NEEDS_KEY_FRAME,
    VSDK_STATUS_NOT_SENDING, VSDK_STATUS_OK, VsdkStatus,
};
use super::structure::{self, Structure};
use super::track_options::VsdkPictureFormat;
use super::{bytes, guard};
use crate::media::{PictureFormat, Pushed, Rotation, VideoInput, VideoPicture};
use crate::{Error, Result, Status};

/// Raw pictures for a track that this participant sends.
pub struct VsdkVideoInput {
    _opaque: [u8; 0],
}

pub(super) struct VideoInputObject(pub(super) VideoInput);

object!(VideoInputObject, VideoInput, VsdkVideoInput);

/// A raw picture to send.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct VsdkVideoPicture {
    /// The size of the structure as the program was compiled with it.
    pub struct_size: usize,
    /// The first plane: brightness, or all colours; copied.
    pub first_plane: *const u8,
    /// How many bytes it has: those of its rows with their stride; behind the last row nothing need be.
    pub first_length: usize,
    /// Of I420 the colour difference U, of NV12 U and V by turns; else not looked at.
    pub second_plane: *const u8,
    /// How many bytes it has.
    pub second_length: usize,
    /// Of I420 the colour difference V; else not looked at.
    pub third_plane: *const u8,
    /// How many bytes it has.
    pub third_length: usize,
    /// initially VSDK_CAPTURE_TIME_NOW. When it was filmed: microseconds from 0 on, on the clock of this participant's other tracks.
    pub capture_time_us: i64,
    /// A VSDK_PICTURE_FORMAT_ constant.
    pub format: VsdkPictureFormat,
    /// In pixels, before it is turned: 1 to 16,383, and with the height at most 7680 x 4320 pixels.
    pub width: i32,
    /// In pixels, likewise.
    pub height: i32,
    /// How far it has to be turned clockwise to be upright, in degrees: 0, 90, 180 or 270.
    pub rotation: i32,
    /// How far the beginnings of two rows of the first plane are apart, in bytes.
    pub first_stride: i32,
    /// Likewise of the second plane.
    pub second_stride: i32,
    /// Likewise of the third plane.
    pub third_stride: i32,
    /// Always 0.
    pub reserved: i32,
}

// SAFETY: `repr(C)`, the size is its first field, the rest are integers and pointers that are not
// followed before they are checked, and eight 4-byte numbers leave no gap.
unsafe impl Structure for VsdkVideoPicture {
    const NAME: &'static str = "VsdkVideoPicture";
    const INITIALISER: &'static str = "VSDK_VIDEO_PICTURE_INIT";

    fn empty(struct_size: usize) -> Self {
        Self {
            struct_size,
            first_plane: std::ptr::null(),
            first_length: 0,
            second_plane: std::ptr::null(),
            second_length: 0,
            third_plane: std::ptr::null(),
            third_length: 0,
            capture_time_us: 0,
            format: 0,
            width: 0,
            height: 0,
            rotation: 0,
            first_stride: 0,
            second_stride: 0,
            third_stride: 0,
            reserved: 0,
        }
    }
}

/// The picture that C describes.
///
/// # Safety
///
/// Each plane that the format has is NULL or points to as many bytes as it says, which live through
/// the call.
unsafe fn picture<'call>(given: &VsdkVideoPicture) -> Result<VideoPicture<'call>> {
    let number = |value: i32, name: &str| {
        u32::try_from(value).map_err(|_| {
            Error::new(
                Status::InvalidArgument,
                format!("`picture->{name}` is {value}"),
                "It counts pixels or bytes, and is never negative.",
            )
        })
    };
    let format = PictureFormat::from_number(given.format)?;
    let mut picture = VideoPicture {
        format,
        width: number(given.width, "width")?,
        height: number(given.height, "height")?,
        planes: [&[]; 3],
        strides: [0; 3],
        rotation: Rotation::from_number(given.rotation)?,
    };
    let described = [
        (
            given.first_plane,
            given.first_length,
            given.first_stride,
            "first",
        ),
        (
            given.second_plane,
            given.second_length,
            given.second_stride,
            "second",
        ),
        (
            given.third_plane,
            given.third_length,
            given.third_stride,
            "third",
        ),
    ];
    let described = described.into_iter().take(format.planes());
    for (index, (plane, length, stride, name)) in described.enumerate() {
        // SAFETY: the same contract.
        let bytes = unsafe { bytes::of(plane, length, &format!("picture->{name}_plane"))? };
        picture.planes[index] = bytes;
        picture.strides[index] = number(stride, &format!("{name}_stride"))? as usize;
    }
    Ok(picture)
}

/// Sends a picture.
///
/// Every positive status says that it was not taken, and why. VSDK_STATUS_NOT_SENDING: the meeting is
/// not joined, the track is switched off, or the connection is being made anew; go on pushing. The
/// statistics of media tell how many made place for later ones.
///
/// @param[in] input The input.
/// @param[in] picture The picture, begun with VSDK_VIDEO_PICTURE_INIT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_NOT_SENDING, VSDK_STATUS_INVALID_ARGUMENT for sizes, strides, formats, turns and times that cannot be.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_video_input_push(
    input: *const VsdkVideoInput,
    picture: *const VsdkVideoPicture,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the picture and for `error`.
    unsafe {
        guard::informed("video_input_push", error, || {
            let given = structure::read(picture, "picture")?;
            let object = handle::get::<VideoInputObject>(input)?;
            let time = given.capture_time_us;
            let time = (time != VSDK_CAPTURE_TIME_NOW).then_some(time);
            Ok(match object.0.push(&self::picture(&given)?, time)? {
                Pushed::Queued => VSDK_STATUS_OK,
                Pushed::NotSending => VSDK_STATUS_NOT_SENDING,
                Pushed::Full => VSDK_STATUS_FULL,
                Pushed::NeedsKeyFrame => VSDK_STATUS_NEEDS_KEY_FRAME,
                Pushed::LayerOff => VSDK_STATUS_LAYER_OFF,
                Pushed::Dropped => VSDK_STATUS_DROPPED,
            })
        })
    }
}

/// Frees an input; the track stays, and takes encoded frames or another input again.
///
/// @param[in] input nullable, freed. The input.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_video_input_free(input: *mut VsdkVideoInput) {
    guard::value((), || {
        handle::free::<VideoInputObject>(input);
        Ok(())
    });
}

//! Frames: what others send, as it came.
//!
//! A frame is one packet of sound or one encoded picture, for a decoder. It is immutable: what is
//! read from it stays valid until it is freed, or, in a frame handler, until the handler returns.

use std::ffi::{c_char, c_void};
use std::sync::Arc;

use super::callback::UserData;
use super::error::VsdkError;
use super::guard;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::out::Out;
use super::text::LentText;
use super::track_options::{VsdkCodec, VsdkTrackKind};
use crate::media::ReceivedFrame;
use crate::runtime::Callback;

/// Where how loud a frame is stands: nobody knows.
pub const VSDK_AUDIO_LEVEL_UNKNOWN: i32 = 1;

/// A frame of somebody else.
pub struct VsdkReceivedFrame {
    _opaque: [u8; 0],
}

/// Receives a frame. Runs on the media thread; `frame` is borrowed, valid during the call.
///
/// That thread is another one than the dispatcher's, one for the whole process: its handlers run
/// one after the other, and a slow one makes all tracks lose frames. What it may call is what every
/// callback may.
pub type VsdkFrameFn =
    Option<unsafe extern "C" fn(frame: *const VsdkReceivedFrame, user_data: *mut c_void)>;

/// The texts are made when they are asked for: most frames are only decoded.
pub(super) struct FrameObject {
    frame: Arc<ReceivedFrame>,
    participant_id: LentText,
    track_id: LentText,
}

object!(FrameObject, ReceivedFrame, VsdkReceivedFrame);

impl From<Arc<ReceivedFrame>> for FrameObject {
    fn from(frame: Arc<ReceivedFrame>) -> Self {
        Self {
            frame,
            participant_id: LentText::default(),
            track_id: LentText::default(),
        }
    }
}

/// The app's handler as the core calls it; `None` when there is none.
pub(super) fn handler(
    handler: VsdkFrameFn,
    user_data: UserData,
) -> Option<Callback<Arc<ReceivedFrame>>> {
    let handler = handler?;
    Some(Arc::new(move |frame: &Arc<ReceivedFrame>| {
        let Ok(borrowed) = handle::insert(FrameObject::from(Arc::clone(frame))) else {
            return;
        };
        // SAFETY: the app vouches for its function and the pointer that goes with it.
        unsafe { handler(borrowed, user_data.pointer()) };
        handle::free::<FrameObject>(borrowed);
    }))
}

/// Who sent it.
///
/// @param[in] frame The frame.
/// @return borrowed from frame. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_frame_participant_id(
    frame: *const VsdkReceivedFrame,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<FrameObject>(frame)?;
        Ok(object
            .participant_id
            .pointer(Some(&object.frame.participant_id)))
    })
}

/// Which track it belongs to.
///
/// @param[in] frame The frame.
/// @return borrowed from frame. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_frame_track_id(
    frame: *const VsdkReceivedFrame,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<FrameObject>(frame)?;
        Ok(object.track_id.pointer(Some(&object.frame.track_id)))
    })
}

/// What that track is.
///
/// @param[in] frame The frame.
/// @return A VSDK_TRACK_KIND_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_frame_kind(
    frame: *const VsdkReceivedFrame,
) -> VsdkTrackKind {
    guard::value(0, || {
        let object = handle::get::<FrameObject>(frame)?;
        Ok(object.frame.kind as VsdkTrackKind)
    })
}

/// How it is encoded.
///
/// @param[in] frame The frame.
/// @return A VSDK_CODEC_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_frame_codec(frame: *const VsdkReceivedFrame) -> VsdkCodec {
    guard::value(0, || {
        let object = handle::get::<FrameObject>(frame)?;
        Ok(object.frame.codec as VsdkCodec)
    })
}

/// What is in it, for a decoder.
///
/// @param[in] frame The frame.
/// @param[out] data borrowed from frame. The bytes; NULL when there are none.
/// @param[out] length Their number.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_frame_data(
    frame: *const VsdkReceivedFrame,
    data: *mut *const u8,
    length: *mut usize,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let (data, length) = (Out::new(data, std::ptr::null()), Out::new(length, 0));
        guard::status("received_frame_data", error, || {
            let (data, length) = (data.required("data")?, length.required("length")?);
            let object = handle::get::<FrameObject>(frame)?;
            let bytes = &object.frame.data;
            if !bytes.is_empty() {
                data.set(bytes.as_ptr());
            }
            length.set(bytes.len());
            Ok(())
        })
    }
}

/// When it was recorded.
///
/// @param[in] frame The frame.
/// @return Microseconds from an arbitrary moment of its track; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_frame_timestamp_us(frame: *const VsdkReceivedFrame) -> i64 {
    guard::value(0, || {
        let object = handle::get::<FrameObject>(frame)?;
        Ok(object.frame.timestamp_us)
    })
}

/// Whether it can be decoded without those before it. Every frame of sound can.
///
/// @param[in] frame The frame.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_frame_is_key_frame(frame: *const VsdkReceivedFrame) -> i32 {
    guard::value(0, || {
        let object = handle::get::<FrameObject>(frame)?;
        Ok(i32::from(object.frame.is_key_frame))
    })
}

/// Whether frames are missing just before it: lost on the way, or dropped because they were not read
/// in time.
///
/// Sound that is not read in time loses its oldest frames; pictures lose all up to a key frame.
///
/// @param[in] frame The frame.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_frame_follows_gap(frame: *const VsdkReceivedFrame) -> i32 {
    guard::value(0, || {
        let object = handle::get::<FrameObject>(frame)?;
        Ok(i32::from(object.frame.follows_gap))
    })
}

/// How loud it is.
///
/// @param[in] frame The frame.
/// @return Decibels below full scale, 0 to -127; VSDK_AUDIO_LEVEL_UNKNOWN when its sender does not tell, or the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_frame_audio_level(frame: *const VsdkReceivedFrame) -> i32 {
    guard::value(VSDK_AUDIO_LEVEL_UNKNOWN, || {
        let object = handle::get::<FrameObject>(frame)?;
        Ok(object
            .frame
            .audio_level
            .map_or(VSDK_AUDIO_LEVEL_UNKNOWN, i32::from))
    })
}

/// Frees a frame that was read with vsdk_remote_track_next_frame.
///
/// @param[in] frame nullable, freed. The frame.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_received_frame_free(frame: *mut VsdkReceivedFrame) {
    guard::value((), || {
        handle::free::<FrameObject>(frame);
        Ok(())
    });
}

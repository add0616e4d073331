//! Frames: what the app does to them on their way.
//!
//! A transform stands between encoder and network, and between network and decoder: it gets each
//! frame and says what becomes of it. It is made for encryption from end to end, with which the
//! service carries what it cannot read. The library brings no cipher and no keys.
//!
//! It writes to a buffer that is large enough for every cipher: nothing is allocated or freed across
//! the boundary, and one that fails half-way has said nothing, so that its frame is dropped.
//!
//! The service looks into frames, and so does the library: into their beginning, to find key frames.
//! Leave it as it is, as others do: 10 bytes of a key frame of VP8, 3 of its other frames, 1 of Opus.
//! Of H.264 start codes and the byte behind each stay, and none may come about by encrypting. What is
//! left readable should be authenticated.

use std::ffi::{CStr, c_char, c_void};
use std::sync::Arc;

use super::callback::UserData;
use super::error::VsdkError;
use super::library::{VsdkDestroyFn, VsdkStatus};
use super::meeting::{MeetingObject, VsdkMeeting};
use super::text::Text;
use super::track_options::{VsdkCodec, VsdkTrackKind};
use super::{guard, handle};
use crate::media::{FrameInfo, FrameTransform};

/// By how many bytes a frame may grow: there is room for its length and this many.
pub const VSDK_FRAME_GROWTH_BYTES: i32 = 8192;

/// What a transform is told of a frame.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct VsdkFrameInfo {
    /// The size of the structure as the library was compiled with it.
    pub struct_size: usize,
    /// Who sends it: the same at both ends. Valid during the call.
    pub participant_id: *const c_char,
    /// What events call the track here: not the same at both ends. Valid during the call.
    pub track_id: *const c_char,
    /// As in the frame, in microseconds: not the same at both ends.
    pub timestamp_us: i64,
    /// A VSDK_TRACK_KIND_ constant.
    pub kind: VsdkTrackKind,
    /// A VSDK_CODEC_ constant.
    pub codec: VsdkCodec,
    /// 1 when this participant sends it, 0 when it is somebody else's.
    pub is_sent: i32,
    /// 1 when it can be decoded without those before it, as all sound can, else 0.
    pub is_key_frame: i32,
    /// Which of the sizes of a simulcast it is, where it is sent; always 0 where it is received.
    pub layer: i32,
    /// Always 0.
    pub reserved: i32,
}

/// Says what becomes of a frame. `info` and `data` are borrowed, valid during the call.
///
/// It writes to `output`, which has `capacity` bytes: `length` and VSDK_FRAME_GROWTH_BYTES, and all 0 at
/// first; and sets `written` to how many of them are the frame. Left at 0, as it is at first, or
/// larger than `capacity`, it drops the frame, and so does a frame that is sent and becomes more than
/// 1,120 bytes of sound or 4 MiB of pictures. What is dropped is counted as such in the statistics, and pictures go on with a
/// key frame.
///
/// Runs on the thread that pushes the frame, or on the one that reads it: that is the media thread
/// when there is a frame handler. Of raw sound, on a thread of the library that encodes, and on the
/// one that pulls. No lock of the library is held. Several threads may be in it at
/// once, for different frames; those of one track come in their order, if the app pushes and reads
/// them with one thread. The rules of callbacks hold inside, whatever the thread.
pub type VsdkFrameTransformFn = Option<
    unsafe extern "C" fn(
        info: *const VsdkFrameInfo,
        data: *const u8,
        length: usize,
        output: *mut u8,
        capacity: usize,
        written: *mut usize,
        user_data: *mut c_void,
    ),
>;

/// Ids of participants and tracks are mostly shorter than this: they need no memory of their own.
const SHORT_TEXT: usize = 128;

/// Calls with the text as C has it.
fn with_text<R>(text: &str, call: impl FnOnce(*const c_char) -> R) -> R {
    let mut short = [0; SHORT_TEXT];
    if let Some(place) = short.get_mut(..text.len())
        && text.len() < SHORT_TEXT
    {
        place.copy_from_slice(text.as_bytes());
        if let Ok(text) = CStr::from_bytes_with_nul(&short[..=text.len()]) {
            return call(text.as_ptr());
        }
    }
    call(Text::new(text).pointer())
}

/// The app's transform as the core calls it; `None` when there is none.
fn transform(function: VsdkFrameTransformFn, user_data: UserData) -> Option<FrameTransform> {
    let function = function?;
    Some(Arc::new(
        move |info: &FrameInfo<'_>, data: &[u8], output: &mut Vec<u8>| {
            let capacity = data.len() + VSDK_FRAME_GROWTH_BYTES as usize;
            output.resize(capacity, 0);
            let mut written = 0;
            with_text(info.participant_id, |participant_id| {
                with_text(info.track_id, |track_id| {
                    let info = VsdkFrameInfo {
                        struct_size: size_of::<VsdkFrameInfo>(),
                        participant_id,
                        track_id,
                        timestamp_us: info.timestamp_us,
                        kind: info.kind as VsdkTrackKind,
                        codec: info.codec as VsdkCodec,
                        is_sent: info.is_sent.into(),
                        is_key_frame: info.is_key_frame.into(),
                        layer: info.layer.into(),
                        reserved: 0,
                    };
                    // SAFETY: the app vouches for its function and the pointer that goes with it;
                    // all else lives through the call and has the size that is told.
                    unsafe {
                        function(
                            &raw const info,
                            data.as_ptr(),
                            data.len(),
                            output.as_mut_ptr(),
                            capacity,
                            &raw mut written,
                            user_data.pointer(),
                        );
                    }
                });
            });
            output.truncate(written);
            written <= capacity
        },
    ))
}

/// From now on every frame that is sent or received in the meeting becomes what the transform makes
/// of it; NULL leaves frames as they are.
///
/// Set it before joining, so that nothing goes out without. One transform serves both directions and
/// all tracks: `info` tells them apart. When this returns, an earlier transform is not running and
/// will not run again, unless it is called from inside a callback. Once the meeting is freed, nothing
/// goes on that was to be transformed.
///
/// @param[in] meeting The meeting.
/// @param[in] transform nullable. NULL for none.
/// @param[in] user_data nullable. Passed to the transform; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block, except for running calls of the earlier transform.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_set_frame_transform(
    meeting: *const VsdkMeeting,
    transform: VsdkFrameTransformFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("meeting_set_frame_transform", error, || {
            let object = handle::get::<MeetingObject>(meeting)?;
            object
                .0
                .set_frame_transform(self::transform(transform, user_data));
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied(text: &str) -> String {
        // SAFETY: the text lives through the call.
        with_text(text, |text| unsafe {
            CStr::from_ptr(text).to_str().unwrap().to_owned()
        })
    }

    #[test]
    fn texts_of_every_length_arrive_whole() {
        for length in [0, 1, SHORT_TEXT - 1, SHORT_TEXT, 2 * SHORT_TEXT] {
            let text = "x".repeat(length);
            assert_eq!(copied(&text), text);
        }
        assert_eq!(copied("a\0b"), "a\u{fffd}b");
    }

    #[test]
    fn there_is_as_much_room_as_the_header_says() {
        assert_eq!(
            usize::try_from(VSDK_FRAME_GROWTH_BYTES),
            Ok(crate::media::transform::GROWTH)
        );
    }
}

//! Audio inputs: raw sound of the app, for a track that it sends.
//!
//! What is pushed is converted, encoded as the track's audio profile says, and sent. A frame is one
//! sample of each channel, the left one first. The functions that push may be called on a real-time
//! thread, such as that of a sound device: they neither wait nor ask for memory. One thread for each
//! input is usual.

use super::error::VsdkError;
use super::handle::{self, object};
use super::library::{
    VSDK_STATUS_DROPPED, VSDK_STATUS_FULL, VSDK_STATUS_LAYER_OFF, VSDK_STATUS_NEEDS_KEY_FRAME,
    VSDK_STATUS_NOT_SENDING, VSDK_STATUS_OK, VsdkStatus,
};
use super::received_frame::VSDK_AUDIO_LEVEL_UNKNOWN;
use super::{bytes, guard};
use crate::media::{AudioFormat, AudioInput, Pushed};
use crate::{Error, Result, Status};

/// Raw sound for a track that this participant sends.
pub struct VsdkAudioInput {
    _opaque: [u8; 0],
}

pub(super) struct AudioInputObject(pub(super) AudioInput);

object!(AudioInputObject, AudioInput, VsdkAudioInput);

/// The capture time of samples that are pushed as soon as they were recorded.
pub const VSDK_CAPTURE_TIME_NOW: i64 = -1;

/// The format that C describes.
pub(super) fn format(sample_rate: i32, channels: i32) -> Result<AudioFormat> {
    let number = |value: i32, name: &str| {
        u32::try_from(value).map_err(|_| {
            Error::new(
                Status::InvalidArgument,
                format!("`{name}` is {value}"),
                "Rates are 8,000 to 192,000 hertz, with 1 or 2 channels.",
            )
        })
    };
    AudioFormat::new(
        number(sample_rate, "sample_rate")?,
        number(channels, "channels")? as usize,
    )
}

fn push(
    input: *const VsdkAudioInput,
    capture_time_us: i64,
    push: impl FnOnce(&AudioInput, Option<i64>) -> Result<Pushed>,
) -> Result<VsdkStatus> {
    let object = handle::get::<AudioInputObject>(input)?;
    let time = (capture_time_us != VSDK_CAPTURE_TIME_NOW).then_some(capture_time_us);
    Ok(match push(&object.0, time)? {
        Pushed::Queued => VSDK_STATUS_OK,
        Pushed::NotSending => VSDK_STATUS_NOT_SENDING,
        Pushed::Full => VSDK_STATUS_FULL,
        Pushed::NeedsKeyFrame => VSDK_STATUS_NEEDS_KEY_FRAME,
        Pushed::LayerOff => VSDK_STATUS_LAYER_OFF,
        Pushed::Dropped => VSDK_STATUS_DROPPED,
    })
}

/// Sends samples of 16 bits; may be called on a real-time thread.
///
/// Every positive status says that the samples were not taken, and why. VSDK_STATUS_FULL: encoding
/// does not keep up, or another thread is pushing right now. VSDK_STATUS_NOT_SENDING: the meeting is
/// not joined, the track is switched off, or the connection is being made anew; go on pushing.
///
/// @param[in] input The input.
/// @param[in] samples nullable. The samples, which are copied; it may be NULL when there are none.
/// @param[in] sample_count How many, those of all channels together; at most a second.
/// @param[in] capture_time_us When the first of them was recorded: microseconds from 0 on, on the clock of this participant's other tracks; or VSDK_CAPTURE_TIME_NOW.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_NOT_SENDING, VSDK_STATUS_FULL, VSDK_STATUS_INVALID_ARGUMENT for half a frame, more than a second, and a time before 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_input_push_s16(
    input: *const VsdkAudioInput,
    samples: *const i16,
    sample_count: usize,
    capture_time_us: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for samples and for `error`.
    unsafe {
        guard::informed("audio_input_push_s16", error, || {
            push(input, capture_time_us, |input, time| {
                let samples = bytes::samples(samples, sample_count, "samples")?;
                input.push_s16(samples, time)
            })
        })
    }
}

/// Sends samples of -1 to 1; may be called on a real-time thread.
///
/// As vsdk_audio_input_push_s16. What is beyond full scale is cut off; what is no number is silence.
///
/// @param[in] input The input.
/// @param[in] samples nullable. The samples, which are copied; it may be NULL when there are none.
/// @param[in] sample_count How many, those of all channels together; at most a second.
/// @param[in] capture_time_us When the first of them was recorded: microseconds from 0 on, on the clock of this participant's other tracks; or VSDK_CAPTURE_TIME_NOW.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_NOT_SENDING, VSDK_STATUS_FULL, VSDK_STATUS_INVALID_ARGUMENT for half a frame, more than a second, and a time before 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_input_push_f32(
    input: *const VsdkAudioInput,
    samples: *const f32,
    sample_count: usize,
    capture_time_us: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for samples and for `error`.
    unsafe {
        guard::informed("audio_input_push_f32", error, || {
            push(input, capture_time_us, |input, time| {
                let samples = bytes::samples(samples, sample_count, "samples")?;
                input.push_f32(samples, time)
            })
        })
    }
}

/// How loud what is pushed is, sent or not; may be called on a real-time thread.
///
/// It follows within a twentieth of a second. 0 is full scale all the time, the loudest tone has -3.
///
/// @param[in] input The input.
/// @return In decibels below full scale: 0 to -127; VSDK_AUDIO_LEVEL_UNKNOWN when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_input_level(input: *const VsdkAudioInput) -> i32 {
    guard::value(VSDK_AUDIO_LEVEL_UNKNOWN, || {
        let object = handle::get::<AudioInputObject>(input)?;
        Ok(object.0.level_dbfs().round() as i32)
    })
}

/// Its rate.
///
/// @param[in] input The input.
/// @return In hertz; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_input_sample_rate(input: *const VsdkAudioInput) -> i32 {
    guard::value(0, || {
        let object = handle::get::<AudioInputObject>(input)?;
        Ok(object.0.format().sample_rate() as i32)
    })
}

/// How many channels it has.
///
/// @param[in] input The input.
/// @return 1 or 2; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_input_channels(input: *const VsdkAudioInput) -> i32 {
    guard::value(0, || {
        let object = handle::get::<AudioInputObject>(input)?;
        Ok(object.0.format().channels() as i32)
    })
}

/// Frees an input; the track stays, and takes encoded frames or another input again.
///
/// @param[in] input nullable, freed. The input.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_input_free(input: *mut VsdkAudioInput) {
    guard::value((), || {
        handle::free::<AudioInputObject>(input);
        Ok(())
    });
}

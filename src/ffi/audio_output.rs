//! Audio outputs: raw sound of others, one track or all of them together.
//!
//! Sound is pulled at the pace at which it is played, and held back just long enough for most of it
//! to come in time. What is late or lost is made up; where nothing comes there is silence: a buffer
//! is always filled. A frame is one sample of each channel, the left one first. The functions that
//! pull may be called on a real-time thread, such as that of a sound device: they neither wait for
//! the network nor ask for memory. Of one output one thread at a time pulls.

use super::error::VsdkError;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::structure::{Filled, Structure};
use super::{bytes, guard};
use crate::Result;
use crate::media::{AudioOutput, PulledAudio};

/// The sound of a track of somebody else, or of all of them together.
pub struct VsdkAudioOutput {
    _opaque: [u8; 0],
}

pub(super) struct AudioOutputObject(pub(super) AudioOutput);

object!(AudioOutputObject, AudioOutput, VsdkAudioOutput);

/// What a buffer was filled with; the numbers of frames add up to those of the buffer.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct VsdkPulledAudio {
    /// The size of the structure as the program was compiled with it.
    pub struct_size: usize,
    /// How many frames are as they were sent.
    pub decoded_frames: i64,
    /// How many were made up, because they got lost on the way or are late.
    pub concealed_frames: i64,
    /// How many are silence: nothing came, or a pause of speech.
    pub silent_frames: i64,
    /// How loud the buffer is, in decibels below full scale: 0 to -127.
    pub audio_level: i32,
    /// Always 0.
    pub reserved: i32,
}

// SAFETY: `repr(C)`, the size is its first field, the rest are integers, and an even number of the
// small ones leaves no gap.
unsafe impl Structure for VsdkPulledAudio {
    const NAME: &'static str = "VsdkPulledAudio";
    const INITIALISER: &'static str = "VSDK_PULLED_AUDIO_INIT";

    fn empty(struct_size: usize) -> Self {
        Self {
            struct_size,
            decoded_frames: 0,
            concealed_frames: 0,
            silent_frames: 0,
            audio_level: 0,
            reserved: 0,
        }
    }
}

/// Pulls into a buffer, which holds silence after every failure.
///
/// # Safety
///
/// `samples` is NULL or points to `sample_count` samples, and `info` is NULL or points to a struct
/// of as many bytes as its first field says; both writable through the call.
unsafe fn pull<T: Copy + Default>(
    output: *const VsdkAudioOutput,
    samples: *mut T,
    sample_count: usize,
    info: Option<Filled<VsdkPulledAudio>>,
    pull: impl FnOnce(&AudioOutput, &mut [T]) -> Result<PulledAudio>,
) -> Result<()> {
    // SAFETY: the same contract.
    let samples = unsafe { bytes::samples_mut(samples, sample_count, "samples") };
    // SAFETY: likewise.
    let info = info
        .map(|info| unsafe { info.required("info") })
        .transpose()?;
    let object = handle::get::<AudioOutputObject>(output)?;
    let pulled = pull(&object.0, samples?)?;
    if let Some(info) = info {
        let count = |frames: usize| i64::try_from(frames).unwrap_or(i64::MAX);
        info.set(|info| {
            info.decoded_frames = count(pulled.decoded_frames);
            info.concealed_frames = count(pulled.concealed_frames);
            info.silent_frames = count(pulled.silent_frames);
            info.audio_level = pulled.level_dbfs.round() as i32;
        });
    }
    Ok(())
}

/// Fills a buffer with samples of 16 bits; may be called on a real-time thread.
///
/// @param[in] output The output.
/// @param[out] samples The buffer, all of which is filled; silence on failure, but for one of more than a second.
/// @param[in] sample_count How many samples it holds, those of all channels together; at most a second.
/// @param[in,out] info nullable. VSDK_PULLED_AUDIO_INIT, which is filled in; all 0 on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT for half a frame and more than a second, VSDK_STATUS_WOULD_DEADLOCK inside a callback while another call pulls from the output.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_output_pull_s16(
    output: *const VsdkAudioOutput,
    samples: *mut i16,
    sample_count: usize,
    info: *mut VsdkPulledAudio,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the buffer, the struct and `error`.
    unsafe {
        bytes::clear(samples, sample_count);
        let info = Filled::optional(info);
        guard::status("audio_output_pull_s16", error, || {
            pull(output, samples, sample_count, info, AudioOutput::pull_s16)
        })
    }
}

/// Fills a buffer with samples of -1 to 1; may be called on a real-time thread.
///
/// @param[in] output The output.
/// @param[out] samples The buffer, all of which is filled; silence on failure, but for one of more than a second.
/// @param[in] sample_count How many samples it holds, those of all channels together; at most a second.
/// @param[in,out] info nullable. VSDK_PULLED_AUDIO_INIT, which is filled in; all 0 on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT for half a frame and more than a second, VSDK_STATUS_WOULD_DEADLOCK inside a callback while another call pulls from the output.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_output_pull_f32(
    output: *const VsdkAudioOutput,
    samples: *mut f32,
    sample_count: usize,
    info: *mut VsdkPulledAudio,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the buffer, the struct and `error`.
    unsafe {
        bytes::clear(samples, sample_count);
        let info = Filled::optional(info);
        guard::status("audio_output_pull_f32", error, || {
            pull(output, samples, sample_count, info, AudioOutput::pull_f32)
        })
    }
}

/// Its rate.
///
/// @param[in] output The output.
/// @return In hertz; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_output_sample_rate(output: *const VsdkAudioOutput) -> i32 {
    guard::value(0, || {
        let object = handle::get::<AudioOutputObject>(output)?;
        Ok(object.0.format().sample_rate() as i32)
    })
}

/// How many channels it has.
///
/// @param[in] output The output.
/// @return 1 or 2; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_output_channels(output: *const VsdkAudioOutput) -> i32 {
    guard::value(0, || {
        let object = handle::get::<AudioOutputObject>(output)?;
        Ok(object.0.format().channels() as i32)
    })
}

/// Frees an output; the frames of its tracks can be read again, or go to their handler.
///
/// @param[in] output nullable, freed. The output.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_output_free(output: *mut VsdkAudioOutput) {
    guard::value((), || {
        handle::free::<AudioOutputObject>(output);
        Ok(())
    });
}

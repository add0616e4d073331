//! Audio devices: an open microphone that a track sends, or an open speaker.
//!
//! A device does what an app would do with an audio input or an audio output: in the layout that it
//! has itself, on a thread of its own, without copies in between. It is there from the call that
//! opens it until it is freed, fails (VSDK_EVENT_TYPE_DEVICE_FAILED), or the meeting is over. A
//! library that was built without its feature `devices` answers VSDK_STATUS_UNSUPPORTED.

use std::ffi::c_char;

use super::device_list::{Described, VsdkDeviceKind};
use super::error::VsdkError;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::local_track::{LocalTrackObject, VsdkLocalTrack};
use super::meeting::{MeetingObject, VsdkMeeting};
use super::out::Out;
use super::received_frame::VSDK_AUDIO_LEVEL_UNKNOWN;
use super::remote_track::{RemoteTrackObject, VsdkRemoteTrack};
use super::{guard, text};
use crate::Result;
use crate::media::AudioDevice;

/// An open microphone or speaker.
pub struct VsdkAudioDevice {
    _opaque: [u8; 0],
}

pub(super) struct AudioDeviceObject {
    device: AudioDevice,
    described: Described,
}

object!(AudioDeviceObject, AudioDevice, VsdkAudioDevice);

/// Opens a device with the id that C gives.
///
/// # Safety
///
/// `device_id` is NULL or a text that lives through the call; the out-parameters are NULL or point
/// to memory that is writable through the call.
unsafe fn open(
    operation: &'static str,
    device_id: *const c_char,
    device: *mut *mut VsdkAudioDevice,
    error: *mut *mut VsdkError,
    open: impl FnOnce(Option<&str>) -> Result<AudioDevice>,
) -> VsdkStatus {
    // SAFETY: the same contract.
    unsafe {
        let device = Out::new(device, std::ptr::null_mut());
        guard::status(operation, error, || {
            let device = device.required("device")?;
            let opened = open(text::optional(device_id, "device_id")?)?;
            device.set(handle::insert(AudioDeviceObject {
                described: Described::from(opened.device()),
                device: opened,
            })?);
            Ok(())
        })
    }
}

/// Opens a microphone and sends what it hears as the track: it is the track's audio input.
///
/// Mute it with vsdk_local_track_set_enabled.
///
/// @param[in] track The track, one with sound that is encoded as Opus.
/// @param[in] device_id nullable. Its id, from vsdk_device_list_id; NULL for the default one.
/// @param[out] device owned, free with vsdk_audio_device_free. The device; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_NOT_FOUND when it is not there or cannot be had, VSDK_STATUS_RESOURCE_EXHAUSTED when another program has it, VSDK_STATUS_FORBIDDEN when this program may not use it, VSDK_STATUS_TIMEOUT when the sound system does not answer, VSDK_STATUS_INVALID_STATE when the track has an input already or the meeting is over, VSDK_STATUS_INVALID_ARGUMENT for a track of pictures, VSDK_STATUS_UNSUPPORTED for other codecs, for sound that is not understood, and when this build opens no devices, VSDK_STATUS_WOULD_DEADLOCK.
/// @note Blocks until it is open, at most 10 seconds.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_device_open_microphone(
    track: *const VsdkLocalTrack,
    device_id: *const c_char,
    device: *mut *mut VsdkAudioDevice,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        open(
            "audio_device_open_microphone",
            device_id,
            device,
            error,
            |id| {
                let object = handle::get::<LocalTrackObject>(track)?;
                object.track.open_microphone(id)
            },
        )
    }
}

/// Opens a speaker and plays everybody together on it, as vsdk_meeting_audio_mixer does.
///
/// @param[in] meeting The meeting.
/// @param[in] device_id nullable. Its id, from vsdk_device_list_id; NULL for the default one.
/// @param[out] device owned, free with vsdk_audio_device_free. The device; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_NOT_FOUND when it is not there or cannot be had, VSDK_STATUS_RESOURCE_EXHAUSTED when another program has it, VSDK_STATUS_FORBIDDEN when this program may not use it, VSDK_STATUS_TIMEOUT when the sound system does not answer, VSDK_STATUS_INVALID_STATE when a track has a frame handler of its own or the meeting is over, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_UNSUPPORTED for sound that is not understood, and when this build opens no devices, VSDK_STATUS_WOULD_DEADLOCK.
/// @note Blocks until it is open, at most 10 seconds.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_device_open_speaker(
    meeting: *const VsdkMeeting,
    device_id: *const c_char,
    device: *mut *mut VsdkAudioDevice,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        open(
            "audio_device_open_speaker",
            device_id,
            device,
            error,
            |id| handle::get::<MeetingObject>(meeting)?.0.open_speaker(id),
        )
    }
}

/// Opens a speaker and plays one track alone on it, as vsdk_remote_track_audio_output does.
///
/// @param[in] track The track, one with sound that is encoded as Opus.
/// @param[in] device_id nullable. Its id, from vsdk_device_list_id; NULL for the default one.
/// @param[out] device owned, free with vsdk_audio_device_free. The device; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_NOT_FOUND when it is not there or cannot be had, VSDK_STATUS_RESOURCE_EXHAUSTED when another program has it, VSDK_STATUS_FORBIDDEN when this program may not use it, VSDK_STATUS_TIMEOUT when the sound system does not answer, VSDK_STATUS_INVALID_STATE when the track has a frame handler or the meeting is over, VSDK_STATUS_INVALID_ARGUMENT for a track of pictures, VSDK_STATUS_UNSUPPORTED for other codecs, for sound that is not understood, and when this build opens no devices, VSDK_STATUS_WOULD_DEADLOCK.
/// @note Blocks until it is open, at most 10 seconds.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_device_open_track_speaker(
    track: *const VsdkRemoteTrack,
    device_id: *const c_char,
    device: *mut *mut VsdkAudioDevice,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        open(
            "audio_device_open_track_speaker",
            device_id,
            device,
            error,
            |id| {
                let object = handle::get::<RemoteTrackObject>(track)?;
                object.track.open_speaker(id)
            },
        )
    }
}

/// What it is for.
///
/// @param[in] device The device.
/// @return A VSDK_DEVICE_KIND_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_device_kind(device: *const VsdkAudioDevice) -> VsdkDeviceKind {
    guard::value(0, || {
        let object = handle::get::<AudioDeviceObject>(device)?;
        Ok(object.device.kind() as VsdkDeviceKind)
    })
}

/// What the sound system knows it by.
///
/// @param[in] device The device.
/// @return borrowed from device. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_device_id(device: *const VsdkAudioDevice) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<AudioDeviceObject>(device)?;
        Ok(object.described.id.pointer())
    })
}

/// What a person knows it by.
///
/// @param[in] device The device.
/// @return borrowed from device. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_device_name(device: *const VsdkAudioDevice) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<AudioDeviceObject>(device)?;
        Ok(object.described.name.pointer())
    })
}

/// The rate at which it records or plays.
///
/// @param[in] device The device.
/// @return In hertz; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_device_sample_rate(device: *const VsdkAudioDevice) -> i32 {
    guard::value(0, || {
        let object = handle::get::<AudioDeviceObject>(device)?;
        Ok(object.device.format().sample_rate() as i32)
    })
}

/// How many of its channels are used; of more than two the first two are.
///
/// @param[in] device The device.
/// @return 1 or 2; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_device_channels(device: *const VsdkAudioDevice) -> i32 {
    guard::value(0, || {
        let object = handle::get::<AudioDeviceObject>(device)?;
        Ok(object.device.format().channels() as i32)
    })
}

/// How loud what it hears or plays is, sent or not.
///
/// @param[in] device The device.
/// @return In decibels below full scale: 0 to -127; VSDK_AUDIO_LEVEL_UNKNOWN when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_device_level(device: *const VsdkAudioDevice) -> i32 {
    guard::value(VSDK_AUDIO_LEVEL_UNKNOWN, || {
        let object = handle::get::<AudioDeviceObject>(device)?;
        Ok(object.device.level_dbfs().round() as i32)
    })
}

/// Whether it works: it has not failed, and the meeting is not over.
///
/// @param[in] device The device.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_device_is_open(device: *const VsdkAudioDevice) -> i32 {
    guard::value(0, || {
        let object = handle::get::<AudioDeviceObject>(device)?;
        Ok(i32::from(object.device.is_open()))
    })
}

/// Closes and frees a device; a track takes encoded frames or another input again.
///
/// @param[in] device nullable, freed. The device.
/// @note Does not block, except for what the device does at the moment: some 20 milliseconds, and a running transform of frames.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_audio_device_free(device: *mut VsdkAudioDevice) {
    guard::value((), || {
        handle::free::<AudioDeviceObject>(device);
        Ok(())
    });
}

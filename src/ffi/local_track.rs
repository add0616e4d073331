//! Local tracks: what this participant sends.
//!
//! A track may be there before the meeting is joined, and stays through lost connections: whenever
//! there is a way, what is pushed is sent. Pushing never waits for the network. A frame that is not
//! taken is no failure: the status says why, and the target of the encoder what to do. Ask for it
//! before each picture, or after VSDK_EVENT_TYPE_KEY_FRAME_REQUESTED and
//! VSDK_EVENT_TYPE_ENCODER_TARGET_CHANGED. One thread for each track is usual; any number may use it.

use std::ffi::c_char;

use super::audio_input::{self, AudioInputObject, VsdkAudioInput};
use super::error::VsdkError;
use super::handle::{self, object};
use super::library::{
    self, VSDK_STATUS_DROPPED, VSDK_STATUS_FULL, VSDK_STATUS_LAYER_OFF,
    VSDK_STATUS_NEEDS_KEY_FRAME, VSDK_STATUS_NOT_SENDING, VSDK_STATUS_OK, VsdkStatus,
};
use super::out::Out;
use super::received_frame::VSDK_AUDIO_LEVEL_UNKNOWN;
use super::structure::{self, Filled, Structure};
use super::text::Text;
use super::track_options::{VsdkCodec, VsdkTrackKind};
use super::video_input::{VideoInputObject, VsdkVideoInput};
use super::{bytes, guard};
use crate::media::{Codec, EncodedFrame, LayerInfo, Pushed};
use crate::meeting::LocalTrack;
use crate::{Error, Result, Status};

/// A track that this participant sends.
pub struct VsdkLocalTrack {
    _opaque: [u8; 0],
}

pub(super) struct LocalTrackObject {
    pub(super) track: LocalTrack,
    id: Text,
}

object!(LocalTrackObject, LocalTrack, VsdkLocalTrack);

impl From<LocalTrack> for LocalTrackObject {
    fn from(track: LocalTrack) -> Self {
        Self {
            id: Text::new(track.id()),
            track,
        }
    }
}

/// A frame to send: one packet of an audio encoder, or one encoded picture.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct VsdkEncodedFrame {
    /// The size of the structure as the program was compiled with it.
    pub struct_size: usize,
    /// What the encoder made; copied. Of H.264 an access unit with start codes (Annex B).
    pub data: *const u8,
    /// How many bytes, at most 1,120 of sound, which goes into one packet (RFC 7587), and 4 MiB of pictures.
    pub length: usize,
    /// When it was recorded: microseconds from 0 on, on any clock that all tracks of this participant share.
    pub timestamp_us: i64,
    /// 1 when it can be decoded without those before it, else 0. Of no meaning for sound.
    pub is_key_frame: i32,
    /// Which of the sizes of a simulcast it is; 0 is the smallest, and the only one otherwise.
    pub layer: i32,
    /// A VSDK_CODEC_ constant, which has to be that of the track; 0 leaves it unchecked.
    pub codec: VsdkCodec,
    /// initially VSDK_AUDIO_LEVEL_UNKNOWN. How loud it is, in decibels below full scale: 0 to -127. It tells the service who speaks.
    pub audio_level: i32,
}

// SAFETY: `repr(C)`, the size is its first field, the rest are integers and a pointer that is not
// followed before it is checked, and eight 4-byte halves leave no gap.
unsafe impl Structure for VsdkEncodedFrame {
    const NAME: &'static str = "VsdkEncodedFrame";
    const INITIALISER: &'static str = "VSDK_ENCODED_FRAME_INIT";

    fn empty(struct_size: usize) -> Self {
        Self {
            struct_size,
            data: std::ptr::null(),
            length: 0,
            timestamp_us: 0,
            is_key_frame: 0,
            layer: 0,
            codec: 0,
            audio_level: 0,
        }
    }
}

/// What an encoder should do for one layer of a track.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct VsdkEncoderTarget {
    /// The size of the structure as the program was compiled with it.
    pub struct_size: usize,
    /// 1 when its frames are sent; 0 while it is switched off for lack of bandwidth.
    pub is_active: i32,
    /// In kilobits per second; 0 while it is not known.
    pub kbps: i32,
    /// 1 when somebody waits for a key frame, else 0.
    pub wants_key_frame: i32,
    /// Always 0.
    pub reserved: i32,
}

// SAFETY: `repr(C)`, the size is its first field, the rest are integers, and an even number of them
// leaves no gap.
unsafe impl Structure for VsdkEncoderTarget {
    const NAME: &'static str = "VsdkEncoderTarget";
    const INITIALISER: &'static str = "VSDK_ENCODER_TARGET_INIT";

    fn empty(struct_size: usize) -> Self {
        Self {
            struct_size,
            is_active: 0,
            kbps: 0,
            wants_key_frame: 0,
            reserved: 0,
        }
    }
}

/// The frame that C describes, for a track of that codec.
///
/// # Safety
///
/// `frame.data` is NULL or points to `frame.length` bytes that live through the call.
unsafe fn encoded(frame: &VsdkEncodedFrame, codec: Codec) -> Result<EncodedFrame> {
    let wrong = |text: String, remedy: &str| Error::new(Status::InvalidArgument, text, remedy);
    // SAFETY: the same contract.
    let data = unsafe { bytes::of(frame.data, frame.length, "frame->data")? };
    if frame.codec != 0 && frame.codec != codec as VsdkCodec {
        return Err(wrong(
            format!(
                "The frame is encoded as {}; the track is sent as {}",
                Codec::from_number(frame.codec)?.name(),
                codec.name()
            ),
            "Encode it as the track says, or add a track with the other codec.",
        ));
    }
    let layer = u8::try_from(frame.layer).map_err(|_| {
        wrong(
            format!("The frame is of layer {}", frame.layer),
            "Layers count from 0.",
        )
    })?;
    let audio_level = match frame.audio_level {
        VSDK_AUDIO_LEVEL_UNKNOWN => None,
        level => Some(
            i8::try_from(level)
                .ok()
                .filter(|level| (-127..=0).contains(level))
                .ok_or_else(|| {
                    wrong(
                        format!("The frame's audio level is {level} dB"),
                        "It is 0 (full scale) to -127 (silence), or VSDK_AUDIO_LEVEL_UNKNOWN.",
                    )
                })?,
        ),
    };
    Ok(EncodedFrame {
        data: data.into(),
        timestamp_us: frame.timestamp_us,
        is_key_frame: library::flag(frame.is_key_frame, "frame->is_key_frame")?,
        layer,
        audio_level,
    })
}

fn layer(track: *const VsdkLocalTrack, layer: i32) -> Result<LayerInfo> {
    let object = handle::get::<LocalTrackObject>(track)?;
    let layers = object.track.layers();
    let found = usize::try_from(layer).ok().and_then(|it| layers.get(it));
    found.copied().ok_or_else(|| no_layer(layer, layers.len()))
}

fn no_layer(layer: i32, layers: usize) -> Error {
    Error::new(
        Status::InvalidArgument,
        format!("There is no layer {layer}; the track has {layers}, counted from 0"),
        "vsdk_local_track_layer_count says how many there are.",
    )
}

/// What events call it.
///
/// @param[in] track The track.
/// @return borrowed from track. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_id(track: *const VsdkLocalTrack) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<LocalTrackObject>(track)?;
        Ok(object.id.pointer())
    })
}

/// What it is.
///
/// @param[in] track The track.
/// @return A VSDK_TRACK_KIND_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_kind(track: *const VsdkLocalTrack) -> VsdkTrackKind {
    guard::value(0, || {
        let object = handle::get::<LocalTrackObject>(track)?;
        Ok(object.track.kind() as VsdkTrackKind)
    })
}

/// How its frames have to be encoded.
///
/// @param[in] track The track.
/// @return A VSDK_CODEC_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_codec(track: *const VsdkLocalTrack) -> VsdkCodec {
    guard::value(0, || {
        let object = handle::get::<LocalTrackObject>(track)?;
        Ok(object.track.codec() as VsdkCodec)
    })
}

/// In how many sizes its pictures have to be encoded; 1 for sound.
///
/// @param[in] track The track.
/// @return The number; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_layer_count(track: *const VsdkLocalTrack) -> i32 {
    guard::value(0, || {
        let object = handle::get::<LocalTrackObject>(track)?;
        Ok(i32::try_from(object.track.layers().len()).unwrap_or(i32::MAX))
    })
}

/// What width and height of the source are divided by for a layer.
///
/// @param[in] track The track.
/// @param[in] layer The layer; 0 is the smallest.
/// @return The divisor, 1 for the whole picture; 0 when there is no such layer.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_layer_scale(
    track: *const VsdkLocalTrack,
    layer: i32,
) -> f64 {
    guard::value(0.0, || Ok(self::layer(track, layer)?.scale))
}

/// The bit rate of a layer, at most.
///
/// @param[in] track The track.
/// @param[in] layer The layer; 0 is the smallest.
/// @return In kilobits per second; 0 when only the network limits it, and when there is no such layer.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_layer_max_kbps(
    track: *const VsdkLocalTrack,
    layer: i32,
) -> i32 {
    guard::value(0, || {
        let kbps = self::layer(track, layer)?.max_kbps;
        Ok(i32::try_from(kbps).unwrap_or(i32::MAX))
    })
}

/// The rate of pictures of a layer, at most.
///
/// @param[in] track The track.
/// @param[in] layer The layer; 0 is the smallest.
/// @return In pictures per second; 0 when nothing limits it, and when there is no such layer.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_layer_max_fps(
    track: *const VsdkLocalTrack,
    layer: i32,
) -> i32 {
    guard::value(0, || {
        let fps = self::layer(track, layer)?.max_fps;
        Ok(i32::try_from(fps).unwrap_or(i32::MAX))
    })
}

/// Sends a frame; never waits for the network.
///
/// Every positive status says that the frame was not taken, and why. After
/// VSDK_STATUS_NEEDS_KEY_FRAME make a key frame; after VSDK_STATUS_FULL frames of pictures are
/// refused up to the next one; after VSDK_STATUS_LAYER_OFF save the work for this layer until its
/// target is active; after VSDK_STATUS_NOT_SENDING nothing is to be done, and pictures begin with a
/// key frame once there is a way. A transform of frames runs within this call.
///
/// @param[in] track The track.
/// @param[in] frame The frame; it and its data are copied.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_NOT_SENDING, VSDK_STATUS_FULL, VSDK_STATUS_NEEDS_KEY_FRAME, VSDK_STATUS_LAYER_OFF, VSDK_STATUS_DROPPED when the transform of frames has dropped it, VSDK_STATUS_INVALID_ARGUMENT for what cannot be a frame of this track, VSDK_STATUS_INVALID_STATE while it has an audio input.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_push(
    track: *const VsdkLocalTrack,
    frame: *const VsdkEncodedFrame,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the frame, its data and `error`.
    unsafe {
        guard::informed("local_track_push", error, || {
            let object = handle::get::<LocalTrackObject>(track)?;
            let frame = structure::read(frame, "frame")?;
            let frame = encoded(&frame, object.track.codec())?;
            Ok(match object.track.push(frame)? {
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

/// An input for raw sound, which makes the track's frames from now on, until it is freed.
///
/// @param[in] track The track, one with sound that is encoded as Opus.
/// @param[in] sample_rate Of what will be pushed: 8,000 to 192,000 hertz.
/// @param[in] channels 1 or 2. How many channels will be pushed.
/// @param[out] input owned, free with vsdk_audio_input_free. The input; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when it has one already, VSDK_STATUS_INVALID_ARGUMENT for other formats and for a track of pictures, VSDK_STATUS_UNSUPPORTED for other codecs and when this build has none, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_audio_input(
    track: *const VsdkLocalTrack,
    sample_rate: i32,
    channels: i32,
    input: *mut *mut VsdkAudioInput,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let input = Out::new(input, std::ptr::null_mut());
        guard::status("local_track_audio_input", error, || {
            let input = input.required("input")?;
            let object = handle::get::<LocalTrackObject>(track)?;
            let format = audio_input::format(sample_rate, channels)?;
            let made = object.track.audio_input(format)?;
            input.set(handle::insert(AudioInputObject(made))?);
            Ok(())
        })
    }
}

/// An input for raw pictures, which makes the track's frames from now on, until it is freed.
///
/// They are encoded in the sizes of the track's layers, and the bit rates follow what the network
/// carries.
///
/// @param[in] track The track, one with pictures that are encoded as VP8.
/// @param[out] input owned, free with vsdk_video_input_free. The input; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when it has one already, VSDK_STATUS_INVALID_ARGUMENT for a track of sound, VSDK_STATUS_UNSUPPORTED for other codecs and when this build has none, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_video_input(
    track: *const VsdkLocalTrack,
    input: *mut *mut VsdkVideoInput,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let input = Out::new(input, std::ptr::null_mut());
        guard::status("local_track_video_input", error, || {
            let input = input.required("input")?;
            let object = handle::get::<LocalTrackObject>(track)?;
            let made = object.track.video_input()?;
            input.set(handle::insert(VideoInputObject(made))?);
            Ok(())
        })
    }
}

/// What its encoder should do for a layer.
///
/// @param[in] track The track.
/// @param[in] layer The layer; 0 is the smallest.
/// @param[in,out] target VSDK_ENCODER_TARGET_INIT, which is filled in; all 0 on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when there is no such layer.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_encoder_target(
    track: *const VsdkLocalTrack,
    layer: i32,
    target: *mut VsdkEncoderTarget,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the target and `error`.
    unsafe {
        let target = Filled::new(target);
        guard::status("local_track_encoder_target", error, || {
            let target = target.required("target")?;
            let object = handle::get::<LocalTrackObject>(track)?;
            let wanted = u8::try_from(layer)
                .ok()
                .and_then(|layer| object.track.encoder_target(layer))
                .ok_or_else(|| no_layer(layer, object.track.layers().len()))?;
            target.set(|target| {
                target.is_active = i32::from(wanted.is_active);
                target.kbps = i32::try_from(wanted.kbps).unwrap_or(i32::MAX);
                target.wants_key_frame = i32::from(wanted.wants_key_frame);
            });
            Ok(())
        })
    }
}

/// Whether frames are taken now.
///
/// @param[in] track The track.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_is_sending(track: *const VsdkLocalTrack) -> i32 {
    guard::value(0, || {
        let object = handle::get::<LocalTrackObject>(track)?;
        Ok(i32::from(object.track.is_sending()))
    })
}

/// Switches it off or on again, like muting: the others see that it is off.
///
/// @param[in] track The track.
/// @param[in] enabled 1 or 0.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_set_enabled(
    track: *const VsdkLocalTrack,
    enabled: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::change::<LocalTrackObject>("local_track_set_enabled", track, error, |object| {
            let enabled = library::flag(enabled, "enabled")?;
            object.track.set_enabled(enabled);
            Ok(())
        })
    }
}

/// Frees a track, and takes it out of the meeting: the others see that it is gone.
///
/// @param[in] track nullable, freed. The track.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_local_track_free(track: *mut VsdkLocalTrack) {
    guard::value((), || {
        handle::free::<LocalTrackObject>(track);
        Ok(())
    });
}

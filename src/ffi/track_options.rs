//! Tracks: what one that this participant sends is made from.
//!
//! Options are copied by vsdk_meeting_add_track: they can be changed and used again.

use std::ffi::c_char;
use std::sync::Mutex;

use super::error::VsdkError;
use super::handle::{self, object};
use super::library::{self, VsdkStatus};
use super::{guard, text};
use crate::media::{AudioProfile, BitrateMode, Codec, ScreenShareProfile, TrackKind, TrackOptions};
use crate::runtime::lock;
use crate::{Error, Result, Status};

/// What a track is: shared screens and their sound are told from the rest.
pub type VsdkTrackKind = i32;
/// A microphone, or any other sound.
pub const VSDK_TRACK_KIND_AUDIO: VsdkTrackKind = 1;
/// A camera, or any other picture.
pub const VSDK_TRACK_KIND_VIDEO: VsdkTrackKind = 2;
/// A shared screen.
pub const VSDK_TRACK_KIND_SHARE: VsdkTrackKind = 3;
/// The sound of what is shared.
pub const VSDK_TRACK_KIND_SHARE_AUDIO: VsdkTrackKind = 4;

/// How a track is encoded.
pub type VsdkCodec = i32;
/// Opus, 48 kHz.
pub const VSDK_CODEC_OPUS: VsdkCodec = 1;
/// G.711 mu-law.
pub const VSDK_CODEC_PCMU: VsdkCodec = 2;
/// G.711 A-law.
pub const VSDK_CODEC_PCMA: VsdkCodec = 3;
/// G.722.
pub const VSDK_CODEC_G722: VsdkCodec = 4;
/// VP8.
pub const VSDK_CODEC_VP8: VsdkCodec = 5;
/// H.264, baseline; frames are access units with start codes (Annex B).
pub const VSDK_CODEC_H264: VsdkCodec = 6;
/// VP9, profile 0.
pub const VSDK_CODEC_VP9: VsdkCodec = 7;
/// AV1, main profile.
pub const VSDK_CODEC_AV1: VsdkCodec = 8;

/// What the bit rates of pictures aim at.
pub type VsdkBitrateMode = i32;
/// Little bandwidth.
pub const VSDK_BITRATE_MODE_BANDWIDTH_OPTIMIZED: VsdkBitrateMode = 1;
/// Between the two.
pub const VSDK_BITRATE_MODE_BALANCED: VsdkBitrateMode = 2;
/// A good picture.
pub const VSDK_BITRATE_MODE_HIGH_QUALITY: VsdkBitrateMode = 3;

/// What is heard by a microphone.
pub type VsdkAudioProfile = i32;
/// Speech, over little bandwidth.
pub const VSDK_AUDIO_PROFILE_SPEECH_LOW_QUALITY: VsdkAudioProfile = 1;
/// Speech.
pub const VSDK_AUDIO_PROFILE_SPEECH_STANDARD: VsdkAudioProfile = 2;
/// Music.
pub const VSDK_AUDIO_PROFILE_MUSIC_STANDARD: VsdkAudioProfile = 3;
/// Music in stereo.
pub const VSDK_AUDIO_PROFILE_STANDARD_STEREO: VsdkAudioProfile = 4;
/// Music, over much bandwidth.
pub const VSDK_AUDIO_PROFILE_HIGH_QUALITY: VsdkAudioProfile = 5;
/// The same in stereo.
pub const VSDK_AUDIO_PROFILE_HIGH_QUALITY_STEREO: VsdkAudioProfile = 6;

/// The height and rate of a shared screen.
pub type VsdkScreenShareProfile = i32;
/// 640 x 360, 30 pictures per second.
pub const VSDK_SCREEN_SHARE_PROFILE_H360_FPS30: VsdkScreenShareProfile = 1;
/// 720 x 480, 15 pictures per second.
pub const VSDK_SCREEN_SHARE_PROFILE_H480_FPS15: VsdkScreenShareProfile = 2;
/// 720 x 480, 30 pictures per second.
pub const VSDK_SCREEN_SHARE_PROFILE_H480_FPS30: VsdkScreenShareProfile = 3;
/// 1280 x 720, 5 pictures per second.
pub const VSDK_SCREEN_SHARE_PROFILE_H720_FPS5: VsdkScreenShareProfile = 4;
/// 1280 x 720, 15 pictures per second.
pub const VSDK_SCREEN_SHARE_PROFILE_H720_FPS15: VsdkScreenShareProfile = 5;
/// 1280 x 720, 30 pictures per second.
pub const VSDK_SCREEN_SHARE_PROFILE_H720_FPS30: VsdkScreenShareProfile = 6;
/// 1920 x 1080, 15 pictures per second.
pub const VSDK_SCREEN_SHARE_PROFILE_H1080_FPS15: VsdkScreenShareProfile = 7;
/// 1920 x 1080, 30 pictures per second.
pub const VSDK_SCREEN_SHARE_PROFILE_H1080_FPS30: VsdkScreenShareProfile = 8;

/// How the pixels of a picture lie in memory.
///
/// Colours are those of BT.601, brightness in I420 and NV12 from 16 to 235.
pub type VsdkPictureFormat = i32;
/// Three planes: brightness, then the colour differences U and V in half the width and height,
/// rounded up.
pub const VSDK_PICTURE_FORMAT_I420: VsdkPictureFormat = 1;
/// Two planes: brightness, then U and V by turns in half the width and height, rounded up.
pub const VSDK_PICTURE_FORMAT_NV12: VsdkPictureFormat = 2;
/// One plane of four bytes for each pixel: red, green, blue, and one of no meaning for what is sent.
pub const VSDK_PICTURE_FORMAT_RGBA: VsdkPictureFormat = 3;
/// One plane of four bytes for each pixel: blue, green, red, and one of no meaning for what is sent.
pub const VSDK_PICTURE_FORMAT_BGRA: VsdkPictureFormat = 4;

/// What a track is made from.
pub struct VsdkTrackOptions {
    _opaque: [u8; 0],
}

struct TrackOptionsObject(Mutex<TrackOptions>);

object!(TrackOptionsObject, TrackOptions, VsdkTrackOptions);

pub(super) fn resolve(options: *const VsdkTrackOptions) -> Result<TrackOptions> {
    let object = handle::get::<TrackOptionsObject>(options)?;
    let options = lock(&object.0).clone();
    Ok(options)
}

/// A length or a number of things, which no negative number is.
fn count(value: i32, name: &str) -> Result<u32> {
    u32::try_from(value).map_err(|_| {
        Error::new(
            Status::InvalidArgument,
            format!("`{name}` is {value}"),
            "Pass a number from 1 on.",
        )
    })
}

/// A track of that kind, on from the start.
///
/// @param[in] kind A VSDK_TRACK_KIND_ constant.
/// @return owned, free with vsdk_track_options_free. NULL for another number, and when no more handles can be made.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_track_options_new(kind: VsdkTrackKind) -> *mut VsdkTrackOptions {
    guard::value(std::ptr::null_mut(), || {
        let options = TrackOptions::new(TrackKind::from_number(kind)?);
        handle::insert(TrackOptionsObject(Mutex::new(options)))
    })
}

/// How its frames are encoded; default Opus and VP8.
///
/// @param[in] options The options.
/// @param[in] codec A VSDK_CODEC_ constant.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT also when that codec encodes something else than the track is.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_track_options_set_codec(
    options: *mut VsdkTrackOptions,
    codec: VsdkCodec,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<TrackOptionsObject>("track_options_set_codec", options, error, |object| {
            lock(&object.0).set_codec(Codec::from_number(codec)?)?;
            Ok(())
        })
    }
}

/// Whether it is on from the start.
///
/// @param[in] options The options.
/// @param[in] enabled 1 (the default) or 0.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_track_options_set_enabled(
    options: *mut VsdkTrackOptions,
    enabled: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<TrackOptionsObject>("track_options_set_enabled", options, error, |object| {
            let enabled = library::flag(enabled, "enabled")?;
            lock(&object.0).set_enabled(enabled);
            Ok(())
        })
    }
}

/// The size of its pictures, from which layers and bit rates follow; default 1280 x 720.
///
/// @param[in] options The options.
/// @param[in] width The width in pixels, 1 to 16,384.
/// @param[in] height The height in pixels, 1 to 16,384.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_track_options_set_size(
    options: *mut VsdkTrackOptions,
    width: i32,
    height: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<TrackOptionsObject>("track_options_set_size", options, error, |object| {
            let (width, height) = (count(width, "width")?, count(height, "height")?);
            lock(&object.0).set_size(width, height)?;
            Ok(())
        })
    }
}

/// What its bit rates aim at; default VSDK_BITRATE_MODE_BALANCED.
///
/// @param[in] options The options.
/// @param[in] bitrate_mode A VSDK_BITRATE_MODE_ constant.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_track_options_set_bitrate_mode(
    options: *mut VsdkTrackOptions,
    bitrate_mode: VsdkBitrateMode,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<TrackOptionsObject>(
            "track_options_set_bitrate_mode",
            options,
            error,
            |object| {
                let mode = BitrateMode::from_number(bitrate_mode)?;
                lock(&object.0).set_bitrate_mode(mode);
                Ok(())
            },
        )
    }
}

/// Whether it is sent in several sizes at once (simulcast), so that each receiver gets what fits.
///
/// vsdk_local_track_layer_count and its neighbours say which sizes the encoder has to make.
///
/// @param[in] options The options.
/// @param[in] multi_stream 1 or 0 (the default).
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_track_options_set_multi_stream(
    options: *mut VsdkTrackOptions,
    multi_stream: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<TrackOptionsObject>(
            "track_options_set_multi_stream",
            options,
            error,
            |object| {
                let multi_stream = library::flag(multi_stream, "multi_stream")?;
                lock(&object.0).set_multi_stream(multi_stream);
                Ok(())
            },
        )
    }
}

/// In how many sizes it is sent at most.
///
/// @param[in] options The options.
/// @param[in] max_layers 1 to 3; default 3.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_track_options_set_max_layers(
    options: *mut VsdkTrackOptions,
    max_layers: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<TrackOptionsObject>(
            "track_options_set_max_layers",
            options,
            error,
            |object| {
                let layers = count(max_layers, "max_layers")?;
                lock(&object.0).set_max_layers(layers as usize)?;
                Ok(())
            },
        )
    }
}

/// What is heard; default VSDK_AUDIO_PROFILE_SPEECH_STANDARD. Receivers are told of it.
///
/// @param[in] options The options.
/// @param[in] audio_profile A VSDK_AUDIO_PROFILE_ constant.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_track_options_set_audio_profile(
    options: *mut VsdkTrackOptions,
    audio_profile: VsdkAudioProfile,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<TrackOptionsObject>(
            "track_options_set_audio_profile",
            options,
            error,
            |object| {
                let profile = AudioProfile::from_number(audio_profile)?;
                lock(&object.0).set_audio_profile(profile);
                Ok(())
            },
        )
    }
}

/// The size and rate of a shared screen; without one only the network limits it.
///
/// @param[in] options The options.
/// @param[in] share_profile A VSDK_SCREEN_SHARE_PROFILE_ constant.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_track_options_set_share_profile(
    options: *mut VsdkTrackOptions,
    share_profile: VsdkScreenShareProfile,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<TrackOptionsObject>(
            "track_options_set_share_profile",
            options,
            error,
            |object| {
                let profile = ScreenShareProfile::from_number(share_profile)?;
                lock(&object.0).set_share_profile(Some(profile));
                Ok(())
            },
        )
    }
}

/// What the others are told with the track.
///
/// The names `share`, `encodings`, `width`, `height` and `peerId` in it are the service's own.
///
/// @param[in] options The options.
/// @param[in] app_data_json A JSON object of at most 16 KiB.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_track_options_set_app_data_json(
    options: *mut VsdkTrackOptions,
    app_data_json: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<TrackOptionsObject>(
            "track_options_set_app_data_json",
            options,
            error,
            |object| {
                let json = text::required(app_data_json, "app_data_json")?;
                lock(&object.0).set_app_data_json(json)?;
                Ok(())
            },
        )
    }
}

/// Frees the options.
///
/// @param[in] options nullable, freed. The options.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_track_options_free(options: *mut VsdkTrackOptions) {
    guard::value((), || {
        handle::free::<TrackOptionsObject>(options);
        Ok(())
    });
}

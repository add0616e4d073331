/// @file
/// Media: what tracks are, and how they and data travel.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_MEDIA_HPP
#define VSDK_MEDIA_HPP

#include <cstdint>

#include "detail.hpp"

namespace vsdk {

/// What a track is. Only shared screens and their sound are told from the rest: a camera, a second
/// camera and a drawn picture are all video.
enum class TrackKind : std::int32_t {
    /// A microphone, or any other sound.
    audio = VSDK_TRACK_KIND_AUDIO,
    /// A camera, or any other picture.
    video = VSDK_TRACK_KIND_VIDEO,
    /// A shared screen.
    share = VSDK_TRACK_KIND_SHARE,
    /// The sound of what is shared.
    share_audio = VSDK_TRACK_KIND_SHARE_AUDIO,
};

/// What tracks carry.
enum class MediaKind : std::int32_t {
    /// Sound: of microphones and of what is shared.
    audio = VSDK_MEDIA_KIND_AUDIO,
    /// Pictures: of cameras and of shared screens.
    video = VSDK_MEDIA_KIND_VIDEO,
};

/// How a track is encoded.
enum class Codec : std::int32_t {
    /// Opus, 48 kHz.
    opus = VSDK_CODEC_OPUS,
    /// G.711 mu-law.
    pcmu = VSDK_CODEC_PCMU,
    /// G.711 A-law.
    pcma = VSDK_CODEC_PCMA,
    /// G.722.
    g722 = VSDK_CODEC_G722,
    /// VP8.
    vp8 = VSDK_CODEC_VP8,
    /// H.264, baseline; frames are access units with start codes (Annex B).
    h264 = VSDK_CODEC_H264,
    /// VP9, profile 0.
    vp9 = VSDK_CODEC_VP9,
    /// AV1, main profile.
    av1 = VSDK_CODEC_AV1,
};

/// What the bit rates of pictures aim at.
enum class BitrateMode : std::int32_t {
    /// Little bandwidth.
    bandwidth_optimized = VSDK_BITRATE_MODE_BANDWIDTH_OPTIMIZED,
    /// Between the two.
    balanced = VSDK_BITRATE_MODE_BALANCED,
    /// A good picture.
    high_quality = VSDK_BITRATE_MODE_HIGH_QUALITY,
};

/// What is heard by a microphone.
enum class AudioProfile : std::int32_t {
    /// Speech, over little bandwidth.
    speech_low_quality = VSDK_AUDIO_PROFILE_SPEECH_LOW_QUALITY,
    /// Speech.
    speech_standard = VSDK_AUDIO_PROFILE_SPEECH_STANDARD,
    /// Music.
    music_standard = VSDK_AUDIO_PROFILE_MUSIC_STANDARD,
    /// Music in stereo.
    standard_stereo = VSDK_AUDIO_PROFILE_STANDARD_STEREO,
    /// Music, over much bandwidth.
    high_quality = VSDK_AUDIO_PROFILE_HIGH_QUALITY,
    /// The same in stereo.
    high_quality_stereo = VSDK_AUDIO_PROFILE_HIGH_QUALITY_STEREO,
};

/// The height and rate of a shared screen.
enum class ScreenShareProfile : std::int32_t {
    /// 640 x 360, 30 pictures per second.
    h360_fps30 = VSDK_SCREEN_SHARE_PROFILE_H360_FPS30,
    /// 720 x 480, 15 pictures per second.
    h480_fps15 = VSDK_SCREEN_SHARE_PROFILE_H480_FPS15,
    /// 720 x 480, 30 pictures per second.
    h480_fps30 = VSDK_SCREEN_SHARE_PROFILE_H480_FPS30,
    /// 1280 x 720, 5 pictures per second.
    h720_fps5 = VSDK_SCREEN_SHARE_PROFILE_H720_FPS5,
    /// 1280 x 720, 15 pictures per second.
    h720_fps15 = VSDK_SCREEN_SHARE_PROFILE_H720_FPS15,
    /// 1280 x 720, 30 pictures per second.
    h720_fps30 = VSDK_SCREEN_SHARE_PROFILE_H720_FPS30,
    /// 1920 x 1080, 15 pictures per second.
    h1080_fps15 = VSDK_SCREEN_SHARE_PROFILE_H1080_FPS15,
    /// 1920 x 1080, 30 pictures per second.
    h1080_fps30 = VSDK_SCREEN_SHARE_PROFILE_H1080_FPS30,
};

/// How data is delivered. Neither way keeps the order.
enum class Reliability : std::int32_t {
    /// What is lost is sent again, up to five times.
    reliable = VSDK_RELIABILITY_RELIABLE,
    /// What is lost stays lost; it never waits behind reliable data.
    unreliable = VSDK_RELIABILITY_UNRELIABLE,
};

/// What became of data that was sent.
enum class Sent : std::int32_t {
    /// It goes out.
    queued = VSDK_STATUS_OK,
    /// Not taken, for too much waits already: send it again a little later, or leave it.
    full = VSDK_STATUS_FULL,
};

} // namespace vsdk

#endif // VSDK_MEDIA_HPP

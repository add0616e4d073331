/// @file
/// Local tracks: what this participant sends.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_LOCAL_TRACK_HPP
#define VSDK_LOCAL_TRACK_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "audio.hpp"
#include "detail.hpp"
#include "devices.hpp"
#include "frame.hpp"
#include "media.hpp"
#include "pushed.hpp"
#include "text.hpp"
#include "video.hpp"

namespace vsdk {

/// One of the sizes in which the pictures of a track have to be encoded.
struct TrackLayer {
    /// What width and height of the source are divided by; 1 for the whole picture.
    double scale = 1;

    /// The bit rate at most, in kilobits per second; 0 when only the network limits it.
    std::int32_t max_kbps = 0;

    /// The rate of pictures at most, in pictures per second; 0 when nothing limits it.
    std::int32_t max_fps = 0;
};

/// What an encoder should do for one layer of a track.
struct EncoderTarget {
    /// Whether its frames are sent; not while it is switched off for lack of bandwidth.
    bool is_active = false;

    /// In kilobits per second; 0 while it is not known.
    std::int32_t kbps = 0;

    /// Whether somebody waits for a key frame.
    bool wants_key_frame = false;
};

/// A track that this participant sends; see Meeting::add_track().
///
/// It may be there before the meeting is joined, and stays through lost connections: whenever there
/// is a way, what is pushed is sent. Destroying or closing it takes it out of the meeting: the
/// others see that it is gone. One thread for each track is usual; any number may use it.
class LocalTrack : public detail::Object<VsdkLocalTrack> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit LocalTrack(VsdkLocalTrack *owned) noexcept : Object(owned) {}

    /// What events call it.
    std::string id() const { return detail::text(vsdk_local_track_id(native_handle())); }

    /// What it is. Never throws.
    TrackKind kind() const noexcept {
        return static_cast<TrackKind>(vsdk_local_track_kind(native_handle()));
    }

    /// How its frames have to be encoded. Never throws.
    Codec codec() const noexcept {
        return static_cast<Codec>(vsdk_local_track_codec(native_handle()));
    }

    /// The sizes in which its pictures have to be encoded, the smallest first; one for sound.
    std::vector<TrackLayer> layers() const {
        const std::int32_t count = vsdk_local_track_layer_count(native_handle());
        std::vector<TrackLayer> layers;
        for (std::int32_t layer = 0; layer < count; ++layer)
            layers.push_back({vsdk_local_track_layer_scale(native_handle(), layer),
                              vsdk_local_track_layer_max_kbps(native_handle(), layer),
                              vsdk_local_track_layer_max_fps(native_handle(), layer)});
        return layers;
    }

    /// Sends a frame, which is copied: `track.push({packet, timestamp})`. What was not taken is no
    /// failure; the answer says why. Never waits for the network. Throws Error (invalid_argument
    /// for what cannot be a frame of this track, invalid_state while it has an input for raw sound or
    /// pictures).
    Pushed push(const EncodedFrame &frame) {
        return static_cast<Pushed>(
            detail::call(vsdk_local_track_push, native_handle(), &frame.c_value()));
    }

    /// An input for raw sound, which makes the track's frames from now on, until it is destroyed.
    /// Does not block. Throws Error (invalid_state when it has one already, invalid_argument for
    /// other formats and for a track of pictures, unsupported for other codecs than Opus and when
    /// this build of the library has none, resource_exhausted).
    AudioInput audio_input(AudioFormat format) {
        return detail::make<AudioInput>(vsdk_local_track_audio_input, native_handle(),
                                        format.sample_rate, format.channels);
    }

    /// Opens a microphone, the default one without an id, and sends what it hears as this track: it
    /// is its input until it is destroyed. Mute it with set_enabled().
    ///
    /// Blocks until it is open, at most ten seconds. Throws Error (not_found when it is not there,
    /// resource_exhausted when another program has it, forbidden when it may not be used, timeout,
    /// would_deadlock inside a callback, invalid_state when the track has an input already or the
    /// meeting is over, invalid_argument for a track of pictures, unsupported for other codecs than
    /// Opus and when this build of the library opens no devices).
    AudioDevice open_microphone(const TextArg &device_id = nullptr) {
        return detail::make<AudioDevice>(vsdk_audio_device_open_microphone, native_handle(),
                                         device_id.c_str());
    }

    /// An input for raw pictures, which makes the track's frames from now on, until it is destroyed.
    /// Does not block. Throws Error (invalid_state when it has one already, invalid_argument for a
    /// track of sound, unsupported for other codecs than VP8 and when this build of the library has
    /// none, resource_exhausted).
    VideoInput video_input() {
        return detail::make<VideoInput>(vsdk_local_track_video_input, native_handle());
    }

    /// What its encoder should do for a layer; 0 is the smallest. Ask before each picture, or after
    /// EventType::key_frame_requested and EventType::encoder_target_changed. Throws Error
    /// (invalid_argument when there is no such layer).
    EncoderTarget encoder_target(std::int32_t layer = 0) const {
        VsdkEncoderTarget target = VSDK_ENCODER_TARGET_INIT;
        detail::call(vsdk_local_track_encoder_target, native_handle(), layer, &target);
        return {target.is_active != 0, target.kbps, target.wants_key_frame != 0};
    }

    /// Whether frames are taken now. Never throws.
    bool is_sending() const noexcept { return vsdk_local_track_is_sending(native_handle()) != 0; }

    /// Switches it off or on again, like muting: the others see that it is off. Does not block.
    void set_enabled(bool enabled) {
        detail::call(vsdk_local_track_set_enabled, native_handle(), detail::flag(enabled));
    }
};

} // namespace vsdk

#endif // VSDK_LOCAL_TRACK_HPP

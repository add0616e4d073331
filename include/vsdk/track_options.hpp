/// @file
/// What a track that this participant sends is made from.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_TRACK_OPTIONS_HPP
#define VSDK_TRACK_OPTIONS_HPP

#include <cstdint>
#include <string>

#include "detail.hpp"
#include "media.hpp"
#include "text.hpp"

namespace vsdk {

/// What Meeting::add_track() makes a track from; everything but its kind is optional. To be set by
/// one thread at a time.
class TrackOptions : public detail::Object<VsdkTrackOptions> {
public:
    /// A track of that kind, on from the start. Throws Error (invalid_argument for an unknown kind,
    /// resource_exhausted).
    explicit TrackOptions(TrackKind kind) : Object(made(kind)) {}

    /// Takes over a handle of vsdk.h. Never throws.
    explicit TrackOptions(VsdkTrackOptions *owned) noexcept : Object(owned) {}

    /// How its frames are encoded; by default Codec::opus and Codec::vp8. Throws Error
    /// (invalid_argument also when that codec encodes something else than the track is).
    TrackOptions &set_codec(Codec codec) {
        detail::call(vsdk_track_options_set_codec, native_handle(), static_cast<VsdkCodec>(codec));
        return *this;
    }

    /// Whether it is on from the start, by default it is.
    TrackOptions &set_enabled(bool enabled) {
        detail::call(vsdk_track_options_set_enabled, native_handle(), detail::flag(enabled));
        return *this;
    }

    /// The size of its pictures in pixels, 1 to 16,384 each, from which layers and bit rates
    /// follow; by default 1280 x 720. Throws Error (invalid_argument).
    TrackOptions &set_size(std::int32_t width, std::int32_t height) {
        detail::call(vsdk_track_options_set_size, native_handle(), width, height);
        return *this;
    }

    /// What its bit rates aim at; by default BitrateMode::balanced.
    TrackOptions &set_bitrate_mode(BitrateMode bitrate_mode) {
        detail::call(vsdk_track_options_set_bitrate_mode, native_handle(),
                     static_cast<VsdkBitrateMode>(bitrate_mode));
        return *this;
    }

    /// Whether it is sent in several sizes at once (simulcast), so that each receiver gets what
    /// fits; by default not. LocalTrack::layers() says which sizes the encoder has to make.
    TrackOptions &set_multi_stream(bool multi_stream) {
        detail::call(vsdk_track_options_set_multi_stream, native_handle(),
                     detail::flag(multi_stream));
        return *this;
    }

    /// In how many sizes it is sent at most, 1 to 3; by default 3. Throws Error (invalid_argument).
    TrackOptions &set_max_layers(std::int32_t max_layers) {
        detail::call(vsdk_track_options_set_max_layers, native_handle(), max_layers);
        return *this;
    }

    /// What is heard; by default AudioProfile::speech_standard. Receivers are told of it.
    TrackOptions &set_audio_profile(AudioProfile audio_profile) {
        detail::call(vsdk_track_options_set_audio_profile, native_handle(),
                     static_cast<VsdkAudioProfile>(audio_profile));
        return *this;
    }

    /// The size and rate of a shared screen; without one only the network limits it.
    TrackOptions &set_share_profile(ScreenShareProfile share_profile) {
        detail::call(vsdk_track_options_set_share_profile, native_handle(),
                     static_cast<VsdkScreenShareProfile>(share_profile));
        return *this;
    }

    /// What the others are told with the track: a JSON object of at most 16 KiB. The names "share",
    /// "encodings", "width", "height" and "peerId" in it are the service's own. Throws Error
    /// (invalid_argument).
    TrackOptions &set_app_data_json(const TextArg &json) {
        detail::call(vsdk_track_options_set_app_data_json, native_handle(), json.c_str());
        return *this;
    }

private:
    static VsdkTrackOptions *made(TrackKind kind) {
        switch (kind) {
        case TrackKind::audio:
        case TrackKind::video:
        case TrackKind::share:
        case TrackKind::share_audio:
            return detail::create(vsdk_track_options_new, static_cast<VsdkTrackKind>(kind));
        }
        throw Error(Status::invalid_argument,
                    "there is no kind of track with the number " +
                        std::to_string(static_cast<std::int32_t>(kind)),
                    "Use a value of vsdk::TrackKind.", "track_options_new");
    }
};

} // namespace vsdk

#endif // VSDK_TRACK_OPTIONS_HPP

/// @file
/// Frames: encoded sound and pictures, as they are sent and as they come.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_FRAME_HPP
#define VSDK_FRAME_HPP

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "bytes.hpp"
#include "detail.hpp"
#include "media.hpp"
#include "next.hpp"

namespace vsdk {

/// A frame to send: one packet of an audio encoder, or one encoded picture; see
/// LocalTrack::push().
///
/// The bytes are not copied before they are pushed: they have to live until then.
class EncodedFrame {
public:
    /// What the encoder made, of H.264 an access unit with start codes (Annex B): at most 1,120 bytes of
    /// sound and 4 MiB of pictures. When it was recorded, from 0 on, on any clock that all tracks
    /// of this participant share. Whether it can be decoded without those before it, which has no
    /// meaning for sound. Never throws.
    EncodedFrame(const BytesArg &data, std::chrono::microseconds timestamp,
                 bool is_key_frame = false) noexcept {
        frame_.data = data.data();
        frame_.length = data.size();
        frame_.timestamp_us = timestamp.count();
        frame_.is_key_frame = detail::flag(is_key_frame);
    }

    /// Which of the sizes of a simulcast it is; 0, the default, is the smallest. Never throws.
    EncodedFrame &set_layer(std::int32_t layer) noexcept {
        frame_.layer = layer;
        return *this;
    }

    /// How it is encoded: pushing it checks that this is the codec of the track, and by default
    /// checks nothing. Never throws.
    EncodedFrame &set_codec(Codec codec) noexcept {
        frame_.codec = static_cast<VsdkCodec>(codec);
        return *this;
    }

    /// How loud it is, in decibels below full scale: 0 to -127, by default unknown. It tells the
    /// service who speaks. Never throws.
    EncodedFrame &set_audio_level(std::int32_t decibels) noexcept {
        frame_.audio_level = decibels;
        return *this;
    }

    /// What functions of vsdk.h take. Never throws.
    const VsdkEncodedFrame &c_value() const noexcept { return frame_; }

private:
    VsdkEncodedFrame frame_ = VSDK_ENCODED_FRAME_INIT;
};

/// A frame of somebody else, for a decoder: one packet of sound or one encoded picture. Immutable:
/// from any thread, several at once.
class ReceivedFrame : public detail::Object<VsdkReceivedFrame> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit ReceivedFrame(VsdkReceivedFrame *owned) noexcept : Object(owned) {}

    /// Who sent it.
    std::string participant_id() const {
        return detail::text(vsdk_received_frame_participant_id(native_handle()));
    }

    /// Which track it belongs to.
    std::string track_id() const {
        return detail::text(vsdk_received_frame_track_id(native_handle()));
    }

    /// What that track is. Never throws.
    TrackKind kind() const noexcept {
        return static_cast<TrackKind>(vsdk_received_frame_kind(native_handle()));
    }

    /// How it is encoded. Never throws.
    Codec codec() const noexcept {
        return static_cast<Codec>(vsdk_received_frame_codec(native_handle()));
    }

    /// What is in it; the frame's, not copied: it lives as long as the frame, in a frame handler
    /// until that returns.
    BytesView data() const {
        const std::uint8_t *bytes = nullptr;
        std::size_t length = 0;
        detail::call(vsdk_received_frame_data, native_handle(), &bytes, &length);
        return BytesView(bytes, length);
    }

    /// When it was recorded, from an arbitrary moment of its track. Never throws.
    std::chrono::microseconds timestamp() const noexcept {
        return std::chrono::microseconds(vsdk_received_frame_timestamp_us(native_handle()));
    }

    /// Whether it can be decoded without those before it. Every frame of sound can. Never throws.
    bool is_key_frame() const noexcept {
        return vsdk_received_frame_is_key_frame(native_handle()) != 0;
    }

    /// Whether frames are missing just before it: lost on the way, or dropped because they were not
    /// read in time. Sound that is not read in time loses its oldest frames; pictures lose all up
    /// to a key frame. Never throws.
    bool follows_gap() const noexcept {
        return vsdk_received_frame_follows_gap(native_handle()) != 0;
    }

    /// How loud it is, in decibels below full scale: 0 to -127; absent when its sender does not
    /// tell. Never throws.
    std::optional<std::int32_t> audio_level() const noexcept {
        const std::int32_t decibels = vsdk_received_frame_audio_level(native_handle());
        return decibels == VSDK_AUDIO_LEVEL_UNKNOWN ? std::nullopt
                                                    : std::optional<std::int32_t>(decibels);
    }
};

/// What RemoteTrack::next_frame() found.
using NextFrame = Next<ReceivedFrame>;

/// Receives a frame on the media thread; it is borrowed for the duration of the call.
///
/// That thread is another one than that of the other callbacks, one for the whole process: its
/// handlers run one after the other, and a slow one makes all tracks lose frames.
using FrameHandler = std::function<void(const ReceivedFrame &frame)>;

namespace detail {

inline void on_frame(const VsdkReceivedFrame *frame, void *user_data) noexcept {
    // The library's: given up again, however the handler ends.
    struct Borrowed {
        ReceivedFrame frame;
        ~Borrowed() { frame.release(); }
    } borrowed{ReceivedFrame(const_cast<VsdkReceivedFrame *>(frame))};
    guarded([&] { (*static_cast<FrameHandler *>(user_data))(borrowed.frame); });
}

} // namespace detail

} // namespace vsdk

#endif // VSDK_FRAME_HPP

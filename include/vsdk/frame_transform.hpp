/// @file
/// What the program does to encoded frames on their way, e.g. encrypting them from end to end.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_FRAME_TRANSFORM_HPP
#define VSDK_FRAME_TRANSFORM_HPP

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string_view>

#include "bytes.hpp"
#include "detail.hpp"
#include "media.hpp"

namespace vsdk {

/// What a transform is told of a frame; valid during the call.
struct FrameInfo {
    /// Whether this participant sends it; else it is somebody else's.
    bool is_sent;

    /// Who sends it: the same at both ends.
    std::string_view participant_id;

    /// What events call the track here: not the same at both ends.
    std::string_view track_id;

    /// What the track is.
    TrackKind kind;

    /// How it is encoded.
    Codec codec;

    /// As in the frame: not the same at both ends.
    std::chrono::microseconds timestamp;

    /// Whether it can be decoded without those before it, as all sound can.
    bool is_key_frame;

    /// Which of the sizes of a simulcast it is, where it is sent; always 0 where it is received.
    std::int32_t layer;
};

/// Where a transform writes what a frame becomes; valid during the call.
class FrameOutput {
public:
    /// So many bytes there, all of which are 0. Never throws.
    FrameOutput(std::uint8_t *data, std::size_t capacity) noexcept
        : data_(data), capacity_(capacity) {}

    FrameOutput(const FrameOutput &) = delete;
    FrameOutput &operator=(const FrameOutput &) = delete;

    /// The first byte; what is written there counts up to size(). Never throws.
    std::uint8_t *data() noexcept { return data_; }

    /// How many bytes the frame may have: those it has, and VSDK_FRAME_GROWTH_BYTES. Never throws.
    std::size_t capacity() const noexcept { return capacity_; }

    /// How many bytes the frame has; at first none, which drops it. Never throws.
    std::size_t size() const noexcept { return size_; }

    /// From now on it has so many bytes. Throws std::length_error beyond capacity().
    void resize(std::size_t size) {
        if (size > capacity_)
            throw std::length_error("the frame becomes larger than there is room for");
        size_ = size;
    }

    /// Adds bytes at the end. Throws std::length_error beyond capacity().
    void append(const BytesArg &bytes) {
        const std::size_t before = size_;
        resize(bytes.size() <= capacity_ ? before + bytes.size() : bytes.size());
        std::copy_n(bytes.data(), bytes.size(), data_ + before);
    }

private:
    std::uint8_t *data_;
    std::size_t capacity_;
    std::size_t size_ = 0;
};

/// Says what becomes of a frame, by writing it to `output`.
///
/// One to which nothing is written, or that becomes larger than 1,120 bytes of sound or 4 MiB of pictures,
/// is dropped, and so is one at which the transform throws. Pictures go on with a key frame then.
/// Leave the beginning of frames as it is, for the service looks into it to find key frames: 10 bytes
/// of a key frame of VP8, 3 of its other frames, 1 of Opus.
///
/// It runs on the thread that pushes the frame, or on the one that reads it, which is the media
/// thread when there is a frame handler; several threads may be in it at once, for different frames.
/// The rules of callbacks hold inside, whatever the thread.
using FrameTransform =
    std::function<void(const FrameInfo &info, const BytesView &data, FrameOutput &output)>;

namespace detail {

inline void on_transform(const VsdkFrameInfo *info, const std::uint8_t *data, std::size_t length,
                         std::uint8_t *output, std::size_t capacity, std::size_t *written,
                         void *user_data) noexcept {
    guarded([&] {
        FrameOutput place(output, capacity);
        (*static_cast<FrameTransform *>(user_data))(
            {info->is_sent != 0, info->participant_id, info->track_id,
             static_cast<TrackKind>(info->kind), static_cast<Codec>(info->codec),
             std::chrono::microseconds(info->timestamp_us), info->is_key_frame != 0, info->layer},
            BytesView(data, length), place);
        // Only now: one that throws drops the frame.
        *written = place.size();
    });
}

} // namespace detail

} // namespace vsdk

#endif // VSDK_FRAME_TRANSFORM_HPP

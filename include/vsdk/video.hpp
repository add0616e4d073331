/// @file
/// Raw pictures: what the program films or draws, and what it shows.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_VIDEO_HPP
#define VSDK_VIDEO_HPP

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bytes.hpp"
#include "content.hpp"
#include "detail.hpp"
#include "next.hpp"
#include "operation.hpp"
#include "pushed.hpp"
#include "timeout.hpp"

namespace vsdk {

/// How the pixels of a picture lie in memory. Colours are those of BT.601, brightness in i420 and
/// nv12 from 16 to 235.
enum class PictureFormat : std::int32_t {
    /// Three planes: brightness, then the colour differences U and V in half the width and height,
    /// rounded up.
    i420 = VSDK_PICTURE_FORMAT_I420,
    /// Two planes: brightness, then U and V by turns in half the width and height, rounded up.
    nv12 = VSDK_PICTURE_FORMAT_NV12,
    /// One plane of four bytes for each pixel: red, green, blue, and one of no meaning for what is
    /// sent.
    rgba = VSDK_PICTURE_FORMAT_RGBA,
    /// One plane of four bytes for each pixel: blue, green, red, and one of no meaning for what is
    /// sent.
    bgra = VSDK_PICTURE_FORMAT_BGRA,
};

/// How an image is encoded.
enum class ImageFormat : std::int32_t {
    /// PNG: every pixel as it was decoded.
    png = VSDK_IMAGE_FORMAT_PNG,
    /// JPEG: a fraction of that size, without what is hardly seen.
    jpeg = VSDK_IMAGE_FORMAT_JPEG,
};

/// A raw picture to send; see VideoInput::push().
///
/// The bytes are not copied before they are pushed: they have to live until then.
class VideoPicture {
public:
    /// One of that size in pixels, 1 to 16,383 each, to which its planes are added. Never throws.
    VideoPicture(PictureFormat format, std::int32_t width, std::int32_t height) noexcept {
        picture_.format = static_cast<VsdkPictureFormat>(format);
        picture_.width = width;
        picture_.height = height;
    }

    /// Adds the next of its planes; `stride` is how far the beginnings of two rows are apart, in
    /// bytes. More than three are left alone. Never throws.
    VideoPicture &add_plane(const BytesArg &bytes, std::int32_t stride) noexcept {
        switch (planes_++) {
        case 0:
            picture_.first_plane = bytes.data();
            picture_.first_length = bytes.size();
            picture_.first_stride = stride;
            break;
        case 1:
            picture_.second_plane = bytes.data();
            picture_.second_length = bytes.size();
            picture_.second_stride = stride;
            break;
        case 2:
            picture_.third_plane = bytes.data();
            picture_.third_length = bytes.size();
            picture_.third_stride = stride;
            break;
        default:
            planes_ = 3;
        }
        return *this;
    }

    /// How far it has to be turned clockwise to be upright, in degrees: 0, the default, 90, 180 or
    /// 270. Never throws.
    VideoPicture &set_rotation(std::int32_t degrees) noexcept {
        picture_.rotation = degrees;
        return *this;
    }

    /// When it was filmed, from 0 on, on the clock of this participant's other tracks; without, it
    /// counts as just filmed. Never throws.
    VideoPicture &set_capture_time(std::chrono::microseconds time) noexcept {
        picture_.capture_time_us = time.count();
        return *this;
    }

    /// What functions of vsdk.h take. Never throws.
    const VsdkVideoPicture &c_value() const noexcept { return picture_; }

private:
    VsdkVideoPicture picture_ = VSDK_VIDEO_PICTURE_INIT;
    int planes_ = 0;
};

/// Raw pictures for a track that this participant sends; see LocalTrack::video_input().
///
/// What is pushed is converted, turned upright, made as small as each layer of the track wants it,
/// encoded by a thread of the library, and sent. Pictures may have any size, and another one from
/// one to the next. One that is not encoded before the next comes makes place for it. Any number of
/// threads may push. Destroying or closing it leaves the track as it is, and lets it take encoded
/// frames or another input.
class VideoInput : public detail::Object<VsdkVideoInput> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit VideoInput(VsdkVideoInput *owned) noexcept : Object(owned) {}

    /// Sends a picture, which is copied. Does not block. Throws Error (invalid_argument for sizes,
    /// strides, turns and times that cannot be, and planes that are too short).
    Pushed push(const VideoPicture &picture) {
        return static_cast<Pushed>(
            detail::call(vsdk_video_input_push, native_handle(), &picture.c_value()));
    }
};

/// A look at one plane of a picture, row after row; it lives as long as the picture.
struct PlaneView {
    /// All of its bytes.
    BytesView bytes;

    /// How far the beginnings of two rows are apart, in bytes.
    std::size_t stride;
};

/// A decoded picture of somebody else. Immutable: from any thread, several at once. Destroy it soon:
/// its memory is used again for the next ones.
class ReceivedPicture : public detail::Object<VsdkReceivedPicture> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit ReceivedPicture(VsdkReceivedPicture *owned) noexcept : Object(owned) {}

    /// Who sent it.
    std::string participant_id() const {
        return detail::text(vsdk_received_picture_participant_id(native_handle()));
    }

    /// Which track it belongs to.
    std::string track_id() const {
        return detail::text(vsdk_received_picture_track_id(native_handle()));
    }

    /// How its pixels lie in memory: as its output was asked for. Never throws.
    PictureFormat format() const noexcept {
        return static_cast<PictureFormat>(vsdk_received_picture_format(native_handle()));
    }

    /// In pixels. Never throws.
    std::int32_t width() const noexcept { return vsdk_received_picture_width(native_handle()); }

    /// In pixels. Never throws.
    std::int32_t height() const noexcept { return vsdk_received_picture_height(native_handle()); }

    /// When it was filmed, from an arbitrary moment of its track. Never throws.
    std::chrono::microseconds timestamp() const noexcept {
        return std::chrono::microseconds(vsdk_received_picture_timestamp_us(native_handle()));
    }

    /// Whether the picture that was read before it from the same output had another size, or there
    /// was none. Never throws.
    bool is_resized() const noexcept {
        return vsdk_received_picture_is_resized(native_handle()) != 0;
    }

    /// One of its planes, counted from 0. Throws Error (invalid_argument when its format has no such
    /// plane).
    PlaneView plane(std::int32_t index) const {
        const std::uint8_t *bytes = nullptr;
        std::size_t length = 0;
        std::size_t stride = 0;
        detail::call(vsdk_received_picture_plane, native_handle(), index, &bytes, &length, &stride);
        return {BytesView(bytes, length), stride};
    }

    /// The bytes of an image file with it. `quality` is that of a JPEG, from 1 (small) to 100 (good),
    /// or 0 for a good one; of a PNG 0. Takes about 20 milliseconds for each million pixels, on the
    /// calling thread. Throws Error (invalid_argument, resource_exhausted).
    std::vector<std::uint8_t> encode_image(ImageFormat format, std::int32_t quality = 0) const {
        return detail::make<detail::Content>(vsdk_received_picture_encode_image, native_handle(),
                                             static_cast<VsdkImageFormat>(format), quality)
            .as<std::vector<std::uint8_t>>();
    }
};

/// What VideoOutput::next_picture() found.
using NextPicture = Next<ReceivedPicture>;

/// The pictures of a track of somebody else; see RemoteTrack::video_output().
///
/// They are decoded by a thread of the library. Of those that are not read in time only the latest
/// is kept. Destroying or closing it lets the frames of its track be read again.
class VideoOutput : public detail::Object<VsdkVideoOutput> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit VideoOutput(VsdkVideoOutput *owned) noexcept : Object(owned) {}

    /// The latest picture, if it was not read yet; else the next one. Blocks for at most `timeout`,
    /// until there is one or none will come; `0ms` only looks. Throws Error (would_deadlock).
    NextPicture next_picture(Timeout timeout = default_timeout) {
        VsdkReceivedPicture *picture = nullptr;
        const VsdkStatus status = detail::call(vsdk_video_output_next_picture, native_handle(),
                                               timeout.c_value(), &picture);
        if (picture != nullptr)
            return NextPicture(ReceivedPicture(picture));
        return NextPicture(status == VSDK_STATUS_CLOSED);
    }

    /// Captures what it shows, as the bytes of an image file: the latest picture, whether it was read
    /// or not, or the first one when there was none yet. Nothing is taken from those who read pictures.
    /// `quality` is that of a JPEG, from 1 (small) to 100 (good), or 0 for a good one; of a PNG 0.
    ///
    /// Encoding takes place on a thread for that; up to 16 captures may be under way. Blocks at most
    /// `timeout`. Throws Error (invalid_argument, invalid_state when the track is no longer sent or
    /// this is destroyed meanwhile, timeout when there was no picture, resource_exhausted,
    /// would_deadlock inside a callback, shutdown).
    std::vector<std::uint8_t> capture_image(ImageFormat format, std::int32_t quality = 0,
                                            Timeout timeout = default_timeout) {
        return detail::make<detail::Content>(vsdk_video_output_capture_image, native_handle(),
                                             static_cast<VsdkImageFormat>(format), quality,
                                             timeout.c_value())
            .as<std::vector<std::uint8_t>>();
    }

    /// Starts capture_image() and does not wait.
    Op<std::vector<std::uint8_t>> capture_image_async(ImageFormat format, std::int32_t quality = 0,
                                                      Timeout timeout = default_timeout,
                                                      Then<std::vector<std::uint8_t>> then = {}) {
        return detail::start<std::vector<std::uint8_t>>(
            std::move(then), vsdk_video_output_capture_image_async, native_handle(),
            static_cast<VsdkImageFormat>(format), quality, timeout.c_value());
    }

    /// Sets what is called whenever there is a picture after there was none, and at the end of the
    /// track; an empty one is nothing.
    ///
    /// Made for event loops: let it signal the loop, and read there with a timeout of 0 until there
    /// is nothing. Runs on the media thread. Throws Error (resource_exhausted).
    void set_wake_handler(WakeHandler handler) {
        detail::set_handler(detail::on_wake, std::move(handler), vsdk_video_output_set_wake_handler,
                            native_handle());
    }

    /// How its pictures lie in memory. Never throws.
    PictureFormat format() const noexcept {
        return static_cast<PictureFormat>(vsdk_video_output_format(native_handle()));
    }
};

} // namespace vsdk

#endif // VSDK_VIDEO_HPP

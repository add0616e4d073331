// Encoded frames from files: Opus from Ogg, VP8 from IVF, H.264 from a file of start codes. What a
// file is, its first bytes tell. What cannot be read throws std::runtime_error.
#ifndef MEDIA_READER_HPP
#define MEDIA_READER_HPP

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <vsdk.hpp>

struct MediaFrame {
    std::string data;
    std::chrono::microseconds timestamp{0};
    bool is_key_frame = true;
};

class MediaReader {
public:
    MediaReader(std::string path, std::int64_t pictures_per_second)
        : path_(std::move(path)), pictures_per_second_(pictures_per_second) {
        std::ifstream file(path_, std::ios::binary);
        if (!file)
            fail(std::strerror(errno));
        bytes_.assign(std::istreambuf_iterator<char>(file), {});
        if (starts(0, "OggS"))
            open_ogg();
        else if (starts(0, "DKIF"))
            open_ivf();
        else if (bytes_.size() < 5 || (!starts(0, start_code) && !starts(1, start_code)))
            fail("it is neither Ogg, nor IVF, nor H.264 with start codes");
    }

    const std::string &path() const { return path_; }

    vsdk::Codec codec() const { return codec_; }

    // In pixels; 0 when the file does not tell it here.
    std::int32_t width() const { return width_; }
    std::int32_t height() const { return height_; }

    // The next frame; none at the end.
    std::optional<MediaFrame> next() {
        std::optional<MediaFrame> frame;
        if (codec_ == vsdk::Codec::opus)
            frame = next_opus();
        else if (codec_ == vsdk::Codec::vp8)
            frame = next_vp8();
        else
            frame = next_h264();
        frames_ += frame.has_value();
        return frame;
    }

private:
    static constexpr std::string_view start_code{"\0\0\1", 3};

    [[noreturn]] void fail(const std::string &problem) const {
        throw std::runtime_error("cannot send " + path_ + ": " + problem);
    }

    [[noreturn]] void fail_behind() const {
        fail("it is broken behind frame " + std::to_string(frames_));
    }

    bool starts(std::size_t at, std::string_view with) const {
        return at <= bytes_.size() && bytes_.compare(at, with.size(), with) == 0;
    }

    unsigned char byte(std::size_t at) const { return static_cast<unsigned char>(bytes_[at]); }

    std::uint64_t little_endian(std::size_t at, std::size_t size) const {
        std::uint64_t value = 0;
        while (size-- > 0)
            value = value << 8 | byte(at + size);
        return value;
    }

    std::size_t left() const { return bytes_.size() - position_; }

    void open_ogg() {
        codec_ = vsdk::Codec::opus;
        const std::optional<std::string> head = next_packet();
        if (!head || head->compare(0, 8, "OpusHead") != 0)
            fail("it is an Ogg file, but its first stream is not Opus");
        const std::optional<std::string> tags = next_packet();
        if (!tags || tags->compare(0, 8, "OpusTags") != 0)
            fail("its Ogg headers are broken");
    }

    void open_ivf() {
        codec_ = vsdk::Codec::vp8;
        if (bytes_.size() < 32 || little_endian(6, 2) < 32 || little_endian(6, 2) > bytes_.size())
            fail("its IVF header is broken");
        if (!starts(8, "VP80"))
            fail("it is an IVF file, but not of VP8");
        width_ = static_cast<std::int32_t>(little_endian(12, 2));
        height_ = static_cast<std::int32_t>(little_endian(14, 2));
        // A unit of time is numerator / denominator seconds.
        const std::uint64_t denominator = little_endian(16, 4);
        const std::uint64_t numerator = little_endian(20, 4);
        if (denominator == 0 || numerator == 0)
            fail("its IVF header has no unit of time");
        unit_us_ = 1e6 * static_cast<double>(numerator) / static_cast<double>(denominator);
        position_ = static_cast<std::size_t>(little_endian(6, 2));
    }

    // Goes to the next page of Ogg; false at the end.
    bool next_page() {
        if (left() == 0)
            return false;
        if (left() < 27 || !starts(position_, "OggS"))
            fail_behind();
        const std::size_t count = byte(position_ + 26);
        std::size_t size = 27 + count;
        if (left() < size)
            fail_behind();
        segments_ = std::string_view(bytes_).substr(position_ + 27, count);
        for (const char length : segments_)
            size += static_cast<unsigned char>(length);
        if (left() < size)
            fail_behind();
        position_ += 27 + count;
        return true;
    }

    // Puts the next packet together, which may go over several pages.
    std::optional<std::string> next_packet() {
        std::string packet;
        for (;;) {
            while (segments_.empty()) {
                if (next_page())
                    continue;
                if (!packet.empty())
                    fail_behind();
                return std::nullopt;
            }
            const std::size_t length = static_cast<unsigned char>(segments_.front());
            segments_.remove_prefix(1);
            packet.append(bytes_, position_, length);
            position_ += length;
            if (length < 255)
                return packet;
        }
    }

    // How long a packet of Opus lasts, in samples at 48 kHz: RFC 6716, 3.1.
    static std::int64_t duration(const std::string &packet) {
        static const int silk[] = {480, 960, 1920, 2880};
        const int first = static_cast<unsigned char>(packet[0]);
        const int configuration = first >> 3;
        const std::int64_t one = configuration < 12   ? silk[configuration % 4]
                                 : configuration < 16 ? 480 << (configuration % 2)
                                                      : 120 << (configuration % 4);
        switch (first & 3) {
        case 0: return one;
        case 3: return packet.size() < 2 ? 0 : one * (packet[1] & 63);
        default: return 2 * one;
        }
    }

    std::optional<MediaFrame> next_opus() {
        std::optional<std::string> packet = next_packet();
        while (packet && packet->empty())
            packet = next_packet();
        if (!packet)
            return std::nullopt;
        const std::chrono::microseconds timestamp(samples_ * 1000 / 48);
        samples_ += duration(*packet);
        return MediaFrame{std::move(*packet), timestamp, true};
    }

    std::optional<MediaFrame> next_vp8() {
        if (left() == 0)
            return std::nullopt;
        if (left() < 12)
            fail_behind();
        const std::size_t size = static_cast<std::size_t>(little_endian(position_, 4));
        const double time = static_cast<double>(little_endian(position_ + 4, 8));
        if (size == 0 || size > left() - 12)
            fail_behind();
        if (frames_ == 0)
            first_time_ = time;
        if (time < first_time_)
            fail_behind();
        MediaFrame frame;
        frame.data = bytes_.substr(position_ + 12, size);
        frame.timestamp = std::chrono::microseconds(
            static_cast<std::int64_t>((time - first_time_) * unit_us_));
        frame.is_key_frame = (frame.data[0] & 1) == 0;
        position_ += 12 + size;
        return frame;
    }

    // Where the next start code begins, from there on; the end when there is none.
    std::size_t next_start_code(std::size_t from) const {
        const std::size_t at = bytes_.find(start_code, from);
        if (at == std::string::npos || at + start_code.size() >= bytes_.size())
            return bytes_.size();
        return at > from && bytes_[at - 1] == 0 ? at - 1 : at;
    }

    // The next access unit: up to a unit that can only begin another one (H.264, 7.4.1.2.3).
    std::optional<MediaFrame> next_h264() {
        if (left() == 0)
            return std::nullopt;
        MediaFrame frame;
        frame.is_key_frame = false;
        bool has_picture = false;
        std::size_t at = position_;
        while (at < bytes_.size()) {
            const std::size_t unit = at + (bytes_[at + 2] == 1 ? 3 : 4);
            const int type = unit < bytes_.size() ? byte(unit) & 31 : 0;
            const bool is_slice = type >= 1 && type <= 5;
            // Of a slice, the first bit says whether it is the first of its picture.
            const bool is_first = unit + 1 < bytes_.size() && (byte(unit + 1) & 0x80) != 0;
            if (has_picture && ((type >= 6 && type <= 9) || (is_slice && is_first)))
                break;
            has_picture |= is_slice;
            frame.is_key_frame |= type == 5;
            at = next_start_code(unit);
        }
        frame.data = bytes_.substr(position_, at - position_);
        frame.timestamp = std::chrono::microseconds(frames_ * 1000000 / pictures_per_second_);
        position_ = at;
        return frame;
    }

    std::string path_;
    std::int64_t pictures_per_second_; // of H.264, which has no times
    std::string bytes_;                // the whole file
    std::size_t position_ = 0;
    vsdk::Codec codec_ = vsdk::Codec::h264;
    std::int32_t width_ = 0;
    std::int32_t height_ = 0;
    std::int64_t frames_ = 0;
    std::string_view segments_; // of Ogg: the lengths of the page's segments that are left
    std::int64_t samples_ = 0;  // of Ogg: the time so far
    double unit_us_ = 0;        // of IVF
    double first_time_ = 0;     // of IVF
};

#endif // MEDIA_READER_HPP

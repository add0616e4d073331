// Files for encoded frames: Ogg for Opus (RFC 3533 and 7845), IVF for VP8, and start codes alone
// (Annex B) for H.264. What cannot be written throws std::runtime_error.
#ifndef MEDIA_WRITER_HPP
#define MEDIA_WRITER_HPP

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>

#include <vsdk.hpp>

class MediaWriter {
public:
    // How file names of that codec end; null when there is no kind of file for it here.
    static const char *extension(vsdk::Codec codec) {
        switch (codec) {
        case vsdk::Codec::opus: return "ogg";
        case vsdk::Codec::vp8: return "ivf";
        case vsdk::Codec::h264: return "h264";
        default: return nullptr;
        }
    }

    MediaWriter(std::string path, vsdk::Codec codec)
        : path_(std::move(path)), codec_(codec), file_(path_, std::ios::binary) {
        check();
    }

    const std::string &path() const { return path_; }

    unsigned frames() const { return frames_; }

    void write(vsdk::BytesView data, std::chrono::microseconds timestamp) {
        if (data.empty())
            return;
        if (frames_ == 0)
            first_ = timestamp;
        const std::int64_t time = (timestamp - first_).count();
        const std::string bytes(data.begin(), data.end());
        if (codec_ == vsdk::Codec::opus)
            write_opus(bytes, time);
        else if (codec_ == vsdk::Codec::vp8)
            write_vp8(bytes, time);
        else
            file_ << bytes;
        ++frames_;
        check();
    }

    // Ends the file; nothing can be written any more.
    void finish() {
        if (frames_ > 0 && codec_ == vsdk::Codec::opus)
            write_page(ogg_last, nullptr);
        if (frames_ > 0 && codec_ == vsdk::Codec::vp8) {
            file_.seekp(24);
            file_ << little_endian(frames_, 4);
        }
        file_.close();
        check();
    }

private:
    static constexpr char ogg_first = 2;
    static constexpr char ogg_last = 4;

    void check() const {
        if (!file_)
            throw std::runtime_error("cannot write " + path_ + ": " + std::strerror(errno));
    }

    static std::string little_endian(std::uint64_t value, int size) {
        std::string bytes;
        for (int index = 0; index < size; ++index)
            bytes += static_cast<char>(value >> (8 * index));
        return bytes;
    }

    static std::uint32_t checksum(const std::string &page) {
        std::uint32_t sum = 0;
        for (const char byte : page) {
            sum ^= static_cast<std::uint32_t>(static_cast<unsigned char>(byte)) << 24;
            for (int bit = 0; bit < 8; ++bit)
                sum = (sum << 1) ^ ((sum & 0x80000000u) != 0 ? 0x04c11db7u : 0);
        }
        return sum;
    }

    // Writes a page of Ogg with one packet, or with none when it is null.
    void write_page(char flags, const std::string *packet) {
        std::string lacing;
        if (packet != nullptr) {
            lacing.assign(packet->size() / 255, '\xff');
            lacing += static_cast<char>(packet->size() % 255);
        }
        if (lacing.size() > 255)
            throw std::runtime_error("cannot write " + path_ + ": a packet is too large for Ogg");
        // The only stream of the file has the number 1; the checksum is filled in below.
        std::string page = std::string("OggS\0", 5) + flags +
                           little_endian(static_cast<std::uint64_t>(position_), 8) +
                           little_endian(1, 4) + little_endian(pages_++, 4) + little_endian(0, 4) +
                           static_cast<char>(lacing.size()) + lacing;
        if (packet != nullptr)
            page += *packet;
        file_ << page.replace(22, 4, little_endian(checksum(page), 4));
    }

    void write_opus(const std::string &packet, std::int64_t time) {
        if (frames_ == 0) {
            // Version 1, 2 channels, 312 samples to skip, 48 kHz, no gain, no mapping.
            const std::string head("OpusHead\1\2\x38\1\x80\xbb\0\0\0\0\0", 19);
            const std::string tags("OpusTags\4\0\0\0vsdk\0\0\0\0", 20);
            write_page(ogg_first, &head);
            write_page(0, &tags);
        }
        // What was lost on the way leaves a gap in the positions.
        position_ = time * 48 / 1000 + duration(packet);
        write_page(0, &packet);
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

    void write_vp8(const std::string &picture, std::int64_t time) {
        if (frames_ == 0) {
            // A key frame tells the size of the picture: RFC 6386, 9.1.
            std::string size = picture.size() >= 10 ? picture.substr(6, 4) : std::string(4, '\0');
            size[1] &= 0x3f;
            size[3] &= 0x3f;
            // Times are in microseconds; the number of pictures is filled in at the end.
            file_ << "DKIF" << little_endian(0, 2) << little_endian(32, 2) << "VP80" << size
                  << little_endian(1000000, 4) << little_endian(1, 4) << little_endian(0, 8);
        }
        file_ << little_endian(picture.size(), 4)
              << little_endian(static_cast<std::uint64_t>(time), 8) << picture;
    }

    std::string path_;
    vsdk::Codec codec_;
    std::ofstream file_;
    std::chrono::microseconds first_{0};
    unsigned frames_ = 0;
    std::uint32_t pages_ = 0;     // of Ogg
    std::int64_t position_ = 0;   // of Ogg: the end of the last packet, in samples at 48 kHz
};

#endif // MEDIA_WRITER_HPP

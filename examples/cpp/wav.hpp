// Sound in WAV files: samples of 16 bits, as most recorders write and all players read them. Used by
// talk. A WAV file is little-endian, like every machine that this is for.
#ifndef WAV_HPP
#define WAV_HPP

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <vsdk.hpp>

// Reads a file as it goes along. The constructor throws std::runtime_error with what is wrong with it.
class WavReader {
public:
    explicit WavReader(const std::string &path) : file_(path, std::ios::binary) {
        if (!file_)
            throw std::runtime_error("it cannot be opened");
        std::array<char, 12> head{};
        if (!read(head) || std::memcmp(head.data(), "RIFF", 4) != 0 || std::memcmp(&head[8], "WAVE", 4) != 0)
            throw std::runtime_error("it is no WAV file");
        std::uint16_t coding = 0, bits = 0;
        for (std::array<char, 8> chunk{}; read(chunk);) {
            std::uint32_t length = number<std::uint32_t>(&chunk[4]);
            if (std::memcmp(chunk.data(), "data", 4) == 0) {
                if (coding != 1 || bits != 16 || format_.channels < 1 || format_.channels > 2)
                    throw std::runtime_error("it is not PCM of 16 bits with one channel or two");
                samples_ = length / 2;
                return;
            }
            std::array<char, 16> told{};
            if (std::memcmp(chunk.data(), "fmt ", 4) == 0 && length >= told.size()) {
                if (!read(told))
                    break;
                coding = number<std::uint16_t>(&told[0]);
                format_ = {number<std::int32_t>(&told[4]), number<std::uint16_t>(&told[2])};
                bits = number<std::uint16_t>(&told[14]);
                length -= static_cast<std::uint32_t>(told.size());
            }
            // Chunks have an even length.
            file_.seekg(static_cast<std::streamoff>(length) + (length & 1), std::ios::cur);
        }
        throw std::runtime_error("there is no sound in it");
    }

    vsdk::AudioFormat format() const { return format_; }

    // So many samples of all channels together; fewer at the end.
    std::vector<std::int16_t> next(std::size_t count) {
        std::vector<std::int16_t> samples(std::min<std::size_t>(count, samples_));
        file_.read(reinterpret_cast<char *>(samples.data()),
                   static_cast<std::streamsize>(samples.size() * sizeof samples[0]));
        samples.resize(static_cast<std::size_t>(file_.gcount()) / sizeof samples[0]);
        samples_ -= static_cast<std::uint32_t>(samples.size());
        return samples;
    }

private:
    template <std::size_t size>
    bool read(std::array<char, size> &bytes) {
        return static_cast<bool>(file_.read(bytes.data(), size));
    }

    template <class Number>
    static Number number(const char *bytes) {
        Number number;
        std::memcpy(&number, bytes, sizeof number);
        return number;
    }

    std::ifstream file_;
    vsdk::AudioFormat format_ = {0, 0};
    std::uint32_t samples_ = 0; // That are left to read.
};

// Writes a file. What cannot be written throws std::runtime_error.
class WavWriter {
public:
    WavWriter(const std::string &path, vsdk::AudioFormat format)
        : path_(path), file_(path, std::ios::binary | std::ios::trunc), format_(format) {
        write_header();
    }

    void write(const std::vector<std::int16_t> &samples) {
        file_.write(reinterpret_cast<const char *>(samples.data()),
                    static_cast<std::streamsize>(samples.size() * sizeof samples[0]));
        samples_ += static_cast<std::uint32_t>(samples.size());
        check();
    }

    // Ends the file: its header says how long it is.
    void finish() {
        file_.seekp(0);
        write_header();
        file_.close();
        check();
    }

private:
    void write_header() {
        const std::uint32_t bytes = samples_ * 2, rate = static_cast<std::uint32_t>(format_.sample_rate);
        const std::uint16_t channels = static_cast<std::uint16_t>(format_.channels);
        put("RIFF"), put(bytes + 36), put("WAVEfmt "), put(std::uint32_t{16});
        put(std::uint16_t{1}), put(channels), put(rate), put(rate * channels * 2);
        put(static_cast<std::uint16_t>(channels * 2)), put(std::uint16_t{16}), put("data"), put(bytes);
        check();
    }

    void put(const char *text) { file_ << text; }

    template <class Number>
    void put(Number number) {
        file_.write(reinterpret_cast<const char *>(&number), sizeof number);
    }

    void check() const {
        if (!file_)
            throw std::runtime_error("cannot write " + path_ + ": " + std::strerror(errno));
    }

    std::string path_;
    std::ofstream file_;
    vsdk::AudioFormat format_;
    std::uint32_t samples_ = 0;
};

#endif

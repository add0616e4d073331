// Sound devices with SDL: what is said, and what everybody says. Nothing here takes the loudspeaker
// out of what the microphone hears: use headphones.
#ifndef MEET_SOUND_HPP
#define MEET_SOUND_HPP

#include <SDL.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <iostream>
#include <optional>
#include <thread>

#include <vsdk.hpp>

constexpr vsdk::AudioFormat spoken_format = {48000, 1};
constexpr vsdk::AudioFormat played_format = {48000, 2};

// A device of SDL that calls back with floating point samples, until it is destroyed.
class SoundDevice {
public:
    SoundDevice(bool is_capture, vsdk::AudioFormat format, SDL_AudioCallback callback, void *user_data) {
        SDL_AudioSpec wanted = {};
        wanted.freq = format.sample_rate;
        wanted.format = AUDIO_F32SYS;
        wanted.channels = static_cast<Uint8>(format.channels);
        wanted.samples = 512;
        wanted.callback = callback;
        wanted.userdata = user_data;
        if (SDL_WasInit(SDL_INIT_AUDIO) != 0)
            id_ = SDL_OpenAudioDevice(nullptr, is_capture ? 1 : 0, &wanted, nullptr, 0);
        if (id_ != 0)
            SDL_PauseAudioDevice(id_, 0);
    }
    SoundDevice(const SoundDevice &) = delete;
    SoundDevice &operator=(const SoundDevice &) = delete;
    ~SoundDevice() {
        if (id_ != 0)
            SDL_CloseAudioDevice(id_); // From then on it does not call.
    }

    bool is_open() const { return id_ != 0; }

private:
    SDL_AudioDeviceID id_ = 0;
};

// Plays what everybody else says, where there is a device for it.
class Loudspeaker {
public:
    explicit Loudspeaker(vsdk::Meeting &meeting)
        : mixer_(meeting.audio_mixer(played_format)), device_(false, played_format, fill, this) {
        if (!device_.is_open())
            std::cout << "* nothing is played: there is no loudspeaker\n";
    }

private:
    // On the thread of the device; the library is made for that.
    static void fill(void *self, Uint8 *bytes, int length) {
        float *samples = reinterpret_cast<float *>(bytes);
        const std::size_t count = static_cast<std::size_t>(length) / sizeof *samples;
        try {
            static_cast<Loudspeaker *>(self)->mixer_.pull(vsdk::SampleSpan<float>(samples, count));
        } catch (const vsdk::Error &) {
            std::fill_n(samples, count, 0.0F);
        }
    }

    vsdk::AudioOutput mixer_;
    SoundDevice device_; // Behind what it plays: it ends first.
};

// Says what the microphone hears. Without a device silence, or a tone, is said.
class Microphone {
public:
    Microphone(vsdk::LocalTrack &track, bool is_tone)
        : input_(track.audio_input(spoken_format)) {
        if (!is_tone)
            device_.emplace(true, spoken_format, take, this);
        if (device_ && device_->is_open())
            return;
        if (!is_tone)
            std::cout << "* silence is said: there is no microphone\n";
        generator_ = std::thread([this, is_tone] { generate(is_tone ? 0.25F : 0); });
    }
    ~Microphone() {
        is_over_ = true;
        if (generator_.joinable())
            generator_.join();
    }

    // In decibels below full scale.
    int level() const { return input_.level(); }

private:
    static void take(void *self, Uint8 *bytes, int length) {
        const float *samples = reinterpret_cast<const float *>(bytes);
        static_cast<Microphone *>(self)->push({samples, static_cast<std::size_t>(length) / sizeof *samples});
    }

    // What is not taken, for nobody is there to take it, is nobody's loss.
    void push(vsdk::SampleSpan<const float> samples) {
        try {
            input_.push(samples);
        } catch (const vsdk::Error &) {
            is_over_ = true;
        }
    }

    // Ten milliseconds at a time, of a tone that swells and fades twice a second.
    void generate(float loudness) {
        std::array<float, spoken_format.sample_rate / 100> chunk{};
        auto due = std::chrono::steady_clock::now();
        for (double second = 0; !is_over_;) {
            for (float &sample : chunk) {
                const double swell = 0.55 - 0.45 * std::cos(second * 4 * pi);
                sample = loudness * static_cast<float>(swell * std::sin(second * 440 * 2 * pi));
                second += 1.0 / spoken_format.sample_rate;
            }
            push(chunk);
            due += std::chrono::milliseconds(10);
            std::this_thread::sleep_until(due);
        }
    }

    static constexpr double pi = 3.14159265358979;

    vsdk::AudioInput input_;
    std::atomic<bool> is_over_{false};
    std::thread generator_;
    std::optional<SoundDevice> device_;
};

#endif

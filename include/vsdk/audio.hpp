/// @file
/// Raw sound: what the program records, and what it plays.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_AUDIO_HPP
#define VSDK_AUDIO_HPP

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include "detail.hpp"
#include "pushed.hpp"

namespace vsdk {

/// How raw sound is laid out. A frame is one sample of each channel, the left one first.
struct AudioFormat {
    /// In hertz: 8,000 to 192,000. 48,000 needs no conversion.
    std::int32_t sample_rate = 48000;

    /// 1 or 2.
    std::int32_t channels = 1;
};

/// Samples as an argument: pass a std::vector<std::int16_t>, a std::array<float, 480>, a std::span,
/// or whatever else has data() and size() and elements of the right type, or a pointer and a number
/// of samples (those of all channels together).
///
/// Nothing is copied; it is made for the duration of a call, do not keep one.
template <class Sample>
class SampleSpan {
public:
    /// So many samples from there; the pointer may be null when there are none. Never throws.
    SampleSpan(Sample *data, std::size_t size) noexcept : data_(data), size_(size) {}

    /// What is in a container. Never throws.
    template <class Container, class Pointer = decltype(std::declval<Container &>().data()),
              std::enable_if_t<std::is_convertible_v<Pointer, Sample *>, int> = 0>
    SampleSpan(Container &&container) noexcept
        : SampleSpan(container.data(), static_cast<std::size_t>(container.size())) {}

    /// The first sample; possibly null when there are none. Never throws.
    Sample *data() const noexcept { return data_; }

    /// How many. Never throws.
    std::size_t size() const noexcept { return size_; }

private:
    Sample *data_;
    std::size_t size_;
};

/// Raw sound for a track that this participant sends; see LocalTrack::audio_input().
///
/// What is pushed is converted, encoded as the track's audio profile says, and sent. Pushing may be
/// done on a real-time thread, such as that of a sound device: it neither waits nor asks for memory
/// (unless it throws). Destroying or closing it leaves the track as it is, and lets it take encoded
/// frames or another input.
class AudioInput : public detail::Object<VsdkAudioInput> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit AudioInput(VsdkAudioInput *owned) noexcept : Object(owned) {}

    /// Sends samples of 16 bits, any number of frames up to a second. `capture_time` is when the
    /// first of them was recorded, from 0 on, on the clock of this participant's other tracks;
    /// without one they count as just recorded.
    ///
    /// Pushed::full says that encoding does not keep up, or that another thread is pushing right
    /// now. Throws Error (invalid_argument for half a frame, more than a second, and a time before
    /// 0).
    Pushed push(SampleSpan<const std::int16_t> samples,
                std::optional<std::chrono::microseconds> capture_time = std::nullopt) {
        return static_cast<Pushed>(detail::call(vsdk_audio_input_push_s16, native_handle(),
                                                samples.data(), samples.size(),
                                                time(capture_time)));
    }

    /// Sends samples of -1 to 1 likewise. What is beyond full scale is cut off; what is no number
    /// is silence.
    Pushed push(SampleSpan<const float> samples,
                std::optional<std::chrono::microseconds> capture_time = std::nullopt) {
        return static_cast<Pushed>(detail::call(vsdk_audio_input_push_f32, native_handle(),
                                                samples.data(), samples.size(),
                                                time(capture_time)));
    }

    /// How loud what is pushed is, sent or not, in decibels below full scale: 0 to -127. Never
    /// throws.
    std::int32_t level() const noexcept { return vsdk_audio_input_level(native_handle()); }

    /// What it takes. Never throws.
    AudioFormat format() const noexcept {
        return {vsdk_audio_input_sample_rate(native_handle()),
                vsdk_audio_input_channels(native_handle())};
    }

private:
    static std::int64_t time(std::optional<std::chrono::microseconds> capture_time) noexcept {
        return capture_time ? capture_time->count() : VSDK_CAPTURE_TIME_NOW;
    }
};

/// What a buffer was filled with; the numbers of frames add up to those of the buffer.
struct PulledAudio {
    /// As they were sent.
    std::int64_t decoded_frames = 0;

    /// Made up, because they got lost on the way or are late.
    std::int64_t concealed_frames = 0;

    /// Nothing came, or a pause of speech.
    std::int64_t silent_frames = 0;

    /// How loud the buffer is, in decibels below full scale: 0 to -127.
    std::int32_t audio_level = 0;
};

/// The sound of a track of somebody else, or of all of them together; see
/// RemoteTrack::audio_output() and Meeting::audio_mixer().
///
/// Sound is held back just long enough for most of it to come in time. A buffer is always filled:
/// what is late or lost is made up, where nothing comes there is silence. Pulling may be done on a
/// real-time thread: it neither waits for the network nor asks for memory. Of one output one thread
/// at a time pulls. Destroying or closing it lets the frames of its tracks be read again.
class AudioOutput : public detail::Object<VsdkAudioOutput> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit AudioOutput(VsdkAudioOutput *owned) noexcept : Object(owned) {}

    /// Fills all of a buffer with what is to be heard next; call it at the pace at which that is
    /// played. Throws Error (invalid_argument for half a frame and more than a second).
    PulledAudio pull(SampleSpan<std::int16_t> samples) {
        return pull(vsdk_audio_output_pull_s16, samples);
    }

    /// The same with samples of -1 to 1.
    PulledAudio pull(SampleSpan<float> samples) {
        return pull(vsdk_audio_output_pull_f32, samples);
    }

    /// What it gives. Never throws.
    AudioFormat format() const noexcept {
        return {vsdk_audio_output_sample_rate(native_handle()),
                vsdk_audio_output_channels(native_handle())};
    }

private:
    template <class Function, class Sample>
    PulledAudio pull(Function function, SampleSpan<Sample> samples) {
        VsdkPulledAudio info = VSDK_PULLED_AUDIO_INIT;
        detail::call(function, native_handle(), samples.data(), samples.size(), &info);
        return {info.decoded_frames, info.concealed_frames, info.silent_frames, info.audio_level};
    }
};

} // namespace vsdk

#endif // VSDK_AUDIO_HPP

// Two in a room, and frames that tell who made them.
#ifndef TWO_HPP
#define TWO_HPP

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "../../cpp/guest.hpp"

using namespace std::chrono_literals;
using vsdk::EventType;
using vsdk::TrackKind;

inline std::string four_bytes(std::uint32_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> shift);
    return bytes;
}

// A packet of Opus as far as anybody looks into it on the way, with a number in it.
inline std::string sound(std::uint32_t number) { return '\xfc' + four_bytes(number) + std::string(80, 'U'); }

// A picture of VP8 as far as anybody looks into it on the way, with a number in it.
inline std::string picture(std::uint32_t number, bool is_key_frame) {
    // RFC 6386, 9.1: the lowest bit is 0 for a key frame, then come a start code and 640 x 360.
    const std::string begin = is_key_frame ? std::string("\x10\0\0\x9d\x01\x2a\x80\x02\x68\x01", 10)
                                           : std::string("\x11\0\0", 3);
    return begin + four_bytes(number) + std::string(is_key_frame ? 6000 : 700, 'f');
}

inline std::uint32_t number_at(vsdk::BytesView data, std::size_t at) {
    CHECK(data.size() >= at + 4);
    std::uint32_t number = 0;
    for (std::size_t index = at; index < at + 4; ++index)
        number = number << 8 | data[index];
    return number;
}

inline bool is(vsdk::BytesView data, const std::string &expected) {
    return std::string(data.begin(), data.end()) == expected;
}

// Numbers that come one after the other; to be used from any thread.
class Numbers {
public:
    void add(std::uint32_t number) {
        const std::lock_guard<std::mutex> lock(mutex_);
        CHECK(numbers_.empty() || number == numbers_.back() + 1);
        numbers_.push_back(number);
    }
    std::size_t count() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return numbers_.size();
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::uint32_t> numbers_;
};

// Two in a new room.
struct Two {
    Two() : Two([](vsdk::MeetingOptions &) {}) {
        ann.meeting.join();
        bob.meeting.join();
    }
    // Not joined yet, Bob with other options.
    template <class Change>
    explicit Two(Change change)
        : room(vsdk::create_room().id()), ann(room, "ann"), bob(options_of_bob(room, change)) {}
    // Ann sends a track of that kind from now on.
    vsdk::LocalTrack publish(TrackKind kind) {
        vsdk::LocalTrack track = ann.meeting.add_track(vsdk::TrackOptions(kind));
        const vsdk::Event event = ann.next(EventType::track_published);
        CHECK_EQ(event.track_id().value(), track.id());
        while (!track.is_sending())
            std::this_thread::sleep_for(1ms);
        return track;
    }
    // The track that Bob can receive.
    vsdk::RemoteTrack added(TrackKind kind) {
        const vsdk::Event event = bob.next(EventType::track_added, "ann");
        CHECK_EQ(event.code(), static_cast<std::int32_t>(kind));
        vsdk::RemoteTrack track = bob.meeting.remote_track(event.track_id());
        CHECK_EQ(track.id(), event.track_id().value());
        CHECK_EQ(track.participant_id(), "ann");
        CHECK(track.kind() == kind);
        return track;
    }

    std::string room;
    Guest ann;
    Guest bob;

private:
    template <class Change>
    static vsdk::MeetingOptions options_of_bob(const std::string &room, Change change) {
        vsdk::MeetingOptions options;
        options.set_meeting_id(room).set_participant_id("bob").set_name("bob");
        change(options);
        return options;
    }
};

// Sends frames at their pace until something has happened.
inline void send_until(vsdk::LocalTrack &track, std::uint32_t &number, const std::function<bool()> &happened) {
    const auto end = std::chrono::steady_clock::now() + LONG;
    const bool is_sound = track.kind() == TrackKind::audio;
    const std::chrono::microseconds pace = is_sound ? 20ms : 33ms;
    for (; !happened(); ++number) {
        CHECK(std::chrono::steady_clock::now() < end);
        const bool is_key_frame = is_sound || track.encoder_target().wants_key_frame;
        const std::string data = is_sound ? sound(number) : picture(number, is_key_frame);
        vsdk::EncodedFrame frame(data, number * pace, is_key_frame);
        if (is_sound)
            frame.set_audio_level(-30);
        track.push(frame);
        std::this_thread::sleep_for(pace);
    }
}

#endif // TWO_HPP

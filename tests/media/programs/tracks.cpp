// Sound, pictures and data in C++, from one participant to another through a media server, judged
// by what is in the frames.
//
//   tracks BASE_URL
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "../../cpp/held.hpp"
#include "two.hpp"

using vsdk::EventType;
using vsdk::TrackKind;

namespace {

// The first stream of a track, once packets have flowed.
std::optional<vsdk::StreamStatistics> flowing(const vsdk::Meeting &meeting, const std::string &id) {
    for (const vsdk::TrackStatistics &track : meeting.media_statistics().tracks()) {
        if (track.track_id != id)
            continue;
        CHECK_EQ(track.participant_id, "ann");
        CHECK(track.kind == TrackKind::audio && track.codec == vsdk::Codec::opus);
        CHECK_EQ(track.streams.size(), 1u);
        CHECK_EQ(track.frame_gaps.has_value(), !track.is_local);
        if (track.streams[0].packets > 0)
            return track.streams[0];
    }
    return std::nullopt;
}

void figures(Two &two, vsdk::LocalTrack &microphone, const vsdk::RemoteTrack &heard,
             std::uint32_t &number) {
    std::optional<vsdk::StreamStatistics> sent, received;
    send_until(microphone, number, [&] {
        sent = flowing(two.ann.meeting, microphone.id());
        received = flowing(two.bob.meeting, heard.id());
        // Reports come a little later.
        return sent && received && sent->round_trip && sent->packets_lost && received->jitter;
    });
    CHECK(sent->ssrc && sent->bytes > 80 * sent->packets);
    CHECK(sent->round_trip->count() < 1000 && received->jitter->count() < 1000);
    CHECK(received->ssrc && !received->packets_lost);
    const vsdk::MediaStatistics statistics = two.ann.meeting.media_statistics();
    const auto way = statistics.transport(vsdk::TransportDirection::send);
    CHECK(way && way->is_connected && way->protocol == vsdk::TransportProtocol::udp);
    CHECK(way->packets_sent >= sent->packets && way->bytes_received > 0);
    CHECK(two.bob.meeting.media_statistics().transport(vsdk::TransportDirection::receive));
}

void sound_by_pull() {
    Two two;
    vsdk::LocalTrack microphone = two.publish(TrackKind::audio);
    vsdk::RemoteTrack heard = two.added(TrackKind::audio);
    CHECK(heard.codec() == vsdk::Codec::opus);
    Numbers numbers;
    std::chrono::microseconds before{0};
    std::uint32_t sent = 0;
    send_until(microphone, sent, [&] {
        while (vsdk::NextFrame frame = heard.next_frame(0ms)) {
            const std::uint32_t number = number_at(frame->data(), 1);
            CHECK(is(frame->data(), sound(number)));
            CHECK_EQ(frame->participant_id(), "ann");
            CHECK_EQ(frame->track_id(), heard.id());
            CHECK(frame->kind() == TrackKind::audio && frame->codec() == vsdk::Codec::opus);
            CHECK(frame->is_key_frame());
            CHECK_EQ(frame->audio_level().value_or(1), -30);
            if (numbers.count() > 0) {
                CHECK(frame->timestamp() == before + 20ms);
                CHECK(!frame->follows_gap());
            }
            before = frame->timestamp();
            numbers.add(number);
        }
        return numbers.count() >= 50;
    });
    CHECK(two.bob.sees("ann").is_mic_on());
    figures(two, microphone, heard, sent);

    // What is paused rests, and goes on.
    heard.pause();
    heard.resume_async().get();
    heard.request_key_frame(); // Of no meaning for sound, and no mistake.
    microphone.close();
    CHECK_EQ(two.bob.next(EventType::track_removed).track_id().value(), heard.id());
    vsdk::NextFrame last = heard.next_frame(LONG);
    while (last)
        last = heard.next_frame(LONG);
    CHECK(last.closed());
    CHECK_THROWS(not_found, heard.pause());
    CHECK_THROWS(not_found, two.bob.meeting.remote_track(heard.id()));
}

void pictures_by_handlers() {
    Two two;
    std::atomic<int> live{0};
    Counter reported;
    Numbers numbers;
    vsdk::set_callback_exception_handler([&](std::exception_ptr) { reported.add(); });
    vsdk::LocalTrack camera = two.publish(TrackKind::video);
    vsdk::RemoteTrack seen = two.added(TrackKind::video);
    std::uint32_t sent = 0;

    seen.set_frame_handler([held = Held(live), &numbers, &seen](const vsdk::ReceivedFrame &frame) {
        CHECK(frame.is_key_frame() || numbers.count() > 0); // It begins with a key frame.
        const std::uint32_t number = number_at(frame.data(), frame.is_key_frame() ? 10 : 3);
        CHECK(is(frame.data(), picture(number, frame.is_key_frame())));
        CHECK(!frame.audio_level());
        CHECK_THROWS(would_deadlock, seen.pause()); // What blocks is refused here.
        numbers.add(number);
        throw std::runtime_error("from the handler"); // Takes nothing away: the next one comes.
    });
    CHECK_EQ(live, 1);
    CHECK_THROWS(invalid_state, seen.next_frame(0ms));
    send_until(camera, sent, [&] { return numbers.count() >= 30; });
    reported.wait_for(30);
    seen.set_preferred_layers(0, 0);
    seen.set_preferred_layers_async(0, 2).get();
    seen.set_viewport(320, 180);
    CHECK_THROWS(invalid_argument, seen.set_viewport(-1, 180));

    // One for all tracks takes its place.
    std::atomic<int> all{0};
    two.bob.meeting.set_frame_handler([held = Held(live), &all](const vsdk::ReceivedFrame &frame) {
        CHECK_EQ(frame.participant_id(), "ann");
        ++all;
    });
    CHECK_EQ(live, 1);
    const std::size_t before = numbers.count();
    send_until(camera, sent, [&] { return all >= 10; });
    CHECK_EQ(numbers.count(), before);
    two.bob.meeting.set_frame_handler(nullptr);
    CHECK_EQ(live, 0);
    // They can be read again.
    send_until(camera, sent, [&] { return seen.next_frame(0ms).has_value(); });

    // A key frame that is asked for is told to the sender.
    seen.request_key_frame();
    send_until(camera, sent, [&] {
        return two.ann.waiting(EventType::key_frame_requested) > 0;
    });
    vsdk::set_callback_exception_handler(nullptr);
}

// Sends once there is a way.
void send(Guest &from, const std::string &bytes, bool is_text, vsdk::Reliability reliability) {
    for (;;) {
        try {
            if (from.meeting.send_data(bytes, is_text, reliability) == vsdk::Sent::queued)
                return;
        } catch (const vsdk::Error &error) {
            CHECK_EQ(error.status(), vsdk::Status::invalid_state);
        }
        std::this_thread::sleep_for(5ms);
    }
}

// Sends until it has come: what is sent before the other end is there is lost.
void deliver(Guest &from, Guest &to, const std::string &id, const std::string &bytes, bool is_text,
             vsdk::Reliability reliability) {
    const auto end = std::chrono::steady_clock::now() + LONG;
    do {
        CHECK(std::chrono::steady_clock::now() < end);
        send(from, bytes, is_text, reliability);
        std::this_thread::sleep_for(20ms);
    } while (to.waiting(EventType::data) == 0);
    // All of them are the same.
    while (to.waiting(EventType::data) > 0) {
        const vsdk::Event event = to.next(EventType::data, id);
        CHECK_EQ(message(event), bytes);
        CHECK_EQ(event.text().value(), is_text ? "text" : "binary");
        CHECK_EQ(event.code(), static_cast<std::int32_t>(reliability));
        std::this_thread::sleep_for(20ms);
    }
}

void data_both_ways() {
    using vsdk::Reliability;
    // Each in a room of its own, so that nothing of one comes late into another.
    const std::string largest(15 * 1024, '\7');
    {
        Two two;
        deliver(two.ann, two.bob, "ann", "\xc3\xa9 text", true, Reliability::reliable);
        deliver(two.bob, two.ann, "bob", largest, false, Reliability::reliable);
    }
    Two two;
    deliver(two.ann, two.bob, "ann", largest, false, Reliability::unreliable);
    deliver(two.bob, two.ann, "bob", std::string("\0\xff\1", 3), false, Reliability::unreliable);
    const vsdk::Error error = CHECK_THROWS(
        invalid_argument, two.ann.meeting.send_data(largest + "x", false, Reliability::reliable));
    CHECK_EQ(error.service_code().value_or(0), 3072);
}

} // namespace

int main(int, char **values) {
    return run([&] {
        const std::string base = values[1];
        vsdk::config_with(vsdk::ConfigOptions()
                              .set_token(vsdk::fetch_token(base + "/get-token").text())
                              .set_api_base_url(base));
        sound_by_pull();
        pictures_by_handlers();
        data_both_ways();
    });
}

// Choosing what to receive, and changing frames on their way, in C++, judged by what is in the frames.
//
//   choosing BASE_URL
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "../../cpp/held.hpp"
#include "two.hpp"

using vsdk::MediaKind;

namespace {

// How much of a frame stays readable: the service looks there for key frames.
std::size_t clear_part(const vsdk::FrameInfo &info) {
    if (info.codec == vsdk::Codec::opus)
        return 1;
    return info.is_key_frame ? 10 : 3;
}

void hide(const vsdk::FrameInfo &info, const vsdk::BytesView &data, vsdk::FrameOutput &output) {
    CHECK_EQ(std::string(info.participant_id), "ann");
    CHECK(!info.track_id.empty() && info.layer == 0 && info.timestamp >= 0us);
    CHECK(output.size() == 0 && output.capacity() >= data.size() + VSDK_FRAME_GROWTH_BYTES);
    const std::size_t clear = clear_part(info);
    output.append({data.data(), clear});
    output.resize(data.size());
    for (std::size_t index = clear; index < data.size(); ++index)
        output.data()[index] = static_cast<std::uint8_t>(data[index] ^ 0xa5);
}

// The sounds that wait, each as it was made.
std::size_t read_sounds(vsdk::RemoteTrack &heard) {
    std::size_t count = 0;
    while (vsdk::NextFrame frame = heard.next_frame(0ms)) {
        CHECK(is(frame->data(), sound(number_at(frame->data(), 1))));
        ++count;
    }
    return count;
}

void transforms() {
    Two two([](vsdk::MeetingOptions &) {});
    std::atomic<int> live{0};
    std::atomic<bool> throws{false};
    Counter reported;
    vsdk::set_callback_exception_handler([&](std::exception_ptr) { reported.add(); });
    two.ann.meeting.set_frame_transform(hide);
    two.bob.meeting.set_frame_transform(
        [held = Held(live), &throws](const vsdk::FrameInfo &info, const vsdk::BytesView &data,
                                     vsdk::FrameOutput &output) {
            hide(info, data, output);
            if (throws)
                output.resize(output.capacity() + 1); // Throws: the frame is dropped.
        });
    CHECK_EQ(live, 1);
    two.ann.meeting.join();
    two.bob.meeting.join();
    vsdk::LocalTrack microphone = two.publish(TrackKind::audio);
    vsdk::RemoteTrack heard = two.added(TrackKind::audio);
    std::uint32_t sent = 0;
    std::size_t count = 0;
    send_until(microphone, sent, [&] { return (count += read_sounds(heard)) >= 30; });

    throws = true;
    send_until(microphone, sent, [&] { return heard.waiting_frames() > 0; });
    CHECK_EQ(read_sounds(heard), 0u);
    reported.wait_for(1);
    throws = false;
    send_until(microphone, sent, [&] { return read_sounds(heard) > 0; });

    // Without the other half it is unreadable.
    two.bob.meeting.set_frame_transform(nullptr);
    CHECK_EQ(live, 0);
    send_until(microphone, sent, [&] {
        vsdk::NextFrame frame = heard.next_frame(0ms);
        if (!frame)
            return false;
        CHECK_EQ(frame->data()[0], 0xfc);
        CHECK_EQ(frame->data()[10], 'U' ^ 0xa5);
        return true;
    });
    two.ann.meeting.set_frame_transform(
        [](const vsdk::FrameInfo &, const vsdk::BytesView &, vsdk::FrameOutput &) {});
    CHECK(microphone.push({sound(sent), sent * 20ms}) == vsdk::Pushed::dropped);
    vsdk::set_callback_exception_handler(nullptr);
}

void choosing() {
    Two two([](vsdk::MeetingOptions &options) { options.set_auto_consume(false); });
    two.ann.meeting.join();
    two.bob.meeting.join();
    vsdk::LocalTrack microphone = two.publish(TrackKind::audio);
    vsdk::LocalTrack camera = two.publish(TrackKind::video);
    vsdk::Meeting &bob = two.bob.meeting;
    CHECK_THROWS(not_found, bob.subscribe_tracks("nobody", MediaKind::audio));
    CHECK_THROWS(invalid_state, two.ann.meeting.subscribe_tracks("bob", MediaKind::audio));
    bob.subscribe_tracks("ann", MediaKind::video);
    vsdk::RemoteTrack seen = two.added(TrackKind::video);
    CHECK_EQ(two.bob.waiting(EventType::track_added), 0u);
    bob.subscribe_tracks_async("ann", MediaKind::audio).get();
    vsdk::RemoteTrack heard = two.added(TrackKind::audio);

    // Woken while nothing is read, and when it has been.
    std::atomic<int> live{0};
    std::atomic<int> woken{0};
    heard.set_wake_handler([held = Held(live), &woken] { ++woken; });
    std::uint32_t sent = 0;
    send_until(microphone, sent, [&] { return heard.waiting_frames() >= 5; });
    CHECK_EQ(woken, 1);
    heard.flush();
    send_until(microphone, sent, [&] { return woken == 2; });
    CHECK(heard.next_frame().value().follows_gap());
    heard.set_wake_handler(nullptr);
    CHECK_EQ(live, 0);

    // Pictures come, sound rests.
    bob.pause_all_tracks(TrackKind::audio);
    std::uint32_t pictures = 0;
    for (int round = 0; round < 2; ++round) {
        heard.flush();
        std::size_t count = 0;
        send_until(camera, pictures, [&] {
            microphone.push({sound(++sent), sent * 20ms});
            while (seen.next_frame(0ms))
                ++count;
            return count >= 20;
        });
    }
    CHECK_EQ(heard.waiting_frames(), 0);
    bob.resume_all_tracks(TrackKind::audio);
    send_until(microphone, sent, [&] { return heard.waiting_frames() > 0; });
    bob.pause_all_tracks_async().get();
    bob.resume_all_tracks_async().get();
    CHECK_THROWS(invalid_argument, bob.pause_all_tracks(static_cast<TrackKind>(5)));

    bob.unsubscribe_tracks("ann", MediaKind::audio);
    CHECK_EQ(two.bob.next(EventType::track_removed).track_id().value(), heard.id());
    bob.unsubscribe_tracks_async("ann", MediaKind::video).get();
    CHECK_EQ(two.bob.next(EventType::track_removed).track_id().value(), seen.id());
}

} // namespace

int main(int, char **values) {
    return run([&] {
        const std::string base = values[1];
        vsdk::config_with(vsdk::ConfigOptions()
                              .set_token(vsdk::fetch_token(base + "/get-token").text())
                              .set_api_base_url(base));
        transforms();
        choosing();
    });
}

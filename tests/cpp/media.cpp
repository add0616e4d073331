// Tracks and data as far as they need no media server: options, what is refused, what is not sent,
// and what handlers hold.
//
//   media BASE_URL
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "check.hpp"
#include "guest.hpp"
#include "held.hpp"

using namespace std::chrono_literals;
using vsdk::Codec;
using vsdk::Pushed;
using vsdk::TrackKind;

namespace {

void options() {
    vsdk::TrackOptions video(TrackKind::video);
    video.set_codec(Codec::h264)
        .set_enabled(false)
        .set_size(640, 360)
        .set_bitrate_mode(vsdk::BitrateMode::high_quality)
        .set_multi_stream(true)
        .set_max_layers(2)
        .set_app_data_json("{\"from\": \"here\"}");
    vsdk::TrackOptions(TrackKind::audio).set_audio_profile(vsdk::AudioProfile::standard_stereo);
    vsdk::TrackOptions(TrackKind::share).set_share_profile(vsdk::ScreenShareProfile::h720_fps15);

    CHECK_THROWS(invalid_argument, vsdk::TrackOptions(static_cast<TrackKind>(5)));
    CHECK_THROWS(invalid_argument, video.set_codec(Codec::opus));
    CHECK_THROWS(invalid_argument, video.set_codec(static_cast<Codec>(99)));
    CHECK_THROWS(invalid_argument, video.set_size(0, 360));
    CHECK_THROWS(invalid_argument, video.set_size(640, 16385));
    CHECK_THROWS(invalid_argument, video.set_max_layers(4));
    CHECK_THROWS(invalid_argument, video.set_app_data_json("[]"));
    CHECK_THROWS(null_pointer, video.set_app_data_json(nullptr));
}

/// There are devices, or it is told which build has them.
void devices(vsdk::Meeting &meeting) {
    vsdk::LocalTrack track = meeting.add_track(vsdk::TrackOptions(TrackKind::audio));
    meeting.set_mic_enabled(false);
    meeting.set_mic_enabled(true); // That is the track.
    try {
        for (const vsdk::Device &device : vsdk::list_devices(vsdk::DeviceKind::microphone))
            CHECK(!device.id.empty() && !device.name.empty());
    } catch (const vsdk::Error &error) {
        CHECK(error.status() == vsdk::Status::unsupported);
        CHECK(error.remedy().find("`devices`") != std::string::npos);
        CHECK_THROWS(unsupported, track.open_microphone());
        CHECK_THROWS(unsupported, meeting.open_speaker("none"));
        CHECK_THROWS(unsupported, meeting.watch_devices());
        track.close();
        CHECK_THROWS(unsupported, meeting.set_mic_enabled(true));
        return;
    }
    CHECK_THROWS(not_found, track.open_microphone("none"));
    CHECK_THROWS(not_found, meeting.open_speaker(std::string("none")));
    meeting.watch_devices();
    meeting.watch_devices(false);
    CHECK_THROWS(invalid_argument, vsdk::list_devices(static_cast<vsdk::DeviceKind>(3)));
}

void layers(vsdk::Meeting &meeting) {
    vsdk::TrackOptions options(TrackKind::video);
    options.set_size(1280, 720).set_multi_stream(true);
    const vsdk::LocalTrack camera = meeting.add_track(options);
    std::vector<double> scales;
    for (const vsdk::TrackLayer &layer : camera.layers()) {
        scales.push_back(layer.scale);
        CHECK(layer.max_kbps > 0 && layer.max_fps >= 0);
    }
    CHECK((scales == std::vector<double>{4, 2, 1}));
    CHECK(camera.encoder_target().is_active);
    CHECK(camera.encoder_target(2).is_active);
    CHECK_THROWS(invalid_argument, camera.encoder_target(3));
    CHECK_THROWS(invalid_argument, camera.encoder_target(-1));
}

void pushing(vsdk::Meeting &meeting) {
    vsdk::LocalTrack microphone = meeting.add_track(vsdk::TrackOptions(TrackKind::audio));
    CHECK(!microphone.id().empty());
    CHECK(microphone.kind() == TrackKind::audio);
    CHECK(microphone.codec() == Codec::opus);
    CHECK_EQ(microphone.layers().size(), 1u);
    CHECK(!microphone.is_sending());

    const std::vector<std::uint8_t> packet{0xfc, 1, 2, 3};
    CHECK(microphone.push({packet, 0us}) == Pushed::not_sending);
    CHECK(microphone.push({std::string("\xfc\0\1", 3), 20ms}) == Pushed::not_sending);
    vsdk::EncodedFrame frame(packet, 40ms);
    frame.set_codec(Codec::opus).set_audio_level(-30);
    CHECK_EQ(frame.c_value().timestamp_us, 40000);
    CHECK_EQ(frame.c_value().audio_level, -30);
    CHECK(microphone.push(frame) == Pushed::not_sending);

    CHECK_THROWS(invalid_argument, microphone.push({std::string(), 0us}));
    CHECK_THROWS(invalid_argument, microphone.push({std::string(64 * 1024 + 1, 'x'), 0us}));
    CHECK_THROWS(invalid_argument, microphone.push({packet, -1us}));
    CHECK_THROWS(invalid_argument, microphone.push(frame.set_layer(1)));
    CHECK_THROWS(invalid_argument, microphone.push(frame.set_layer(0).set_codec(Codec::vp8)));
    CHECK_THROWS(invalid_argument, microphone.push(frame.set_codec(Codec::opus).set_audio_level(-128)));
    microphone.set_enabled(false);
    microphone.set_enabled(true);

    const vsdk::LocalTrack moved = std::move(microphone);
    CHECK(moved && !microphone);
    CHECK_THROWS(null_pointer, microphone.push({packet, 0us}));
    CHECK_THROWS(null_pointer, microphone.set_enabled(false));
    CHECK(microphone.id().empty() && microphone.layers().empty() && !microphone.is_sending());
}

void statistics(vsdk::Meeting &meeting) {
    vsdk::TrackOptions options(TrackKind::video);
    options.set_size(1280, 720).set_multi_stream(true);
    const vsdk::LocalTrack camera = meeting.add_track(options);
    const vsdk::LocalTrack microphone = meeting.add_track(vsdk::TrackOptions(TrackKind::audio));
    vsdk::MediaStatistics statistics = meeting.media_statistics();
    // Not joined: there is no way yet.
    CHECK(!statistics.transport(vsdk::TransportDirection::send));
    CHECK(!statistics.transport(vsdk::TransportDirection::receive));
    CHECK_THROWS(invalid_argument,
                 statistics.transport(static_cast<vsdk::TransportDirection>(0)));
    const std::vector<vsdk::TrackStatistics> tracks = statistics.tracks();
    CHECK_EQ(tracks.size(), 2u);
    CHECK_EQ(tracks[0].track_id, camera.id());
    CHECK_EQ(tracks[1].track_id, microphone.id());
    CHECK_EQ(tracks[0].participant_id, meeting.snapshot().participant_id());
    CHECK(tracks[0].is_local && tracks[1].is_local);
    CHECK(tracks[0].kind == TrackKind::video && tracks[1].kind == TrackKind::audio);
    CHECK(tracks[0].codec == Codec::vp8 && tracks[1].codec == Codec::opus);
    CHECK(tracks[0].streams.size() == 3 && tracks[1].streams.size() == 1);
    CHECK(tracks[0].frames == 0 && tracks[0].frames_dropped == 0);
    CHECK(!tracks[0].frames_undecodable && !tracks[0].frame_gaps);
    CHECK(!tracks[0].playout && !tracks[0].encoding && !tracks[0].decoding);
    const vsdk::StreamStatistics &stream = tracks[0].streams[2];
    CHECK(stream.bytes == 0 && stream.packets == 0 && stream.nack_count == 0);
    CHECK(!stream.ssrc && !stream.packets_lost && !stream.loss);
    CHECK(!stream.round_trip && !stream.jitter);
    CHECK(statistics.json().find("\"send\":null") != std::string::npos);
    CHECK(statistics.json().find(microphone.id()) != std::string::npos);

    // They stay what they were.
    const vsdk::LocalTrack screen = meeting.add_track(vsdk::TrackOptions(TrackKind::share));
    CHECK_EQ(statistics.tracks().size(), 2u);
    CHECK_EQ(meeting.media_statistics().tracks().size(), 3u);
    statistics.close();
    CHECK(statistics.tracks().empty() && statistics.json().empty());
    CHECK_THROWS(null_pointer, statistics.transport(vsdk::TransportDirection::send));
}

void what_is_not_there(vsdk::Meeting &meeting) {
    CHECK_THROWS(not_found, meeting.remote_track("nobody"));
    CHECK_THROWS(null_pointer, meeting.remote_track(nullptr));
    vsdk::RemoteTrack none(nullptr);
    CHECK(none.id().empty() && none.participant_id().empty());
    CHECK_THROWS(null_pointer, none.next_frame(0ms));
    CHECK_THROWS(null_pointer, none.request_key_frame());
    CHECK_THROWS(null_pointer, none.pause());
    CHECK_THROWS(null_pointer, none.resume_async());
    CHECK_THROWS(null_pointer, none.set_preferred_layers(0, 0));
    CHECK_THROWS(null_pointer, none.set_viewport(320, 180));
    CHECK_EQ(none.waiting_frames(), 0);
    CHECK_THROWS(null_pointer, none.flush());
    CHECK_THROWS(invalid_state, meeting.subscribe_tracks("bob", vsdk::MediaKind::audio));
    CHECK_THROWS(invalid_argument, meeting.subscribe_tracks("", vsdk::MediaKind::audio));
    CHECK_THROWS(invalid_argument,
                 meeting.unsubscribe_tracks("bob", static_cast<vsdk::MediaKind>(3)));
    CHECK_THROWS(invalid_state, meeting.pause_all_tracks());
    CHECK_THROWS(invalid_state, meeting.resume_all_tracks_async(TrackKind::video).get());
    const vsdk::ReceivedFrame frame(nullptr);
    CHECK(frame.track_id().empty() && !frame.audio_level() && !frame.is_key_frame());
    CHECK_THROWS(null_pointer, frame.data());
}

void handlers(const vsdk::MeetingOptions &options) {
    std::atomic<int> live{0};
    {
        vsdk::Meeting meeting = vsdk::init_meeting(options);
        for (int count = 0; count < 3; ++count) { // The next one takes the place of the last.
            meeting.set_frame_handler(
                [held = Held(live)](const vsdk::ReceivedFrame &) { CHECK(false); });
            CHECK_EQ(live, 1);
        }
        meeting.set_frame_handler(nullptr);
        CHECK_EQ(live, 0);
        meeting.set_frame_handler([held = Held(live)](const vsdk::ReceivedFrame &) { CHECK(false); });
        CHECK_EQ(live, 1);
    }
    CHECK_EQ(live, 0); // The meeting's end is the handler's.

    {
        vsdk::Meeting meeting = vsdk::init_meeting(options);
        for (int count = 0; count < 3; ++count) {
            meeting.set_frame_transform([held = Held(live)](const auto &...) {});
            CHECK_EQ(live, 1);
        }
        meeting.set_frame_transform(nullptr);
        CHECK_EQ(live, 0);
        meeting.set_frame_transform([held = Held(live)](const auto &...) {});
    }
    CHECK_EQ(live, 0);

    // A registration that fails destroys too.
    vsdk::Meeting closed = vsdk::init_meeting(options);
    closed.close();
    CHECK_THROWS(null_pointer,
                 closed.set_frame_handler([held = Held(live)](const vsdk::ReceivedFrame &) {}));
    vsdk::RemoteTrack none(nullptr);
    CHECK_THROWS(null_pointer,
                 none.set_frame_handler([held = Held(live)](const vsdk::ReceivedFrame &) {}));
    CHECK_THROWS(null_pointer, none.set_wake_handler([held = Held(live)] {}));
    CHECK_THROWS(null_pointer, closed.set_frame_transform([held = Held(live)](const auto &...) {}));
    CHECK_THROWS(null_pointer, none.pause_async(vsdk::default_timeout, [held = Held(live)](auto) {}));
    CHECK_EQ(live, 0);
}

void data(const std::string &room) {
    // Who only receives has no way for data, wherever the service has one.
    Guest guest(vsdk::MeetingOptions().set_meeting_id(room).set_mode(vsdk::Mode::recv_only));
    guest.meeting.join();
    const vsdk::Error error = CHECK_THROWS(invalid_state, guest.meeting.send_data(std::string("x")));
    CHECK_EQ(error.service_code().value_or(0), 3048);
    const vsdk::Error large =
        CHECK_THROWS(invalid_argument, guest.meeting.send_data(std::string(15 * 1024 + 1, 'x')));
    CHECK_EQ(large.service_code().value_or(0), 3072);
    CHECK_THROWS(invalid_utf8, guest.meeting.send_data(std::string("\xff"), true));
    CHECK_THROWS(invalid_argument, guest.meeting.send_data(std::string("x"), false,
                                                           static_cast<vsdk::Reliability>(3)));
    guest.meeting.leave();
    CHECK_THROWS(invalid_state, guest.meeting.add_track(vsdk::TrackOptions(TrackKind::audio)));
}

void output() {
    std::uint8_t place[4] = {};
    vsdk::FrameOutput output(place, 4);
    output.append(std::string("ab"));
    output.append(std::string("cd"));
    CHECK(output.size() == 4 && place[0] == 'a' && place[3] == 'd');
    for (const std::size_t more : {std::size_t(1), std::numeric_limits<std::size_t>::max()}) {
        bool has_thrown = false;
        try {
            output.append({place, more});
        } catch (const std::length_error &) {
            has_thrown = true;
        }
        CHECK(has_thrown && output.size() == 4);
    }
    output.resize(0);
    CHECK(output.size() == 0 && output.capacity() == 4);
}

void raw_sound(vsdk::Meeting &meeting) {
    vsdk::LocalTrack microphone = meeting.add_track(vsdk::TrackOptions(TrackKind::audio));
    vsdk::LocalTrack camera = meeting.add_track(vsdk::TrackOptions(TrackKind::video));
    CHECK_THROWS(invalid_argument, microphone.audio_input({7999, 1}));
    CHECK_THROWS(invalid_argument, camera.audio_input({48000, 1}));
    vsdk::AudioInput input = microphone.audio_input({16000, 2});
    CHECK(input.format().sample_rate == 16000 && input.format().channels == 2);
    CHECK_THROWS(invalid_state, microphone.audio_input({16000, 2}));
    CHECK(input.level() == -127);
    const std::vector<float> loud(320, 0.5f);
    std::array<std::int16_t, 320> integers{};
    const std::int16_t few[] = {1, 2, 3, 4};
    CHECK(input.push(loud) == Pushed::not_sending);
    CHECK(input.push(integers, 20ms) == Pushed::not_sending);
    CHECK(input.push({few, 4}) == Pushed::not_sending);
    CHECK(input.level() > -40);
    CHECK_THROWS(invalid_argument, input.push({few, 3}));
    CHECK_THROWS(invalid_argument, input.push(loud, -1ms));
    input.close();
    CHECK_THROWS(null_pointer, input.push(loud));
    microphone.audio_input({48000, 1});

    vsdk::AudioOutput mixer = meeting.audio_mixer({8000, 1});
    CHECK(mixer.format().sample_rate == 8000 && mixer.format().channels == 1);
    integers.fill(7);
    const vsdk::PulledAudio pulled = mixer.pull(integers);
    CHECK(pulled.silent_frames == 320 && pulled.decoded_frames + pulled.concealed_frames == 0);
    CHECK(integers[0] == 0 && integers[319] == 0 && pulled.audio_level == -127);
    std::vector<float> floats(80, 1);
    CHECK(mixer.pull(floats).silent_frames == 80 && floats[79] == 0);
    CHECK_THROWS(invalid_argument, mixer.pull(std::vector<float>(8001)));
}

void bytes() {
    const std::uint8_t some[] = {1, 2, 3};
    const vsdk::BytesView view(some, 3);
    CHECK(!view.empty() && view.size() == 3 && view[2] == 3);
    CHECK(std::vector<std::uint8_t>(view.begin(), view.end()).size() == 3);
    CHECK(vsdk::BytesArg(view).data() == some);
    CHECK(vsdk::BytesView(nullptr, 0).empty());
}

} // namespace

int main(int, char **values) {
    return run([&] {
        const std::string base = values[1];
        vsdk::config_with(vsdk::ConfigOptions()
                              .set_token(vsdk::fetch_token(base + "/get-token").text())
                              .set_api_base_url(base));
        vsdk::MeetingOptions meeting_options;
        meeting_options.set_meeting_id("abcd-efgh-ijkl");
        vsdk::Meeting meeting = vsdk::init_meeting(meeting_options);
        bytes();
        output();
        options();
        devices(meeting);
        layers(meeting);
        pushing(meeting);
        statistics(meeting);
        what_is_not_there(meeting);
        handlers(meeting_options);
        raw_sound(meeting);
        data(vsdk::create_room().id());
    });
}

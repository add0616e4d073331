// Raw pictures: Ann films two colours, Bob shows them.
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "two.hpp"

namespace {

using vsdk::PictureFormat;

constexpr std::int32_t WIDTH = 160;
constexpr std::int32_t HEIGHT = 90;

// Bright on the left, dark on the right.
std::vector<std::uint8_t> brightness() {
    std::vector<std::uint8_t> plane;
    for (std::int32_t row = 0; row < HEIGHT; ++row)
        for (std::int32_t column = 0; column < WIDTH; ++column)
            plane.push_back(column < WIDTH / 2 ? 200 : 40);
    return plane;
}

bool is_close(std::uint8_t one, int other) { return std::abs(one - other) < 20; }

// Pushes until a picture comes that is as wanted.
template <class Wanted>
vsdk::ReceivedPicture shown(vsdk::VideoInput &input, const vsdk::VideoPicture &pushed, vsdk::VideoOutput &output,
                            Wanted wanted) {
    const auto end = std::chrono::steady_clock::now() + LONG;
    for (;;) {
        CHECK(std::chrono::steady_clock::now() < end);
        CHECK(input.push(pushed) == vsdk::Pushed::queued);
        vsdk::NextPicture next = output.next_picture(20ms);
        if (next && wanted(*next))
            return std::move(*next);
    }
}

// Leaves it in a file for those who can look at it.
void keep(const std::vector<std::uint8_t> &image, const std::string &path) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char *>(image.data()), static_cast<std::streamsize>(image.size()));
    CHECK(file.flush().good());
}

void images_are_made(vsdk::VideoOutput &output, const vsdk::ReceivedPicture &picture, const std::string &folder) {
    using vsdk::ImageFormat;
    keep(picture.encode_image(ImageFormat::png), folder + "/encoded.png");
    keep(picture.encode_image(ImageFormat::jpeg, 95), folder + "/encoded.jpg");
    keep(output.capture_image(ImageFormat::png), folder + "/captured.png");
    keep(output.capture_image_async(ImageFormat::jpeg).get(), folder + "/captured.jpg");
    CHECK_THROWS(invalid_argument, picture.encode_image(ImageFormat::png, 90));
    CHECK_THROWS(invalid_argument, output.capture_image(ImageFormat::jpeg, 101));
    CHECK_THROWS(invalid_argument, output.capture_image_async(static_cast<ImageFormat>(9)));
}

void pictures_are_filmed_and_shown(const std::string &folder) {
    Two two;
    vsdk::LocalTrack track = two.publish(TrackKind::video);
    vsdk::VideoInput input = track.video_input();
    CHECK_THROWS(invalid_state, track.video_input());
    CHECK_THROWS(invalid_state, track.push({picture(0, true), 0ms, true}));
    vsdk::RemoteTrack watched = two.added(TrackKind::video);
    CHECK_THROWS(invalid_argument, watched.video_output(PictureFormat::bgra));
    vsdk::VideoOutput output = watched.video_output(PictureFormat::i420);
    CHECK(output.format() == PictureFormat::i420);
    std::atomic<int> woken{0};
    output.set_wake_handler([&] { ++woken; });

    const std::vector<std::uint8_t> plane = brightness();
    const std::vector<std::uint8_t> grey(WIDTH * HEIGHT / 2, 128);
    vsdk::VideoPicture pushed(PictureFormat::nv12, WIDTH, HEIGHT);
    pushed.add_plane(plane, WIDTH);
    CHECK_THROWS(invalid_argument, input.push(pushed));
    pushed.add_plane(grey, WIDTH);
    vsdk::ReceivedPicture first =
        shown(input, pushed, output, [](const vsdk::ReceivedPicture &it) { return it.width() == WIDTH; });
    CHECK(first.is_resized());
    CHECK_EQ(first.height(), HEIGHT);
    CHECK_EQ(first.participant_id(), "ann");
    CHECK_EQ(first.track_id(), watched.id());
    CHECK(first.timestamp() >= 0us);
    const vsdk::PlaneView shown_plane = first.plane(0);
    CHECK_EQ(shown_plane.bytes.size(), shown_plane.stride * HEIGHT);
    CHECK(is_close(shown_plane.bytes[shown_plane.stride * 45 + 40], 200));
    CHECK(is_close(shown_plane.bytes[shown_plane.stride * 45 + 120], 40));
    CHECK(is_close(first.plane(2).bytes[0], 128));
    CHECK_THROWS(invalid_argument, first.plane(3));
    images_are_made(output, first, folder);

    // On its side: the bright half comes to the top.
    pushed.set_rotation(90);
    const vsdk::ReceivedPicture turned =
        shown(input, pushed, output, [](const vsdk::ReceivedPicture &it) { return it.width() == HEIGHT; });
    const vsdk::PlaneView upright = turned.plane(0);
    CHECK(is_close(upright.bytes[upright.stride * 40 + 45], 200));
    CHECK(is_close(upright.bytes[upright.stride * 120 + 45], 40));
    pushed.set_rotation(45);
    CHECK_THROWS(invalid_argument, input.push(pushed));
    pushed.set_rotation(0).set_capture_time(-5us);
    CHECK_THROWS(invalid_argument, input.push(pushed));
    CHECK(woken > 0);

    two.ann.meeting.leave();
    pushed.set_capture_time(1s);
    CHECK(input.push(pushed) == vsdk::Pushed::not_sending);
    vsdk::NextPicture last = output.next_picture(LONG);
    while (!last.closed())
        last = output.next_picture(LONG);
    CHECK_THROWS(invalid_state, output.capture_image(vsdk::ImageFormat::png));
    CHECK(is_close(first.plane(0).bytes[0], 200));
}

} // namespace

int main(int, char **values) {
    return run([&] {
        const std::string base = values[1];
        vsdk::config_with(vsdk::ConfigOptions()
                              .set_token(vsdk::fetch_token(base + "/get-token").text())
                              .set_api_base_url(base));
        pictures_are_filmed_and_shown(values[2]);
    });
}

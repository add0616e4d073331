// Sends files into a meeting in real time, as microphone and camera: Opus from Ogg, VP8 from IVF,
// H.264 from a file of start codes.
//
//   send_file --room ID speech.ogg film.ivf
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart. Key frames come
// where the file has them: who joins in between sees a picture from the next one on.
#include <getopt.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <vsdk.hpp>

#include "media_reader.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int max_files = 4;
// What is pushed last needs a moment to go out.
constexpr std::chrono::seconds last_frames{1};

struct Arguments {
    const char *token = std::getenv("VIDEOSDK_TOKEN");
    const char *token_url = "http://localhost:3000/get-token";
    const char *api_url = nullptr;
    const char *room = nullptr;
    const char *name = nullptr;
    long delay = 2;
    long pictures_per_second = 30;
    std::vector<std::string> files;
};

void usage(std::ostream &out) {
    out << "usage: send_file [--token TOKEN | --token-url URL] [--room ID] [--name NAME]\n"
           "                 [--api-url URL] [--delay SECONDS] [--fps N] FILE ...\n"
           "\n"
           "  FILE             Ogg with Opus, IVF with VP8, or H.264 with start codes; at most 4\n"
           "  --token TOKEN    a token, e.g. a temporary one from the dashboard\n"
           "  --token-url URL  where to fetch one (default http://localhost:3000/get-token)\n"
           "  --room ID        send into this room instead of creating one\n"
           "  --name NAME      the name that others see\n"
           "  --api-url URL    another server than https://api.videosdk.live\n"
           "  --delay SECONDS  begin so long after joining, so that others are ready (default 2)\n"
           "  --fps N          pictures per second of H.264, which has no times (default 30)\n";
}

bool read_arguments(int count, char **values, Arguments &arguments) {
    static const option options[] = {
        {"token", required_argument, nullptr, 't'},   {"token-url", required_argument, nullptr, 'u'},
        {"room", required_argument, nullptr, 'r'},    {"name", required_argument, nullptr, 'n'},
        {"api-url", required_argument, nullptr, 'a'}, {"delay", required_argument, nullptr, 'd'},
        {"fps", required_argument, nullptr, 'f'},     {"help", no_argument, nullptr, 'h'},
        {nullptr, 0, nullptr, 0},
    };
    char *end;
    for (int chosen; (chosen = getopt_long(count, values, "", options, nullptr)) != -1;) {
        switch (chosen) {
        case 't': arguments.token = optarg; break;
        case 'u': arguments.token_url = optarg; arguments.token = nullptr; break;
        case 'r': arguments.room = optarg; break;
        case 'n': arguments.name = optarg; break;
        case 'a': arguments.api_url = optarg; break;
        case 'd':
            arguments.delay = std::strtol(optarg, &end, 10);
            if (end != optarg && arguments.delay >= 0 && arguments.delay <= 3600)
                break;
            std::cerr << "--delay wants a number of seconds, 0 to 3600\n";
            return false;
        case 'f':
            arguments.pictures_per_second = std::strtol(optarg, &end, 10);
            if (arguments.pictures_per_second >= 1 && arguments.pictures_per_second <= 1000)
                break;
            std::cerr << "--fps wants a number from 1 to 1000\n";
            return false;
        case 'h': usage(std::cout); std::exit(EXIT_SUCCESS);
        default: usage(std::cerr); return false;
        }
    }
    arguments.files.assign(values + optind, values + count);
    if (arguments.files.empty() || arguments.files.size() > max_files) {
        usage(std::cerr);
        return false;
    }
    return true;
}

// Gives the token to the library: the one that was passed, or a fetched one.
void configure(const Arguments &arguments) {
    const std::string token = arguments.token != nullptr
                                  ? std::string(arguments.token)
                                  : vsdk::fetch_token(arguments.token_url).text();
    vsdk::config_with(
        vsdk::ConfigOptions().set_token(token).set_api_base_url(arguments.api_url));
}

// Joins the room that was asked for, or a new one.
vsdk::Meeting join(const Arguments &arguments) {
    const std::string room =
        arguments.room != nullptr ? std::string(arguments.room) : vsdk::create_room().id();
    std::cout << "room " << room << "\n";
    vsdk::Meeting meeting = vsdk::init_meeting(
        vsdk::MeetingOptions().set_meeting_id(room).set_name(arguments.name));
    meeting.join();
    return meeting;
}

// A file, and the track that it is sent as.
struct Source {
    Source(const std::string &path, long pictures_per_second)
        : reader(path, pictures_per_second), frame(reader.next()) {
        if (!frame)
            throw std::runtime_error("cannot send " + path + ": there is no frame in it");
    }

    MediaReader reader;
    std::optional<MediaFrame> frame; // The next one.
    std::optional<vsdk::LocalTrack> track;
    unsigned sent = 0;
    unsigned not_taken = 0;
};

// In their places for good: a reader looks into itself.
using Sources = std::vector<std::unique_ptr<Source>>;

void add_track(vsdk::Meeting &meeting, Source &source) {
    const MediaReader &reader = source.reader;
    vsdk::TrackOptions options(reader.codec() == vsdk::Codec::opus ? vsdk::TrackKind::audio
                                                                   : vsdk::TrackKind::video);
    options.set_codec(reader.codec());
    if (reader.width() > 0)
        options.set_size(reader.width(), reader.height());
    source.track = meeting.add_track(options);
}

// Waits until then, and reads events meanwhile; false when sending is over.
bool wait_until(vsdk::Meeting &meeting, Clock::time_point time) {
    while (vsdk::NextEvent event = meeting.next_event(time - Clock::now())) {
        if (event->type() == vsdk::EventType::meeting_left) {
            std::cout << "* the meeting has ended: " << event->text().value_or("") << "\n";
            return false;
        }
        if (event->type() == vsdk::EventType::track_failed) {
            std::cerr << "a track cannot be sent: " << event->text().value_or("") << "\n";
            return false;
        }
    }
    return true;
}

// Waits until there is a way for all tracks, so that nothing of the beginning is lost.
bool await_sending(vsdk::Meeting &meeting, const Sources &sources) {
    for (const auto &source : sources)
        while (!source->track->is_sending())
            if (!wait_until(meeting, Clock::now() + std::chrono::milliseconds(20)))
                return false;
    return true;
}

// The source whose frame is due first; null when all files have ended.
Source *first_due(const Sources &sources) {
    Source *first = nullptr;
    for (const auto &source : sources)
        if (source->frame && (first == nullptr || source->frame->timestamp < first->frame->timestamp))
            first = source.get();
    return first;
}

// Sends all files at the pace of their times; false when it was over before.
bool send_files(vsdk::Meeting &meeting, const Sources &sources) {
    const Clock::time_point begin = Clock::now();
    while (Source *source = first_due(sources)) {
        const MediaFrame &frame = *source->frame;
        if (!wait_until(meeting, begin + frame.timestamp))
            return false;
        // What is not taken is left out: the file cannot make a key frame.
        const vsdk::Pushed pushed =
            source->track->push({frame.data, frame.timestamp, frame.is_key_frame});
        ++(pushed == vsdk::Pushed::queued ? source->sent : source->not_taken);
        source->frame = source->reader.next();
    }
    return wait_until(meeting, Clock::now() + last_frames);
}

// Whether all was sent.
bool run(const Arguments &arguments, const Sources &sources) {
    configure(arguments);
    vsdk::Meeting meeting = join(arguments);
    for (const auto &source : sources)
        add_track(meeting, *source);
    if (!await_sending(meeting, sources) ||
        !wait_until(meeting, Clock::now() + std::chrono::seconds(arguments.delay)))
        return false;
    std::cout << "* sending\n";
    const bool is_whole = send_files(meeting, sources);
    for (const auto &source : sources)
        std::cout << "* " << source->reader.path() << ": " << source->sent << " frames sent, "
                  << source->not_taken << " not taken\n";
    meeting.leave();
    return is_whole;
}

} // namespace

int main(int count, char **values) {
    Arguments arguments;
    if (!read_arguments(count, values, arguments))
        return EXIT_FAILURE;
    std::cout << std::unitbuf;
    try {
        Sources sources;
        for (const std::string &file : arguments.files)
            sources.push_back(std::make_unique<Source>(file, arguments.pictures_per_second));
        const bool is_whole = run(arguments, sources);
        sources.clear();
        vsdk::shutdown();
        return is_whole ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const vsdk::Error &error) {
        std::cerr << error.operation() << " failed: " << error.message() << "\n  "
                  << error.remedy() << "\n";
        return EXIT_FAILURE;
    } catch (const std::runtime_error &error) {
        std::cerr << error.what() << "\n";
        return EXIT_FAILURE;
    }
}

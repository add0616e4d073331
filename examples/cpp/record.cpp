// Records a meeting: what is heard and seen goes into files, one for each track: Opus into Ogg, VP8
// into IVF, H.264 into a file of start codes.
//
//   record --room ID --directory recording                until the input ends (Ctrl-D)
//   record --room ID --directory recording --seconds 60   for a minute
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
#include <getopt.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <vsdk.hpp>

#include "media_writer.hpp"

namespace {

struct Arguments {
    const char *token = std::getenv("VIDEOSDK_TOKEN");
    const char *token_url = "http://localhost:3000/get-token";
    const char *api_url = nullptr;
    const char *room = nullptr;
    const char *name = nullptr;
    const char *directory = ".";
    long seconds = 0;
};

void usage(std::ostream &out) {
    out << "usage: record [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]\n"
           "              [--directory DIRECTORY] [--seconds N]\n"
           "\n"
           "  --token TOKEN          a token, e.g. a temporary one from the dashboard\n"
           "  --token-url URL        where to fetch one (default http://localhost:3000/get-token)\n"
           "  --room ID              record this room instead of creating one\n"
           "  --name NAME            the name that others see\n"
           "  --api-url URL          another server than https://api.videosdk.live\n"
           "  --directory DIRECTORY  where the files go; it has to be there (default .)\n"
           "  --seconds N            end after so long; otherwise it ends with its input\n";
}

bool read_arguments(int count, char **values, Arguments &arguments) {
    static const option options[] = {
        {"token", required_argument, nullptr, 't'},   {"token-url", required_argument, nullptr, 'u'},
        {"room", required_argument, nullptr, 'r'},    {"name", required_argument, nullptr, 'n'},
        {"api-url", required_argument, nullptr, 'a'}, {"directory", required_argument, nullptr, 'd'},
        {"seconds", required_argument, nullptr, 's'}, {"help", no_argument, nullptr, 'h'},
        {nullptr, 0, nullptr, 0},
    };
    for (int chosen; (chosen = getopt_long(count, values, "", options, nullptr)) != -1;) {
        switch (chosen) {
        case 't': arguments.token = optarg; break;
        case 'u': arguments.token_url = optarg; arguments.token = nullptr; break;
        case 'r': arguments.room = optarg; break;
        case 'n': arguments.name = optarg; break;
        case 'a': arguments.api_url = optarg; break;
        case 'd': arguments.directory = optarg; break;
        case 's':
            arguments.seconds = std::strtol(optarg, nullptr, 10);
            if (arguments.seconds > 0)
                break;
            std::cerr << "--seconds wants a number from 1 on\n";
            return false;
        case 'h': usage(std::cout); std::exit(EXIT_SUCCESS);
        default: usage(std::cerr); return false;
        }
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

const char *kind_name(vsdk::TrackKind kind) {
    switch (kind) {
    case vsdk::TrackKind::audio: return "audio";
    case vsdk::TrackKind::video: return "video";
    case vsdk::TrackKind::share: return "share";
    case vsdk::TrackKind::share_audio: return "share-audio";
    }
    return "track";
}

// The files of all tracks. Belongs to the media thread as long as the frame handler is set.
class Recording {
public:
    explicit Recording(std::string directory) : directory_(std::move(directory)) {}

    void write(const vsdk::ReceivedFrame &frame) {
        const std::string id = frame.track_id();
        auto track = tracks_.find(id);
        if (track == tracks_.end())
            track = tracks_.emplace(id, begin(frame)).first;
        if (track->second)
            attempt(track->second, [&] { track->second->write(frame.data(), frame.timestamp()); });
    }

    // Ends all files; whether everything could be written.
    bool finish() {
        for (auto &[id, writer] : tracks_) {
            if (!writer)
                continue;
            MediaWriter &file = *writer;
            std::cout << "* " << file.path() << ": " << file.frames() << " frames\n";
            attempt(writer, [&] { file.finish(); });
        }
        return !has_failed_;
    }

private:
    using Writer = std::optional<MediaWriter>;

    // The file of a new track; none when it cannot be recorded.
    Writer begin(const vsdk::ReceivedFrame &frame) {
        const std::string what = std::string(kind_name(frame.kind())) + " of " + frame.participant_id();
        const char *extension = MediaWriter::extension(frame.codec());
        Writer writer;
        if (extension == nullptr) {
            std::cout << "* " << what << " is not recorded: its codec has no kind of file here\n";
            return writer;
        }
        // Numbers instead of names, which the others choose.
        const std::string path = directory_ + "/" + std::to_string(tracks_.size() + 1) + "-" +
                                 kind_name(frame.kind()) + "." + extension;
        attempt(writer, [&] {
            writer.emplace(path, frame.codec());
            std::cout << "* " << path << ": " << what << "\n";
        });
        return writer;
    }

    // A file that cannot be written is given up.
    template <class Function>
    void attempt(Writer &writer, Function function) {
        try {
            function();
        } catch (const std::runtime_error &error) {
            std::cerr << error.what() << "\n";
            has_failed_ = true;
            writer.reset();
        }
    }

    std::string directory_;
    std::map<std::string, Writer> tracks_;
    bool has_failed_ = false;
};

// Joins the room that was asked for, or a new one, only to receive.
vsdk::Meeting join(const Arguments &arguments, Recording &recording) {
    const std::string room =
        arguments.room != nullptr ? std::string(arguments.room) : vsdk::create_room().id();
    std::cout << "room " << room << "\n";
    vsdk::Meeting meeting = vsdk::init_meeting(vsdk::MeetingOptions()
                                                   .set_meeting_id(room)
                                                   .set_name(arguments.name)
                                                   .set_mode(vsdk::Mode::recv_only));
    // Before joining, so that no frame comes earlier.
    meeting.set_frame_handler([&](const vsdk::ReceivedFrame &frame) { recording.write(frame); });
    meeting.join();
    std::cout << "* recording\n";
    return meeting;
}

// Whether the input has ended; called when there is something to read.
bool input_has_ended() {
    char ignored[512];
    return read(STDIN_FILENO, ignored, sizeof ignored) <= 0;
}

// Waits until the time is over, or the input or the meeting has ended.
void await_end(vsdk::Meeting &meeting, long seconds) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point end = Clock::now() + std::chrono::seconds(seconds);
    // poll() skips a negative descriptor: with a time, the input does not matter.
    pollfd sources[] = {{seconds > 0 ? -1 : STDIN_FILENO, POLLIN, 0},
                        {meeting.event_descriptor(), POLLIN, 0}};
    for (;;) {
        for (const vsdk::Event &event : meeting.events(std::chrono::seconds(0))) {
            if (event.type() == vsdk::EventType::meeting_left) {
                std::cout << "* the meeting has ended: " << event.text().value_or("") << "\n";
                return;
            }
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
        if (seconds > 0 && left.count() <= 0)
            return;
        const int wait = seconds > 0 ? static_cast<int>(std::min<long long>(left.count(), 1000)) : -1;
        if (poll(sources, 2, wait) > 0 && sources[0].revents != 0 && input_has_ended())
            return;
    }
}

} // namespace

int main(int count, char **values) {
    Arguments arguments;
    if (!read_arguments(count, values, arguments))
        return EXIT_FAILURE;
    if (access(arguments.directory, W_OK | X_OK) != 0) {
        std::cerr << "cannot write into " << arguments.directory << ": " << std::strerror(errno) << "\n";
        return EXIT_FAILURE;
    }
    std::cout << std::unitbuf;
    try {
        Recording recording(arguments.directory);
        configure(arguments);
        vsdk::Meeting meeting = join(arguments, recording);
        await_end(meeting, arguments.seconds);
        meeting.set_frame_handler(nullptr); // Nothing is written any more.
        const bool is_whole = recording.finish();
        meeting.leave();
        vsdk::shutdown();
        return is_whole ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const vsdk::Error &error) {
        std::cerr << error.operation() << " failed: " << error.message() << "\n  "
                  << error.remedy() << "\n";
        return EXIT_FAILURE;
    }
}

// Talks and listens: a WAV file is the microphone, and what everybody says is written to another.
//
//   talk --room ID --input speech.wav --output heard.wav    until the input has been said
//   talk --room ID --output heard.wav --seconds 60          listens for a minute
//
// A program with a sound device does the same in the callbacks of its device, without the sleeping.
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
#include <getopt.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <vsdk.hpp>

#include "wav.hpp"

namespace {

using Clock = std::chrono::steady_clock;

// What is said and heard at a time: 10 ms.
constexpr int chunks_per_second = 100;
constexpr std::chrono::milliseconds chunk_length{1000 / chunks_per_second};

// Of the file that is written, whatever the others send.
constexpr vsdk::AudioFormat output_format = {48000, 2};

struct Arguments {
    const char *token = std::getenv("VIDEOSDK_TOKEN");
    const char *token_url = "http://localhost:3000/get-token";
    const char *api_url = nullptr;
    const char *room = nullptr;
    const char *name = nullptr;
    const char *input = nullptr;
    const char *output = "heard.wav";
    long seconds = 0;
};

void usage(std::ostream &out) {
    out << "usage: talk [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]\n"
           "            [--input FILE.wav] [--output FILE.wav] [--seconds N]\n"
           "\n"
           "  --token TOKEN      a token, e.g. a temporary one from the dashboard\n"
           "  --token-url URL    where to fetch one (default http://localhost:3000/get-token)\n"
           "  --room ID          join this room instead of creating one\n"
           "  --name NAME        the name that others see\n"
           "  --api-url URL      another server than https://api.videosdk.live\n"
           "  --input FILE.wav   what is said: PCM of 16 bits; without it nothing is\n"
           "  --output FILE.wav  where to write what is heard (default heard.wav)\n"
           "  --seconds N        end after so long; otherwise when all has been said\n";
}

bool read_arguments(int count, char **values, Arguments &arguments) {
    static const option options[] = {
        {"token", required_argument, nullptr, 't'},   {"token-url", required_argument, nullptr, 'u'},
        {"room", required_argument, nullptr, 'r'},    {"name", required_argument, nullptr, 'n'},
        {"api-url", required_argument, nullptr, 'a'}, {"input", required_argument, nullptr, 'i'},
        {"output", required_argument, nullptr, 'o'},  {"seconds", required_argument, nullptr, 's'},
        {"help", no_argument, nullptr, 'h'},          {nullptr, 0, nullptr, 0},
    };
    for (int chosen; (chosen = getopt_long(count, values, "", options, nullptr)) != -1;) {
        switch (chosen) {
        case 't': arguments.token = optarg; break;
        case 'u': arguments.token_url = optarg; arguments.token = nullptr; break;
        case 'r': arguments.room = optarg; break;
        case 'n': arguments.name = optarg; break;
        case 'a': arguments.api_url = optarg; break;
        case 'i': arguments.input = optarg; break;
        case 'o': arguments.output = optarg; break;
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
    if (arguments.input == nullptr && arguments.seconds == 0) {
        std::cerr << "without --input, --seconds has to say when to end\n";
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

std::optional<WavReader> open_input(const char *path) {
    if (path == nullptr)
        return std::nullopt;
    try {
        return WavReader(path);
    } catch (const std::runtime_error &error) {
        throw std::runtime_error(std::string("cannot say ") + path + ": " + error.what());
    }
}

// The samples of one of the chunks. Not every rate is a multiple of 100: together the chunks are as
// long as their time.
std::vector<std::int16_t> next_chunk(WavReader &said, std::int64_t number) {
    const std::int64_t rate = said.format().sample_rate;
    const std::int64_t begin = rate * number / chunks_per_second;
    const std::int64_t end = rate * (number + 1) / chunks_per_second;
    return said.next(static_cast<std::size_t>((end - begin) * said.format().channels));
}

// How much was heard, told whatever ends it.
struct Heard {
    std::int64_t decoded = 0;
    std::int64_t concealed = 0;

    ~Heard() {
        const double rate = output_format.sample_rate;
        std::cout << std::fixed << std::setprecision(1) << "* "
                  << static_cast<double>(decoded + concealed) / rate << " s were heard, "
                  << static_cast<double>(concealed) / rate << " s of that made up\n";
    }
};

// Says and hears at the pace of a sound device, until the end.
void talk_and_listen(vsdk::Meeting &meeting, std::optional<WavReader> &said, WavWriter &heard, long seconds) {
    std::optional<vsdk::LocalTrack> track;
    std::optional<vsdk::AudioInput> microphone;
    if (said) {
        track.emplace(meeting.add_track(vsdk::TrackOptions(vsdk::TrackKind::audio)));
        microphone.emplace(track->audio_input(said->format()));
    }
    vsdk::AudioOutput mixer = meeting.audio_mixer(output_format);
    // What is said before anybody can hear it is lost.
    while (track && !track->is_sending())
        std::this_thread::sleep_for(chunk_length);
    std::cout << "* talking\n";

    Heard total;
    std::vector<std::int16_t> played(output_format.sample_rate / chunks_per_second * output_format.channels);
    Clock::time_point due = Clock::now();
    for (std::int64_t number = 0; seconds == 0 || number < seconds * chunks_per_second; ++number) {
        const std::vector<std::int16_t> chunk = said ? next_chunk(*said, number) : std::vector<std::int16_t>();
        if (seconds == 0 && chunk.empty())
            return;
        if (!chunk.empty())
            microphone->push(chunk);
        const vsdk::PulledAudio pulled = mixer.pull(played);
        total.decoded += pulled.decoded_frames;
        total.concealed += pulled.concealed_frames;
        heard.write(played);
        due += chunk_length;
        std::this_thread::sleep_until(due);
    }
}

} // namespace

int main(int count, char **values) {
    Arguments arguments;
    if (!read_arguments(count, values, arguments))
        return EXIT_FAILURE;
    std::cout << std::unitbuf;
    try {
        std::optional<WavReader> said = open_input(arguments.input);
        WavWriter heard(arguments.output, output_format);
        int status = EXIT_SUCCESS;
        try {
            configure(arguments);
            vsdk::Meeting meeting = join(arguments);
            talk_and_listen(meeting, said, heard, arguments.seconds);
            meeting.close();
            vsdk::shutdown();
        } catch (const vsdk::Error &error) {
            std::cerr << error.operation() << " failed: " << error.message() << "\n  "
                      << error.remedy() << "\n";
            status = EXIT_FAILURE;
        }
        heard.finish(); // What was heard until then can be played.
        return status;
    } catch (const std::runtime_error &error) {
        std::cerr << error.what() << "\n";
        return EXIT_FAILURE;
    }
}

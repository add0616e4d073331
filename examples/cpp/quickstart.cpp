// From nothing to an initialised meeting: get a token, create a room, make the meeting, and show
// what came back.
//
//   quickstart                                   token from http://localhost:3000/get-token
//   quickstart --token TOKEN                     a temporary token from the dashboard
//   quickstart --token-url URL                   your own token server
//   quickstart --room ID --name Ann              meet in a room that exists
//
// Without --token, the environment variable VIDEOSDK_TOKEN is looked at first.
#include <getopt.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

#include <vsdk.hpp>

namespace {

struct Arguments {
    const char *token = std::getenv("VIDEOSDK_TOKEN");
    const char *token_url = "http://localhost:3000/get-token";
    const char *api_url = nullptr;
    const char *room = nullptr;
    const char *name = nullptr;
};

void usage(std::ostream &out) {
    out << "usage: quickstart [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]\n"
           "\n"
           "  --token TOKEN    a token, e.g. a temporary one from the dashboard\n"
           "  --token-url URL  where to fetch one (default http://localhost:3000/get-token)\n"
           "  --room ID        meet in this room instead of creating one\n"
           "  --name NAME      the name that others see\n"
           "  --api-url URL    another server than https://api.videosdk.live\n";
}

bool read_arguments(int count, char **values, Arguments &arguments) {
    static const option options[] = {
        {"token", required_argument, nullptr, 't'},   {"token-url", required_argument, nullptr, 'u'},
        {"room", required_argument, nullptr, 'r'},    {"name", required_argument, nullptr, 'n'},
        {"api-url", required_argument, nullptr, 'a'}, {"help", no_argument, nullptr, 'h'},
        {nullptr, 0, nullptr, 0},
    };
    for (int chosen; (chosen = getopt_long(count, values, "", options, nullptr)) != -1;) {
        switch (chosen) {
        case 't': arguments.token = optarg; break;
        case 'u': arguments.token_url = optarg; arguments.token = nullptr; break;
        case 'r': arguments.room = optarg; break;
        case 'n': arguments.name = optarg; break;
        case 'a': arguments.api_url = optarg; break;
        case 'h': usage(std::cout); std::exit(EXIT_SUCCESS);
        default: usage(std::cerr); return false;
        }
    }
    return true;
}

// Gives the token to the library: the one that was passed, or a fetched one.
void configure(const Arguments &arguments) {
    std::string token;
    if (arguments.token != nullptr) {
        token = arguments.token;
    } else {
        std::cout << "fetching a token from " << arguments.token_url << "\n";
        token = vsdk::fetch_token(arguments.token_url).text();
    }
    vsdk::config_with(
        vsdk::ConfigOptions().set_token(token).set_api_base_url(arguments.api_url));
}

// Finds the room that was asked for, or creates one.
vsdk::Room find_room(const Arguments &arguments) {
    if (arguments.room != nullptr)
        return vsdk::validate_room(arguments.room);
    std::cout << "creating a room\n";
    return vsdk::create_room();
}

void show(const vsdk::Room &room, vsdk::Meeting &meeting) {
    const vsdk::MeetingSnapshot snapshot = meeting.snapshot();
    std::cout << "room         " << room.id() << "\n"
              << "created      " << room.created_at().value_or("-") << "\n"
              << "participant  " << snapshot.participant_id() << "\n"
              << "name         " << snapshot.name() << "\n"
              << "microphone   " << (snapshot.mic_enabled() ? "wanted" : "off") << "\n"
              << "meeting      " << snapshot.json() << "\n";

    // Everything that has happened so far waits in the queue.
    for (const vsdk::Event &event : meeting.events(std::chrono::seconds(0)))
        std::cout << "event " << event.sequence() << "      " << event.type_name() << " "
                  << event.text().value_or("") << "\n";
}

void run(const Arguments &arguments) {
    configure(arguments);
    const vsdk::Room room = find_room(arguments);
    // Nothing is sent anywhere yet.
    vsdk::Meeting meeting = vsdk::init_meeting(vsdk::MeetingOptions()
                                                   .set_meeting_id(room.id())
                                                   .set_name(arguments.name)
                                                   .set_mic_enabled(true)
                                                   .set_metadata_json(R"({"from": "quickstart"})"));
    show(room, meeting);
}

} // namespace

int main(int count, char **values) {
    Arguments arguments;
    if (!read_arguments(count, values, arguments))
        return EXIT_FAILURE;
    try {
        run(arguments);
        vsdk::shutdown();
        return EXIT_SUCCESS;
    } catch (const vsdk::Error &error) {
        std::cerr << error.operation() << " failed: " << error.message() << "\n  "
                  << error.remedy() << "\n";
        return EXIT_FAILURE;
    }
}

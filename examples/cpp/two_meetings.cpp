// Two meetings at once: what somebody writes in one room is repeated in the other.
//
//   two_meetings                              two new rooms; their ids are printed
//   two_meetings --room ID --other-room ID    rooms that exist
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
#include <getopt.h>
#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include <vsdk.hpp>

namespace {

const char *const topic = "CHAT";

struct Arguments {
    const char *token = std::getenv("VIDEOSDK_TOKEN");
    const char *token_url = "http://localhost:3000/get-token";
    const char *api_url = nullptr;
    const char *room = nullptr;
    const char *other_room = nullptr;
    long messages = 0; // 0: without end
};

void usage(std::ostream &out) {
    out << "usage: two_meetings [--token TOKEN | --token-url URL] [--room ID] [--other-room ID] [--messages N] [--api-url URL]\n"
           "\n"
           "  --token TOKEN    a token, e.g. a temporary one from the dashboard\n"
           "  --token-url URL  where to fetch one (default http://localhost:3000/get-token)\n"
           "  --room ID        one room, instead of creating it\n"
           "  --other-room ID  the other one, instead of creating it\n"
           "  --messages N     leave after so many messages (default: when the input ends)\n"
           "  --api-url URL    another server than https://api.videosdk.live\n";
}

bool read_arguments(int count, char **values, Arguments &arguments) {
    static const option options[] = {
        {"token", required_argument, nullptr, 't'},    {"token-url", required_argument, nullptr, 'u'},
        {"room", required_argument, nullptr, 'r'},     {"other-room", required_argument, nullptr, 'o'},
        {"messages", required_argument, nullptr, 'm'}, {"api-url", required_argument, nullptr, 'a'},
        {"help", no_argument, nullptr, 'h'},           {nullptr, 0, nullptr, 0},
    };
    for (int chosen; (chosen = getopt_long(count, values, "", options, nullptr)) != -1;) {
        switch (chosen) {
        case 't': arguments.token = optarg; break;
        case 'u': arguments.token_url = optarg; arguments.token = nullptr; break;
        case 'r': arguments.room = optarg; break;
        case 'o': arguments.other_room = optarg; break;
        case 'm': arguments.messages = std::atol(optarg); break;
        case 'a': arguments.api_url = optarg; break;
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

// A meeting, and what is known of it.
struct Side {
    vsdk::Meeting meeting;
    std::string room;
    std::string own_id;
};

// Joins the room, or a new one, and subscribes its chat.
Side join(const char *id) {
    const std::string room = id != nullptr ? std::string(id) : vsdk::create_room().id();
    vsdk::Meeting meeting =
        vsdk::init_meeting(vsdk::MeetingOptions().set_meeting_id(room).set_name("relay"));
    meeting.join();
    meeting.subscribe(topic);
    std::string own_id = meeting.snapshot().participant_id();
    return {std::move(meeting), room, std::move(own_id)};
}

// Repeats a message of one side on the other.
void repeat(const Side &from, Side &to, const vsdk::Event &event) {
    const std::vector<std::uint8_t> message = event.payload();
    const std::string text = event.participant_name().value_or("?") + ": " +
                             std::string(message.begin(), message.end());
    to.meeting.publish(topic, text);
    std::cout << from.room << " -> " << to.room << ": " << text << "\n";
}

// Repeats what waits on one side, and counts it; false when that meeting has ended.
bool repeat_all(Side &from, Side &to, long &repeated) {
    for (const vsdk::Event &event : from.meeting.events(std::chrono::seconds(0))) {
        if (event.type() == vsdk::EventType::meeting_left)
            return false;
        // Earlier ones were written when nobody was there to repeat them, and so they stay.
        if (event.type() == vsdk::EventType::message && event.code() == 0 &&
            event.participant_id() != from.own_id) {
            repeat(from, to, event);
            ++repeated;
        }
    }
    return true;
}

// Whether the input has ended; called when there is something to read.
bool input_has_ended() {
    char ignored[512];
    return read(STDIN_FILENO, ignored, sizeof ignored) <= 0;
}

void relay(Side &one, Side &other, long messages) {
    // With a number of messages, the input does not matter: poll() skips a negative descriptor.
    pollfd sources[] = {{messages > 0 ? -1 : STDIN_FILENO, POLLIN, 0},
                        {one.meeting.event_descriptor(), POLLIN, 0},
                        {other.meeting.event_descriptor(), POLLIN, 0}};
    long repeated = 0;
    while (repeat_all(one, other, repeated) && repeat_all(other, one, repeated)) {
        if (messages > 0 && repeated >= messages)
            return;
        if (poll(sources, 3, -1) > 0 && sources[0].revents != 0 && input_has_ended())
            return;
    }
}

} // namespace

int main(int count, char **values) {
    Arguments arguments;
    if (!read_arguments(count, values, arguments))
        return EXIT_FAILURE;
    std::cout << std::unitbuf;
    try {
        configure(arguments);
        Side one = join(arguments.room);
        Side other = join(arguments.other_room);
        std::cout << "rooms " << one.room << " " << other.room << "\n";
        relay(one, other, arguments.messages);
        one.meeting.leave();
        other.meeting.leave();
        vsdk::shutdown();
        return EXIT_SUCCESS;
    } catch (const vsdk::Error &error) {
        std::cerr << error.operation() << " failed: " << error.message() << "\n  "
                  << error.remedy() << "\n";
        return EXIT_FAILURE;
    }
}

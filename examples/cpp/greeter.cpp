// A host that never sleeps: lets in everybody who asks, and welcomes everybody who comes.
//
//   greeter                        in a new room; its id is printed for the guests
//   greeter --room ID --guests 2   in a room that exists; leaves after two guests
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart. Guests whose token
// has the permission ask_join and not allow_join have to ask.
#include <getopt.h>
#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

#include <vsdk.hpp>

namespace {

const char *const topic = "CHAT";

struct Arguments {
    const char *token = std::getenv("VIDEOSDK_TOKEN");
    const char *token_url = "http://localhost:3000/get-token";
    const char *api_url = nullptr;
    const char *room = nullptr;
    const char *name = nullptr;
    long guests = 0; // 0: without end
};

void usage(std::ostream &out) {
    out << "usage: greeter [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--guests N] [--api-url URL]\n"
           "\n"
           "  --token TOKEN    a token, e.g. a temporary one from the dashboard\n"
           "  --token-url URL  where to fetch one (default http://localhost:3000/get-token)\n"
           "  --room ID        meet in this room instead of creating one\n"
           "  --name NAME      the name that others see\n"
           "  --guests N       leave after so many guests (default: when the input ends)\n"
           "  --api-url URL    another server than https://api.videosdk.live\n";
}

bool read_arguments(int count, char **values, Arguments &arguments) {
    static const option options[] = {
        {"token", required_argument, nullptr, 't'},   {"token-url", required_argument, nullptr, 'u'},
        {"room", required_argument, nullptr, 'r'},    {"name", required_argument, nullptr, 'n'},
        {"guests", required_argument, nullptr, 'g'},  {"api-url", required_argument, nullptr, 'a'},
        {"help", no_argument, nullptr, 'h'},          {nullptr, 0, nullptr, 0},
    };
    for (int chosen; (chosen = getopt_long(count, values, "", options, nullptr)) != -1;) {
        switch (chosen) {
        case 't': arguments.token = optarg; break;
        case 'u': arguments.token_url = optarg; arguments.token = nullptr; break;
        case 'r': arguments.room = optarg; break;
        case 'n': arguments.name = optarg; break;
        case 'g': arguments.guests = std::atol(optarg); break;
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

// Joins the room that was asked for, or a new one, with microphone and camera off.
vsdk::Meeting join(const Arguments &arguments) {
    const std::string room =
        arguments.room != nullptr ? std::string(arguments.room) : vsdk::create_room().id();
    std::cout << "room " << room << "\n";
    vsdk::Meeting meeting = vsdk::init_meeting(
        vsdk::MeetingOptions().set_meeting_id(room).set_name(arguments.name));
    meeting.join();
    return meeting;
}

// Lets in who asks.
void let_in(vsdk::Meeting &meeting, const vsdk::Event &event) {
    meeting.moderate(event.participant_id(), vsdk::Moderation::allow_entry);
    std::cout << "* " << event.participant_name().value_or("?") << " asks to come in: let in\n";
}

// Sends a welcome that only the newcomer gets, who subscribes the topic later.
void welcome(vsdk::Meeting &meeting, const vsdk::Event &event) {
    const std::string name = event.participant_name().value_or("?");
    vsdk::PublishOptions options;
    options.set_persist(true).add_send_only(event.participant_id());
    meeting.publish(topic, "Welcome, " + name + "!", options);
    std::cout << "* " << name << " joined: welcomed\n";
}

// Whether the input has ended; called when there is something to read.
bool input_has_ended() {
    char ignored[512];
    return read(STDIN_FILENO, ignored, sizeof ignored) <= 0;
}

// Does what events ask for, until there were so many guests, or the input or the meeting ends.
void greet(vsdk::Meeting &meeting, long guests) {
    // With a number of guests, the input does not matter: poll() skips a negative descriptor.
    pollfd sources[] = {{guests > 0 ? -1 : STDIN_FILENO, POLLIN, 0},
                        {meeting.event_descriptor(), POLLIN, 0}};
    long welcomed = 0;
    for (;;) {
        for (const vsdk::Event &event : meeting.events(std::chrono::seconds(0))) {
            switch (event.type()) {
            case vsdk::EventType::entry_requested: let_in(meeting, event); break;
            case vsdk::EventType::participant_joined:
                welcome(meeting, event);
                if (++welcomed == guests)
                    return;
                break;
            case vsdk::EventType::meeting_left:
                std::cout << "* the meeting has ended: " << event.text().value_or("") << "\n";
                return;
            default: break;
            }
        }
        if (poll(sources, 2, -1) > 0 && sources[0].revents != 0 && input_has_ended())
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
        vsdk::Meeting meeting = join(arguments);
        greet(meeting, arguments.guests);
        meeting.leave();
        vsdk::shutdown();
        return EXIT_SUCCESS;
    } catch (const vsdk::Error &error) {
        std::cerr << error.operation() << " failed: " << error.message() << "\n  "
                  << error.remedy() << "\n";
        return EXIT_FAILURE;
    }
}

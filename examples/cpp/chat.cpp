// A chat in the terminal: what you write goes to everybody in the room, and you see who comes and
// goes.
//
//   chat --name Ann                  in a new room; its id is printed for the others
//   chat --name Bob --room ID        in a room that exists
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
#include <getopt.h>
#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <vsdk.hpp>

namespace {

const char *const topic = "CHAT";

struct Arguments {
    const char *token = std::getenv("VIDEOSDK_TOKEN");
    const char *token_url = "http://localhost:3000/get-token";
    const char *api_url = nullptr;
    const char *room = nullptr;
    const char *name = nullptr;
};

void usage(std::ostream &out) {
    out << "usage: chat [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]\n"
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

// Shows who is in the room; gives the number of the last event from before that.
std::int64_t show_room(const vsdk::Meeting &meeting) {
    const vsdk::MeetingSnapshot snapshot = meeting.snapshot();
    std::string names;
    for (const vsdk::Participant &participant : snapshot.participants())
        names += (names.empty() ? "" : ", ") + participant.name() +
                 (participant.is_local() ? " (you)" : "");
    std::cout << "* in the room: " << names << "\n";
    return snapshot.event_sequence();
}

void show_message(const vsdk::Event &event) {
    const std::vector<std::uint8_t> bytes = event.payload();
    std::cout << (event.code() == 1 ? "(earlier) " : "") << event.participant_name().value_or("?")
              << ": " << std::string(bytes.begin(), bytes.end()) << "\n";
}

void show_event(const vsdk::Event &event) {
    const std::string name = event.participant_name().value_or("?");
    switch (event.type()) {
    case vsdk::EventType::participant_joined: std::cout << "* " << name << " joined\n"; break;
    case vsdk::EventType::participant_left: std::cout << "* " << name << " left\n"; break;
    case vsdk::EventType::state_changed:
        if (event.state() == vsdk::MeetingState::reconnecting)
            std::cout << "* connection lost, trying again\n";
        else if (event.state() == vsdk::MeetingState::connected)
            std::cout << "* back in the room\n";
        break;
    default: break;
    }
}

// Shows what has happened; whether the meeting goes on.
bool show_events(vsdk::Meeting &meeting, std::int64_t seen) {
    vsdk::NextEvent event = meeting.next_event(std::chrono::seconds(0));
    for (; event; event = meeting.next_event(std::chrono::seconds(0))) {
        if (event->type() == vsdk::EventType::meeting_left) {
            std::cout << "* the meeting has ended: " << event->text().value_or("") << "\n";
            return false;
        }
        if (event->type() == vsdk::EventType::message)
            show_message(*event);
        else if (event->sequence() > seen)
            show_event(*event);
    }
    return !event.closed();
}

// Passes messages on in both directions until the input or the meeting ends.
void chat(vsdk::Meeting &meeting, std::int64_t seen) {
    meeting.subscribe(topic);
    // Those who come later are to see it too.
    vsdk::PublishOptions options;
    options.set_persist(true);

    // poll() does not know what the stream has read ahead.
    std::setvbuf(stdin, nullptr, _IONBF, 0);
    pollfd sources[] = {{STDIN_FILENO, POLLIN, 0}, {meeting.event_descriptor(), POLLIN, 0}};
    while (show_events(meeting, seen)) {
        if (poll(sources, 2, -1) < 0)
            return;
        if (sources[0].revents == 0)
            continue;
        std::string line;
        if (!std::getline(std::cin, line)) {
            meeting.leave();
            std::cout << "* you left\n";
            return;
        }
        if (line.empty())
            continue;
        try {
            meeting.publish(topic, line, options);
        } catch (const vsdk::Error &) {
            // When the meeting has ended, what to tell is why it did.
            if (show_events(meeting, seen))
                throw;
            return;
        }
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
        chat(meeting, show_room(meeting));
        vsdk::shutdown();
        return EXIT_SUCCESS;
    } catch (const vsdk::Error &error) {
        std::cerr << error.operation() << " failed: " << error.message() << "\n  "
                  << error.remedy() << "\n";
        return EXIT_FAILURE;
    }
}

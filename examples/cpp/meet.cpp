// A meeting in a window, with SDL: everybody as a tile with name and level, a frame around whoever
// speaks. The keys M and V switch microphone and camera, S keeps a picture of the window, Q ends.
//
//   meet --room ID --name Ann
//   meet --room ID --name Ann --tone                      says a tone, not what a microphone hears
//   meet --room ID --screenshot meet.png --after 10       keeps a picture after ten seconds, and ends
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart. SDL 2 has no cameras:
// a test pattern is filmed. Needs SDL 2, SDL_ttf and SDL_image, and a library with raw pictures (the
// feature `vp8`); without that, nobody has a picture.
#include <SDL.h>
#include <getopt.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>

#include <vsdk.hpp>

#include "meet/call.hpp"
#include "meet/window.hpp"

namespace {

struct Arguments {
    const char *token = std::getenv("VIDEOSDK_TOKEN");
    const char *token_url = "http://localhost:3000/get-token";
    const char *api_url = nullptr;
    const char *room = nullptr;
    const char *name = nullptr;
    const char *font = nullptr;
    const char *screenshot = "meet.png";
    long after = 0; // 0: until somebody ends it
    bool is_tone = false;
};

void usage(std::ostream &out) {
    out << "usage: meet [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]\n"
           "            [--tone] [--font FILE.ttf] [--screenshot FILE.png] [--after N]\n"
           "\n"
           "  --token TOKEN          a token, e.g. a temporary one from the dashboard\n"
           "  --token-url URL        where to fetch one (default http://localhost:3000/get-token)\n"
           "  --room ID              join this room instead of creating one\n"
           "  --name NAME            the name that others see\n"
           "  --api-url URL          another server than https://api.videosdk.live\n"
           "  --tone                 say a tone instead of what a microphone hears\n"
           "  --font FILE.ttf        for names (default DejaVu Sans, where it usually is)\n"
           "  --screenshot FILE.png  where the key S keeps a picture of the window (default meet.png)\n"
           "  --after N              keep that picture after N seconds, and end\n";
}

bool read_arguments(int count, char **values, Arguments &arguments) {
    static const option options[] = {
        {"token", required_argument, nullptr, 't'},   {"token-url", required_argument, nullptr, 'u'},
        {"room", required_argument, nullptr, 'r'},    {"name", required_argument, nullptr, 'n'},
        {"api-url", required_argument, nullptr, 'a'}, {"tone", no_argument, nullptr, 'o'},
        {"font", required_argument, nullptr, 'f'},    {"screenshot", required_argument, nullptr, 's'},
        {"after", required_argument, nullptr, 'e'},   {"help", no_argument, nullptr, 'h'},
        {nullptr, 0, nullptr, 0},
    };
    for (int chosen; (chosen = getopt_long(count, values, "", options, nullptr)) != -1;) {
        switch (chosen) {
        case 't': arguments.token = optarg; break;
        case 'u': arguments.token_url = optarg; arguments.token = nullptr; break;
        case 'r': arguments.room = optarg; break;
        case 'n': arguments.name = optarg; break;
        case 'a': arguments.api_url = optarg; break;
        case 'o': arguments.is_tone = true; break;
        case 'f': arguments.font = optarg; break;
        case 's': arguments.screenshot = optarg; break;
        case 'e':
            arguments.after = std::strtol(optarg, nullptr, 10);
            if (arguments.after > 0)
                break;
            std::cerr << "--after wants a number from 1 on\n";
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

// SDL, as long as it is needed.
struct Sdl {
    Sdl() {
        SDL_SetHint(SDL_HINT_APP_NAME, "meet");
        if (SDL_Init(SDL_INIT_VIDEO) != 0)
            fail("there is no screen");
        if (TTF_Init() != 0)
            fail("nothing can be written");
        SDL_InitSubSystem(SDL_INIT_AUDIO); // Many machines have no sound; meet goes without.
    }
    ~Sdl() {
        TTF_Quit();
        SDL_Quit();
    }
};

void keep_picture(Window &window, const Arguments &arguments) {
    window.save(arguments.screenshot);
    std::cout << "* " << arguments.screenshot << "\n";
}

// Does what somebody at the window wants; false when that is to end.
bool obey(const SDL_Event &event, Call &call, Window &window, const Arguments &arguments) {
    if (event.type == SDL_QUIT)
        return false;
    if (event.type != SDL_KEYDOWN || event.key.repeat != 0)
        return true;
    switch (event.key.keysym.sym) {
    case SDLK_m: call.switch_microphone(); break;
    case SDLK_v: call.switch_camera(); break;
    case SDLK_s:
        window.draw(call);
        keep_picture(window, arguments);
        break;
    case SDLK_q:
    case SDLK_ESCAPE: return false;
    default: break;
    }
    return true;
}

// Shows the meeting until it ends, or is to end.
void show(vsdk::Meeting &meeting, const Arguments &arguments) {
    using Clock = std::chrono::steady_clock;
    const std::chrono::milliseconds pause(33); // Thirty pictures a second.
    Window window(arguments.font);
    Call call(meeting, arguments.is_tone);
    const Clock::time_point end = Clock::now() + std::chrono::seconds(arguments.after);
    for (Clock::time_point due = Clock::now(); !call.is_over(); due = std::max(due + pause, Clock::now())) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(due - Clock::now());
        SDL_Delay(static_cast<Uint32>(std::max<long long>(left.count(), 0)));
        for (SDL_Event event; SDL_PollEvent(&event) != 0;)
            if (!obey(event, call, window, arguments))
                return;
        call.update();
        window.draw(call);
        if (arguments.after > 0 && Clock::now() >= end) {
            keep_picture(window, arguments);
            return;
        }
        window.show();
    }
}

} // namespace

int main(int count, char **values) {
    Arguments arguments;
    if (!read_arguments(count, values, arguments))
        return EXIT_FAILURE;
    std::cout << std::unitbuf;
    try {
        const Sdl sdl;
        configure(arguments);
        vsdk::Meeting meeting = join(arguments);
        show(meeting, arguments);
        meeting.leave();
        vsdk::shutdown();
        return EXIT_SUCCESS;
    } catch (const vsdk::Error &error) {
        std::cerr << error.operation() << " failed: " << error.message() << "\n  "
                  << error.remedy() << "\n";
        return EXIT_FAILURE;
    } catch (const std::runtime_error &error) {
        std::cerr << error.what() << "\n";
        return EXIT_FAILURE;
    }
}

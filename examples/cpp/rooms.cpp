// Rooms on the service: create, list, look up, deactivate.
//
//   rooms create [CUSTOM_ID]
//   rooms list [PAGE]
//   rooms validate ID
//   rooms get ID
//   rooms deactivate ID
//
// The token comes from the environment variable VIDEOSDK_TOKEN, or is fetched from the URL in
// VIDEOSDK_TOKEN_URL; another server than the service's own from VIDEOSDK_API_ENDPOINT.
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <string>

#include <vsdk.hpp>

namespace {

int usage() {
    std::cerr << "usage: rooms create [CUSTOM_ID] | list [PAGE] | validate ID | get ID | deactivate ID\n";
    return EXIT_FAILURE;
}

void show(const vsdk::Room &room) {
    std::cout << std::left << std::setw(16) << room.id() << "  " << std::setw(10)
              << (room.is_disabled() ? "disabled" : "open") << "  " << std::setw(24)
              << room.created_at().value_or("-") << "  " << room.custom_id().value_or("-") << "\n";
}

void configure() {
    vsdk::ConfigOptions options;
    options.set_api_base_url(std::getenv("VIDEOSDK_API_ENDPOINT"));
    if (const char *token = std::getenv("VIDEOSDK_TOKEN"))
        options.set_token(token);
    else if (const char *url = std::getenv("VIDEOSDK_TOKEN_URL"))
        options.set_token(vsdk::fetch_token(url).text());
    vsdk::config_with(options);
}

void create(const char *custom_id) {
    vsdk::RoomOptions options;
    if (custom_id != nullptr)
        options.set_custom_room_id(custom_id);
    show(vsdk::create_room(options));
}

void list(int page) {
    const vsdk::RoomList rooms = vsdk::list_rooms(vsdk::RoomListOptions().set_page(page));
    for (const vsdk::Room &room : rooms)
        show(room);
    std::cout << "page " << rooms.page() << " of " << rooms.last_page() << ", " << rooms.total()
              << " rooms in all\n";
}

} // namespace

int main(int count, char **values) {
    const std::string command = count > 1 ? values[1] : "";
    const char *id = count > 2 ? values[2] : nullptr;
    if (id == nullptr && command != "create" && command != "list")
        return usage();
    try {
        configure();
        if (command == "create")
            create(id);
        else if (command == "list")
            list(id != nullptr ? std::atoi(id) : 1);
        else if (command == "validate")
            show(vsdk::validate_room(id));
        else if (command == "get")
            show(vsdk::get_room(id));
        else if (command == "deactivate")
            show(vsdk::deactivate_room(id));
        else
            return usage();
        vsdk::shutdown();
        return EXIT_SUCCESS;
    } catch (const vsdk::Error &error) {
        std::cerr << error.message() << "\n  " << error.remedy() << "\n";
        return EXIT_FAILURE;
    }
}

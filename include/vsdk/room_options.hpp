/// @file
/// Options of requests, of rooms, and of lists of rooms.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_ROOM_OPTIONS_HPP
#define VSDK_ROOM_OPTIONS_HPP

#include <cstdint>
#include <optional>

#include "detail.hpp"
#include "text.hpp"

namespace vsdk {

/// For a call with another token, or to another server, than the configured ones. To be set by
/// one thread at a time.
class RequestOptions : public detail::Object<VsdkRequestOptions> {
public:
    /// The configured token and server. Throws Error (resource_exhausted).
    RequestOptions() : Object(detail::create(vsdk_request_options_new)) {}

    /// Takes over a handle of vsdk.h. Never throws.
    explicit RequestOptions(VsdkRequestOptions *owned) noexcept : Object(owned) {}

    /// Another token; absent for the configured one.
    RequestOptions &set_token(const TextArg &token) {
        detail::call(vsdk_request_options_set_token, native_handle(), token.c_str());
        return *this;
    }

    /// The base URL of another server's REST API; absent for the configured one.
    RequestOptions &set_api_base_url(const TextArg &api_base_url) {
        detail::call(vsdk_request_options_set_api_base_url, native_handle(), api_base_url.c_str());
        return *this;
    }
};

/// What create_room() creates; everything is optional. To be set by one thread at a time.
class RoomOptions : public detail::Object<VsdkRoomOptions> {
public:
    /// The service's defaults. Throws Error (resource_exhausted).
    RoomOptions() : Object(detail::create(vsdk_room_options_new)) {}

    /// Takes over a handle of vsdk.h. Never throws.
    explicit RoomOptions(VsdkRoomOptions *owned) noexcept : Object(owned) {}

    /// Another token; absent for the configured one.
    RoomOptions &set_token(const TextArg &token) {
        detail::call(vsdk_room_options_set_token, native_handle(), token.c_str());
        return *this;
    }

    /// The base URL of another server's REST API; absent for the configured one.
    RoomOptions &set_api_base_url(const TextArg &api_base_url) {
        detail::call(vsdk_room_options_set_api_base_url, native_handle(), api_base_url.c_str());
        return *this;
    }

    /// An id of your own, not empty. Creating with one that exists gives the existing room. Throws
    /// Error (invalid_argument).
    RoomOptions &set_custom_room_id(const TextArg &custom_room_id) {
        detail::call(vsdk_room_options_set_custom_room_id, native_handle(),
                     custom_room_id.c_str());
        return *this;
    }

    /// Keeps the media in a region, e.g. "us001", "eu001", "in002"; by default that of the API
    /// key. Throws Error (invalid_argument).
    RoomOptions &set_geo_fence(const TextArg &geo_fence) {
        detail::call(vsdk_room_options_set_geo_fence, native_handle(), geo_fence.c_str());
        return *this;
    }

    /// The older name of the geo fence, for services that still read it. Throws Error
    /// (invalid_argument).
    RoomOptions &set_region(const TextArg &region) {
        detail::call(vsdk_room_options_set_region, native_handle(), region.c_str());
        return *this;
    }

    /// Where the service reports what happens in the room: an https URL of at most 512
    /// characters. Throws Error (invalid_argument).
    RoomOptions &set_webhook_url(const TextArg &url) {
        detail::call(vsdk_room_options_set_webhook_url, native_handle(), url.c_str());
        return *this;
    }

    /// Adds an event that the webhook is told of, e.g. "participant-joined", or "session*" for
    /// several; none means all. Throws Error (invalid_argument).
    RoomOptions &add_webhook_event(const TextArg &event) {
        detail::call(vsdk_room_options_add_webhook_event, native_handle(), event.c_str());
        return *this;
    }

    /// When the room closes by itself: "session-ends" or "session-end-and-deactivate", and how
    /// long a session may last; absent for the service's default. The service's documents disagree
    /// whether the duration counts minutes or seconds: set it with care. Throws Error
    /// (invalid_argument).
    RoomOptions &set_auto_close(const TextArg &kind,
                                std::optional<std::int64_t> duration = std::nullopt) {
        detail::call(vsdk_room_options_set_auto_close, native_handle(), kind.c_str(),
                     duration.value_or(VSDK_AUTO_CLOSE_DURATION_DEFAULT));
        return *this;
    }

    /// What starts by itself with a session: the JSON object autoStartConfig, e.g.
    /// {"recording": {"config": {...}}}. Throws Error (invalid_argument).
    RoomOptions &set_auto_start_json(const TextArg &json) {
        detail::call(vsdk_room_options_set_auto_start_json, native_handle(), json.c_str());
        return *this;
    }

    /// Whether several recordings or streams of one kind may run at once.
    RoomOptions &set_multi_composition(bool recording, bool hls, bool rtmp) {
        detail::call(vsdk_room_options_set_multi_composition, native_handle(),
                     detail::flag(recording), detail::flag(hls), detail::flag(rtmp));
        return *this;
    }

    /// Adds a participant who may join; none means everyone. Throws Error (invalid_argument).
    RoomOptions &add_allowed_participant_id(const TextArg &participant_id) {
        detail::call(vsdk_room_options_add_allowed_participant_id, native_handle(),
                     participant_id.c_str());
        return *this;
    }
};

/// Which rooms list_rooms() lists. To be set by one thread at a time.
class RoomListOptions : public detail::Object<VsdkRoomListOptions> {
public:
    /// The first page of all rooms, in the service's own page size. Throws Error
    /// (resource_exhausted).
    RoomListOptions() : Object(detail::create(vsdk_room_list_options_new)) {}

    /// Takes over a handle of vsdk.h. Never throws.
    explicit RoomListOptions(VsdkRoomListOptions *owned) noexcept : Object(owned) {}

    /// Another token; absent for the configured one.
    RoomListOptions &set_token(const TextArg &token) {
        detail::call(vsdk_room_list_options_set_token, native_handle(), token.c_str());
        return *this;
    }

    /// The base URL of another server's REST API; absent for the configured one.
    RoomListOptions &set_api_base_url(const TextArg &api_base_url) {
        detail::call(vsdk_room_list_options_set_api_base_url, native_handle(),
                     api_base_url.c_str());
        return *this;
    }

    /// Which page, from 1. Throws Error (invalid_argument).
    RoomListOptions &set_page(std::int32_t page) {
        detail::call(vsdk_room_list_options_set_page, native_handle(), page);
        return *this;
    }

    /// How many rooms a page has, from 1; the service sets the upper limit. Throws Error
    /// (invalid_argument).
    RoomListOptions &set_per_page(std::int32_t per_page) {
        detail::call(vsdk_room_list_options_set_per_page, native_handle(), per_page);
        return *this;
    }

    /// Lists only the room with this room id or custom id.
    RoomListOptions &set_query(const TextArg &room_id) {
        detail::call(vsdk_room_list_options_set_query, native_handle(), room_id.c_str());
        return *this;
    }

    /// Lists the rooms of this account; for administrators.
    RoomListOptions &set_user_id(const TextArg &user_id) {
        detail::call(vsdk_room_list_options_set_user_id, native_handle(), user_id.c_str());
        return *this;
    }
};

} // namespace vsdk

#endif // VSDK_ROOM_OPTIONS_HPP

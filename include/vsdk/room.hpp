/// @file
/// Rooms: create, look up, list, deactivate.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_ROOM_HPP
#define VSDK_ROOM_HPP

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "detail.hpp"
#include "operation.hpp"
#include "room_options.hpp"
#include "text.hpp"
#include "timeout.hpp"

namespace vsdk {

/// A room as the service described it. Immutable: from any thread, several at once.
class Room : public detail::Object<VsdkRoom> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit Room(VsdkRoom *owned) noexcept : Object(owned) {}

    /// Its room id: what a meeting takes as meeting id.
    std::string id() const { return detail::text(vsdk_room_id(native_handle())); }

    /// Your own id of it; absent when the service did not say.
    std::optional<std::string> custom_id() const {
        return detail::optional_text(vsdk_room_custom_id(native_handle()));
    }

    /// The service's internal id of it; absent when the service did not say.
    std::optional<std::string> database_id() const {
        return detail::optional_text(vsdk_room_database_id(native_handle()));
    }

    /// The account it belongs to; absent when the service did not say.
    std::optional<std::string> user_id() const {
        return detail::optional_text(vsdk_room_user_id(native_handle()));
    }

    /// The API key it belongs to; absent when the service did not say.
    std::optional<std::string> api_key() const {
        return detail::optional_text(vsdk_room_api_key(native_handle()));
    }

    /// The region in which its media stays; absent when the service did not say.
    std::optional<std::string> geo_fence() const {
        return detail::optional_text(vsdk_room_geo_fence(native_handle()));
    }

    /// Where the service reports what happens in it; absent when the service did not say.
    std::optional<std::string> webhook_url() const {
        return detail::optional_text(vsdk_room_webhook_url(native_handle()));
    }

    /// When it closes by itself, e.g. "session-ends"; absent when the service did not say.
    std::optional<std::string> auto_close_type() const {
        return detail::optional_text(vsdk_room_auto_close_type(native_handle()));
    }

    /// What starts by itself with a session, as a JSON object; absent as above.
    std::optional<std::string> auto_start_json() const {
        return detail::optional_text(vsdk_room_auto_start_json(native_handle()));
    }

    /// When it was created, e.g. "2026-07-01T08:30:00.125Z"; absent as above.
    std::optional<std::string> created_at() const {
        return detail::optional_text(vsdk_room_created_at(native_handle()));
    }

    /// When it was changed last; absent when the service did not say.
    std::optional<std::string> updated_at() const {
        return detail::optional_text(vsdk_room_updated_at(native_handle()));
    }

    /// Its address in the REST API; absent when the service did not say.
    std::optional<std::string> room_link() const {
        return detail::optional_text(vsdk_room_room_link(native_handle()));
    }

    /// The address of its sessions in the REST API; absent when the service did not say.
    std::optional<std::string> session_link() const {
        return detail::optional_text(vsdk_room_session_link(native_handle()));
    }

    /// Whether it was deactivated; false when the service did not say. Never throws.
    bool is_disabled() const noexcept { return vsdk_room_is_disabled(native_handle()) != 0; }

    /// How long a session may last, in the unit of the service; absent when it did not say.
    std::optional<std::int64_t> auto_close_duration() const noexcept {
        const std::int64_t duration = vsdk_room_auto_close_duration(native_handle());
        return duration < 0 ? std::nullopt : std::optional<std::int64_t>(duration);
    }

    /// All that the service said about it, as it came: a JSON object.
    std::string json() const { return detail::text(vsdk_room_json(native_handle())); }
};

/// One page of rooms: `for (const vsdk::Room &room : list)`. Immutable: from any thread, several
/// at once.
class RoomList : public detail::Object<VsdkRoomList> {
public:
    /// Goes through the rooms of a page; each is made when it is looked at.
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Room;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = Room;

        /// Of no page.
        iterator() noexcept = default;

        /// The room. Throws Error (invalid_argument) behind the last one.
        Room operator*() const { return list_->at(index_); }

        /// Goes to the next one. Never throws.
        iterator &operator++() noexcept {
            ++index_;
            return *this;
        }

        /// Goes to the next one, gives the present place. Never throws.
        iterator operator++(int) noexcept {
            iterator present = *this;
            ++index_;
            return present;
        }

        /// Whether both are at the same place of one page.
        friend bool operator==(const iterator &left, const iterator &right) noexcept {
            return left.list_ == right.list_ && left.index_ == right.index_;
        }

        /// Whether they are at different places.
        friend bool operator!=(const iterator &left, const iterator &right) noexcept {
            return !(left == right);
        }

    private:
        friend class RoomList;
        iterator(const RoomList &list, std::size_t index) noexcept : list_(&list), index_(index) {}

        const RoomList *list_ = nullptr;
        std::size_t index_ = 0;
    };
    using const_iterator = iterator;
    using value_type = Room;

    /// Takes over a handle of vsdk.h. Never throws.
    explicit RoomList(VsdkRoomList *owned) noexcept : Object(owned) {}

    /// How many rooms are on the page. Never throws.
    std::size_t size() const noexcept { return vsdk_room_list_count(native_handle()); }

    /// Whether there are none. Never throws.
    bool empty() const noexcept { return size() == 0; }

    /// A room of the page, from 0; it lives on its own. Throws Error (invalid_argument) when there
    /// is no such room.
    Room at(std::size_t index) const {
        return detail::make<Room>(vsdk_room_list_room, native_handle(), index);
    }

    /// The first room. Never throws.
    iterator begin() const noexcept { return iterator(*this, 0); }

    /// Behind the last room. Never throws.
    iterator end() const noexcept { return iterator(*this, size()); }

    /// Which page it is, from 1. Never throws.
    std::int64_t page() const noexcept { return vsdk_room_list_page(native_handle()); }

    /// How many rooms a full page has. Never throws.
    std::int64_t per_page() const noexcept { return vsdk_room_list_per_page(native_handle()); }

    /// How many pages there are. Never throws.
    std::int64_t last_page() const noexcept { return vsdk_room_list_last_page(native_handle()); }

    /// How many rooms there are on all pages. Never throws.
    std::int64_t total() const noexcept { return vsdk_room_list_total(native_handle()); }
};

/// Creates a room; with a custom id that exists already, the service gives the existing one.
///
/// Blocks at most `timeout`, within which it repeats what can safely be repeated. Throws Error
/// (invalid_argument, not_configured, timeout, would_deadlock inside a callback, those of tokens,
/// and those of networks and replies). From any thread.
inline Room create_room(const RoomOptions &options = {}, Timeout timeout = default_timeout) {
    return detail::make<Room>(vsdk_create_room, options.native_handle(), timeout.c_value());
}

/// Starts create_room() and does not wait. `then`, if given, receives the result on the library's
/// thread for callbacks; else take it from the Op. Throws Error for what shows at once
/// (not_configured, resource_exhausted, those of tokens, invalid_argument for an infinite timeout);
/// everything else is the operation's. From any thread.
inline Op<Room> create_room_async(const RoomOptions &options = {},
                                  Timeout timeout = default_timeout, Then<Room> then = {}) {
    return detail::start<Room>(std::move(then), vsdk_create_room_async, options.native_handle(),
                               timeout.c_value());
}

/// Looks a room up by its room id or custom id, and checks that it belongs to the account of the
/// token.
///
/// Blocks at most `timeout`. Throws Error (not_found, and as create_room()). From any thread.
inline Room validate_room(const TextArg &room_id, const RequestOptions &request = {},
                Timeout timeout = default_timeout) {
    return detail::make<Room>(vsdk_room_validate, room_id.c_str(), request.native_handle(),
                              timeout.c_value());
}

/// Starts validate_room() and does not wait; as create_room_async().
inline Op<Room> validate_room_async(const TextArg &room_id, const RequestOptions &request = {},
                         Timeout timeout = default_timeout, Then<Room> then = {}) {
    return detail::start<Room>(std::move(then), vsdk_room_validate_async, room_id.c_str(),
                               request.native_handle(), timeout.c_value());
}

/// Looks a room up by its room id, custom id or database id.
///
/// Blocks at most `timeout`. Throws Error (not_found, and as create_room()). From any thread.
inline Room get_room(const TextArg &room_id, const RequestOptions &request = {},
                Timeout timeout = default_timeout) {
    return detail::make<Room>(vsdk_room_get, room_id.c_str(), request.native_handle(),
                              timeout.c_value());
}

/// Starts get_room() and does not wait; as create_room_async().
inline Op<Room> get_room_async(const TextArg &room_id, const RequestOptions &request = {},
                         Timeout timeout = default_timeout, Then<Room> then = {}) {
    return detail::start<Room>(std::move(then), vsdk_room_get_async, room_id.c_str(),
                               request.native_handle(), timeout.c_value());
}

/// Closes a room for good: nobody can join it any more. Takes its room id; the service takes no
/// custom id here.
///
/// Blocks at most `timeout`. Throws Error (not_found, and as create_room()). From any thread.
inline Room deactivate_room(const TextArg &room_id, const RequestOptions &request = {},
                Timeout timeout = default_timeout) {
    return detail::make<Room>(vsdk_room_deactivate, room_id.c_str(), request.native_handle(),
                              timeout.c_value());
}

/// Starts deactivate_room() and does not wait; as create_room_async().
inline Op<Room> deactivate_room_async(const TextArg &room_id, const RequestOptions &request = {},
                         Timeout timeout = default_timeout, Then<Room> then = {}) {
    return detail::start<Room>(std::move(then), vsdk_room_deactivate_async, room_id.c_str(),
                               request.native_handle(), timeout.c_value());
}

/// Lists rooms, one page at a time.
///
/// Blocks at most `timeout`. Throws Error as create_room(). From any thread.
inline RoomList list_rooms(const RoomListOptions &options = {},
                           Timeout timeout = default_timeout) {
    return detail::make<RoomList>(vsdk_rooms_list, options.native_handle(), timeout.c_value());
}

/// Starts list_rooms() and does not wait; as create_room_async().
inline Op<RoomList> list_rooms_async(const RoomListOptions &options = {},
                                     Timeout timeout = default_timeout, Then<RoomList> then = {}) {
    return detail::start<RoomList>(std::move(then), vsdk_rooms_list_async,
                                   options.native_handle(), timeout.c_value());
}

} // namespace vsdk

#endif // VSDK_ROOM_HPP

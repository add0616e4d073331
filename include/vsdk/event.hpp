/// @file
/// Events: what a meeting tells.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_EVENT_HPP
#define VSDK_EVENT_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detail.hpp"
#include "snapshot.hpp"

namespace vsdk {

/// What kind of event it is. Ignore those that are unknown.
enum class EventType : std::int32_t {
    /// The meeting is in another state: `code` is its number (a MeetingState), `text` its name.
    /// When it ended by itself, `status` says why.
    state_changed = VSDK_EVENT_TYPE_STATE_CHANGED,
    /// The token works, but not for long or not as one would think: `code` is the number of the
    /// finding (a TokenFinding), `text` explains it and says what to do.
    token_warning = VSDK_EVENT_TYPE_TOKEN_WARNING,
    /// The token's life is over in a minute or less: `code` is the seconds left. Hand in a fresh
    /// one with Meeting::set_token().
    token_expiring = VSDK_EVENT_TYPE_TOKEN_EXPIRING,
    /// Events were lost because they were not read: `code` is how many. Read the snapshot again.
    overflow = VSDK_EVENT_TYPE_OVERFLOW,
};

/// One event of a meeting. Immutable: from any thread, several at once.
class Event : public detail::Object<VsdkEvent> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit Event(VsdkEvent *owned) noexcept : Object(owned) {}

    /// What kind of event it is; be ready for kinds that are not known yet. Never throws.
    EventType type() const noexcept {
        return static_cast<EventType>(vsdk_event_type(native_handle()));
    }

    /// The stable name of its type, e.g. "STATE_CHANGED".
    std::string type_name() const { return detail::text(vsdk_event_type_name(native_handle())); }

    /// Its number in the order of this meeting's events, from 1. A gap means lost events. Never
    /// throws.
    std::int64_t sequence() const noexcept { return vsdk_event_sequence(native_handle()); }

    /// When it happened. Never throws.
    TimeMilliseconds time() const noexcept {
        return TimeMilliseconds(std::chrono::milliseconds(vsdk_event_time_ms(native_handle())));
    }

    /// Whom it is about or from; absent when it is about nobody.
    std::optional<std::string> participant_id() const {
        return detail::optional_text(vsdk_event_participant_id(native_handle()));
    }

    /// Which track it is about; absent when it is about none.
    std::optional<std::string> track_id() const {
        return detail::optional_text(vsdk_event_track_id(native_handle()));
    }

    /// A number whose meaning depends on the type; 0 when there is none. Never throws.
    std::int32_t code() const noexcept { return vsdk_event_code(native_handle()); }

    /// The new state, when it is an EventType::state_changed; else absent. Never throws.
    std::optional<MeetingState> state() const noexcept {
        if (type() != EventType::state_changed)
            return std::nullopt;
        return static_cast<MeetingState>(code());
    }

    /// A text whose meaning depends on the type; absent when there is none.
    std::optional<std::string> text() const {
        return detail::optional_text(vsdk_event_text(native_handle()));
    }

    /// The failure behind it; Status::ok when there is none. Never throws.
    Status status() const noexcept {
        return static_cast<Status>(vsdk_event_status(native_handle()));
    }

    /// Bytes whose meaning depends on the type; mostly none.
    std::vector<std::uint8_t> payload() const {
        const std::uint8_t *bytes = nullptr;
        std::size_t length = 0;
        detail::call(vsdk_event_payload, native_handle(), &bytes, &length);
        if (bytes == nullptr)
            return {};
        return std::vector<std::uint8_t>(bytes, bytes + length);
    }

    /// All of it, also what has no getter of its own: a JSON object.
    std::string json() const { return detail::text(vsdk_event_json(native_handle())); }
};

} // namespace vsdk

#endif // VSDK_EVENT_HPP

/// @file
/// Meetings: made from options, read through snapshots and events.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_MEETING_HPP
#define VSDK_MEETING_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>

#include "detail.hpp"
#include "event.hpp"
#include "meeting_options.hpp"
#include "snapshot.hpp"
#include "text.hpp"
#include "timeout.hpp"

namespace vsdk {

class Meeting;

/// What Meeting::next_event() found: an optional Event that, when empty, also knows why.
class NextEvent : public std::optional<Event> {
public:
    /// An event. Never throws.
    explicit NextEvent(Event event) noexcept : std::optional<Event>(std::move(event)) {}

    /// None. Never throws.
    explicit NextEvent(bool closed) noexcept : closed_(closed) {}

    /// Whether none will come any more: the meeting has ended and all its events were read. Never
    /// throws.
    bool closed() const noexcept { return closed_; }

private:
    bool closed_ = false;
};

/// The events of a meeting for a range-based for; see Meeting::events().
class EventRange {
public:
    /// Reads the next event with each step.
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Event;
        using difference_type = std::ptrdiff_t;
        using pointer = Event *;
        using reference = Event &;

        /// The end. Never throws.
        iterator() noexcept = default;

        /// The present event; it may be moved out. Not at the end. Never throws.
        Event &operator*() const noexcept { return *range_->present_; }

        /// The present event. Not at the end. Never throws.
        Event *operator->() const noexcept { return &*range_->present_; }

        /// Reads the next event. Blocks and throws as Meeting::next_event().
        iterator &operator++() {
            range_->advance();
            return *this;
        }

        /// Reads the next event. Blocks and throws as Meeting::next_event().
        void operator++(int) { range_->advance(); }

        /// Whether both are at the end, or both not.
        friend bool operator==(const iterator &left, const iterator &right) noexcept {
            return left.at_end() == right.at_end();
        }

        /// Whether one of them is at the end.
        friend bool operator!=(const iterator &left, const iterator &right) noexcept {
            return !(left == right);
        }

    private:
        friend class EventRange;
        explicit iterator(EventRange &range) noexcept : range_(&range) {}
        bool at_end() const noexcept { return range_ == nullptr || !range_->present_; }

        EventRange *range_ = nullptr;
    };

    /// Reads the first event. Blocks and throws as Meeting::next_event().
    iterator begin() {
        advance();
        return iterator(*this);
    }

    /// The end. Never throws.
    iterator end() noexcept { return iterator(); }

private:
    friend class Meeting;
    EventRange(Meeting &meeting, Timeout timeout) noexcept : meeting_(&meeting), timeout_(timeout) {}
    inline void advance();

    Meeting *meeting_;
    Timeout timeout_;
    std::optional<Event> present_;
};

/// Receives an event; it is borrowed for the duration of the call, so read from it what you need.
using EventHandler = std::function<void(const Event &event)>;

/// Told that there is something to read.
using WakeHandler = std::function<void()>;

namespace detail {

inline void on_event(const VsdkEvent *event, void *user_data) noexcept {
    // The library's: given up again, however the handler ends.
    struct Borrowed {
        Event event;
        ~Borrowed() { event.release(); }
    } borrowed{Event(const_cast<VsdkEvent *>(event))};
    guarded([&] { (*static_cast<EventHandler *>(user_data))(borrowed.event); });
}

inline void on_wake(void *user_data) noexcept {
    guarded([&] { (*static_cast<WakeHandler *>(user_data))(); });
}

} // namespace detail

/// A meeting.
///
/// Everything may be called from any thread and several at once, except what changes the object
/// itself: moving, close() and the destructor. To end a meeting in which another thread waits for
/// events, call leave(): it wakes that thread.
class Meeting : public detail::Object<VsdkMeeting> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit Meeting(VsdkMeeting *owned) noexcept : Object(owned) {}

    /// Moves the meeting here. Never throws.
    Meeting(Meeting &&) noexcept = default;

    /// Moves the meeting here; the one that was here leaves in the background. Never throws.
    Meeting &operator=(Meeting &&) noexcept = default;

    /// A meeting that was not left leaves in the background. Its handlers are taken out; waits
    /// only for a running call of them. Never throws.
    ~Meeting() = default;

    /// All of the meeting at this moment.
    MeetingSnapshot snapshot() const {
        return detail::make<MeetingSnapshot>(vsdk_meeting_snapshot, native_handle());
    }

    /// Joins the room, and asks to be let in where the token demands it. Then the state is
    /// MeetingState::connected; after a failure it is MeetingState::failed, and joining may be tried
    /// again. Blocks at most `timeout`.
    void join(Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_join, native_handle(), timeout.c_value());
    }

    /// Leaves: the state becomes MeetingState::left and whoever waits for events is woken. Leaving
    /// twice is no mistake; events that are left can still be read. Waits for the service at most
    /// `timeout`. Throws Error (invalid_argument for an infinite timeout).
    void leave(Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_leave, native_handle(), timeout.c_value());
    }

    /// Leaves, if that was not done, and frees the meeting: when this returns, its handlers are
    /// not running and will not run again, unless it is called from inside one. Again is no
    /// mistake. Waits for the service at most `timeout`; what fails then ends in the background.
    /// Never throws.
    void close(Timeout timeout = default_timeout) noexcept {
        if (*this)
            vsdk_meeting_leave(native_handle(), timeout.c_value(), nullptr);
        Object::close();
    }

    /// Hands in a fresh token: the next time one is needed, this is used. Throws Error
    /// (invalid_state after the end; those of tokens, and the present one stays).
    void set_token(const TextArg &token) {
        detail::call(vsdk_meeting_set_token, native_handle(), token.c_str());
    }

    /// The next event; empty when none came within `timeout`, or when none will come: then
    /// closed() of the answer is true. Blocks at most `timeout`. Throws Error (invalid_state while
    /// an event handler is set; would_deadlock when it would wait inside a callback).
    NextEvent next_event(Timeout timeout = infinite) {
        VsdkEvent *event = nullptr;
        const VsdkStatus status =
            detail::call(vsdk_meeting_next_event, native_handle(), timeout.c_value(), &event);
        if (event != nullptr)
            return NextEvent(Event(event));
        return NextEvent(status == VSDK_STATUS_CLOSED);
    }

    /// The events one after the other: `for (vsdk::Event &event : meeting.events())`. Ends when
    /// the meeting has ended and all its events were read, or when none came within `timeout`:
    /// with 0 it reads what is there. The meeting must outlive it and not be moved meanwhile. Each
    /// step blocks and throws as next_event().
    EventRange events(Timeout timeout = infinite) noexcept { return EventRange(*this, timeout); }

    /// From now on events go to the handler, those that wait first; an empty one lets them wait
    /// again.
    ///
    /// The handler runs on the library's thread for callbacks; a slow one delays the callbacks of
    /// everyone. When this returns, an earlier handler is not running and will not run again,
    /// unless this is called from inside it. Throws Error (resource_exhausted).
    void set_event_handler(EventHandler handler) {
        detail::set_handler(detail::on_event, std::move(handler), vsdk_meeting_set_event_handler,
                            native_handle());
    }

    /// Sets what is called whenever there is something to read after there was nothing; an empty
    /// one is nothing.
    ///
    /// Made for event loops: let it signal the loop, and read there with a timeout of 0 until
    /// there is nothing. Runs as an event handler does. Throws Error (resource_exhausted).
    void set_wake_handler(WakeHandler handler) {
        detail::set_handler(detail::on_wake, std::move(handler), vsdk_meeting_set_wake_handler,
                            native_handle());
    }

    /// A descriptor that polls readable while there is something to read, made on demand. It
    /// belongs to the meeting and lives as long: poll it, never read or close it. Throws Error
    /// (resource_exhausted; unsupported on Windows).
    int event_descriptor() {
        std::int32_t descriptor = -1;
        detail::call(vsdk_meeting_event_descriptor, native_handle(), &descriptor);
        return descriptor;
    }
};

inline void EventRange::advance() { present_ = meeting_->next_event(timeout_); }

/// Makes a meeting from its options, like VideoSDK.initMeeting({...}); the options are copied.
///
/// Checks everything that can be checked without a network: the options, and whether the token can
/// join this room as this participant. The first event is the change to MeetingState::initialised;
/// warnings about the token follow. Does not block. Throws Error (invalid_argument,
/// not_configured, network_insecure, those of tokens). From any thread.
inline Meeting init_meeting(const MeetingOptions &options) {
    return detail::make<Meeting>(vsdk_init_meeting, options.native_handle());
}

} // namespace vsdk

#endif // VSDK_MEETING_HPP

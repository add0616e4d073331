/// @file
/// The ways in which the events of a meeting are read.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_EVENT_RANGE_HPP
#define VSDK_EVENT_RANGE_HPP

#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>

#include "detail.hpp"
#include "event.hpp"
#include "next.hpp"
#include "timeout.hpp"

namespace vsdk {

class Meeting;

/// What Meeting::next_event() found.
using NextEvent = Next<Event>;

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

namespace detail {

inline void on_event(const VsdkEvent *event, void *user_data) noexcept {
    // The library's: given up again, however the handler ends.
    struct Borrowed {
        Event event;
        ~Borrowed() { event.release(); }
    } borrowed{Event(const_cast<VsdkEvent *>(event))};
    guarded([&] { (*static_cast<EventHandler *>(user_data))(borrowed.event); });
}

} // namespace detail

} // namespace vsdk

#endif // VSDK_EVENT_RANGE_HPP

/// @file
/// What waiting for the next of something found, and who is told that there is something.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_NEXT_HPP
#define VSDK_NEXT_HPP

#include <functional>
#include <optional>
#include <utility>

#include "detail.hpp"

namespace vsdk {

/// What Meeting::next_event() or RemoteTrack::next_frame() found: an optional that, when empty,
/// also knows why.
template <class T>
class Next : public std::optional<T> {
public:
    /// What was found. Never throws.
    explicit Next(T found) noexcept : std::optional<T>(std::move(found)) {}

    /// Nothing. Never throws.
    explicit Next(bool closed) noexcept : closed_(closed) {}

    /// Whether nothing will come any more: the meeting or the track has ended, and all that it had
    /// was read. Never throws.
    bool closed() const noexcept { return closed_; }

private:
    bool closed_ = false;
};

/// Told that there is something to read.
using WakeHandler = std::function<void()>;

namespace detail {

inline void on_wake(void *user_data) noexcept {
    guarded([&] { (*static_cast<WakeHandler *>(user_data))(); });
}

} // namespace detail

} // namespace vsdk

#endif // VSDK_NEXT_HPP

/// @file
/// How long a call may take.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_TIMEOUT_HPP
#define VSDK_TIMEOUT_HPP

#include <chrono>
#include <cstdint>
#include <limits>

#include "../vsdk.h"

namespace vsdk {

/// How long a call may take: any std::chrono duration, default_timeout, or infinite.
///
/// Durations are rounded up to whole milliseconds. A negative one is 0, "do not wait": what is
/// left until a deadline can be passed as it is, also when the deadline has passed.
class Timeout {
public:
    /// This long. Never throws.
    template <class Number, class Period>
    constexpr Timeout(std::chrono::duration<Number, Period> wait) noexcept
        : milliseconds_(rounded(wait)) {}

    /// The number that functions of vsdk.h take.
    constexpr std::int64_t c_value() const noexcept { return milliseconds_; }

    /// 30 seconds.
    static constexpr Timeout standard() noexcept { return Timeout(VSDK_TIMEOUT_DEFAULT); }

    /// As long as it takes; for waiting on events, frames and operations only.
    static constexpr Timeout without_end() noexcept { return Timeout(VSDK_TIMEOUT_INFINITE); }

private:
    explicit constexpr Timeout(std::int64_t milliseconds) noexcept : milliseconds_(milliseconds) {}

    template <class Number, class Period>
    static constexpr std::int64_t rounded(std::chrono::duration<Number, Period> wait) noexcept {
        using Approximate = std::chrono::duration<double, std::milli>;
        using Milliseconds = std::chrono::duration<std::int64_t, std::milli>;
        const double approximate = Approximate(wait).count();
        if (!(approximate > 0.0)) // Not a number is no wait either.
            return 0;
        if (approximate >= 9.0e18)
            return (std::numeric_limits<std::int64_t>::max)();
        const Milliseconds whole = std::chrono::duration_cast<Milliseconds>(wait);
        return Approximate(whole) < wait ? whole.count() + 1 : whole.count();
    }

    std::int64_t milliseconds_;
};

/// 30 seconds.
inline constexpr Timeout default_timeout = Timeout::standard();

/// As long as it takes. Only waiting on events, frames and operations accepts it; other calls
/// answer with an Error (invalid_argument).
inline constexpr Timeout infinite = Timeout::without_end();

} // namespace vsdk

#endif // VSDK_TIMEOUT_HPP

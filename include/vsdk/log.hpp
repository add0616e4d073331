/// @file
/// Log records: silent unless a handler is set.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_LOG_HPP
#define VSDK_LOG_HPP

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>

#include "detail.hpp"

namespace vsdk {

/// How important a record is; a handler gets those of its level and the more important ones.
enum class LogLevel : std::int32_t {
    /// No records.
    off = VSDK_LOG_LEVEL_OFF,
    /// Something failed that the app is not told in another way.
    error = VSDK_LOG_LEVEL_ERROR,
    /// Something that will likely become a failure.
    warning = VSDK_LOG_LEVEL_WARNING,
    /// The milestones: configured, initialised, ended.
    info = VSDK_LOG_LEVEL_INFO,
    /// Requests, retries, operations with their times.
    debug = VSDK_LOG_LEVEL_DEBUG,
    /// Everything.
    trace = VSDK_LOG_LEVEL_TRACE,
};

/// Receives a log record: its level, the part of the library it comes from, e.g. "rooms", and its
/// text. Both texts are borrowed for the duration of the call.
using LogHandler =
    std::function<void(LogLevel level, std::string_view target, std::string_view message)>;

namespace detail {

inline void on_log(VsdkLogLevel level, const char *target, const char *message,
                   void *user_data) noexcept {
    guarded([&] {
        (*static_cast<LogHandler *>(user_data))(static_cast<LogLevel>(level),
                                                target == nullptr ? "" : target,
                                                message == nullptr ? "" : message);
    });
}

} // namespace detail

/// Sets who receives log records of this level and the more important ones, in the place of the
/// present handler; an empty handler is silence.
///
/// The handler runs on the library's thread for callbacks. When this returns, the earlier one is
/// not running and will not run again, unless this is called from inside it. Throws Error
/// (invalid_argument, resource_exhausted). From any thread.
inline void set_log_handler(LogLevel level, LogHandler handler) {
    detail::set_handler(detail::on_log, std::move(handler), vsdk_set_log_handler,
                        static_cast<VsdkLogLevel>(level));
}

} // namespace vsdk

#endif // VSDK_LOG_HPP

/// @file
/// The inside of the C++ layer: handles, calls, callbacks. Not meant to be used by programs.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_DETAIL_HPP
#define VSDK_DETAIL_HPP

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "../vsdk.h"

#include "error.hpp"

namespace vsdk {

/// A moment in whole seconds. Seconds, because a token may live longer than nanoseconds can count.
using TimeSeconds = std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds>;

/// A moment in whole milliseconds.
using TimeMilliseconds =
    std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

namespace detail {

inline void free_handle(VsdkOp *it) noexcept { vsdk_op_free(it); }
inline void free_handle(VsdkConfigOptions *it) noexcept { vsdk_config_options_free(it); }
inline void free_handle(VsdkToken *it) noexcept { vsdk_token_free(it); }
inline void free_handle(VsdkTokenMintOptions *it) noexcept { vsdk_token_mint_options_free(it); }
inline void free_handle(VsdkTokenFetchOptions *it) noexcept { vsdk_token_fetch_options_free(it); }
inline void free_handle(VsdkTokenReport *it) noexcept { vsdk_token_report_free(it); }
inline void free_handle(VsdkRequestOptions *it) noexcept { vsdk_request_options_free(it); }
inline void free_handle(VsdkRoomOptions *it) noexcept { vsdk_room_options_free(it); }
inline void free_handle(VsdkRoom *it) noexcept { vsdk_room_free(it); }
inline void free_handle(VsdkRoomListOptions *it) noexcept { vsdk_room_list_options_free(it); }
inline void free_handle(VsdkRoomList *it) noexcept { vsdk_room_list_free(it); }
inline void free_handle(VsdkMeetingOptions *it) noexcept { vsdk_meeting_options_free(it); }
inline void free_handle(VsdkMeeting *it) noexcept { vsdk_meeting_free(it); }
inline void free_handle(VsdkPublishOptions *it) noexcept { vsdk_publish_options_free(it); }
inline void free_handle(VsdkServiceOptions *it) noexcept { vsdk_service_options_free(it); }
inline void free_handle(VsdkTrackOptions *it) noexcept { vsdk_track_options_free(it); }
inline void free_handle(VsdkReceivedFrame *it) noexcept { vsdk_received_frame_free(it); }
inline void free_handle(VsdkLocalTrack *it) noexcept { vsdk_local_track_free(it); }
inline void free_handle(VsdkRemoteTrack *it) noexcept { vsdk_remote_track_free(it); }
inline void free_handle(VsdkMediaStatistics *it) noexcept { vsdk_media_statistics_free(it); }
inline void free_handle(VsdkAudioInput *it) noexcept { vsdk_audio_input_free(it); }
inline void free_handle(VsdkAudioOutput *it) noexcept { vsdk_audio_output_free(it); }
inline void free_handle(VsdkVideoInput *it) noexcept { vsdk_video_input_free(it); }
inline void free_handle(VsdkVideoOutput *it) noexcept { vsdk_video_output_free(it); }
inline void free_handle(VsdkReceivedPicture *it) noexcept { vsdk_received_picture_free(it); }
inline void free_handle(VsdkAudioDevice *it) noexcept { vsdk_audio_device_free(it); }
inline void free_handle(VsdkContent *it) noexcept { vsdk_content_free(it); }
inline void free_handle(VsdkMeetingSnapshot *it) noexcept { vsdk_meeting_snapshot_free(it); }
inline void free_handle(VsdkParticipant *it) noexcept { vsdk_participant_free(it); }
inline void free_handle(VsdkEvent *it) noexcept { vsdk_event_free(it); }

/// What all classes that hold a handle have in common.
template <class Handle>
class Object {
public:
    /// The type that vsdk.h has for it.
    using CType = Handle;

    /// Whether it holds something: false once it was closed or moved from. What is called on it
    /// then throws an Error (null_pointer), or answers with nothing where it cannot fail.
    explicit operator bool() const noexcept { return handle_ != nullptr; }

    /// The handle, for functions of vsdk.h; it stays the object's. Null once closed or moved from.
    Handle *native_handle() const noexcept { return handle_.get(); }

    /// Gives the handle up: to be freed with its own function of vsdk.h.
    Handle *release() noexcept { return handle_.release(); }

    /// Frees what it holds now instead of at the end of its life. Again is no mistake.
    void close() noexcept { handle_.reset(); }

protected:
    explicit Object(Handle *handle) noexcept : handle_(handle) {}
    Object(Object &&) noexcept = default;
    Object &operator=(Object &&) noexcept = default;
    ~Object() = default;

private:
    struct Free {
        void operator()(Handle *handle) const noexcept { free_handle(handle); }
    };
    std::unique_ptr<Handle, Free> handle_;
};

[[noreturn]] inline void raise(VsdkStatus status, VsdkError *error) {
    throw Error::from_c(status, error);
}

/// Throws unless header and library fit together. Looks once; a failure is looked at again.
inline void require_abi() {
    static const bool fits = [] {
        VsdkError *error = nullptr;
        const VsdkStatus status = vsdk_check_abi(VSDK_ABI_VERSION, &error);
        if (status < 0)
            raise(status, error);
        return true;
    }();
    static_cast<void>(fits);
}

/// Calls a function of vsdk.h whose last parameter is the error; throws what it reports, except
/// for the one status that the caller takes as an answer.
template <class Function, class... Arguments>
VsdkStatus call_accepting(VsdkStatus answer, Function *function, Arguments... arguments) {
    require_abi();
    VsdkError *error = nullptr;
    const VsdkStatus status = function(arguments..., &error);
    if (status < 0 && status != answer)
        raise(status, error);
    vsdk_error_free(error);
    return status;
}

/// Calls a function of vsdk.h whose last parameter is the error, and throws what it reports.
template <class Function, class... Arguments>
VsdkStatus call(Function *function, Arguments... arguments) {
    return call_accepting(VSDK_STATUS_OK, function, arguments...);
}

/// Calls a function of vsdk.h whose last parameters are an object and the error.
template <class Made, class Function, class... Arguments>
Made make(Function *function, Arguments... arguments) {
    typename Made::CType *handle = nullptr;
    call(function, arguments..., &handle);
    return Made(handle);
}

/// Calls a function of vsdk.h that makes options, and throws when there are none.
template <class Handle, class... Arguments>
Handle *create(Handle *(*function)(Arguments...), Arguments... arguments) {
    require_abi();
    Handle *handle = function(arguments...);
    if (handle == nullptr) {
        call(vsdk_check_abi, VSDK_ABI_VERSION); // In a forked child this tells the reason.
        throw Error(Status::resource_exhausted, "no more handles can be made",
                    "Free what is not needed any more; see live_handles().");
    }
    return handle;
}

inline std::string text(const char *text) {
    return text == nullptr ? std::string() : std::string(text);
}

inline std::optional<std::string> optional_text(const char *text) {
    return text == nullptr ? std::nullopt : std::optional<std::string>(text);
}

inline std::optional<TimeSeconds> optional_time(std::int64_t seconds) {
    return seconds < 0 ? std::nullopt
                       : std::optional<TimeSeconds>(TimeSeconds(std::chrono::seconds(seconds)));
}

inline std::int32_t flag(bool value) noexcept { return value ? 1 : 0; }

using ExceptionHandler = std::function<void(std::exception_ptr)>;

struct ExceptionSlot {
    std::mutex mutex;
    std::shared_ptr<const ExceptionHandler> handler;
};

/// Never destroyed: callbacks may still run while the process ends.
inline ExceptionSlot &exception_slot() {
    static ExceptionSlot *const slot = new ExceptionSlot;
    return *slot;
}

inline void report_exception(std::exception_ptr exception) noexcept {
    try {
        std::shared_ptr<const ExceptionHandler> handler;
        {
            ExceptionSlot &slot = exception_slot();
            const std::lock_guard<std::mutex> lock(slot.mutex);
            handler = slot.handler;
        }
        if (handler)
            (*handler)(std::move(exception));
    } catch (...) {
        // Nobody is left to tell: an exception must not enter the library.
    }
}

/// Runs a callback of the program; no exception leaves it.
template <class Callback>
void guarded(Callback &&callback) noexcept {
    try {
        callback();
    } catch (...) {
        report_exception(std::current_exception());
    }
}

/// The end of a callback's user data.
template <class Function>
void destroy(void *user_data) noexcept {
    delete static_cast<Function *>(user_data);
}

/// Sets a handler: `function` has (object..., callback, user_data, destroy, error) as parameters,
/// and the callback finds the std::function in its user data. An empty one is no handler.
template <class Callback, class Handler, class Function, class... Arguments>
void set_handler(Callback *callback, Handler handler, Function *function, Arguments... arguments) {
    auto kept = handler ? std::make_unique<Handler>(std::move(handler)) : nullptr;
    require_abi();
    Callback *const given = kept ? callback : nullptr;
    // From the call on it is the library's, also when the call fails.
    Handler *const user_data = kept.release();
    call(function, arguments..., given, static_cast<void *>(user_data), &destroy<Handler>);
}

} // namespace detail

/// Sets who is told of exceptions that leave callbacks; an empty handler is nobody, as at first.
///
/// An exception never enters the library: it ends the callback, this handler is told on the same
/// thread, and the library goes on. The handler should not throw; what it throws is dropped.
/// From any thread. Throws std::bad_alloc only.
inline void set_callback_exception_handler(std::function<void(std::exception_ptr)> handler) {
    std::shared_ptr<const detail::ExceptionHandler> next;
    if (handler)
        next = std::make_shared<const detail::ExceptionHandler>(std::move(handler));
    detail::ExceptionSlot &slot = detail::exception_slot();
    const std::lock_guard<std::mutex> lock(slot.mutex);
    slot.handler.swap(next);
}

} // namespace vsdk

#endif // VSDK_DETAIL_HPP

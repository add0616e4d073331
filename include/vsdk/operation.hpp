/// @file
/// Operations: what a function whose name ends in _async has started.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_OPERATION_HPP
#define VSDK_OPERATION_HPP

#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "content.hpp"
#include "detail.hpp"
#include "timeout.hpp"

namespace vsdk {

/// What an operation has ended with: a value or an Error.
template <class T>
class [[nodiscard]] Result {
public:
    /// A success. Never throws unless T's move does.
    Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}

    /// A failure. Never throws.
    Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

    /// Whether it is a value.
    bool has_value() const noexcept { return content_.index() == 0; }

    /// Whether it is a value.
    explicit operator bool() const noexcept { return has_value(); }

    /// The value. Throws the Error when there is none.
    T &value() & {
        require();
        return std::get<0>(content_);
    }

    /// The value. Throws the Error when there is none.
    const T &value() const & {
        require();
        return std::get<0>(content_);
    }

    /// The value, to be moved out. Throws the Error when there is none.
    T &&value() && {
        require();
        return std::get<0>(std::move(content_));
    }

    /// The value. Throws the Error when there is none.
    T &operator*() & { return value(); }

    /// The value, to be moved out. Throws the Error when there is none.
    T &&operator*() && { return std::move(*this).value(); }

    /// The value. Throws the Error when there is none.
    T *operator->() { return &value(); }

    /// The failure. Throws std::bad_variant_access when it is a value.
    const Error &error() const { return std::get<1>(content_); }

private:
    void require() const {
        if (const Error *error = std::get_if<1>(&content_))
            throw *error;
    }

    std::variant<T, Error> content_;
};

/// What an operation has ended with that has no value: a success or an Error.
template <>
class [[nodiscard]] Result<void> {
public:
    /// A success. Never throws.
    Result() noexcept = default;

    /// A failure. Never throws.
    Result(Error error) noexcept : error_(std::move(error)) {}

    /// Whether it is a success. Never throws.
    bool has_value() const noexcept { return !error_.has_value(); }

    /// Whether it is a success. Never throws.
    explicit operator bool() const noexcept { return has_value(); }

    /// Throws the Error when it is a failure.
    void value() const {
        if (error_)
            throw *error_;
    }

    /// The failure. Throws std::bad_optional_access when it is a success.
    const Error &error() const { return error_.value(); }

private:
    std::optional<Error> error_;
};

namespace detail {

inline VsdkStatus take(const VsdkOp *op, VsdkToken **result, VsdkError **error) {
    return vsdk_op_take_token(op, result, error);
}
inline VsdkStatus take(const VsdkOp *op, VsdkRoom **result, VsdkError **error) {
    return vsdk_op_take_room(op, result, error);
}
inline VsdkStatus take(const VsdkOp *op, VsdkRoomList **result, VsdkError **error) {
    return vsdk_op_take_room_list(op, result, error);
}
inline VsdkStatus take(const VsdkOp *op, VsdkContent **result, VsdkError **error) {
    return vsdk_op_take_content(op, result, error);
}

template <class T>
Result<T> take_result(const VsdkOp *op) {
    typename T::CType *handle = nullptr;
    VsdkError *error = nullptr;
    const VsdkStatus status = take(op, &handle, &error);
    if (status < 0)
        return Error::from_c(status, error);
    return T(handle);
}

template <class T>
Result<T> take_content(const VsdkOp *op) {
    const Result<Content> content = take_result<Content>(op);
    if (!content)
        return content.error();
    return content.value().as<T>();
}

template <>
inline Result<std::string> take_result<std::string>(const VsdkOp *op) {
    return take_content<std::string>(op);
}

template <>
inline Result<std::optional<std::string>>
take_result<std::optional<std::string>>(const VsdkOp *op) {
    return take_content<std::optional<std::string>>(op);
}

template <>
inline Result<std::vector<std::uint8_t>>
take_result<std::vector<std::uint8_t>>(const VsdkOp *op) {
    return take_content<std::vector<std::uint8_t>>(op);
}

template <>
inline Result<void> take_result<void>(const VsdkOp *op) {
    VsdkError *error = nullptr;
    const VsdkStatus status = vsdk_op_outcome(op, &error);
    if (status < 0)
        return Error::from_c(status, error);
    return {};
}

} // namespace detail

/// What is told that an operation has completed: with its result, which belongs to the callee.
template <class T>
using Then = std::function<void(Result<T> result)>;

/// An operation that is under way, and its result.
///
/// It completes exactly once: with its result, with its error, with Status::cancelled or with
/// Status::shutdown. It goes on when this object is destroyed; cancel() ends it. All of it may be
/// called from any thread and several at once.
template <class T>
class Op : public detail::Object<VsdkOp> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit Op(VsdkOp *owned) noexcept : Object(owned) {}

    /// Waits until it has completed, in whatever way; false when it is still running after
    /// `timeout`. Blocks at most `timeout`. Throws Error (would_deadlock inside a callback).
    bool wait(Timeout timeout = infinite) const {
        return detail::call_accepting(VSDK_STATUS_TIMEOUT, vsdk_op_wait, native_handle(),
                                      timeout.c_value()) != VSDK_STATUS_TIMEOUT;
    }

    /// Whether it has completed, in whatever way. Allowed inside callbacks. Throws Error
    /// (null_pointer) only.
    bool is_completed() const { return wait(std::chrono::milliseconds(0)); }

    /// Asks it to end with Status::cancelled; no effect once it has completed. Does not wait.
    /// Throws Error (null_pointer) only.
    void cancel() const { detail::call(vsdk_op_cancel, native_handle()); }

    /// How it ended: nothing for a success, else its error. The result stays where it is. Throws
    /// Error (invalid_state) while it is running.
    std::optional<Error> outcome() const {
        if (!is_completed())
            throw Error(Status::invalid_state, "the operation is still running",
                        "Wait for it first.", "op_outcome");
        VsdkError *error = nullptr;
        const VsdkStatus status = vsdk_op_outcome(native_handle(), &error);
        if (status < 0)
            return Error::from_c(status, error);
        return std::nullopt;
    }

    /// Takes the result of a completed operation. Throws the Error it ended with; Error
    /// (invalid_state) while it is running and when the result was taken before, which a callback
    /// given at its start has done. An Op<void> has nothing to take: it can be asked again.
    T take() {
        detail::require_abi();
        return detail::take_result<T>(native_handle()).value();
    }

    /// Waits as long as it takes and takes the result: wait() and take() in one. Throws what they
    /// throw. Blocks.
    T get() {
        wait();
        return take();
    }
};

namespace detail {

template <class T>
void on_completed(VsdkOp *op, VsdkStatus status, void *user_data) noexcept {
    guarded([&] {
        Then<T> &then = *static_cast<Then<T> *>(user_data);
        // Without a handle, which is when no more could be made, the status alone is known.
        if (op != nullptr)
            return then(take_result<T>(op));
        if constexpr (std::is_void_v<T>) {
            if (status >= 0)
                return then(Result<T>());
        }
        then(Result<T>(Error::from_c(status, nullptr)));
    });
}

/// Starts an operation: `function` has (arguments..., callback, user_data, destroy, op, error).
template <class T, class Function, class... Arguments>
Op<T> start(Then<T> then, Function *function, Arguments... arguments) {
    auto kept = then ? std::make_unique<Then<T>>(std::move(then)) : nullptr;
    require_abi();
    const VsdkOpFn callback = kept ? &on_completed<T> : nullptr;
    // From the call on it is the library's, also when the call fails.
    Then<T> *const user_data = kept.release();
    return make<Op<T>>(function, arguments..., callback, static_cast<void *>(user_data),
                       &destroy<Then<T>>);
}

} // namespace detail

/// A callback that fulfils a promise, for those who prefer std::future:
///
///     std::promise<vsdk::Room> promise;
///     std::future<vsdk::Room> future = promise.get_future();
///     auto op = vsdk::create_room_async({}, vsdk::default_timeout, vsdk::fulfil(std::move(promise)));
///     vsdk::Room room = future.get();
///
/// The future throws the Error with which the operation ended. Destroying it cancels nothing:
/// op.cancel() does, and then future.get() throws an Error (cancelled). Do not wait for a future
/// inside a callback: unlike Op::wait() it cannot tell that it would wait for itself. Throws
/// std::bad_alloc only. From any thread.
template <class T>
Then<T> fulfil(std::promise<T> promise) {
    // Shared, because a std::function has to be copyable.
    return [shared = std::make_shared<std::promise<T>>(std::move(promise))](Result<T> result) {
        if (!result)
            shared->set_exception(std::make_exception_ptr(result.error()));
        else if constexpr (std::is_void_v<T>)
            shared->set_value();
        else
            shared->set_value(std::move(result).value());
    };
}

} // namespace vsdk

#endif // VSDK_OPERATION_HPP

/// @file
/// Errors: what happened, why, and what to do.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_ERROR_HPP
#define VSDK_ERROR_HPP

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "../vsdk.h"

namespace vsdk {

/// How a call ended: 0 is success, negative a failure, positive a piece of information.
///
/// Numbers are never reused. Treat an unknown negative one as a failure and an unknown positive one
/// as success without a result.
enum class Status : std::int32_t {
    /// Success.
    ok = VSDK_STATUS_OK,
    /// Nothing to read within the time given.
    no_event = VSDK_STATUS_NO_EVENT,
    /// The meeting has ended and all its events were read, or a track has and all its frames were.
    closed = VSDK_STATUS_CLOSED,
    /// The frame was not taken, for nobody is there to take it: the track is off, the meeting not
    /// joined, or the connection is being made anew. Go on; frames are taken again once there is a
    /// way.
    not_sending = VSDK_STATUS_NOT_SENDING,
    /// Not taken, for too much waits already: the network is slower than the app. Make less; data
    /// can be sent again a little later, and a track of pictures goes on with its next key frame.
    full = VSDK_STATUS_FULL,
    /// The frame was not taken, for it cannot be decoded without one that was not sent. Make a key
    /// frame.
    needs_key_frame = VSDK_STATUS_NEEDS_KEY_FRAME,
    /// The frame was not taken, for its layer is switched off for lack of bandwidth. Nothing is
    /// lost; save the work of encoding it until its target is active again.
    layer_off = VSDK_STATUS_LAYER_OFF,
    /// The frame was not taken, for the program's transform of frames has dropped it. A track of
    /// pictures goes on with its next key frame.
    dropped = VSDK_STATUS_DROPPED,
    /// A required pointer was NULL.
    null_pointer = VSDK_STATUS_NULL_POINTER,
    /// A handle is stale, was freed already, or is of another type.
    invalid_handle = VSDK_STATUS_INVALID_HANDLE,
    /// An argument has a value that is not allowed.
    invalid_argument = VSDK_STATUS_INVALID_ARGUMENT,
    /// A text is not valid UTF-8.
    invalid_utf8 = VSDK_STATUS_INVALID_UTF8,
    /// The object is in a state that does not allow the call.
    invalid_state = VSDK_STATUS_INVALID_STATE,
    /// This build or version cannot do it.
    unsupported = VSDK_STATUS_UNSUPPORTED,
    /// A blocking call from inside a callback: it would wait for itself.
    would_deadlock = VSDK_STATUS_WOULD_DEADLOCK,
    /// The process was forked; see after_fork_child().
    forked = VSDK_STATUS_FORKED,
    /// A defect of the library was caught at its boundary.
    panic = VSDK_STATUS_PANIC,
    /// The deadline passed.
    timeout = VSDK_STATUS_TIMEOUT,
    /// The operation was cancelled.
    cancelled = VSDK_STATUS_CANCELLED,
    /// The library was shut down while the operation was running.
    shutdown = VSDK_STATUS_SHUTDOWN,
    /// Header and library disagree about the ABI.
    abi_mismatch = VSDK_STATUS_ABI_MISMATCH,
    /// Threads, handles or descriptors are used up.
    resource_exhausted = VSDK_STATUS_RESOURCE_EXHAUSTED,
    /// No token: neither the options nor config() gave one.
    not_configured = VSDK_STATUS_NOT_CONFIGURED,
    /// The token is not a token of this service.
    token_malformed = VSDK_STATUS_TOKEN_MALFORMED,
    /// The token's life is over.
    token_expired = VSDK_STATUS_TOKEN_EXPIRED,
    /// The token is not valid yet.
    token_not_yet_valid = VSDK_STATUS_TOKEN_NOT_YET_VALID,
    /// The token's permissions contradict each other (service number 4008).
    token_permissions = VSDK_STATUS_TOKEN_PERMISSIONS,
    /// The token is for another room (service number 4022).
    token_room_mismatch = VSDK_STATUS_TOKEN_ROOM_MISMATCH,
    /// The token is for another participant (service number 4023).
    token_participant_mismatch = VSDK_STATUS_TOKEN_PARTICIPANT_MISMATCH,
    /// The token's roles do not allow this use (service number 4024).
    token_role = VSDK_STATUS_TOKEN_ROLE,
    /// The token server answered, but with no token in its reply.
    token_server_reply = VSDK_STATUS_TOKEN_SERVER_REPLY,
    /// The host name could not be resolved.
    network_dns = VSDK_STATUS_NETWORK_DNS,
    /// No connection could be made.
    network_connect = VSDK_STATUS_NETWORK_CONNECT,
    /// The TLS handshake failed.
    network_tls = VSDK_STATUS_NETWORK_TLS,
    /// The proxy refused or failed.
    network_proxy = VSDK_STATUS_NETWORK_PROXY,
    /// The connection broke during the exchange.
    network_broken = VSDK_STATUS_NETWORK_BROKEN,
    /// Plain http or ws to a host that is not this machine.
    network_insecure = VSDK_STATUS_NETWORK_INSECURE,
    /// The reply is not what the protocol promises.
    invalid_response = VSDK_STATUS_INVALID_RESPONSE,
    /// The reply is larger than the library accepts.
    response_too_large = VSDK_STATUS_RESPONSE_TOO_LARGE,
    /// The server answered with a redirect; redirects are never followed.
    redirect = VSDK_STATUS_REDIRECT,
    /// HTTP 400 and other 4xx without a status of their own: the request was refused as wrong.
    bad_request = VSDK_STATUS_BAD_REQUEST,
    /// HTTP 401: the token was refused.
    unauthorized = VSDK_STATUS_UNAUTHORIZED,
    /// HTTP 403: the token's rights do not cover this.
    forbidden = VSDK_STATUS_FORBIDDEN,
    /// HTTP 404, and 402, which this service uses for the same.
    not_found = VSDK_STATUS_NOT_FOUND,
    /// HTTP 409: it exists already, or contradicts what exists.
    conflict = VSDK_STATUS_CONFLICT,
    /// HTTP 429: too many requests.
    rate_limited = VSDK_STATUS_RATE_LIMITED,
    /// HTTP 5xx: the service failed.
    server_error = VSDK_STATUS_SERVER_ERROR,
    /// The connection to the meeting was lost.
    connection_lost = VSDK_STATUS_CONNECTION_LOST,
    /// Somebody in the room decided not to let this participant in.
    entry_denied = VSDK_STATUS_ENTRY_DENIED,
    /// The participant was removed from the meeting.
    removed = VSDK_STATUS_REMOVED,
    /// The meeting was ended for everybody.
    meeting_ended = VSDK_STATUS_MEETING_ENDED,
    /// Somebody joined with the same participant id.
    duplicate_participant = VSDK_STATUS_DUPLICATE_PARTICIPANT,
    /// A limit of the room or the account is reached, e.g. the number of participants.
    limit_reached = VSDK_STATUS_LIMIT_REACHED,
    /// The service refused a request of the meeting; its own number says why.
    refused = VSDK_STATUS_REFUSED,
};

/// The stable name of a status, e.g. "TOKEN_EXPIRED"; "UNKNOWN" for a number without a name.
/// Never throws. From any thread.
inline std::string_view name(Status status) noexcept {
    return vsdk_status_name(static_cast<VsdkStatus>(status));
}

/// The exception that every failure of this library is thrown as.
///
/// It holds all that is known, never a token or another secret, and can be copied and kept for as
/// long as wanted. what() is one line with all that matters: operation, message, status, remedy.
class Error : public std::runtime_error {
public:
    /// A failure of your own, in the same form.
    Error(Status status, std::string message, std::string remedy, std::string operation = {})
        : Error(own(status, std::move(message), std::move(remedy), std::move(operation))) {}

    /// Takes over an error of vsdk.h and frees it. With a null pointer, all that is known is the
    /// status. Throws std::bad_alloc only.
    static Error from_c(VsdkStatus status, VsdkError *error) {
        struct Free {
            void operator()(VsdkError *it) const noexcept { vsdk_error_free(it); }
        };
        return Error(read(status, std::unique_ptr<VsdkError, Free>(error).get()));
    }

    /// The status of the failure: what a program decides by.
    Status status() const noexcept { return details_->status; }

    /// The stable name of its status, e.g. "TOKEN_EXPIRED".
    const std::string &name() const noexcept { return details_->name; }

    /// What happened and why: one English sentence with the values at hand.
    const std::string &message() const noexcept { return details_->message; }

    /// What to do about it: English, possibly empty.
    const std::string &remedy() const noexcept { return details_->remedy; }

    /// During what it happened, e.g. "create_room"; possibly empty.
    const std::string &operation() const noexcept { return details_->operation; }

    /// The HTTP status of the reply, e.g. 401; absent when there was no reply.
    std::optional<std::int32_t> http_status() const noexcept { return details_->http_status; }

    /// The service's own number for it, e.g. 4002 for an invalid token.
    std::optional<std::int32_t> service_code() const noexcept { return details_->service_code; }

    /// The service's own words, with secrets taken out.
    const std::optional<std::string> &service_text() const noexcept {
        return details_->service_text;
    }

    /// The id under which the service logged the request: give it to its support.
    const std::optional<std::string> &request_id() const noexcept { return details_->request_id; }

    /// How long the service asked to wait before the next try; absent when it did not ask.
    std::optional<std::chrono::milliseconds> retry_after() const noexcept {
        return details_->retry_after;
    }

    /// Whether the same call can succeed later without any change.
    bool retryable() const noexcept { return details_->retryable; }

private:
    struct Details {
        Status status = Status::ok;
        std::string name;
        std::string message;
        std::string remedy;
        std::string operation;
        std::optional<std::int32_t> http_status;
        std::optional<std::int32_t> service_code;
        std::optional<std::string> service_text;
        std::optional<std::string> request_id;
        std::optional<std::chrono::milliseconds> retry_after;
        bool retryable = false;
    };

    explicit Error(const Details &details)
        : std::runtime_error(line(details)), details_(std::make_shared<const Details>(details)) {}

    static Details own(Status status, std::string message, std::string remedy,
                       std::string operation) {
        Details details;
        details.status = status;
        details.name = vsdk::name(status);
        details.message = std::move(message);
        details.remedy = std::move(remedy);
        details.operation = std::move(operation);
        return details;
    }

    static Details read(VsdkStatus status, const VsdkError *error) {
        if (error == nullptr)
            return own(static_cast<Status>(status), "no more is known about this failure", "", "");
        Details details = own(static_cast<Status>(vsdk_error_status(error)),
                              text(vsdk_error_message(error)).value_or(""),
                              text(vsdk_error_remedy(error)).value_or(""),
                              text(vsdk_error_operation(error)).value_or(""));
        details.name = text(vsdk_error_name(error)).value_or("");
        details.http_status = number(vsdk_error_http_status(error));
        details.service_code = number(vsdk_error_service_code(error));
        details.service_text = text(vsdk_error_service_text(error));
        details.request_id = text(vsdk_error_request_id(error));
        const std::int64_t retry_after = vsdk_error_retry_after_ms(error);
        if (retry_after >= 0)
            details.retry_after = std::chrono::milliseconds(retry_after);
        details.retryable = vsdk_error_is_retryable(error) != 0;
        return details;
    }

    static std::optional<std::string> text(const char *text) {
        return text == nullptr ? std::nullopt : std::optional<std::string>(text);
    }

    static std::optional<std::int32_t> number(std::int32_t number) {
        return number == 0 ? std::nullopt : std::optional<std::int32_t>(number);
    }

    static std::string line(const Details &details) {
        std::string line;
        if (!details.operation.empty())
            line += details.operation + ": ";
        line += details.message + " [" + details.name;
        if (details.http_status)
            line += ", HTTP " + std::to_string(*details.http_status);
        if (details.service_code)
            line += ", service number " + std::to_string(*details.service_code);
        line += ']';
        if (!details.remedy.empty())
            line += ". " + details.remedy;
        return line;
    }

    // Shared, so that copying the exception cannot throw.
    std::shared_ptr<const Details> details_;
};

} // namespace vsdk

#endif // VSDK_ERROR_HPP

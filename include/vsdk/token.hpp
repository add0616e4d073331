/// @file
/// Tokens: minted by a server, or fetched from one.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_TOKEN_HPP
#define VSDK_TOKEN_HPP

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "detail.hpp"
#include "operation.hpp"
#include "text.hpp"
#include "timeout.hpp"

namespace vsdk {

/// A token. Immutable: from any thread, several at once.
class Token : public detail::Object<VsdkToken> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit Token(VsdkToken *owned) noexcept : Object(owned) {}

    /// The token's text, for config() or the options of a room or meeting. A secret.
    std::string text() const { return detail::text(vsdk_token_text(native_handle())); }

    /// When the token's life is over, as far as it can be read; absent when it has no end.
    std::optional<TimeSeconds> expires_at() const {
        return detail::optional_time(vsdk_token_expires_at_s(native_handle()));
    }
};

/// What a token is minted from. To be set by one thread at a time.
class TokenMintOptions : public detail::Object<VsdkTokenMintOptions> {
public:
    /// For a token that may join and moderate, in any room, for an hour. Throws Error
    /// (resource_exhausted).
    TokenMintOptions() : Object(detail::create(vsdk_token_mint_options_new)) {}

    /// Takes over a handle of vsdk.h. Never throws.
    explicit TokenMintOptions(VsdkTokenMintOptions *owned) noexcept : Object(owned) {}

    /// The API key of the project, from the dashboard. Required.
    TokenMintOptions &set_api_key(const TextArg &api_key) {
        detail::call(vsdk_token_mint_options_set_api_key, native_handle(), api_key.c_str());
        return *this;
    }

    /// The API secret of the project, from the dashboard. Required. Keep it on a server.
    TokenMintOptions &set_secret(const TextArg &secret) {
        detail::call(vsdk_token_mint_options_set_secret, native_handle(), secret.c_str());
        return *this;
    }

    /// Adds "allow_join", "ask_join" (alone) or "allow_mod"; the first one replaces the default
    /// allow_join and allow_mod.
    TokenMintOptions &add_permission(const TextArg &permission) {
        detail::call(vsdk_token_mint_options_add_permission, native_handle(), permission.c_str());
        return *this;
    }

    /// Adds "rtc" (joining) or "crawler" (the REST API); without any it is good for everything.
    TokenMintOptions &add_role(const TextArg &role) {
        detail::call(vsdk_token_mint_options_add_role, native_handle(), role.c_str());
        return *this;
    }

    /// Makes the token good for this room only.
    TokenMintOptions &set_room_id(const TextArg &room_id) {
        detail::call(vsdk_token_mint_options_set_room_id, native_handle(), room_id.c_str());
        return *this;
    }

    /// Makes the token good for this participant only.
    TokenMintOptions &set_participant_id(const TextArg &participant_id) {
        detail::call(vsdk_token_mint_options_set_participant_id, native_handle(),
                     participant_id.c_str());
        return *this;
    }

    /// How long the token is good for, from one second; by default an hour. Throws Error
    /// (invalid_argument).
    TokenMintOptions &set_lifetime(std::chrono::seconds lifetime) {
        detail::call(vsdk_token_mint_options_set_lifetime_s, native_handle(),
                     static_cast<std::int64_t>(lifetime.count()));
        return *this;
    }

    /// Further claims, as a JSON object without those that have a setter, nor iat and exp. Throws
    /// Error (invalid_argument).
    TokenMintOptions &set_claims_json(const TextArg &json) {
        detail::call(vsdk_token_mint_options_set_claims_json, native_handle(), json.c_str());
        return *this;
    }
};

/// How a token is fetched. To be set by one thread at a time.
class TokenFetchOptions : public detail::Object<VsdkTokenFetchOptions> {
public:
    /// Options that add nothing to the request. Throws Error (resource_exhausted).
    TokenFetchOptions() : Object(detail::create(vsdk_token_fetch_options_new)) {}

    /// Takes over a handle of vsdk.h. Never throws.
    explicit TokenFetchOptions(VsdkTokenFetchOptions *owned) noexcept : Object(owned) {}

    /// Sets a header, such as the app's own login; its value is treated as a secret. Throws Error
    /// (invalid_argument).
    TokenFetchOptions &set_header(const TextArg &name, const TextArg &value) {
        detail::call(vsdk_token_fetch_options_set_header, native_handle(), name.c_str(),
                     value.c_str());
        return *this;
    }

    /// Asks for a token for this room, with the query parameter roomId; absent for any.
    TokenFetchOptions &set_room_id(const TextArg &room_id) {
        detail::call(vsdk_token_fetch_options_set_room_id, native_handle(), room_id.c_str());
        return *this;
    }

    /// Asks for a token for this participant, with the query parameter peerId; absent for any.
    TokenFetchOptions &set_participant_id(const TextArg &participant_id) {
        detail::call(vsdk_token_fetch_options_set_participant_id, native_handle(),
                     participant_id.c_str());
        return *this;
    }
};

/// Mints a token: signs it with the API secret. For servers, tests and demos.
///
/// Refuses what the service would refuse later, with the reason. Throws Error (invalid_argument,
/// token_permissions). From any thread.
inline Token mint_token(const TokenMintOptions &options) {
    return detail::make<Token>(vsdk_token_mint, options.native_handle());
}

/// Fetches a token from a token server: GET with {"token": "..."} expected, e.g. from
/// "http://localhost:3000/get-token". Plain http only on this machine, unless the configuration
/// allows more.
///
/// Blocks at most `timeout`. Throws Error (invalid_argument, timeout, token_server_reply,
/// would_deadlock inside a callback, and those of networks and replies). From any thread.
inline Token fetch_token(const TextArg &url, const TokenFetchOptions &options = {},
                         Timeout timeout = default_timeout) {
    return detail::make<Token>(vsdk_token_fetch, url.c_str(), options.native_handle(),
                               timeout.c_value());
}

/// Starts fetch_token() and does not wait. `then`, if given, receives the result on the library's
/// thread for callbacks; else take it from the Op. Throws Error for what shows at once
/// (resource_exhausted, invalid_argument for an infinite timeout); everything else is the
/// operation's. From any thread.
inline Op<Token> fetch_token_async(const TextArg &url, const TokenFetchOptions &options = {},
                                   Timeout timeout = default_timeout, Then<Token> then = {}) {
    return detail::start<Token>(std::move(then), vsdk_token_fetch_async, url.c_str(),
                                options.native_handle(), timeout.c_value());
}

} // namespace vsdk

#endif // VSDK_TOKEN_HPP

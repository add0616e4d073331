/// @file
/// Configuration: what applies to the whole process unless an object says otherwise.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_CONFIG_HPP
#define VSDK_CONFIG_HPP

#include "detail.hpp"
#include "text.hpp"

namespace vsdk {

/// What config_with() changes; what is not set stays as it is. To be set by one thread at a time.
class ConfigOptions : public detail::Object<VsdkConfigOptions> {
public:
    /// Options that change nothing yet. Throws Error (resource_exhausted).
    ConfigOptions() : Object(detail::create(vsdk_config_options_new)) {}

    /// Takes over a handle of vsdk.h. Never throws.
    explicit ConfigOptions(VsdkConfigOptions *owned) noexcept : Object(owned) {}

    /// The token, as for config(). Throws Error (null_pointer).
    ConfigOptions &set_token(const TextArg &token) {
        detail::call(vsdk_config_options_set_token, native_handle(), token.c_str());
        return *this;
    }

    /// The base URL of the REST API, e.g. "http://127.0.0.1:3000"; absent for the service's own.
    ConfigOptions &set_api_base_url(const TextArg &api_base_url) {
        detail::call(vsdk_config_options_set_api_base_url, native_handle(), api_base_url.c_str());
        return *this;
    }

    /// An HTTP proxy for all requests, e.g. "http://user:password@host:3128"; absent for none.
    /// The environment's proxy variables are not looked at.
    ConfigOptions &set_proxy(const TextArg &proxy) {
        detail::call(vsdk_config_options_set_proxy, native_handle(), proxy.c_str());
        return *this;
    }

    /// Certificate authorities in PEM that are trusted besides the platform's; absent for none.
    ConfigOptions &set_extra_ca_pem(const TextArg &extra_ca_pem) {
        detail::call(vsdk_config_options_set_extra_ca_pem, native_handle(), extra_ca_pem.c_str());
        return *this;
    }

    /// What is added to the User-Agent header, e.g. "my-app/2.1"; absent for nothing.
    ConfigOptions &set_user_agent_suffix(const TextArg &user_agent_suffix) {
        detail::call(vsdk_config_options_set_user_agent_suffix, native_handle(),
                     user_agent_suffix.c_str());
        return *this;
    }

    /// Whether tokens are checked against this machine's clock, as by default. Switch it off on
    /// boards without a clock: the service then is the only judge of expiry.
    ConfigOptions &set_clock_check(bool enabled) {
        detail::call(vsdk_config_options_set_clock_check, native_handle(), detail::flag(enabled));
        return *this;
    }

    /// Whether plain http may leave this machine, by default not: everyone on the way can then
    /// read the token.
    ConfigOptions &set_allow_plain_http(bool allow) {
        detail::call(vsdk_config_options_set_allow_plain_http, native_handle(),
                     detail::flag(allow));
        return *this;
    }
};

/// Sets the token that applies wherever options give none, like VideoSDK.config(token).
///
/// The doctor looks at it first, see inspect_token(): what can never work fails here, with the
/// reason. Meetings that are initialised already keep their token. Throws Error (token_malformed,
/// token_expired, token_not_yet_valid, token_permissions). From any thread.
inline void config(const TextArg &token) { detail::call(vsdk_config, token.c_str()); }

/// Changes what is set in the options and leaves the rest as it is. All or nothing.
///
/// Throws Error (as config(); invalid_argument, network_insecure). From any thread.
inline void config_with(const ConfigOptions &options) {
    detail::call(vsdk_config_with, options.native_handle());
}

} // namespace vsdk

#endif // VSDK_CONFIG_HPP

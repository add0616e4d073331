//! Configuration: what applies to the whole process unless an object says otherwise.
//!
//! vsdk_config(token) is all that most programs need.

use std::ffi::c_char;
use std::sync::Mutex;

use super::error::VsdkError;
use super::handle::{self, object};
use super::library::{self, VsdkStatus};
use super::{guard, text};
use crate::config::{self, ConfigOptions};
use crate::runtime::lock;

/// What vsdk_config_with changes; what is not set stays as it is.
pub struct VsdkConfigOptions {
    _opaque: [u8; 0],
}

#[derive(Default)]
struct ConfigOptionsObject(Mutex<ConfigOptions>);

object!(ConfigOptionsObject, ConfigOptions, VsdkConfigOptions);

impl ConfigOptionsObject {
    fn change(&self, change: impl FnOnce(ConfigOptions) -> ConfigOptions) {
        let mut options = lock(&self.0);
        *options = change(std::mem::take(&mut options));
    }
}

/// Sets the token that applies wherever options give none, like VideoSDK.config(token).
///
/// The doctor looks at it first (see vsdk_token_inspect): what can never work fails here, with
/// the reason. A later call replaces it; meetings that are initialised already keep theirs.
///
/// @param[in] token The token as it was issued: no prefix, no quotes, no white space.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_TOKEN_MALFORMED, VSDK_STATUS_TOKEN_EXPIRED, VSDK_STATUS_TOKEN_NOT_YET_VALID, VSDK_STATUS_TOKEN_PERMISSIONS.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_config(
    token: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::status("config", error, || {
            config::config(text::required(token, "token")?)
        })
    }
}

/// Changes what is set in the options and leaves the rest as it is. All or nothing.
///
/// @param[in] options The changes; they are copied.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_TOKEN_MALFORMED, VSDK_STATUS_TOKEN_EXPIRED, VSDK_STATUS_TOKEN_NOT_YET_VALID, VSDK_STATUS_TOKEN_PERMISSIONS.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_config_with(
    options: *const VsdkConfigOptions,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("config_with", error, || {
            let options = lock(&handle::get::<ConfigOptionsObject>(options)?.0).clone();
            config::config_with(&options)
        })
    }
}

/// Options that change nothing yet.
///
/// @return owned, free with vsdk_config_options_free. NULL when no more handles can be made.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_config_options_new() -> *mut VsdkConfigOptions {
    guard::value(std::ptr::null_mut(), || {
        handle::insert(ConfigOptionsObject::default())
    })
}

/// The token, as for vsdk_config.
///
/// @param[in] options The options.
/// @param[in] token The token.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_config_options_set_token(
    options: *mut VsdkConfigOptions,
    token: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ConfigOptionsObject>("config_options_set_token", options, error, |object| {
            let token = text::required(token, "token")?;
            object.change(|options| options.token(token));
            Ok(())
        })
    }
}

/// The base URL of the REST API.
///
/// @param[in] options The options.
/// @param[in] api_base_url nullable. E.g. "http://127.0.0.1:3000"; NULL for https://api.videosdk.live.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_config_options_set_api_base_url(
    options: *mut VsdkConfigOptions,
    api_base_url: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ConfigOptionsObject>(
            "config_options_set_api_base_url",
            options,
            error,
            |object| {
                let api_base_url = text::optional(api_base_url, "api_base_url")?;
                object.change(|options| options.api_base_url(api_base_url));
                Ok(())
            },
        )
    }
}

/// An HTTP proxy for all requests.
///
/// The environment's proxy variables are not looked at.
///
/// @param[in] options The options.
/// @param[in] proxy nullable. E.g. "http://user:password@host:3128"; NULL for none.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_config_options_set_proxy(
    options: *mut VsdkConfigOptions,
    proxy: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ConfigOptionsObject>("config_options_set_proxy", options, error, |object| {
            let proxy = text::optional(proxy, "proxy")?;
            object.change(|options| options.proxy(proxy));
            Ok(())
        })
    }
}

/// Certificate authorities that are trusted besides the platform's.
///
/// @param[in] options The options.
/// @param[in] extra_ca_pem nullable. One or more certificates in PEM; NULL for none.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_config_options_set_extra_ca_pem(
    options: *mut VsdkConfigOptions,
    extra_ca_pem: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ConfigOptionsObject>(
            "config_options_set_extra_ca_pem",
            options,
            error,
            |object| {
                let extra_ca_pem = text::optional(extra_ca_pem, "extra_ca_pem")?;
                object.change(|options| options.extra_ca_pem(extra_ca_pem));
                Ok(())
            },
        )
    }
}

/// What is added to the User-Agent header.
///
/// @param[in] options The options.
/// @param[in] user_agent_suffix nullable. E.g. "my-app/2.1"; NULL for nothing.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_config_options_set_user_agent_suffix(
    options: *mut VsdkConfigOptions,
    user_agent_suffix: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ConfigOptionsObject>(
            "config_options_set_user_agent_suffix",
            options,
            error,
            |object| {
                let user_agent_suffix = text::optional(user_agent_suffix, "user_agent_suffix")?;
                object.change(|options| options.user_agent_suffix(user_agent_suffix));
                Ok(())
            },
        )
    }
}

/// Whether tokens are checked against this machine's clock.
///
/// Switch it off on boards without a clock: the service then is the only judge of expiry.
///
/// @param[in] options The options.
/// @param[in] enabled 1 (the default) or 0.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_config_options_set_clock_check(
    options: *mut VsdkConfigOptions,
    enabled: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ConfigOptionsObject>(
            "config_options_set_clock_check",
            options,
            error,
            |object| {
                let enabled = library::flag(enabled, "enabled")?;
                object.change(|options| options.check_clock(enabled));
                Ok(())
            },
        )
    }
}

/// Whether plain http may leave this machine: everyone on the way can then read the token.
///
/// @param[in] options The options.
/// @param[in] allow 1 or 0 (the default).
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_config_options_set_allow_plain_http(
    options: *mut VsdkConfigOptions,
    allow: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ConfigOptionsObject>(
            "config_options_set_allow_plain_http",
            options,
            error,
            |object| {
                let allow = library::flag(allow, "allow")?;
                object.change(|options| options.allow_plain_http(allow));
                Ok(())
            },
        )
    }
}

/// Frees the options.
///
/// @param[in] options nullable, freed. The options.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_config_options_free(options: *mut VsdkConfigOptions) {
    guard::value((), || {
        handle::free::<ConfigOptionsObject>(options);
        Ok(())
    });
}

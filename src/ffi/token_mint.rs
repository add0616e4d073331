//! Minting tokens: for servers, tests and demos.
//!
//! Minting needs the API secret, which belongs on a server and never into an app.

use std::ffi::c_char;
use std::sync::Mutex;
use std::time::Duration;

use super::error::VsdkError;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::out::Out;
use super::token::{TokenObject, VsdkToken};
use super::{guard, text};
use crate::redact::Secret;
use crate::runtime::lock;
use crate::token::{self, MintOptions};
use crate::{Error, Status};

/// What a token is minted from.
pub struct VsdkTokenMintOptions {
    _opaque: [u8; 0],
}

#[derive(Default)]
struct MintOptionsObject(Mutex<MintState>);

#[derive(Default)]
struct MintState {
    options: MintOptions,
    permissions: Vec<String>,
    roles: Vec<String>,
}

object!(MintOptionsObject, TokenMintOptions, VsdkTokenMintOptions);

/// Options for a token that may join and moderate, in any room, for an hour.
///
/// @return owned, free with vsdk_token_mint_options_free. NULL when no more handles can be made.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_token_mint_options_new() -> *mut VsdkTokenMintOptions {
    guard::value(std::ptr::null_mut(), || {
        handle::insert(MintOptionsObject::default())
    })
}

/// The API key of the project. Required.
///
/// @param[in] options The options.
/// @param[in] api_key The key, from the dashboard.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_mint_options_set_api_key(
    options: *mut VsdkTokenMintOptions,
    api_key: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<MintOptionsObject>(
            "token_mint_options_set_api_key",
            options,
            error,
            |object| {
                let api_key = text::required(api_key, "api_key")?;
                lock(&object.0).options.set_api_key(api_key);
                Ok(())
            },
        )
    }
}

/// The API secret of the project. Required. Keep it on a server.
///
/// @param[in] options The options.
/// @param[in] secret The secret, from the dashboard.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_mint_options_set_secret(
    options: *mut VsdkTokenMintOptions,
    secret: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<MintOptionsObject>(
            "token_mint_options_set_secret",
            options,
            error,
            |object| {
                let secret = text::required(secret, "secret")?;
                lock(&object.0).options.set_secret(Secret::new(secret));
                Ok(())
            },
        )
    }
}

/// Adds a permission; the first one replaces the default allow_join and allow_mod.
///
/// @param[in] options The options.
/// @param[in] permission "allow_join", "ask_join" (alone) or "allow_mod".
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_mint_options_add_permission(
    options: *mut VsdkTokenMintOptions,
    permission: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<MintOptionsObject>(
            "token_mint_options_add_permission",
            options,
            error,
            |object| {
                let permission = text::required(permission, "permission")?;
                let mut state = lock(&object.0);
                state.permissions.push(permission.to_owned());
                let permissions = state.permissions.clone();
                state.options.set_permissions(permissions);
                Ok(())
            },
        )
    }
}

/// Adds a role; without any the token is good for everything.
///
/// @param[in] options The options.
/// @param[in] role "rtc" (joining) or "crawler" (the REST API).
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_mint_options_add_role(
    options: *mut VsdkTokenMintOptions,
    role: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<MintOptionsObject>(
            "token_mint_options_add_role",
            options,
            error,
            |object| {
                let role = text::required(role, "role")?;
                let mut state = lock(&object.0);
                state.roles.push(role.to_owned());
                let roles = state.roles.clone();
                state.options.set_roles(roles);
                Ok(())
            },
        )
    }
}

/// Makes the token good for this room only.
///
/// @param[in] options The options.
/// @param[in] room_id The room id.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_mint_options_set_room_id(
    options: *mut VsdkTokenMintOptions,
    room_id: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<MintOptionsObject>(
            "token_mint_options_set_room_id",
            options,
            error,
            |object| {
                let room_id = text::required(room_id, "room_id")?;
                lock(&object.0).options.set_room_id(room_id);
                Ok(())
            },
        )
    }
}

/// Makes the token good for this participant only.
///
/// @param[in] options The options.
/// @param[in] participant_id The participant id.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_mint_options_set_participant_id(
    options: *mut VsdkTokenMintOptions,
    participant_id: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<MintOptionsObject>(
            "token_mint_options_set_participant_id",
            options,
            error,
            |object| {
                let participant_id = text::required(participant_id, "participant_id")?;
                lock(&object.0).options.set_participant_id(participant_id);
                Ok(())
            },
        )
    }
}

/// How long the token is good for.
///
/// @param[in] options The options.
/// @param[in] lifetime_s Seconds, from 1; default 3,600.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_mint_options_set_lifetime_s(
    options: *mut VsdkTokenMintOptions,
    lifetime_s: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<MintOptionsObject>(
            "token_mint_options_set_lifetime_s",
            options,
            error,
            |object| {
                let seconds = u64::try_from(lifetime_s).map_err(|_| {
                    Error::new(
                        Status::InvalidArgument,
                        format!("A life of {lifetime_s} s is over before it begins"),
                        "Pass a number of seconds from 1.",
                    )
                })?;
                lock(&object.0)
                    .options
                    .set_lifetime(Duration::from_secs(seconds));
                Ok(())
            },
        )
    }
}

/// Further claims, besides those that have a setter.
///
/// @param[in] options The options.
/// @param[in] json A JSON object; it cannot contain claims that have a setter, nor iat and exp.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_mint_options_set_claims_json(
    options: *mut VsdkTokenMintOptions,
    json: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<MintOptionsObject>(
            "token_mint_options_set_claims_json",
            options,
            error,
            |object| {
                let json = text::required(json, "json")?;
                let claims = serde_json::from_str(json).map_err(|error| {
                    Error::new(
                        Status::InvalidArgument,
                        format!("The claims are not a JSON object: {error}"),
                        "Pass an object, e.g. {\"team\": \"blue\"}.",
                    )
                })?;
                lock(&object.0).options.set_extra_claims(claims);
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
pub unsafe extern "C" fn vsdk_token_mint_options_free(options: *mut VsdkTokenMintOptions) {
    guard::value((), || {
        handle::free::<MintOptionsObject>(options);
        Ok(())
    });
}

/// Mints a token: signs it with the API secret. For servers, tests and demos.
///
/// Refuses what the service would refuse later, with the reason.
///
/// @param[in] options What to mint.
/// @param[out] token owned, free with vsdk_token_free. The token; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_TOKEN_PERMISSIONS.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_mint(
    options: *const VsdkTokenMintOptions,
    token: *mut *mut VsdkToken,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let token = Out::new(token, std::ptr::null_mut());
        guard::status("token_mint", error, || {
            let token = token.required("token")?;
            let object = handle::get::<MintOptionsObject>(options)?;
            let minted = token::mint(&lock(&object.0).options)?;
            token.set(handle::insert(TokenObject::from(minted))?);
            Ok(())
        })
    }
}

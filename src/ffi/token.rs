//! Tokens: minted by a server, or fetched from one.
//!
//! Minting needs the API secret, which belongs on a server and never into an app. An app fetches
//! its token from a server of its own.

use std::ffi::{c_char, c_void};
use std::sync::Mutex;
use std::time::Duration;

use super::callback::UserData;
use super::error::VsdkError;
use super::handle::{self, object};
use super::library::{self, VsdkDestroyFn, VsdkStatus};
use super::operation::{self, VsdkOp, VsdkOpFn};
use super::out::Out;
use super::text::Text;
use super::{guard, text};
use crate::redact::Secret;
use crate::runtime::lock;
use crate::token::{self, FetchOptions, MintOptions, Token};
use crate::{Error, Status};

/// A token. Immutable.
pub struct VsdkToken {
    _opaque: [u8; 0],
}

/// What a token is minted from.
pub struct VsdkTokenMintOptions {
    _opaque: [u8; 0],
}

/// How a token is fetched.
pub struct VsdkTokenFetchOptions {
    _opaque: [u8; 0],
}

pub(super) struct TokenObject {
    token: Token,
    text: Text,
}

object!(TokenObject, Token, VsdkToken);

impl From<Token> for TokenObject {
    fn from(token: Token) -> Self {
        Self {
            text: Text::new(token.text().expose()),
            token,
        }
    }
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

#[derive(Default)]
struct FetchOptionsObject(Mutex<FetchOptions>);

object!(FetchOptionsObject, TokenFetchOptions, VsdkTokenFetchOptions);

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
        guard::status("token_mint_options_set_api_key", error, || {
            let object = handle::get::<MintOptionsObject>(options)?;
            let api_key = text::required(api_key, "api_key")?;
            lock(&object.0).options.set_api_key(api_key);
            Ok(())
        })
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
        guard::status("token_mint_options_set_secret", error, || {
            let object = handle::get::<MintOptionsObject>(options)?;
            let secret = text::required(secret, "secret")?;
            lock(&object.0).options.set_secret(Secret::new(secret));
            Ok(())
        })
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
        guard::status("token_mint_options_add_permission", error, || {
            let object = handle::get::<MintOptionsObject>(options)?;
            let permission = text::required(permission, "permission")?;
            let mut state = lock(&object.0);
            state.permissions.push(permission.to_owned());
            let permissions = state.permissions.clone();
            state.options.set_permissions(permissions);
            Ok(())
        })
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
        guard::status("token_mint_options_add_role", error, || {
            let object = handle::get::<MintOptionsObject>(options)?;
            let role = text::required(role, "role")?;
            let mut state = lock(&object.0);
            state.roles.push(role.to_owned());
            let roles = state.roles.clone();
            state.options.set_roles(roles);
            Ok(())
        })
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
        guard::status("token_mint_options_set_room_id", error, || {
            let object = handle::get::<MintOptionsObject>(options)?;
            let room_id = text::required(room_id, "room_id")?;
            lock(&object.0).options.set_room_id(room_id);
            Ok(())
        })
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
        guard::status("token_mint_options_set_participant_id", error, || {
            let object = handle::get::<MintOptionsObject>(options)?;
            let participant_id = text::required(participant_id, "participant_id")?;
            lock(&object.0).options.set_participant_id(participant_id);
            Ok(())
        })
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
        guard::status("token_mint_options_set_lifetime_s", error, || {
            let object = handle::get::<MintOptionsObject>(options)?;
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
        })
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
        guard::status("token_mint_options_set_claims_json", error, || {
            let object = handle::get::<MintOptionsObject>(options)?;
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
        })
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

/// Options that add nothing to the request.
///
/// @return owned, free with vsdk_token_fetch_options_free. NULL when no more handles can be made.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_token_fetch_options_new() -> *mut VsdkTokenFetchOptions {
    guard::value(std::ptr::null_mut(), || {
        handle::insert(FetchOptionsObject::default())
    })
}

/// Sets a header, such as the app's own login.
///
/// @param[in] options The options.
/// @param[in] name The name, e.g. "Authorization".
/// @param[in] value The value; treated as a secret.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_fetch_options_set_header(
    options: *mut VsdkTokenFetchOptions,
    name: *const c_char,
    value: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::status("token_fetch_options_set_header", error, || {
            let object = handle::get::<FetchOptionsObject>(options)?;
            let (name, value) = (
                text::required(name, "name")?,
                text::required(value, "value")?,
            );
            lock(&object.0).set_header(name, value)?;
            Ok(())
        })
    }
}

/// Asks for a token for this room, with the query parameter roomId.
///
/// @param[in] options The options.
/// @param[in] room_id nullable. The room id; NULL for any.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_fetch_options_set_room_id(
    options: *mut VsdkTokenFetchOptions,
    room_id: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::status("token_fetch_options_set_room_id", error, || {
            let object = handle::get::<FetchOptionsObject>(options)?;
            let room_id = text::optional(room_id, "room_id")?;
            lock(&object.0).set_room_id(room_id);
            Ok(())
        })
    }
}

/// Asks for a token for this participant, with the query parameter peerId.
///
/// @param[in] options The options.
/// @param[in] participant_id nullable. The participant id; NULL for any.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_fetch_options_set_participant_id(
    options: *mut VsdkTokenFetchOptions,
    participant_id: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::status("token_fetch_options_set_participant_id", error, || {
            let object = handle::get::<FetchOptionsObject>(options)?;
            let participant_id = text::optional(participant_id, "participant_id")?;
            lock(&object.0).set_participant_id(participant_id);
            Ok(())
        })
    }
}

/// Frees the options.
///
/// @param[in] options nullable, freed. The options.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_fetch_options_free(options: *mut VsdkTokenFetchOptions) {
    guard::value((), || {
        handle::free::<FetchOptionsObject>(options);
        Ok(())
    });
}

/// Fetches a token from a token server: GET with JSON expected, {"token": "..."}.
///
/// @param[in] url Where, e.g. "http://localhost:3000/get-token". Plain http only on this machine, unless the configuration allows more.
/// @param[in] options nullable. What to add to the request; NULL for nothing.
/// @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] token owned, free with vsdk_token_free. The token; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_TIMEOUT, VSDK_STATUS_TOKEN_SERVER_REPLY, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
/// @note Blocks until the server has answered, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_fetch(
    url: *const c_char,
    options: *const VsdkTokenFetchOptions,
    timeout_ms: i64,
    token: *mut *mut VsdkToken,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        let token = Out::new(token, std::ptr::null_mut());
        guard::status("token_fetch", error, || {
            let token = token.required("token")?;
            let url = text::required(url, "url")?;
            let options = fetch_options(options)?;
            operation::may_block("token_fetch")?;
            let started = token::start_fetch(url, &options, library::finite(timeout_ms)?, None)?;
            token.set(handle::insert(TokenObject::from(started.wait()?))?);
            Ok(())
        })
    }
}

/// Starts vsdk_token_fetch; take the token with vsdk_op_take_token.
///
/// @param[in] url As for vsdk_token_fetch.
/// @param[in] options nullable. As for vsdk_token_fetch.
/// @param[in] timeout_ms As for vsdk_token_fetch.
/// @param[in] callback nullable. Told when it has completed.
/// @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
/// @param[in] destroy nullable. Called once for `user_data`.
/// @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_fetch_async(
    url: *const c_char,
    options: *const VsdkTokenFetchOptions,
    timeout_ms: i64,
    callback: VsdkOpFn,
    user_data: *mut c_void,
    destroy: VsdkDestroyFn,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    let user_data = UserData::new(user_data, destroy);
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        let op = Out::new(op, std::ptr::null_mut());
        guard::status("token_fetch", error, || {
            let url = text::required(url, "url")?;
            let options = fetch_options(options)?;
            let timeout = library::finite(timeout_ms)?;
            let on_finish = operation::on_finish(callback, user_data);
            operation::give(token::start_fetch(url, &options, timeout, on_finish)?, op)
        })
    }
}

fn fetch_options(options: *const VsdkTokenFetchOptions) -> crate::Result<FetchOptions> {
    if options.is_null() {
        return Ok(FetchOptions::default());
    }
    Ok(lock(&handle::get::<FetchOptionsObject>(options)?.0).clone())
}

/// The token's text, for vsdk_config or the options of a room or meeting. A secret.
///
/// @param[in] token The token.
/// @return borrowed from token. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_text(token: *const VsdkToken) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<TokenObject>(token)?;
        Ok(object.text.pointer())
    })
}

/// When the token's life is over, as far as it can be read.
///
/// @param[in] token The token.
/// @return Seconds since 1970 (UTC); -1 when it has no end.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_expires_at_s(token: *const VsdkToken) -> i64 {
    guard::value(-1, || {
        let object = handle::get::<TokenObject>(token)?;
        Ok(object.token.expires_at().unwrap_or(-1))
    })
}

/// Frees a token.
///
/// @param[in] token nullable, freed. The token.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_free(token: *mut VsdkToken) {
    guard::value((), || {
        handle::free::<TokenObject>(token);
        Ok(())
    });
}

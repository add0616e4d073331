//! Tokens: as they were minted or fetched.

use std::ffi::c_char;

use super::guard;
use super::handle::{self, object};
use super::text::Text;
use crate::token::Token;

/// A token. Immutable.
pub struct VsdkToken {
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

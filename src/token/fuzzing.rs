//! Tokens without a token server.

use tokio::time::Instant;

use super::fetch::{FETCH, FetchOptions, prepare, token_in};
use crate::Result;
use crate::fuzzing::Answer;

/// The token in the reply of a token server.
pub fn token_reply(answer: &Answer) -> Result<String> {
    match answer.status {
        200..=299 => Ok(token_in(&answer.reply(FETCH))?.expose().to_owned()),
        _ => Err(answer.failure(FETCH)),
    }
}

/// The URL under which a token is fetched.
pub fn token_url(url: &str, options: &FetchOptions) -> Result<String> {
    let call = prepare(url, options, Instant::now())?;
    Ok(call.address.url().to_string())
}

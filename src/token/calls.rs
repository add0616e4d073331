//! Fetching a token as an operation: started here, carried out on the library's threads.

use super::fetch::{self, FetchOptions};
use super::mint::Token;
use crate::Result;
use crate::config;
use crate::http::Address;
use crate::runtime::{Operation, Prepared, Timeout};

const FETCH: &str = "token_fetch";

/// Fetches a token from a token server: `GET` with JSON expected, `{"token": "…"}`.
///
/// The token comes as the server gave it; [`config`](crate::config()) examines it.
pub fn fetch_token(
    url: &str,
    options: &FetchOptions,
    timeout: impl Into<Timeout>,
) -> Operation<Token> {
    Operation::of(FETCH, fetch_call(url, options, timeout.into()))
}

/// Fetching, once its arguments are found to be in order.
pub(crate) fn fetch_call(
    url: &str,
    options: &FetchOptions,
    timeout: Timeout,
) -> Result<Prepared<Token>> {
    let config = config::current();
    // At once, not when the operation has begun.
    Address::parse("token URL", url)
        .and_then(|address| config.network.check_plain(&address))
        .map_err(|error| error.during(FETCH))?;
    let (url, options) = (url.to_owned(), options.clone());
    Ok(Prepared::new(
        FETCH,
        timeout,
        move |worker, deadline| async move {
            let client = config.network.client(worker);
            let text = fetch::fetch(&client, &url, &options, deadline).await?;
            Ok(Token::from_text(text.expose()))
        },
    ))
}

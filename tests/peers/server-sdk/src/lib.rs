//! The official server SDK and the library as neighbours: both talk to one running devserver, and
//! neither knows of the other.

mod service;
mod wording;

pub use service::{API_KEY, SECRET, Service};
pub use wording::{Refusal, agree};

use std::time::Duration;

use vsdk::redact::Secret;
use vsdk::token::{MintOptions, Token, mint};

/// The library's options for a token of the project that every service here has.
pub fn mint_options() -> MintOptions {
    MintOptions::new(API_KEY, Secret::new(SECRET))
}

/// A token of the library's, good for everything.
pub fn our_token() -> Token {
    mint(&mint_options()).expect("key and secret are good")
}

/// The SDK as an application has it, but that it does not wait before it tries again.
pub fn their_client(url: &str) -> videosdk::ClientBuilder {
    videosdk::Client::builder()
        .api_key(API_KEY)
        .secret(SECRET)
        .base_url(url)
        .backoff(|_| Duration::ZERO)
}

/// What the library is told with each call.
pub fn our_request(url: &str, token: &str) -> vsdk::RequestOptions {
    let mut request = vsdk::RequestOptions::new();
    request.set_token(Some(token)).set_api_base_url(Some(url));
    request
}

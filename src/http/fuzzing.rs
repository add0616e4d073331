//! Replies without a server.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use tokio::time::Instant;

use super::call::{Call, Purpose};
use super::reply::{self, Received, Reply};
use super::retry::{self, Reach};
use super::settings::Settings;
use super::target::Address;
use super::{MAX_REPLY_BYTES, refusal};
use crate::{Error, json};

/// A reply as a server may send it.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Names and values; those that no header can have are left out.
    pub headers: Vec<(String, Vec<u8>)>,
    /// At most as much of it is read as a client reads.
    pub body: Vec<u8>,
    /// The token of the request, which must not come back in any error.
    pub secret: String,
}

impl Answer {
    /// What a call makes of a status that is no success.
    pub(crate) fn failure(&self, purpose: Purpose) -> Error {
        let reply = self.reply(purpose);
        let redactor = reply.call.redactor(&reply.settings);
        let (url, headers) = (reply.call.address.url(), &reply.headers);
        let details = reply::details(self.status, headers, SystemTime::now(), &redactor);
        let failure = match self.status {
            300..=399 => refusal::redirect(self.status, headers, url, details, &redactor),
            _ => refusal::decode(self.status, &reply.body, purpose.peer, details, &redactor),
        };
        failure.into_error(&purpose, reply.attempts)
    }

    /// The same as the reply to a call.
    pub(crate) fn reply(&self, purpose: Purpose) -> Reply {
        let address = Address::parse("URL", "https://service.example/v2/rooms");
        let mut call = Call::get(purpose, good(address), Instant::now());
        let secret = HeaderValue::from_str(&self.secret);
        call.headers.insert(AUTHORIZATION, good(secret));
        let body = &self.body[..self.body.len().min(MAX_REPLY_BYTES)];
        Reply {
            received: Received {
                status: self.status,
                body: json::text(body.to_vec()),
                headers: headers(&self.headers),
                attempts: 1,
            },
            call,
            settings: Arc::new(good(Settings::default().check())),
        }
    }
}

/// How long a server asks to wait.
#[must_use]
pub fn retry_after(of: &[(String, Vec<u8>)], now: SystemTime) -> Option<Duration> {
    reply::retry_after(&headers(of), now)
}

/// The clock of a server minus `now`, in seconds.
#[must_use]
pub fn clock_offset(of: &[(String, Vec<u8>)], now: SystemTime) -> Option<i64> {
    reply::clock_offset(&headers(of), now)
}

/// The pause before a request is sent again, if it is, after one that may be.
#[must_use]
pub fn pause(made: u32, asked: Option<Duration>, jitter: f64, left: Duration) -> Option<Duration> {
    retry::next(true, Reach::Answered(429), made, asked, jitter, left)
}

fn headers(pairs: &[(String, Vec<u8>)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in pairs {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value)) {
            map.append(name, value);
        }
    }
    map
}

/// What is written here is right, or fuzzing looks at nothing.
fn good<T, E: std::fmt::Debug>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| unreachable!("{error:?}"))
}

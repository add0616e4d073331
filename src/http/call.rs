//! One call, described: what for, to whom, with what, until when.

use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderValue};
use tokio::time::Instant;

use super::settings::Checked;
use super::target::Address;
use crate::error::{Error, Result, Status};
use crate::redact::{Redactor, Secret};

/// What a call is for, in the words of its errors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Purpose {
    /// The name of the operation, e.g. `create_room`.
    pub(crate) operation: &'static str,
    /// What it is to achieve, in the words after "Could not", e.g. `create the room`.
    pub(crate) goal: &'static str,
    pub(crate) peer: Peer,
}

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Peer {
    /// The VideoSDK service: its clock counts, its numbers are known.
    Service,
    /// The application's own token server.
    TokenServer,
}

impl Peer {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Peer::Service => "the service",
            Peer::TokenServer => "the token server",
        }
    }
}

/// A request and the time it has.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) purpose: Purpose,
    pub(crate) method: Method,
    pub(crate) address: Address,
    /// Their values count as secret.
    pub(crate) headers: HeaderMap,
    /// Those that anybody sends with such a call: their values are no secrets of it, and to take
    /// them out would only blank out innocent text. `headers` go before them.
    pub(crate) public_headers: HeaderMap,
    /// JSON.
    pub(crate) body: Option<String>,
    pub(crate) deadline: Instant,
    /// Whether carrying it out twice does no harm.
    pub(crate) is_repeatable: bool,
    /// Whether it is never sent again: the caller does so itself.
    pub(crate) only_once: bool,
}

impl Call {
    pub(crate) fn get(purpose: Purpose, address: Address, deadline: Instant) -> Self {
        Self {
            purpose,
            method: Method::GET,
            address,
            headers: HeaderMap::new(),
            public_headers: HeaderMap::new(),
            body: None,
            deadline,
            is_repeatable: true,
            only_once: false,
        }
    }

    pub(crate) fn post(
        purpose: Purpose,
        address: Address,
        body: String,
        deadline: Instant,
    ) -> Self {
        let mut call = Self::get(purpose, address, deadline);
        call.method = Method::POST;
        call.is_repeatable = false;
        call.public_headers.insert(
            reqwest::header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        call.body = Some(body);
        call
    }

    /// All that are sent.
    pub(crate) fn all_headers(&self) -> HeaderMap {
        let mut all = self.public_headers.clone();
        all.extend(self.headers.clone());
        all
    }

    /// A redactor that knows every secret that this call carries, in each form it may come back.
    pub(crate) fn redactor(&self, settings: &Checked) -> Redactor {
        let mut redactor = Redactor::new();
        for value in self.headers.values() {
            let value = String::from_utf8_lossy(value.as_bytes());
            redactor = with_every_form(redactor, &value);
        }
        for part in settings.proxy.iter().flat_map(|proxy| {
            let url = &proxy.url;
            [url.username(), url.password().unwrap_or_default()]
        }) {
            redactor = with_every_form(redactor, part);
            let decoded = percent_encoding::percent_decode_str(part).decode_utf8_lossy();
            redactor = with_every_form(redactor, &decoded);
        }
        redactor
    }
}

/// The secret as it is, within JSON, both also as they look when a text is put on one line, and
/// percent-encoded.
fn with_every_form(redactor: Redactor, secret: &str) -> Redactor {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if secret.bytes().all(is_plain) {
        // All forms are the same: so it is with every token.
        return redactor.with_secret(secret);
    }
    let quoted = serde_json::Value::from(secret).to_string();
    let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let quoted = quoted.trim_matches('"');
    redactor
        .with_secret(secret)
        .with_secret(&on_one_line(secret))
        .with_secret(quoted)
        .with_secret(&on_one_line(quoted))
        .with_secret(&encoded)
}

/// The header of that name: the token as it is, since this service knows no `Bearer`.
pub(crate) fn authorization(token: &Secret) -> Result<HeaderValue> {
    let token = token.expose().trim();
    if token.is_empty() {
        return Err(Error::new(
            Status::NotConfigured,
            "There is no token",
            "Give a token, by `config` or in the options of this call.",
        ));
    }
    let malformed = || {
        Error::new(
            Status::TokenMalformed,
            "The token holds characters that no token has",
            "Pass the token exactly as it was issued, without spaces or line breaks inside.",
        )
    };
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(malformed());
    }
    let mut value = HeaderValue::from_str(token).map_err(|_| malformed())?;
    value.set_sensitive(true);
    Ok(value)
}

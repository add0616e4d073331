//! Fetching a token from the application's own token server.
#![forbid(unsafe_code)]

use reqwest::header::{ACCEPT, HeaderName, HeaderValue};
use serde_json::Value;
use tokio::time::Instant;

use crate::error::{Error, Result, Status};
use crate::http::{Address, Call, Client, Peer, Purpose, Reply};
use crate::redact::{Secret, shown};

pub(super) const FETCH: Purpose = Purpose {
    operation: "token_fetch",
    goal: "fetch a token",
    peer: Peer::TokenServer,
};

/// What is told to the token server.
///
/// The values of headers count as secret: no error ever repeats them.
#[derive(Clone, Debug, Default)]
pub struct FetchOptions {
    headers: Vec<(HeaderName, HeaderValue)>,
    room_id: Option<String>,
    participant_id: Option<String>,
}

impl FetchOptions {
    /// Options that tell nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a header, e.g. one by which the token server knows your user. A header that was
    /// added before is replaced.
    ///
    /// # Errors
    ///
    /// `INVALID_ARGUMENT` when name or value cannot be in a header.
    pub fn set_header(&mut self, name: &str, value: &str) -> Result<&mut Self> {
        // The value is a secret; a name with a mistake in it may be one as well.
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
            Error::new(
                Status::InvalidArgument,
                "The name of a header for the token server is empty or holds characters that are not allowed",
                "Use letters, digits and hyphens only, e.g. `Authorization`; the value is a parameter of its own.",
            )
        })?;
        if FORBIDDEN_HEADERS.contains(&name.as_str()) {
            return Err(Error::new(
                Status::InvalidArgument,
                format!("The header `{name}` belongs to the connection and cannot be set"),
                "Leave it out.",
            ));
        }
        let unsendable = || {
            Error::new(
                Status::InvalidArgument,
                format!(
                    "The value of the header {} holds characters that no header can carry",
                    shown(name.as_str())
                ),
                "Use printable ASCII without line breaks; encode everything else, e.g. as base64.",
            )
        };
        if !value.is_ascii() {
            return Err(unsendable());
        }
        let mut value = HeaderValue::from_str(value).map_err(|_| unsendable())?;
        value.set_sensitive(true);
        self.headers.retain(|(existing, _)| *existing != name);
        self.headers.push((name, value));
        Ok(self)
    }

    /// Asks for a token for one room: the query parameter `roomId`.
    pub fn set_room_id(&mut self, id: Option<&str>) -> &mut Self {
        self.room_id = id.map(str::to_owned);
        self
    }

    /// Asks for a token for one participant: the query parameter `peerId`.
    pub fn set_participant_id(&mut self, id: Option<&str>) -> &mut Self {
        self.participant_id = id.map(str::to_owned);
        self
    }
}

/// Headers that frame the message or the connection; setting them could only break it.
const FORBIDDEN_HEADERS: [&str; 6] = [
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "upgrade",
    "te",
];

/// Gets a token by `GET` from `url`, which answers `{"token": "…"}`.
pub(crate) async fn fetch(
    client: &Client,
    url: &str,
    options: &FetchOptions,
    deadline: Instant,
) -> Result<Secret> {
    let call = prepare(url, options, deadline).map_err(|error| error.during(FETCH.operation))?;
    token_in(&client.send(call).await?)
}

pub(super) fn token_in(reply: &Reply) -> Result<Secret> {
    let refuse =
        |remedy: &str| Err(reply.unusable(Status::TokenServerReply, r#"{"token": "…"}"#, remedy));
    let Ok(Value::Object(fields)) = serde_json::from_str(&reply.body) else {
        return refuse("Is this the right URL? The sample servers answer under /get-token.");
    };
    match fields.get("token") {
        Some(Value::String(token)) if !token.trim().is_empty() => Ok(Secret::new(token)),
        Some(Value::String(_)) => refuse(
            "The token is empty: look into the log of the token server; mostly its API key or secret is not set.",
        ),
        Some(_) => refuse("The token must be a JSON text: correct the reply of the token server."),
        None => refuse("The token server must put the token under the key `token`."),
    }
}

pub(super) fn prepare(url: &str, options: &FetchOptions, deadline: Instant) -> Result<Call> {
    let mut address = Address::parse("token URL", url)?;
    let restrictions = [
        ("roomId", &options.room_id),
        ("peerId", &options.participant_id),
    ];
    for (key, value) in restrictions {
        if let Some(value) = value {
            address.query_pairs_mut().append_pair(key, value);
        }
    }
    let mut call = Call::get(FETCH, address, deadline);
    call.public_headers
        .insert(ACCEPT, HeaderValue::from_static("application/json"));
    for (name, value) in &options.headers {
        call.headers.insert(name.clone(), value.clone());
    }
    Ok(call)
}

#[cfg(test)]
mod tests;

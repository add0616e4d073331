//! Whom the rooms belong to and where they are kept: token, base URL, and the URLs below it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{AUTHORIZATION, HeaderValue};
use tokio::time::Instant;

use crate::error::{Error, Result, Status};
use crate::http::{Address, Call, Purpose, authorization};
use crate::redact::Secret;

/// The rooms of one server, and the token for them.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    rooms: Address,
    /// The token, raw: this service knows no `Bearer`.
    authorization: HeaderValue,
}

/// Everything but what RFC 3986 calls unreserved: an id is one path segment, whatever it holds.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

impl Access {
    /// Below a base URL that was checked; its path is a prefix for all others.
    pub(crate) fn new(base_url: &Address, token: &Secret) -> Result<Self> {
        let path = base_url.url().path().trim_end_matches('/');
        Ok(Self {
            rooms: base_url.at(&format!("{path}/v2/rooms")),
            authorization: authorization(token)?,
        })
    }

    /// The address of the rooms, with more path segments behind it.
    pub(crate) fn address(&self, segments: &[&str]) -> Address {
        if segments.is_empty() {
            return self.rooms.clone();
        }
        let mut path = self.rooms.url().path().to_owned();
        for segment in segments {
            path.push('/');
            path.extend(utf8_percent_encode(segment, SEGMENT));
        }
        self.rooms.at(&path)
    }

    pub(crate) fn get(&self, purpose: Purpose, address: Address, deadline: Instant) -> Call {
        self.authorized(Call::get(purpose, address, deadline))
    }

    /// `body` is JSON.
    pub(crate) fn post(
        &self,
        purpose: Purpose,
        address: Address,
        body: String,
        deadline: Instant,
    ) -> Call {
        self.authorized(Call::post(purpose, address, body, deadline))
    }

    fn authorized(&self, mut call: Call) -> Call {
        call.headers
            .insert(AUTHORIZATION, self.authorization.clone());
        call
    }
}

/// Checks a base URL, e.g. `https://api.videosdk.live`; it may have a path prefix. `what` names
/// it in messages.
pub(crate) fn parse_base_url(what: &str, base_url: &str) -> Result<Address> {
    let address = Address::parse(what, base_url)?;
    let url = address.url();
    if url.query().is_some() || url.fragment().is_some() {
        return Err(Error::new(
            Status::InvalidArgument,
            format!("The {what} has a query or fragment"),
            "Give only scheme, host, port and path prefix, e.g. https://api.videosdk.live.",
        ));
    }
    Ok(address)
}

/// Refuses what cannot name a room in a URL.
pub(crate) fn check_id(id: &str) -> Result<()> {
    check_not_empty(id)?;
    if matches!(id, "." | "..") {
        // Every URL parser on the way drops such a segment, even percent-encoded (WHATWG URL,
        // RFC 3986 section 5.2.4): the request would reach another address.
        return Err(Error::new(
            Status::InvalidArgument,
            format!("The room id `{id}` cannot be sent: in a URL it means a place, not a name"),
            "Use the room id that the service gave, such as `abcd-efgh-ijkl`.",
        ));
    }
    Ok(())
}

/// Refuses an id that is nothing: mostly the result of a failure that went unnoticed before.
pub(crate) fn check_not_empty(id: &str) -> Result<()> {
    if id.trim().is_empty() {
        return Err(Error::new(
            Status::InvalidArgument,
            "The room id is empty",
            "Pass the `roomId` of a created room; if it is empty, look at how creating it ended.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(base_url: &str, token: &str) -> Result<Access> {
        Access::new(&parse_base_url("base URL", base_url)?, &Secret::new(token))
    }

    fn url(base_url: &str, segments: &[&str]) -> String {
        let access = access(base_url, "token").expect("a good base URL and token");
        access.address(segments).url().to_string()
    }

    #[test]
    fn an_id_is_always_exactly_one_segment() {
        for (id, segment) in [
            ("abcd-efgh-ijkl", "abcd-efgh-ijkl"),
            ("a/b", "a%2Fb"),
            ("a\\b", "a%5Cb"),
            ("a?b=c", "a%3Fb%3Dc"),
            ("a#b", "a%23b"),
            ("100%", "100%25"),
            ("%2e%2e", "%252e%252e"),
            ("../x", "..%2Fx"),
            ("...", "..."),
            ("a b", "a%20b"),
            ("a+b", "a%2Bb"),
            (" a\t\n", "%20a%09%0A"),
            ("🎉", "%F0%9F%8E%89"),
            ("ä", "%C3%A4"),
            (";:@&=", "%3B%3A%40%26%3D"),
        ] {
            check_id(id).expect(id);
            assert_eq!(
                url("https://a.b", &["validate", id]),
                format!("https://a.b/v2/rooms/validate/{segment}"),
                "{id}"
            );
        }
    }

    #[test]
    fn ids_that_cannot_be_sent_are_refused() {
        for id in ["", " ", "\n", ".", ".."] {
            assert_eq!(
                check_id(id).expect_err(id).status(),
                Status::InvalidArgument
            );
        }
    }

    #[test]
    fn a_prefix_and_a_trailing_slash_are_kept_apart() {
        for (base, rooms) in [
            ("https://a.b", "https://a.b/v2/rooms"),
            ("https://a.b/", "https://a.b/v2/rooms"),
            (" https://a.b/proxy ", "https://a.b/proxy/v2/rooms"),
            (
                "http://127.0.0.1:9000/p/q//",
                "http://127.0.0.1:9000/p/q/v2/rooms",
            ),
            ("https://a.b/p%2Fq/", "https://a.b/p%2Fq/v2/rooms"),
        ] {
            assert_eq!(url(base, &[]), rooms);
            assert_eq!(url(base, &["x"]), format!("{rooms}/x"));
        }
    }

    #[test]
    fn a_bad_base_url_or_token_is_refused_without_being_shown() {
        for base in [
            "",
            "a.b",
            "ftp://a.b",
            "https://ann:hunter22@a.b",
            "https://a.b?x=hunter22",
            "https://a.b#x",
        ] {
            let error = parse_base_url("base URL", base).expect_err(base);
            assert_eq!(error.status(), Status::InvalidArgument);
            assert!(!error.to_string().contains("hunter22"));
        }
        for (token, status) in [
            ("", Status::NotConfigured),
            (" ", Status::NotConfigured),
            ("hunter22\nx", Status::TokenMalformed),
            ("hunter22-ä", Status::TokenMalformed),
        ] {
            let error = access("https://a.b", token).expect_err("a refusal");
            assert_eq!(error.status(), status);
            assert!(!error.to_string().contains("hunter22"));
        }
    }
}

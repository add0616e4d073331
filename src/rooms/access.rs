//! Whom the rooms belong to and where they are kept: token, base URL, and the URLs below it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{AUTHORIZATION, HeaderValue};
use url::Url;

use crate::error::{Error, Result, Status};
use crate::http::{Call, parse_url};
use crate::redact::Secret;

/// A checked base URL and the token for it.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    /// Without query and fragment; the path is a prefix for all others.
    base_url: Url,
    token: Secret,
}

/// Everything but what RFC 3986 calls unreserved: an id is one path segment, whatever it holds.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

impl Access {
    /// A base URL that was checked, and the token for it.
    pub(crate) fn new(base_url: Url, token: Secret) -> Self {
        Self { base_url, token }
    }

    /// The URL of the rooms, with more path segments behind it.
    pub(crate) fn url(&self, segments: &[&str]) -> Result<Url> {
        let mut path = self.base_url.path().trim_end_matches('/').to_owned();
        path.push_str("/v2/rooms");
        for segment in segments {
            path.push('/');
            path.extend(utf8_percent_encode(segment, SEGMENT));
        }
        let mut url = self.base_url.clone();
        url.set_path(&path);
        Ok(url)
    }

    /// Adds the token, raw: this service knows no `Bearer`.
    pub(crate) fn authorize(&self, mut call: Call) -> Result<Call> {
        let token = self.token.expose().trim();
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
        call.headers.insert(AUTHORIZATION, value);
        Ok(call)
    }
}

/// Checks a base URL, e.g. `https://api.videosdk.live`; it may have a path prefix. `what` names
/// it in messages.
pub(crate) fn parse_base_url(what: &str, base_url: &str) -> Result<Url> {
    let base_url = parse_url(what, base_url)?;
    if base_url.query().is_some() || base_url.fragment().is_some() {
        return Err(Error::new(
            Status::InvalidArgument,
            format!("The {what} has a query or fragment"),
            "Give only scheme, host, port and path prefix, e.g. https://api.videosdk.live.",
        ));
    }
    Ok(base_url)
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

    fn access(base_url: &str) -> Access {
        Access::new(
            parse_base_url("base URL", base_url).expect("a good base URL"),
            Secret::new("token"),
        )
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
            let url = access("https://a.b").url(&["validate", id]).expect(id);
            assert_eq!(
                url.as_str(),
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
        for (base, url) in [
            ("https://a.b", "https://a.b/v2/rooms"),
            ("https://a.b/", "https://a.b/v2/rooms"),
            (" https://a.b/proxy ", "https://a.b/proxy/v2/rooms"),
            (
                "http://127.0.0.1:9000/p/q//",
                "http://127.0.0.1:9000/p/q/v2/rooms",
            ),
            ("https://a.b/p%2Fq/", "https://a.b/p%2Fq/v2/rooms"),
        ] {
            assert_eq!(access(base).url(&[]).expect(base).as_str(), url);
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
            let access = Access::new(
                parse_base_url("base URL", "https://a.b").expect("a good base URL"),
                Secret::new(token),
            );
            let url = access.url(&[]).expect("a URL");
            let call = Call::get(super::super::LIST, url, tokio::time::Instant::now());
            let error = access.authorize(call).err().expect("a refusal");
            assert_eq!(error.status(), status);
            assert!(!error.to_string().contains("hunter22"));
        }
    }
}

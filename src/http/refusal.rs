//! Replies other than 2xx, in the one vocabulary.

use reqwest::header::{HeaderMap, LOCATION};
use url::Url;

use super::call::Peer;
use super::failure::{Details, Failure};
use super::retry::Reach;
use super::service_text::{self, Told};
use crate::error::Status;
use crate::redact::Redactor;

/// Turns a refusal into a failure; `details` holds what its head told.
pub(crate) fn decode(
    http: u16,
    body: &str,
    peer: Peer,
    mut details: Details,
    redactor: &Redactor,
) -> Failure {
    let told = service_text::read(body, redactor);
    let (status, meaning) = classify(http);
    let cause = phrase(http, meaning, peer, &told);
    details.http_status = Some(http);
    details.service_code = told.code;
    details.service_text = told.text;
    Failure {
        status,
        cause,
        remedy: remedy(status, peer).to_owned(),
        reach: Reach::Answered(http),
        details: Box::new(details),
    }
}

/// The status for an HTTP status, and its meaning in the words after "the service".
pub(crate) fn classify(http: u16) -> (Status, &'static str) {
    match http {
        401 => (Status::Unauthorized, "refused the token"),
        // The service says 402 for what others call 404; it has nothing to do with payment.
        402 | 404 => (Status::NotFound, "knows nothing by that name"),
        403 => (
            Status::Forbidden,
            "does not allow this with the token's rights",
        ),
        409 => (
            Status::Conflict,
            "says that it contradicts what exists already",
        ),
        429 => (Status::RateLimited, "had too many requests"),
        500..=599 => (Status::ServerError, "failed"),
        400..=499 => (Status::BadRequest, "refused the request as wrong"),
        _ => (
            Status::InvalidResponse,
            "answered with a status that has no meaning here",
        ),
    }
}

fn phrase(http: u16, meaning: &str, peer: Peer, told: &Told) -> String {
    let peer = peer.name();
    match &told.text {
        Some(text) => format!("{peer} {meaning} (HTTP {http}): \u{201c}{text}\u{201d}"),
        None => format!("{peer} {meaning} (HTTP {http}) and gave no reason"),
    }
}

fn remedy(status: Status, peer: Peer) -> &'static str {
    if peer == Peer::TokenServer {
        return match status {
            Status::Unauthorized | Status::Forbidden => {
                "Send the headers by which your token server knows its users."
            }
            Status::NotFound => {
                "Check the path of the token URL; the sample servers use /get-token."
            }
            Status::RateLimited => {
                "Wait, and keep a token until it expires instead of fetching one each time."
            }
            Status::ServerError => "Look into the log of the token server.",
            _ => "Check the token URL and what your token server expects.",
        };
    }
    match status {
        Status::Unauthorized => {
            "Use a whole token that has not expired, signed with the secret of its API key, without `Bearer` in front; inspecting the token tells which of these is wrong."
        }
        Status::NotFound => {
            "Check the id, and that the token belongs to the account that made the room; deactivating takes the room id, never a custom one."
        }
        Status::Forbidden => {
            "Use a token whose roles and permissions cover this; roles for calls like this one must include `crawler`, or be left out."
        }
        Status::Conflict => "Use the existing one, or another id.",
        Status::RateLimited => "Wait as long as asked, and make fewer requests at once.",
        Status::ServerError => {
            "Try again in a moment; if it lasts, give the request id to the support of the service."
        }
        Status::BadRequest => "Correct what the service names, or check the options of this call.",
        _ => "Check the base URL, and that nothing in between answers in place of the service.",
    }
}

/// The failure for a 3xx: never followed, since the token would go where it was not meant to.
pub(crate) fn redirect(
    http: u16,
    headers: &HeaderMap,
    base: &Url,
    mut details: Details,
    redactor: &Redactor,
) -> Failure {
    let target = headers
        .get(LOCATION)
        .and_then(|location| location.to_str().ok())
        .and_then(|location| base.join(location).ok())
        .and_then(|url| service_text::presentable(url.host_str()?, redactor));
    let cause = match target {
        Some(host) => format!(
            "`{}` sends the request on to `{host}` (HTTP {http})",
            base.host_str().unwrap_or_default()
        ),
        None => format!(
            "`{}` sends the request on, but not to any address (HTTP {http})",
            base.host_str().unwrap_or_default()
        ),
    };
    details.http_status = Some(http);
    Failure {
        details: Box::new(details),
        ..Failure::last(
            Status::Redirect,
            cause,
            "Redirects are not followed, to keep the token where it was meant to go; if the new address is right, use it as the URL.",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_its_place() {
        for (http, status) in [
            (100, Status::InvalidResponse),
            (304, Status::InvalidResponse),
            (400, Status::BadRequest),
            (401, Status::Unauthorized),
            (402, Status::NotFound),
            (403, Status::Forbidden),
            (404, Status::NotFound),
            (405, Status::BadRequest),
            (409, Status::Conflict),
            (418, Status::BadRequest),
            (422, Status::BadRequest),
            (429, Status::RateLimited),
            (499, Status::BadRequest),
            (500, Status::ServerError),
            (599, Status::ServerError),
            (600, Status::InvalidResponse),
            (999, Status::InvalidResponse),
        ] {
            assert_eq!(classify(http).0, status, "{http}");
        }
    }

    #[test]
    fn a_refusal_keeps_what_the_service_said() {
        let redactor = Redactor::new().with_secret("hunter22");
        let body = r#"{"statusCode":4002,"error":"hunter22 expired"}"#;
        let details = Details {
            request_id: Some("r1".to_owned()),
            ..Details::default()
        };
        let failure = decode(401, body, Peer::Service, details, &redactor);
        assert_eq!(failure.status, Status::Unauthorized);
        assert_eq!(failure.details.http_status, Some(401));
        assert_eq!(failure.details.service_code, Some(4002));
        assert_eq!(
            failure.details.service_text.as_deref(),
            Some("[redacted] expired")
        );
        assert_eq!(failure.details.request_id.as_deref(), Some("r1"));
        assert!(
            failure.cause.contains("[redacted] expired"),
            "{}",
            failure.cause
        );
        let silent = decode(500, "", Peer::TokenServer, Details::default(), &redactor);
        assert!(
            silent
                .cause
                .contains("the token server failed (HTTP 500) and gave no reason")
        );
    }

    #[test]
    fn a_redirect_names_only_the_host() {
        let base = Url::parse("http://127.0.0.1:1/v2/rooms").unwrap();
        for (location, host) in [
            (
                Some("https://ann:hunter22@other.example/login?token=x"),
                "to `other.example`",
            ),
            (Some("/login?secret=hunter22"), "to `127.0.0.1`"),
            (Some("http://"), "not to any address"),
            (None, "not to any address"),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(location) = location {
                headers.insert(LOCATION, location.parse().unwrap());
            }
            let failure = redirect(302, &headers, &base, Details::default(), &Redactor::new());
            assert!(failure.cause.contains(host), "{}", failure.cause);
            assert!(!failure.cause.contains("hunter22") && !failure.cause.contains("login"));
            assert_eq!(failure.details.http_status, Some(302));
        }
    }
}

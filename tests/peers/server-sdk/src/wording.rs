//! One refusal in the words of both clients.

use std::time::Duration;

use videosdk::ErrorKind;
use vsdk::Status;

/// What a failed reply says, however a client puts it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub http_status: Option<u16>,
    /// The service's own words.
    pub text: Option<String>,
    /// The id under which the service logged the request.
    pub request_id: Option<String>,
    /// How long the service asks to wait.
    pub retry_after: Option<Duration>,
}

/// Asserts that both clients understand one refusal alike, and returns what they understood.
///
/// When the service said nothing the SDK makes up a sentence; that one counts as no text.
pub fn agree(theirs: &videosdk::Error, ours: &vsdk::Error) -> Refusal {
    let api = theirs
        .as_api()
        .unwrap_or_else(|| panic!("the SDK sees no reply: {theirs}"));
    let made_up = format!("request failed with status {}", api.status);
    let as_theirs = Refusal {
        http_status: Some(api.status),
        text: Some(api.message.clone()).filter(|text| *text != made_up),
        request_id: api.request_id.clone(),
        retry_after: api.retry_after,
    };
    let as_ours = Refusal {
        http_status: ours.http_status(),
        text: ours.service_text().map(str::to_owned),
        request_id: ours.request_id().map(str::to_owned),
        retry_after: ours.retry_after(),
    };
    assert_eq!(as_theirs, as_ours, "theirs: {theirs}\nours: {ours}");
    assert_eq!(
        kind_of(ours.status(), api.status),
        api.kind,
        "theirs: {theirs}\nours: {ours}"
    );
    as_ours
}

/// The SDK's kind for a status of ours. It knows fewer: failures of the server are of no kind
/// there, and neither are refusals without a meaning of their own.
fn kind_of(status: Status, http_status: u16) -> ErrorKind {
    match status {
        Status::Unauthorized => ErrorKind::Authentication,
        Status::Forbidden => ErrorKind::Permission,
        Status::NotFound => ErrorKind::NotFound,
        Status::Conflict => ErrorKind::Conflict,
        Status::RateLimited => ErrorKind::RateLimit,
        Status::BadRequest if http_status == 400 => ErrorKind::Validation,
        Status::BadRequest | Status::ServerError => ErrorKind::Generic,
        other => panic!("{other} is not the status of a refusal"),
    }
}

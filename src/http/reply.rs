//! Reading a reply: its head, its bounded body, and the times in it.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::Response;
use reqwest::header::{CONNECTION, CONTENT_LENGTH, DATE, HeaderMap, HeaderValue, RETRY_AFTER};

use super::MAX_REPLY_BYTES;
use super::call::Call;
use super::failure::{Details, Failure};
use super::service_text;
use super::settings::Checked;
use crate::error::{Error, Status};
use crate::json;
use crate::redact::Redactor;

/// A reply with a 2xx status and any bytes.
pub(crate) struct Delivered {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    pub(crate) headers: HeaderMap,
    /// How often the request was sent until this reply came.
    pub(crate) attempts: u32,
}

impl Delivered {
    /// As a text whose JSON can be read.
    pub(crate) fn into_text(self) -> Received {
        Received {
            status: self.status,
            body: json::text(self.body),
            headers: self.headers,
            attempts: self.attempts,
        }
    }
}

/// A reply with a 2xx status, as it came: nothing of it is fit to be shown yet.
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(crate) headers: HeaderMap,
    /// How often the request was sent until this reply came.
    pub(crate) attempts: u32,
}

/// A reply with the call that it answers, whose secrets are kept out of whatever is shown of it.
pub(crate) struct Reply {
    pub(crate) received: Received,
    pub(crate) call: Call,
    pub(crate) settings: Arc<Checked>,
}

impl Received {
    /// As the server gave it: not fit to be shown yet.
    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }
}

impl std::ops::Deref for Reply {
    type Target = Received;

    fn deref(&self) -> &Received {
        &self.received
    }
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Reply {
    /// The error for a reply that is not what was expected: what came instead, and the remedy.
    pub(crate) fn unusable(&self, status: Status, expected: &str, remedy: &str) -> Error {
        let redactor = self.call.redactor(&self.settings);
        let came = service_text::describe(&self.body, &redactor);
        let purpose = &self.call.purpose;
        let peer = purpose.peer.name();
        let told = match serde_json::from_str::<serde_json::Value>(&self.body) {
            Ok(serde_json::Value::Object(fields)) if service_text::reports_failure(&fields) => {
                service_text::read(&self.body, &redactor)
            }
            _ => service_text::Told::default(),
        };
        let mut failure = Failure::last(
            status,
            format!(
                "{peer} answered HTTP {} with {came} instead of {expected}",
                self.status
            ),
            remedy,
        );
        failure.details = Box::new(Details {
            http_status: Some(self.status),
            service_code: told.code,
            service_text: told.text,
            request_id: self
                .request_id()
                .and_then(|id| service_text::presentable(id, &redactor)),
            retry_after: None,
        });
        failure.into_error(purpose, self.attempts)
    }
}

/// Whether the server closes the connection after this reply.
pub(crate) fn ends_connection(response: &Response) -> bool {
    let closes = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"close");
    response.headers().get_all(CONNECTION).iter().any(closes)
}

/// Why a body could not be read.
#[derive(Debug)]
pub(crate) enum BodyProblem {
    TooLarge,
    Broken(reqwest::Error),
}

/// The body, as far as `limit` bytes allow, and what kept it from being whole.
pub(crate) async fn read_body(
    response: &mut Response,
    limit: usize,
) -> (Vec<u8>, Option<BodyProblem>) {
    let mut body = Vec::new();
    if announced_length(response.headers()).is_some_and(|length| length > limit as u64) {
        return (body, Some(BodyProblem::TooLarge));
    }
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > limit => {
                body.extend_from_slice(&chunk[..limit - body.len()]);
                return (body, Some(BodyProblem::TooLarge));
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return (body, None),
            Err(error) => return (body, Some(BodyProblem::Broken(error))),
        }
    }
}

/// The most that is read of a refusal: enough for its text, and no reason to lose its status.
pub(crate) const MAX_REFUSAL_BYTES: usize = MAX_REPLY_BYTES / 16;

fn announced_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The headers under which services give the id of a request, the best known first.
const REQUEST_ID_HEADERS: [&str; 4] = [
    "x-request-id",
    "request-id",
    "x-amzn-requestid",
    "x-amz-request-id",
];

/// The id under which the server logged the request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    REQUEST_ID_HEADERS
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())
}

/// What a failure tells of the head of the reply.
pub(crate) fn details(
    status: u16,
    headers: &HeaderMap,
    now: SystemTime,
    redactor: &Redactor,
) -> Details {
    Details {
        http_status: Some(status),
        request_id: request_id(headers).and_then(|id| service_text::presentable(id, redactor)),
        retry_after: retry_after(headers, now),
        ..Details::default()
    }
}

/// Longer waits are as good as "not today", and hostile ones must not overflow anything.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(24 * 3600);

/// How long the server asks to wait: seconds or an HTTP date, at most a day.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // Digits that do not fit are a very long time.
        value
            .parse()
            .map_or(LONGEST_RETRY_AFTER, Duration::from_secs)
    } else {
        // Counted from the server's own clock, so that a wrong one here does not matter.
        let base = server_time(headers).unwrap_or(now);
        let until = httpdate::parse_http_date(value).ok()?;
        until.duration_since(base).unwrap_or_default()
    };
    Some(wait.min(LONGEST_RETRY_AFTER))
}

fn server_time(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

/// The server's clock minus `now`, in seconds, from the `Date` header.
pub(crate) fn clock_offset(headers: &HeaderMap, now: SystemTime) -> Option<i64> {
    let seconds =
        |time: SystemTime| i64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok();
    Some(seconds(server_time(headers)?)? - seconds(now)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    reqwest::header::HeaderName::from_static(name),
                    value.parse().expect("a header value"),
                )
            })
            .collect()
    }

    /// Sun, 06 Nov 1994 08:49:37 GMT.
    fn now() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(784_111_777)
    }

    #[test]
    fn retry_after_is_seconds_or_a_date_within_a_day() {
        let day = LONGEST_RETRY_AFTER.as_secs();
        for (value, seconds) in [
            ("0", Some(0)),
            ("7", Some(7)),
            (" 7 ", Some(7)),
            ("99999999", Some(day)),
            ("99999999999999999999999999", Some(day)),
            ("Sun, 06 Nov 1994 08:49:47 GMT", Some(10)),
            ("Sun, 06 Nov 1994 08:49:07 GMT", Some(0)),
            ("Sat, 06 Nov 2094 08:49:37 GMT", Some(day)),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            let wait = retry_after(&headers(&[("retry-after", value)]), now());
            assert_eq!(wait.map(|wait| wait.as_secs()), seconds, "{value}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), now()), None);
    }

    #[test]
    fn a_date_to_wait_for_is_read_against_the_clock_of_the_server() {
        let both = headers(&[
            ("date", "Sun, 06 Nov 1994 08:59:37 GMT"),
            ("retry-after", "Sun, 06 Nov 1994 08:59:39 GMT"),
        ]);
        assert_eq!(retry_after(&both, now()), Some(Duration::from_secs(2)));
        assert_eq!(clock_offset(&both, now()), Some(600));
        assert_eq!(
            clock_offset(&headers(&[("date", "yesterday")]), now()),
            None
        );
        assert_eq!(clock_offset(&HeaderMap::new(), now()), None);
    }

    #[test]
    fn the_best_known_request_id_wins() {
        let both = headers(&[("x-amz-request-id", "c"), ("request-id", "b")]);
        assert_eq!(request_id(&both), Some("b"));
        assert_eq!(request_id(&HeaderMap::new()), None);
    }
}

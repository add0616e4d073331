//! One fault as data.

use std::collections::BTreeMap;
use std::fmt;

use axum::http::{HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};

use super::route::RoutePattern;

/// What happens to the requests that a fault hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FaultKind {
    /// The request is answered as usual, only later.
    Delay,
    /// The reply is the fault's own status, headers and body.
    Reply,
    /// A 3xx to `location`.
    Redirect,
    /// The head announces the whole body, then the connection ends in the middle of it.
    CutBody,
    /// A chunked body whose connection ends before the last chunk.
    TruncatedChunked,
    /// The head of the reply arrives, its body never does.
    StallBody,
    /// The body never ends.
    EndlessBody,
    /// The reply arrives byte by byte, the head too, with a pause after each.
    SlowLoris,
    /// Nothing is ever answered.
    Stall,
    /// The connection ends in an orderly way before a reply.
    CloseBeforeReply,
    /// The connection ends with a TCP reset once the request was read.
    Reset,
    /// The connection ends with a TCP reset as soon as it was accepted. Nobody knows then what the
    /// request would be, so the route must be `*`.
    ResetBeforeRequestRead,
    /// The reply is not HTTP at all.
    HttpGarbage,
}

/// A fault: which requests, how often, and what happens to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// For example `POST /v2/rooms`, `/get-token` (any method), `GET /v2/rooms/*` or `*`.
    pub route: String,
    /// How many requests it hits; `None` (null) is all of them, until faults are cleared.
    #[serde(default = "once")]
    pub times: Option<u32>,
    /// Left out: `Reply` when a part of a reply is given, else `Delay`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FaultKind>,
    /// Passes before anything else happens, in milliseconds.
    #[serde(default)]
    pub latency_ms: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The body of the reply, or the bytes of `HttpGarbage`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Further headers. Null takes away one that every reply has, such as `date`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, Option<String>>,
    /// The target of a `Redirect`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// How many bytes of the body `CutBody` and `TruncatedChunked` send; left out: half of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_after_bytes: Option<usize>,
    /// The pause after each byte of `SlowLoris`, in milliseconds; left out: 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byte_interval_ms: Option<u64>,
}

/// A fault that makes no sense, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidFault(pub(super) String);

impl fmt::Display for InvalidFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for InvalidFault {}

pub(super) fn once() -> Option<u32> {
    Some(1)
}

/// Rust's own way to write a fault.
impl Fault {
    /// A fault that hits one request.
    pub fn new(route: &str, kind: FaultKind) -> Fault {
        Fault {
            route: route.to_owned(),
            times: once(),
            kind: Some(kind),
            latency_ms: 0,
            status: None,
            body: None,
            content_type: None,
            headers: BTreeMap::new(),
            location: None,
            cut_after_bytes: None,
            byte_interval_ms: None,
        }
    }

    /// A reply of the test's own.
    pub fn reply(route: &str, status: u16, body: &str) -> Fault {
        Fault {
            status: Some(status),
            ..Fault::new(route, FaultKind::Reply).body(body)
        }
    }

    /// A 429; `retry_after` is a number of seconds or an HTTP date.
    pub fn rate_limit(route: &str, retry_after: &str) -> Fault {
        Fault::reply(
            route,
            429,
            r#"{"statusCode":429,"error":"Too many requests"}"#,
        )
        .header("retry-after", retry_after)
    }

    pub fn redirect(route: &str, location: &str) -> Fault {
        Fault {
            location: Some(location.to_owned()),
            ..Fault::new(route, FaultKind::Redirect)
        }
    }

    pub fn delay(route: &str, milliseconds: u64) -> Fault {
        Fault::new(route, FaultKind::Delay).latency_ms(milliseconds)
    }

    pub fn times(self, times: u32) -> Fault {
        Fault {
            times: Some(times),
            ..self
        }
    }

    pub fn always(self) -> Fault {
        Fault {
            times: None,
            ..self
        }
    }

    pub fn latency_ms(self, milliseconds: u64) -> Fault {
        Fault {
            latency_ms: milliseconds,
            ..self
        }
    }

    pub fn status(self, status: u16) -> Fault {
        Fault {
            status: Some(status),
            ..self
        }
    }

    pub fn body(self, body: &str) -> Fault {
        Fault {
            body: Some(body.to_owned()),
            ..self
        }
    }

    pub fn content_type(self, content_type: &str) -> Fault {
        Fault {
            content_type: Some(content_type.to_owned()),
            ..self
        }
    }

    pub fn header(mut self, name: &str, value: &str) -> Fault {
        self.headers.insert(name.to_owned(), Some(value.to_owned()));
        self
    }

    pub fn without_header(mut self, name: &str) -> Fault {
        self.headers.insert(name.to_owned(), None);
        self
    }

    pub fn cut_after_bytes(self, bytes: usize) -> Fault {
        Fault {
            cut_after_bytes: Some(bytes),
            ..self
        }
    }

    pub fn byte_interval_ms(self, milliseconds: u64) -> Fault {
        Fault {
            byte_interval_ms: Some(milliseconds),
            ..self
        }
    }

    /// What it does: the given kind, or the one that follows from the other fields.
    pub fn kind(&self) -> FaultKind {
        let describes_a_reply = self.status.is_some()
            || self.body.is_some()
            || self.content_type.is_some()
            || !self.headers.is_empty();
        match self.kind {
            Some(kind) => kind,
            None if describes_a_reply => FaultKind::Reply,
            None => FaultKind::Delay,
        }
    }

    /// Refuses what would silently do nothing: a test whose fault has no effect proves nothing.
    pub(super) fn checked(&self) -> Result<RoutePattern, InvalidFault> {
        use FaultKind::*;
        let kind = self.kind();
        let pattern = RoutePattern::parse(&self.route).map_err(InvalidFault)?;
        let refuse = |reason: &str| Err(InvalidFault(reason.to_owned()));
        if self.times == Some(0) {
            return refuse("times must be at least 1, or null for always");
        }
        let in_reply = matches!(
            kind,
            Reply | Redirect | CutBody | TruncatedChunked | StallBody | EndlessBody | SlowLoris
        );
        for (name, given, has_effect) in [
            ("status", self.status.is_some(), in_reply),
            ("body", self.body.is_some(), in_reply || kind == HttpGarbage),
            ("contentType", self.content_type.is_some(), in_reply),
            ("headers", !self.headers.is_empty(), in_reply),
            ("location", self.location.is_some(), kind == Redirect),
            (
                "cutAfterBytes",
                self.cut_after_bytes.is_some(),
                matches!(kind, CutBody | TruncatedChunked),
            ),
            (
                "byteIntervalMs",
                self.byte_interval_ms.is_some(),
                kind == SlowLoris,
            ),
        ] {
            if given && !has_effect {
                return Err(InvalidFault(format!(
                    "{name} has no effect on a fault of this kind"
                )));
            }
        }
        match kind {
            Delay if self.latency_ms == 0 => {
                return refuse("this fault does nothing: give it a kind, a status or a latencyMs");
            }
            ResetBeforeRequestRead if !pattern.is_everything() || self.latency_ms != 0 => {
                return refuse(
                    "resetBeforeRequestRead acts before a route is known: its route must be \"*\", \
                     without latencyMs",
                );
            }
            Redirect if self.location.is_none() => return refuse("a redirect needs a location"),
            CutBody if self.cut_length() >= self.full_body().len() => {
                return refuse("cutAfterBytes must be less than the length of the body");
            }
            TruncatedChunked if self.cut_length() > self.full_body().len() => {
                return refuse("cutAfterBytes must not be more than the length of the body");
            }
            SlowLoris if self.byte_interval_ms == Some(0) => {
                return refuse("byteIntervalMs must be at least 1");
            }
            _ => {}
        }
        if self
            .status
            .is_some_and(|status| !(200..=599).contains(&status))
        {
            return refuse("status must be from 200 to 599");
        }
        if kind == Redirect && !self.status_code().is_redirection() {
            return refuse("the status of a redirect must be from 300 to 399");
        }
        let values = self.headers.values().flatten();
        for value in values.chain(&self.content_type).chain(&self.location) {
            if HeaderValue::from_str(value).is_err() {
                return Err(InvalidFault(format!(
                    "{value:?} cannot be the value of a header"
                )));
            }
        }
        for name in self.headers.keys() {
            if HeaderName::from_bytes(name.as_bytes()).is_err() {
                return Err(InvalidFault(format!(
                    "{name:?} cannot be the name of a header"
                )));
            }
        }
        Ok(pattern)
    }

    pub(crate) fn status_code(&self) -> StatusCode {
        let default = if self.kind() == FaultKind::Redirect {
            302
        } else {
            200
        };
        StatusCode::from_u16(self.status.unwrap_or(default)).unwrap_or(StatusCode::OK)
    }

    /// The body, or a stand-in that is long enough to be cut.
    pub(crate) fn full_body(&self) -> &str {
        const ROOM: &str = r#"{"roomId":"aaaa-bbbb-cccc","customRoomId":null,"disabled":false}"#;
        const GARBAGE: &str = "\u{1}\u{2}\u{3} this is not HTTP \u{4}\r\n\r\n";
        match (&self.body, self.kind()) {
            (Some(body), _) => body,
            (None, FaultKind::Reply | FaultKind::Redirect) => "",
            (None, FaultKind::HttpGarbage) => GARBAGE,
            (None, _) => ROOM,
        }
    }

    pub(crate) fn cut_length(&self) -> usize {
        self.cut_after_bytes.unwrap_or(self.full_body().len() / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn parse(json: Value) -> Result<Fault, String> {
        let fault: Fault = serde_json::from_value(json).map_err(|error| error.to_string())?;
        fault.checked().map_err(|error| error.to_string())?;
        Ok(fault)
    }

    #[test]
    fn the_kind_follows_from_what_is_given() {
        let kind = |json| parse(json).unwrap().kind();
        assert_eq!(kind(json!({"route": "*", "status": 500})), FaultKind::Reply);
        assert_eq!(kind(json!({"route": "*", "body": "x"})), FaultKind::Reply);
        assert_eq!(
            kind(json!({"route": "*", "headers": {"date": null}})),
            FaultKind::Reply
        );
        assert_eq!(
            kind(json!({"route": "*", "latencyMs": 5})),
            FaultKind::Delay
        );
        assert_eq!(
            kind(json!({"route": "*", "kind": "stall"})),
            FaultKind::Stall
        );
    }

    #[test]
    fn a_fault_hits_once_unless_told_otherwise() {
        let times = |json| parse(json).unwrap().times;
        assert_eq!(times(json!({"route": "*", "kind": "reset"})), Some(1));
        assert_eq!(
            times(json!({"route": "*", "kind": "reset", "times": 3})),
            Some(3)
        );
        assert_eq!(
            times(json!({"route": "*", "kind": "reset", "times": null})),
            None
        );
    }

    #[test]
    fn json_and_rust_say_the_same() {
        let from_json = parse(json!({
            "route": "POST /v2/rooms", "times": null, "kind": "reply", "status": 429,
            "body": "{\"statusCode\":429,\"error\":\"Too many requests\"}",
            "headers": {"retry-after": "7", "date": null}, "latencyMs": 3,
        }));
        let from_rust = Fault::rate_limit("POST /v2/rooms", "7")
            .without_header("date")
            .latency_ms(3)
            .always();
        assert_eq!(from_json, Ok(from_rust.clone()));
        let written = serde_json::to_value(&from_rust).unwrap();
        assert_eq!(serde_json::from_value::<Fault>(written).unwrap(), from_rust);
    }

    #[test]
    fn faults_that_make_no_sense_are_refused() {
        for (json, reason) in [
            (json!({"route": "*"}), "does nothing"),
            (json!({"status": 500}), "missing field `route`"),
            (json!({"route": "POST", "status": 500}), "is not a route"),
            (
                json!({"route": "*", "status": 500, "times": 0}),
                "at least 1",
            ),
            (json!({"route": "*", "status": 99}), "from 200 to 599"),
            (json!({"route": "*", "status": 700}), "from 200 to 599"),
            (json!({"route": "*", "kind": "explode"}), "unknown variant"),
            (json!({"route": "*", "colour": "red"}), "unknown field"),
            (
                json!({"route": "*", "kind": "reset", "status": 500}),
                "status has no effect",
            ),
            (
                json!({"route": "*", "kind": "stall", "body": "x"}),
                "body has no effect",
            ),
            (
                json!({"route": "*", "kind": "redirect"}),
                "needs a location",
            ),
            (
                json!({"route": "*", "kind": "redirect", "location": "/x", "status": 200}),
                "from 300 to 399",
            ),
            (
                json!({"route": "*", "kind": "cutBody", "body": "abc", "cutAfterBytes": 3}),
                "less than the length",
            ),
            (
                json!({"route": "*", "kind": "slowLoris", "byteIntervalMs": 0}),
                "at least 1",
            ),
            (
                json!({"route": "/x", "kind": "resetBeforeRequestRead"}),
                "before a route is known",
            ),
            (
                json!({"route": "*", "headers": {"a b": "c"}}),
                "name of a header",
            ),
            (
                json!({"route": "*", "headers": {"a": "c\n"}}),
                "value of a header",
            ),
        ] {
            let error = parse(json.clone()).expect_err(&json.to_string());
            assert!(error.contains(reason), "{json}: {error}");
        }
    }
}

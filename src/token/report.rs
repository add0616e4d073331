//! What the doctor hands out: everything about a token that may be shown.

use serde_json::{Map, Value, json};

use crate::redact::{PLACEHOLDER, is_invisible, masked};

use super::decode::Decoded;
use super::doctor::Context;
use super::finding::Finding;

/// A claim whose name has one of these in it is not shown.
const SECRET_NAMES: &[&str] = &["secret", "password", "token", "credential"];

/// A token explained. It may be shown and logged: nothing secret is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    header_json: Option<String>,
    claims_json: Option<String>,
    api_key: Option<String>,
    room_id: Option<String>,
    participant_id: Option<String>,
    issued_at: Option<i64>,
    expires_at: Option<i64>,
    seconds_left: Option<i64>,
    findings: Vec<Finding>,
    json: String,
}

/// Examines a token's text for one use at one moment, without the network.
#[must_use]
pub fn inspect(text: &str, context: &Context<'_>) -> Report {
    Report::new(&Decoded::parse(text), context)
}

impl Report {
    /// The report on a token that was read already.
    #[must_use]
    pub fn new(decoded: &Decoded, context: &Context<'_>) -> Self {
        let claims = decoded.claims();
        let header = decoded.header().map(presentable);
        let payload = decoded.raw_claims().map(presentable);
        let mut report = Self {
            header_json: header.as_ref().map(printable),
            claims_json: payload.as_ref().map(printable),
            api_key: claims.api_key.as_deref().map(masked),
            room_id: claims.room_id.as_deref().map(masked),
            participant_id: claims.participant_id.as_deref().map(masked),
            issued_at: claims.issued_at,
            expires_at: claims.expires_at,
            seconds_left: claims
                .expires_at
                .map(|expires| expires.saturating_sub(context.service_time())),
            findings: decoded.findings(context),
            json: String::new(),
        };
        report.json = printable(&json!({
            "usable": report.is_usable(),
            "header": header,
            "claims": payload,
            "api_key": report.api_key,
            "room_id": report.room_id,
            "participant_id": report.participant_id,
            "issued_at": report.issued_at,
            "expires_at": report.expires_at,
            "seconds_left": report.seconds_left,
            "findings": report.findings.iter().map(finding_json).collect::<Vec<_>>(),
        }));
        report
    }

    /// Whether nothing was found that the service is certain to refuse.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        !self.findings.iter().any(Finding::is_error)
    }

    /// What was found: mistakes of shape first, then what is wrong for this use.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The header as JSON, when it could be read.
    #[must_use]
    pub fn header_json(&self) -> Option<&str> {
        self.header_json.as_deref()
    }

    /// The claims as JSON, when they could be read; whatever may be a secret is taken out.
    #[must_use]
    pub fn claims_json(&self) -> Option<&str> {
        self.claims_json.as_deref()
    }

    /// The public API key.
    #[must_use]
    pub fn api_key(&self) -> Option<&str> {
        self.api_key.as_deref()
    }

    /// The one room that the token is good for.
    #[must_use]
    pub fn room_id(&self) -> Option<&str> {
        self.room_id.as_deref()
    }

    /// The one participant that the token is good for.
    #[must_use]
    pub fn participant_id(&self) -> Option<&str> {
        self.participant_id.as_deref()
    }

    /// When the token was issued, in Unix seconds.
    #[must_use]
    pub fn issued_at(&self) -> Option<i64> {
        self.issued_at
    }

    /// When the token expires, in Unix seconds.
    #[must_use]
    pub fn expires_at(&self) -> Option<i64> {
        self.expires_at
    }

    /// Seconds until it expires by the service's clock, as far as that is known; negative when past.
    #[must_use]
    pub fn seconds_left(&self) -> Option<i64> {
        self.seconds_left
    }

    /// The whole report as one JSON object.
    ///
    /// Keys: `usable`, `header`, `claims`, `api_key`, `room_id`, `participant_id`, `issued_at`,
    /// `expires_at`, `seconds_left`, and `findings` with `code`, `name`, `severity`, `explanation`,
    /// `remedy` and `service_code`. What is not known is null.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.json.clone()
    }
}

/// JSON in which also those characters are escaped that JSON allows, and that could break a line of
/// a log or steer a terminal.
fn printable(value: &Value) -> String {
    let json = value.to_string();
    let is_odd =
        |c: char| c.is_control() || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}');
    if !json.contains(is_odd) {
        return json;
    }
    let mut printable = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if is_odd(character) {
            // They stand within texts only, and none of them is beyond U+FFFF.
            printable.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            printable.push(character);
        }
    }
    printable
}

fn finding_json(finding: &Finding) -> Value {
    json!({
        "code": finding.code.code(),
        "name": finding.code.name(),
        "severity": finding.severity.name(),
        "explanation": finding.explanation,
        "remedy": finding.remedy,
        "service_code": finding.service_code,
    })
}

/// The object without anything that may be a secret; it stays valid JSON of the same structure.
fn presentable(object: &Map<String, Value>) -> Value {
    let members = object.iter().map(|(name, value)| {
        let plain = name.to_ascii_lowercase();
        let is_secret = SECRET_NAMES.iter().any(|secret| plain.contains(secret));
        let value = if is_secret {
            Value::from(PLACEHOLDER)
        } else {
            presentable_value(value)
        };
        (masked(name), value)
    });
    Value::Object(members.collect())
}

/// The depth of recursion is bounded: the JSON reader accepts no more than 128 levels.
fn presentable_value(value: &Value) -> Value {
    match value {
        Value::Object(object) => presentable(object),
        Value::Array(entries) => entries.iter().map(presentable_value).collect(),
        Value::String(text) => masked(text).into(),
        other => other.clone(),
    }
}

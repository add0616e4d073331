//! The claims of a token, typed, and what is wrong with them whatever they are used for.

use std::fmt;

use serde_json::{Map, Value};

use super::finding::{Finding, FindingCode, Severity};
use super::times::read_time;
use super::wording::{is_secret_shaped, moment, shown_list};
use super::words::{PERMISSIONS, ROLES};
use crate::redact::shown;

/// The permissions that the service knows.
pub mod permission {
    /// Enters at once, and may let people in who ask.
    pub const ALLOW_JOIN: &str = "allow_join";
    /// Waits until someone inside lets them in. Must stand alone.
    pub const ASK_JOIN: &str = "ask_join";
    /// May switch other people's microphones and cameras and remove people.
    pub const ALLOW_MOD: &str = "allow_mod";
    /// Every permission.
    pub const ALL: &[&str] = &[ALLOW_JOIN, ASK_JOIN, ALLOW_MOD];
}

/// The roles that the service knows; a token without roles has both.
pub mod role {
    /// May use the REST API, e.g. create rooms; cannot join.
    pub const CRAWLER: &str = "crawler";
    /// May join meetings; cannot use the REST API.
    pub const RTC: &str = "rtc";
    /// Every role.
    pub const ALL: &[&str] = &[CRAWLER, RTC];
}

/// The claims that the service reads, in its own spelling.
pub(super) const CLAIM_NAMES: &[&str] = &[
    "apikey",
    "permissions",
    "version",
    "roles",
    "roomId",
    "participantId",
    "iat",
    "exp",
    "nbf",
];

/// Other names under which people write them, in lower case and without separators.
const CLAIM_ALIASES: &[(&str, &str)] = &[
    ("meetingid", "roomId"),
    ("peerid", "participantId"),
    ("permission", "permissions"),
    ("role", "roles"),
    ("expires", "exp"),
    ("expiresin", "exp"),
    ("expiry", "exp"),
    ("issuedat", "iat"),
    ("notbefore", "nbf"),
];

/// The claim `version` as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Version {
    /// A whole number; 2 is the right one.
    Number(i64),
    /// A text; a known mistake even when it is `"2"`.
    Text(String),
    /// Anything else.
    Other,
}

/// The claims that the service reads. A claim of the wrong type is `None` and a finding.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claims {
    /// `apikey`: the project's public API key.
    pub api_key: Option<String>,
    /// `permissions`: those entries that are text.
    pub permissions: Option<Vec<String>>,
    /// `version`.
    pub version: Option<Version>,
    /// `roomId`: the one room that the token is good for.
    pub room_id: Option<String>,
    /// `participantId`: the one participant that the token is good for.
    pub participant_id: Option<String>,
    /// `roles`: those entries that are text.
    pub roles: Option<Vec<String>>,
    /// `iat` in Unix seconds.
    pub issued_at: Option<i64>,
    /// `nbf` in Unix seconds.
    pub not_before: Option<i64>,
    /// `exp` in Unix seconds.
    pub expires_at: Option<i64>,
}

impl fmt::Debug for Claims {
    /// Shows foreign text only as explanations do: a secret in the wrong place stays hidden.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims")
            .field("api_key", &self.api_key.as_deref().map(shown))
            .field("permissions", &self.permissions.as_deref().map(shown_list))
            .field("room_id", &self.room_id.as_deref().map(shown))
            .field("participant_id", &self.participant_id.as_deref().map(shown))
            .field("roles", &self.roles.as_deref().map(shown_list))
            .field("issued_at", &self.issued_at)
            .field("not_before", &self.not_before)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl Claims {
    /// Reads the payload; at most a few findings are added per claim, however large it is.
    pub(super) fn read(payload: &Map<String, Value>, findings: &mut Vec<Finding>) -> Self {
        let api_key = read_api_key(payload, findings);
        report_misspelt(payload, findings);
        let claims = Self {
            api_key,
            version: read_version(payload, findings),
            room_id: read_id(payload, "roomId", findings),
            participant_id: read_id(payload, "participantId", findings),
            issued_at: read_time(payload, "iat", findings),
            not_before: read_time(payload, "nbf", findings),
            expires_at: read_time(payload, "exp", findings),
            permissions: PERMISSIONS.read(payload, findings),
            roles: ROLES.read(payload, findings),
        };
        if !payload.contains_key("exp") {
            findings.push(Finding::new(
                FindingCode::NoExpiry,
                Severity::Warning,
                "The token has no `exp`: it is good for ever, for whoever finds it",
                "Mint tokens with a life of hours.",
            ));
        }
        if let (Some(issued), Some(expires)) = (claims.issued_at, claims.expires_at)
            && expires <= issued
        {
            findings.push(Finding::new(
                FindingCode::NoLife,
                Severity::Warning,
                format!(
                    "The token expires ({}) no later than it was issued ({})",
                    moment(expires),
                    moment(issued)
                ),
                "Set `exp` to `iat` plus the life in seconds.",
            ));
        }
        claims
    }
}

fn read_api_key(payload: &Map<String, Value>, findings: &mut Vec<Finding>) -> Option<String> {
    let mut report = |code, severity, explanation: String, remedy: &str| {
        findings.push(Finding::new(code, severity, explanation, remedy));
    };
    let copy = "Put the project's API key, from its dashboard, in the claim `apikey`.";
    match payload.get("apikey") {
        Some(Value::String(key)) if key.is_empty() => {
            report(
                FindingCode::ApiKeyEmpty,
                Severity::Error,
                "The claim `apikey` is empty".to_owned(),
                "Check that the variable with the API key is set where the token is minted.",
            );
            None
        }
        Some(Value::String(key)) => {
            if key.contains(char::is_whitespace) {
                report(
                    FindingCode::ApiKeyWhiteSpace,
                    Severity::Warning,
                    "The claim `apikey` has white space in it".to_owned(),
                    "Trim the API key where the token is minted.",
                );
            }
            if is_secret_shaped(key) {
                report(
                    FindingCode::ApiKeyLooksLikeSecret,
                    Severity::Warning,
                    "The claim `apikey` looks like the API secret, and everyone can read claims"
                        .to_owned(),
                    "If it is the secret, replace it in the dashboard; sign with the secret and \
                     name only the API key.",
                );
            }
            Some(key.clone())
        }
        Some(_) => {
            report(
                FindingCode::ApiKeyNotText,
                Severity::Error,
                "The claim `apikey` is not text".to_owned(),
                copy,
            );
            None
        }
        None => {
            match misspelling_of("apikey", payload) {
                Some(name) => report(
                    FindingCode::ApiKeyMisspelt,
                    Severity::Error,
                    format!(
                        "The API key stands in {}; the service reads `apikey`",
                        shown(name)
                    ),
                    "Rename the claim to `apikey`: one word, lower case.",
                ),
                None => report(
                    FindingCode::ApiKeyMissing,
                    Severity::Error,
                    "The claim `apikey` is missing".to_owned(),
                    copy,
                ),
            }
            None
        }
    }
}

/// One finding per claim at most, and only where the right spelling is absent.
fn report_misspelt(payload: &Map<String, Value>, findings: &mut Vec<Finding>) {
    for right in CLAIM_NAMES.iter().filter(|name| **name != "apikey") {
        if let Some(found) = misspelling_of(right, payload) {
            findings.push(Finding::new(
                FindingCode::ClaimMisspelt,
                Severity::Warning,
                format!(
                    "The claim {} has no effect; the service reads `{right}`",
                    shown(found)
                ),
                format!("Rename the claim to `{right}`."),
            ));
        }
    }
}

/// The claim that is meant to be `right`, when that one is absent.
fn misspelling_of<'map>(right: &str, payload: &'map Map<String, Value>) -> Option<&'map str> {
    if payload.contains_key(right) {
        return None;
    }
    payload.keys().map(String::as_str).find(|name| {
        let plain: String = name
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|character| character.to_ascii_lowercase())
            .collect();
        plain.eq_ignore_ascii_case(right) || CLAIM_ALIASES.contains(&(plain.as_str(), right))
    })
}

fn read_version(payload: &Map<String, Value>, findings: &mut Vec<Finding>) -> Option<Version> {
    let dependent = ["roomId", "participantId", "roles"]
        .into_iter()
        .find(|name| payload.contains_key(*name));
    let Some(value) = payload.get("version") else {
        if let Some(name) = dependent {
            findings.push(Finding::new(
                FindingCode::VersionMissing,
                Severity::Warning,
                format!("The claim `version` is missing, and `{name}` needs it"),
                "Add `version` with the number 2.",
            ));
        }
        return None;
    };
    let version = match value {
        Value::Number(number) => number
            .as_f64()
            .filter(|number| number.fract() == 0.0)
            .map_or(
                Version::Other,
                // Saturates; a version that large is not 2 either way.
                |number| Version::Number(number as i64),
            ),
        Value::String(text) => Version::Text(text.clone()),
        _ => Version::Other,
    };
    match &version {
        Version::Number(2) => {}
        Version::Text(text) => findings.push(Finding::new(
            FindingCode::VersionIsText,
            Severity::Warning,
            format!(
                "The claim `version` is the text {}, not a number",
                shown(text)
            ),
            "Write `version` as the number 2, without quotes.",
        )),
        _ => findings.push(Finding::new(
            FindingCode::VersionUnknown,
            Severity::Warning,
            format!(
                "The claim `version` is {}, not 2",
                shown(&value.to_string())
            ),
            "Set `version` to the number 2.",
        )),
    }
    Some(version)
}

fn read_id(
    payload: &Map<String, Value>,
    name: &str,
    findings: &mut Vec<Finding>,
) -> Option<String> {
    let (code, problem) = match payload.get(name)? {
        Value::String(id) if !id.is_empty() => return Some(id.clone()),
        Value::String(_) => (FindingCode::IdEmpty, "is empty"),
        _ => (FindingCode::IdNotText, "is not text"),
    };
    findings.push(Finding::new(
        code,
        Severity::Warning,
        format!("The claim `{name}` {problem}: the token is not restricted as intended"),
        format!("Set `{name}` to the id as text, or leave the claim out."),
    ));
    None
}

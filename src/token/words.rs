//! Claims that are lists of known words: `permissions` and `roles`.

use serde_json::{Map, Value};

use super::claims::{permission, role};
use super::finding::{Finding, FindingCode, Severity};
use super::wording::shown_list;

/// How a claim that is a list of known words is read.
pub(super) struct WordList {
    claim: &'static str,
    known: &'static [&'static str],
    /// Code, explanation and remedy for no claim at all; no finding when that is normal.
    missing: Option<(FindingCode, &'static str, &'static str)>,
    empty: (FindingCode, Severity, &'static str, &'static str),
    not_array: FindingCode,
    not_text: FindingCode,
    unknown: FindingCode,
}

pub(super) const PERMISSIONS: WordList = WordList {
    claim: "permissions",
    known: permission::ALL,
    missing: Some((
        FindingCode::PermissionsMissing,
        "The claim `permissions` is missing, which means full rights, moderation included",
        "Name the rights: `allow_join` to enter, `ask_join` to ask first, `allow_mod` to moderate.",
    )),
    empty: (
        FindingCode::PermissionsEmpty,
        Severity::Warning,
        "The claim `permissions` is empty, which means full rights, moderation included",
        "Name the rights: `allow_join` to enter, `ask_join` to ask first, `allow_mod` to moderate.",
    ),
    not_array: FindingCode::PermissionsNotArray,
    not_text: FindingCode::PermissionNotText,
    unknown: FindingCode::PermissionUnknown,
};

pub(super) const ROLES: WordList = WordList {
    claim: "roles",
    known: role::ALL,
    missing: None,
    empty: (
        FindingCode::RolesEmpty,
        Severity::Notice,
        "The claim `roles` is empty; it restricts nothing",
        "Leave `roles` out, or name `rtc` for joining or `crawler` for the REST API.",
    ),
    not_array: FindingCode::RolesNotArray,
    not_text: FindingCode::RoleNotText,
    unknown: FindingCode::RoleUnknown,
};

impl WordList {
    pub(super) fn read(
        &self,
        payload: &Map<String, Value>,
        findings: &mut Vec<Finding>,
    ) -> Option<Vec<String>> {
        let claim = self.claim;
        let Some(value) = payload.get(claim) else {
            findings.extend(self.missing.map(|(code, explanation, remedy)| {
                Finding::new(code, Severity::Warning, explanation, remedy)
            }));
            return None;
        };
        let Value::Array(entries) = value else {
            findings.push(Finding::new(
                self.not_array,
                Severity::Warning,
                format!("The claim `{claim}` is not an array"),
                format!(
                    "Write `{claim}` as an array of texts, e.g. [\"{}\"].",
                    self.known[0]
                ),
            ));
            return None;
        };
        if entries.is_empty() {
            let (code, severity, explanation, remedy) = self.empty;
            findings.push(Finding::new(code, severity, explanation, remedy));
        }
        let words: Vec<String> = entries
            .iter()
            .filter_map(|entry| entry.as_str().map(str::to_owned))
            .collect();
        if words.len() < entries.len() {
            findings.push(Finding::new(
                self.not_text,
                Severity::Warning,
                format!(
                    "{} of {} entries of `{claim}` are not text",
                    entries.len() - words.len(),
                    entries.len()
                ),
                format!("Known entries of `{claim}` are {}.", shown_list(self.known)),
            ));
        }
        let unknown: Vec<&str> = words
            .iter()
            .map(String::as_str)
            .filter(|word| !self.known.contains(word))
            .collect();
        if !unknown.is_empty() {
            findings.push(Finding::new(
                self.unknown,
                Severity::Warning,
                format!(
                    "The service does not know {} in `{claim}`",
                    shown_list(&unknown)
                ),
                format!("Known entries of `{claim}` are {}.", shown_list(self.known)),
            ));
        }
        Some(words)
    }
}

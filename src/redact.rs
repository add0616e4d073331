//! Secrets that never print themselves, and the one redactor for foreign text.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

/// What stands in the place of a secret.
pub const PLACEHOLDER: &str = "[redacted]";

/// A text that must never be seen: tokens, API secrets, proxy credentials.
///
/// Its `Debug` prints a placeholder and it has no `Display`, so that it cannot end up in a log
/// record or an error by accident; [`Secret::expose`] is the one, searchable way to its content.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself, for the wire and for signing only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PLACEHOLDER)
    }
}

/// Takes secrets out of text that comes from outside: server replies, URLs, library errors.
///
/// Removed are the secrets it was told about, everything shaped like a JWT, the values of
/// telling keys (`secret=`, `token=`, `"password": "…"` …), credentials after `Bearer` and
/// `Basic`, and user information in URLs.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    secrets: Vec<Secret>,
}

/// Shorter secrets are not searched for: they would blank out half of any text.
const SHORTEST_SEARCHED_SECRET: usize = 4;

/// Characters of a foreign text that are shown in a sentence.
const SHOWN_LENGTH: usize = 64;

/// Hexadecimal digits of an API secret.
pub(crate) const SECRET_LENGTH: usize = 64;

/// Keys whose values are secret, as they appear in queries, forms and JSON; compared without case.
const SECRET_KEYS: &[&str] = &[
    "secret",
    "token",
    "password",
    "passwd",
    "credential",
    "authorization",
    "api_secret",
    "apisecret",
    "access_token",
    "jwt",
];

impl Redactor {
    /// A redactor that knows no particular secret, only their shapes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a secret to be removed wherever it appears.
    #[must_use]
    pub fn with_secret(mut self, secret: &str) -> Self {
        let secret = secret.trim();
        if secret.len() >= SHORTEST_SEARCHED_SECRET {
            self.secrets.push(Secret::new(secret));
        }
        self
    }

    /// The text without its secrets.
    #[must_use]
    pub fn clean<'text>(&self, text: &'text str) -> Cow<'text, str> {
        let mut cleaned = Cow::Borrowed(text);
        for secret in &self.secrets {
            if cleaned.contains(secret.expose()) {
                cleaned = Cow::Owned(cleaned.replace(secret.expose(), PLACEHOLDER));
            }
        }
        for pass in [mask_user_information, mask_secret_values, mask_tokens] {
            if let Some(masked) = pass(&cleaned) {
                cleaned = Cow::Owned(masked);
            }
        }
        cleaned
    }
}

/// A foreign text in back quotes: escaped, cut to a readable length, secrets taken out.
pub(crate) fn shown(text: &str) -> String {
    let clean = masked(text);
    let mut result = String::from("`");
    for (count, character) in clean.chars().enumerate() {
        if count == SHOWN_LENGTH {
            result.push('…');
            break;
        }
        // Quotes need no escape between back quotes; all else that is odd does.
        match character {
            '"' | '\'' => result.push(character),
            other => result.extend(other.escape_debug()),
        }
    }
    result.push('`');
    result
}

/// The text itself, unless there is something shaped like a token or a secret in it.
pub(crate) fn masked(text: &str) -> String {
    let longest_run = text
        .split(|character: char| !character.is_ascii_hexdigit())
        .map(str::len)
        .max();
    if longest_run >= Some(SECRET_LENGTH) {
        return PLACEHOLDER.to_owned();
    }
    Redactor::new().clean(text).into_owned()
}

/// A foreign JSON value without its secrets: those in its texts, and the values of telling keys.
pub(crate) fn masked_json(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(Redactor::new().clean(&text).into_owned()),
        Value::Array(items) => items.into_iter().map(masked_json).collect(),
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(key, value)| {
                    let is_secret = SECRET_KEYS.iter().any(|it| key.eq_ignore_ascii_case(it));
                    let value = match value {
                        Value::Null => Value::Null,
                        _ if is_secret => PLACEHOLDER.into(),
                        other => masked_json(other),
                    };
                    (key, value)
                })
                .collect(),
        ),
        other => other,
    }
}

/// Characters that could hide or reorder text in a terminal. Those that break a line are not meant.
pub(crate) fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// `scheme://user:password@host` becomes `scheme://[redacted]@host`.
fn mask_user_information(text: &str) -> Option<String> {
    let mut masked = String::new();
    let mut rest = text;
    let mut changed = false;
    while let Some(start) = rest.find("://") {
        let authority_start = start + 3;
        let authority_length = rest[authority_start..]
            .find(|c: char| {
                c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'' | '<' | '>')
            })
            .unwrap_or(rest.len() - authority_start);
        let authority = &rest[authority_start..authority_start + authority_length];
        masked.push_str(&rest[..authority_start]);
        match authority.rfind('@') {
            Some(at) => {
                masked.push_str(PLACEHOLDER);
                masked.push_str(&authority[at..]);
                changed = true;
            }
            None => masked.push_str(authority),
        }
        rest = &rest[authority_start + authority_length..];
    }
    masked.push_str(rest);
    changed.then_some(masked)
}

/// `key=value`, `"key": "value"`, `Bearer value` and `Basic value` lose their values.
fn mask_secret_values(text: &str) -> Option<String> {
    let mut masked = String::new();
    let mut position = 0;
    let mut changed = false;
    while position < text.len() {
        let word_length = text[position..]
            .find(|c: char| !is_word_character(c))
            .unwrap_or(text.len() - position);
        if word_length == 0 {
            let character = text[position..].chars().next().map_or(1, char::len_utf8);
            masked.push_str(&text[position..position + character]);
            position += character;
            continue;
        }
        let word = &text[position..position + word_length];
        masked.push_str(word);
        position += word_length;
        if let Some((separator, value)) = secret_value_after(word, &text[position..]) {
            masked.push_str(&text[position..position + separator]);
            masked.push_str(PLACEHOLDER);
            position += separator + value;
            changed = true;
        }
    }
    changed.then_some(masked)
}

fn is_word_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

/// When `word` announces a secret: the lengths of the separator and of the value behind it.
fn secret_value_after(word: &str, rest: &str) -> Option<(usize, usize)> {
    let is_scheme = word.eq_ignore_ascii_case("bearer") || word.eq_ignore_ascii_case("basic");
    let is_key = SECRET_KEYS.iter().any(|key| word.eq_ignore_ascii_case(key));
    if !is_scheme && !is_key {
        return None;
    }
    let mut separator = rest.len() - rest.trim_start().len();
    if is_key {
        let mut after = rest;
        let mut consumed = 0;
        if let Some(stripped) = after.strip_prefix(['"', '\'']) {
            consumed += 1;
            after = stripped;
        }
        let spaces = after.len() - after.trim_start().len();
        after = &after[spaces..];
        consumed += spaces;
        after = after.strip_prefix(['=', ':'])?;
        consumed += 1;
        consumed += after.len() - after.trim_start().len();
        separator = consumed;
        if rest[separator..].starts_with(['"', '\'']) {
            separator += 1;
        }
        // `Authorization: Bearer x`: the scheme is the next word and takes care of itself.
        if begins(&rest[separator..], "bearer ") || begins(&rest[separator..], "basic ") {
            return None;
        }
    } else if separator == 0 {
        return None;
    }
    if rest[separator..].starts_with(PLACEHOLDER) {
        return None;
    }
    let value = rest[separator..]
        .find(|c: char| {
            c.is_whitespace() || matches!(c, '&' | '"' | '\'' | ',' | ';' | ')' | '}' | '<' | '>')
        })
        .unwrap_or(rest.len() - separator);
    // `Bearer token` in prose is a word, not a credential; real ones are longer or hold digits.
    let looks_secret = is_key || value >= 16;
    (value > 0 && looks_secret).then_some((separator, value))
}

/// Whether a text begins with those ASCII letters, in any case.
fn begins(text: &str, letters: &str) -> bool {
    let head = text.as_bytes().get(..letters.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(letters.as_bytes()))
}

/// Everything of the form `eyJ….….…` goes, complete or cut off.
fn mask_tokens(text: &str) -> Option<String> {
    let mut masked = String::new();
    let mut rest = text;
    let mut changed = false;
    while let Some(start) = rest.find("eyJ") {
        let length = rest[start..]
            .find(|c: char| !(is_word_character(c) || c == '.' || c == '='))
            .unwrap_or(rest.len() - start);
        masked.push_str(&rest[..start]);
        // The shortest header anyone signs with is longer than this; `eyJ` inside a word is not one.
        if length >= 10 {
            masked.push_str(PLACEHOLDER);
            changed = true;
        } else {
            masked.push_str(&rest[start..start + length]);
        }
        rest = &rest[start + length..];
    }
    masked.push_str(rest);
    changed.then_some(masked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_print_itself() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), PLACEHOLDER);
    }

    #[test]
    fn every_shape_of_secret_is_removed() {
        let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJhcGlrZXkiOiJrIn0.c2lnbmF0dXJl";
        let cases = [
            (format!("bad token {jwt}!"), "bad token [redacted]!"),
            ("cut eyJhbGciOiJIUzI1".to_owned(), "cut [redacted]"),
            (
                "https://ann:pass@host:1/x?secret=abc&y=1".to_owned(),
                "https://[redacted]@host:1/x?secret=[redacted]&y=1",
            ),
            (
                "proxy http://a@b@host refused".to_owned(),
                "proxy http://[redacted]@host refused",
            ),
            (
                r#"{"token": "abc", "message": "x"}"#.to_owned(),
                r#"{"token": "[redacted]", "message": "x"}"#,
            ),
            (
                "Authorization: Bearer abcdefghijklmnop".to_owned(),
                "Authorization: Bearer [redacted]",
            ),
            ("authorization: abc".to_owned(), "authorization: [redacted]"),
        ];
        for (text, expected) in cases {
            assert_eq!(Redactor::new().clean(&text), expected, "from {text}");
        }
    }

    #[test]
    fn known_secrets_are_removed_wherever_they_stand() {
        let redactor = Redactor::new().with_secret("hunter2").with_secret("ab");
        assert_eq!(redactor.clean("xhunter2y ab"), "x[redacted]y ab");
    }

    #[test]
    fn harmless_text_stays_and_is_not_copied() {
        for text in [
            "the token is expired",
            "a Bearer prefix is wrong",
            "eyJ",
            "http://host/path",
            "tökén 👍 secret",
        ] {
            assert!(matches!(Redactor::new().clean(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn foreign_text_is_short_on_one_line_and_without_secrets() {
        assert_eq!(shown("a\n\"b\"\u{7}"), "`a\\n\"b\"\\u{7}`");
        assert_eq!(shown(&"x".repeat(100)), format!("`{}…`", "x".repeat(64)));
        assert_eq!(shown(&"a1".repeat(32)), "`[redacted]`");
        assert_eq!(
            shown("eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln"),
            "`[redacted]`"
        );
    }

    #[test]
    fn the_time_for_a_text_grows_with_its_length_alone() {
        for piece in [
            "token: ",
            "token:&",
            "token=[redacted]",
            "basic ",
            "x://",
            "eyJ ",
        ] {
            let text = piece.repeat(1024 * 1024 / piece.len());
            let begin = std::time::Instant::now();
            assert!(
                Redactor::new().clean(&text).len() >= text.len() / 2,
                "{piece}"
            );
            // A moment; when each piece costs a look at all that follow, minutes.
            assert!(
                begin.elapsed() < std::time::Duration::from_secs(10),
                "{piece}"
            );
        }
    }
}

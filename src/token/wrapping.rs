//! What people leave around a token: a scheme, quotes, white space.
//!
//! It is taken off only so that the doctor can look inside. A wrapped token stays refused: whoever
//! sends it elsewhere would meet the same mistake again, unnamed.

use std::borrow::Cow;

use super::finding::{Finding, FindingCode, Severity};

/// Something around or inside the text of a token that does not belong to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrapping {
    Bearer,
    Basic,
    Quotes,
    WhiteSpaceAround,
    WhiteSpaceInside,
    LineBreakInside,
}

/// A text without its wrappings, and each kind of wrapping that was found, once.
pub(super) struct Unwrapped<'text> {
    pub(super) inside: Cow<'text, str>,
    pub(super) wrappings: Vec<Wrapping>,
}

/// Takes everything off that wraps a token, in whatever order it was put on.
pub(super) fn unwrap(text: &str) -> Unwrapped<'_> {
    let mut wrappings = Vec::new();
    let mut inside = text;
    // Ends because every round but the last makes the text shorter.
    loop {
        let before = inside.len();
        peel(
            &mut inside,
            |text| text.trim_matches(is_blank),
            Wrapping::WhiteSpaceAround,
            &mut wrappings,
        );
        peel(
            &mut inside,
            without_quotes,
            Wrapping::Quotes,
            &mut wrappings,
        );
        peel(
            &mut inside,
            |text| without_scheme(text, "bearer"),
            Wrapping::Bearer,
            &mut wrappings,
        );
        peel(
            &mut inside,
            |text| without_scheme(text, "basic"),
            Wrapping::Basic,
            &mut wrappings,
        );
        if inside.len() == before {
            break;
        }
    }
    let has_line_break = inside.contains(is_line_break);
    let has_blank = inside.contains(|c: char| is_blank(c) && !is_line_break(c));
    if has_line_break {
        wrappings.push(Wrapping::LineBreakInside);
    }
    if has_blank {
        wrappings.push(Wrapping::WhiteSpaceInside);
    }
    let inside = if has_line_break || has_blank {
        Cow::Owned(inside.replace(is_blank, ""))
    } else {
        Cow::Borrowed(inside)
    };
    Unwrapped { inside, wrappings }
}

impl Wrapping {
    /// The finding; `inside_is_fine` when nothing else is wrong with the shape.
    pub(super) fn finding(self, inside_is_fine: bool) -> Finding {
        let (code, explanation, remedy) = match self {
            Wrapping::Bearer => (
                FindingCode::BearerPrefix,
                "The text begins with `Bearer`; this service takes the token alone",
                "Remove `Bearer` and the space behind it",
            ),
            Wrapping::Basic => (
                FindingCode::BasicPrefix,
                "The text begins with `Basic`; this service takes the token alone",
                "Remove `Basic` and the space behind it",
            ),
            Wrapping::Quotes => (
                FindingCode::Quotes,
                "There are quotes around the token",
                "Remove the quotes",
            ),
            Wrapping::WhiteSpaceAround => (
                FindingCode::WhiteSpaceAround,
                "There is white space or a line break before or after the token",
                "Trim the text, for instance where it is read from a file or the environment",
            ),
            Wrapping::WhiteSpaceInside => (
                FindingCode::WhiteSpaceInside,
                "There is white space or an invisible character inside the token",
                "Copy the token again, in one piece",
            ),
            Wrapping::LineBreakInside => (
                FindingCode::LineBreakInside,
                "The token is broken into several lines",
                "Join the lines without anything between them",
            ),
        };
        let ending = if inside_is_fine {
            "; the token itself is well formed."
        } else {
            "."
        };
        Finding::new(
            code,
            Severity::Error,
            explanation,
            format!("{remedy}{ending}"),
        )
    }
}

/// Applies one way of unwrapping and notes it, once, when it took something off.
fn peel<'text>(
    inside: &mut &'text str,
    unwrap: impl FnOnce(&'text str) -> &'text str,
    wrapping: Wrapping,
    wrappings: &mut Vec<Wrapping>,
) {
    let peeled = unwrap(inside);
    if peeled.len() < inside.len() && !wrappings.contains(&wrapping) {
        wrappings.push(wrapping);
    }
    *inside = peeled;
}

/// White space, and the invisible characters that web pages and editors add to it.
fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// The text without one quote at either end. A backslash belongs to a quote that was escaped.
fn without_quotes(text: &str) -> &str {
    let is_quote = |c: char| {
        matches!(
            c,
            '"' | '\'' | '`' | '\\' | '“' | '”' | '‘' | '’' | '«' | '»'
        )
    };
    let text = text.strip_prefix(is_quote).unwrap_or(text);
    text.strip_suffix(is_quote).unwrap_or(text)
}

/// The text behind an authorization scheme, which is written in any case, with or without a colon.
fn without_scheme<'text>(text: &'text str, scheme: &str) -> &'text str {
    let Some((first, rest)) = text.split_at_checked(scheme.len()) else {
        return text;
    };
    let is_separator = |c: char| c == ':' || is_blank(c);
    if first.eq_ignore_ascii_case(scheme) && (rest.is_empty() || rest.starts_with(is_separator)) {
        rest.trim_start_matches(is_separator)
    } else {
        text
    }
}

//! JSON from outside, made readable.

use std::borrow::Cow;

/// Where a code unit was that stands for nothing alone.
const REPLACEMENT: &str = "\\ufffd";

/// The body of a reply as a text whose JSON can be read: what is no UTF-8 in it is replaced, and so
/// are [unpaired surrogates](paired).
pub(crate) fn text(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned());
    match paired(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(paired) => paired,
    }
}

/// The same JSON, but for halves of surrogate pairs, which are replaced: there is no such character.
///
/// JavaScript cuts texts between code units, so that an emoji at the end of a name may be half a one,
/// and `JSON.stringify` writes that as `\ud83d` (RFC 8259, section 8.2). One such text would make
/// the whole message unreadable.
pub(crate) fn paired(json: &str) -> Cow<'_, str> {
    let mut paired = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(escape) = json[at..].find('\\') {
        at += escape;
        let length = match (unit(json, at), unit(json, at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                paired.push_str(&json[copied..at]);
                paired.push_str(REPLACEMENT);
                copied = at + 6;
                6
            }
            // Also of a backslash that is escaped itself.
            _ => 1 + json[at + 1..].chars().next().map_or(0, char::len_utf8),
        };
        at += length;
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    paired.push_str(&json[copied..]);
    Cow::Owned(paired)
}

/// The code unit that is escaped there, if one is.
fn unit(json: &str, at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
    let are_digits = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    are_digits.then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_characters_are_replaced_and_nothing_else() {
        for (json, expected) in [
            (r#"{"name": "Ann"}"#, r#"{"name": "Ann"}"#),
            (r#""\ud83d\ude00 \u00e9""#, r#""\ud83d\ude00 \u00e9""#),
            (r#""\uD83D""#, r#""\ufffd""#),
            (r#""\ude00""#, r#""\ufffd""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\ud83dx\ud800y""#, r#""\ufffdx\ufffdy""#),
            (r#""\\ud83d \\\ud83d""#, r#""\\ud83d \\\ufffd""#),
            (r#""\ud83d\n\ude00""#, r#""\ufffd\n\ufffd""#),
            (r#""\u""#, r#""\u""#),
            (r#""\u+83d""#, r#""\u+83d""#),
            ("\"\\é\\", "\"\\é\\"),
            (r"\ud83d", r"\ufffd"),
            (r"\ud83", r"\ud83"),
        ] {
            assert_eq!(paired(json), expected, "{json}");
        }
        assert!(matches!(paired(r#""\u00e9\\""#), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_no_utf8_is_replaced_as_well() {
        assert_eq!(text(b"\"\xff\\udc00\"".to_vec()), "\"\u{fffd}\\ufffd\"");
        assert_eq!(text(b"{}".to_vec()), "{}");
    }
}

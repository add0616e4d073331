//! What all targets ask of what the library says.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use vsdk::Error;

/// Of no key: 32 bytes, in base64.
pub const SIGNATURE: &str = "Qm9GdXp6U2lnbmF0dXJlMDEyMzQ1Njc4OWFiY2RlZmc";

/// A text is fit for any terminal and log: one line, in the order in which it is read.
pub fn assert_plain(text: &str) {
    let odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(
        !text.contains(odd),
        "a control character comes out: {text:?}"
    );
}

/// An error says what happened and what to do, in texts that can be shown.
pub fn assert_told(error: &Error) {
    assert!(!error.message().is_empty(), "no message: {error}");
    assert!(!error.remedy().is_empty(), "no remedy: {error}");
    assert!(error.message().len() < 4096, "an endless message: {error}");
    for text in [error.message(), error.remedy(), error.operation()] {
        assert_plain(text);
    }
    for text in [error.service_text(), error.request_id()]
        .into_iter()
        .flatten()
    {
        assert!(!text.is_empty(), "an empty text is told: {error}");
        assert_plain(text);
    }
}

/// No text that comes out has the secret in it, however it is spaced.
pub fn assert_hidden(secret: &str, text: &str) {
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        !spaced(text).contains(&spaced(secret)),
        "a secret comes out: {text}"
    );
}

/// The first lines of an input, and the rest of it. Lines that are not there are empty.
pub fn lines<const COUNT: usize>(input: &str) -> ([&str; COUNT], &str) {
    let mut rest = input;
    let first = std::array::from_fn(|_| {
        let (line, others) = rest.split_once('\n').unwrap_or((rest, ""));
        rest = others;
        line
    });
    (first, rest)
}

/// A token of no key that may be used for years, as far as the library can tell.
pub fn token() -> String {
    let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
    let header = part(r#"{"alg":"HS256","typ":"JWT"}"#);
    let payload = part(
        r#"{"apikey":"00000000-0000-4000-8000-000000000000","permissions":["allow_join"],"version":2,"iat":1700000000,"exp":4102444800}"#,
    );
    format!("{header}.{payload}.{SIGNATURE}")
}

//! What a server says about a failure, found in whatever it sent, fit to be shown.

use serde_json::{Map, Value};

use crate::redact::{Redactor, is_invisible};

/// The most characters of foreign text that an error repeats.
const MAX_CHARACTERS: usize = 300;

/// Where services put the text of an error, in the order of trust.
const TEXT_KEYS: [&str; 4] = ["message", "error", "msg", "statusMessage"];

/// The words and the number found in a reply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) text: Option<String>,
    pub(crate) code: Option<i32>,
}

/// Reads what a reply says about a failure: JSON of several shapes, HTML, or plain text.
pub(crate) fn read(body: &str, redactor: &Redactor) -> Told {
    let body = body.trim().trim_start_matches('\u{feff}');
    match serde_json::from_str::<Value>(body) {
        Ok(Value::Object(fields)) => Told {
            text: text_in(&fields).and_then(|text| presentable(&text, redactor)),
            code: code_in(&fields),
        },
        Ok(Value::String(text)) => Told {
            text: presentable(&text, redactor),
            code: None,
        },
        Ok(_) => Told::default(),
        Err(_) if body.starts_with('<') => Told {
            text: presentable(&html_text(body), redactor),
            code: None,
        },
        Err(_) => Told {
            text: presentable(body, redactor),
            code: None,
        },
    }
}

/// Whether an object that came with a good HTTP status reports a failure nevertheless.
pub(crate) fn reports_failure(fields: &Map<String, Value>) -> bool {
    fields
        .get("error")
        .is_some_and(|error| !matches!(error, Value::Null | Value::Bool(false)))
        || text_in(fields).is_some()
}

/// What came instead of the expected JSON object, in a few words.
pub(crate) fn describe(body: &str, redactor: &Redactor) -> String {
    let body = body.trim();
    if body.is_empty() {
        return "an empty reply".to_owned();
    }
    let parsed = serde_json::from_str::<Value>(body);
    let kind = match &parsed {
        Ok(Value::Object(fields)) => return describe_object(fields, redactor),
        Ok(Value::Array(_)) => return "a JSON array".to_owned(),
        Ok(Value::Null) => return "the JSON value null".to_owned(),
        Ok(Value::Bool(_) | Value::Number(_)) => "only the JSON value",
        Ok(Value::String(_)) => "only the text",
        Err(_) if body.starts_with('<') => "an HTML page",
        Err(reason) if reason.is_eof() && body.starts_with(['{', '[', '"']) => {
            "JSON that ends too early"
        }
        Err(_) if body.starts_with(['{', '[']) => "broken JSON",
        Err(_) => "text that is not JSON",
    };
    let text = match parsed {
        Ok(Value::String(text)) => presentable(&text, redactor),
        Err(_) if body.starts_with('<') => presentable(&html_text(body), redactor),
        _ => presentable(body, redactor),
    };
    match text {
        Some(text) => format!("{kind}: \u{201c}{text}\u{201d}"),
        None => kind.to_owned(),
    }
}

fn describe_object(fields: &Map<String, Value>, redactor: &Redactor) -> String {
    if fields.is_empty() {
        return "an empty JSON object".to_owned();
    }
    if reports_failure(fields)
        && let Some(text) = text_in(fields).and_then(|text| presentable(&text, redactor))
    {
        return format!("an error: \u{201c}{text}\u{201d}");
    }
    // Keys are names, not secrets; values may be anything.
    let keys: Vec<&str> = fields.keys().map(String::as_str).collect();
    let keys = presentable(&keys.join(", "), redactor).unwrap_or_default();
    format!("a JSON object with the keys {keys}")
}

fn text_in(fields: &Map<String, Value>) -> Option<String> {
    TEXT_KEYS.iter().find_map(|key| match fields.get(*key)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Object(nested) => text_in(nested),
        // Validators list one sentence per field.
        Value::Array(items) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            (!texts.is_empty()).then(|| texts.join("; "))
        }
        _ => None,
    })
}

fn code_in(fields: &Map<String, Value>) -> Option<i32> {
    let direct = ["code", "errorCode"]
        .iter()
        .find_map(|key| number(fields.get(*key)?));
    direct
        .or_else(|| {
            // Usually the HTTP status once more; the service's own numbers have four digits.
            number(fields.get("statusCode")?).filter(|code| (4000..5000).contains(code))
        })
        .or_else(|| match fields.get("error")? {
            Value::Object(nested) => code_in(nested),
            _ => None,
        })
}

fn number(value: &Value) -> Option<i32> {
    match value {
        Value::Number(number) => i32::try_from(number.as_i64()?).ok(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The title of a page, or else its text.
fn html_text(page: &str) -> String {
    // ASCII case folding keeps every byte position.
    let folded = page.to_ascii_lowercase();
    if let Some(open) = folded.find("<title")
        && let Some(start) = folded[open..].find('>').map(|end| open + end + 1)
        && let Some(length) = folded[start..].find('<')
        && !page[start..start + length].trim().is_empty()
    {
        return page[start..start + length].to_owned();
    }
    let mut text = String::new();
    let mut position = 0;
    while let Some(length) = page[position..].find('<') {
        let open = position + length;
        text.push_str(&page[position..open]);
        text.push(' ');
        position = end_of_tag(&folded[open..]).map_or(page.len(), |end| open + end);
    }
    text.push_str(&page[position..]);
    text
}

/// The length of the tag at the start of a page in small letters; scripts and styles go with their
/// content.
fn end_of_tag(folded: &str) -> Option<usize> {
    for (opening, closing) in [
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<!--", "-->"),
    ] {
        if folded.starts_with(opening) {
            return folded.find(closing).map(|at| at + closing.len());
        }
    }
    folded.find('>').map(|at| at + 1)
}

/// Text from outside as it may be shown: redacted, on one line, bounded; `None` when none is left.
pub(crate) fn presentable(text: &str, redactor: &Redactor) -> Option<String> {
    // Secrets go before the text is cut, so that none is cut in half and missed; and after it is on
    // one line, because one that came in several would be whole again there.
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let clean = redactor.clean(&line);
    let mut shown = String::new();
    let mut characters = 0;
    for word in clean.split_whitespace() {
        let length = word.chars().count() + usize::from(!shown.is_empty());
        if characters + length > MAX_CHARACTERS {
            let room = MAX_CHARACTERS.saturating_sub(characters + usize::from(!shown.is_empty()));
            if !shown.is_empty() && room > 0 {
                shown.push(' ');
            }
            shown.extend(word.chars().take(room));
            shown.push('…');
            break;
        }
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
        characters += length;
    }
    (!shown.is_empty()).then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(body: &str) -> (Option<String>, Option<i32>) {
        let told = read(
            body,
            &Redactor::new()
                .with_secret("hunter22")
                .with_secret("Digest ann"),
        );
        (told.text, told.code)
    }

    #[test]
    fn text_and_number_are_found_in_every_shape() {
        for (body, text, code) in [
            (
                r#"{"statusCode":401,"error":"log in"}"#,
                Some("log in"),
                None,
            ),
            (
                r#"{"statusCode":4002,"error":"bad"}"#,
                Some("bad"),
                Some(4002),
            ),
            (r#"{"message":"x","code":"4008"}"#, Some("x"), Some(4008)),
            (r#"{"message":"x","code":"E_ROOM"}"#, Some("x"), None),
            (r#"{"msg":"x","errorCode":12}"#, Some("x"), Some(12)),
            (r#"{"statusMessage":"x"}"#, Some("x"), None),
            (
                r#"{"error":{"message":"deep","code":4022}}"#,
                Some("deep"),
                Some(4022),
            ),
            (r#"{"message":null,"error":"x"}"#, Some("x"), None),
            (r#"{"message":"","msg":"x"}"#, Some("x"), None),
            (
                r#"{"message":["a must be text","b is missing"]}"#,
                Some("a must be text; b is missing"),
                None,
            ),
            (r#"{"code":99999999999}"#, None, None),
            (r#""bare text""#, Some("bare text"), None),
            ("plain text", Some("plain text"), None),
            (
                "<html><head><TITLE>502 Bad Gateway</TITLE></head><body>x</body>",
                Some("502 Bad Gateway"),
                None,
            ),
            (
                "<h1>Oops</h1><script>var a=1;</script><p>try later",
                Some("Oops try later"),
                None,
            ),
            ("<title></title><p>x</p>", Some("x"), None),
            ("<unfinished", None, None),
            (r#"{"error":"cut o"#, Some(r#"{"error":"cut o"#), None),
            ("", None, None),
            ("  \n", None, None),
            ("[]", None, None),
            ("null", None, None),
            (r#"{"error":"a\u0007b\u202ec\nd"}"#, Some("abc d"), None),
            (
                r#"{"error":"token hunter22 is bad"}"#,
                Some("token [redacted] is bad"),
                None,
            ),
            (r#"{"error":"hun\u0000ter22"}"#, Some("[redacted]"), None),
            (
                r#"{"error":"no Digest\n\t ann!"}"#,
                Some("no [redacted]!"),
                None,
            ),
        ] {
            assert_eq!(told(body), (text.map(str::to_owned), code), "{body}");
        }
    }

    #[test]
    fn long_text_is_cut_at_a_character_and_never_inside_a_secret() {
        let (text, _) = told(&"ä".repeat(5000));
        assert_eq!(text.unwrap().chars().count(), MAX_CHARACTERS + 1);
        let (text, _) = told(&format!("{} hunter22", "x".repeat(MAX_CHARACTERS - 6)));
        assert!(!text.unwrap().contains("hunt"));
    }

    #[test]
    fn the_time_for_a_page_grows_with_its_length_alone() {
        for piece in ["<p>", "<", "<script></script>", "<!---->", "a <"] {
            let page = format!("<{}", piece.repeat(1024 * 1024 / piece.len()));
            let begin = std::time::Instant::now();
            assert!(describe(&page, &Redactor::new()).starts_with("an HTML page"));
            // A moment; when each tag costs a look at all that follow, minutes.
            assert!(
                begin.elapsed() < std::time::Duration::from_secs(10),
                "{piece}"
            );
        }
    }

    #[test]
    fn what_came_instead_is_described() {
        let redactor = Redactor::new();
        for (body, words) in [
            ("", "an empty reply"),
            ("[]", "a JSON array"),
            ("{}", "an empty JSON object"),
            ("null", "null"),
            ("7", "JSON value: “7”"),
            (r#""hello""#, "only the text: “hello”"),
            (r#"{"a":1,"b":2}"#, "keys a, b"),
            (r#"{"error":"no"}"#, "an error: “no”"),
            ("<html><title>Login</title>", "an HTML page: “Login”"),
            (r#"{"a":"#, "ends too early"),
            ("{a}", "broken JSON"),
            ("hello", "not JSON: “hello”"),
        ] {
            let description = describe(body, &redactor);
            assert!(description.contains(words), "{body}: {description}");
        }
    }
}

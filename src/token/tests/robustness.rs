//! Any text can be passed as a token; none may cause a panic.

use crate::token::{Context, MAXIMUM_LENGTH, Purpose, inspect};

use super::{HEADER, context, token, token_with};

const PURPOSES: [Purpose; 3] = [Purpose::Any, Purpose::Join, Purpose::Rest];

fn examine(text: &str) -> bool {
    let mut usable = false;
    for purpose in PURPOSES {
        let report = inspect(text, &context(purpose));
        usable |= report.is_usable();
        assert!(serde_json::from_str::<serde_json::Value>(&report.to_json()).is_ok());
    }
    usable
}

#[test]
fn no_prefix_of_a_token_is_usable() {
    let good = token_with(r#""roomId":"a","roles":["rtc"]"#);
    assert!(examine(&good));
    for length in 0..good.len() {
        assert!(!examine(&good[..length]), "the first {length} bytes");
    }
}

#[test]
fn every_change_of_one_byte_can_be_read() {
    let good = token_with("");
    for position in 0..good.len() {
        for byte in 0..=255 {
            let mut bytes = good.clone().into_bytes();
            bytes[position] = byte;
            let text = String::from_utf8_lossy(&bytes);
            let report = inspect(&text, &context(Purpose::Join));
            assert!(report.findings().len() < 20);
        }
    }
}

#[test]
fn every_change_of_one_byte_of_the_claims_can_be_read() {
    let payload = r#"{"apikey":"k","exp":1.5e9,"version":2,"permissions":["ask_join"],"roles":[]}"#;
    for position in 0..payload.len() {
        for byte in 0..128 {
            let mut bytes = payload.to_owned().into_bytes();
            bytes[position] = byte;
            let changed = String::from_utf8(bytes).expect("it stays ASCII");
            let _ = inspect(&token(HEADER, &changed), &context(Purpose::Any));
        }
    }
}

#[test]
fn large_and_odd_texts_draw_few_and_short_findings() {
    let half = MAXIMUM_LENGTH / 2;
    let texts = [
        "\"".repeat(MAXIMUM_LENGTH),
        " \"".repeat(half),
        ".".repeat(MAXIMUM_LENGTH),
        "Bearer ".repeat(half / 7),
        "ä".repeat(half),
        "\u{2028}x".repeat(half / 4),
        token_with(&format!(r#""permissions":[{}"x"]"#, r#""a","#.repeat(2500))),
        token_with(&format!(r#""roles":[{}7]"#, "7,".repeat(5000))),
        token_with(&format!(r#""version":"{}""#, "v".repeat(11_000))),
        token_with(&format!(r#""deep":{}{}"#, "[".repeat(120), "]".repeat(120))),
        token(&format!(r#"{{"alg":"{}"}}"#, "\\u0000".repeat(1500)), "{}"),
    ];
    for text in texts {
        assert!(text.len() <= MAXIMUM_LENGTH);
        let report = inspect(&text, &context(Purpose::Join));
        assert!(report.findings().len() < 10);
        for finding in report.findings() {
            assert!(finding.explanation.len() < 600, "{}", finding.explanation);
        }
    }
}

#[test]
fn a_judgement_is_quick() {
    let decoded = crate::token::Decoded::parse(&token_with(r#""roomId":"a","roles":["rtc"]"#));
    let context = Context {
        room_id: Some("a"),
        ..context(Purpose::Join)
    };
    const ROUNDS: u32 = 10_000;
    let start = std::time::Instant::now();
    for _ in 0..ROUNDS {
        assert!(std::hint::black_box(&decoded).verdict(&context).is_ok());
    }
    // Meant to be under two microseconds when optimised; the limit only catches a blunder.
    let each = start.elapsed() / ROUNDS;
    println!("a verdict takes {each:?}");
    assert!(each < std::time::Duration::from_micros(100));
}

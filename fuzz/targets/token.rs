//! Any text as a token: what is told about it holds no signature, is fit to be shown, and does
//! not contradict itself.
//!
//! An input that begins with a brace is header and payload in two lines, and is signed here; any
//! other is the text of the token itself.
#![no_main]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use libfuzzer_sys::fuzz_target;
use vsdk::token::{Context, Decoded, Purpose, Report};
use vsdk_fuzz::{SIGNATURE, assert_hidden, assert_plain, assert_told, lines};

fuzz_target!(|input: &str| {
    let text = if input.starts_with('{') {
        let ([header], payload) = lines(input);
        let part = |json: &str| URL_SAFE_NO_PAD.encode(json);
        format!("{}.{}.{SIGNATURE}", part(header), part(payload))
    } else {
        input.to_owned()
    };
    let decoded = Decoded::parse(&text);
    let signature = signature(&text, &decoded);
    for purpose in [Purpose::Any, Purpose::Join, Purpose::Rest] {
        for ids in [None, Some("abcd-efgh-ijkl")] {
            let context = Context {
                room_id: ids,
                participant_id: ids,
                now: 1_800_000_000,
                clock_offset: ids.map(|_| -90),
                check_clock: ids.is_none(),
                ..Context::new(purpose)
            };
            examine(&decoded, &context, signature);
        }
    }
});

fn examine(decoded: &Decoded, context: &Context<'_>, signature: Option<&str>) {
    let report = Report::new(decoded, context);
    let verdict = decoded.verdict(context);
    assert_eq!(report.is_usable(), verdict.is_ok(), "{report:?}");
    assert_eq!(
        report
            .expires_at()
            .map(|time| time.saturating_sub(context.service_time())),
        report.seconds_left()
    );
    let mut texts = vec![
        report.to_json(),
        format!("{report:?}"),
        format!("{decoded:?}"),
    ];
    texts.extend(report.header_json().map(str::to_owned));
    texts.extend(report.claims_json().map(str::to_owned));
    for json in [
        Some(report.to_json().as_str()),
        report.header_json(),
        report.claims_json(),
    ] {
        let Some(json) = json else { continue };
        assert_plain(json);
        let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
        assert!(value.is_object(), "{json}");
    }
    for text in [report.api_key(), report.room_id(), report.participant_id()] {
        texts.extend(text.map(str::to_owned));
    }
    assert!(report.findings().len() < 40, "{report:?}");
    for finding in report.findings() {
        assert!(!finding.explanation.is_empty() && !finding.remedy.is_empty());
        assert!(finding.explanation.len() < 1000, "{}", finding.explanation);
        assert_plain(&finding.explanation);
        assert_plain(&finding.remedy);
        let runs = finding.explanation.split(|c: char| !c.is_ascii_hexdigit());
        assert!(
            runs.map(str::len).max() < Some(64),
            "{}",
            finding.explanation
        );
        texts.push(finding.explanation.clone());
        texts.push(finding.remedy.clone());
    }
    if let Err(error) = verdict {
        assert_told(&error);
        texts.push(error.to_string());
    }
    for text in texts {
        signature.inspect(|signature| assert_hidden(signature, &text));
    }
}

/// The signature, when it is one: a word that stands nowhere else in the token.
fn signature<'text>(text: &'text str, decoded: &Decoded) -> Option<&'text str> {
    let (rest, signature) = text.rsplit_once('.')?;
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let objects = [decoded.header(), decoded.raw_claims()];
    let told = objects.map(|object| format!("{object:?}"));
    (signature.len() >= 16
        && signature.chars().all(is_base64)
        && !rest.contains(signature)
        && !told.iter().any(|text| text.contains(signature)))
    .then_some(signature)
}

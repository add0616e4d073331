//! What every finding and every verdict has to be, over the table of cases.

use std::collections::HashSet;

use crate::error::Status;
use crate::token::Purpose::{Any, Join, Rest};
use crate::token::Severity::{Error, Notice, Warning};
use crate::token::{Context, Decoded, FindingCode, Severity, inspect};

use super::cases::all_cases;
use super::{NOW, SIGNATURE, context, token_with, token_without};

#[test]
fn every_case_draws_its_findings_and_no_others() {
    for case in all_cases() {
        let findings = Decoded::parse(&case.text).findings(&case.context);
        let found: Vec<_> = findings
            .iter()
            .map(|finding| (finding.code, finding.severity))
            .collect();
        assert_eq!(found, case.expected, "for {:?}: {findings:#?}", case.text);
    }
}

#[test]
fn every_code_is_drawn_by_a_case() {
    let drawn: HashSet<FindingCode> = all_cases()
        .iter()
        .flat_map(|case| Decoded::parse(&case.text).findings(&case.context))
        .map(|finding| finding.code)
        .collect();
    for code in FindingCode::ALL {
        assert!(drawn.contains(code), "no case draws {code}");
    }
}

#[test]
fn numbers_and_names_are_unique() {
    let numbers: HashSet<i32> = FindingCode::ALL.iter().map(|code| code.code()).collect();
    let names: HashSet<&str> = FindingCode::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(numbers.len(), FindingCode::ALL.len());
    assert_eq!(names.len(), FindingCode::ALL.len());
    let levels = [Notice, Warning, Error].map(Severity::level);
    assert_eq!(levels, [1, 2, 3]);
    assert!(Notice < Warning && Warning < Error);
}

#[test]
fn the_verdict_is_the_first_hard_finding() {
    for case in all_cases() {
        let decoded = Decoded::parse(&case.text);
        let findings = decoded.findings(&case.context);
        let hard = findings.iter().find(|finding| finding.is_error());
        match (decoded.verdict(&case.context), hard) {
            (Ok(()), None) => {}
            (Err(error), Some(hard)) => {
                assert_eq!(error.status(), hard.code.status());
                assert_eq!(error.service_code(), hard.code.service_code());
                assert_eq!(error.message(), hard.explanation);
                assert_eq!(error.remedy(), hard.remedy);
                assert!(!error.is_retryable());
            }
            (verdict, hard) => panic!("{verdict:?} against {hard:?} for {:?}", case.text),
        }
    }
}

#[test]
fn verdicts_have_the_status_and_number_of_the_service() {
    let good = token_with("");
    let join = context(Join);
    let with_claim = |claim: &str| token_with(claim);
    let cases = [
        (String::new(), join, Status::TokenMalformed, Some(4002)),
        (
            format!("Bearer {good}"),
            join,
            Status::TokenMalformed,
            Some(4002),
        ),
        (
            token_without("apikey", ""),
            join,
            Status::TokenMalformed,
            Some(4001),
        ),
        (
            with_claim(r#""exp":7"#),
            join,
            Status::TokenExpired,
            Some(4002),
        ),
        (
            with_claim(&format!(r#""nbf":{}"#, NOW + 600)),
            join,
            Status::TokenNotYetValid,
            Some(4002),
        ),
        (
            with_claim(r#""permissions":["ask_join","allow_join"]"#),
            join,
            Status::TokenPermissions,
            Some(4008),
        ),
        (
            with_claim(r#""roomId":"a""#),
            Context {
                room_id: Some("b"),
                ..join
            },
            Status::TokenRoomMismatch,
            Some(4022),
        ),
        (
            with_claim(r#""participantId":"a""#),
            Context {
                participant_id: Some("b"),
                ..join
            },
            Status::TokenParticipantMismatch,
            Some(4023),
        ),
        (
            with_claim(r#""roles":["crawler"]"#),
            join,
            Status::TokenRole,
            Some(4024),
        ),
        (
            with_claim(r#""roles":["rtc"]"#),
            context(Rest),
            Status::TokenRole,
            None,
        ),
    ];
    for (text, context, status, number) in cases {
        let error = Decoded::parse(&text).verdict(&context).unwrap_err();
        assert_eq!(
            (error.status(), error.service_code()),
            (status, number),
            "{error}"
        );
    }
}

#[test]
fn texts_are_complete_and_hold_neither_token_nor_signature() {
    let marked_secret = "0f".repeat(32);
    let signature = token_with("")
        .rsplit('.')
        .next()
        .expect("it has parts")
        .to_owned();
    for case in all_cases() {
        let decoded = Decoded::parse(&case.text);
        let report = inspect(&case.text, &case.context);
        for finding in report.findings() {
            assert!(!finding.explanation.is_empty() && !finding.explanation.ends_with('.'));
            assert!(finding.remedy.ends_with('.'), "{}", finding.remedy);
            assert!(!finding.explanation.contains('\n') && finding.explanation.len() < 400);
        }
        let everything = format!("{decoded:?} {report:?} {}", report.to_json());
        let hidden = [&signature[..12], "marked-signature", "eyJ", &marked_secret];
        for secret in hidden {
            assert!(!everything.contains(secret), "{secret} in {everything}");
        }
    }
    assert!(SIGNATURE.starts_with(b"marked-signature"));
}

#[test]
fn times_are_told_readably() {
    let decoded = Decoded::parse(&token_with(""));
    let context = Context {
        now: NOW + 2 * 86_400,
        clock_offset: Some(7_200),
        ..context(Join)
    };
    assert_eq!(
        decoded.findings(&context)[0].explanation,
        "The token expired at Tue, 14 Nov 2023 23:13:20 GMT (`exp` 1700003600), 2 days ago; \
         this machine's clock says Thu, 16 Nov 2023 22:13:20 GMT, \
         the service's Fri, 17 Nov 2023 00:13:20 GMT"
    );
}

#[test]
fn nothing_is_allocated_for_a_good_token() {
    let decoded = Decoded::parse(&token_with(
        r#""roomId":"a","participantId":"b","roles":["rtc"]"#,
    ));
    let context = Context {
        room_id: Some("a"),
        participant_id: Some("b"),
        clock_offset: Some(3),
        ..context(Join)
    };
    assert_eq!(decoded.findings(&context).capacity(), 0);
    assert!(decoded.verdict(&context).is_ok());
}

#[test]
fn a_wrapped_token_is_refused_and_explained() {
    let text = format!(
        "\"Bearer {}\"\n",
        token_with(r#""roomId":"a","permissions":[]"#)
    );
    let report = inspect(&text, &context(Any));
    assert!(!report.is_usable());
    assert_eq!(report.room_id(), Some("a"));
    assert_eq!(
        report.findings()[1].remedy,
        "Remove the quotes; the token itself is well formed."
    );
    let broken = inspect("\"hello\"", &context(Any));
    assert_eq!(broken.findings()[0].remedy, "Remove the quotes.");
}

#[test]
fn a_report_tells_what_was_read_without_secrets() {
    let text =
        token_with(r#""roomId":"a","my_secret":"hush","deep":{"x":["eyJhbGciOiJIUzI1NiJ9"]}"#);
    let context = Context {
        clock_offset: Some(10),
        ..context(Any)
    };
    let report = inspect(&text, &context);
    assert!(report.is_usable());
    assert_eq!(report.api_key(), Some("key"));
    assert_eq!(report.participant_id(), None);
    assert_eq!(report.issued_at(), Some(NOW));
    assert_eq!(report.expires_at(), Some(NOW + 3600));
    assert_eq!(report.seconds_left(), Some(3590));
    assert_eq!(report.header_json(), Some(r#"{"alg":"HS256","typ":"JWT"}"#));
    let claims = report.claims_json().expect("it was read");
    assert!(claims.contains(r#""my_secret":"[redacted]""#));
    assert!(claims.contains(r#""deep":{"x":["[redacted]"]}"#));
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).expect("it is JSON");
    assert_eq!(json["usable"], true);
    assert_eq!(json["claims"]["roomId"], "a");
    assert_eq!(json["findings"], serde_json::json!([]));

    let odd = token_with("\"roomId\":\"a\u{9b}2J\u{7f}\u{202e}\u{2028}\"");
    let json = inspect(&odd, &context).to_json();
    assert!(
        json.contains(r#""roomId":"a\u009b2J\u007f\u202e\u2028""#),
        "{json}"
    );
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["room_id"], "a\u{9b}2J\u{7f}\u{202e}\u{2028}");

    let refused = inspect("", &context).to_json();
    let json: serde_json::Value = serde_json::from_str(&refused).expect("it is JSON");
    assert_eq!(json["usable"], false);
    assert_eq!(json["claims"], serde_json::Value::Null);
    assert_eq!(json["findings"][0]["name"], "EMPTY");
    assert_eq!(json["findings"][0]["code"], 100);
    assert_eq!(json["findings"][0]["severity"], "error");
    assert_eq!(json["findings"][0]["service_code"], 4002);
}

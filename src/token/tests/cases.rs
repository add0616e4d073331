//! The table: texts and uses, and the findings they have to draw.

use crate::token::FindingCode::{self, *};
use crate::token::Purpose::Any;
use crate::token::Severity::{Error, Warning};
use crate::token::{Context, MAXIMUM_LENGTH, Severity};

use super::cases_of_use::{right_cases, time_cases};
use super::{HEADER, context, payload_with, token, token_with, token_without};

/// A text, a use, and all the findings in their order.
pub(super) struct Case {
    pub(super) text: String,
    pub(super) context: Context<'static>,
    pub(super) expected: Vec<(FindingCode, Severity)>,
}

pub(super) fn case(
    text: impl Into<String>,
    context: Context<'static>,
    expected: &[(FindingCode, Severity)],
) -> Case {
    Case {
        text: text.into(),
        context,
        expected: expected.to_vec(),
    }
}

fn text_cases() -> Vec<Case> {
    let good = token_with("");
    let any = context(Any);
    let (head, tail) = good.split_at(30);
    vec![
        case("", any, &[(Empty, Error)]),
        case(" \n", any, &[(Empty, Error)]),
        case("Bearer ", any, &[(Empty, Error)]),
        case("\"\"", any, &[(Empty, Error)]),
        case("x".repeat(MAXIMUM_LENGTH + 1), any, &[(TooLong, Error)]),
        case(format!("bEARER {good}"), any, &[(BearerPrefix, Error)]),
        case(format!("Bearer: {good}"), any, &[(BearerPrefix, Error)]),
        case(format!("Basic {good}"), any, &[(BasicPrefix, Error)]),
        case(format!("'{good}'"), any, &[(Quotes, Error)]),
        case(format!("\\\"{good}\\\""), any, &[(Quotes, Error)]),
        case(format!("“{good}"), any, &[(Quotes, Error)]),
        case(format!("{good}\n"), any, &[(WhiteSpaceAround, Error)]),
        case(format!("\u{feff}{good}"), any, &[(WhiteSpaceAround, Error)]),
        case(
            format!(" \"Bearer {good}\"\r\n"),
            any,
            &[
                (WhiteSpaceAround, Error),
                (Quotes, Error),
                (BearerPrefix, Error),
            ],
        ),
        case(format!("{head} {tail}"), any, &[(WhiteSpaceInside, Error)]),
        case(format!("{head}\n{tail}"), any, &[(LineBreakInside, Error)]),
        case(
            "123e4567-e89b-12d3-a456-426614174000",
            any,
            &[(LooksLikeApiKey, Error)],
        ),
        case("0f".repeat(32), any, &[(LooksLikeSecret, Error)]),
        case(
            format!("\"{}\"", "0f".repeat(32)),
            any,
            &[(LooksLikeSecret, Error), (Quotes, Error)],
        ),
    ]
}

fn part_cases() -> Vec<Case> {
    let good = token_with("");
    let any = context(Any);
    let parts: Vec<&str> = good.split('.').collect();
    let [head, body, signature] = parts[..] else {
        panic!("a token has three parts");
    };
    let padded = token_with(r#""x":"?????""#).replace('_', "/");
    assert!(padded.contains('/'));
    let payload = payload_with("");
    let long_signature = format!("{signature}AAAA");
    vec![
        case("hello", any, &[(NotThreeParts, Error)]),
        case(format!("{head}.{body}"), any, &[(NotThreeParts, Error)]),
        case("a.b.c.d.e", any, &[(NotThreeParts, Error)]),
        case(format!("{good}.x"), any, &[(NotThreeParts, Error)]),
        case(format!(".{body}.{signature}"), any, &[(PartEmpty, Error)]),
        case(format!("{head}..{signature}"), any, &[(PartEmpty, Error)]),
        case(
            format!("{head}*.{body}.{signature}"),
            any,
            &[(HeaderNotBase64Url, Error)],
        ),
        case(
            format!("{head}.ä{body}.{signature}"),
            any,
            &[(PayloadNotBase64Url, Error)],
        ),
        case(
            format!("{head}.{body}.{signature}!"),
            any,
            &[(SignatureNotBase64Url, Error)],
        ),
        // Its length is one that base64 never has.
        case(
            format!("{head}.{body}.AAAAA"),
            any,
            &[(SignatureNotBase64Url, Error)],
        ),
        case(padded, any, &[(StandardBase64, Error)]),
        case(format!("{good}="), any, &[(StandardBase64, Error)]),
        case(token("{", &payload), any, &[(HeaderNotJson, Error)]),
        case(token("[]", &payload), any, &[(HeaderNotObject, Error)]),
        case(
            token(HEADER, "{\"a\":1e999}"),
            any,
            &[(PayloadNotJson, Error)],
        ),
        case(
            token(HEADER, &"[".repeat(1000)),
            any,
            &[(PayloadNotJson, Error)],
        ),
        case(token(HEADER, "7"), any, &[(PayloadNotObject, Error)]),
        case(token("{}", &payload), any, &[(AlgorithmMissing, Error)]),
        case(
            token(r#"{"alg":"none"}"#, &payload),
            any,
            &[(AlgorithmNotHs256, Error)],
        ),
        case(
            token(r#"{"alg":"RS256"}"#, &payload),
            any,
            &[(AlgorithmNotHs256, Error)],
        ),
        case(
            token(r#"{"alg":7}"#, &payload),
            any,
            &[(AlgorithmNotHs256, Error)],
        ),
        case(format!("{head}.{body}."), any, &[(SignatureMissing, Error)]),
        case(
            format!("{head}.{body}.{long_signature}"),
            any,
            &[(SignatureLength, Error)],
        ),
        case(&good[..good.len() - 7], any, &[(SignatureLength, Error)]),
    ]
}

fn claim_cases() -> Vec<Case> {
    let any = context(Any);
    let secret = "0f".repeat(32);
    vec![
        case(token_without("apikey", ""), any, &[(ApiKeyMissing, Error)]),
        case(
            token_without("apikey", r#""apiKey":"key""#),
            any,
            &[(ApiKeyMisspelt, Error)],
        ),
        case(
            token_without("apikey", r#""API_KEY":"key""#),
            any,
            &[(ApiKeyMisspelt, Error)],
        ),
        case(token_with(r#""apikey":"""#), any, &[(ApiKeyEmpty, Error)]),
        case(token_with(r#""apikey":7"#), any, &[(ApiKeyNotText, Error)]),
        case(
            token_with(r#""apikey":"key\n""#),
            any,
            &[(ApiKeyWhiteSpace, Warning)],
        ),
        case(
            token_with(&format!(r#""apikey":"{secret}""#)),
            any,
            &[(ApiKeyLooksLikeSecret, Warning)],
        ),
        case(
            token_with(r#""version":"2""#),
            any,
            &[(VersionIsText, Warning)],
        ),
        case(token_without("version", ""), any, &[]),
        case(
            token_without("version", r#""roomId":"r""#),
            any,
            &[(VersionMissing, Warning)],
        ),
        case(token_with(r#""version":2.0"#), any, &[]),
        case(
            token_with(r#""version":1"#),
            any,
            &[(VersionUnknown, Warning)],
        ),
        case(
            token_with(r#""version":1e300"#),
            any,
            &[(VersionUnknown, Warning)],
        ),
        case(
            token_with(r#""version":null"#),
            any,
            &[(VersionUnknown, Warning)],
        ),
        case(token_with(r#""roomId":null"#), any, &[(IdNotText, Warning)]),
        case(
            token_with(r#""participantId":"""#),
            any,
            &[(IdEmpty, Warning)],
        ),
        case(
            token_with(r#""meetingId":"r","peer_id":"p""#),
            any,
            &[(ClaimMisspelt, Warning), (ClaimMisspelt, Warning)],
        ),
        case(token_with(r#""name":"Ann","sub":"7""#), any, &[]),
    ]
}

pub(super) fn all_cases() -> Vec<Case> {
    let mut cases = text_cases();
    cases.extend(part_cases());
    cases.extend(claim_cases());
    cases.extend(time_cases());
    cases.extend(right_cases());
    cases
}

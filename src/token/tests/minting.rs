//! What is minted verifies, reads back, and never shows its secret.

use std::time::Duration;

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Map, Value, json};

use crate::error::Status;
use crate::redact::Secret;
use crate::token::Purpose::{Any, Join};
use crate::token::{
    Context, MAXIMUM_LIFETIME, MintOptions, Token, Version, mint, permission, role,
};

use super::{NOW, context};

const KEY: &str = "123e4567-e89b-12d3-a456-426614174000";
const MARKED_SECRET: &str = "marked-secret-of-the-tests";

fn options() -> MintOptions {
    let mut options = MintOptions::new(KEY, Secret::new(MARKED_SECRET));
    options.set_issued_at(NOW);
    options
}

fn verified(token: &Token, secret: &str) -> Result<Value, jsonwebtoken::errors::Error> {
    let mut validation = Validation::new(Algorithm::HS256);
    // The tests take place in the past.
    validation.validate_exp = false;
    let key = DecodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::decode::<Value>(token.text().expose(), &key, &validation).map(|data| data.claims)
}

fn object(value: Value) -> Map<String, Value> {
    value.as_object().expect("it is an object").clone()
}

#[test]
fn a_plain_token_verifies_and_says_what_it_grants() {
    let token = mint(&options()).expect("it can be minted");
    assert_eq!(
        verified(&token, MARKED_SECRET).expect("its signature is genuine"),
        json!({
            "apikey": KEY, "permissions": ["allow_join", "allow_mod"], "version": 2,
            "iat": NOW, "exp": NOW + 3600,
        })
    );
    assert!(verified(&token, "another secret").is_err());
    assert_eq!(token.expires_at(), Some(NOW + 3600));
    assert_eq!(token.decoded().findings(&context(Join)), []);
}

#[test]
fn everything_set_reads_back() {
    let mut options = options();
    options
        .set_permissions([permission::ASK_JOIN])
        .set_roles([role::RTC])
        .set_room_id("abcd-efgh-ijkl")
        .set_participant_id("ann")
        .set_lifetime(Duration::from_millis(90_999))
        .set_extra_claims(object(json!({"tenant": {"id": 7}, "nbf": NOW + 3000})));
    let token = mint(&options).expect("it can be minted");
    let decoded = token.decoded();
    let claims = decoded.claims();
    assert_eq!(claims.api_key.as_deref(), Some(KEY));
    assert_eq!(
        claims.permissions.as_deref(),
        Some(&["ask_join".to_owned()][..])
    );
    assert_eq!(claims.roles.as_deref(), Some(&["rtc".to_owned()][..]));
    assert_eq!(claims.version, Some(Version::Number(2)));
    assert_eq!(claims.room_id.as_deref(), Some("abcd-efgh-ijkl"));
    assert_eq!(claims.participant_id.as_deref(), Some("ann"));
    assert_eq!(claims.issued_at, Some(NOW));
    assert_eq!(claims.expires_at, Some(NOW + 90));
    assert_eq!(claims.not_before, Some(NOW + 3000));
    assert_eq!(
        decoded.raw_claims().expect("it was read")["tenant"]["id"],
        7
    );
    assert!(verified(&token, MARKED_SECRET).is_ok());
}

#[test]
fn the_system_clock_is_the_default() {
    let token = mint(&MintOptions::new(KEY, Secret::new(MARKED_SECRET))).expect("it can be minted");
    assert!(token.decoded().verdict(&Context::new(Join)).is_ok());
}

#[test]
fn what_the_service_refuses_is_not_minted() {
    type Change = fn(&mut MintOptions);
    let cases: &[(&str, Change)] = &[
        ("API key is empty", |o| {
            *o = MintOptions::new("", Secret::new(MARKED_SECRET))
        }),
        ("API secret is empty", |o| {
            *o = MintOptions::new(KEY, Secret::new(""))
        }),
        ("API key has white space", |o| {
            *o = MintOptions::new("key\n", Secret::new(MARKED_SECRET));
        }),
        ("API secret has white space", |o| {
            *o = MintOptions::new(KEY, Secret::new(format!("{MARKED_SECRET}\n")));
        }),
        ("are exchanged", |o| {
            *o = MintOptions::new("0f".repeat(32), Secret::new(KEY))
        }),
        ("are exchanged", |o| {
            *o = MintOptions::new(MARKED_SECRET, Secret::new(MARKED_SECRET))
        }),
        ("permissions are empty", |o| {
            o.set_permissions::<String>([]);
        }),
        ("knows no permission `allow_create`", |o| {
            o.set_permissions(["allow_join", "allow_create"]);
        }),
        ("knows no permission ``", |o| {
            o.set_permissions([""]);
        }),
        ("knows no role `admin`", |o| {
            o.set_roles(["admin"]);
        }),
        ("room id is empty", |o| {
            o.set_room_id("");
        }),
        ("participant id is empty", |o| {
            o.set_participant_id("");
        }),
        ("cannot live for 999ms", |o| {
            o.set_lifetime(Duration::from_millis(999));
        }),
        ("cannot live for", |o| {
            o.set_lifetime(MAXIMUM_LIFETIME + Duration::from_nanos(1));
        }),
        ("cannot be issued at -1", |o| {
            o.set_issued_at(-1);
        }),
        ("cannot be issued at 1700000000000", |o| {
            o.set_issued_at(NOW * 1000);
        }),
        ("cannot be issued at", |o| {
            o.set_issued_at(i64::MAX);
        }),
        ("cannot set `exp`", |o| {
            o.set_extra_claims(object(json!({"exp": 7})));
        }),
        ("cannot set `apikey`", |o| {
            o.set_extra_claims(object(json!({"a": 7, "apikey": "x"})));
        }),
    ];
    for (message, change) in cases {
        let mut options = options();
        change(&mut options);
        let error = mint(&options).expect_err(message);
        assert!(error.message().contains(message), "{error} for {message}");
        assert_eq!(error.status(), Status::InvalidArgument);
        assert_eq!(error.operation(), "token_mint");
        assert!(error.remedy().ends_with('.'));
        assert!(!error.to_string().contains(MARKED_SECRET), "{error}");
    }
}

#[test]
fn ask_join_stands_alone() {
    let mut options = options();
    options.set_permissions(["ask_join", "allow_mod"]);
    let error = mint(&options).unwrap_err();
    assert_eq!(error.status(), Status::TokenPermissions);
    assert_eq!(error.service_code(), Some(4008));
    options.set_permissions(["ask_join", "ask_join"]);
    assert!(mint(&options).is_ok());
}

#[test]
fn extra_claims_cannot_spoil_the_token() {
    for claims in [
        json!({"nbf": "soon"}),
        json!({"text": "x".repeat(16 * 1024)}),
    ] {
        let mut options = options();
        options.set_extra_claims(object(claims));
        assert_eq!(mint(&options).unwrap_err().status(), Status::TokenMalformed);
    }
}

#[test]
fn neither_secret_nor_token_prints_itself() {
    let options = options();
    let token = mint(&options).expect("it can be minted");
    let printed = format!("{options:?} {token:?}");
    assert!(!printed.contains(MARKED_SECRET));
    assert!(!printed.contains("eyJ"));
    assert!(printed.contains("[redacted]"));
}

#[test]
fn a_fetched_token_stays_as_it_came() {
    let minted = mint(&options()).expect("it can be minted");
    let text = format!("Bearer {}", minted.text().expose());
    let fetched = Token::from_text(&text);
    assert_eq!(fetched.text().expose(), text);
    assert_eq!(fetched.expires_at(), Some(NOW + 3600));
    assert!(fetched.decoded().verdict(&context(Any)).is_err());
    assert_eq!(Token::from_text("").expires_at(), None);
}

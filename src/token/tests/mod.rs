//! Tests of the module as a whole: every finding, minting, and texts nobody meant to write.

mod cases;
mod cases_of_use;
mod findings;
mod minting;
mod robustness;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{Context, Purpose};

/// The moment at which the tests take place: Tue, 14 Nov 2023 22:13:20 GMT.
const NOW: i64 = 1_700_000_000;

const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

/// A signature of the right length that is marked: it must never be seen in any output.
const SIGNATURE: &[u8; 32] = b"marked-signature-of-thirty-two-b";

/// A token of this header and payload, well formed but for them.
fn token(header: &str, payload: &str) -> String {
    let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    format!(
        "{}.{}.{}",
        encode(header.as_bytes()),
        encode(payload.as_bytes()),
        encode(SIGNATURE)
    )
}

/// A token with nothing to say about it but what `claims` (JSON members) add.
fn token_with(claims: &str) -> String {
    token(HEADER, &payload_with(claims))
}

fn payload_with(claims: &str) -> String {
    let mut payload = serde_json::json!({
        "apikey": "key", "permissions": ["allow_join"], "version": 2,
        "iat": NOW, "exp": NOW + 3600,
    });
    let added: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&format!("{{{claims}}}")).expect("the test's claims are JSON");
    payload
        .as_object_mut()
        .expect("it is an object")
        .extend(added);
    payload.to_string()
}

/// The same without one claim.
fn token_without(claim: &str, claims: &str) -> String {
    let mut payload: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&payload_with(claims)).expect("it is JSON");
    payload.remove(claim).expect("the claim was there");
    token(HEADER, &serde_json::Value::Object(payload).to_string())
}

fn context(purpose: Purpose) -> Context<'static> {
    Context {
        now: NOW,
        ..Context::new(purpose)
    }
}

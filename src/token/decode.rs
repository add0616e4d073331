//! Reading a token without its secret: any text in, header, claims and shape findings out.

use std::fmt;

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

use super::claims::Claims;
use super::finding::{Finding, FindingCode, Severity};
use super::wording::{is_api_key_shaped, is_secret_shaped};
use super::wrapping::unwrap;
use crate::redact::shown;

/// The longest text that is read, in bytes: many times a real token, little for a server.
pub const MAXIMUM_LENGTH: usize = 16 * 1024;

/// Bytes of an HS256 signature.
const SIGNATURE_LENGTH: usize = 32;

/// As lenient as other readers about the unused bits of the last character.
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// A token that was read: header, claims, and what is wrong with its shape.
///
/// It holds neither the token's text nor its signature. Reading costs some allocations and is
/// done once per token; what depends on use and time is asked afterwards, cheaply and from any
/// thread, with [`Decoded::findings`] and [`Decoded::verdict`].
#[derive(Clone, PartialEq)]
pub struct Decoded {
    header: Option<Map<String, Value>>,
    payload: Option<Map<String, Value>>,
    claims: Claims,
    shape: Vec<Finding>,
}

impl Decoded {
    /// Reads any text. What is wrong with it becomes findings; wrapped in quotes, white space or
    /// a scheme, a token is still read, so that its claims can be shown, but stays refused.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut decoded = Self {
            header: None,
            payload: None,
            claims: Claims::default(),
            shape: Vec::new(),
        };
        if text.len() > MAXIMUM_LENGTH {
            decoded.report(
                FindingCode::TooLong,
                format!(
                    "The text has {} bytes; no token has more than {MAXIMUM_LENGTH}",
                    text.len()
                ),
                "Check what is passed as the token; this may be a whole file or page.",
            );
            return decoded;
        }
        let unwrapped = unwrap(text);
        decoded.read(&unwrapped.inside);
        if unwrapped.inside.is_empty() {
            return decoded;
        }
        let inside_is_fine = !decoded.has_error();
        // What is outermost comes first, unless it is wrapped around something else than a token.
        let position = usize::from(decoded.is_something_else());
        let wrappings = unwrapped.wrappings.into_iter();
        let findings = wrappings.map(|wrapping| wrapping.finding(inside_is_fine));
        decoded.shape.splice(position..position, findings);
        decoded
    }

    /// The header, when there is one.
    #[must_use]
    pub fn header(&self) -> Option<&Map<String, Value>> {
        self.header.as_ref()
    }

    /// Every claim as it was found, when the payload could be read.
    #[must_use]
    pub fn raw_claims(&self) -> Option<&Map<String, Value>> {
        self.payload.as_ref()
    }

    /// The claims that the service reads; all are `None` when the payload could not be read.
    #[must_use]
    pub fn claims(&self) -> &Claims {
        &self.claims
    }

    /// What is wrong with the token whatever it is used for.
    #[must_use]
    pub fn shape_findings(&self) -> &[Finding] {
        &self.shape
    }

    fn has_error(&self) -> bool {
        self.shape.iter().any(Finding::is_error)
    }

    /// Whether this is a known thing that is not a token; that finding is then the first.
    fn is_something_else(&self) -> bool {
        let code = self.shape.first().map(|finding| finding.code);
        matches!(
            code,
            Some(FindingCode::LooksLikeApiKey | FindingCode::LooksLikeSecret)
        )
    }

    /// Notes a mistake of shape; all of them but those about claims are hard.
    fn report(&mut self, code: FindingCode, explanation: impl Into<String>, remedy: &str) {
        self.shape
            .push(Finding::new(code, Severity::Error, explanation, remedy));
    }

    /// Reads what is left when the wrappings are off.
    fn read(&mut self, text: &str) {
        if text.is_empty() {
            return self.report(
                FindingCode::Empty,
                "There is no token: the text is empty, or only white space, quotes or a prefix",
                "Check that the variable, file or reply it is taken from has a token in it.",
            );
        }
        if is_api_key_shaped(text) {
            return self.report(
                FindingCode::LooksLikeApiKey,
                "This is an API key, not a token",
                "Mint a token from the API key and its secret on your server, or copy one from \
                 the dashboard.",
            );
        }
        if is_secret_shaped(text) {
            return self.report(
                FindingCode::LooksLikeSecret,
                "This is an API secret, not a token",
                "Keep the secret on your server and mint a token with it there; if it got into \
                 an app, replace it in the dashboard.",
            );
        }
        let parts: Vec<&str> = text.split('.').collect();
        if parts.len() != 3 {
            self.report_parts(parts.len());
        }
        // Two parts are a token that was cut: what is left of it is still worth showing.
        let ([header, payload] | [header, payload, _]) = parts[..] else {
            return;
        };
        self.header = self.read_object(Part::Header, header);
        self.payload = self.read_object(Part::Payload, payload);
        let is_hs256 = self.check_algorithm();
        if let [_, _, signature] = parts[..] {
            self.check_signature(signature, is_hs256);
        }
        if let Some(payload) = &self.payload {
            self.claims = Claims::read(payload, &mut self.shape);
        }
    }

    fn report_parts(&mut self, count: usize) {
        let (explanation, remedy) = match count {
            1 => (
                "This is not a token: a token has three parts with dots between them".to_owned(),
                "Check what is passed as the token.",
            ),
            2 => (
                "The token has two parts; the signature behind the second dot is missing"
                    .to_owned(),
                "Copy the whole token.",
            ),
            5 => (
                "The token has five parts, as an encrypted one does; the service reads signed ones"
                    .to_owned(),
                "Mint a signed token (JWS, HS256).",
            ),
            _ => (
                format!("The token has {count} parts instead of three"),
                "Copy the token again, in one piece and alone.",
            ),
        };
        self.report(FindingCode::NotThreeParts, explanation, remedy);
    }

    fn read_object(&mut self, part: Part, text: &str) -> Option<Map<String, Value>> {
        let name = part.name();
        if text.is_empty() {
            self.report(
                FindingCode::PartEmpty,
                format!("The {name} of the token is empty"),
                "Copy the whole token.",
            );
            return None;
        }
        let bytes = self.read_base64(part, text)?;
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(object)) => Some(object),
            Ok(_) => {
                self.report(
                    part.not_object(),
                    format!("The {name} of the token is JSON, but not an object"),
                    "Mint the token from a JSON object of claims.",
                );
                None
            }
            // The JSON error tells a position and never a piece of the text.
            Err(error) => {
                self.report(
                    part.not_json(),
                    format!("The {name} of the token is not JSON: {error}"),
                    "Copy the whole token; if it is whole, check the program that minted it.",
                );
                None
            }
        }
    }

    /// Decodes a part; standard base64 is named and then read all the same.
    fn read_base64(&mut self, part: Part, text: &str) -> Option<Vec<u8>> {
        let name = part.name();
        if text.contains(['+', '/', '=']) {
            self.report(
                FindingCode::StandardBase64,
                format!(
                    "The {name} of the token is standard base64 (`+`, `/`, `=`), not base64url"
                ),
                "Mint the token with base64url without padding: `-` for `+`, `_` for `/`, no `=`.",
            );
        }
        let plain = text
            .trim_end_matches('=')
            .replace('+', "-")
            .replace('/', "_");
        let bytes = BASE64_URL.decode(&plain).ok();
        if bytes.is_none() {
            let is_foreign = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
            let explanation = match plain.chars().enumerate().find(|(_, c)| is_foreign(*c)) {
                Some((index, character)) => format!(
                    "The {name} of the token is not base64url: its character {} is {}",
                    index + 1,
                    shown(character.encode_utf8(&mut [0; 4]))
                ),
                None => {
                    format!("The {name} of the token is not base64url: a piece of it is missing")
                }
            };
            self.report(
                part.not_base64(),
                explanation,
                "Copy the whole token again.",
            );
        }
        bytes
    }

    /// Whether the header says HS256; anything else is reported.
    fn check_algorithm(&mut self) -> bool {
        let Some(header) = &self.header else {
            return false;
        };
        let remedy = "Sign the token with HS256 and the project's API secret.";
        let (code, explanation) = match header.get("alg") {
            Some(Value::String(algorithm)) if algorithm == "HS256" => return true,
            Some(Value::String(algorithm)) if algorithm.eq_ignore_ascii_case("none") => (
                FindingCode::AlgorithmNotHs256,
                "The token is not signed (`alg` is none)".to_owned(),
            ),
            Some(Value::String(algorithm)) => (
                FindingCode::AlgorithmNotHs256,
                format!("The token is signed with {}, not HS256", shown(algorithm)),
            ),
            Some(_) => (
                FindingCode::AlgorithmNotHs256,
                "The header's `alg` is not text".to_owned(),
            ),
            None => (
                FindingCode::AlgorithmMissing,
                "The header does not say how the token is signed (`alg`)".to_owned(),
            ),
        };
        self.report(code, explanation, remedy);
        false
    }

    /// Looks at the signature's form and forgets it; only the service can tell whether it is genuine.
    fn check_signature(&mut self, text: &str, is_hs256: bool) {
        if text.is_empty() {
            return self.report(
                FindingCode::SignatureMissing,
                "The token has no signature behind its second dot",
                "Copy the whole token; if it is whole, sign it with HS256 and the API secret.",
            );
        }
        let Some(signature) = self.read_base64(Part::Signature, text) else {
            return;
        };
        if is_hs256 && signature.len() != SIGNATURE_LENGTH {
            self.report(
                FindingCode::SignatureLength,
                format!(
                    "The signature has {} bytes; HS256 makes {SIGNATURE_LENGTH}",
                    signature.len()
                ),
                "Copy the whole token, and nothing behind it.",
            );
        }
    }
}

impl fmt::Debug for Decoded {
    /// Claims that the service does not read may hold anything, so they are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoded")
            .field("claims", &self.claims)
            .field("shape", &self.shape)
            .finish_non_exhaustive()
    }
}

/// A part of a token.
#[derive(Clone, Copy)]
enum Part {
    Header,
    Payload,
    Signature,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Part::Header => "header",
            Part::Payload => "payload",
            Part::Signature => "signature",
        }
    }

    fn not_base64(self) -> FindingCode {
        match self {
            Part::Header => FindingCode::HeaderNotBase64Url,
            Part::Payload => FindingCode::PayloadNotBase64Url,
            Part::Signature => FindingCode::SignatureNotBase64Url,
        }
    }

    fn not_json(self) -> FindingCode {
        match self {
            Part::Header => FindingCode::HeaderNotJson,
            _ => FindingCode::PayloadNotJson,
        }
    }

    fn not_object(self) -> FindingCode {
        match self {
            Part::Header => FindingCode::HeaderNotObject,
            _ => FindingCode::PayloadNotObject,
        }
    }
}

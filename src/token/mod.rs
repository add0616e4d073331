//! Tokens: read one without the secret, explain what is wrong with it, and mint one.
//!
//! A token of this service is a JWT signed with HS256. Its claims are readable by everyone; only
//! the service and the owner of the API secret can tell whether the signature is genuine. This
//! module therefore never says that a token *is* good, only what is certainly or probably wrong:
//!
//! * [`Decoded::parse`] reads any text and keeps header, claims and what is wrong with the shape.
//! * [`Decoded::verdict`] answers, for one use at one moment, with the first mistake the service
//!   is certain to refuse; [`Decoded::findings`] lists everything worth knowing.
//! * [`inspect`] is both in one [`Report`] for people and programs to read.
//! * [`mint`] signs a token on a machine that may hold the API secret: a server, never an app.
//!
//! Nothing here touches the network, and neither the text nor the signature of a token is ever
//! kept in a finding, a report or a `Debug` output.
//!
//! ```
//! use vsdk::token::{Context, FindingCode, Purpose, inspect};
//!
//! let report = inspect("Bearer eyJhbGciOiJIUzI1NiJ9", &Context::new(Purpose::Join));
//! assert!(!report.is_usable());
//! assert_eq!(report.findings()[0].code, FindingCode::BearerPrefix);
//! ```
#![forbid(unsafe_code)]

mod calls;
mod claims;
mod decode;
mod doctor;
mod fetch;
mod finding;
mod mint;
mod report;
mod times;
mod wording;
mod words;
mod wrapping;

#[cfg(fuzzing)]
pub(crate) mod fuzzing;
#[cfg(test)]
mod tests;

pub(crate) use calls::fetch_call;
pub use calls::fetch_token;
pub use claims::{Claims, Version, permission, role};
pub use decode::{Decoded, MAXIMUM_LENGTH};
pub use doctor::{Context, LEEWAY_SECONDS, LONG_LIFE_SECONDS, Purpose};
pub use fetch::FetchOptions;
pub use finding::{Finding, FindingCode, Severity};
pub use mint::{MAXIMUM_LIFETIME, MintOptions, Token, mint};
pub use report::{Report, inspect};

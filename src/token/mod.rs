//! Tokens.
pub mod fetch;

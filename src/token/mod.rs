//! Tokens.

pub mod fetch;

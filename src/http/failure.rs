//! A failed attempt: everything about it but how often it was tried.

use std::time::Duration;

use super::call::Purpose;
use super::retry::Reach;
use crate::error::{Error, Status};

/// A failure on its way to becoming an [`Error`].
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) status: Status,
    /// The words after "Could not create the room: ".
    pub(crate) cause: String,
    pub(crate) remedy: String,
    pub(crate) reach: Reach,
    // Boxed: a failure is the rare case and should not make every result large.
    pub(crate) details: Box<Details>,
}

/// What a reply adds to a failure.
#[derive(Clone, Debug, Default)]
pub(crate) struct Details {
    pub(crate) http_status: Option<u16>,
    pub(crate) service_code: Option<i32>,
    pub(crate) service_text: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
}

impl Failure {
    /// A failure that trying again cannot change.
    pub(crate) fn last(
        status: Status,
        cause: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            status,
            cause: cause.into(),
            remedy: remedy.into(),
            reach: Reach::Final,
            details: Box::default(),
        }
    }

    pub(crate) fn with_reach(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    /// The error for the user, after `attempts` tries.
    pub(crate) fn into_error(self, purpose: &Purpose, attempts: u32) -> Error {
        let mut message = format!("Could not {}: {}", purpose.goal, self.cause);
        if attempts > 1 {
            message.push_str(&format!(" (tried {attempts} times)"));
        }
        let mut error = Error::new(self.status, message, self.remedy).during(purpose.operation);
        let details = *self.details;
        if let Some(status) = details.http_status {
            error = error.with_http_status(status);
        }
        if let Some(code) = details.service_code {
            error = error.with_service_code(code);
        }
        if let Some(text) = details.service_text {
            error = error.with_service_text(text);
        }
        if let Some(id) = details.request_id {
            error = error.with_request_id(id);
        }
        if let Some(wait) = details.retry_after {
            error = error.with_retry_after(wait);
        }
        error
    }
}

/// Refusals made before anything is sent are already complete.
impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            details: Box::new(Details {
                http_status: error.http_status(),
                service_code: error.service_code(),
                service_text: error.service_text().map(str::to_owned),
                request_id: error.request_id().map(str::to_owned),
                retry_after: error.retry_after(),
            }),
            ..Self::last(
                error.status(),
                decapitalised(error.message()),
                error.remedy(),
            )
        }
    }
}

/// A sentence that continues after a colon.
fn decapitalised(sentence: &str) -> String {
    let mut characters = sentence.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}

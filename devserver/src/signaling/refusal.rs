//! Requests that are not carried out.

use crate::tokens;

/// Why a request was refused: the service's own number where there is one, and a text that says
/// what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub code: u16,
    pub reason: String,
}

impl Refused {
    pub fn new(code: u16, reason: impl Into<String>) -> Refused {
        Refused {
            code,
            reason: reason.into(),
        }
    }

    /// Something is missing in the request, or is not what it should be.
    pub fn bad_request(reason: impl Into<String>) -> Refused {
        Refused::new(400, reason)
    }

    /// The method or the thing that the request names does not exist.
    pub fn not_found(reason: impl Into<String>) -> Refused {
        Refused::new(404, reason)
    }

    /// The caller may not do that.
    pub fn unauthorized(reason: impl Into<String>) -> Refused {
        Refused::new(4025, reason)
    }
}

impl From<tokens::Refusal> for Refused {
    fn from(refusal: tokens::Refusal) -> Refused {
        Refused::new(refusal.code(), refusal.to_string())
    }
}

//! Faults of signalling.

use serde::{Deserialize, Serialize};

use super::fault::{InvalidFault, once};

/// What happens to the requests that a fault of signalling hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SignalingFaultKind {
    /// The request is carried out as usual, only later. Those behind it on its connection wait.
    Delay,
    /// It is refused with the fault's own number and text, and not carried out.
    Refuse,
    /// It is neither carried out nor answered.
    Ignore,
    /// The connection breaks off before the request is carried out.
    Cut,
    /// The same, with a TCP reset.
    Reset,
    /// The request is carried out, then the connection breaks off before the answer is sent.
    CutAfterwards,
}

/// A fault of signalling: which requests, how often, and what happens to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignalingFault {
    /// The method of the request, for example `join`; `*` is every method.
    pub method: String,
    pub kind: SignalingFaultKind,
    /// How many requests it hits; `None` (null) is all of them, until faults are cleared.
    #[serde(default = "once")]
    pub times: Option<u32>,
    /// Passes before anything else happens, in milliseconds.
    #[serde(default)]
    pub latency_ms: u64,
    /// The number of `Refuse`; left out: 5000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<u16>,
    /// The text of `Refuse`; left out: one that says that it is a fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl SignalingFault {
    /// A fault that hits one request.
    pub fn new(method: &str, kind: SignalingFaultKind) -> SignalingFault {
        SignalingFault {
            method: method.to_owned(),
            kind,
            times: once(),
            latency_ms: 0,
            code: None,
            reason: None,
        }
    }

    pub fn delay(method: &str, milliseconds: u64) -> SignalingFault {
        SignalingFault {
            latency_ms: milliseconds,
            ..SignalingFault::new(method, SignalingFaultKind::Delay)
        }
    }

    pub fn refuse(method: &str, code: u16, reason: &str) -> SignalingFault {
        SignalingFault {
            code: Some(code),
            reason: Some(reason.to_owned()),
            ..SignalingFault::new(method, SignalingFaultKind::Refuse)
        }
    }

    pub fn times(self, times: u32) -> SignalingFault {
        SignalingFault {
            times: Some(times),
            ..self
        }
    }

    pub fn always(self) -> SignalingFault {
        SignalingFault {
            times: None,
            ..self
        }
    }

    /// Refuses what would silently do nothing, as with other faults.
    pub(super) fn check(&self) -> Result<(), InvalidFault> {
        let refuses = self.kind == SignalingFaultKind::Refuse;
        let complaint = match self.kind {
            _ if self.method.is_empty() => "method is empty; \"*\" is every method",
            _ if self.times == Some(0) => "times must be at least 1, or null for always",
            SignalingFaultKind::Delay if self.latency_ms == 0 => "a delay needs a latencyMs",
            _ if self.code.is_some() && !refuses => "code has an effect on the kind refuse only",
            _ if self.reason.is_some() && !refuses => {
                "reason has an effect on the kind refuse only"
            }
            _ => return Ok(()),
        };
        Err(InvalidFault(complaint.to_owned()))
    }

    pub(super) fn hits(&self, method: &str) -> bool {
        self.method == "*" || self.method == method
    }
}

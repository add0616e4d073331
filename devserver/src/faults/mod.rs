//! Faults: what goes wrong on purpose, on which requests, and how often.
//!
//! Faults are plain data. The same JSON that the admin route takes can be written in Rust with
//! the own methods of [`Fault`], for requests of HTTP, and [`SignalingFault`], for those of
//! signalling.

mod fault;
mod route;
mod signaling;

pub use fault::{Fault, FaultKind, InvalidFault};
pub use signaling::{SignalingFault, SignalingFaultKind};

use std::sync::{Arc, Mutex, MutexGuard};

use serde::Serialize;

use crate::changes::Changes;
use route::RoutePattern;

/// The faults that are waiting for requests. Clones share one list.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    lists: Arc<Mutex<Lists>>,
    changes: Changes,
}

/// One fault of the list.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActiveFault<Kind = Fault> {
    pub id: u64,
    #[serde(flatten)]
    pub fault: Kind,
    /// How many requests it will still hit; `None` is all of them.
    pub remaining: Option<u32>,
    /// How many requests it has hit.
    pub applied: u64,
}

#[derive(Debug, Default)]
struct Lists {
    http: Vec<(RoutePattern, ActiveFault)>,
    signaling: Vec<ActiveFault<SignalingFault>>,
    last_id: u64,
}

impl<Kind: Clone> ActiveFault<Kind> {
    fn is_left(&self) -> bool {
        self.remaining != Some(0)
    }

    /// Counts one request.
    fn taken(&mut self) -> Kind {
        self.applied += 1;
        self.remaining = self.remaining.map(|remaining| remaining - 1);
        self.fault.clone()
    }
}

impl Lists {
    fn active<Kind>(&mut self, fault: Kind, times: Option<u32>) -> ActiveFault<Kind> {
        self.last_id += 1;
        ActiveFault {
            id: self.last_id,
            fault,
            remaining: times,
            applied: 0,
        }
    }
}

impl Faults {
    /// An empty list that tells when it changes.
    pub(crate) fn telling(changes: Changes) -> Faults {
        Faults {
            changes,
            ..Faults::default()
        }
    }

    /// Adds a fault behind those that are there. A request gets the first fault that fits it, and
    /// only that one.
    pub fn add(&self, fault: Fault) -> Result<ActiveFault, InvalidFault> {
        let pattern = fault.checked()?;
        let mut lists = self.lists();
        let times = fault.times;
        let active = lists.active(fault, times);
        lists.http.push((pattern, active.clone()));
        self.changes.mark();
        Ok(active)
    }

    /// The same for a fault of signalling.
    pub fn add_signaling(
        &self,
        fault: SignalingFault,
    ) -> Result<ActiveFault<SignalingFault>, InvalidFault> {
        fault.check()?;
        let mut lists = self.lists();
        let times = fault.times;
        let active = lists.active(fault, times);
        lists.signaling.push(active.clone());
        self.changes.mark();
        Ok(active)
    }

    /// Takes all faults away and tells how many there were. Requests that a fault holds up already
    /// stay held up.
    pub fn clear(&self) -> usize {
        let mut lists = self.lists();
        let (http, signaling) = (
            std::mem::take(&mut lists.http),
            std::mem::take(&mut lists.signaling),
        );
        self.changes.mark();
        http.len() + signaling.len()
    }

    /// All faults of HTTP that were added since the last clearing, also those that are used up.
    pub fn list_all(&self) -> Vec<ActiveFault> {
        let lists = self.lists();
        lists
            .http
            .iter()
            .map(|(_, active)| active.clone())
            .collect()
    }

    /// All faults of signalling that were added since the last clearing, also those that are used
    /// up.
    pub fn list_signaling(&self) -> Vec<ActiveFault<SignalingFault>> {
        self.lists().signaling.clone()
    }

    /// The fault for a request, which thereby counts as applied.
    pub(crate) fn take_for_request(&self, method: &str, path: &str) -> Option<Fault> {
        self.take(|pattern, fault| {
            fault.kind() != FaultKind::ResetBeforeRequestRead && pattern.matches(method, path)
        })
    }

    /// The fault for a new connection, before anything is read from it.
    pub(crate) fn take_for_connection(&self) -> Option<Fault> {
        self.take(|_, fault| fault.kind() == FaultKind::ResetBeforeRequestRead)
    }

    /// The fault for a request of signalling.
    pub(crate) fn take_for_method(&self, method: &str) -> Option<SignalingFault> {
        let mut lists = self.lists();
        let active = lists
            .signaling
            .iter_mut()
            .find(|active| active.is_left() && active.fault.hits(method))?;
        self.changes.mark();
        Some(active.taken())
    }

    fn take(&self, fits: impl Fn(&RoutePattern, &Fault) -> bool) -> Option<Fault> {
        let mut lists = self.lists();
        let (_, active) = lists
            .http
            .iter_mut()
            .find(|(pattern, active)| active.is_left() && fits(pattern, &active.fault))?;
        self.changes.mark();
        Some(active.taken())
    }

    fn lists(&self) -> MutexGuard<'_, Lists> {
        self.lists
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fault(json: serde_json::Value) -> Fault {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_fault_hits_as_often_as_it_was_told() {
        let faults = Faults::default();
        faults
            .add(fault(json!({"route": "GET /get-token", "status": 500})))
            .unwrap();
        faults
            .add(fault(json!({"route": "*", "times": 2, "status": 501})))
            .unwrap();
        let status = |fault: Option<Fault>| fault.and_then(|fault| fault.status);
        assert_eq!(
            status(faults.take_for_request("POST", "/v2/rooms")),
            Some(501)
        );
        assert_eq!(
            status(faults.take_for_request("GET", "/get-token")),
            Some(500)
        );
        assert_eq!(
            status(faults.take_for_request("GET", "/get-token")),
            Some(501)
        );
        assert_eq!(status(faults.take_for_request("GET", "/get-token")), None);
        let counts: Vec<(Option<u32>, u64)> = faults
            .list_all()
            .iter()
            .map(|active| (active.remaining, active.applied))
            .collect();
        assert_eq!(counts, [(Some(0), 1), (Some(0), 2)]);
        assert_eq!(faults.clear(), 2);
        assert!(faults.list_all().is_empty());
    }

    #[test]
    fn a_fault_without_end_stays() {
        let faults = Faults::default();
        faults
            .add(fault(json!({"route": "*", "times": null, "status": 500})))
            .unwrap();
        for _ in 0..3 {
            assert!(faults.take_for_request("GET", "/x").is_some());
        }
        let active = &faults.list_all()[0];
        assert_eq!((active.remaining, active.applied), (None, 3));
    }

    #[test]
    fn faults_of_connections_and_of_requests_do_not_mix() {
        let faults = Faults::default();
        faults
            .add(fault(
                json!({"route": "*", "kind": "resetBeforeRequestRead"}),
            ))
            .unwrap();
        assert!(faults.take_for_request("GET", "/x").is_none());
        assert!(faults.take_for_connection().is_some());
        assert!(faults.take_for_connection().is_none());
    }
}

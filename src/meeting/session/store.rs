//! Values that everybody in the session shares: observing them (protocol, section 5).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::notifications::about;
use super::outputs::Waiter;
use super::reconnecting::Resumed;
use super::requests::{Call, Purpose};
use super::{Moment, Session};
use crate::meeting::event::{Event, EventType};
use crate::{Error, Result, Status};

/// How many values a meeting observes at most.
const MOST_OBSERVED: usize = 1000;

const OBSERVE: &str = "observe the value";

/// Whether the service has confirmed it, by the key of the value.
#[derive(Default)]
pub(super) struct Observations(BTreeMap<String, bool>);

impl Observations {
    /// What is observed.
    pub(super) fn keys(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

impl<T: Waiter> Session<T> {
    /// Observes a value: its changes come as events.
    pub(in crate::meeting) fn observe(&mut self, now: Moment, key: &str, waiter: T) -> Result<()> {
        self.now = now;
        self.check_inside()?;
        let observed = &mut self.observations.0;
        if observed.len() >= MOST_OBSERVED && !observed.contains_key(key) {
            return Err(Error::new(
                Status::ResourceExhausted,
                format!("This meeting observes {MOST_OBSERVED} values already"),
                "Stop observing some, or keep several things in one value.",
            ));
        }
        self.ask_to_observe(key, Some(waiter))?;
        self.observations.0.entry(key.to_owned()).or_default();
        Ok(())
    }

    fn ask_to_observe(&mut self, key: &str, waiter: Option<T>) -> Result<()> {
        let purpose = Purpose::Observe {
            key: key.to_owned(),
            waiter,
        };
        self.ask(
            "realtimeStoreObserve",
            OBSERVE,
            &json!({"key": key}),
            purpose,
        )
    }

    /// From now on no change of it comes, whatever the service answers.
    pub(in crate::meeting) fn stop_observing(
        &mut self,
        now: Moment,
        key: &str,
        waiter: T,
    ) -> Result<()> {
        self.now = now;
        self.check_inside()?;
        let data = json!({"key": key});
        let goal = "stop observing the value";
        let call = Call::new("realtimeStoreStopObserve", goal, data);
        self.call(now, call, waiter)?;
        self.observations.0.remove(key);
        Ok(())
    }

    pub(super) fn observed(&mut self, key: &str, waiter: Option<T>, outcome: Result<Value>) {
        match (&outcome, self.observations.0.get_mut(key)) {
            (Ok(_), Some(is_confirmed)) => *is_confirmed = true,
            (Err(error), known) => {
                if known.is_some_and(|is_confirmed| !*is_confirmed) {
                    self.observations.0.remove(key);
                }
                if waiter.is_none() {
                    self.not_resumed(Resumed::Value, key);
                    self.warn(format!(
                        "A value could not be observed again on the new connection, and its changes do not come any more: {}",
                        error.message()
                    ));
                }
            }
            // Not wanted any more.
            (Ok(_), None) => {}
        }
        match waiter {
            Some(waiter) => self.answer(waiter, outcome.map(|_| Value::Null)),
            None => self.resumed(),
        }
    }

    pub(super) fn value_changed(&mut self, data: &Value) {
        let key = data["key"].as_str().unwrap_or_default();
        if !self.observations.0.contains_key(key) {
            return;
        }
        let value = data["value"].as_str().unwrap_or_default();
        let event = Event::new(EventType::StoreValueChanged)
            .with_text(key)
            .with_payload(value.as_bytes())
            // A value that is gone is not the same as an empty one.
            .with_code(i32::from(!data["value"].is_null()));
        self.tell(about(event, &data["updatedBy"]));
    }

    /// On a new connection all is observed again.
    pub(super) fn resume_observations(&mut self, keys: Vec<String>) {
        for key in keys {
            if let Err(error) = self.ask_to_observe(&key, None) {
                self.observed(&key, None, Err(error));
            }
        }
    }
}

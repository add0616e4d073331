//! Values that everybody in the session shares: the realtime store.

use serde_json::{Value, json};

use crate::meeting::object::Meeting;
use crate::meeting::options::{invalid, label};
use crate::meeting::session::Call;
use crate::runtime::{Operation, Prepared, Timeout};
use crate::{Error, Result, Status};

const SET: &str = "meeting_store_set";
const GET: &str = "meeting_store_get";
const OBSERVE: &str = "meeting_store_observe";
const STOP_OBSERVING: &str = "meeting_store_stop_observing";

/// The most bytes of a value, as in the official SDKs.
const LONGEST_VALUE: usize = 1024;

impl Meeting {
    /// Sets a value of the session for everybody; `None` takes it away. Values last as long as the
    /// session, and have at most 1024 bytes.
    ///
    /// # Errors
    ///
    /// The service's refusal (number 4045);
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument) when key or value cannot be
    /// sent; [`Status::InvalidState`](crate::Status::InvalidState) when this participant is not in
    /// the room. That the front end that native clients use has the store is inferred.
    pub fn store_set(
        &self,
        key: &str,
        value: Option<&str>,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        Operation::of(SET, self.store_set_call(key, value, timeout.into()))
    }

    pub(crate) fn store_set_call(
        &self,
        key: &str,
        value: Option<&str>,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        let call = label("key", key).and_then(|key| {
            if let Some(bytes) = value.map(str::len).filter(|bytes| *bytes > LONGEST_VALUE) {
                return Err(invalid(
                    format!("The value has {bytes} bytes; at most {LONGEST_VALUE} are allowed"),
                    "Keep less in it, or spread it over several keys.",
                ));
            }
            let data = json!({"key": key, "value": value});
            Ok(Call::new("realtimeStoreSet", "set the value", data))
        });
        self.request(SET, timeout, call)
    }

    /// Reads a value of the session; `None` when there is none.
    ///
    /// # Errors
    ///
    /// As for [`Meeting::store_set`]; the number is 4046.
    pub fn store_get(&self, key: &str, timeout: impl Into<Timeout>) -> Operation<Option<String>> {
        Operation::of(GET, self.store_get_call(key, timeout.into()))
    }

    pub(crate) fn store_get_call(
        &self,
        key: &str,
        timeout: Timeout,
    ) -> Result<Prepared<Option<String>>> {
        let data = json!({"key": label("key", key)?});
        let call = Call::new("realtimeStoreGet", "read the value", data);
        Ok(self.waiting(
            GET,
            timeout,
            |session, now, waiter| session.call(now, call, waiter),
            |mut data| match data["value"].take() {
                Value::Null => Ok(None),
                Value::String(value) => Ok(Some(value)),
                _ => Err(Error::new(
                    Status::InvalidResponse,
                    "Could not read the value: what the service answered is not a text",
                    "Set it anew; values are texts.",
                )),
            },
        ))
    }

    /// Observes a value: each change comes as
    /// [`EventType::StoreValueChanged`](crate::meeting::EventType::StoreValueChanged), also those
    /// that this participant makes. On a new connection it is observed again by itself; read it
    /// then, for changes in between are not told.
    ///
    /// # Errors
    ///
    /// As for [`Meeting::store_set`]; the number is 4085.
    pub fn store_observe(&self, key: &str, timeout: impl Into<Timeout>) -> Operation<()> {
        Operation::of(OBSERVE, self.store_observe_call(key, timeout.into()))
    }

    pub(crate) fn store_observe_call(&self, key: &str, timeout: Timeout) -> Result<Prepared<()>> {
        let key = label("key", key)?;
        Ok(self.waiting(
            OBSERVE,
            timeout,
            move |session, now, waiter| session.observe(now, &key, waiter),
            |_| Ok(()),
        ))
    }

    /// From now on no change of the value comes any more.
    ///
    /// # Errors
    ///
    /// As for [`Meeting::store_set`]; the number is 4086.
    pub fn store_stop_observing(&self, key: &str, timeout: impl Into<Timeout>) -> Operation<()> {
        let call = self.store_stop_observing_call(key, timeout.into());
        Operation::of(STOP_OBSERVING, call)
    }

    pub(crate) fn store_stop_observing_call(
        &self,
        key: &str,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        let key = label("key", key)?;
        Ok(self.waiting(
            STOP_OBSERVING,
            timeout,
            move |session, now, waiter| session.stop_observing(now, &key, waiter),
            |_| Ok(()),
        ))
    }
}

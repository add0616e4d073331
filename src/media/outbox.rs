//! Data that the app has sent and that is not on its way yet.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::sync::Notify;

use super::taker::Taker;
use crate::choice::choice;
use crate::runtime::lock;
use crate::{Error, Result, Status};

/// The largest message, in bytes; what both official SDKs allow (protocol, section 8).
pub const MAX_DATA_BYTES: usize = 15 * 1024;

/// The official SDKs' number for a message that is too large.
pub(crate) const PAYLOAD_TOO_LARGE: i32 = 3072;

/// How many bytes wait for the network at most.
const MAX_WAITING_BYTES: usize = 1024 * 1024;

choice! {
    /// How data is delivered. Neither keeps the order (protocol, section 8).
    Reliability, "reliability" {
        /// What is lost is sent again up to five times.
        Reliable = 1, "RELIABLE";
        /// By a channel of its own, so that it never waits behind reliable data.
        Unreliable = 2, "UNRELIABLE";
    }
}

impl Reliability {
    /// The stream of the data channel that delivers so: both official SDKs count them in this order
    /// (protocol, section 8).
    pub(crate) const fn stream_id(self) -> u16 {
        match self {
            Self::Reliable => 0,
            Self::Unreliable => 1,
        }
    }
}

/// What became of data that was to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It goes out.
    Queued,
    /// Too much waits already: the network is slower than the app. Try again a little later.
    Full,
}

pub(crate) struct Datum {
    pub(crate) reliability: Reliability,
    pub(crate) is_text: bool,
    pub(crate) data: Vec<u8>,
}

/// What waits, for both kinds of delivery in one order.
#[derive(Default)]
pub(crate) struct Outbox {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Datum>,
    bytes: usize,
    taker: Taker,
}

impl Outbox {
    /// Takes data for sending; never waits for the network.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when it is too large, [`Status::InvalidState`] while nothing can
    /// be sent.
    pub(crate) fn push(
        &self,
        reliability: Reliability,
        is_text: bool,
        data: &[u8],
    ) -> Result<Sent> {
        let length = data.len();
        if length > MAX_DATA_BYTES {
            return Err(Error::new(
                Status::InvalidArgument,
                format!("The data has {length} bytes; a message has at most {MAX_DATA_BYTES}"),
                "Send it in parts; files can also be uploaded.",
            )
            .with_service_code(PAYLOAD_TOO_LARGE));
        }
        let mut state = lock(&self.state);
        let Some(sender) = state.taker.get().cloned() else {
            return Err(Error::new(
                Status::InvalidState,
                "Data cannot be sent: there is no connection for media",
                "Join with the mode SEND_AND_RECV and wait for TRANSPORT_STATE_CHANGED to say that sending is connected.",
            )
            .with_service_code(NOT_CONNECTED));
        };
        if state.bytes + length > MAX_WAITING_BYTES {
            return Ok(Sent::Full);
        }
        state.bytes += length;
        state.waiting.push_back(Datum {
            reliability,
            is_text,
            data: data.to_vec(),
        });
        drop(state);
        sender.notify_one();
        Ok(Sent::Queued)
    }

    /// From now on data is taken, and `sender` is told of it.
    pub(crate) fn begin(&self, sender: &Arc<Notify>) {
        lock(&self.state).taker.begin(sender);
        sender.notify_one();
    }

    /// From now on nobody takes data; what waits is thrown away. Only if `sender` is still the one.
    pub(crate) fn end(&self, sender: &Arc<Notify>) {
        let mut state = lock(&self.state);
        if state.taker.end(sender) {
            *state = State::default();
        }
    }

    pub(crate) fn pop(&self) -> Option<Datum> {
        let mut state = lock(&self.state);
        let datum = state.waiting.pop_front()?;
        state.bytes -= datum.data.len();
        Some(datum)
    }

    /// What the network does not take now goes first next time.
    pub(crate) fn put_back(&self, datum: Datum) {
        let mut state = lock(&self.state);
        state.bytes += datum.data.len();
        state.waiting.push_front(datum);
    }
}

/// The official SDKs' number for data without a connection.
const NOT_CONNECTED: i32 = 3048;

#[cfg(test)]
mod tests {
    use super::*;

    fn push(outbox: &Outbox, length: usize) -> Result<Sent> {
        outbox.push(Reliability::Reliable, false, &vec![0; length])
    }

    #[test]
    fn data_waits_in_order_and_is_bounded() {
        let outbox = Outbox::default();
        let error = push(&outbox, 1).unwrap_err();
        assert_eq!(
            (error.status(), error.service_code()),
            (Status::InvalidState, Some(3048))
        );
        let sender = Arc::new(Notify::new());
        outbox.begin(&sender);
        let fits = MAX_WAITING_BYTES / MAX_DATA_BYTES;
        for _ in 0..fits {
            assert_eq!(push(&outbox, MAX_DATA_BYTES).unwrap(), Sent::Queued);
        }
        assert_eq!(push(&outbox, MAX_DATA_BYTES).unwrap(), Sent::Full);
        let first = outbox.pop().unwrap();
        outbox.put_back(first);
        assert_eq!(std::iter::from_fn(|| outbox.pop()).count(), fits);
        assert_eq!(push(&outbox, 0).unwrap(), Sent::Queued);
        outbox.end(&Arc::new(Notify::new()));
        assert_eq!(push(&outbox, 1).unwrap(), Sent::Queued);
        outbox.end(&sender);
        assert!(outbox.pop().is_none());
        assert!(push(&outbox, 1).is_err());
    }

    #[test]
    fn a_message_that_is_too_large_is_refused_with_the_number_that_users_know() {
        let error = push(&Outbox::default(), MAX_DATA_BYTES + 1).unwrap_err();
        assert_eq!(error.status(), Status::InvalidArgument);
        assert_eq!(error.service_code(), Some(3072));
    }
}

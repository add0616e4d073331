//! What the app does in a meeting, as operations.

mod agents;
mod devices;
mod files;
mod joining;
mod media;
mod messages;
mod moderation;
mod receiving;
mod services;
mod store;
mod switching;

pub use files::{MAX_FETCH_BYTES, MAX_UPLOAD_BYTES};
pub use media::{LocalTrack, NextFrame, RemoteTrack};
pub use messages::PublishOptions;
pub use moderation::Moderation;

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::oneshot;

use super::object::Meeting;
use super::session::{Call, Moment, Session};
use super::shared::{Shared, Waiting};
use crate::runtime::{Prepared, Timeout};
use crate::{Error, Result, Status};

impl Meeting {
    /// Something that begins at once, in the order of calls, and waits for its outcome.
    fn waiting<T: Send + 'static>(
        &self,
        name: &'static str,
        timeout: Timeout,
        begin: impl FnOnce(&mut Session<Waiting>, Moment, Waiting) -> Result<()> + Send + 'static,
        read: impl FnOnce(Value) -> Result<T> + Send + 'static,
    ) -> Prepared<T> {
        waiting(&self.shared, name, timeout, begin, read)
    }

    /// A request to the service whose answer says only that it was carried out.
    fn request(
        &self,
        name: &'static str,
        timeout: Timeout,
        call: Result<Call>,
    ) -> Result<Prepared<()>> {
        request(&self.shared, name, timeout, call)
    }
}

fn request(
    shared: &Arc<Shared>,
    name: &'static str,
    timeout: Timeout,
    call: Result<Call>,
) -> Result<Prepared<()>> {
    let call = call.map_err(|error| error.during(name))?;
    let begin = move |session: &mut Session<Waiting>, now, waiter| session.call(now, call, waiter);
    Ok(waiting(shared, name, timeout, begin, |_| Ok(())))
}

fn waiting<T: Send + 'static>(
    shared: &Arc<Shared>,
    name: &'static str,
    timeout: Timeout,
    begin: impl FnOnce(&mut Session<Waiting>, Moment, Waiting) -> Result<()> + Send + 'static,
    read: impl FnOnce(Value) -> Result<T> + Send + 'static,
) -> Prepared<T> {
    let shared = Arc::clone(shared);
    let worker = shared.worker();
    let work = move |_, deadline| {
        let (sender, receiver) = oneshot::channel();
        let begun = shared.with(|session, now| begin(session, now, Waiting(sender)));
        async move {
            begun?;
            match tokio::time::timeout_at(deadline, receiver).await {
                Ok(Ok(outcome)) => read(outcome?),
                Ok(Err(_)) => Err(gone()),
                Err(_) => Err(too_late()),
            }
        }
    };
    Prepared::new(name, timeout, work).on(worker)
}

/// The meeting was thrown away while something was under way.
pub(super) fn gone() -> Error {
    Error::new(
        Status::Shutdown,
        "The library was shut down while the meeting was going on",
        "Leave meetings before shutting down; the library may be used again.",
    )
}

fn too_late() -> Error {
    Error::new(
        Status::Timeout,
        "The service did not answer within the time that was given",
        "It may have been carried out all the same: look before you repeat it, with more time.",
    )
    .with_retryable(false)
}

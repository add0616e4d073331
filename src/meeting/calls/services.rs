//! Services of a meeting: recording and the like.

use serde_json::json;

use crate::Result;
use crate::meeting::choice::ServiceKind;
use crate::meeting::object::Meeting;
use crate::meeting::options::label;
use crate::meeting::service_options::{self, ServiceOptions};
use crate::meeting::session::Call;
use crate::runtime::{Operation, Prepared, Timeout};

const START: &str = "meeting_start_service";
const STOP: &str = "meeting_stop_service";
const CHANGE_LANGUAGE: &str = "meeting_change_translation_language";

impl Meeting {
    /// Starts a service. It has succeeded when the service agreed; how far it is, events such as
    /// [`EventType::RecordingStateChanged`](crate::meeting::EventType::RecordingStateChanged) tell
    /// everybody, and the snapshot has the latest.
    ///
    /// # Errors
    ///
    /// The service's refusal with its number, such as 4011 for a recording that cannot be started;
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument) for an option that the service
    /// of that kind does not know; [`Status::InvalidState`](crate::Status::InvalidState) when this
    /// participant is not in the room.
    pub fn start_service(
        &self,
        kind: ServiceKind,
        options: &ServiceOptions,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        Operation::of(
            START,
            self.start_service_call(kind, options, timeout.into()),
        )
    }

    pub(crate) fn start_service_call(
        &self,
        kind: ServiceKind,
        options: &ServiceOptions,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        self.request(START, timeout, options.start(kind))
    }

    /// Stops a service.
    ///
    /// # Errors
    ///
    /// The service's refusal with its number, such as 4012 for a recording that does not run;
    /// [`Status::InvalidState`](crate::Status::InvalidState) when this participant is not in the
    /// room.
    pub fn stop_service(&self, kind: ServiceKind, timeout: impl Into<Timeout>) -> Operation<()> {
        Operation::of(STOP, self.stop_service_call(kind, timeout.into()))
    }

    pub(crate) fn stop_service_call(
        &self,
        kind: ServiceKind,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        self.request(STOP, timeout, Ok(service_options::stop(kind)))
    }

    /// Has what is said translated into another language for this participant, while the
    /// translation runs. Everybody is told.
    ///
    /// # Errors
    ///
    /// As for [`Meeting::start_service`]; the number is 4044.
    pub fn change_translation_language(
        &self,
        language: &str,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        let call = self.change_translation_language_call(language, timeout.into());
        Operation::of(CHANGE_LANGUAGE, call)
    }

    pub(crate) fn change_translation_language_call(
        &self,
        language: &str,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        let call = label("language", language).map(|language| {
            let data = json!({"language": language});
            Call::new("changeTranslationLanguage", "change the language", data)
        });
        self.request(CHANGE_LANGUAGE, timeout, call)
    }
}

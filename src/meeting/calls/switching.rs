//! Going to another meeting, and asking others to.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::{gone, too_late};
use crate::Result;
use crate::meeting::object::Meeting;
use crate::meeting::options::{invalid, label};
use crate::meeting::session::Call;
use crate::meeting::shared::Waiting;
use crate::redact::Secret;
use crate::runtime::{Operation, Prepared, Timeout};

const SWITCH: &str = "meeting_switch_to";
const REQUEST: &str = "meeting_request_switch";

impl Meeting {
    /// Goes to another meeting on the same connection, as the same participant; `token` is the one
    /// for there, or the present one. Whoever stays behind is told as gone, with the number 1005.
    /// The meeting is [`MeetingState::Connecting`](crate::meeting::MeetingState::Connecting) on the
    /// way and [`MeetingState::Connected`](crate::meeting::MeetingState::Connected) there; the
    /// snapshot has the other id then. Topics and observed values do not come along.
    ///
    /// # Errors
    ///
    /// What makes the token useless for that meeting; the service's refusal, with which nothing has
    /// changed. What fails after it has left the one meeting ends in
    /// [`MeetingState::Failed`](crate::meeting::MeetingState::Failed), behind `MEETING_LEFT` with
    /// the number 1104: joining then leads back to the meeting that it was in. Cancelling it does
    /// not undo it.
    pub fn switch_to(
        &self,
        meeting_id: &str,
        token: Option<&str>,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        Operation::of(
            SWITCH,
            self.switch_to_call(meeting_id, token, timeout.into()),
        )
    }

    pub(crate) fn switch_to_call(
        &self,
        meeting_id: &str,
        token: Option<&str>,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        let meeting_id = label("meeting_id", meeting_id)?;
        let (mut destined, token) = self.shared.prepare_switch(&meeting_id, token)?;
        let shared = Arc::clone(&self.shared);
        let worker = shared.worker();
        let work = move |_, deadline| {
            let (sender, receiver) = oneshot::channel();
            destined.until = shared.since_begin(deadline);
            let begun = shared.switch(destined, token.clone(), Waiting(sender));
            async move {
                begun?;
                let outcome = tokio::time::timeout_at(deadline, receiver).await;
                outcome.map_err(|_| too_late())?.map_err(|_| gone())??;
                // Its end is to be told as well.
                shared.enter_registry(&token);
                Ok(())
            }
        };
        Ok(Prepared::new(SWITCH, timeout, work).on(worker))
    }

    /// Asks a participant to go to another meeting, who gets
    /// [`EventType::SwitchRequested`](crate::meeting::EventType::SwitchRequested) and decides;
    /// `token` is one for there, `payload` a JSON value that goes with it.
    ///
    /// # Errors
    ///
    /// The service's refusal (number 4077);
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument) when the payload is no JSON;
    /// [`Status::InvalidState`](crate::Status::InvalidState) when this participant is not in the
    /// room.
    pub fn request_switch(
        &self,
        participant_id: &str,
        meeting_id: &str,
        token: Option<&str>,
        payload: Option<&str>,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        let timeout = timeout.into();
        let call = self.request_switch_call(participant_id, meeting_id, token, payload, timeout);
        Operation::of(REQUEST, call)
    }

    pub(crate) fn request_switch_call(
        &self,
        participant_id: &str,
        meeting_id: &str,
        token: Option<&str>,
        payload: Option<&str>,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        let participant_id = label("participant_id", participant_id)?;
        let meeting_id = label("meeting_id", meeting_id)?;
        let payload: Value = match payload.map(serde_json::from_str).transpose() {
            Ok(payload) => payload.unwrap_or_default(),
            Err(error) => {
                return Err(invalid(
                    format!("The payload is not JSON: {error}"),
                    r#"Pass a JSON value, e.g. {"table": 7}; a text needs its quotes."#,
                ));
            }
        };
        let data = json!({
            "peerId": participant_id, "roomId": meeting_id, "token": token, "payload": payload,
        });
        let goal = "ask the participant to switch";
        let mut call = Call::new("switchPeerRoom", goal, data);
        call.secrets.extend(token.map(Secret::new));
        self.request(REQUEST, timeout, Ok(call))
    }
}

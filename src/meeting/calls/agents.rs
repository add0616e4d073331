//! What an agent tells everybody in the room of itself.

use serde_json::{Value, json};

use crate::meeting::choice::{AgentState, PeerType};
use crate::meeting::clock;
use crate::meeting::object::Meeting;
use crate::meeting::options::{json_object, label};
use crate::meeting::session::Call;
use crate::runtime::{Operation, Prepared, Timeout};
use crate::{Error, Result, Status};

const STATE: &str = "meeting_send_agent_state";
const TRANSCRIPT: &str = "meeting_send_agent_transcript";
const METRICS: &str = "meeting_send_agent_metrics";

/// The official SDKs' number for what a participant of this kind cannot do.
const ACTION_NOT_SUPPORTED: i32 = 3068;

impl Meeting {
    /// Tells what this agent is doing; the others get
    /// [`EventType::AgentStateChanged`](crate::meeting::EventType::AgentStateChanged).
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`](crate::Status::InvalidState) when this participant is not in the
    /// room, or (number 3068) is no agent; the service's refusal.
    pub fn send_agent_state(
        &self,
        state: AgentState,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        Operation::of(STATE, self.send_agent_state_call(state, timeout.into()))
    }

    pub(crate) fn send_agent_state_call(
        &self,
        state: AgentState,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        let data = json!({"state": state.name()});
        self.agent_request(STATE, timeout, Ok(("agentStateChanged", data)))
    }

    /// Tells what was said, by this agent or to it: `participant_id` is who spoke, and `is_final`
    /// whether these words will not change any more. The others get
    /// [`EventType::AgentTranscript`](crate::meeting::EventType::AgentTranscript).
    ///
    /// # Errors
    ///
    /// As for [`Meeting::send_agent_state`].
    pub fn send_agent_transcript(
        &self,
        participant_id: &str,
        text: &str,
        is_final: bool,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        let call = self.send_agent_transcript_call(participant_id, text, is_final, timeout.into());
        Operation::of(TRANSCRIPT, call)
    }

    pub(crate) fn send_agent_transcript_call(
        &self,
        participant_id: &str,
        text: &str,
        is_final: bool,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        let data = label("participant_id", participant_id).map(|id| {
            json!({
                "peerId": id,
                "text": text,
                // A text (protocol, section 5); that it holds milliseconds is inferred.
                "timestamp": clock::unix_ms().to_string(),
                "type": if is_final { "final" } else { "interim" },
            })
        });
        let request = data.map(|data| ("agentTranscript", data));
        self.agent_request(TRANSCRIPT, timeout, request)
    }

    /// Tells figures of this agent, a JSON object of whatever it measures. The others get
    /// [`EventType::AgentMetrics`](crate::meeting::EventType::AgentMetrics).
    ///
    /// # Errors
    ///
    /// As for [`Meeting::send_agent_state`];
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument) when it is no JSON object.
    pub fn send_agent_metrics(&self, json: &str, timeout: impl Into<Timeout>) -> Operation<()> {
        Operation::of(METRICS, self.send_agent_metrics_call(json, timeout.into()))
    }

    pub(crate) fn send_agent_metrics_call(
        &self,
        json: &str,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        const REMEDY: &str = r#"Pass an object, e.g. {"latencyMs": 250}."#;
        let metrics = json_object("The metrics are", json, REMEDY);
        let request = metrics.map(|metrics| ("agentMetrics", Value::Object(metrics)));
        self.agent_request(METRICS, timeout, request)
    }

    fn agent_request(
        &self,
        name: &'static str,
        timeout: Timeout,
        request: Result<(&'static str, Value)>,
    ) -> Result<Prepared<()>> {
        let call = request.and_then(|(method, data)| {
            if self.shared.identity.options.peer_type == PeerType::Agent {
                return Ok(Call::new(method, "tell it of the agent", data));
            }
            Err(Error::new(
                Status::InvalidState,
                "This participant is no agent, and only agents tell this",
                "Initialise the meeting with the peer type of agents.",
            )
            .with_service_code(ACTION_NOT_SUPPORTED))
        });
        self.request(name, timeout, call)
    }
}

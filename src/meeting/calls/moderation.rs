//! What participants do with each other: letting in, asking for media, removing, pinning.

use serde_json::{Map, json};

use crate::Result;
use crate::meeting::choice::Mode;
use crate::meeting::object::Meeting;
use crate::meeting::options::label;
use crate::meeting::session::Call;
use crate::runtime::{Operation, Prepared, Timeout};

/// Something that is done to a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Moderation {
    /// Lets in who asked for it.
    AllowEntry,
    /// Does not let in who asked for it.
    DenyEntry,
    /// Asks to switch the microphone on; the participant decides.
    RequestMic,
    /// Switches the microphone off.
    DisableMic,
    /// Asks to switch the camera on; the participant decides.
    RequestWebcam,
    /// Switches the camera off.
    DisableWebcam,
    /// Removes from the meeting.
    Remove,
}

impl Moderation {
    /// The name of the operation, as in C.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Moderation::AllowEntry => "meeting_allow_entry",
            Moderation::DenyEntry => "meeting_deny_entry",
            Moderation::RequestMic => "meeting_request_mic",
            Moderation::DisableMic => "meeting_disable_mic_of",
            Moderation::RequestWebcam => "meeting_request_webcam",
            Moderation::DisableWebcam => "meeting_disable_webcam_of",
            Moderation::Remove => "meeting_remove_participant",
        }
    }

    fn call(self, participant_id: &str) -> Result<Call> {
        let id = label("participant_id", participant_id)?;
        let (method, goal) = match self {
            Moderation::AllowEntry => ("respondEntry", "let the participant in"),
            Moderation::DenyEntry => ("respondEntry", "deny the entry"),
            Moderation::RequestMic => ("enablePeerMic", "ask for the microphone"),
            Moderation::DisableMic => ("disablePeerMic", "switch the microphone off"),
            Moderation::RequestWebcam => ("enablePeerWebcam", "ask for the camera"),
            Moderation::DisableWebcam => ("disablePeerWebcam", "switch the camera off"),
            Moderation::Remove => ("removePeer", "remove the participant"),
        };
        let data = match self {
            Moderation::AllowEntry => json!({"id": id, "decision": "allowed"}),
            Moderation::DenyEntry => json!({"id": id, "decision": "denied"}),
            _ => json!({"peerId": id}),
        };
        Ok(Call { method, goal, data })
    }
}

const PIN: &str = "meeting_pin";
const CHANGE_MODE: &str = "meeting_change_mode";

impl Meeting {
    /// Does something to a participant. What the token has to permit for it, the service decides.
    ///
    /// # Errors
    ///
    /// The service's refusal; [`Status::InvalidState`](crate::Status::InvalidState) when this
    /// participant is not in the room.
    pub fn moderate(
        &self,
        participant_id: &str,
        moderation: Moderation,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        let call = self.moderate_call(participant_id, moderation, timeout.into());
        Operation::of(moderation.name(), call)
    }

    pub(crate) fn moderate_call(
        &self,
        participant_id: &str,
        moderation: Moderation,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        self.request(moderation.name(), timeout, moderation.call(participant_id))
    }

    /// Pins or unpins a participant for everybody; `None` leaves the camera or the shared screen as
    /// it is. That this front end of the service has it is inferred.
    ///
    /// # Errors
    ///
    /// As for [`Meeting::moderate`].
    pub fn pin(
        &self,
        participant_id: &str,
        camera: Option<bool>,
        screen_share: Option<bool>,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        let call = self.pin_call(participant_id, camera, screen_share, timeout.into());
        Operation::of(PIN, call)
    }

    pub(crate) fn pin_call(
        &self,
        participant_id: &str,
        camera: Option<bool>,
        screen_share: Option<bool>,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        let mut state = Map::new();
        for (name, pinned) in [("cam", camera), ("share", screen_share)] {
            if let Some(pinned) = pinned {
                state.insert(name.to_owned(), pinned.into());
            }
        }
        let call = label("participant_id", participant_id).map(|id| Call {
            method: "pinStateChanged",
            goal: "pin the participant",
            data: json!({"peerId": id, "state": state}),
        });
        self.request(PIN, timeout, call)
    }

    /// Changes what this participant does with media. Everybody is told. That this front end of the
    /// service has it is inferred.
    ///
    /// # Errors
    ///
    /// As for [`Meeting::moderate`].
    pub fn change_mode(&self, mode: Mode, timeout: impl Into<Timeout>) -> Operation<()> {
        Operation::of(CHANGE_MODE, Ok(self.change_mode_call(mode, timeout.into())))
    }

    pub(crate) fn change_mode_call(&self, mode: Mode, timeout: Timeout) -> Prepared<()> {
        self.waiting(
            CHANGE_MODE,
            timeout,
            move |session, now, waiter| session.change_mode(now, mode, waiter),
            |_| Ok(()),
        )
    }
}

//! What participants do with each other: letting in, asking for media, removing, pinning.

use serde_json::json;

use crate::Result;
use crate::meeting::choice::{Mode, choice};
use crate::meeting::object::Meeting;
use crate::meeting::options::label;
use crate::meeting::session::Call;
use crate::runtime::{Operation, Prepared, Timeout};

const MODERATE: &str = "meeting_moderate";
const CHANGE_MODE: &str = "meeting_change_mode";

choice! {
    /// Something that is done to a participant.
    Moderation, "moderation" {
        /// Lets in who asked for it.
        AllowEntry = 1, "ALLOW_ENTRY";
        /// Does not let in who asked for it.
        DenyEntry = 2, "DENY_ENTRY";
        /// Asks to switch the microphone on; the participant decides.
        RequestMic = 3, "REQUEST_MIC";
        /// Switches the microphone off.
        DisableMic = 4, "DISABLE_MIC";
        /// Asks to switch the camera on; the participant decides.
        RequestWebcam = 5, "REQUEST_WEBCAM";
        /// Switches the camera off.
        DisableWebcam = 6, "DISABLE_WEBCAM";
        /// Removes from the meeting.
        Remove = 7, "REMOVE";
        /// Pins the camera for everybody. That this front end of the service has pins is inferred.
        PinCamera = 8, "PIN_CAMERA";
        /// Takes the pin off the camera.
        UnpinCamera = 9, "UNPIN_CAMERA";
        /// Pins the shared screen for everybody.
        PinScreenShare = 10, "PIN_SCREEN_SHARE";
        /// Takes the pin off the shared screen.
        UnpinScreenShare = 11, "UNPIN_SCREEN_SHARE";
    }
}

impl Moderation {
    fn call(self, participant_id: &str) -> Result<Call> {
        let id = label("participant_id", participant_id)?;
        let peer = json!({"peerId": id});
        let entry = |decision: &str| json!({"id": id, "decision": decision});
        let pin = |part: &str, pinned: bool| json!({"peerId": id, "state": {part: pinned}});
        let (method, goal, data) = match self {
            Moderation::AllowEntry => ("respondEntry", "let the participant in", entry("allowed")),
            Moderation::DenyEntry => ("respondEntry", "deny the entry", entry("denied")),
            Moderation::RequestMic => ("enablePeerMic", "ask for the microphone", peer),
            Moderation::DisableMic => ("disablePeerMic", "switch the microphone off", peer),
            Moderation::RequestWebcam => ("enablePeerWebcam", "ask for the camera", peer),
            Moderation::DisableWebcam => ("disablePeerWebcam", "switch the camera off", peer),
            Moderation::Remove => ("removePeer", "remove the participant", peer),
            Moderation::PinCamera => ("pinStateChanged", "pin the camera", pin("cam", true)),
            Moderation::UnpinCamera => ("pinStateChanged", "unpin the camera", pin("cam", false)),
            Moderation::PinScreenShare => (
                "pinStateChanged",
                "pin the shared screen",
                pin("share", true),
            ),
            Moderation::UnpinScreenShare => (
                "pinStateChanged",
                "unpin the shared screen",
                pin("share", false),
            ),
        };
        Ok(Call::new(method, goal, data))
    }
}

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
        Operation::of(MODERATE, call)
    }

    pub(crate) fn moderate_call(
        &self,
        participant_id: &str,
        moderation: Moderation,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        self.request(MODERATE, timeout, moderation.call(participant_id))
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

//! Participants: somebody in the room, as a snapshot has them.
//!
//! A participant is immutable and outlives the snapshot that it was read from: texts read from it
//! stay valid until it is freed. The next snapshot has what changed.

use std::ffi::c_char;

use once_cell::sync::OnceCell;

use super::guard;
use super::handle::{self, object};
use super::meeting_options::{VsdkMode, VsdkPeerType};
use super::text::{self, Text};
use crate::meeting::{Mode, Participant};

/// Somebody in the room.
pub struct VsdkParticipant {
    _opaque: [u8; 0],
}

pub(super) struct ParticipantObject {
    participant: Participant,
    id: Text,
    name: Text,
    metadata: Option<Text>,
    agent_state: Option<Text>,
    /// Made when it is asked for: most are never read as JSON.
    json: OnceCell<Text>,
}

object!(ParticipantObject, Participant, VsdkParticipant);

impl From<Participant> for ParticipantObject {
    fn from(participant: Participant) -> Self {
        Self {
            id: Text::new(participant.id()),
            name: Text::new(participant.name()),
            metadata: Text::optional(participant.metadata_json().as_deref()),
            agent_state: Text::optional(participant.agent_state()),
            json: OnceCell::new(),
            participant,
        }
    }
}

/// Its id.
///
/// @param[in] participant The participant.
/// @return borrowed from participant. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_id(participant: *const VsdkParticipant) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(object.id.pointer())
    })
}

/// Its name.
///
/// @param[in] participant The participant.
/// @return borrowed from participant. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_name(
    participant: *const VsdkParticipant,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(object.name.pointer())
    })
}

/// Whether it is the participant of this meeting object itself.
///
/// @param[in] participant The participant.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_is_local(participant: *const VsdkParticipant) -> i32 {
    guard::value(0, || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(i32::from(object.participant.is_local()))
    })
}

/// What it does with media.
///
/// @param[in] participant The participant.
/// @return A VSDK_MODE_ constant; 0 when it is not known or the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_mode(participant: *const VsdkParticipant) -> VsdkMode {
    guard::value(0, || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(object
            .participant
            .mode()
            .map_or(0, |mode: Mode| mode as VsdkMode))
    })
}

/// What kind of participant it is.
///
/// @param[in] participant The participant.
/// @return A VSDK_PEER_TYPE_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_peer_type(
    participant: *const VsdkParticipant,
) -> VsdkPeerType {
    guard::value(0, || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(object.participant.peer_type() as VsdkPeerType)
    })
}

/// What it tells about itself.
///
/// @param[in] participant The participant.
/// @return borrowed from participant. A JSON object; NULL when there is none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_metadata_json(
    participant: *const VsdkParticipant,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(text::pointer(&object.metadata))
    })
}

/// Whether its microphone is on.
///
/// @param[in] participant The participant.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_is_mic_on(participant: *const VsdkParticipant) -> i32 {
    guard::value(0, || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(i32::from(object.participant.is_mic_on()))
    })
}

/// Whether its camera is on.
///
/// @param[in] participant The participant.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_is_webcam_on(participant: *const VsdkParticipant) -> i32 {
    guard::value(0, || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(i32::from(object.participant.is_webcam_on()))
    })
}

/// Whether it shares a screen.
///
/// @param[in] participant The participant.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_is_screen_share_on(
    participant: *const VsdkParticipant,
) -> i32 {
    guard::value(0, || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(i32::from(object.participant.is_screen_share_on()))
    })
}

/// Whether it shares the sound of what it shares.
///
/// @param[in] participant The participant.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_is_screen_share_audio_on(
    participant: *const VsdkParticipant,
) -> i32 {
    guard::value(0, || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(i32::from(object.participant.is_screen_share_audio_on()))
    })
}

/// Whether its camera is pinned.
///
/// @param[in] participant The participant.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_is_camera_pinned(
    participant: *const VsdkParticipant,
) -> i32 {
    guard::value(0, || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(i32::from(object.participant.is_camera_pinned()))
    })
}

/// Whether its shared screen is pinned.
///
/// @param[in] participant The participant.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_is_screen_share_pinned(
    participant: *const VsdkParticipant,
) -> i32 {
    guard::value(0, || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(i32::from(object.participant.is_screen_share_pinned()))
    })
}

/// What an agent is doing.
///
/// @param[in] participant The participant.
/// @return borrowed from participant. "idle", "listening", "thinking" or "speaking"; NULL when it told nothing.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_agent_state(
    participant: *const VsdkParticipant,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(text::pointer(&object.agent_state))
    })
}

/// When this meeting first saw it, the local participant: when it joined.
///
/// @param[in] participant The participant.
/// @return Milliseconds since 1970 (UTC); 0 before that.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_joined_at_ms(participant: *const VsdkParticipant) -> i64 {
    guard::value(0, || {
        let object = handle::get::<ParticipantObject>(participant)?;
        Ok(object.participant.joined_at_ms())
    })
}

/// All of it, also what has no getter of its own.
///
/// @param[in] participant The participant.
/// @return borrowed from participant. A JSON object; NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_json(
    participant: *const VsdkParticipant,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ParticipantObject>(participant)?;
        let json = || Text::new(&object.participant.to_json());
        Ok(object.json.get_or_init(json).pointer())
    })
}

/// Frees a participant.
///
/// @param[in] participant nullable, freed. The participant.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_participant_free(participant: *mut VsdkParticipant) {
    guard::value((), || {
        handle::free::<ParticipantObject>(participant);
        Ok(())
    });
}

//! Snapshots: all of a meeting at one moment.
//!
//! A snapshot is immutable: texts read from it stay valid until it is freed. Take another one to
//! see what has changed.

use std::ffi::c_char;

use once_cell::sync::OnceCell;

use super::error::VsdkError;
use super::guard;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::meeting::VsdkMeetingState;
use super::meeting_options::VsdkMode;
use super::meeting_services::{VsdkServiceKind, VsdkServiceState};
use super::out::Out;
use super::participant::{ParticipantObject, VsdkParticipant};
use super::text::{self, Text};
use crate::meeting::{MeetingSnapshot, ServiceKind};
use crate::{Error, Status};

/// All of a meeting at one moment.
pub struct VsdkMeetingSnapshot {
    _opaque: [u8; 0],
}

pub(super) struct SnapshotObject {
    snapshot: MeetingSnapshot,
    meeting_id: Text,
    participant_id: Text,
    name: Text,
    metadata: Option<Text>,
    active_speaker_id: Option<Text>,
    session_id: Option<Text>,
    /// Made when it is asked for: with many in the room it is long.
    json: OnceCell<Text>,
}

object!(SnapshotObject, MeetingSnapshot, VsdkMeetingSnapshot);

impl From<MeetingSnapshot> for SnapshotObject {
    fn from(snapshot: MeetingSnapshot) -> Self {
        Self {
            meeting_id: Text::new(snapshot.meeting_id()),
            participant_id: Text::new(snapshot.participant_id()),
            name: Text::new(snapshot.name()),
            metadata: Text::optional(snapshot.metadata_json().as_deref()),
            active_speaker_id: Text::optional(snapshot.active_speaker_id()),
            session_id: Text::optional(snapshot.session_id()),
            json: OnceCell::new(),
            snapshot,
        }
    }
}

/// Where the meeting stands.
///
/// @param[in] snapshot The snapshot.
/// @return A VSDK_MEETING_STATE_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_state(
    snapshot: *const VsdkMeetingSnapshot,
) -> VsdkMeetingState {
    guard::value(0, || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        Ok(object.snapshot.state() as VsdkMeetingState)
    })
}

/// The room's id, as it was given.
///
/// @param[in] snapshot The snapshot.
/// @return borrowed from snapshot. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_meeting_id(
    snapshot: *const VsdkMeetingSnapshot,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        Ok(object.meeting_id.pointer())
    })
}

/// The local participant's id.
///
/// @param[in] snapshot The snapshot.
/// @return borrowed from snapshot. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_participant_id(
    snapshot: *const VsdkMeetingSnapshot,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        Ok(object.participant_id.pointer())
    })
}

/// The local participant's name.
///
/// @param[in] snapshot The snapshot.
/// @return borrowed from snapshot. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_name(
    snapshot: *const VsdkMeetingSnapshot,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        Ok(object.name.pointer())
    })
}

/// Whether the microphone is wanted.
///
/// @param[in] snapshot The snapshot.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_mic_enabled(
    snapshot: *const VsdkMeetingSnapshot,
) -> i32 {
    guard::value(0, || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        Ok(i32::from(object.snapshot.mic_enabled()))
    })
}

/// Whether the camera is wanted.
///
/// @param[in] snapshot The snapshot.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_webcam_enabled(
    snapshot: *const VsdkMeetingSnapshot,
) -> i32 {
    guard::value(0, || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        Ok(i32::from(object.snapshot.webcam_enabled()))
    })
}

/// What the local participant does with media.
///
/// @param[in] snapshot The snapshot.
/// @return A VSDK_MODE_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_mode(
    snapshot: *const VsdkMeetingSnapshot,
) -> VsdkMode {
    guard::value(0, || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        Ok(object.snapshot.mode() as VsdkMode)
    })
}

/// What others read about the local participant.
///
/// @param[in] snapshot The snapshot.
/// @return borrowed from snapshot. A JSON object; NULL when there is none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_metadata_json(
    snapshot: *const VsdkMeetingSnapshot,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        Ok(text::pointer(&object.metadata))
    })
}

/// How many are in the room, the local participant included.
///
/// @param[in] snapshot The snapshot.
/// @return The number; 1 while the meeting is not joined, 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_participant_count(
    snapshot: *const VsdkMeetingSnapshot,
) -> usize {
    guard::value(0, || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        Ok(object.snapshot.participants().len())
    })
}

/// One of those who are in the room: the local participant first, then in the order in which they
/// were seen.
///
/// @param[in] snapshot The snapshot.
/// @param[in] index Which one, from 0.
/// @param[out] participant owned, free with vsdk_participant_free. The participant; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when there is no such participant.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_participant(
    snapshot: *const VsdkMeetingSnapshot,
    index: usize,
    participant: *mut *mut VsdkParticipant,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let participant = Out::new(participant, std::ptr::null_mut());
        guard::status("meeting_snapshot_participant", error, || {
            let participant = participant.required("participant")?;
            let object = handle::get::<SnapshotObject>(snapshot)?;
            let all = object.snapshot.participants();
            let found = all.get(index).ok_or_else(|| {
                Error::new(
                    Status::InvalidArgument,
                    format!(
                        "There is no participant {index} in this snapshot of {}",
                        all.len()
                    ),
                    "Ask vsdk_meeting_snapshot_participant_count() first.",
                )
            })?;
            participant.set(handle::insert(ParticipantObject::from(found.clone()))?);
            Ok(())
        })
    }
}

/// Up to which event it is: what events with greater numbers tell has happened since.
///
/// @param[in] snapshot The snapshot.
/// @return The number of the latest event when it was taken; 0 before the first, or when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_event_sequence(
    snapshot: *const VsdkMeetingSnapshot,
) -> i64 {
    guard::value(0, || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        Ok(i64::try_from(object.snapshot.event_sequence()).unwrap_or(i64::MAX))
    })
}

/// Who speaks.
///
/// @param[in] snapshot The snapshot.
/// @return borrowed from snapshot. The participant's id; NULL when nobody does.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_active_speaker_id(
    snapshot: *const VsdkMeetingSnapshot,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        Ok(text::pointer(&object.active_speaker_id))
    })
}

/// The session that the service counts this meeting to.
///
/// @param[in] snapshot The snapshot.
/// @return borrowed from snapshot. NULL before it was told.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_session_id(
    snapshot: *const VsdkMeetingSnapshot,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        Ok(text::pointer(&object.session_id))
    })
}

/// How far a service is.
///
/// @param[in] snapshot The snapshot.
/// @param[in] kind A VSDK_SERVICE_KIND_ constant.
/// @return A VSDK_SERVICE_STATE_ constant; 0 when nothing was told of it, there is no such service, or the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_service_state(
    snapshot: *const VsdkMeetingSnapshot,
    kind: VsdkServiceKind,
) -> VsdkServiceState {
    guard::value(0, || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        let state = object
            .snapshot
            .service_state(ServiceKind::from_number(kind)?);
        Ok(state.map_or(0, |state| state as VsdkServiceState))
    })
}

/// When the token's life is over.
///
/// @param[in] snapshot The snapshot.
/// @return Seconds since 1970 (UTC); -1 when it has no end.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_token_expires_at_s(
    snapshot: *const VsdkMeetingSnapshot,
) -> i64 {
    guard::value(-1, || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        Ok(object.snapshot.token_expires_at().unwrap_or(-1))
    })
}

/// All of it, also what has no getter of its own.
///
/// @param[in] snapshot The snapshot.
/// @return borrowed from snapshot. A JSON object; NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_json(
    snapshot: *const VsdkMeetingSnapshot,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<SnapshotObject>(snapshot)?;
        let json = || Text::new(&object.snapshot.to_json());
        Ok(object.json.get_or_init(json).pointer())
    })
}

/// Frees a snapshot.
///
/// @param[in] snapshot nullable, freed. The snapshot.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_meeting_snapshot_free(snapshot: *mut VsdkMeetingSnapshot) {
    guard::value((), || {
        handle::free::<SnapshotObject>(snapshot);
        Ok(())
    });
}

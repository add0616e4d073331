//! Snapshots: all of a meeting at one moment.
//!
//! A snapshot is immutable: texts read from it stay valid until it is freed. Take another one to
//! see what has changed.

use std::ffi::c_char;

use super::guard;
use super::handle::{self, object};
use super::meeting::VsdkMeetingState;
use super::meeting_options::VsdkMode;
use super::text::{self, Text};
use crate::meeting::MeetingSnapshot;

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
    json: Text,
}

object!(SnapshotObject, MeetingSnapshot, VsdkMeetingSnapshot);

impl From<MeetingSnapshot> for SnapshotObject {
    fn from(snapshot: MeetingSnapshot) -> Self {
        Self {
            meeting_id: Text::new(snapshot.meeting_id()),
            participant_id: Text::new(snapshot.participant_id()),
            name: Text::new(snapshot.name()),
            metadata: Text::optional(snapshot.metadata_json().as_deref()),
            json: Text::new(&snapshot.to_json()),
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
        Ok(object.json.pointer())
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

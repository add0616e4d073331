//! Events: what a meeting tells.
//!
//! An event is immutable: what is read from it stays valid until it is freed, or, in an event
//! handler, until the handler returns.

use once_cell::sync::OnceCell;
use std::ffi::c_char;
use std::sync::Arc;

use super::error::VsdkError;
use super::guard;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::out::Out;
use super::text::{self, Text};
use crate::meeting::Event;

/// What kind of event it is. Ignore those that are unknown.
pub type VsdkEventType = i32;
/// The meeting is in another state.
///
/// - When: after each change of state; the first is that of vsdk_init_meeting, the last the end.
/// - code: the new state, a VSDK_MEETING_STATE_ constant.
/// - text: its name, e.g. `INITIALISED`.
/// - status: why it ended, a VSDK_STATUS_ constant, when the app did not ask for it; else 0.
/// - participant_id: the participant that the meeting joins as.
pub const VSDK_EVENT_TYPE_STATE_CHANGED: VsdkEventType = 1;
/// The token works, but not for long or not as one would think.
///
/// - When: once for each warning, behind the first event of a meeting and after each
///   vsdk_meeting_set_token.
/// - code: the finding, a VSDK_TOKEN_FINDING_ constant.
/// - text: what it is, and what to do about it.
/// - participant_id: the participant that the meeting joins as.
/// - json: `finding` is its name, a text.
pub const VSDK_EVENT_TYPE_TOKEN_WARNING: VsdkEventType = 2;
/// The token's life is over in a minute or less. Hand in a fresh one with vsdk_meeting_set_token.
///
/// - When: 60 seconds before the end, once for each token; at once when less is left of it.
/// - code: the time left, in seconds.
/// - text: the same in words.
/// - participant_id: the participant that the meeting joins as.
/// - json: `expiresAt` is the end, in seconds since 1970 (UTC).
pub const VSDK_EVENT_TYPE_TOKEN_EXPIRING: VsdkEventType = 3;
/// Events were lost because they were not read in time. Read the snapshot again.
///
/// - When: behind the events that waited before the loss, as soon as there is room for it.
/// - code: how many were lost.
/// - json: `lost` is the same number, without an upper limit.
pub const VSDK_EVENT_TYPE_OVERFLOW: VsdkEventType = 4;

/// One event of a meeting.
pub struct VsdkEvent {
    _opaque: [u8; 0],
}

pub(super) struct EventObject {
    event: Arc<Event>,
    name: Text,
    participant_id: Option<Text>,
    track_id: Option<Text>,
    text: Option<Text>,
    /// Made when it is asked for: most events are never read as JSON.
    json: OnceCell<Text>,
}

object!(EventObject, Event, VsdkEvent);

impl From<Arc<Event>> for EventObject {
    fn from(event: Arc<Event>) -> Self {
        Self {
            name: Text::new(event.kind().name()),
            participant_id: Text::optional(event.participant_id()),
            track_id: Text::optional(event.track_id()),
            text: Text::optional(event.text()),
            json: OnceCell::new(),
            event,
        }
    }
}

/// What kind of event it is.
///
/// @param[in] event The event.
/// @return A VSDK_EVENT_TYPE_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_type(event: *const VsdkEvent) -> VsdkEventType {
    guard::value(0, || {
        let object = handle::get::<EventObject>(event)?;
        Ok(object.event.kind() as VsdkEventType)
    })
}

/// The stable name of its type, e.g. "STATE_CHANGED".
///
/// @param[in] event The event.
/// @return borrowed from event. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_type_name(event: *const VsdkEvent) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<EventObject>(event)?;
        Ok(object.name.pointer())
    })
}

/// Its number in the order of this meeting's events, from 1. A gap means lost events.
///
/// @param[in] event The event.
/// @return The number; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_sequence(event: *const VsdkEvent) -> i64 {
    guard::value(0, || {
        let object = handle::get::<EventObject>(event)?;
        Ok(i64::try_from(object.event.sequence()).unwrap_or(i64::MAX))
    })
}

/// When it happened.
///
/// @param[in] event The event.
/// @return Milliseconds since 1970 (UTC); 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_time_ms(event: *const VsdkEvent) -> i64 {
    guard::value(0, || {
        let object = handle::get::<EventObject>(event)?;
        Ok(object.event.time_ms())
    })
}

/// Whom it is about or from.
///
/// @param[in] event The event.
/// @return borrowed from event. NULL when it is about nobody.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_participant_id(event: *const VsdkEvent) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<EventObject>(event)?;
        Ok(text::pointer(&object.participant_id))
    })
}

/// Which track it is about.
///
/// @param[in] event The event.
/// @return borrowed from event. NULL when it is about none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_track_id(event: *const VsdkEvent) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<EventObject>(event)?;
        Ok(text::pointer(&object.track_id))
    })
}

/// A number whose meaning depends on the type.
///
/// @param[in] event The event.
/// @return The number; 0 when there is none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_code(event: *const VsdkEvent) -> i32 {
    guard::value(0, || {
        let object = handle::get::<EventObject>(event)?;
        Ok(object.event.code())
    })
}

/// A text whose meaning depends on the type.
///
/// @param[in] event The event.
/// @return borrowed from event. NULL when there is none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_text(event: *const VsdkEvent) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<EventObject>(event)?;
        Ok(text::pointer(&object.text))
    })
}

/// The failure behind it.
///
/// @param[in] event The event.
/// @return A VSDK_STATUS_ constant; 0 when there is none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_status(event: *const VsdkEvent) -> VsdkStatus {
    guard::value(0, || {
        let object = handle::get::<EventObject>(event)?;
        Ok(object.event.status().map_or(0, crate::Status::code))
    })
}

/// Bytes whose meaning depends on the type; mostly none.
///
/// @param[in] event The event.
/// @param[out] payload borrowed from event. The bytes; NULL when there are none.
/// @param[out] length Their number.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_payload(
    event: *const VsdkEvent,
    payload: *mut *const u8,
    length: *mut usize,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let (payload, length) = (Out::new(payload, std::ptr::null()), Out::new(length, 0));
        guard::status("event_payload", error, || {
            let (payload, length) = (payload.required("payload")?, length.required("length")?);
            let object = handle::get::<EventObject>(event)?;
            let bytes = object.event.payload();
            if !bytes.is_empty() {
                payload.set(bytes.as_ptr());
            }
            length.set(bytes.len());
            Ok(())
        })
    }
}

/// All of it, also what has no getter of its own.
///
/// @param[in] event The event.
/// @return borrowed from event. A JSON object; NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_json(event: *const VsdkEvent) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<EventObject>(event)?;
        Ok(object
            .json
            .get_or_init(|| Text::new(&object.event.to_json()))
            .pointer())
    })
}

/// Frees an event that was read with vsdk_meeting_next_event.
///
/// @param[in] event nullable, freed. The event.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_free(event: *mut VsdkEvent) {
    guard::value((), || {
        handle::free::<EventObject>(event);
        Ok(())
    });
}

//! How a message is published.

use std::ffi::c_char;
use std::sync::Mutex;

use super::error::VsdkError;
use super::handle::{self, object};
use super::library::{self, VsdkStatus};
use super::{guard, text};
use crate::Result;
use crate::meeting::PublishOptions;
use crate::runtime::lock;

/// How a message is published.
pub struct VsdkPublishOptions {
    _opaque: [u8; 0],
}

#[derive(Default)]
struct PublishOptionsObject(Mutex<PublishOptions>);

object!(PublishOptionsObject, PublishOptions, VsdkPublishOptions);

/// The options behind a handle that may be NULL.
pub(super) fn resolve(options: *const VsdkPublishOptions) -> Result<PublishOptions> {
    if options.is_null() {
        return Ok(PublishOptions::default());
    }
    let object = handle::get::<PublishOptionsObject>(options)?;
    let options = lock(&object.0).clone();
    Ok(options)
}

/// To everybody who has subscribed, kept for nobody.
///
/// @return owned, free with vsdk_publish_options_free. NULL when no more handles can be made.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_publish_options_new() -> *mut VsdkPublishOptions {
    guard::value(std::ptr::null_mut(), || {
        handle::insert(PublishOptionsObject::default())
    })
}

/// Whether those who subscribe later get the message as well.
///
/// @param[in] options The options.
/// @param[in] persist 1 or 0 (the default).
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_publish_options_set_persist(
    options: *mut VsdkPublishOptions,
    persist: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::change::<PublishOptionsObject>(
            "publish_options_set_persist",
            options,
            error,
            |object| {
                let persist = library::flag(persist, "persist")?;
                lock(&object.0).set_persist(persist);
                Ok(())
            },
        )
    }
}

/// Sends the message only to this participant and to others that are added; without any it goes
/// to everybody.
///
/// @param[in] options The options.
/// @param[in] participant_id The participant's id.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_publish_options_add_send_only(
    options: *mut VsdkPublishOptions,
    participant_id: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<PublishOptionsObject>(
            "publish_options_add_send_only",
            options,
            error,
            |object| {
                let id = text::required(participant_id, "participant_id")?;
                lock(&object.0).add_send_only(id)?;
                Ok(())
            },
        )
    }
}

/// What goes with the message.
///
/// @param[in] options The options.
/// @param[in] payload_json nullable. A JSON object; NULL for none.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when it is no JSON object.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_publish_options_set_payload_json(
    options: *mut VsdkPublishOptions,
    payload_json: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<PublishOptionsObject>(
            "publish_options_set_payload_json",
            options,
            error,
            |object| {
                let json = text::optional(payload_json, "payload_json")?;
                lock(&object.0).set_payload_json(json)?;
                Ok(())
            },
        )
    }
}

/// Frees the options.
///
/// @param[in] options nullable, freed. The options.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_publish_options_free(options: *mut VsdkPublishOptions) {
    guard::value((), || {
        handle::free::<PublishOptionsObject>(options);
        Ok(())
    });
}

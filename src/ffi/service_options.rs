//! What a service of a meeting is started with.
//!
//! What is not set, the service decides. An option that the service of that kind does not know is
//! refused when it is started.

use std::ffi::c_char;
use std::sync::Mutex;

use super::error::VsdkError;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::{guard, text};
use crate::meeting::{
    Layout, LayoutPriority, Orientation, ServiceContent, ServiceOptions, ServiceQuality, Theme,
};
use crate::runtime::lock;
use crate::{Error, Result, Status};

/// How participants are arranged in a recording or stream.
pub type VsdkLayout = i32;
/// All are equally large.
pub const VSDK_LAYOUT_GRID: VsdkLayout = 1;
/// One is large, nobody else is seen.
pub const VSDK_LAYOUT_SPOTLIGHT: VsdkLayout = 2;
/// One is large, the others are beside it.
pub const VSDK_LAYOUT_SIDEBAR: VsdkLayout = 3;

/// Who comes first in a layout.
pub type VsdkLayoutPriority = i32;
/// Who speaks.
pub const VSDK_LAYOUT_PRIORITY_SPEAKER: VsdkLayoutPriority = 1;
/// Who is pinned.
pub const VSDK_LAYOUT_PRIORITY_PIN: VsdkLayoutPriority = 2;

/// The colours of a recording or stream.
pub type VsdkTheme = i32;
/// Those of the service.
pub const VSDK_THEME_DEFAULT: VsdkTheme = 1;
/// Light ones.
pub const VSDK_THEME_LIGHT: VsdkTheme = 2;
/// Dark ones.
pub const VSDK_THEME_DARK: VsdkTheme = 3;

/// What is recorded or streamed.
pub type VsdkServiceContent = i32;
/// Picture and sound.
pub const VSDK_SERVICE_CONTENT_VIDEO_AND_AUDIO: VsdkServiceContent = 1;
/// Sound only.
pub const VSDK_SERVICE_CONTENT_AUDIO: VsdkServiceContent = 2;

/// How good a recording or stream is.
pub type VsdkServiceQuality = i32;
/// Low.
pub const VSDK_SERVICE_QUALITY_LOW: VsdkServiceQuality = 1;
/// Medium.
pub const VSDK_SERVICE_QUALITY_MEDIUM: VsdkServiceQuality = 2;
/// High.
pub const VSDK_SERVICE_QUALITY_HIGH: VsdkServiceQuality = 3;
/// The highest; known from the REST interface alone.
pub const VSDK_SERVICE_QUALITY_ULTRA: VsdkServiceQuality = 4;

/// Which way up a recording or stream is; known from the REST interface alone.
pub type VsdkOrientation = i32;
/// Wider than high.
pub const VSDK_ORIENTATION_LANDSCAPE: VsdkOrientation = 1;
/// Higher than wide.
pub const VSDK_ORIENTATION_PORTRAIT: VsdkOrientation = 2;

/// What a service is started with.
pub struct VsdkServiceOptions {
    _opaque: [u8; 0],
}

#[derive(Default)]
struct ServiceOptionsObject(Mutex<ServiceOptions>);

object!(ServiceOptionsObject, ServiceOptions, VsdkServiceOptions);

/// The options behind a handle that may be NULL.
pub(super) fn resolve(options: *const VsdkServiceOptions) -> Result<ServiceOptions> {
    if options.is_null() {
        return Ok(ServiceOptions::default());
    }
    let object = handle::get::<ServiceOptionsObject>(options)?;
    let options = lock(&object.0).clone();
    Ok(options)
}

/// As the service decides.
///
/// @return owned, free with vsdk_service_options_free. NULL when no more handles can be made.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_service_options_new() -> *mut VsdkServiceOptions {
    guard::value(std::ptr::null_mut(), || {
        handle::insert(ServiceOptionsObject::default())
    })
}

/// How participants are arranged: recording, livestream and HLS.
///
/// @param[in] options The options.
/// @param[in] layout A VSDK_LAYOUT_ constant.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_service_options_set_layout(
    options: *mut VsdkServiceOptions,
    layout: VsdkLayout,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ServiceOptionsObject>(
            "service_options_set_layout",
            options,
            error,
            |object| {
                let layout = Layout::from_number(layout)?;
                lock(&object.0).set_layout(Some(layout));
                Ok(())
            },
        )
    }
}

/// Who comes first in the layout: recording, livestream and HLS.
///
/// @param[in] options The options.
/// @param[in] layout_priority A VSDK_LAYOUT_PRIORITY_ constant.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_service_options_set_layout_priority(
    options: *mut VsdkServiceOptions,
    layout_priority: VsdkLayoutPriority,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ServiceOptionsObject>(
            "service_options_set_layout_priority",
            options,
            error,
            |object| {
                let layout_priority = LayoutPriority::from_number(layout_priority)?;
                lock(&object.0).set_layout_priority(Some(layout_priority));
                Ok(())
            },
        )
    }
}

/// How many participants are seen at most: recording, livestream and HLS.
///
/// @param[in] options The options.
/// @param[in] participants From 1; the service has its own limit.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_service_options_set_grid_size(
    options: *mut VsdkServiceOptions,
    participants: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ServiceOptionsObject>(
            "service_options_set_grid_size",
            options,
            error,
            |object| {
                let participants = u32::try_from(participants)
                    .ok()
                    .filter(|number| *number > 0)
                    .ok_or_else(|| {
                        Error::new(
                            Status::InvalidArgument,
                            format!("`participants` is {participants}"),
                            "Pass a number from 1.",
                        )
                    })?;
                lock(&object.0).set_grid_size(Some(participants));
                Ok(())
            },
        )
    }
}

/// The colours: recording, livestream and HLS.
///
/// @param[in] options The options.
/// @param[in] theme A VSDK_THEME_ constant.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_service_options_set_theme(
    options: *mut VsdkServiceOptions,
    theme: VsdkTheme,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ServiceOptionsObject>(
            "service_options_set_theme",
            options,
            error,
            |object| {
                let theme = Theme::from_number(theme)?;
                lock(&object.0).set_theme(Some(theme));
                Ok(())
            },
        )
    }
}

/// Whether there is a picture: recording, livestream and HLS.
///
/// @param[in] options The options.
/// @param[in] content A VSDK_SERVICE_CONTENT_ constant.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_service_options_set_content(
    options: *mut VsdkServiceOptions,
    content: VsdkServiceContent,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ServiceOptionsObject>(
            "service_options_set_content",
            options,
            error,
            |object| {
                let content = ServiceContent::from_number(content)?;
                lock(&object.0).set_content(Some(content));
                Ok(())
            },
        )
    }
}

/// How good it is: recording, livestream and HLS.
///
/// @param[in] options The options.
/// @param[in] quality A VSDK_SERVICE_QUALITY_ constant.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_service_options_set_quality(
    options: *mut VsdkServiceOptions,
    quality: VsdkServiceQuality,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ServiceOptionsObject>(
            "service_options_set_quality",
            options,
            error,
            |object| {
                let quality = ServiceQuality::from_number(quality)?;
                lock(&object.0).set_quality(Some(quality));
                Ok(())
            },
        )
    }
}

/// Which way up it is: recording, livestream and HLS.
///
/// @param[in] options The options.
/// @param[in] orientation A VSDK_ORIENTATION_ constant.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_service_options_set_orientation(
    options: *mut VsdkServiceOptions,
    orientation: VsdkOrientation,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ServiceOptionsObject>(
            "service_options_set_orientation",
            options,
            error,
            |object| {
                let orientation = Orientation::from_number(orientation)?;
                lock(&object.0).set_orientation(Some(orientation));
                Ok(())
            },
        )
    }
}

/// Where a livestream goes, one more with each call. A livestream needs at least one.
///
/// @param[in] options The options.
/// @param[in] url The URL of the platform, as it gave it.
/// @param[in] stream_key The key that it gave: a secret.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_service_options_add_output(
    options: *mut VsdkServiceOptions,
    url: *const c_char,
    stream_key: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ServiceOptionsObject>(
            "service_options_add_output",
            options,
            error,
            |object| {
                let (url, stream_key) = (
                    text::required(url, "url")?,
                    text::required(stream_key, "stream_key")?,
                );
                lock(&object.0).add_output(url, stream_key)?;
                Ok(())
            },
        )
    }
}

/// The URL that the service calls when something happens: recording and transcription.
///
/// @param[in] options The options.
/// @param[in] webhook_url nullable. The URL; NULL for none.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_service_options_set_webhook_url(
    options: *mut VsdkServiceOptions,
    webhook_url: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ServiceOptionsObject>(
            "service_options_set_webhook_url",
            options,
            error,
            |object| {
                let webhook_url = text::optional(webhook_url, "webhook_url")?;
                lock(&object.0).set_webhook_url(webhook_url)?;
                Ok(())
            },
        )
    }
}

/// The language that is spoken: transcription.
///
/// @param[in] options The options.
/// @param[in] language nullable. E.g. "en"; NULL for the service's choice.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_service_options_set_language(
    options: *mut VsdkServiceOptions,
    language: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ServiceOptionsObject>(
            "service_options_set_language",
            options,
            error,
            |object| {
                let language = text::optional(language, "language")?;
                lock(&object.0).set_language(language)?;
                Ok(())
            },
        )
    }
}

/// All else, as the service names it. What was set by name goes before it.
///
/// @param[in] options The options.
/// @param[in] json nullable. A JSON object; NULL for none.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_service_options_set_json(
    options: *mut VsdkServiceOptions,
    json: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and for `error`.
    unsafe {
        guard::change::<ServiceOptionsObject>(
            "service_options_set_json",
            options,
            error,
            |object| {
                let json = text::optional(json, "json")?;
                lock(&object.0).set_json(json)?;
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
pub unsafe extern "C" fn vsdk_service_options_free(options: *mut VsdkServiceOptions) {
    guard::value((), || {
        handle::free::<ServiceOptionsObject>(options);
        Ok(())
    });
}

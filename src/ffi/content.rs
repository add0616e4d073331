//! Content: a text or bytes that a call results in.
//!
//! The address of a file that was uploaded, a file that was fetched, a value of the store. It is
//! immutable: what is read from it stays valid until it is freed.

use std::ffi::c_char;

use super::error::VsdkError;
use super::guard;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::out::Out;
use super::text::Text;

/// A text or bytes.
pub struct VsdkContent {
    _opaque: [u8; 0],
}

pub(super) struct ContentObject {
    bytes: Vec<u8>,
    text: Option<Text>,
}

object!(ContentObject, Content, VsdkContent);

impl From<Vec<u8>> for ContentObject {
    fn from(bytes: Vec<u8>) -> Self {
        let text = std::str::from_utf8(&bytes).ok().map(Text::new);
        Self { bytes, text }
    }
}

impl From<String> for ContentObject {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

/// It as a text.
///
/// @param[in] content The content.
/// @return borrowed from content. NULL when it is not UTF-8.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_content_text(content: *const VsdkContent) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ContentObject>(content)?;
        Ok(super::text::pointer(&object.text))
    })
}

/// It as bytes.
///
/// @param[in] content The content.
/// @param[out] bytes borrowed from content. The bytes; NULL when there are none.
/// @param[out] length Their number.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_content_bytes(
    content: *const VsdkContent,
    bytes: *mut *const u8,
    length: *mut usize,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let (bytes, length) = (Out::new(bytes, std::ptr::null()), Out::new(length, 0));
        guard::status("content_bytes", error, || {
            let (bytes, length) = (bytes.required("bytes")?, length.required("length")?);
            let object = handle::get::<ContentObject>(content)?;
            if !object.bytes.is_empty() {
                bytes.set(object.bytes.as_ptr());
            }
            length.set(object.bytes.len());
            Ok(())
        })
    }
}

/// Frees a content.
///
/// @param[in] content nullable, freed. The content.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_content_free(content: *mut VsdkContent) {
    guard::value((), || {
        handle::free::<ContentObject>(content);
        Ok(())
    });
}

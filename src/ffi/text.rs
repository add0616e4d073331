//! Text across the boundary: NUL-terminated UTF-8 in, borrowed C strings out.

use std::ffi::{CStr, CString, c_char};
use std::ptr;
use std::sync::OnceLock;

use crate::{Error, Result, Status};

/// A text that must be there.
///
/// # Safety
///
/// `pointer` is NULL or points to a NUL-terminated string that lives through the call.
pub(super) unsafe fn required<'call>(pointer: *const c_char, name: &str) -> Result<&'call str> {
    // SAFETY: the same contract.
    unsafe { optional(pointer, name) }?.ok_or_else(|| null(name))
}

/// A text that may be NULL.
///
/// # Safety
///
/// `pointer` is NULL or points to a NUL-terminated string that lives through the call.
pub(super) unsafe fn optional<'call>(
    pointer: *const c_char,
    name: &str,
) -> Result<Option<&'call str>> {
    if pointer.is_null() {
        return Ok(None);
    }
    // SAFETY: not NULL, and the caller vouches for the rest.
    let text = unsafe { CStr::from_ptr(pointer) };
    check(text.to_bytes(), name).map(Some)
}

/// Bytes that have to be a text.
pub(super) fn check<'call>(bytes: &'call [u8], name: &str) -> Result<&'call str> {
    std::str::from_utf8(bytes).map_err(|error| {
        Error::new(
            Status::InvalidUtf8,
            format!(
                "`{name}` is not UTF-8: its byte {} is wrong",
                error.valid_up_to()
            ),
            "Convert the text to UTF-8 before the call.",
        )
    })
}

/// The error of a required pointer that is NULL.
pub(super) fn null(name: &str) -> Error {
    Error::new(
        Status::NullPointer,
        format!("`{name}` is NULL"),
        "Pass a valid pointer; the header says which parameters may be NULL.",
    )
}

/// A text that its object lends out.
#[derive(Clone, Debug, Default)]
pub(super) struct Text(CString);

impl Text {
    pub(super) fn new(text: &str) -> Self {
        // C text ends at the first NUL; one inside is shown instead of cutting the rest off.
        Self(
            CString::new(text).unwrap_or_else(|_| {
                CString::new(text.replace('\0', "\u{fffd}")).unwrap_or_default()
            }),
        )
    }

    pub(super) fn optional(text: Option<&str>) -> Option<Self> {
        text.map(Self::new)
    }

    pub(super) fn pointer(&self) -> *const c_char {
        self.0.as_ptr()
    }
}

/// The pointer to lend out, NULL for an absent text.
pub(super) fn pointer(text: &Option<Text>) -> *const c_char {
    text.as_ref().map_or(ptr::null(), Text::pointer)
}

/// A text that its object makes when it is first asked for, and lends out.
#[derive(Debug, Default)]
pub(super) struct LentText(OnceLock<Text>);

impl LentText {
    /// The pointer to lend out, NULL for an absent text. Every call gives the same text.
    pub(super) fn pointer(&self, text: Option<&str>) -> *const c_char {
        text.map_or(ptr::null(), |text| {
            self.0.get_or_init(|| Text::new(text)).pointer()
        })
    }
}

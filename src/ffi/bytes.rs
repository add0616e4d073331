//! Bytes and samples across the boundary: a pointer and a length.

use super::text;
use crate::{Error, Result, Status};

/// Nobody has more samples in one buffer: a second in stereo at the highest rate. A length beyond
/// that is a mistake, and nothing is touched.
const MOST_SAMPLES: usize = 2 * 192_000;

/// The bytes of a payload; `(NULL, 0)` has none.
///
/// # Safety
///
/// `bytes` is NULL or points to `length` bytes that live through the call.
pub(super) unsafe fn of<'call>(bytes: *const u8, length: usize, name: &str) -> Result<&'call [u8]> {
    if length == 0 {
        return Ok(&[]);
    }
    if bytes.is_null() {
        return Err(text::null(name));
    }
    // SAFETY: not NULL, and the caller vouches for the rest.
    Ok(unsafe { std::slice::from_raw_parts(bytes, length) })
}

/// The samples of a buffer; `(NULL, 0)` has none.
///
/// # Safety
///
/// `samples` is NULL or points to `count` samples that live through the call.
pub(super) unsafe fn samples<'call, T>(
    samples: *const T,
    count: usize,
    name: &str,
) -> Result<&'call [T]> {
    if count == 0 {
        return Ok(&[]);
    }
    check_samples(samples, count, name)?;
    // SAFETY: not NULL, aligned, of a sane size, and the caller vouches for the rest.
    Ok(unsafe { std::slice::from_raw_parts(samples, count) })
}

/// A buffer for samples, which has to be there.
///
/// # Safety
///
/// `samples` is NULL or points to `count` initialised samples that are writable through the call.
pub(super) unsafe fn samples_mut<'call, T>(
    samples: *mut T,
    count: usize,
    name: &str,
) -> Result<&'call mut [T]> {
    check_samples(samples, count, name)?;
    // SAFETY: not NULL, aligned, of a sane size, and the caller vouches for the rest.
    Ok(unsafe { std::slice::from_raw_parts_mut(samples, count) })
}

/// Leaves silence in a buffer, so that no way out of the function leaves it as it was.
///
/// # Safety
///
/// `samples` is NULL or points to `count` samples that are writable through the call.
pub(super) unsafe fn clear<T>(samples: *mut T, count: usize) {
    if check_samples(samples, count, "").is_ok() {
        // SAFETY: not NULL, of a sane size, and the caller vouches for the rest. Zero bytes are a
        // sample of silence of every kind.
        unsafe { samples.write_bytes(0, count) };
    }
}

fn check_samples<T>(samples: *const T, count: usize, name: &str) -> Result<()> {
    if samples.is_null() {
        return Err(text::null(name));
    }
    let wrong = |text: String, remedy: &str| Err(Error::new(Status::InvalidArgument, text, remedy));
    if count > MOST_SAMPLES {
        return wrong(
            format!("`{name}` has {count} samples, more than a second of sound"),
            "Move at most a second in one call; 10 or 20 milliseconds are usual.",
        );
    }
    if !samples.is_aligned() {
        return wrong(
            format!("`{name}` begins at an odd address"),
            "Use an array of samples, or one that the allocator gave.",
        );
    }
    Ok(())
}

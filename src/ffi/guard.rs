//! What stands around the body of every exported function: no panic, no forked child, and no
//! forgotten error gets past it.

use super::error::{self, VsdkError};
use super::handle::{self, Object};
use super::library::{VSDK_STATUS_OK, VsdkStatus};
use super::out::Out;
use super::process;
use crate::runtime::{is_forked_child, panics};
use crate::{Error, Result, Status};

/// Runs the body of a function that can fail.
///
/// # Safety
///
/// `error` is NULL or points to memory that is writable through the call.
pub(super) unsafe fn status(
    operation: &'static str,
    error: *mut *mut VsdkError,
    body: impl FnOnce() -> Result<()>,
) -> VsdkStatus {
    // SAFETY: the same contract.
    unsafe { informed(operation, error, || body().map(|()| VSDK_STATUS_OK)) }
}

/// Runs the body of a setter: the object behind the handle is found first.
///
/// # Safety
///
/// `error` is NULL or points to memory that is writable through the call.
pub(super) unsafe fn change<T: Object>(
    operation: &'static str,
    object: *const T::Handle,
    error: *mut *mut VsdkError,
    body: impl FnOnce(&T) -> Result<()>,
) -> VsdkStatus {
    // SAFETY: the same contract.
    unsafe { status(operation, error, || body(&*handle::get::<T>(object)?)) }
}

/// Like [`status`], for a function that also has positive statuses.
///
/// # Safety
///
/// `error` is NULL or points to memory that is writable through the call.
pub(super) unsafe fn informed(
    operation: &'static str,
    error: *mut *mut VsdkError,
    body: impl FnOnce() -> Result<VsdkStatus>,
) -> VsdkStatus {
    // SAFETY: the same contract.
    let error = unsafe { Out::new(error, std::ptr::null_mut()) };
    if is_forked_child() {
        // Another thread of the parent may have held any lock when it forked: touch none.
        if let Some(place) = error.optional() {
            place.set(error::forked_handle());
        }
        return Status::Forked.code();
    }
    match caught(body) {
        Ok(Ok(status)) => status,
        Ok(Err(failure)) | Err(failure) => failed(failure.during(operation), error),
    }
}

/// Runs the body of a function that answers with a value: `absent` for every kind of failure.
pub(super) fn value<T>(absent: T, body: impl FnOnce() -> Result<T>) -> T {
    if is_forked_child() {
        return absent;
    }
    match caught(body) {
        Ok(Ok(value)) => value,
        _ => absent,
    }
}

fn failed(failure: Error, error: Out<*mut VsdkError>) -> VsdkStatus {
    let status = failure.status().code();
    if let Some(place) = error.optional()
        && let Ok(Ok(handle)) = caught(|| error::insert(failure))
    {
        place.set(handle);
    }
    status
}

fn caught<T>(body: impl FnOnce() -> T) -> Result<T> {
    process::prepare();
    panics::caught(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ptr;

    #[test]
    fn a_panic_becomes_a_status_with_its_message_and_place() {
        let mut error = ptr::null_mut();
        // SAFETY: `error` is a local variable.
        let status = unsafe { status("test", &raw mut error, || panic!("number {}", 7)) };
        assert_eq!(status, Status::Panic.code());
        let failure = error::get(error).unwrap();
        assert!(failure.error.message().contains("number 7"));
        assert!(failure.error.message().contains("guard.rs:"));
        assert_eq!(failure.error.operation(), "test");
        error::free(error);
    }

    #[test]
    fn a_panic_in_a_getter_answers_the_absent_value() {
        assert_eq!(value(5, || panic!("never seen")), 5);
        assert_eq!(value(5, || Ok(6)), 6);
    }
}

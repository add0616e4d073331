//! Plain structs across the boundary: each begins with its size as the caller was compiled with it,
//! so that a later version can add fields behind those of this one.

use std::mem::size_of;

use super::text;
use crate::{Error, Result, Status};

/// A plain struct of the header.
///
/// # Safety
///
/// It is `repr(C)`, its first field is its size as a `usize`, every bit pattern is a value of it,
/// and it has no padding.
pub(super) unsafe trait Structure: Copy {
    /// What it is called in messages, e.g. `VsdkEncodedFrame`.
    const NAME: &'static str;
    /// The macro for its first state.
    const INITIALISER: &'static str;
    /// All fields 0, but for the size, which is the caller's.
    fn empty(struct_size: usize) -> Self;
}

/// A struct that goes in. Of a larger one, from a later header, what this version does not know is
/// left alone.
///
/// # Safety
///
/// `pointer` is NULL or points to a struct of as many bytes as its first field says, readable
/// through the call.
pub(super) unsafe fn read<T: Structure>(pointer: *const T, name: &str) -> Result<T> {
    // SAFETY: the same contract.
    unsafe { check_size(pointer, name)? };
    // SAFETY: it is there, and has at least as many bytes as this version reads.
    Ok(unsafe { pointer.read_unaligned() })
}

/// A struct that results come in.
pub(super) struct Filled<T> {
    place: *mut T,
}

impl<T: Structure> Filled<T> {
    /// Clears it at once, so that no way out of the function leaves it as it was.
    ///
    /// # Safety
    ///
    /// `place` is NULL or points to a struct of as many bytes as its first field says, writable
    /// through the call.
    pub(super) unsafe fn new(place: *mut T) -> Self {
        // SAFETY: the same contract.
        if let Ok(size) = unsafe { check_size(place, "") } {
            // SAFETY: it is there, and has at least as many bytes as this version writes.
            unsafe { place.write_unaligned(T::empty(size)) };
        }
        Self { place }
    }

    /// The same for a place that need not be there.
    ///
    /// # Safety
    ///
    /// As for [`Self::new`].
    pub(super) unsafe fn optional(place: *mut T) -> Option<Self> {
        // SAFETY: the same contract.
        (!place.is_null()).then(|| unsafe { Self::new(place) })
    }

    /// The struct, which must be there and as large as that of this version.
    ///
    /// # Safety
    ///
    /// As for [`Self::new`].
    pub(super) unsafe fn required(self, name: &str) -> Result<FilledPlace<T>> {
        // SAFETY: the same contract.
        let size = unsafe { check_size(self.place, name)? };
        Ok(FilledPlace {
            place: self.place,
            size,
        })
    }
}

/// A struct that is there.
pub(super) struct FilledPlace<T> {
    place: *mut T,
    size: usize,
}

impl<T: Structure> FilledPlace<T> {
    /// Sets the fields of an empty struct of the caller's size.
    pub(super) fn set(self, change: impl FnOnce(&mut T)) {
        let mut value = T::empty(self.size);
        change(&mut value);
        // SAFETY: checked in `required`, whose contract lasts through the call.
        unsafe { self.place.write_unaligned(value) };
    }
}

/// # Safety
///
/// `pointer` is NULL or points to a struct whose first field is readable.
unsafe fn check_size<T: Structure>(pointer: *const T, name: &str) -> Result<usize> {
    if pointer.is_null() {
        return Err(text::null(name));
    }
    // SAFETY: not NULL, and the first field is the size.
    let size = unsafe { pointer.cast::<usize>().read_unaligned() };
    if size < size_of::<T>() {
        return Err(Error::new(
            Status::InvalidArgument,
            format!(
                "`{name}` says that it has {size} bytes; a {} has {}",
                T::NAME,
                size_of::<T>()
            ),
            format!("Set it to {} before anything else.", T::INITIALISER),
        ));
    }
    Ok(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq)]
    #[repr(C)]
    struct Answer {
        struct_size: usize,
        number: i64,
    }

    // SAFETY: as the trait demands.
    unsafe impl Structure for Answer {
        const NAME: &'static str = "Answer";
        const INITIALISER: &'static str = "ANSWER_INIT";

        fn empty(struct_size: usize) -> Self {
            Self {
                struct_size,
                number: 0,
            }
        }
    }

    /// As a later version might have it.
    #[repr(C)]
    struct Larger {
        known: Answer,
        unknown: i64,
    }

    fn answer(struct_size: usize) -> Answer {
        Answer {
            struct_size,
            number: 42,
        }
    }

    #[test]
    fn one_that_is_too_small_is_neither_read_nor_written() {
        let mut small = answer(size_of::<Answer>() - 1);
        // SAFETY: it is larger than it says.
        unsafe {
            let error = read(&raw const small, "small").unwrap_err();
            assert_eq!(error.status(), Status::InvalidArgument);
            assert!(
                error
                    .message()
                    .contains("`small` says that it has 15 bytes")
            );
            assert!(error.remedy().contains("ANSWER_INIT"));
            assert!(Filled::new(&raw mut small).required("small").is_err());
        }
        assert_eq!(small.number, 42);
        // SAFETY: NULL is allowed.
        let error = unsafe { read::<Answer>(std::ptr::null(), "none").unwrap_err() };
        assert_eq!(error.status(), Status::NullPointer);
    }

    #[test]
    fn of_a_larger_one_only_what_is_known_is_touched() {
        let mut larger = Larger {
            known: answer(size_of::<Larger>()),
            unknown: 7,
        };
        let place = (&raw mut larger).cast::<Answer>();
        // SAFETY: it has as many bytes as it says.
        unsafe {
            assert_eq!(read(place, "larger").unwrap().number, 42);
            let filled = Filled::new(place);
            assert_eq!((*place).number, 0, "cleared at once");
            filled
                .required("larger")
                .unwrap()
                .set(|answer| answer.number = 5);
        }
        assert_eq!((larger.known.number, larger.unknown), (5, 7));
        assert_eq!(larger.known.struct_size, size_of::<Larger>());
    }
}

//! Out-parameters: always written, NULL or 0 unless the call succeeds.

use crate::Result;
use crate::ffi::text;

/// Where a result goes.
pub(super) struct Out<T> {
    place: *mut T,
}

impl<T: Copy> Out<T> {
    /// Clears the place at once, so that no way out of the function leaves it as it was.
    ///
    /// # Safety
    ///
    /// `place` is NULL or points to memory that is writable through the call.
    pub(super) unsafe fn new(place: *mut T, empty: T) -> Self {
        if !place.is_null() {
            // SAFETY: not NULL, and the caller vouches for the rest.
            unsafe { place.write(empty) };
        }
        Self { place }
    }

    /// The place, which must not be NULL.
    pub(super) fn required(self, name: &str) -> Result<Place<T>> {
        self.optional().ok_or_else(|| text::null(name))
    }

    /// The place, or nothing where the caller does not want the result.
    pub(super) fn optional(self) -> Option<Place<T>> {
        (!self.place.is_null()).then_some(Place(self.place))
    }
}

/// A place that is there.
pub(super) struct Place<T>(*mut T);

impl<T: Copy> Place<T> {
    pub(super) fn set(self, value: T) {
        // SAFETY: made from a non-NULL `Out`, whose contract lasts through the call.
        unsafe { self.0.write(value) };
    }
}

//! The app's pointer that travels with a callback, and its end.

use std::ffi::c_void;

use super::library::VsdkDestroyFn;

/// A callback's user data: owned by the library from the call on, destroyed exactly once.
pub(super) struct UserData {
    pointer: *mut c_void,
    destroy: VsdkDestroyFn,
}

// SAFETY: the header says that user data travels to the library's threads and that callback and
// destroy function are called from there; the library itself never looks behind the pointer.
unsafe impl Send for UserData {}
// SAFETY: as above; calls are serial, and the pointer value itself is only copied.
unsafe impl Sync for UserData {}

impl UserData {
    /// Takes it over: from here on, every way out of the function destroys it or keeps it.
    pub(super) fn new(pointer: *mut c_void, destroy: VsdkDestroyFn) -> Self {
        Self { pointer, destroy }
    }

    pub(super) fn pointer(&self) -> *mut c_void {
        self.pointer
    }
}

impl Drop for UserData {
    fn drop(&mut self) {
        if let Some(destroy) = self.destroy {
            // SAFETY: the app passed the function for exactly this pointer and this one call.
            unsafe { destroy(self.pointer) };
        }
    }
}

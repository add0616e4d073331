//! What has to be said to a thread before a sound system works on it.

use std::cell::Cell;

thread_local! {
    static HAS_BEGUN: Cell<bool> = const { Cell::new(false) };
    static IS_OF_DEVICE: Cell<bool> = const { Cell::new(false) };
}

/// From here on nothing is printed by the sound system on this thread.
pub(super) fn begin() {
    if !HAS_BEGUN.replace(true) {
        // ALSA prints what goes wrong, unless the thread has another place for it. That place is
        // never read: cpal's error says what failed. It fails only without memory.
        #[cfg(target_os = "linux")]
        let _ = alsa::Output::local_error_handler();
    }
}

/// The same on the thread of a device, which the sound system has started.
pub(super) fn begin_on_device_thread() {
    IS_OF_DEVICE.set(true);
    begin();
}

/// Whether a device runs on the calling thread: it cannot wait for its own end.
pub(in super::super) fn is_device_thread() -> bool {
    IS_OF_DEVICE.get()
}

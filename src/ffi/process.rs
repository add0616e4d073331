//! What the C ABI arranges once in a process, at its first use and never at load time.

use std::sync::Once;

use super::error;
use crate::runtime::panics;

/// Arranges everything; cheap when it is done.
pub(super) fn prepare() {
    static PREPARED: Once = Once::new();
    PREPARED.call_once(|| {
        panics::install_hook();
        error::prepare_forked_error();
        watch_forks();
    });
}

#[cfg(unix)]
fn watch_forks() {
    unsafe extern "C" fn in_child() {
        // One atomic store: all that is allowed here.
        crate::runtime::mark_forked_child();
    }
    // SAFETY: the handler is async-signal-safe and lives as long as the library, which is linked
    // so that it cannot be unloaded.
    unsafe { libc::pthread_atfork(None, None, Some(in_child)) };
}

#[cfg(not(unix))]
fn watch_forks() {}

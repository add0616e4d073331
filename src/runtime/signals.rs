//! Keeps signals away from the library's threads.

/// Blocks, for the calling thread, every signal that is sent to the process rather than caused by
/// the thread itself, and SIGPIPE.
///
/// A library must not take the host's SIGTERM, SIGCHLD and so on from the host's own threads, and
/// a peer that closes a socket must never end the process: all socket writes happen on threads
/// that went through here. Faults of the thread itself (SIGSEGV …) stay deliverable, so that
/// crash reporters work.
#[cfg(unix)]
pub(super) fn block_on_this_thread() {
    use nix::sys::signal::{SigSet, Signal};
    let mut blocked = SigSet::all();
    for fault in [
        Signal::SIGSEGV,
        Signal::SIGBUS,
        Signal::SIGFPE,
        Signal::SIGILL,
        Signal::SIGABRT,
        Signal::SIGTRAP,
        Signal::SIGSYS,
    ] {
        blocked.remove(fault);
    }
    // Fails only for an invalid set, which this is not.
    let _ = blocked.thread_block();
}

#[cfg(not(unix))]
pub(super) fn block_on_this_thread() {}

/// Threads that are started while this lives are born with the signals blocked: not even in their
/// first moment do they take one from the host. Its end gives the calling thread its mask back.
pub(super) struct BlockedWhileStarting {
    #[cfg(unix)]
    before: Option<nix::sys::signal::SigSet>,
}

impl BlockedWhileStarting {
    pub(super) fn begin() -> Self {
        #[cfg(unix)]
        let before = nix::sys::signal::SigSet::thread_get_mask().ok();
        block_on_this_thread();
        Self {
            #[cfg(unix)]
            before,
        }
    }
}

#[cfg(unix)]
impl Drop for BlockedWhileStarting {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            // Fails only for an invalid set, which a mask that was in force is not.
            let _ = before.thread_set_mask();
        }
    }
}

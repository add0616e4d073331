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

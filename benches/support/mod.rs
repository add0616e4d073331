//! What the benchmarks share: the service and workers in processes of their own, the library as a C
//! program loads it, figures and tables.

pub mod allocations;
pub mod figures;
pub mod library;
pub mod meetings;
pub mod others;
pub mod probe;
pub mod service;
pub mod targets;
pub mod worker;

/// Whether `--quick` was given: one short round of everything, which shows only that it works.
pub fn is_quick() -> bool {
    std::env::args().any(|argument| argument == "--quick")
}

/// How many rounds there are.
pub fn rounds(usual: usize) -> usize {
    if is_quick() { 1 } else { usual }
}

/// Lets this process, and those that it starts, have as many files as the system allows.
pub fn allow_many_files() {
    let mut limit = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: `limit` is writable through the call.
    if unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) } == 0 {
        limit.rlim_cur = limit.rlim_max;
        // SAFETY: it is only read. Where this is refused, what needs many files says so.
        unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) };
    }
}

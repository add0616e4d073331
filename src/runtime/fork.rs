//! State that belongs to one process and is left behind by its forked children.
//!
//! A forked child has one thread: the parent's workers are gone, and any lock they held stays
//! locked for ever. So the child never touches the parent's state. Every global of this library
//! is a [`PerProcess`]: an array with one cell per fork depth, of which a process uses just one.

use once_cell::sync::OnceCell;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::{Error, Result, Status};

/// How many times in a row a child may itself fork and go on using the library.
const MAX_FORK_DEPTH: usize = 32;

static DEPTH: AtomicUsize = AtomicUsize::new(0);
static FORKED: AtomicBool = AtomicBool::new(false);

/// A global that each process has for itself, made on first use.
pub(crate) struct PerProcess<T> {
    cells: [OnceCell<T>; MAX_FORK_DEPTH],
}

impl<T: Default> PerProcess<T> {
    pub(crate) const fn new() -> Self {
        Self {
            cells: [const { OnceCell::new() }; MAX_FORK_DEPTH],
        }
    }

    /// This process's value.
    pub(crate) fn get(&self) -> &T {
        self.cells[DEPTH.load(Ordering::Acquire)].get_or_init(T::default)
    }
}

/// How often the line of processes up to this one has forked and gone on; tells the handles of
/// a parent from those of its child.
pub(crate) fn depth() -> usize {
    DEPTH.load(Ordering::Acquire)
}

/// Says that this process is a forked child. Async-signal-safe: made for an atfork handler.
#[cfg(unix)]
pub fn mark_forked_child() {
    FORKED.store(true, Ordering::Release);
}

/// Whether this process is a forked child that has not called [`after_fork_child`] yet.
#[must_use]
pub fn is_forked_child() -> bool {
    FORKED.load(Ordering::Acquire)
}

/// The error of every call in such a child.
pub(crate) fn forked_error() -> Error {
    Error::new(
        Status::Forked,
        "This process was forked from one that used vsdk; the library's threads do not exist here",
        "Call vsdk_after_fork_child() first in the child, or use the library only after exec.",
    )
}

/// Makes the library usable in a forked child, from nothing: no configuration, no handles.
///
/// What the parent had is left alone, neither stopped nor freed: its threads do not exist here.
///
/// # Errors
///
/// [`Status::InvalidState`] when this process is no forked child, and
/// [`Status::ResourceExhausted`] after 31 generations of forks.
pub fn after_fork_child() -> Result<()> {
    if !is_forked_child() {
        return Err(Error::new(
            Status::InvalidState,
            "This process is not a forked child, or was made usable already",
            "Call it once, first thing in the child after fork().",
        ));
    }
    let depth = DEPTH.load(Ordering::Acquire);
    if depth + 1 >= MAX_FORK_DEPTH {
        return Err(Error::new(
            Status::ResourceExhausted,
            format!(
                "This is generation {depth} of forked children, the last that can use the library"
            ),
            "Start a new program with exec instead of forking further.",
        ));
    }
    DEPTH.store(depth + 1, Ordering::Release);
    FORKED.store(false, Ordering::Release);
    Ok(())
}

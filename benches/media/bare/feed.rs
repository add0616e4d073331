//! Frames on their way from the thread that makes them to the thread of their transport.

use std::os::fd::{AsFd, BorrowedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use nix::sys::eventfd::{EfdFlags, EventFd};

pub struct Made {
    pub track: usize,
    pub time: Duration,
    pub frame: Arc<[u8]>,
}

pub struct Feed {
    made: Mutex<Vec<Made>>,
    /// Rings when there is one.
    bell: EventFd,
    /// By the numbers of tracks.
    wants_key: Vec<AtomicBool>,
}

impl Feed {
    pub fn new(tracks: usize) -> Self {
        let flags = EfdFlags::EFD_NONBLOCK | EfdFlags::EFD_CLOEXEC;
        Self {
            made: Mutex::default(),
            bell: EventFd::from_flags(flags).expect("a descriptor"),
            wants_key: (0..tracks).map(|_| AtomicBool::new(true)).collect(),
        }
    }

    pub fn put(&self, made: Made) {
        let mut waiting = self.made.lock().expect("no panic");
        waiting.push(made);
        let is_first = waiting.len() == 1;
        drop(waiting);
        if is_first {
            self.bell.write(1).expect("a bell");
        }
    }

    /// Takes all of them, and silences the bell first.
    pub fn take(&self) -> Vec<Made> {
        let _ = self.bell.read();
        std::mem::take(&mut *self.made.lock().expect("no panic"))
    }

    pub fn want_key(&self, track: usize) {
        self.wants_key[track].store(true, Ordering::Relaxed);
    }

    /// Whether the next frame is to be one; asked once.
    pub fn wants_key(&self, track: usize) -> bool {
        self.wants_key[track].swap(false, Ordering::Relaxed)
    }
}

impl AsFd for Feed {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.bell.as_fd()
    }
}

//! Ways to join that this program knows by itself: the bare steps, the Rust API, the C ABI.

use std::ptr::null_mut;
use std::time::{Duration, Instant};

use vsdk::meeting::Mode;

use super::bare::Bare;
use crate::support::library::{Handle, Library, TIMEOUT_DEFAULT};
use crate::support::meetings;
use crate::support::worker::Goal;

/// The names of all ways that [`find`] knows.
pub const NAMES: [&str; 3] = ["bare", "vsdk, Rust", "vsdk, C"];

/// Joins a room, leaves it, and tells how long the join took.
pub type Join = Box<dyn FnMut(&str) -> Duration>;

/// The way of that name, ready.
pub fn find(name: &str, goal: &Goal) -> Option<Join> {
    let way: Join = match NAMES.iter().position(|known| *known == name)? {
        0 => {
            let mut bare = Bare::new(goal);
            Box::new(move |room| bare.join(room))
        }
        1 => {
            meetings::configure(goal, false);
            Box::new(through_rust)
        }
        _ => {
            let library = Library::load();
            library.configure(&goal.token, Some(&goal.https_url), Some(&goal.ca_pem));
            Box::new(move |room| through_c(&library, room))
        }
    };
    Some(way)
}

fn through_rust(room: &str) -> Duration {
    let meeting = meetings::init(room, Mode::SendAndReceive);
    let begin = Instant::now();
    meeting.join(meetings::HANG).wait().expect("a join");
    let took = begin.elapsed();
    assert!(meetings::is_connected(&meeting));
    meetings::leave(&meeting);
    took
}

fn through_c(library: &Library, room: &str) -> Duration {
    let meeting = init(library, room);
    // SAFETY: a live meeting, which is freed once.
    unsafe {
        let begin = Instant::now();
        library.check(|error| (library.vsdk_meeting_join)(meeting, TIMEOUT_DEFAULT, error));
        let took = begin.elapsed();
        library.check(|error| (library.vsdk_meeting_leave)(meeting, TIMEOUT_DEFAULT, error));
        (library.vsdk_meeting_free)(meeting);
        took
    }
}

/// As [`meetings::init`].
fn init(library: &Library, room: &str) -> Handle {
    let room = std::ffi::CString::new(room).expect("a room id without NUL");
    let mut meeting = null_mut();
    // SAFETY: handles from the library, a text that ends with NUL, a local out-parameter.
    unsafe {
        let options = (library.vsdk_meeting_options_new)();
        library.check(|error| {
            (library.vsdk_meeting_options_set_meeting_id)(options, room.as_ptr(), error)
        });
        library.check(|error| (library.vsdk_meeting_options_set_mic_enabled)(options, 0, error));
        library.check(|error| (library.vsdk_meeting_options_set_webcam_enabled)(options, 0, error));
        library.check(|error| (library.vsdk_init_meeting)(options, &raw mut meeting, error));
        (library.vsdk_meeting_options_free)(options);
    }
    meeting
}

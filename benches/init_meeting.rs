//! `vsdk_init_meeting` and freeing the meeting, through the C ABI, and what parts of it cost.

use std::ffi::CString;
use std::ptr::null_mut;
use std::time::Instant;

use crate::support::figures::{Figure, Table};
use crate::support::library::{Handle, Library};
use crate::support::probe::Probe;
use crate::support::service::Service;

/// Meeting options with what each variant sets.
fn options(library: &Library, participant_id: bool, name: bool, token: Option<&str>) -> Handle {
    let text = |text: &str| CString::new(text).expect("a text without NUL");
    // SAFETY: handles from the library, texts that end with NUL.
    unsafe {
        let options = (library.vsdk_meeting_options_new)();
        let id = text("abcd-efgh-ijkl");
        library.check(|error| {
            (library.vsdk_meeting_options_set_meeting_id)(options, id.as_ptr(), error)
        });
        if participant_id {
            let id = text("ann-1");
            library.check(|error| {
                (library.vsdk_meeting_options_set_participant_id)(options, id.as_ptr(), error)
            });
        }
        if name {
            let name = text("Ann");
            library.check(|error| {
                (library.vsdk_meeting_options_set_name)(options, name.as_ptr(), error)
            });
        }
        if let Some(token) = token {
            let token = text(token);
            library.check(|error| {
                (library.vsdk_meeting_options_set_token)(options, token.as_ptr(), error)
            });
        }
        options
    }
}

fn init_and_free(library: &Library, options: Handle) {
    let mut meeting = null_mut();
    // SAFETY: live options and local out-parameters; the meeting is freed once.
    unsafe {
        library.check(|error| (library.vsdk_init_meeting)(options, &raw mut meeting, error));
        (library.vsdk_meeting_free)(meeting);
    }
}

pub fn run() {
    let service = Service::start();
    let library = Library::load();
    library.configure(&service.token, None, None);
    let variants = [
        (
            "as usual: id and name given",
            options(&library, false, true, None),
        ),
        (
            "all given, nothing random",
            options(&library, true, true, None),
        ),
        (
            "only the meeting id given",
            options(&library, false, false, None),
        ),
        (
            "with a token of its own, read anew",
            options(&library, false, true, Some(&service.token)),
        ),
    ];
    let calls = 20_000;
    let mut rounds: Vec<Vec<f64>> = vec![Vec::new(); variants.len() + 1];
    for round in 0..21 {
        for turn in 0..rounds.len() {
            let index = (round + turn) % rounds.len();
            let start = Instant::now();
            for _ in 0..calls {
                match variants.get(index) {
                    Some((_, options)) => init_and_free(&library, *options),
                    // SAFETY: made and freed.
                    None => unsafe {
                        (library.vsdk_meeting_options_free)((library.vsdk_meeting_options_new)());
                    },
                }
            }
            rounds[index].push(start.elapsed().as_secs_f64() * 1e6 / calls as f64);
        }
    }
    let names = variants.iter().map(|(name, _)| *name);
    let mut table = Table::new(&["vsdk_init_meeting + vsdk_meeting_free", "us per call"]);
    for (name, values) in names
        .chain(["(options made and freed: two guards, one handle)"])
        .zip(rounds)
    {
        table.row([name.to_owned(), Figure::of(values).show(3)]);
    }
    table.print(&format!("init_meeting, {calls} calls a round"));
    let probe = Probe::build();
    if let Some(count) = probe.instructions("init-meeting", 2000, &[&service.token]) {
        println!("Instructions per call, as usual: {count:.0}");
    }
    for (_, options) in variants {
        // SAFETY: freed once.
        unsafe { (library.vsdk_meeting_options_free)(options) };
    }
}

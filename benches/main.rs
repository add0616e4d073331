//! The benchmarks: `make bench` builds the library as it is delivered and runs them all,
//! `cargo bench -- <name> ...` those with these names.
//!
//! They judge nothing: each prints a table, and `docs/benchmarks.md` keeps what was found. Without
//! `--bench` (as `cargo test --all-targets` starts them) nothing is measured.
#![cfg(unix)]

mod codecs;
mod create_room;
mod handles;
mod idle;
mod init_meeting;
mod join;
mod media;
mod messages;
mod pictures;
mod process;
mod size;
mod support;

// The library's files that `codecs` compiles once more look for it here.
#[cfg(feature = "video")]
use vsdk::Result;

const ALL: [(&str, fn()); 12] = [
    ("create_room", create_room::run),
    ("init_meeting", init_meeting::run),
    ("handles", handles::run),
    ("join", join::run),
    ("messages", messages::run),
    ("idle", idle::run),
    ("media", media::run),
    ("track_memory", media::run_memory),
    ("pictures", pictures::run),
    ("codecs", codecs::run),
    ("process", process::run),
    ("size", size::run),
];

/// Whether this process was started to be a worker. If so, it has been.
fn has_worked() -> bool {
    let Some((benchmark, name, goal)) = support::worker::own_work() else {
        return false;
    };
    match benchmark.as_str() {
        "create_room" => create_room::work(&name, &goal),
        "join" => join::work(&name, &goal),
        "messages" => messages::work(&name, &goal),
        "idle" => idle::work(&goal),
        "media" => media::work(&name, &goal),
        "pictures" => pictures::work(&goal),
        "codecs" => codecs::work(&name, &goal),
        _ => panic!("{benchmark}: it has no workers"),
    }
    true
}

fn main() {
    support::allow_many_files();
    if support::service::was_served() || has_worked() {
        return;
    }
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if arguments.iter().all(|argument| argument != "--bench") {
        println!("benchmarks run with `make bench`");
        return;
    }
    let mut names = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"))
        .peekable();
    if names.peek().is_none() {
        ALL.iter().for_each(|(_, run)| run());
        return;
    }
    for name in names {
        let found = ALL.iter().find(|(known, _)| known == name);
        found
            .unwrap_or_else(|| panic!("{name}: no such benchmark"))
            .1();
    }
}

//! The benchmarks: `make bench` builds the library as it is delivered and runs them all,
//! `cargo bench -- <name> ...` those with these names.
//!
//! They judge nothing: each prints a table, and `docs/benchmarks.md` keeps what was found. Without
//! `--bench` (as `cargo test --all-targets` starts them) nothing is measured.
#![cfg(unix)]

mod create_room;
mod handles;
mod init_meeting;
mod process;
mod size;
mod support;

const ALL: [(&str, fn()); 5] = [
    ("create_room", create_room::run),
    ("init_meeting", init_meeting::run),
    ("handles", handles::run),
    ("process", process::run),
    ("size", size::run),
];

fn main() {
    if support::service::was_served() || create_room::has_worked() {
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

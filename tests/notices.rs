//! THIRD-PARTY-NOTICES against the library itself: what it holds is named. That nothing else is, and
//! that the file is new, is a matter of `make lint`.
#![cfg(target_os = "linux")]

mod support;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::PathBuf;

/// What the local service makes a build of the whole workspace put into the library, too.
const OF_THE_SERVICE: &[&str] = &["errno", "pem", "signal-hook-registry"];

/// Crates, as `<name> <version>`, whose sources the library names where they can panic: those in
/// folders below this one, so many levels down.
fn crates_in(library: &[u8], above: &str, levels: usize) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(library);
    let places = text.split(above).skip(1);
    let folders = places.filter_map(|place| place.split('/').nth(levels));
    let is_end = |it: char| !(it.is_ascii_alphanumeric() || "-_.+".contains(it));
    let folders = folders.filter_map(|folder| folder.split(is_end).next());
    let crates = folders.filter_map(|folder| {
        // The version begins at the last number behind a hyphen; there is a crate `md-5`.
        let at = folder.match_indices('-').map(|(at, _)| at);
        let mut at = at.filter(|at| folder[at + 1..].starts_with(|it: char| it.is_ascii_digit()));
        let (name, version) = folder.split_at(at.next_back()?);
        Some(format!("{name} {}", &version[1..]))
    });
    crates.collect()
}

#[test]
fn what_the_library_holds_is_named_with_its_licence() {
    let notices = support::committed("THIRD-PARTY-NOTICES");
    let (names, texts) = notices.split_once("\n----").expect("names, then texts");
    let delivered = env::var_os("VSDK_TEST_BUILT").map(PathBuf::from);
    let folder = delivered.clone().unwrap_or_else(support::library_directory);
    let library = fs::read(folder.join("libvsdk.so")).expect("built");

    let found = crates_in(&library, "/registry/src/", 1);
    assert!(found.len() > 20, "{found:?}");
    for it in &found {
        let (name, _) = it.split_once(' ').expect("name and version");
        if delivered.is_none() && OF_THE_SERVICE.contains(&name) {
            continue;
        }
        assert!(names.contains(&format!("\n  {it}  ")), "{it} is not named");
        assert!(
            texts.contains(&format!("\n  {it} (")),
            "{it} has no licence"
        );
    }
    // Another Rust has other versions of these.
    let of_rust = crates_in(&library, "/rust/deps/", 0);
    assert!(of_rust.len() > 3, "{of_rust:?}");
    let (_, names_of_rust) = names.split_once("\nRust's standard library").expect("both");
    for it in &of_rust {
        let name = it.split(' ').next().expect("a name");
        assert!(
            names_of_rust.contains(&format!("\n  {name} ")),
            "{it}, of Rust's standard library, is not named"
        );
    }
    // Written in C, it names no such places.
    assert!(texts.contains("(aws-lc/third_party/fiat/LICENSE)"));
    assert!(texts.contains("\n  aws-lc-sys "));
}

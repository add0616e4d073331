//! What the shared library shows to the loader: its symbols, its name, its needs.
#![cfg(target_os = "linux")]

mod support;

use std::collections::BTreeSet;
use std::process::Command;

/// Everything else would have to be installed before a program that uses the library starts.
const ALLOWED_NEEDS: &[&str] = &["libc.so.", "libm.so.", "libgcc_s.so.", "ld-linux-"];

#[test]
fn exactly_the_listed_functions_are_exported() {
    let committed = support::committed("bindings/exports.txt");
    let mut listed: BTreeSet<&str> = committed.lines().collect();
    if cfg!(vsdk_test) {
        listed.insert("vsdk_test_panic");
    }
    let table = readelf("--dyn-syms");
    let exported = exported(&table);
    let missing: Vec<_> = listed.difference(&exported).collect();
    let unlisted: Vec<_> = exported.difference(&listed).collect();
    assert!(
        missing.is_empty() && unlisted.is_empty(),
        "listed but not exported: {missing:?}\nexported but not listed: {unlisted:?}"
    );
    assert!(
        exported.len() > 20,
        "{} functions are too few to be all",
        exported.len()
    );
}

#[test]
fn the_list_is_sorted_and_without_test_functions() {
    let committed = support::committed("bindings/exports.txt");
    let listed: Vec<&str> = committed.lines().collect();
    assert!(listed.is_sorted_by(|one, next| one < next));
    assert!(listed.iter().all(|name| name.starts_with("vsdk_")));
    assert!(!listed.iter().any(|name| name.starts_with("vsdk_test_")));
}

#[test]
fn the_loader_knows_it_by_its_abi_number() {
    let entries = readelf("--dynamic");
    assert_eq!(values(&entries, "SONAME"), ["libvsdk.so.0"]);
    let link = support::library_directory().join("libvsdk.so.0");
    assert!(link.exists(), "{} leads nowhere", link.display());
}

#[test]
fn it_stays_loaded_and_can_be_loaded_late() {
    let entries = readelf("--dynamic");
    // Unloading would pull the code away from under the library's threads.
    assert!(flags(&entries, "FLAGS_1").contains(&"NODELETE"));
    // Static thread-local storage may be used up when a running program loads the library.
    assert!(!flags(&entries, "FLAGS").contains(&"STATIC_TLS"));
    assert!(!entries.contains("(TEXTREL)"));
}

#[test]
fn it_needs_nothing_but_the_c_library() {
    let entries = readelf("--dynamic");
    let needed = values(&entries, "NEEDED");
    let surplus: Vec<_> = needed
        .iter()
        .filter(|name| {
            let is_allowed = ALLOWED_NEEDS
                .iter()
                .any(|allowed| name.starts_with(allowed));
            // openh264 is C++.
            let is_for_h264 = cfg!(feature = "h264") && name.starts_with("libstdc++.so");
            // The sound system.
            let is_for_devices = cfg!(feature = "devices") && name.starts_with("libasound.so");
            !is_allowed && !is_for_h264 && !is_for_devices
        })
        .collect();
    assert!(surplus.is_empty(), "the library needs {surplus:?}");
    assert!(
        needed.iter().any(|name| name.starts_with("libc.so.")),
        "{needed:?}"
    );
}

/// The tables that the loader reads. A test without the tool is no test, so it must be there.
fn readelf(table: &str) -> String {
    let library = support::library_directory().join(support::library_file());
    let output = Command::new("readelf")
        .args(["--wide", table])
        .arg(&library)
        .output()
        .unwrap_or_else(|error| panic!("readelf (of binutils) is needed: {error}"));
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("symbols are plain text")
}

/// Number, value, size, type, binding, visibility, section, name.
fn exported(table: &str) -> BTreeSet<&str> {
    table
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|columns| {
            matches!(columns.as_slice(), [_, _, _, _, "GLOBAL" | "WEAK" | "UNIQUE", "DEFAULT" | "PROTECTED", section, _, ..] if *section != "UND")
        })
        .map(|columns| columns[7].split('@').next().unwrap_or(columns[7]))
        .collect()
}

/// What stands in brackets in the entries of a kind: `(NEEDED) Shared library: [libc.so.6]`.
fn values<'a>(entries: &'a str, kind: &str) -> Vec<&'a str> {
    let kind = format!("({kind})");
    entries
        .lines()
        .filter(|line| line.contains(&kind))
        .filter_map(|line| line.split_once('[')?.1.split_once(']'))
        .map(|(value, _)| value)
        .collect()
}

/// The words of an entry of flags: `(FLAGS_1) Flags: NOW NODELETE`.
fn flags<'a>(entries: &'a str, kind: &str) -> Vec<&'a str> {
    let kind = format!("({kind})");
    entries
        .lines()
        .filter_map(|line| line.split_once(&kind))
        .flat_map(|(_, flags)| flags.split_whitespace())
        .collect()
}

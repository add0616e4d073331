//! How large the shared library is without its symbols, and what is in it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::support::figures::Table;
use crate::support::library;

/// In bytes, without symbols, with media.
const TARGET: u64 = 6_500_000;

pub fn run() {
    let file = library::file();
    let stripped = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stripped");
    let status = Command::new("strip")
        .arg("-o")
        .arg(&stripped)
        .arg(&file)
        .status()
        .expect("strip (of binutils) is needed");
    assert!(status.success(), "{}: build it first", file.display());
    let size = |path: &Path| std::fs::metadata(path).expect("a file").len();
    println!(
        "\n{} bytes stripped, where {TARGET} are the target; {} with symbols",
        size(&stripped),
        size(&file)
    );
    sections(&file);
    symbols(&file);
}

fn output(tool: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(tool)
        .args(arguments)
        .arg(file)
        .output()
        .unwrap_or_else(|error| panic!("{tool} (of binutils) is needed: {error}"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn sections(file: &Path) {
    let mut table = Table::new(&["section", "KiB"]);
    for line in output("size", &["-A", "-d"], file).lines() {
        let cells: Vec<_> = line.split_whitespace().collect();
        if let [name, size, _] = cells[..]
            && let Ok(size) = size.parse::<f64>()
            && size >= 16_384.0
            && name != "Total"
        {
            table.row([name.to_owned(), format!("{:.0}", size / 1024.0)]);
        }
    }
    table.print("Sections of 16 KiB and more");
}

/// Sizes of symbols, by the crate in their names; generic code counts for the crate that wrote it.
fn symbols(file: &Path) {
    let mut crates: BTreeMap<String, u64> = BTreeMap::new();
    for line in output("nm", &["-S", "--defined-only", "-C"], file).lines() {
        let mut cells = line.splitn(4, ' ');
        let (_, size, kind, name) = (cells.next(), cells.next(), cells.next(), cells.next());
        if let (Some(size), Some("t" | "T" | "r" | "R" | "d" | "D" | "w" | "W"), Some(name)) =
            (size, kind, name)
            && let Ok(size) = u64::from_str_radix(size, 16)
        {
            *crates.entry(crate_of(name)).or_default() += size;
        }
    }
    let total: u64 = crates.values().sum();
    let mut sorted: Vec<_> = crates.into_iter().collect();
    sorted.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let mut table = Table::new(&["crate", "KiB", "share"]);
    for (name, size) in sorted.into_iter().take(24) {
        table.row([
            name,
            format!("{:.0}", size as f64 / 1024.0),
            format!("{:.1} %", size as f64 * 100.0 / total as f64),
        ]);
    }
    table.print(&format!("Symbols by crate, {} KiB in all", total / 1024));
}

/// `<a::B as c::D>::f` belongs to `a`; what has no path is C.
fn crate_of(symbol: &str) -> String {
    let start = symbol.trim_start_matches(['<', '&', '*', '(', '[']);
    let start = ["mut ", "dyn ", "const "]
        .iter()
        .fold(start, |text, prefix| {
            text.strip_prefix(prefix).unwrap_or(text)
        });
    if start.starts_with("vsdk_") && !start.contains("::") {
        return "vsdk".to_owned();
    }
    if start.starts_with("aws_lc_") {
        return "aws-lc (C and assembler)".to_owned();
    }
    match start.split_once("::") {
        Some((name, _)) if name.chars().all(|c| c.is_alphanumeric() || c == '_') => name.to_owned(),
        _ => "others (C, assembler, unnamed)".to_owned(),
    }
}

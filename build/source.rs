//! What a file of `src/ffi` declares, by name.
//!
//! cbindgen drops what it does not understand (a function made by a macro, a computed constant)
//! without a word. The names found here are what the header must end up with.

use std::fs;
use std::path::Path;

/// The prose and the public names of one file.
pub struct Source {
    /// The `//!` lines.
    pub prose: Vec<String>,
    /// Constants with their Rust type.
    pub constants: Vec<(String, String)>,
    /// Opaque structs, integer types and callback types.
    pub types: Vec<String>,
    /// Exported functions.
    pub functions: Vec<String>,
}

impl Source {
    /// Every name that C has to end up with.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        let constants = self.constants.iter().map(|(name, _)| name);
        constants.chain(&self.types).chain(&self.functions)
    }
}

/// Reads the text of one file.
pub fn scan(text: &str) -> Source {
    let mut source = Source {
        prose: Vec::new(),
        constants: Vec::new(),
        types: Vec::new(),
        functions: Vec::new(),
    };
    for line in text.lines() {
        if let Some(prose) = line.strip_prefix("//!") {
            source
                .prose
                .push(prose.strip_prefix(' ').unwrap_or(prose).to_owned());
        } else if let Some(rest) = line.strip_prefix("pub const ") {
            if let Some((name, rest)) = rest.split_once(':') {
                let rust_type = rest.split('=').next().unwrap_or(rest).trim();
                source
                    .constants
                    .push((name.trim().to_owned(), rust_type.to_owned()));
            }
        } else if let Some(rest) = line
            .strip_prefix("pub type ")
            .or_else(|| line.strip_prefix("pub struct "))
        {
            source.types.push(identifier(rest));
        } else if let Some(name) = exported_function(line) {
            source.functions.push(name);
        }
    }
    // Types of the crate's own are of no concern to C.
    source.types.retain(|name| name.starts_with("Vsdk"));
    source.functions.retain(|name| !is_for_tests(name));
    source
}

/// Complaints about exported functions in files that are not sections: they would be exported by
/// the library and missing in the header.
pub fn exports_outside(directory: &Path, sections: &[&str]) -> Vec<String> {
    let mut problems = Vec::new();
    let Ok(entries) = fs::read_dir(directory) else {
        return vec![format!("{} cannot be read", directory.display())];
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if path.is_dir() || sections.contains(&&*name) {
            continue;
        }
        for line in fs::read_to_string(&path).unwrap_or_default().lines() {
            if let Some(function) = exported_function(line).filter(|name| !is_for_tests(name)) {
                problems.push(format!(
                    "src/ffi/{name}.rs: {function} is exported from a file that is no section of \
                     the header; move it, or add the file to SECTIONS in build/mod.rs"
                ));
            }
        }
    }
    problems
}

fn exported_function(line: &str) -> Option<String> {
    let rest = line.trim_start().strip_prefix("pub ")?;
    let rest = rest.strip_prefix("unsafe ").unwrap_or(rest);
    let name = identifier(rest.strip_prefix("extern \"C\" fn ")?);
    name.starts_with("vsdk_").then_some(name)
}

/// Builds with `--cfg vsdk_test` export these on top of the contract.
fn is_for_tests(function: &str) -> bool {
    function.starts_with("vsdk_test_")
}

fn identifier(text: &str) -> String {
    text.chars()
        .take_while(|character| character.is_ascii_alphanumeric() || *character == '_')
        .collect()
}

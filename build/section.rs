//! One file of `src/ffi`, translated: the section of one object in the header.

use std::fs;
use std::path::Path;

use super::c::{self, Declaration, Kind};
use super::source;

/// A section of the header before it is laid out.
pub struct Section {
    /// The file's name without ending, e.g. `room`.
    pub name: String,
    /// The file's `//!` lines.
    pub prose: Vec<String>,
    /// What the file declares, constants with C values.
    pub declarations: Vec<Declaration>,
}

/// Translates one file, or tells what in it has no translation.
pub fn read(root: &Path, name: &str) -> Result<Section, Vec<String>> {
    let file = format!("src/ffi/{name}.rs");
    let fail = |problem: String| vec![format!("{file}: {problem}")];

    let path = root.join(&file);
    let text = fs::read_to_string(&path).map_err(|error| fail(error.to_string()))?;
    let source = source::scan(&text);
    if source.prose.is_empty() {
        return Err(fail("has no `//!` prose for the header".to_owned()));
    }

    let mut declarations = translate(root, &path, &source.types).map_err(fail)?;
    for declaration in &mut declarations {
        if let Kind::Constant { name, value } = &mut declaration.kind {
            let rust_type = source
                .constants
                .iter()
                .find(|(constant, _)| constant == name);
            *value = literal(value, rust_type.map_or("", |(_, rust_type)| rust_type));
        }
    }

    // The author's order, which cbindgen does not keep for types.
    declarations.sort_by_key(|it| source.names().position(|name| name == it.kind.name()));

    let lost: Vec<String> = source
        .names()
        .filter(|name| !declarations.iter().any(|found| found.kind.name() == *name))
        .map(|name| {
            format!(
                "{file}: {name} has no C form; write it out (no macro, a literal as value, types \
                 that C knows)"
            )
        })
        .collect();
    if lost.is_empty() {
        Ok(Section {
            name: name.to_owned(),
            prose: source.prose,
            declarations,
        })
    } else {
        Err(lost)
    }
}

fn translate(root: &Path, path: &Path, types: &[String]) -> Result<Vec<Declaration>, String> {
    let mut config = cbindgen::Config::from_file(root.join("cbindgen.toml"))?;
    // Alone, a file does not show that another one uses its types.
    config.export.include.extend(types.iter().cloned());
    let bindings = cbindgen::Builder::new()
        .with_config(config)
        .with_src(path)
        .generate()
        .map_err(|error| error.to_string())?;
    let mut text = Vec::new();
    bindings.write(&mut text);
    c::read(&String::from_utf8_lossy(&text))
}

/// The value so that it is safe inside every expression, usable in `#if`, and wide enough.
fn literal(value: &str, rust_type: &str) -> String {
    match rust_type {
        "i64" => format!("INT64_C({value})"),
        "u64" => format!("UINT64_C({value})"),
        _ if value.starts_with('-') => format!("({value})"),
        _ => value.to_owned(),
    }
}

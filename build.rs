//! Writes the C header with everything derived from it, and sets how the shared library is linked.
//!
//! The results go to `OUT_DIR`, and to the profile's directory, from where `make header` takes
//! them: in both as `generated/`, a tree like the one they are committed in. The source tree is
//! only read.

#[path = "build/mod.rs"]
mod generator;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use generator::{ABI_VERSION, link};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=cbindgen.toml");
    println!("cargo::rerun-if-changed=src/ffi");

    let root = directory("CARGO_MANIFEST_DIR");
    let out = directory("OUT_DIR");
    // OUT_DIR is <profile directory>/build/<package and hash>/out.
    let profile = out.ancestors().nth(3).unwrap_or(&out).to_owned();

    link::set_arguments(ABI_VERSION);
    link::make_loader_names(ABI_VERSION, &profile);

    // `cargo::error` fails the build after all of them were told.
    match generator::generate(&root, &variable("CARGO_PKG_VERSION")) {
        Ok(generated) => {
            for tree in [out.join("generated"), profile.join("generated")] {
                // Nothing stays that is not generated any more.
                _ = fs::remove_dir_all(&tree);
                for file in &generated {
                    write(&tree.join(&file.path), &file.text);
                }
            }
        }
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={}", problem.replace('\n', " "));
            }
        }
    }
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name} for build scripts"))
}

fn directory(name: &str) -> PathBuf {
    PathBuf::from(variable(name))
}

fn write(path: &Path, text: &str) {
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text));
    if let Err(error) = written {
        println!("cargo::error=cannot write {}: {error}", path.display());
    }
}

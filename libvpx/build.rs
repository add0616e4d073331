//! Finds libvpx as an archive, and compiles the glue against its headers.
//!
//! What it finds is linked statically, so that one library stays one library.

use std::env;
use std::path::{Path, PathBuf};

/// A folder with `include/vpx` and `lib`, for all targets that pkg-config does not speak for.
const FOLDER: &str = "VSDK_LIBVPX_DIR";

struct Found {
    /// `None`: where compilers look anyway.
    include: Option<PathBuf>,
    libraries: PathBuf,
}

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/glue.c");
    println!("cargo::rerun-if-env-changed={FOLDER}");
    let is_msvc = env::var("CARGO_CFG_TARGET_ENV").as_deref() == Ok("msvc");
    let archive = if is_msvc { "vpx.lib" } else { "libvpx.a" };
    match find(archive) {
        Ok(found) => {
            let mut glue = cc::Build::new();
            if let Some(include) = &found.include {
                glue.include(include);
            }
            glue.file("src/glue.c")
                .warnings(true)
                .compile("libvpx_glue");
            println!(
                "cargo::rustc-link-search=native={}",
                found.libraries.display()
            );
            println!("cargo::rustc-link-lib=static=vpx");
            if env::var("CARGO_CFG_UNIX").is_ok() {
                println!("cargo::rustc-link-lib=m");
            }
        }
        Err(reason) => println!("cargo::error={reason}"),
    }
}

fn find(archive: &str) -> Result<Found, String> {
    let found = match env::var_os(FOLDER) {
        Some(folder) => in_folder(Path::new(&folder)),
        None => by_pkg_config(archive)?,
    };
    let path = found.libraries.join(archive);
    if path.is_file() {
        return Ok(found);
    }
    Err(format!(
        "there is no {}: libvpx is linked statically; install it with its archive (Debian: apt install libvpx-dev), or set {FOLDER} to a folder with include and lib",
        path.display()
    ))
}

fn in_folder(folder: &Path) -> Found {
    Found {
        include: Some(folder.join("include")),
        libraries: folder.join("lib"),
    }
}

fn by_pkg_config(archive: &str) -> Result<Found, String> {
    let missing = |error: pkg_config::Error| {
        let reason = error.to_string();
        let reason = reason.lines().next().unwrap_or_default().to_owned();
        format!(
            "libvpx was not found ({reason}): install it (Debian: apt install libvpx-dev pkg-config), set {FOLDER} to a folder with its include and lib, or build without the feature `vp8`"
        )
    };
    let library = pkg_config::Config::new()
        .cargo_metadata(false)
        .probe("vpx")
        .map_err(missing)?;
    // Debian's description names a folder that it is not in; the compiler knows better.
    let folders = library
        .link_paths
        .iter()
        .cloned()
        .chain(of_compiler(archive));
    let folders: Vec<PathBuf> = folders.collect();
    let with_archive = folders.iter().find(|folder| folder.join(archive).is_file());
    Ok(Found {
        include: library.include_paths.into_iter().next(),
        libraries: with_archive
            .or(folders.first())
            .cloned()
            .unwrap_or_default(),
    })
}

/// Where the compiler finds an archive, if it does.
fn of_compiler(archive: &str) -> Option<PathBuf> {
    let output = cc::Build::new()
        .get_compiler()
        .to_command()
        .arg(format!("-print-file-name={archive}"))
        .output()
        .ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    Some(Path::new(path.trim()).parent()?.to_owned())
}

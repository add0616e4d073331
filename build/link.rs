//! How the shared library is linked, and under which names the loader looks for it.

use std::env;
use std::path::Path;

/// Passes the linker what rustc does not: the library's name for the loader, and that it stays.
pub fn set_arguments(abi_version: u32) {
    let system = Target::current();
    match system {
        Target::Apple => argument(&format!(
            "-Wl,-install_name,@rpath/{}",
            file_names(system, abi_version).1
        )),
        Target::Android | Target::Elf => {
            argument(&format!(
                "-Wl,-soname,{}",
                file_names(system, abi_version).1
            ));
            // Unloading would pull the code away from under running threads and thread-local destructors.
            argument("-Wl,-z,nodelete");
        }
        Target::Windows => {}
    }
    if system == Target::Android {
        // Devices with pages of 16 KiB refuse libraries laid out for 4.
        argument("-Wl,-z,max-page-size=16384");
    }
}

/// Makes the link from the loader's name to the library's file, in the directory of `cargo build`
/// and in the one that tests are started from. The library itself follows later.
pub fn make_loader_names(abi_version: u32, profile: &Path) {
    let (file, loader_name) = file_names(Target::current(), abi_version);
    if file == loader_name {
        return;
    }
    for directory in [profile.to_owned(), profile.join("deps")] {
        let link = directory.join(&loader_name);
        if let Err(error) = replace_link(&file, &link) {
            println!("cargo::warning=cannot make {}: {error}", link.display());
        }
    }
}

#[cfg(unix)]
fn replace_link(file: &str, link: &Path) -> std::io::Result<()> {
    if std::fs::read_link(link).is_ok_and(|existing| existing == Path::new(file)) {
        return Ok(());
    }
    let _ = std::fs::remove_file(link);
    std::os::unix::fs::symlink(file, link)
}

/// Cross builds from Windows get their links where they are packaged.
#[cfg(not(unix))]
fn replace_link(_file: &str, _link: &Path) -> std::io::Result<()> {
    Ok(())
}

fn argument(text: &str) {
    println!("cargo::rustc-cdylib-link-arg={text}");
}

/// The file that cargo writes, and the name under which programs remember it.
fn file_names(target: Target, abi_version: u32) -> (String, String) {
    let (file, loader_name) = match target {
        Target::Apple => ("libvsdk.dylib", format!("libvsdk.{abi_version}.dylib")),
        Target::Elf => ("libvsdk.so", format!("libvsdk.so.{abi_version}")),
        // Android packages hold only files that end in `.so`.
        Target::Android => ("libvsdk.so", "libvsdk.so".to_owned()),
        Target::Windows => ("vsdk.dll", "vsdk.dll".to_owned()),
    };
    (file.to_owned(), loader_name)
}

#[derive(Clone, Copy, PartialEq)]
enum Target {
    Android,
    Apple,
    Elf,
    Windows,
}

impl Target {
    fn current() -> Self {
        let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
        if is("CARGO_CFG_TARGET_OS", "android") {
            Self::Android
        } else if is("CARGO_CFG_TARGET_VENDOR", "apple") {
            Self::Apple
        } else if is("CARGO_CFG_TARGET_OS", "windows") {
            Self::Windows
        } else {
            Self::Elf
        }
    }
}

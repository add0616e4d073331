#!/bin/sh
# Builds the shared and the static library as they are delivered, into target/release. Beside them
# goes the file native-static-libs: what a program that takes in the static one has to link too.
set -eu
cd "$(dirname "$0")/.."

cargo=${CARGO:-cargo}
command -v "$cargo" >/dev/null || {
    echo "build: '$cargo' was not found. It needs Rust 1.90 or newer (https://rustup.rs)." >&2
    exit 1
}

# Cargo optimises across crates only where nothing but C libraries are asked for: a plain
# `cargo build --release`, which also makes a Rust library, gives a larger and slower shared one.
"$cargo" rustc --quiet --release --lib --crate-type cdylib,staticlib -- \
    --print "native-static-libs=${CARGO_TARGET_DIR:-target}/release/native-static-libs"

# Elsewhere, where it is not proven yet, it stays as Rust makes it.
[ "$(uname -s)" != Linux ] || packaging/seal.sh "${CARGO_TARGET_DIR:-target}/release/libvsdk.a"

#!/bin/sh
# Builds the library as it is delivered, and runs the benchmarks with it. What is given here are
# names of benchmarks: create_room, init_meeting, handles, process, size.
set -eu
cd "$(dirname "$0")/.."

CARGO=${CARGO:-cargo}

# Cargo optimises across crates only where nothing but a C library is asked for: a plain
# `cargo build --release`, which also makes a Rust library, gives a larger and slower one.
"$CARGO" rustc --quiet --release --lib --crate-type cdylib
"$CARGO" bench --quiet --bench benchmarks -- "$@"

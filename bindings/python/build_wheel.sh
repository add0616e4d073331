#!/usr/bin/env bash
# Builds the wheel with the library for this machine into target/wheel, and prints its path.
# PYTHON=python3.13 takes another Python than the first in PATH.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}
case $(uname -s) in
    Darwin) library=libvsdk.dylib ;;
    *) library=libvsdk.so ;;
esac
# Nothing but the shared library: so it is optimised across crates.
cargo rustc --quiet --release --package vsdk --lib --crate-type cdylib
exec "${PYTHON:-python3}" bindings/python/build_wheel.py "$target/release/$library" "$target/wheel"

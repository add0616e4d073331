#!/usr/bin/env bash
# Builds the wheel with the library for this machine into target/wheel, and prints its path.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-target}
case $(uname -s) in
    Darwin) library=libvsdk.dylib ;;
    *) library=libvsdk.so ;;
esac
cargo build --quiet --release --package vsdk
exec "${PYTHON:-python3}" bindings/python/build_wheel.py "$target/release/$library" "$target/wheel"

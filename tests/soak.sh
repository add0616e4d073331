#!/bin/sh
# The long tests: ten minutes of everything at once, then every test five times in a row.
set -eu
cd "$(dirname "$0")/.."

VSDK_SOAK_SECONDS=${VSDK_SOAK_SECONDS:-600} cargo test --test soak -- --nocapture
for round in 1 2 3 4 5; do
    echo "round $round"
    cargo test --quiet --workspace
done

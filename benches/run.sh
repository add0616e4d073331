#!/bin/sh
# Builds the library as it is delivered, and runs the benchmarks with it. What is given here are
# names of benchmarks: create_room, init_meeting, handles, process, size.
set -eu
cd "$(dirname "$0")/.."

CARGO=${CARGO:-cargo}

packaging/build.sh
"$CARGO" bench --quiet --bench benchmarks -- "$@"

#!/bin/sh
# Builds the library as it is delivered, and runs the benchmarks with it. What is given here are
# names of benchmarks: create_room, init_meeting, handles, process, size. A peer for which something
# is missing on this machine is left out, and the tables say so.
set -eu
cd "$(dirname "$0")/.."

packaging/build.sh
VSDK_BENCH_WORKERS=$(realpath -m "${CARGO_TARGET_DIR:-target}/bench-workers")
export VSDK_BENCH_WORKERS
benches/workers/build.sh "$VSDK_BENCH_WORKERS"
"${CARGO:-cargo}" bench --quiet --bench benchmarks -- "$@"

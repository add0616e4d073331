#!/bin/sh
# Builds the library as it is delivered, and runs the benchmarks with it. What is given here are
# names of benchmarks: create_room, init_meeting, handles, join, messages, idle, media, track_memory,
# process, size. A peer for which something is missing on this machine is left out, and the tables say
# so. With --quick create_room, join, messages, idle, media and track_memory have one round, which
# shows only that they work.
set -eu
cd "$(dirname "$0")/.."

packaging/build.sh
VSDK_BENCH_WORKERS=$(realpath -m "${CARGO_TARGET_DIR:-target}/bench-workers")
export VSDK_BENCH_WORKERS
benches/workers/build.sh "$VSDK_BENCH_WORKERS"

# Without a media server all others are still there, and media says so.
prepare=devserver/sfu-build/prepare.sh
if "$prepare" true; then
    exec "$prepare" "${CARGO:-cargo}" bench --quiet --package vsdk --bench benchmarks --features devserver/sfu -- "$@"
fi
"${CARGO:-cargo}" bench --quiet --bench benchmarks -- "$@"

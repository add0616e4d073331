#!/bin/sh
# Builds the library as it is delivered, and runs the benchmarks with it. What is given here are
# names of benchmarks: create_room, init_meeting, handles, join, messages, idle, media, track_memory,
# pictures, codecs, process, size. A peer for which something is missing on this machine is left out,
# and the tables say so. With --quick create_room, join, messages, idle, media, track_memory, pictures
# and codecs have one round, which shows only that they work.
set -eu
cd "$(dirname "$0")/.."

packaging/build.sh
VSDK_BENCH_WORKERS=$(realpath -m "${CARGO_TARGET_DIR:-target}/bench-workers")
export VSDK_BENCH_WORKERS
benches/workers/build.sh "$VSDK_BENCH_WORKERS"

# Raw pictures take libvpx. Without it all others are still there, and pictures and codecs say so.
features=
if [ -n "${VSDK_LIBVPX_DIR:-}" ] || pkg-config --exists vpx 2>/dev/null; then
    features=vsdk/vp8
fi

# Likewise without a media server.
prepare=devserver/sfu-build/prepare.sh
if "$prepare" true; then
    exec "$prepare" "${CARGO:-cargo}" bench --quiet --package vsdk --bench benchmarks \
        --features "devserver/sfu,$features" -- "$@"
fi
"${CARGO:-cargo}" bench --quiet --package vsdk --bench benchmarks --features "$features" -- "$@"

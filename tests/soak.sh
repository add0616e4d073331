#!/bin/sh
# The long tests: ten minutes of everything at once, then every test five times in a row; half an hour
# of participants who come and go with media, and networks of all kinds.
set -eu
cd "$(dirname "$0")/.."

with_media() {
    status=0
    devserver/sfu-build/prepare.sh cargo test --package media-tests "$@" || status=$?
    [ "$status" != 77 ] || echo "soak: there is no media server, so what is about media did not run"
    [ "$status" = 0 ] || exit "$status"
}

VSDK_SOAK_SECONDS=${VSDK_SOAK_SECONDS:-600} cargo test --test soak -- --nocapture
for round in 1 2 3 4 5; do
    echo "round $round"
    cargo test --quiet
done
export VSDK_MEDIA_SOAK_SECONDS=${VSDK_MEDIA_SOAK_SECONDS:-1800}
VSDK_NETWORK_MATRIX=full with_media --test soak --test weather -- --nocapture
export VSDK_MEDIA_SOAK_SECONDS=10
for round in 1 2 3 4 5; do
    echo "round $round with media"
    with_media --quiet
done

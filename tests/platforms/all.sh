#!/bin/sh
# Proves all platforms that can be had without their vendors' SDKs, and ends with what came of each.
set -u
cd "$(dirname "$0")/../.."

summary="" failed=0
for platform in linux-glibc-floor linux-musl linux-arm64 windows android macos ios; do
    printf '\n== %s\n' "$platform"
    tests/platforms/test.sh "$platform"
    case $? in
    0) came="as stated" ;;
    77) came="not tried: a toolchain is missing" failed=1 ;;
    *) came="FAILED" failed=1 ;;
    esac
    summary="$summary
  $platform: $came"
done
printf '\nplatforms:%s\n' "$summary"
exit $failed

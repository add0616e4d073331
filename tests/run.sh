#!/bin/sh
# All tests. `--deep` adds the long ones.
set -eu
cd "$(dirname "$0")/.."
. tests/tools.sh

deep=0
[ "${1:-}" = --deep ] && deep=1

target=${CARGO_TARGET_DIR:-target}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0
failed=0
broken=""

cat <<TEXT
This needs Rust and a C compiler, and uses, installing what is missing where it may:
  g++ (40 MB), clang and its sanitizer runtime (400 MB), valgrind (80 MB), cmake (60 MB),
  pkg-config (1 MB), libvpx (5 MB), ALSA (2 MB), SDL 2, Xvfb and a font (100 MB), maven and a JDK (300 MB) from Debian; debootstrap for the next
  Swift 6, a Debian root of its own (600 MB to download, 3 GB on disk; needs root)
  the Kotlin compiler, JNA, JUnit and plugins from Maven Central (170 MB)
  pytest, mypy, ruff, auditwheel, numpy and pillow from PyPI (210 MB), for a Python from 3.9 on
  requests and PyJWT from PyPI (10 MB), and the official SDK for participants (200 MB); Node and npm from Debian (200 MB) with jsonwebtoken from npm
  a media server: 30 MB of Debian packages, built once in 5 minutes (22 MB)
  Chromium from Debian (400 MB) for the status page of the local service
  cargo-fuzz from crates.io (5 MB, and 4 GB of instrumented builds), and mdbook (12 MB)
  with --deep: Zig and cargo-zigbuild from PyPI (400 MB), MinGW, Wine, QEMU, Clang and LLVM from Debian (1.5 GB)
Builds and downloads go to $target and $VSDK_CACHE: about 12 GB in all.
TEXT

# What hangs is ended, so that the other steps still run and all that was seen is told. A step takes half
# of this at most, on a new machine with two cores.
limit=35m
[ "$deep" = 0 ] || limit=5h
in_time=""
! command -v timeout >/dev/null || in_time="timeout --kill-after=30s $limit"

# step <name> <command ...>: runs it, shows it, and adds up what the test runner counted. With the
# exit status 77 it says that its toolchain is missing, and why in a line `<name>: <reason>`.
step() {
    name=$1
    shift
    printf '\n== %s\n' "$name"
    began=$(date +%s)
    if $in_time "$@" >"$log" 2>&1 </dev/null; then status=0; else status=$?; fi
    cat "$log"
    counts=$(awk '/^test result:/ { passed += $4; failed += $6 } /^checked: / { passed += $2; failed += $4 }
        END { print passed + 0, failed + 0 }' "$log")
    passed=$((passed + ${counts% *}))
    failed=$((failed + ${counts#* }))
    case $status in
    0) ;;
    77) skip "everything in $name" "$(sed -n "s/^$name: //p" "$log" | tail -n 1)" ;;
    124 | 137) broken="$broken
  $name (not ended after $limit)" ;;
    *) broken="$broken
  $name (exit status $status)" ;;
    esac
    printf '== %s took %s s\n' "$name" "$(($(date +%s) - began))"
}

need_package g++ g++ "the C++ layer and the header in C++" "40 MB" || true
need_package clang clang "the header under a second compiler" "400 MB" || true
need_package cmake cmake "programs built with CMake" "60 MB" || true
need_package pkg-config pkg-config "programs built with pkg-config" "1 MB" || true

step "Rust, C and C++ tests" cargo test --no-fail-fast
need_package turnserver coturn "media through TURN servers" "10 MB" || true
# Beside the other features, not in builds of their own: each would take minutes.
devices="" media_devices=""
if need_library alsa libasound2-dev "microphones and speakers" "2 MB"; then
    devices=,devices media_devices=,media-tests/devices
fi
step "media server" devserver/sfu-build/prepare.sh cargo test --no-fail-fast \
    --package devserver --package media-tests --features "devserver/sfu$media_devices"
if need_library vpx libvpx-dev "raw pictures" "5 MB"; then
    step "raw pictures and devices" sh -c "cargo test --package vsdk-libvpx --package vsdk-openh264 &&
        cargo test --features vp8,h264$devices --lib media &&
        cargo test --features vp8$devices --test misuse --test contract --test exports"
    step meet tests/meet.sh
fi
step "models of the handle table and of taking callbacks out" env \
    RUSTFLAGS="--cfg vsdk_loom" CARGO_TARGET_DIR="$VSDK_CACHE/loom" \
    cargo test --lib model
if need_package valgrind valgrind "leaks and wild accesses under Valgrind" "80 MB"; then
    step "sanitizers and Valgrind" tests/sanitizers.sh
fi
step Python bindings/python/test.sh
step Kotlin bindings/kotlin/test.sh
step Swift bindings/swift/test.sh
step "peer server-sdk" tests/peers/test.sh server-sdk
step "peer python" tests/peers/test.sh python
step "peer videosdk" tests/peers/test.sh videosdk
if need_package node nodejs "fetch and jsonwebtoken beside the library" "100 MB" &&
    need_package npm npm "fetch and jsonwebtoken beside the library" "100 MB"; then
    step "peer node" tests/peers/test.sh node
fi
# For each of eleven targets; an hour in all.
[ "$deep" = 0 ] || fuzz_seconds=330
step "status page" tests/status_page.sh
step documents docs/site/test.sh
step fuzz fuzz/run.sh "${fuzz_seconds:-5}"
if [ "$deep" = 1 ]; then
    step "installing as delivered" sh -c "packaging/build.sh &&
        export VSDK_TEST_BUILT='$(realpath -m "$target")/release' &&
        cargo test --test install --test notices && cargo test --test c_programs small_stack"
    step "soak" tests/soak.sh
    for platform in linux-glibc-floor linux-musl linux-arm64 windows android macos ios; do
        step "platform $platform" tests/platforms/test.sh "$platform"
    done
fi

conclude_tools || broken="$broken
  something was skipped"
if [ -n "$broken" ]; then
    printf '\nfailed:%s\n' "$broken"
    [ "$failed" -gt 0 ] || failed=1
fi
printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$SKIPPED"
[ -z "$broken" ]

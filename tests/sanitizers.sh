#!/bin/sh
# The C programs and the misuse of every function, under AddressSanitizer and
# UndefinedBehaviorSanitizer with a library that is itself instrumented, then under Valgrind.
# Before a detector is trusted, it has to catch a program that is wrong on purpose.
set -eu
cd "$(dirname "$0")/.."

cache=${VSDK_CACHE:-$HOME/.cache/vsdk}
host=$(rustc -vV | sed -n 's/^host: //p')
sanitize="-g -fsanitize=address,undefined -fno-sanitize-recover=all"
memcheck="valgrind -q --error-exitcode=9 --fair-sched=yes"
leaks="--leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
caught=0

# must_catch <detector> <program> <flags of the compiler> <words the detector says> <runner>
must_catch() {
    # Flags and runner are several words each.
    # shellcheck disable=SC2086
    gcc -g $3 "tests/c/detectors/$2.c" -o "$scratch/$2"
    # shellcheck disable=SC2086
    if $5 "$scratch/$2" >"$scratch/out" 2>&1; then
        echo "$1 did not catch tests/c/detectors/$2.c" >&2
        exit 1
    fi
    grep -q "$4" "$scratch/out" || {
        echo "$1 ended tests/c/detectors/$2.c for another reason:" >&2
        cat "$scratch/out" >&2
        exit 1
    }
    caught=$((caught + 1))
    echo "$1 catches $2"
}

must_catch AddressSanitizer use_after_free "$sanitize" heap-use-after-free ""
must_catch LeakSanitizer leak "$sanitize" "detected memory leaks" ""
must_catch UndefinedBehaviorSanitizer overflow "$sanitize" "signed integer overflow" ""
must_catch Valgrind use_after_free "" "Invalid read" "$memcheck"
must_catch "Valgrind's leak check" leak "" "definitely lost" "$memcheck $leaks"
echo "checked: $caught passed, 0 failed"

echo "building the library with AddressSanitizer (1.5 GB in $cache)"
RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Zsanitizer=address --cfg vsdk_test" CARGO_TARGET_DIR="$cache/asan" \
    cargo build --quiet --lib --target "$host"
library="$cache/asan/$host/debug"
nm -D --undefined-only "$library/libvsdk.so" | grep -q __asan_report || {
    echo "the library is not instrumented" >&2
    exit 1
}
# Without the forks: AddressSanitizer's own allocator does not survive a fork while other threads
# allocate. A child that inherits one of its locks waits for it for ever.
# A small quarantine: what it keeps of freed memory would look like a leak to the soak.
ASAN_OPTIONS=quarantine_size_mb=8 \
    VSDK_TEST_LIBRARY_DIR="$library" VSDK_TEST_CC=gcc VSDK_TEST_CFLAGS="$sanitize" \
    cargo test --test c_programs --test misuse --test soak -- --skip fork

VSDK_TEST_CC=gcc VSDK_TEST_CFLAGS=-g VSDK_TEST_RUNNER="$memcheck $leaks" \
    cargo test --test c_programs --test misuse -- --skip fork
# A forked child leaves behind the parent's threads, and what they held: no leak of its own.
VSDK_TEST_CC=gcc VSDK_TEST_CFLAGS=-g VSDK_TEST_RUNNER="$memcheck" \
    cargo test --test c_programs -- fork

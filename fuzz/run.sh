#!/usr/bin/env bash
# Fuzzing, from the committed corpus and from what earlier runs on this machine have found:
#
#     fuzz/run.sh <seconds for each target> [<target> ...]
#
# Prints as its last line `checked: N passed, M failed`. Exits with 77 when there is no toolchain.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tools.sh
. tests/suite.sh fuzz
seconds=${1:?how many seconds each target gets}
shift
targets=("$@")
[ $# -gt 0 ] || mapfile -t targets < <(sed -n 's/^path = "targets\/\(.*\)\.rs"$/\1/p' fuzz/Cargo.toml)

# Nothing of it goes into the repository: only what is worth keeping, by hand.
cache=$VSDK_CACHE/fuzz
workspace=(--manifest-path fuzz/Cargo.toml)

command -v c++ >/dev/null || unavailable "a C++ compiler is missing, which libFuzzer is built with (Debian: apt install g++)"
build_tool cargo-fuzz "$CARGO_FUZZ_VERSION" "5 MB; a minute" || unavailable "cargo-fuzz could not be built"
export PATH=$(dirname "$BUILT_TOOL"):$PATH
# What fuzzing asks of the compiler is not in its stable interface.
export RUSTC_BOOTSTRAP=1

# fuzz <target>
fuzz() {
    local found=$cache/corpus/$1 status=0
    mkdir -p "$found" "$cache/artifacts/$1"
    # An input may take a thousand times as long as usual; more is a finding.
    timeout $((seconds + 600)) cargo fuzz run --target-dir "$cache" "$1" "$found" "fuzz/corpus/$1" -- \
        -max_total_time="$seconds" -timeout=20 -print_final_stats=1 -verbosity=1 \
        -dict="fuzz/dictionaries/$1" -artifact_prefix="$cache/artifacts/$1/" >"$work/log" 2>&1 || status=$?
    awk -v target="$1" '
        match($0, /cov: [0-9]+/) { covered = substr($0, RSTART + 5, RLENGTH - 5) }
        /^stat::number_of_executed_units:/ { executed = $2 }
        END { printf "%s: %d executions, %d edges\n", target, executed, covered }' "$work/log"
    [ "$status" = 0 ] || tail -n 60 "$work/log"
    return "$status"
}

echo "-- fuzzing: 2 GB in $cache, ten minutes on two cores, once"
check "lockfile" cargo metadata --locked --format-version 1 "${workspace[@]}"
check "formatting" cargo fmt --check "${workspace[@]}"
check "clippy" env RUSTFLAGS="--cfg fuzzing" cargo clippy --quiet --target-dir "$cache/clippy" \
    "${workspace[@]}" --all-targets -- -D warnings
cargo fuzz build --target-dir "$cache" >"$work/build" 2>&1 || {
    cat "$work/build"
    exit 1
}
for target in "${targets[@]}"; do
    if fuzz "$target"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $target"
    fi
done
conclude

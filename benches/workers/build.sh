#!/usr/bin/env bash
# Prepares the workers of the benchmarks that are not in Rust, or use what others wrote:
#
#     benches/workers/build.sh <folder>
#
# Into the folder go a file `<name>.command` for each that there is, which starts it, and a file
# `<name>.missing` with the reason for each that there is not. The library has to be built as it is
# delivered.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/suite.sh workers
workers=$(realpath -m "${1:?the folder that they go to}")
sources=$PWD/benches/workers
library=$target/release/libvsdk.so
rm -rf "$workers"
mkdir -p "$workers"

# prepare <name> <command ...>: the command prints what starts the worker of that name, or says on
# stderr in its last line why there is none. All else that it prints goes to stderr too. It is run as
# a condition, where bash does not stop at a step that fails: each step says `|| return`.
prepare() {
    local name=$1
    shift
    echo "-- $*"
    if "$@" >"$work/command" 2>"$work/said"; then
        printf 'exec %s\n' "$(cat "$work/command")" >"$workers/$name.command"
    else
        tail -n 1 "$work/said" | sed 's/^[A-Za-z ]*: //' >"$workers/$name.missing"
        cat "$work/said"
    fi
}

the_server_sdk() {
    cargo build --quiet --release --locked --manifest-path "$sources/server-sdk/Cargo.toml" \
        --target-dir "$target/peers" >&2 || return
    echo "'$target/peers/release/server-sdk-worker'"
}

libcurl() { in_c libcurl curl/curl.h -lcurl libcurl4-openssl-dev; }

libyuv() { in_c libyuv libyuv.h -lyuv libyuv-dev; }

# in_c <name> <header> <flag for the linker> <Debian package>
in_c() {
    { echo "#include <$2>" | cc -E - -o "$work/preprocessed"; } 2>/dev/null ||
        { echo "$1's header is missing (Debian: apt install $4)" >&2; return 1; }
    cc -O2 -Wall -Wextra -Werror "$sources/$1.c" -o "$workers/$1" "$3" >&2 || return
    echo "'$workers/$1'"
}

# The peer's environment, which its test makes.
requests() {
    local python
    python=$(tests/peers/environment.sh python) || return
    echo "'$python/bin/python' '$sources/with_requests.py'"
}

# The official SDK for Python, which its peer's test installs: videosdk <script> [<argument>]
videosdk() {
    local python
    python=$(tests/peers/environment.sh videosdk) || return
    echo "'$python/bin/python' '$sources/$1' ${*:2}"
}

fetch() {
    [ "$(node -p 'process.versions.node.split(".")[0] >= 18' 2>&1)" = true ] ||
        { echo "Node 18 or newer is missing (Debian: apt install nodejs)" >&2; return 1; }
    echo "node '$sources/with_fetch.mjs'"
}

# python <script> [<argument>]
python() {
    command -v python3 >/dev/null ||
        { echo "python3 is missing (Debian: apt install python3)" >&2; return 1; }
    # Itself, not a script in its place that chooses one of several: that would be measured too.
    local interpreter
    interpreter=$(python3 -c 'import sys; print(sys.executable)') || return
    echo "env PYTHONPATH='$PWD/bindings/python/src' PYTHONPYCACHEPREFIX='$workers/pycache'" \
        "VSDK_LIBRARY='$library' '$interpreter' '$sources/$1' ${*:2}"
}

# jvm [blocking]
jvm() {
    local maven=(mvn --batch-mode --quiet --file "$workers/jvm/pom.xml" package
        "-Dmaven.repo.local=${VSDK_CACHE:-$HOME/.cache/vsdk}/maven")
    command -v mvn >/dev/null && command -v javac >/dev/null || {
        echo "Maven and a JDK from 17 on are missing (Debian: apt install maven openjdk-17-jdk-headless)" >&2
        return 1
    }
    if [ ! -e "$workers/jvm" ]; then
        bindings/kotlin/build_jar.sh install >&2 || return
        # The samples' project gathers all that a program with the library needs.
        cp -r examples/kotlin "$workers/jvm"
        "${maven[@]}" --offline >&2 || "${maven[@]}" >&2 || return
        javac -cp "$workers/jvm/target/lib/*" -d "$workers/jvm/worker" "$sources/WithVsdk.java" >&2 || return
    fi
    echo "java -cp '$workers/jvm/worker:$workers/jvm/target/lib/*' WithVsdk $*"
}

swift() {
    local build=$target/swift/worker installed=$target/swift/installed
    rm -rf "$installed"
    PREFIX=$installed BUILT=$target/release packaging/install.sh >&2 || return
    bindings/swift/toolchain.sh --share "$target" --share "$PWD" sh -c "cd '$sources/with-swift' &&
        PKG_CONFIG_PATH='$installed/lib/pkgconfig' swift build --quiet --configuration release \
            --scratch-path '$build' -Xlinker -rpath -Xlinker '$installed/lib'" >&2 || return
    echo "'$PWD/bindings/swift/toolchain.sh' --share '$target' --share '$PWD' '$build/release/worker'"
}

prepare server-sdk the_server_sdk
prepare libcurl libcurl
prepare libyuv libyuv
prepare requests requests
prepare videosdk videosdk with_requests.py videosdk
prepare videosdk-meetings videosdk meetings_with_videosdk.py
prepare videosdk-media videosdk media_with_videosdk.py
prepare videosdk-pictures videosdk pictures_with_videosdk.py
prepare videosdk-pictures-alike videosdk pictures_with_videosdk.py alike
prepare fetch fetch
prepare python python with_vsdk.py
prepare python-asyncio python with_vsdk.py asyncio
prepare python-join python join_with_vsdk.py
prepare jvm jvm
prepare jvm-blocking jvm blocking
prepare swift swift

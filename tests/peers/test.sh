#!/usr/bin/env bash
# What others wrote, beside the library, both before the same local service:
#
#     tests/peers/test.sh server-sdk     the official server SDK, in Rust
#     tests/peers/test.sh python         requests and PyJWT
#     tests/peers/test.sh videosdk       the official SDK for participants, in Python
#     tests/peers/test.sh node           fetch and jsonwebtoken
#
# Prints as its last line `checked: N passed, M failed`. Exits with 77 when there is no toolchain.
set -euo pipefail
cd "$(dirname "$0")/../.."
peer=${1:?which peer: server-sdk, python, videosdk or node}
. tests/suite.sh "peer $peer"
folder=$PWD/tests/peers/$peer
export VIDEOSDK_API_KEY=3f9a1c52-6d0e-4b7a-9e44-0c1d2e3f4a5b
export VIDEOSDK_SECRET=5ec2e7a0b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbcc

# What the peer needs comes from its registry, once. It is in `environment`.
install_environment() {
    environment=$(tests/peers/environment.sh "$peer") || exit
}

# The library for peers in other languages than Rust: its samples in C, and one that mints tokens.
compile_programs() {
    export VSDK_PROGRAMS=$work/programs
    mkdir "$VSDK_PROGRAMS"
    local source
    for source in examples/c/{quickstart,rooms,token_doctor}.c tests/peers/mint.c; do
        check "$source" cc "$source" -o "$VSDK_PROGRAMS/$(basename "$source" .c)" -Wall -Wextra \
            -Werror -Iinclude -L"$target/debug" -lvsdk -Wl,-rpath,"$target/debug"
    done
}

test_server_sdk() {
    # Its dependencies are in a target directory of their own: the library's stay as they are.
    local sdk=(--locked --manifest-path "$folder/Cargo.toml" --target-dir "$target/peers")
    check "clippy" cargo clippy --quiet "${sdk[@]}" --all-targets -- -D warnings
    check "clippy of the benchmarks' worker" cargo clippy --quiet --locked \
        --manifest-path benches/workers/server-sdk/Cargo.toml --target-dir "$target/peers" -- -D warnings
    start_service
    export VSDK_DEVSERVER=$target/debug/devserver
    local status=0
    timeout 1200 cargo test --quiet "${sdk[@]}" --no-fail-fast >"$work/suite" 2>&1 </dev/null || status=$?
    # Without the lines that tests/run.sh would count once more.
    sed 's/^test result:/suite:/' "$work/suite"
    add_report $(awk '/^test result:/ { passed += $4; failed += $6 + $8 } END { print passed + 0, failed + 0 }' \
        "$work/suite") "$status"
}

test_python() {
    install_environment
    compile_programs
    start_service
    run_python_suite
}

# The SDK demands https, so its tests start a service of their own.
test_videosdk() {
    local clients=$folder/clients
    install_environment
    export VSDK_DEVSERVER=$target/debug/devserver
    check "a participant in C" cc "$clients/participant.c" -o "$work/participant" -Wall -Wextra -Werror \
        -D_DEFAULT_SOURCE -Iinclude -L"$target/debug" -lvsdk -Wl,-rpath,"$target/debug"
    export VSDK_CLIENT_C=$work/participant
    export VSDK_CLIENT_PYTHON="env PYTHONPATH=$PWD/bindings/python/src VSDK_LIBRARY=$target/debug/libvsdk.so
        $environment/bin/python $clients/participant.py"
    compile_participant_in_kotlin
    run_python_suite
}

# With the binding's jar, in a copy of the samples' project. Without it the others still run.
compile_participant_in_kotlin() {
    local project=$work/kotlin repository=${VSDK_CACHE:-$HOME/.cache/vsdk}/maven
    if ! command -v mvn >/dev/null || ! command -v javac >/dev/null; then
        echo "NOT RUN: participants in Kotlin; Maven and a JDK from 17 on are missing (Debian: apt install maven openjdk-17-jdk-headless)"
        check "participants in Kotlin, or VSDK_ALLOW_SKIP=1" test -n "${VSDK_ALLOW_SKIP:-}"
        return
    fi
    maven() {
        timeout 900 mvn --batch-mode --quiet "$@" --file "$project/pom.xml" -Dmaven.repo.local="$repository" package
    }
    package() {
        maven --offline || maven
    }
    mkdir -p "$project/src/main/kotlin"
    cp examples/kotlin/pom.xml "$project"
    cp "$clients/Participant.kt" "$project/src/main/kotlin"
    check "the jar for Kotlin" timeout 3000 bindings/kotlin/build_jar.sh install
    check "a participant in Kotlin" package
    # What is missing has failed already.
    [ -d "$project/target/lib" ] || return 0
    # Up to 17, Java reads its arguments in the encoding of the locale.
    export VSDK_CLIENT_KOTLIN="env LC_ALL=C.UTF-8 java -cp $project/target/lib/* ParticipantKt"
}

run_python_suite() {
    local status=0
    (cd "$folder" && PYTHONDONTWRITEBYTECODE=1 timeout 1200 "$environment/bin/python" -m unittest -v) \
        >"$work/suite" 2>&1 </dev/null || status=$?
    cat "$work/suite"
    add_report $(awk '/^Ran / { ran = $2 } /^(OK|FAILED)/ { gsub(/[^0-9]+/, " "); for (i = 1; i <= NF; i++) bad += $i }
        END { print ran - bad, bad + 0 }' "$work/suite") "$status"
}

test_node() {
    local status=0
    install_environment
    compile_programs
    start_service
    # Modules are looked for beside the file that asks for them.
    cp "$folder"/*.js "$folder/package.json" "$work"
    ln -s "$environment/node_modules" "$work"
    (cd "$work" && timeout 1200 node --test --test-reporter=tap) >"$work/suite" 2>&1 </dev/null || status=$?
    cat "$work/suite"
    add_report $(awk '/^# (pass|fail|cancelled|skipped|todo) / { count[$2] += $3 }
        END { print count["pass"] + 0, count["fail"] + count["cancelled"] + count["skipped"] + count["todo"] }' \
        "$work/suite") "$status"
}

echo "-- library and local service"
if [ "$peer" = videosdk ]; then
    # Its participants send each other sound and pictures.
    build_library_and_service
    [ -z "${VSDK_WITHOUT_MEDIA:-}" ] || unavailable "$VSDK_WITHOUT_MEDIA"
else
    cargo build --quiet --package vsdk --package devserver
fi
echo "-- peer $peer"
case $peer in
server-sdk) test_server_sdk ;;
python) test_python ;;
videosdk) test_videosdk ;;
node) test_node ;;
*) echo "there is no peer $peer" >&2; exit 1 ;;
esac
conclude

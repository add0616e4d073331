#!/usr/bin/env bash
# Everything of the Swift binding, from nothing: builds the library and the local service, gets
# Swift, runs the suite, the samples and the programs of the documents against real services.
#
# Prints as its last line `checked: N passed, M failed`. Exits with 77 when Swift is not to be had.
# Everything goes to a folder of the build directory and to the cache of toolchain.sh.
set -euo pipefail
cd "$(dirname "$0")/../.."
# A folder that is kept for the next run, and that Swift's root sees.
. tests/suite.sh Swift "$(realpath -m "${CARGO_TARGET_DIR:-target}/swift")"
readonly clone=$PWD home=$work/home

# ---- What the checks are made with ---------------------------------------------------------------

# Puts one in front of PATH as `swift`: builds where it is told, and fails instead of hanging.
make_swift() {
    mkdir -p "$work/bin"
    cat >"$work/bin/swift" <<SCRIPT
#!/usr/bin/env bash
export PATH=$(printf %q "$PATH")
action=\$1
shift
exec timeout --kill-after=30 1200 "$clone/bindings/swift/toolchain.sh" --share "$target" \\
    --share "$clone" swift "\$action" --scratch-path "\$VSDK_SCRATCH" \$VSDK_SWIFT_FLAGS "\$@"
SCRIPT
    chmod +x "$work/bin/swift"
}

# What a newcomer types: blocks of shell from a document, in the folder they are in.
type_in() {
    env HOME="$home" PATH="$work/bin:$PATH" BUILT="$work/built" bash -euc "$1"
}

# Expects that a text is in what another command says.
prints() {
    local expected=$1 said
    shift
    said=$("$@" 2>&1) || { printf '%s\n' "$said"; return 1; }
    printf '%s\n' "$said"
    grep -qE -- "$expected" <<<"$said" || { echo "nothing in it is like: $expected"; return 1; }
}

# As prints, of a command that has to fail with exit status 1.
refuses() {
    local expected=$1 said status=0
    shift
    said=$("$@" 2>&1) || status=$?
    printf '%s\n' "$said"
    [ "$status" = 1 ] || { echo "exit status $status instead of 1"; return 1; }
    grep -qE -- "$expected" <<<"$said" || { echo "nothing in it is like: $expected"; return 1; }
}

# An empty folder, with a place of its own for what Swift builds there.
empty_folder() {
    export VSDK_SCRATCH=$work/build-$1 VSDK_SWIFT_FLAGS=""
    rm -rf "${work:?}/$1"
    mkdir -p "$work/$1"
    cd "$work/$1"
}

# ---- From nothing to the installed library -------------------------------------------------------

echo "-- toolchain"
bindings/swift/toolchain.sh swift --version >"$work/output" 2>&1 || {
    status=$?
    cat "$work/output" >&2
    exit "$status"
}
grep -o 'Swift version [0-9.]*' "$work/output"

echo "-- library and local service"
build_library_and_service
rm -rf "$work/built" "$home"
mkdir -p "$work/built" "$home"
# Without what only a debugger reads, which is four fifths of it.
for file in libvsdk.so libvsdk.a; do
    strip --strip-debug "$target/debug/$file" -o "$work/built/$file"
done
echo "-lgcc_s -lutil -lrt -lpthread -lm -ldl -lc" >"$work/built/native-static-libs"
make_swift

readonly readme=$clone/bindings/swift/README.md
shells=$(tests/code_blocks.sh "$readme" sh "$work/shell")
programs=$(tests/code_blocks.sh "$readme" swift "$work/programs")
[ "$shells" = 3 ] && [ "$programs" = 1 ] || {
    echo "README.md has $shells marked blocks of shell and $programs of Swift, not 3 and 1" >&2
    exit 1
}
check "installing the library" type_in "$(cat "$work/shell/1")"
export PKG_CONFIG_PATH=$home/vsdk/lib/pkgconfig

# ---- The suite -----------------------------------------------------------------------------------

cd bindings/swift
export VSDK_SCRATCH=$work/build VSDK_DEVSERVER=$target/debug/devserver
export VSDK_SWIFT_FLAGS="-Xswiftc -warnings-as-errors -Xlinker -rpath -Xlinker $home/vsdk/lib"
check "the package and its tests compile without a warning" "$work/bin/swift" build --build-tests

echo "-- suite"
status=0
"$work/bin/swift" test --skip-build 2>&1 </dev/null | tee "$work/suite" || status=$?
# What the two test libraries report: XCTest, and Swift Testing with its signs.
ran() {
    grep -cE "^Test Case '.*' $1 \(|^. Test (\".*\"|[A-Za-z_0-9]+\(.*\)) $1 after" "$work/suite" || true
}
[ "$(ran passed)" -ge 120 ] || status=1
# A test that was skipped has not passed: those of media are where the media server is missing.
add_report "$(ran passed)" "$(($(ran failed) + $(ran skipped)))" "$status"
cd "$clone"

# ---- The samples, from an empty folder -----------------------------------------------------------

export VSDK_CLONE=$clone
start_service
empty_folder samples
here() {
    sed "s|http://127.0.0.1:3000|$address|g" "$1"
}
check "quickstart, as the README says" \
    prints '^event 1      STATE_CHANGED INITIALISED$' type_in "$(here "$work/shell/3")"
run_sample() {
    (cd "$work/samples" && "$work/bin/swift" run --skip-build "$@")
}
cd "$clone"
compare_samples

# administer <what> <JSON>: asks the local service for something that goes wrong.
administer() {
    local host=${address#http://}
    exec 3<>"/dev/tcp/${host%:*}/${host#*:}"
    printf 'POST /admin/%s HTTP/1.0\r\nHost: %s\r\nContent-Length: %s\r\n\r\n%s' \
        "$1" "$host" "${#2}" "$2" >&3
    timeout 30 grep -q '^HTTP/1.[01] 200' <&3
    exec 3>&-
}

# Nobody writes anything while the meeting ends: what reads the input must not keep the program.
chat_ends_with_its_meeting() {
    local reason='{"code":1006,"message":"ROOM_CLOSE"}'
    local close='{"request":true,"id":0,"method":"close","data":{"reason":'$reason'}}'
    rm -rf "$work/scene" && mkdir "$work/scene"
    enter ann run_sample chat --api-url "$address" --name Ann &&
        sees ann "* in the room: Ann (you)" && administer sockets '{"kind":"cut"}' &&
        sees ann "* connection lost, trying again" && sees ann "* back in the room" &&
        administer sockets "{\"kind\":\"send\",\"text\":\"${close//\"/\\\"}\"}" &&
        sees ann "* the meeting has ended: ROOM_CLOSE" && ends ann
}
check "chat over a lost connection, until its meeting ends" chat_ends_with_its_meeting

# Of two samples whose number of guests or messages has no end.
ends_with_its_input() {
    rm -rf "$work/scene" && mkdir "$work/scene"
    enter ann run_sample "$1" --api-url "$address" && sees_like ann "$2" && leave ann
}
sees_like() {
    for _ in $(seq 600); do
        ! grep -qE -- "$2" "$work/scene/$1.out" || return 0
        sleep 0.1
    done
    echo "$1 never saw anything like \"$2\""
    return 1
}
check "greeter until its input ends" ends_with_its_input greeter '^room [a-z0-9-]+$'
check "two_meetings until its input ends" \
    ends_with_its_input two_meetings '^rooms [a-z0-9-]+ [a-z0-9-]+$'
check "greeter misused" refuses '^usage: greeter ' run_sample greeter --guests many

# ---- The code of the documents -------------------------------------------------------------------

# Points programs that are printed as users write them to the local service.
cc -c "$clone/tests/readme/local_service.c" -I"$clone/include" -fPIC -o "$work/local_service.o"

empty_folder app
mkdir -p Sources/app
# The package of the README, and beside its program every fragment, each as a function.
awk -v clone="$clone" '
    $0 == "```swift" { count++; is_inside = 1; file = ""; next }
    is_inside && $0 == "```" { is_inside = 0; if (is_fragment) print "}" > file; close(file); next }
    is_inside && file == "" {
        is_fragment = 0
        if (/^\/\/ swift-tools-version/) file = "Package.swift"
        else if (marked) file = "Sources/app/main.swift"
        else {
            is_fragment = 1
            file = "Sources/app/Fragment" count ".swift"
            print "import Foundation\nimport Vsdk\n" > file
            print "func fragment" count "(" > file
            print "    meeting: Meeting, url: String, apiKey: String, secret: String" > file
            print ") async throws {" > file
        }
    }
    is_inside { gsub("/path/to/vsdk", clone); print > file; next }
    { marked = $0 == "<!-- test: run -->" }
' "$readme"
fragments=$(find Sources/app -name 'Fragment*.swift' | wc -l)
[ "$fragments" -ge 8 ] || { echo "only $fragments fragments were found in README.md" >&2; exit 1; }
run_app() {
    VSDK_SWIFT_FLAGS="-Xlinker $work/local_service.o" type_in "$(cat "$work/shell/2")"
}
check "README of the package: the program, and $fragments fragments that compile" \
    prints '^Ann can join the meeting in room [a-z0-9-]+\.$' run_app
VIDEOSDK_TOKEN="not a token" check "README of the package: the program explains a failure" \
    refuses 'token' run_app

count=$("$clone/tests/code_blocks.sh" "$clone/README.md" swift "$work/top")
for block in $(seq "$count"); do
    cp "$work/top/$block" Sources/app/main.swift
    check "README.md: program $block" prints '^Ann can join the meeting in room [a-z0-9-]+\.$' run_app
done

conclude

#!/usr/bin/env bash
# Everything of the Swift binding, from nothing: builds the library and the local service, gets
# Swift, runs the suite, the samples and the programs of the documents against real services.
#
# Prints as its last line `checked: N passed, M failed`. Exits with 77 when Swift is not to be had.
# Everything goes to a folder of the build directory and to the cache of toolchain.sh.
set -euo pipefail
cd "$(dirname "$0")/../.."
readonly clone=$PWD
mkdir -p "${CARGO_TARGET_DIR:-target}/swift"
readonly target=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)
readonly work=$target/swift home=$target/swift/home
passed=0 failed=0

# ---- What the checks are made with ---------------------------------------------------------------

progress() {
    printf 'swift: %s (%s)\n' "$1" "$(date +%T)"
}

# Passes when the commands do. Tells all that they said when not.
check() {
    local name=$1 status=0
    shift
    progress "$name"
    "$@" >"$work/output" 2>&1 </dev/null || status=$?
    if [ "$status" = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        cat "$work/output"
        printf '*** FAILED: %s (exit status %s)\n' "$name" "$status"
    fi
}

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
says() {
    local expected=$1 said
    shift
    said=$("$@" 2>&1) || { printf '%s\n' "$said"; return 1; }
    printf '%s\n' "$said"
    grep -qE -- "$expected" <<<"$said" || { echo "nothing in it is like: $expected"; return 1; }
}

# As says, of a command that has to fail with exit status 1.
refuses() {
    local expected=$1 said status=0
    shift
    said=$("$@" 2>&1) || status=$?
    printf '%s\n' "$said"
    [ "$status" = 1 ] || { echo "exit status $status instead of 1"; return 1; }
    grep -qE -- "$expected" <<<"$said" || { echo "nothing in it is like: $expected"; return 1; }
}

# Starts a service that runs until the end of this script, and sets `address`.
start_service() {
    "$target/debug/devserver" --http 127.0.0.1:0 >"$work/ready" &
    service=$!
    trap 'kill "$service" 2>/dev/null || true' EXIT
    for _ in $(seq 200); do
        [ ! -s "$work/ready" ] || break
        sleep 0.1
    done
    address=$(sed -n 's/.*"http":"\([^"]*\)".*/\1/p' "$work/ready")
    [ -n "$address" ] || { echo "devserver did not become ready within 20 s" >&2; exit 1; }
}

# A token of that service. Not every machine has curl.
fetch_token() {
    local token host=${address#http://}
    exec 3<>"/dev/tcp/${host%:*}/${host#*:}"
    printf 'GET /get-token HTTP/1.0\r\nHost: %s\r\n\r\n' "$host" >&3
    token=$(timeout 30 sed -n 's/.*"token":"\([^"]*\)".*/\1/p' <&3)
    exec 3>&-
    echo "$token"
}

# An empty folder, with a place of its own for what Swift builds there.
empty_folder() {
    export VSDK_SCRATCH=$work/build-$1 VSDK_SWIFT_FLAGS=""
    rm -rf "${work:?}/$1"
    mkdir -p "$work/$1"
    cd "$work/$1"
}

# ---- From nothing to the installed library -------------------------------------------------------

# What a user of this machine may have set.
unset VIDEOSDK_TOKEN VIDEOSDK_TOKEN_URL VIDEOSDK_API_ENDPOINT

progress "looking for Swift"
bindings/swift/toolchain.sh swift --version >"$work/output" 2>&1 || {
    status=$?
    cat "$work/output" >&2
    exit "$status"
}
grep -o 'Swift version [0-9.]*' "$work/output"

progress "building the library and the local service"
cargo build --quiet --package vsdk --package devserver
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
start_service

# ---- The suite -----------------------------------------------------------------------------------

cd bindings/swift
export VSDK_SCRATCH=$work/build VSDK_DEVSERVER=$target/debug/devserver
export VSDK_SWIFT_FLAGS="-Xswiftc -warnings-as-errors -Xlinker -rpath -Xlinker $home/vsdk/lib"
check "the package and its tests compile without a warning" "$work/bin/swift" build --build-tests

progress "the suite"
status=0
"$work/bin/swift" test --skip-build 2>&1 </dev/null | tee "$work/suite" || status=$?
# What the two test libraries report: XCTest, and Swift Testing with its signs.
ran() {
    grep -cE "^Test Case '.*' $1 \(|^. Test (\".*\"|[A-Za-z_0-9]+\(.*\)) $1 after" "$work/suite" || true
}
passed=$((passed + $(ran passed)))
failed=$((failed + $(ran failed)))
if [ "$status" != 0 ] || [ "$(ran passed)" -lt 55 ]; then
    echo "*** FAILED: the suite ended with exit status $status after $(ran passed) passed tests"
    failed=$((failed + 1))
fi

# ---- The samples, from an empty folder -----------------------------------------------------------

export VSDK_CLONE=$clone
empty_folder samples
here() {
    sed "s|http://127.0.0.1:3000|$address|g" "$1"
}
sample() {
    "$work/bin/swift" run --skip-build "$@"
}
check "samples: quickstart, as the README says" \
    says '^event 1      STATE_CHANGED INITIALISED$' type_in "$(here "$work/shell/3")"
check "samples: quickstart without a service" \
    refuses '^token_fetch failed: ' sample quickstart --token-url http://127.0.0.1:1/get-token
check "samples: quickstart with an option that is none" refuses '^usage: ' sample quickstart --nonsense x
token=$(fetch_token)
export VIDEOSDK_TOKEN=$token VIDEOSDK_API_ENDPOINT=$address
check "samples: rooms create" says '  open  .*  lesson$' sample rooms create lesson
check "samples: rooms validate" says '  open  .*  lesson$' sample rooms validate lesson
check "samples: rooms get" says '  open  .*  lesson$' sample rooms get lesson
check "samples: rooms list" says '^page 1 of 1, 2 rooms in all$' sample rooms list
check "samples: rooms get, of none" refuses . sample rooms get nowhere
room=$(sample rooms get lesson 2>/dev/null | cut -d ' ' -f 1) || true
check "samples: rooms deactivate" says "^$room +disabled" sample rooms deactivate "$room"
check "samples: rooms without an id" refuses '^usage: ' sample rooms get
check "samples: token_doctor" says '^Usable, ' sample token_doctor --for join
check "samples: token_doctor with a prefix" \
    refuses '^ERROR     BEARER_PREFIX$' sample token_doctor "Bearer $token"
check "samples: token_doctor for a use that is none" \
    refuses '^usage: ' sample token_doctor --for nonsense "$token"
from_input() {
    echo "$token" | sample token_doctor -
}
check "samples: token_doctor from standard input" refuses '^ERROR     WHITE_SPACE_AROUND$' from_input
unset VIDEOSDK_TOKEN VIDEOSDK_API_ENDPOINT

# ---- The code of the documents -------------------------------------------------------------------

# Points programs that are printed as users write them to the local service.
cc -c "$clone/tests/readme/local_service.c" -I"$clone/include" -fPIC -o "$work/local_service.o"
export README_SERVICE=$address VIDEOSDK_TOKEN=$token

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
[ "$fragments" -ge 6 ] || { echo "only $fragments fragments were found in README.md" >&2; exit 1; }
run_app() {
    VSDK_SWIFT_FLAGS="-Xlinker $work/local_service.o" type_in "$(cat "$work/shell/2")"
}
check "README of the package: the program, and $fragments fragments that compile" \
    says '^Ann can join the meeting in room [a-z0-9-]+\.$' run_app
VIDEOSDK_TOKEN="not a token" check "README of the package: the program explains a failure" \
    refuses 'token' run_app

count=$("$clone/tests/code_blocks.sh" "$clone/README.md" swift "$work/top")
for block in $(seq "$count"); do
    cp "$work/top/$block" Sources/app/main.swift
    check "README.md: program $block" says '^Ann can join the meeting in room [a-z0-9-]+\.$' run_app
done

printf 'checked: %s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]

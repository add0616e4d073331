# What the checks need besides Rust and a C compiler: found, or installed where that is possible.
# Sourced by the other scripts. Whatever is missing is skipped loudly and fails the run in the end,
# unless VSDK_ALLOW_SKIP=1.

VSDK_CACHE=${VSDK_CACHE:-$HOME/.cache/vsdk}
CARGO_DENY_VERSION=0.20.2
CARGO_FUZZ_VERSION=0.13.1
MDBOOK_VERSION=0.5.4
SKIPPED=0

# skip <what> <why>
skip() {
    SKIPPED=$((SKIPPED + 1))
    printf '\n*** SKIPPED: %s\n*** because %s\n\n' "$1" "$2" >&2
}

# need_package <command> <Debian package> <what for> <size>
need_package() {
    need "command -v $1" "$1" "$2" "$3" "$4"
}

# need_library <name for pkg-config> <Debian package> <what for> <size>: a library with what is needed
# to build against it.
need_library() {
    need_package pkg-config pkg-config "$3" "1 MB" && need "pkg-config --exists $1" "$1" "$2" "$3" "$4"
}

# need <test> <name> <Debian package> <what for> <size>
need() {
    $1 >/dev/null && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing $3 ($5) for $4"
        [ -n "${PACKAGE_LISTS_READ:-}" ] || apt-get update -qq >/dev/null 2>&1 || true
        PACKAGE_LISTS_READ=1
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$3" >/dev/null 2>&1 || true
        $1 >/dev/null && return 0
    fi
    skip "$4" "'$2' is missing and could not be installed (Debian: apt install $3)"
    return 1
}

# build_tool <crate> <version> <size and time> [<flag for cargo ...>]: a program from crates.io, built
# into the cache once. Sets BUILT_TOOL.
build_tool() {
    BUILT_TOOL="$VSDK_CACHE/$1-$2/bin/$1"
    [ -x "$BUILT_TOOL" ] && return 0
    echo "building $1 $2 into $VSDK_CACHE ($3 on two cores, once)"
    tool=$1 version=$2
    shift 3
    cargo install --quiet --locked --version "$version" --root "$VSDK_CACHE/$tool-$version" \
        --target-dir "$VSDK_CACHE/$tool-build" "$@" "$tool" || true
    rm -rf "$VSDK_CACHE/$tool-build"
    [ -x "$BUILT_TOOL" ]
}

# Sets CARGO_DENY.
need_cargo_deny() {
    if build_tool cargo-deny "$CARGO_DENY_VERSION" "about 15 MB; five minutes"; then
        CARGO_DENY=$BUILT_TOOL
        return 0
    fi
    skip "licences, duplicate crates, sources" "cargo-deny could not be built"
    return 1
}

# Fails when something was skipped that must not be.
conclude_tools() {
    [ "$SKIPPED" = 0 ] && return 0
    if [ "${VSDK_ALLOW_SKIP:-0}" = 1 ]; then
        echo "$SKIPPED checks were skipped, which VSDK_ALLOW_SKIP=1 allows" >&2
        return 0
    fi
    echo "$SKIPPED checks were skipped. Install what is missing, or set VSDK_ALLOW_SKIP=1 to pass without them." >&2
    return 1
}

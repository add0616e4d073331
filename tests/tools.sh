# What the checks need besides Rust and a C compiler: found, or installed where that is possible.
# Sourced by the other scripts. Whatever is missing is skipped loudly and fails the run in the end,
# unless VSDK_ALLOW_SKIP=1.

VSDK_CACHE=${VSDK_CACHE:-$HOME/.cache/vsdk}
CARGO_DENY_VERSION=0.20.2
SKIPPED=0

# skip <what> <why>
skip() {
    SKIPPED=$((SKIPPED + 1))
    printf '\n*** SKIPPED: %s\n*** because %s\n\n' "$1" "$2" >&2
}

# need_package <command> <Debian package> <what for> <size>
need_package() {
    command -v "$1" >/dev/null && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing $2 ($4) for $3"
        [ -n "${PACKAGE_LISTS_READ:-}" ] || apt-get update -qq >/dev/null 2>&1 || true
        PACKAGE_LISTS_READ=1
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$2" >/dev/null 2>&1 || true
        command -v "$1" >/dev/null && return 0
    fi
    skip "$3" "'$1' is missing and could not be installed (Debian: apt install $2)"
    return 1
}

# Sets CARGO_DENY.
need_cargo_deny() {
    CARGO_DENY="$VSDK_CACHE/cargo-deny-$CARGO_DENY_VERSION/bin/cargo-deny"
    [ -x "$CARGO_DENY" ] && return 0
    echo "building cargo-deny $CARGO_DENY_VERSION into $VSDK_CACHE (about 15 MB; five minutes on two cores, once)"
    cargo install --quiet --locked --version "$CARGO_DENY_VERSION" \
        --root "$VSDK_CACHE/cargo-deny-$CARGO_DENY_VERSION" \
        --target-dir "$VSDK_CACHE/cargo-deny-build" cargo-deny || true
    rm -rf "$VSDK_CACHE/cargo-deny-build"
    [ -x "$CARGO_DENY" ] && return 0
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

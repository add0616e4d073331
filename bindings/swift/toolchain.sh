#!/usr/bin/env bash
# Runs a command where Swift is available.
#
#   bindings/swift/toolchain.sh [--share DIR]... COMMAND [ARGUMENT]...
#
# Uses `swift` of PATH when it is 6.0 or newer. Else it makes, once, a Debian 13 root with Debian's
# own Swift in it, kept in ${VSDK_CACHE:-~/.cache/vsdk}/swift-<version>, and runs the command there,
# in the current directory. That directory and those of --share are visible in the root at the same
# paths. Of the environment the command sees VSDK_*, VIDEOSDK_*, README_*, LD_LIBRARY_PATH and
# PKG_CONFIG_PATH.
#
# Exits with 77, and one line on stderr, when Swift is neither there nor to be had.
set -euo pipefail

readonly wanted=6.0
readonly suite=trixie version=6.0.3
readonly root=${VSDK_CACHE:-$HOME/.cache/vsdk}/swift-$version

unavailable() {
    echo "Swift: $1" >&2
    exit 77
}

# Whether `swift` of PATH is new enough.
have_swift() {
    local found
    command -v swift >/dev/null || return 1
    found=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1)
    [ -n "$found" ] && [ "$(printf '%s\n' "$wanted" "$found" | sort -V | head -n 1)" = "$wanted" ]
}

# The mirror that this machine's own apt uses; nothing when it uses none.
mirror() {
    grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d \
        2>/dev/null | tr -d ' ' | head -n 1 || true
}

# Runs one step of making the root, quietly; tells the end of its output when it fails.
step() {
    local name=$1
    shift
    echo "swift: $name" >&2
    if ! "$@" >"$root.log" 2>&1 </dev/null; then
        tail -n 15 "$root.log" >&2
        unavailable "$name failed; all of its output is in $root.log"
    fi
}

# Makes the root, or leaves the one that is complete as it is. One process at a time.
make_root() {
    local from file
    [ -e "$root/.complete" ] && return
    [ "$(id -u)" = 0 ] || unavailable "swift $wanted is not in PATH, and making a root for it needs root"
    from=$(mirror)
    [ -n "$from" ] || unavailable "swift $wanted is not in PATH, and this machine has no Debian mirror"
    mkdir -p "$(dirname "$root")"
    exec 9>"$root.lock"
    flock --timeout 3000 9 || unavailable "another process has been making $root for 50 minutes"
    [ -e "$root/.complete" ] && return

    echo "swift: making a Debian root with Swift $version in $root:" >&2
    echo "swift: downloads about 600 MB from $from, takes 3 GB on disk and about 5 minutes" >&2
    export DEBIAN_FRONTEND=noninteractive LC_ALL=C
    if ! command -v debootstrap >/dev/null; then
        step "apt-get update" timeout 600 apt-get -q update
        step "installing debootstrap" timeout 600 apt-get -q -o DPkg::Lock::Timeout=600 \
            install -y --no-install-recommends debootstrap
    fi
    rm -rf --one-file-system "$root"
    step "debootstrap $suite" timeout 1200 debootstrap --variant=minbase \
        --keyring=/usr/share/keyrings/debian-archive-keyring.gpg "$suite" "$root" "$from"
    # What this machine's apt needs to reach its mirror, such as a proxy.
    for file in /etc/apt/apt.conf.d/*; do
        if grep -qE '^Acquire::' "$file"; then cp "$file" "$root/etc/apt/apt.conf.d/"; fi
    done
    # No package may start a service.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod +x "$root/usr/sbin/policy-rc.d"
    step "apt-get update in the root" timeout 600 chroot "$root" apt-get -q update
    # libc6-dev and libstdc++-14-dev are needed to compile, and swiftlang does not ask for them.
    step "installing swiftlang" timeout 2400 chroot "$root" apt-get -q install -y \
        --no-install-recommends swiftlang libc6-dev libstdc++-14-dev pkg-config
    chroot "$root" apt-get -q clean
    rm -rf --one-file-system "$root"/var/lib/apt/lists/* "$root.log"
    touch "$root/.complete"
}

shared=("$PWD")
while [ "${1:-}" = --share ]; do
    shared+=("$(realpath "$2")")
    shift 2
done
[ $# -gt 0 ] || { echo "usage: $0 [--share DIR]... COMMAND [ARGUMENT]..." >&2; exit 2; }

if have_swift; then exec "$@"; fi
make_root

passed=()
while IFS= read -r name; do
    passed+=("$name=${!name}")
done < <(compgen -e | grep -E '^((VSDK|VIDEOSDK|README)_.*|LD_LIBRARY_PATH|PKG_CONFIG_PATH)$' || true)

# The mounts live in a namespace of their own and vanish with the command. Swift finds its own
# libraries through /proc. The network is the machine's, so that its loopback is reached.
exec unshare --mount --pid --fork --kill-child bash -euc '
    root=$1 directory=$2 shared=$3
    shift 3
    mount --make-rprivate /
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    while IFS= read -r path; do
        mkdir -p "$root$path"
        mount --bind "$path" "$root$path"
    done <<<"$shared"
    exec chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH=/usr/bin:/bin "$@"
' bash "$root" "$PWD" "$(printf '%s\n' "${shared[@]}")" "${passed[@]}" \
    sh -c 'cd "$1" && shift && exec "$@"' sh "$PWD" "$@"

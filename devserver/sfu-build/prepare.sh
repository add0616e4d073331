#!/bin/sh
# prepare.sh <command ...>: runs a command such as `cargo test -p devserver --features sfu` so that the
# crate mediasoup-sys can be built here. Its C++ worker is made of sources that its build downloads.
# Where they can be had, nothing is changed. Elsewhere, on Debian 12, the worker is built once from
# Debian's packages, kept in the cache, and handed to the crate in place of its own build.
# Exits with 77, and a line of reason, where neither is possible.
set -eu
kit=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$kit/../.." && pwd)
cache=${VSDK_CACHE:-$HOME/.cache/vsdk}

version=$(awk '$0 == "name = \"mediasoup-sys\"" { getline; gsub(/version = |"/, ""); print }' "$root/Cargo.lock")
target=$(rustc -vV | sed -n 's/^host: //p')
checksum() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }
# Of what the library is made from, beside the crate.
sum=$(cd "$kit" && find build_worker.sh precompiled.hpp shims -type f | LC_ALL=C sort | xargs cat | checksum | cut -c 1-12)
entry=$cache/mediasoup-worker-$version-$target-$sum
library=$entry/libmediasoup-worker.a

with_library() {
    export MESON="$kit/meson" VSDK_SFU_WORKER="$library"
    exec "$@"
}

[ ! -e "$library" ] || with_library "$@"

# One address for each host that the crate's build downloads from.
if python3 - <<'PYTHON'
import sys, urllib.request
for url in ("https://github.com/google/flatbuffers/archive/v24.3.25.tar.gz",
            "https://dist.libuv.org/dist/v1.51.0/libuv-v1.51.0.tar.gz",
            "https://www.openssl.org/source/openssl-3.0.10.tar.gz",
            "https://wrapdb.mesonbuild.com/v2/flatbuffers_24.3.25-1/get_patch"):
    try:
        urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=10).close()
    except OSError:
        sys.exit(1)
PYTHON
then
    echo "the crate mediasoup-sys downloads and builds its worker itself (15 minutes on two cores, once per target directory)" >&2
    exec "$@"
fi

[ ! -e /etc/os-release ] || . /etc/os-release
if [ "${ID:-}${VERSION_ID:-}" != debian12 ]; then
    cat >&2 <<TEXT
media server: it cannot be built here, for the downloads of mediasoup-sys cannot be reached
They come from github.com, dist.libuv.org, www.openssl.org and wrapdb.mesonbuild.com. Without them it can be
built on Debian 12 alone, from libuv1-dev, libssl-dev, libflatbuffers-dev, flatbuffers-compiler and the source
of libsrtp2. devserver without the feature "sfu" needs none of this.
TEXT
    exit 77
fi

missing=""
for package in dpkg-dev flatbuffers-compiler g++ libflatbuffers-dev libssl-dev libuv1-dev pkg-config; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
python3 -m pip --version >/dev/null 2>&1 || missing="$missing python3-pip"
if [ -n "$missing" ]; then
    if [ "$(id -u)" != 0 ]; then
        echo "media server: Debian packages are missing: apt install$missing" >&2
        exit 77
    fi
    echo "installing$missing (30 MB) for building the media server" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq -o DPkg::Lock::Timeout=600 update >&2
    # shellcheck disable=SC2086  # one word per package
    apt-get -qq -y -o DPkg::Lock::Timeout=600 --no-install-recommends install $missing >/dev/null
fi

mkdir -p "$entry"
exec 9>"$entry/lock"
flock 9
if [ ! -e "$library" ]; then
    echo "building mediasoup's worker $version into $entry (5 minutes on two cores, once)" >&2
    rm -rf "$entry/work"
    mkdir "$entry/work"
    crate=$(cargo metadata --locked --format-version 1 --manifest-path "$root/devserver/Cargo.toml" --features sfu |
        python3 -c 'import json, os, sys
print(*(os.path.dirname(p["manifest_path"]) for p in json.load(sys.stdin)["packages"] if p["name"] == "mediasoup-sys"))')
    if ! "$kit/build_worker.sh" "$crate" "$entry/work" "$library" >"$entry/build.log" 2>&1; then
        tail -n 40 "$entry/build.log" >&2
        echo "mediasoup's worker could not be built; the whole log is $entry/build.log" >&2
        exit 1
    fi
    rm -rf "$entry/work"
fi
exec 9>&-
with_library "$@"

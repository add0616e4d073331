#!/bin/sh
# build_worker.sh <source of the crate mediasoup-sys> <directory to work in> <library to write>
# Builds mediasoup's worker with Debian's libraries in place of those that its Meson wraps download.
set -eu
kit=$(cd "$(dirname "$0")" && pwd)
crate=$1 work=$2 library=$3
MESON_VERSION=1.12.0
NINJA_VERSION=1.13.2

python3 -m pip install --quiet --disable-pip-version-check --no-user --target "$work/tools" \
    "meson==$MESON_VERSION" "ninja==$NINJA_VERSION"
export PYTHONPATH="$work/tools" NINJA="$work/tools/bin/ninja"

# Debian's libsrtp2 is built on NSS, and the worker needs the one on OpenSSL: so from source. The lists
# of sources are read into the working directory, not into the machine's own.
mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    sort -u >"$work/apt/sources.list"
apt() {
    apt-get -qq -o Dir::Etc::sourcelist="$work/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" \
        -o APT::Sandbox::User="$(id -un)" "$@"
}
apt update
(cd "$work/apt" && apt source libsrtp2)

source=$work/source
cp -R "$crate" "$source"
chmod -R u+w "$source"
for wrap in libuv openssl libsrtp3 flatbuffers unordered-dense; do
    directory=$(sed -n 's/^directory *= *//p' "$source/subprojects/$wrap.wrap")
    cp -R "$kit/shims/$wrap" "$source/subprojects/$directory"
done
mv "$work"/apt/libsrtp2-*/ "$source/subprojects/libsrtp2"
mkdir "$source/precompiled"
cp "$kit/precompiled.hpp" "$source/precompiled/worker.hpp"

# edit <file> <sed script> <text that must be there afterwards>
edit() {
    sed -i "$2" "$source/$1"
    grep -qF "$3" "$source/$1" || {
        echo "$1 of mediasoup-sys has changed: look at $kit/build_worker.sh again" >&2
        exit 1
    }
}
edit meson.build "/^  'libmediasoup-worker',\$/a\\
  cpp_pch: 'precompiled/worker.hpp'," "cpp_pch: 'precompiled/worker.hpp'"
# OpenSSL asks the callback with BIO_CB_RETURN and the operation in one number. Compared as a whole it is
# never equal, and one that offloads TLS to the kernel, as Debian's does, then takes the buffer of packets
# for a socket and crashes at the first write.
edit src/RTC/DtlsTransport.cpp \
    's/(operationType == BIO_CB_RETURN) ?/((operationType \& BIO_CB_RETURN) != 0) ?/' \
    '(operationType & BIO_CB_RETURN)'

meson() { python3 -m mesonbuild.mesonmain "$@"; }
meson setup --wrap-mode=nodownload --buildtype release -Db_ndebug=true "$source/build" "$source"
"$NINJA" -C "$source/build" libmediasoup-worker.a

# The crate's own build puts the libraries that the worker uses into its archive.
{
    echo "create $work/whole.a"
    echo "addlib $source/build/libmediasoup-worker.a"
    for part in uv_a ssl crypto flatbuffers; do
        echo "addlib $(${CC:-cc} --print-file-name=lib$part.a)"
    done
    echo save
    echo end
} | ar -M
ranlib "$work/whole.a"
mv "$work/whole.a" "$library"

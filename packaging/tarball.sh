#!/bin/sh
# Packs what packaging/install.sh installs into a tarball for machines like this one, which works
# wherever it is unpacked, and writes its SHA-256 sum beside it. The same files give the same bytes.
#
# From the environment, both optional:
#   BUILT   a folder with what packaging/build.sh makes; nothing is built then
#   CARGO   Cargo, with rustc beside it
set -eu
[ -z "${BUILT:-}" ] || BUILT=$(cd "$BUILT" && pwd)
cd "$(dirname "$0")/.."

fail() {
    echo "tarball: $1" >&2
    exit 1
}

# Only GNU's tar sorts, and takes time and owner from its arguments.
tar=tar
command -v gtar >/dev/null && tar=gtar
"$tar" --version 2>/dev/null | grep -q 'GNU tar' ||
    fail "GNU tar is missing (macOS: brew install gnu-tar)"
if command -v sha256sum >/dev/null; then
    sum=sha256sum
else
    sum="shasum -a 256"
fi
host=$(rustc -vV | sed -n 's/^host: //p')
[ -n "$host" ] || fail "rustc was not found. It needs Rust 1.90 or newer (https://rustup.rs)."
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' bindings/api.json)

target=${CARGO_TARGET_DIR:-target}
name=vsdk-$version-$host
stage=$target/dist/stage
rm -rf "$stage"
mkdir -p "$stage"
stage=$(cd "$stage" && pwd)
PREFIX=/$name DESTDIR=$stage BUILT=${BUILT:-} packaging/install.sh >&2
sed "s/@NAME@/$name/g" packaging/tarball.md >"$stage/$name/README.md"

cd "$target/dist"
# 1980 is the first year that all formats of archives know.
"$tar" --create --directory "$stage" --format ustar --sort name --mtime 1980-01-01T00:00:00Z \
    --owner 0 --group 0 --numeric-owner --mode u=rwX,go=rX "$name" | gzip --no-name >"$name.tar.gz"
$sum "$name.tar.gz" >"$name.tar.gz.sha256"
rm -rf "$stage"
cat "$name.tar.gz.sha256"

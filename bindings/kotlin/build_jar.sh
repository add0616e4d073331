#!/bin/sh
# build_jar.sh [Maven's arguments ...]
# The jar with the release library for this machine in it, and the jar with the sources, into
# target/kotlin. With `install` as the argument also into the local Maven repository.
set -eu
cd "$(dirname "$0")/../.."
root=$PWD
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
repository="${VSDK_CACHE:-$HOME/.cache/vsdk}/maven"

# The folder in which JNA looks, inside the jar.
case "$(uname -s)-$(uname -m)" in
Linux-x86_64) platform=linux-x86-64 library=libvsdk.so ;;
Linux-aarch64) platform=linux-aarch64 library=libvsdk.so ;;
Darwin-x86_64) platform=darwin-x86-64 library=libvsdk.dylib ;;
Darwin-arm64) platform=darwin-aarch64 library=libvsdk.dylib ;;
*)
    echo "build_jar.sh: no name is known for the library of $(uname -s) on $(uname -m)" >&2
    exit 1
    ;;
esac

echo "building the release library (minutes, the first time)"
cargo rustc --quiet --release --lib --crate-type cdylib
native=$target/kotlin/native
rm -rf "$native"
mkdir -p "$native/$platform"
cp "$target/release/$library" "$native/$platform/"
mkdir -p "$native/META-INF/vsdk"
cp LICENSE-APACHE LICENSE-MIT THIRD-PARTY-NOTICES "$native/META-INF/vsdk/"

# Packed from nothing but the sources and the library: without tests, and offline where all is there.
[ $# -gt 0 ] || set -- package
maven() {
    mvn --batch-mode --quiet "$@" -f "$root/bindings/kotlin/pom.xml" \
        -Dmaven.repo.local="$repository" -Dvsdk.target="$target" \
        -Dvsdk.native.dir="$native" -Dmaven.test.skip=true
}
maven --offline "$@" >/dev/null 2>&1 || maven "$@"
ls -l "$target"/kotlin/*.jar

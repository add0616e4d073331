#!/bin/sh
# Installs what C and C++ programs need: both libraries, headers, what pkg-config and CMake read,
# the samples and the licences. Builds the libraries first.
#
# From the environment, all optional:
#   PREFIX   where it is going to live (default /usr/local)
#   DESTDIR  a folder to put in front of PREFIX, for packages
#   BUILT    a folder with what packaging/build.sh makes; nothing is built then
set -eu
# A relative CARGO_TARGET_DIR begins at the root of the repository, as it does for cargo.
[ -z "${BUILT:-}" ] || BUILT=$(cd "$BUILT" && pwd)
cd "$(dirname "$0")/.."

PREFIX=${PREFIX:-/usr/local}
PREFIX=${PREFIX%/}
DESTDIR=${DESTDIR:-}
root=$DESTDIR$PREFIX

fail() {
    echo "install: $1" >&2
    exit 1
}

case $PREFIX in
/*) ;;
*) fail "PREFIX is '$PREFIX', and has to begin with a slash, as in PREFIX=\"\$HOME/vsdk\"" ;;
esac
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' bindings/api.json)
abi=$(sed -n 's/^  "abiVersion": \([0-9]*\),$/\1/p' bindings/api.json)
# The file, the name under which programs remember it, and the name that the linker looks for.
case $(uname -s) in
Darwin) built=libvsdk.dylib file=libvsdk.$version.dylib soname=@rpath/libvsdk.$abi.dylib link=libvsdk.dylib ;;
MINGW* | MSYS* | CYGWIN*) fail "there is no installation for Windows yet" ;;
*) built=libvsdk.so file=libvsdk.so.$version soname=libvsdk.so.$abi link=libvsdk.so ;;
esac

# Before minutes of building.
for folder in include/vsdk lib/pkgconfig lib/cmake/Vsdk share/doc/vsdk; do
    mkdir -p "$root/$folder" 2>/dev/null && [ -w "$root/$folder" ] || fail "$root/$folder cannot be written.
  Choose another place:  make install PREFIX=\"\$HOME/vsdk\"
  Or stage and copy:     make install DESTDIR=\"\$PWD/stage\" && sudo cp -R stage/usr/local/. /usr/local/"
done
if [ -z "${BUILT:-}" ]; then
    echo "building the library as it is delivered (the first time takes about five minutes)"
    packaging/build.sh
    BUILT=${CARGO_TARGET_DIR:-target}/release
fi
for part in "$built" libvsdk.a native-static-libs; do
    [ -f "$BUILT/$part" ] || fail "there is no $BUILT/$part; packaging/build.sh makes it"
done

# Every compiler brings its own C library and unwinder, in the form that fits: programs linked with
# -static have no libgcc_s.
needs=$(tr ' ' '\n' <"$BUILT/native-static-libs" | grep -vx -e -lgcc_s -e -lc | tr '\n' ' ')
needs=${needs% }

# put <file> <folder> [<name>]
put() {
    install -m "${mode:-644}" "$1" "$root/$2/${3:-$(basename "$1")}"
}

# fill <template> <folder> <name>
fill() {
    # In CMake one list item for each option, also for `-framework Security`.
    list=$(printf %s "$needs" | sed 's/ -/;-/g')
    sed -e "s|@VERSION@|$version|g" -e "s|@FILE@|$file|g" -e "s|@SONAME@|$soname|g" \
        -e "s|@NEEDS@|$needs|g" -e "s|@NEEDS_LIST@|$list|g" "packaging/$1" >"$root/$2/$3"
    chmod 644 "$root/$2/$3"
}

# What another version had, and this one has not. The library goes before it comes anew: what a
# running program has loaded is not written over.
rm -rf "$root/include/vsdk" "$root/share/doc/vsdk"
rm -f "$root/lib/libvsdk.so.$abi".* "$root/lib/libvsdk.$abi".*.dylib
mkdir -p "$root/include/vsdk" "$root/share/doc/vsdk/examples/c" "$root/share/doc/vsdk/examples/cpp/meet"

for header in include/vsdk.h include/vsdk.hpp include/vsdk/*.hpp; do
    put "$header" "$(dirname "$header")"
done
mode=755 put "$BUILT/$built" lib "$file"
ln -sf "$file" "$root/lib/$(basename "$soname")"
ln -sf "$(basename "$soname")" "$root/lib/$link"
put "$BUILT/libvsdk.a" lib
fill vsdk.pc.in lib/pkgconfig vsdk.pc
fill vsdk-static.pc.in lib/pkgconfig vsdk-static.pc
fill vsdk-config.cmake.in lib/cmake/Vsdk vsdk-config.cmake
fill vsdk-config-version.cmake.in lib/cmake/Vsdk vsdk-config-version.cmake
put LICENSE-APACHE share/doc/vsdk
put LICENSE-MIT share/doc/vsdk
put THIRD-PARTY-NOTICES share/doc/vsdk
for sample in examples/c/* examples/cpp/* examples/cpp/meet/*; do
    [ -d "$sample" ] || put "$sample" "share/doc/vsdk/$(dirname "$sample")"
done

echo "vsdk $version is installed in $root"
[ -z "$DESTDIR" ] || exit 0
case $PREFIX in
/usr | /usr/local)
    # The loader finds new libraries in its usual places by its cache.
    [ ! -x /sbin/ldconfig ] || /sbin/ldconfig
    ;;
*)
    echo "  pkg-config finds it with  PKG_CONFIG_PATH=\"$PREFIX/lib/pkgconfig\""
    echo "  CMake finds it with       -DCMAKE_PREFIX_PATH=\"$PREFIX\""
    ;;
esac

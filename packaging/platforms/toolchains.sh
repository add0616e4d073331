# What the platforms are built with besides Rust: found, or fetched. Sourced by sh in the root of the
# clone. Where a toolchain cannot be had, `unavailable <reason>`, which has to be defined, is called.

. tests/tools.sh

# require <command> <Debian package> <what for> <size>
require() {
    need_package "$@" >&2 || unavailable "'$1' is missing (Debian: apt install $2)"
}

# Rust's standard library for a target, in the version of the Rust that builds.
require_target() {
    [ ! -d "$(rustc --print sysroot)/lib/rustlib/$1" ] || return 0
    command -v rustup >/dev/null ||
        unavailable "the standard library for $1 is missing, and there is no rustup to install it"
    echo "installing the standard library for $1 (50 MB at most)" >&2
    rustup --quiet target add "$1" >/dev/null 2>&1 ||
        unavailable "the standard library for $1 could not be installed: rustup target add $1"
}

# Sets `zig` and `zigbuild`, from PyPI, in the versions of requirements.txt.
require_zig() {
    local requirements=packaging/platforms/requirements.txt
    local folder="$VSDK_CACHE/zig-$(cksum <$requirements | tr -d ' ')"
    if [ ! -e "$folder/complete" ]; then
        command -v python3 >/dev/null || unavailable "python3 is missing (Debian: apt install python3-venv)"
        echo "installing Zig and cargo-zigbuild into $folder (93 MB to download, 400 MB on disk)" >&2
        rm -rf "$folder"
        python3 -m venv "$folder" >&2 && "$folder/bin/pip" --quiet --disable-pip-version-check install \
            --no-deps --require-hashes --only-binary :all: --requirement "$requirements" >&2 ||
            unavailable "Zig could not be installed from PyPI; this is done on Linux x86-64 only"
        touch "$folder/complete"
    fi
    zig=$(echo "$folder"/lib/python3*/site-packages/ziglang/zig)
    zigbuild=$folder/bin/cargo-zigbuild
    export CARGO_ZIGBUILD_ZIG_PATH="$zig" CARGO_ZIGBUILD_CACHE_DIR="$VSDK_CACHE/zigbuild"
    export ZIG_GLOBAL_CACHE_DIR="$VSDK_CACHE/zig-objects"
}

# Clang compiles for Apple and Android. Sets `lld` to the folder with Rust's linkers, which know all
# kinds of files, and `apple_linker` to what tells Clang that it speaks to a recent one.
require_clang() {
    require clang clang "compiling for Apple and Android" "400 MB"
    require llvm-ar llvm "archives for Apple and Android" "100 MB"
    lld=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/gcc-ld
    apple_linker=-mlinker-version=711
    [ -x "$lld/ld.lld" ] || unavailable "Rust's own linker is missing: $lld/ld.lld"
}

require_mingw() {
    require x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64-win32 "compiling for Windows" "300 MB"
    require nasm nasm "the assembly of the cryptography for Windows" "3 MB"
}

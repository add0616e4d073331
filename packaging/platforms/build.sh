#!/bin/sh
# Builds the library for a platform, on Linux x86-64 for all of them:
#
#     packaging/platforms/build.sh linux-musl          x86-64, any distribution with musl
#     packaging/platforms/build.sh linux-glibc-floor   x86-64, the oldest glibc that is supported
#     packaging/platforms/build.sh linux-arm64         arm64, the same glibc
#     packaging/platforms/build.sh windows             x86-64
#     packaging/platforms/build.sh android             arm64, pages of 16 KiB
#     packaging/platforms/build.sh macos               arm64
#     packaging/platforms/build.sh ios                 arm64, static library only
#     packaging/platforms/build.sh ios-simulator       arm64, static library only
#
# Without the SDKs of their vendors, what comes out for the last four is not for devices: see
# stand_ins.sh. For Android ANDROID_NDK_HOME names the NDK, where there is one.
#
# Prints the folder with the results, target/platforms/<platform>: the shared library, but for iOS, and
# for Linux and iOS the static one. The file native-static-libs has what a program that takes in the
# static one has to link too. Ends with 77 and a line of reason when a toolchain cannot be had.
set -eu
cd "$(dirname "$0")/../.."
PLATFORMS="linux-musl linux-glibc-floor linux-arm64 windows android macos ios ios-simulator"
platform=${1:-}
if ! printf '%s\n' $PLATFORMS | grep -qxFe "$platform"; then
    echo "platforms: there is no platform '$platform'. There are: $PLATFORMS" >&2
    exit 1
fi
. packaging/platforms/toolchains.sh
. packaging/platforms/stand_ins.sh

# What toolchains.sh calls for one that is missing.
unavailable() {
    echo "platform $platform: $1" >&2
    exit 77
}

# The oldest glibc that the library is built for is the oldest that Rust's standard library knows.
GLIBC_FLOOR=2.17
# Of the oldest Android that the library is for.
ANDROID_LEVEL=24
ANDROID_TARGET=aarch64-linux-android$ANDROID_LEVEL

# compile <target> <kinds of library> <command that takes Cargo's arguments ...>
compile() {
    target=$1 kinds=$2
    shift 2
    require_target "$target"
    built=$(realpath -m "${CARGO_TARGET_DIR:-target}")/$target/release
    # What Cargo does not make anew does not tell this again, so it is kept where Cargo keeps the rest.
    mkdir -p "$built"
    "$@" rustc --quiet --release --lib --crate-type "$kinds" --target "$target${glibc:+.$glibc}" -- \
        --print "native-static-libs=$built/native-static-libs" >&2
    case $kinds in *staticlib*) deliver native-static-libs ;; esac
}

# deliver <file ...>: from what Cargo made.
deliver() {
    for file in "$@"; do cp "$built/$file" "$results"; done
}

results=$(realpath -m "${CARGO_TARGET_DIR:-target}")/platforms/$platform
rm -rf "$results"
mkdir -p "$results"
glibc=""

case $platform in
linux-musl)
    require_zig
    # A library that is to be shared needs the C library of the program that loads it.
    export CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUSTFLAGS="-C target-feature=-crt-static"
    compile x86_64-unknown-linux-musl cdylib,staticlib "$zigbuild"
    deliver libvsdk.so libvsdk.a
    packaging/seal.sh "$results/libvsdk.a"
    ;;
linux-glibc-floor)
    require_zig
    glibc=$GLIBC_FLOOR
    compile x86_64-unknown-linux-gnu cdylib,staticlib "$zigbuild"
    deliver libvsdk.so libvsdk.a
    packaging/seal.sh "$results/libvsdk.a"
    ;;
linux-arm64)
    require_zig
    require aarch64-linux-gnu-ld binutils-aarch64-linux-gnu "sealing the static library for arm64" "20 MB"
    glibc=$GLIBC_FLOOR
    compile aarch64-unknown-linux-gnu cdylib,staticlib "$zigbuild"
    deliver libvsdk.so libvsdk.a
    LD=aarch64-linux-gnu-ld OBJCOPY=aarch64-linux-gnu-objcopy AR=aarch64-linux-gnu-ar \
        packaging/seal.sh "$results/libvsdk.a"
    ;;
windows)
    require_mingw
    # libopus is compiled with stack protection, which Debian's MinGW has in a library of its own: in the
    # DLL, so that none has to be beside it. What that needs has to come after it.
    flags="-C link-arg=-l:libssp.a -C link-arg=-lmsvcrt -C link-arg=-ladvapi32"
    export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS="$flags"
    compile x86_64-pc-windows-gnu cdylib cargo
    deliver vsdk.dll libvsdk.dll.a
    ;;
android)
    tools=${ANDROID_NDK_HOME:+$ANDROID_NDK_HOME/toolchains/llvm/prebuilt/linux-x86_64/bin}
    if [ -n "$tools" ]; then
        compiler=$tools/$ANDROID_TARGET-clang archiver=$tools/llvm-ar
        [ -x "$compiler" ] || unavailable "there is no $compiler: ANDROID_NDK_HOME has to name the NDK for Linux"
        # For the NDK's part of CMake, which builds libopus.
        export ANDROID_PLATFORM="android-$ANDROID_LEVEL"
    else
        echo "ANDROID_NDK_HOME is not set: what is built with stand-ins for the NDK is not for devices" >&2
        require_zig
        require_clang
        make_android_sysroot
        compiler=clang archiver=llvm-ar
        # In strict C musl's headers hide what the NDK's show.
        export CFLAGS_aarch64_linux_android="--target=$ANDROID_TARGET --sysroot=$sysroot -D_BSD_SOURCE"
        export CMAKE_TOOLCHAIN_FILE_aarch64_linux_android="$sysroot/toolchain.cmake"
        flags="-C link-arg=--target=$ANDROID_TARGET -C link-arg=--sysroot=$sysroot"
        flags="$flags -C link-arg=--ld-path=$lld/ld.lld -C link-arg=-nostartfiles"
    fi
    export CC_aarch64_linux_android="$compiler" AR_aarch64_linux_android="$archiver"
    export CARGO_TARGET_AARCH64_LINUX_ANDROID_LINKER="$compiler"
    export CARGO_TARGET_AARCH64_LINUX_ANDROID_RUSTFLAGS="${flags:-}"
    compile aarch64-linux-android cdylib cargo
    deliver libvsdk.so
    ;;
macos)
    require_zig
    require_clang
    make_apple_sdk MacOSX
    export SDKROOT="$sdk" MACOSX_DEPLOYMENT_TARGET=13.0
    export CC_aarch64_apple_darwin=clang AR_aarch64_apple_darwin=llvm-ar
    export CARGO_TARGET_AARCH64_APPLE_DARWIN_LINKER=clang
    flags="-C link-arg=--target=arm64-apple-macos13.0 -C link-arg=--ld-path=$lld/ld64.lld"
    export CARGO_TARGET_AARCH64_APPLE_DARWIN_RUSTFLAGS="$flags -C link-arg=$apple_linker"
    compile aarch64-apple-darwin cdylib cargo
    deliver libvsdk.dylib
    ;;
ios | ios-simulator)
    require_zig
    require_clang
    case $platform in
    ios) make_apple_sdk iPhoneOS && target=aarch64-apple-ios ;;
    ios-simulator) make_apple_sdk iPhoneSimulator && target=aarch64-apple-ios-sim ;;
    esac
    export SDKROOT="$sdk" IPHONEOS_DEPLOYMENT_TARGET=16.0
    export TARGET_CC=clang TARGET_AR=llvm-ar
    compile "$target" staticlib cargo
    deliver libvsdk.a
    ;;
esac
echo "$results"

# What stands in for SDKs that only their vendors hand out, made from the headers and the list of
# symbols that Zig carries. Good for compiling and linking; what is linked with them shows that all
# parts fit, and is not for devices. Sourced after toolchains.sh, needs `zig`.

# make_apple_sdk <MacOSX, iPhoneOS or iPhoneSimulator>: sets `sdk`, in place of that one, with the headers
# and the system library of macOS, and of the frameworks just the names that the library may use.
make_apple_sdk() {
    local carried=$(dirname "$zig")/lib/libc name
    # By the name CMake knows what it is for.
    sdk=$VSDK_CACHE/stand-in-apple/$1.sdk
    rm -rf "$sdk"
    mkdir -p "$sdk/usr/include" "$sdk/usr/lib"
    cp -R "$carried/include/any-macos-any/." "$sdk/usr/include"
    cp packaging/platforms/apple/CommonRandom.h "$sdk/usr/include/CommonCrypto"
    for name in System c m; do ln -s "$carried/darwin/libSystem.tbd" "$sdk/usr/lib/lib$name.tbd"; done
    cp packaging/platforms/apple/iconv.tbd "$sdk/usr/lib/libiconv.tbd"
    for name in CoreFoundation Security; do
        mkdir -p "$sdk/System/Library/Frameworks/$name.framework"
        cp "packaging/platforms/apple/$name.tbd" "$sdk/System/Library/Frameworks/$name.framework"
    done
}

# Sets `sysroot`: in place of the NDK's, with the headers of musl, and libraries without any function.
make_android_sysroot() {
    local carried=$(dirname "$zig")/lib/libc/include name
    sysroot=$VSDK_CACHE/stand-in-android
    rm -rf "$sysroot"
    mkdir -p "$sysroot/usr/lib"
    # Files of the later ones win.
    for name in any-linux-any aarch64-linux-any generic-musl aarch64-linux-musl; do
        cp -R "$carried/$name/." "$sysroot/usr/include"
    done
    # The cryptography includes it, and takes nothing from it.
    : >"$sysroot/usr/include/sys/system_properties.h"
    for name in c dl log m; do
        clang --target="$ANDROID_TARGET" --ld-path="$lld/ld.lld" -shared -nostdlib -Wl,-soname,"lib$name.so" \
            -x c /dev/null -o "$sysroot/usr/lib/lib$name.so"
    done
    printf '!<arch>\n' >"$sysroot/usr/lib/libunwind.a"
    # With another version CMake looks for the NDK.
    cat >"$sysroot/toolchain.cmake" <<'CMAKE'
set(CMAKE_SYSTEM_NAME Android)
set(CMAKE_SYSTEM_VERSION 1)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER clang)
CMAKE
}

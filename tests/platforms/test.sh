#!/usr/bin/env bash
# Proves what docs/platforms.md says of a platform:
#
#     tests/platforms/test.sh [--quick] <platform of packaging/platforms/build.sh>
#
# Where programs for the platform run here, natively, under QEMU or under Wine, the samples in C are
# built against the library, run before the local service, and have to say what they say here. Of the
# other platforms the files are looked at. With --quick the library is not built anew.
#
# Prints as its last line `checked: N passed, M failed`. Exits with 77 when a toolchain is missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
quick=""
[ "${1:-}" != --quick ] || { quick=1 && shift; }
platform=${1:-}
. tests/suite.sh "platform $platform"
. packaging/platforms/toolchains.sh
. tests/platforms/elf.sh
. tests/platforms/other_formats.sh

# Sets `library` to the folder with what was built.
build_library() {
    library=$target/platforms/$platform
    [ -n "$quick" ] || packaging/platforms/build.sh "$platform" >/dev/null || exit
    [ -n "$(ls -A "$library" 2>/dev/null)" ] || {
        echo "there is nothing in $library: run packaging/platforms/build.sh $platform" >&2
        exit 1
    }
}

# compile_samples <kind> <compiler ...> -- <what to link ...>: into a folder named for the kind.
compile_samples() {
    local kind=$1 compiler=() sample
    shift
    while [ "$1" != -- ]; do compiler+=("$1") && shift; done
    shift
    mkdir "$work/$kind"
    for sample in $samples; do
        check "$sample, $kind" "${compiler[@]}" "examples/c/$sample.c" -o "$work/$kind/$sample" \
            -Wall -Wextra -Werror -Iinclude "$@"
    done
}

# compare <kind> <command that runs a program ...>
compare() {
    local kind=$1
    runner=("${@:2}")
    echo "-- samples, $kind"
    run_sample() { "${runner[@]}" "$work/$kind/$1" "${@:2}"; }
    # Several words.
    # shellcheck disable=SC2086
    compare_samples $samples
}

# compare_on_linux <Zig's name of the target> <command that runs a program ...>: shared and static.
compare_on_linux() {
    local zig_target=$1 needs
    shift
    # The library unwinds with what Zig has: it does not depend on a certain compiler's.
    needs=$(sed 's/-lgcc_s/-lunwind/' "$library/native-static-libs")
    # Programs remember the loader's name, which an installation has as a link.
    ln -s "$library/libvsdk.so" "$work/libvsdk.so.0"
    compile_samples shared "$zig" cc -target "$zig_target" -- "$library/libvsdk.so" -Wl,-rpath,"$work"
    # Several words.
    # shellcheck disable=SC2086
    compile_samples static "$zig" cc -target "$zig_target" -- "$library/libvsdk.a" $needs
    start_service
    compare shared timeout 300 "$@"
    compare static timeout 300 "$@"
}

test_linux_musl() {
    require_zig
    require /lib/ld-musl-x86_64.so.1 musl "running programs for musl" "1 MB"
    build_library
    check_elf X86-64
    check "it needs only musl" needs_only 'libc\.so'
    compare_on_linux x86_64-linux-musl env
}

test_linux_glibc_floor() {
    require_zig
    build_library
    check_elf X86-64
    check_glibc
    compare_on_linux "x86_64-linux-gnu.$floor" env
}

test_linux_arm64() {
    require_zig
    require qemu-aarch64-static qemu-user-static "running programs for arm64" "400 MB"
    require /usr/aarch64-linux-gnu/lib/ld-linux-aarch64.so.1 libc6-arm64-cross "glibc for arm64" "5 MB"
    build_library
    check_elf AArch64
    check_glibc
    compare_on_linux "aarch64-linux-gnu.$floor" qemu-aarch64-static -L /usr/aarch64-linux-gnu
}

test_windows() {
    # The others wait for what Unix has: descriptors.
    samples="quickstart rooms token_doctor send_file talk"
    require_mingw
    require /usr/lib/wine/wine64 wine64 "running programs for Windows" "500 MB"
    build_library
    check "the DLL is for x86-64, and shows exactly the listed functions" dll_shows_listed_functions
    check "it needs only what Windows has" dll_needs_only_windows
    # MinGW has the clock of POSIX in its library for threads.
    compile_samples windows x86_64-w64-mingw32-gcc -- "$library/libvsdk.dll.a" -l:libpthread.a
    cp "$library/vsdk.dll" "$work/windows"
    check "the stand-in for a DLL that Wine lacks" x86_64-w64-mingw32-gcc -shared -Wall -Wextra -Werror \
        tests/platforms/bcryptprimitives.c -o "$work/windows/bcryptprimitives.dll" -ladvapi32
    export WINEPREFIX=$work/wine WINEDEBUG=-all WINEDLLOVERRIDES="bcryptprimitives=n;mscoree=d;mshtml=d"
    check "Wine starts" timeout 600 /usr/lib/wine/wine64 wineboot --init
    start_service
    # It writes down what the sample for Windows sends, and is not among those that are compared.
    mkdir "$work/in-c"
    check "record in C, for what is sent" cc examples/c/record.c -o "$work/in-c/record" \
        -Iinclude -L"$target/debug" -lvsdk -Wl,-rpath,"$target/debug"
    compare windows under_wine
    /usr/lib/wine/wineserver64 --kill || true
}

# Programs for Windows end their lines with two characters, call themselves by their whole path, and
# cannot open a folder, where others open it and find no sound in it.
under_wine() {
    local folder=""
    [ ! -d "${!#}" ] || folder='s/: it cannot be opened$/: it is no WAV file/'
    { timeout 300 /usr/lib/wine/wine64 "$1.exe" "${@:2}" 2>&1 >&3 3>&- | tr -d '\r' |
        sed 's/^Z:[^ ]*\\\([a-z_]*\)\.exe: /\1: /'";$folder" >&2; } 3>&1 | tr -d '\r'
}

test_android() {
    build_library
    loader_name=libvsdk.so
    check_elf AArch64
    check "it can be loaded where pages have 16 KiB" has_pages_of_16_kib
    # The stand-ins for the NDK have no libraries: with them it is linked with nothing.
    if [ -n "${ANDROID_NDK_HOME:-}" ]; then
        check "it needs only what Android has" needs_only 'lib(c|dl|log|m)\.so'
    fi
}

test_macos() {
    require_zig
    require_clang
    . packaging/platforms/stand_ins.sh
    make_apple_sdk MacOSX
    build_library
    check "the dylib is for arm64 and macOS 13" mach_is_for "$library/libvsdk.dylib" MACOS 13.0
    check "it shows exactly the listed functions" dylib_shows_listed_functions
    check "its name is the right one" dylib_is_named
    check "it needs only what macOS has" dylib_needs_only_macos
    compile_samples macos clang --target=arm64-apple-macos13.0 --ld-path="$lld/ld64.lld" "$apple_linker" \
        -isysroot "$sdk" -- "$library/libvsdk.dylib"
}

test_ios() {
    require_clang
    build_library
    check "the static library is for arm64 and iOS 16" mach_is_for "$library/libvsdk.a" IOS 16.0
    check "it has all listed functions" archive_has_listed_functions
}

test_ios_simulator() {
    require_clang
    build_library
    check "the static library is for arm64 and the simulator" mach_is_for "$library/libvsdk.a" IOSSIMULATOR 16.0
    check "it has all listed functions" archive_has_listed_functions
}

# The floor is the one that the page about platforms names.
check_glibc() {
    floor=$(sed -n 's/^.*glibc from \([0-9.]*[0-9]\).*$/\1/p' docs/platforms.md | head -n 1)
    [ -n "$floor" ] || { echo "docs/platforms.md names no oldest glibc" >&2; exit 1; }
    check "it needs only glibc" needs_only \
        '(lib(c|m|pthread|dl|rt|util)\.so\.[0-9]|ld-linux-(x86-64|aarch64)\.so\.[0-9])'
    check "it needs no newer glibc than $floor" needs_glibc_up_to "$floor"
}

function=test_${platform//-/_}
if [ "$(type -t "$function")" != function ]; then
    # It knows the names of all.
    packaging/platforms/build.sh "$platform"
    exit 1
fi
echo "-- local service, and the library for this machine"
build_library_and_service
echo "-- platform $platform"
"$function"
conclude

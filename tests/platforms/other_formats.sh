# What is in the files for Windows and for Apple's systems. Sourced by test.sh, with `library` and
# `work` set.

dll_shows_listed_functions() {
    x86_64-w64-mingw32-objdump --private-headers "$library/vsdk.dll" >"$work/dll"
    grep -q 'file format pei-x86-64' "$work/dll" || return 1
    # The table of names: `[   0] vsdk_abi_version`, in newer versions of objdump with more numbers.
    sed -n '/\[Ordinal\/Name Pointer\] Table/,/^$/s/^[^a-z]*\[.*\].* \([a-z_][a-z0-9_]*\)$/\1/p' "$work/dll" |
        LC_ALL=C sort | diff -u bindings/exports.txt -
}

# Those that come with Windows 10.
dll_needs_only_windows() {
    x86_64-w64-mingw32-objdump --private-headers "$library/vsdk.dll" |
        sed -n 's/^.*DLL Name: //p' | tr '[:upper:]' '[:lower:]' | sort -u >"$work/needed"
    cat "$work/needed"
    [ -s "$work/needed" ] && ! grep -Evqx \
        '(advapi32|bcrypt|bcryptprimitives|crypt32|kernel32|msvcrt|ntdll|userenv|ws2_32|api-ms-win-.*)\.dll' "$work/needed"
}

# mach_is_for <file> <platform> <oldest version>: each part of it that says so, says this. Versions of
# llvm-readobj differ in how large they write the platform.
mach_is_for() {
    llvm-readobj --file-headers --macho-version-min "$1" >"$work/headers" 2>&1
    sort "$work/headers" | uniq -c | grep -E 'Arch:|Platform:|Version:'
    [ "$(sed -n 's/^Arch: //p' "$work/headers" | sort -u)" = aarch64 ] || return 1
    sed -n 's/^ *Platform: //p' "$work/headers" | tr '[:lower:]' '[:upper:]' | sort -u | diff <(echo "$2") - &&
        sed -n 's/^ *Version: //p' "$work/headers" | sort -V | tail -n 1 | diff <(echo "$3") -
}

# By the table of symbols. What the loader reads is another one, in a form that is too new for Debian's LLVM.
dylib_shows_listed_functions() {
    llvm-nm --defined-only --extern-only "$library/libvsdk.dylib" | sed -n 's/^[0-9a-f]* . _//p' |
        LC_ALL=C sort | diff -u bindings/exports.txt -
}

dylib_is_named() {
    llvm-objdump --macho --dylib-id "$library/libvsdk.dylib" | tail -n 1 | diff <(echo @rpath/libvsdk.0.dylib) -
}

dylib_needs_only_macos() {
    llvm-objdump --macho --dylibs-used "$library/libvsdk.dylib" |
        sed -n 's/^\t\(.*\) (compatibility.*/\1/p' | grep -v '^@rpath/libvsdk' >"$work/needed"
    cat "$work/needed"
    ! grep -Evq '^/(usr/lib/lib(System\.B|iconv\.2)\.dylib|System/Library/Frameworks/)' "$work/needed"
}

# Rust's own parts hold bitcode, too, which is too new for other versions of LLVM.
archive_has_listed_functions() {
    llvm-nm --no-llvm-bc --defined-only --extern-only "$library/libvsdk.a" 2>/dev/null |
        sed -n 's/^.* T _\(vsdk_.*\)$/\1/p' | LC_ALL=C sort | diff -u bindings/exports.txt -
}

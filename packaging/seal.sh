#!/bin/sh
# seal.sh <static library>: leaves nothing global in it but the functions of the header.
#
# A static library of Rust holds all it uses, with the standard library, under global names. Two of
# them in one program would meet there. So its members are joined into one, without what no function
# of the header needs, and all other names become local. GNU's linker is needed: Linux.
set -eu
archive=$1
exports=$(dirname "$0")/../bindings/exports.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
    printf '%s\n' -r --gc-sections --strip-debug
    # Groups are shared by name with other libraries, and a part that another one wins would be
    # missing here.
    printf '%s\n' --force-group-allocation
    sed 's/^/--undefined=/' "$exports"
    printf '%s\n' --whole-archive "$archive"
} >"$work/arguments"
"${LD:-ld}" @"$work/arguments" -o "$work/joined.o"
# What was wanted only if the system has it: with --gc-sections the linker forgets that of some.
readelf --symbols --wide "$archive" 2>/dev/null |
    awk '$5 == "WEAK" && $7 == "UND" { sub(/@.*/, "", $8); print $8 }' | sort -u >"$work/weak"
# Bitcode that the standard library carries for other uses.
"${OBJCOPY:-objcopy}" --keep-global-symbols="$exports" --weaken-symbols="$work/weak" \
    --remove-section=.llvmbc --remove-section=.llvmcmd "$work/joined.o" "$work/vsdk.o"
"${AR:-ar}" rcsD "$work/sealed.a" "$work/vsdk.o"
mv "$work/sealed.a" "$archive"

# What the loaders of Linux and Android read in the shared library. Sourced by test.sh, with `library`
# and `work` set. GNU's readelf reads files for all processors.

# check_elf <processor>: what holds on each platform.
check_elf() {
    check "the shared library is for $1" is_for "$1" "$library/libvsdk.so"
    check "the shared library shows exactly the listed functions" shows_listed_functions
    check "it stays loaded, and its name is the right one" is_named_and_stays
}

is_for() {
    readelf --file-header --wide "$2" >"$work/headers"
    cat "$work/headers"
    grep -q "Machine:.*$1" "$work/headers"
}

shows_listed_functions() {
    readelf --dyn-syms --wide "$library/libvsdk.so" |
        awk '$5 ~ /^(GLOBAL|WEAK|UNIQUE)$/ && $6 == "DEFAULT" && $7 != "UND" { sub(/@.*/, "", $8); print $8 }' |
        LC_ALL=C sort | diff -u bindings/exports.txt -
}

is_named_and_stays() {
    readelf --dynamic --wide "$library/libvsdk.so" >"$work/dynamic"
    cat "$work/dynamic"
    grep -q "(SONAME).*\[${loader_name:-libvsdk.so.0}\]" "$work/dynamic" &&
        grep -q '(FLAGS_1).*NODELETE' "$work/dynamic" && ! grep -q TEXTREL "$work/dynamic"
}

# needs_only <pattern>: what has to be on a system for the library to be loaded, all of it.
needs_only() {
    readelf --dynamic --wide "$library/libvsdk.so" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' >"$work/needed"
    cat "$work/needed"
    [ -s "$work/needed" ] && ! grep -Evqx "$1" "$work/needed"
}

# needs_glibc_up_to <version>: by the versions of the symbols that the loader looks for.
needs_glibc_up_to() {
    readelf --version-info --wide "$library/libvsdk.so" |
        sed -n 's/.*Name: GLIBC_\([0-9.]*\) .*/\1/p' | sort -Vu >"$work/versions"
    cat "$work/versions"
    [ -s "$work/versions" ] &&
        [ "$( (cat "$work/versions" && echo "$1") | sort -V | tail -n 1)" = "$1" ]
}

# What is loaded is laid out so that no page has parts with different rights, however large pages are.
has_pages_of_16_kib() {
    readelf --program-headers --wide "$library/libvsdk.so" | grep -E '^ *LOAD ' >"$work/loaded"
    cat "$work/loaded"
    [ -s "$work/loaded" ] && [ -z "$(awk '{ print $NF }' "$work/loaded" | grep -vx 0x4000)" ]
}

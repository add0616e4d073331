#!/bin/sh
# Writes THIRD-PARTY-NOTICES to its standard output: what others wrote and the library for Linux
# holds, with their licences in full. Needs Cargo and what the lockfile names, and builds nothing.
#
# Programs that collect licences count macros among the libraries, which run in the compiler and are
# not delivered. Cargo knows the difference.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C

cargo=${CARGO:-cargo}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/texts" "$work/users"

fail() {
    echo "notices: $1" >&2
    exit 1
}

# crates_of <folder> <package>: `<name> <version>|<licence>`, once for each that is linked on one of
# the machines.
crates_of() {
    for target in x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu; do
        "$cargo" tree --quiet --locked --manifest-path "$1/Cargo.toml" --package "$2" \
            --edges normal,no-proc-macro --target "$target" --prefix none --format '{p}|{l}' \
            >"$work/tree"
        sed 's/ (\*)$//; s/ (.*)|/|/; s/ v/ /' "$work/tree"
    done | sort -u | grep -v "^$2 "
    "$cargo" metadata --quiet --locked --manifest-path "$1/Cargo.toml" --format-version 1 \
        >"$work/metadata"
    grep -o '"manifest_path":"[^"]*"' "$work/metadata" | cut -d '"' -f 4 >>"$work/manifests"
}
crates_of . vsdk >"$work/crates"
# Nothing that Cargo says tells what Rust's standard library takes in.
crates_of packaging/standard-library standard-library >"$work/standard-library"

# add <file> <user>: one text more, printed once however many use it.
add() {
    tr -d '\r' <"$1" | sed 's/[[:space:]]*$//' | sed '/./,$!d' >"$work/text"
    [ -s "$work/text" ] || fail "$1 is empty"
    sum=$(cksum <"$work/text" | tr ' ' -)
    cp "$work/text" "$work/texts/$sum"
    echo "$2" >>"$work/users/$sum"
}

sort -u "$work/crates" "$work/standard-library" >"$work/all"
while IFS='|' read -r crate licence; do
    folder=$(grep -m 1 -F "/${crate% *}-${crate#* }/Cargo.toml" "$work/manifests") ||
        fail "there is no source of $crate"
    folder=${folder%/Cargo.toml}
    (cd "$folder" && find . \( -name tests -o -name examples -o -name benches \) -prune -o -type f \
        \( -iname 'licen[cs]e*' -o -iname 'unlicense*' -o -iname 'copying*' -o -iname 'copyright*' \
        -o -iname 'notice*' -o -ipath './licenses/*' \) ! -name '*.rs' ! -name '*.[ch]' -print) | sort >"$work/files"
    # Where there is a choice, it is MIT.
    case $licence in
    *AND*) ;;
    "MIT OR "* | *" OR MIT"* | *" / MIT" | "MIT/"*)
        if grep -qx './LICENSE-MIT.*' "$work/files"; then
            grep -vx -e './LICENSE-APACHE.*' -e './LICENSE-ISC.*' -e './LICENSE-ZLIB.*' \
                -e './LICENSE-0BSD' -e './UNLICENSE.*' "$work/files" \
                >"$work/chosen"
            mv "$work/chosen" "$work/files"
        fi
        ;;
    esac
    if [ ! -s "$work/files" ]; then
        case $licence in
        *AND*) fail "$crate comes without the texts of its licences ($licence)" ;;
        *MIT*) ;;
        *) fail "$crate comes without the text of its licence ($licence)" ;;
        esac
        # Its authors say that it is under the MIT licence, whose words are known, and no more.
        authors=$(awk '/^authors = \[/ { on = 1 } on { print } on && /\]/ { exit }' "$folder/Cargo.toml" |
            grep -o '"[^"]*"' | sed 's/^"//; s/"$//; s/ <.*>//' | paste -sd ',' | sed 's/,/, /g')
        {
            echo "Copyright (c) ${authors:-the authors of ${crate% *}}"
            echo
            sed -n '/^Permission is hereby granted/,$p' LICENSE-MIT
        } >"$work/mit"
        add "$work/mit" "$crate (under the MIT licence, which its archive names without its text)"
    fi
    while read -r file; do
        add "$folder/$file" "$crate (${file#./})"
    done <"$work/files"
done <"$work/all"

cat <<'TEXT'
Third-party notices

The vsdk library for Linux holds parts that others wrote. These are their names, versions and
licences; the texts follow, each once. Where a part may be had under one licence or another, it is
here under the MIT licence if that is among them. aws-lc-sys is AWS-LC, which is written in C and
assembler and has parts of OpenSSL, BoringSSL and others in it; opusic-sys is libopus, which is
written in C.

TEXT
list() {
    awk -F '|' '{ printf "  %-34s%s\n", $1, $2 }' "$1"
}
list "$work/crates"
cat <<'TEXT'

Rust's standard library (MIT OR Apache-2.0, its tables of characters Unicode-3.0) is in it too, and
brings with it, in Rust 1.95.0:

TEXT
list "$work/standard-library"

rule() {
    printf '\n%s\n' "--------------------------------------------------------------------------------"
}
# By the first that uses it.
for users in "$work"/users/*; do
    printf '%s|%s\n' "$(head -n 1 "$users")" "$(basename "$users")"
done | sort | cut -d '|' -f 2 >"$work/order"
while read -r sum; do
    rule
    sed 's/^/  /' "$work/users/$sum"
    echo
    cat "$work/texts/$sum"
done <"$work/order"
rule
cat <<'TEXT'
  Rust's standard library

Copyright (c) The Rust Project Contributors

TEXT
sed -n '/^Permission is hereby granted/,$p' LICENSE-MIT
rule
cat <<'TEXT'
  Rust's standard library (tables of characters)

Copyright (c) 1991-2024 Unicode, Inc.
TEXT
text=$(grep -l '^UNICODE LICENSE V3' "$work"/texts/* | head -n 1)
[ -n "$text" ] || fail "nothing comes with the text of Unicode-3.0"
sed -n '/^NOTICE TO USER/,$p' "$text"

#!/bin/sh
# The documents and the reference of the header as pages for a browser, in target/docs: mdBook makes
# them from the Markdown that is read in the repository.
#
# Ends with 77 when mdBook cannot be had.
set -eu
cd "$(dirname "$0")/../.."
. tests/tools.sh

build_tool mdbook "$MDBOOK_VERSION" "about 12 MB; three minutes" --no-default-features --features search || {
    echo "documents: mdbook could not be built" >&2
    exit 77
}

target=${CARGO_TARGET_DIR:-target}
source=$target/docs-source
rm -rf "$source" "$target/docs"
mkdir -p "$source/pages"

# put <file>: at the place among the pages that it has in the repository.
put() {
    mkdir -p "$source/pages/$(dirname "$1")"
    cp "$1" "$source/pages/$1"
}

cp docs/site/book.toml docs/site/style.css docs/site/names.js "$source"

# The sections of the header, as the reference lists them: `### [Rooms](room.md)`.
sed -n 's|^### \[\(.*\)\](\(.*\))$|  - [\1](docs/reference/\2)|p' docs/reference/README.md >"$source/sections"
sed -e "/^@SECTIONS@\$/{
    r $source/sections
    d
}" docs/site/SUMMARY.md >"$source/pages/SUMMARY.md"

pages=$(sed -n 's|^ *-* *\[.*\](\(.*\.md\))$|\1|p' "$source/pages/SUMMARY.md")
for page in $pages; do
    put "$page"
    # What it links to besides pages: samples, licences.
    grep -o ']([^)#:][^)#:]*' "$page" | cut -c 3- | while read -r link; do
        linked=$(realpath -m --relative-to=. "$(dirname "$page")/$link")
        case $linked in
        *.md | ..*) continue ;;
        esac
        [ -e "$linked" ] || continue
        find "$linked" -type f -not -path '*/target/*' -not -path '*/.*' | while read -r file; do put "$file"; done
    done
done

# It only warns of what a reader would stumble over.
"$BUILT_TOOL" build --dest-dir "$(realpath -m "$target/docs")" "$source" 2>"$source/log" || {
    cat "$source/log" >&2
    exit 1
}
if grep -E 'WARN|ERROR' "$source/log" >&2; then
    exit 1
fi
rm -rf "$source"
echo "$(realpath -m "$target/docs")/index.html"

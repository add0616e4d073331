#!/bin/sh
# Makes the pages, and looks whether all is there.
set -eu
cd "$(dirname "$0")/../.."

command -v python3 >/dev/null || {
    echo "documents: python3 is missing" >&2
    exit 77
}
docs/site/build.sh
python3 docs/site/check.py "${CARGO_TARGET_DIR:-target}/docs" bindings/api.json

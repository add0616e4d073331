#!/usr/bin/env bash
# The status page of the local service in headless Chromium: people come and go, and the page shows it
# without being loaded again. Pictures of it are kept in the target folder.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tools.sh

need_package chromium chromium "the status page in a browser" "400 MB" || {
    echo "status page: Chromium is missing and could not be installed (Debian: apt install chromium)" >&2
    exit 77
}
cargo test --package devserver --test service -- --ignored status_page::
echo "pictures: ${CARGO_TARGET_DIR:-target}/tmp/status_page/*.png"

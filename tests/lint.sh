#!/bin/sh
# What can be judged without running anything: formatting, clippy, generated files, licences.
set -eu
cd "$(dirname "$0")/.."
. tests/tools.sh

target=${CARGO_TARGET_DIR:-target}

echo "== formatting"
cargo fmt --all --check
# Workspaces of their own; clippy sees them where they are tested.
for package in fuzz tests/peers/server-sdk benches/workers/server-sdk; do
    cargo fmt --manifest-path "$package/Cargo.toml" --check
done

# A child that is forked while another thread makes a global, or holds it locked, would wait for ever.
echo "== globals"
if grep -rnE '^ *(pub(\([a-z]+\))? )?static [A-Z_]+: .*(Once(Cell|Lock)|Lazy|Mutex|RwLock)' src |
    grep -v PerProcess | grep -v '^src/ffi/error.rs:'; then
    echo "lint: make it a PerProcess (src/runtime/fork.rs), of which a forked child has its own" >&2
    exit 1
fi

echo "== clippy"
cargo clippy --quiet --all-targets -- -D warnings
# And with the media server and raw pictures, where that can be built; it says so where it cannot. With
# microphones and speakers, where ALSA is; the tests say so where it is not.
status=0
devices=""
! pkg-config --exists alsa 2>/dev/null || devices=,media-tests/devices
devserver/sfu-build/prepare.sh cargo clippy --quiet --package vsdk --package vsdk-libvpx \
    --package vsdk-openh264 --package devserver --package media-tests --all-targets \
    --features "devserver/sfu$devices" -- -D warnings || status=$?
[ "$status" = 0 ] || [ "$status" = 77 ] || exit "$status"

echo "== generated files"
cargo build --quiet
generated="$target/debug/generated"
(cd "$generated" && find . -type f) | sort | while read -r file; do
    diff -u "$file" "$generated/$file" || {
        echo "lint: $file is not what the source generates. Run 'make header' and commit it." >&2
        exit 1
    }
done

diff -q docs/reference "$generated/docs/reference" || {
    echo "lint: the reference has a page that nothing generates any more. Remove it." >&2
    exit 1
}

packaging/notices.sh >"$target/notices"
diff -u THIRD-PARTY-NOTICES "$target/notices" || {
    echo "lint: THIRD-PARTY-NOTICES is not what the library holds. Run 'make header' and commit it." >&2
    exit 1
}

echo "== licences, duplicate crates, sources"
if need_cargo_deny; then
    "$CARGO_DENY" --log-level error check licenses bans sources
fi
conclude_tools

#!/bin/sh
# The seed flow for real: builds the library and the local service, starts the service on a free
# port, and runs the C quickstart against it. Needs Rust and a C compiler, nothing else.
set -eu
cd "$(dirname "$0")/.."

target=${CARGO_TARGET_DIR:-target}
compiler=${CC:-cc}
for tool in cargo "$compiler"; do
    command -v "$tool" >/dev/null || {
        echo "demo: '$tool' was not found. It needs Rust (https://rustup.rs) and a C compiler (Debian: apt install gcc)." >&2
        exit 1
    }
done

echo "building the library and the local service (the first time takes a few minutes)"
cargo build --quiet --package vsdk --package devserver
"$compiler" -std=c11 -D_DEFAULT_SOURCE -Wall -Wextra -Iinclude examples/c/quickstart.c \
    -o "$target/quickstart" -L"$target/debug" -lvsdk -Wl,-rpath,"$(cd "$target/debug" && pwd)"

directory=$(mktemp -d)
"$target/debug/devserver" --http 127.0.0.1:0 >"$directory/ready" &
service=$!
trap 'kill $service 2>/dev/null; wait $service 2>/dev/null; rm -rf "$directory"' EXIT

# The service prints one line when it is ready; without it, it has said why and ended.
until [ -s "$directory/ready" ]; do
    kill -0 $service 2>/dev/null || exit 1
    sleep 0.05
done
address=$(sed 's/.*"http":"\([^"]*\)".*/\1/' "$directory/ready")

echo "the local service runs at $address"
echo
echo "\$ quickstart --token-url $address/get-token --api-url $address"
"$target/quickstart" --token-url "$address/get-token" --api-url "$address"

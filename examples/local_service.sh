# What the demonstrations do alike, sourced by them in the root of the clone: samples in C are
# compiled, and the local service runs on a free port until the end of the script.

demo=$(basename "$0" .sh | tr _ -)
target=${CARGO_TARGET_DIR:-target}
compiler=${CC:-cc}
python=${PYTHON:-python3}
directory=$(mktemp -d)
running="" # processes that end with the script
# Some of them may have ended, and what `kill` says of that must not decide how the script ends.
trap 'kill $running 2>/dev/null || true; exec 3>&- 4>&-; wait; rm -rf "$directory"' EXIT

for tool in cargo "$compiler" "$python"; do
    command -v "$tool" >/dev/null || {
        echo "$demo: '$tool' was not found. It needs Rust (https://rustup.rs), a C compiler and Python from 3.9 on (Debian: apt install gcc python3)." >&2
        exit 1
    }
done

# build <command ...>: what cargo builds for the demonstrations. They have no use for raw sound, which takes CMake.
build() {
    command -v cmake >/dev/null || set -- "$@" --no-default-features
    "$@"
}

# compile <folder of the library> <sample ...>
compile() {
    libraries=$(cd "$1" && pwd)
    shift
    for sample in "$@"; do
        "$compiler" -std=c11 -D_DEFAULT_SOURCE -Wall -Wextra -Iinclude "examples/c/$sample.c" \
            -o "$target/$sample" -L"$libraries" -lvsdk -Wl,-rpath,"$libraries"
    done
}

# Sets `address`.
start_service() {
    "$target/debug/devserver" --http 127.0.0.1:0 >"$directory/ready" &
    service=$!
    running="$running $service"
    # It prints one line when it is ready; without it, it has said why and ended.
    until [ -s "$directory/ready" ]; do
        kill -0 $service 2>/dev/null || exit 1
        sleep 0.05
    done
    address=$(sed 's/.*"http":"\([^"]*\)".*/\1/' "$directory/ready")
    echo "the local service runs at $address"
}

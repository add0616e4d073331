#!/usr/bin/env bash
# What a peer needs from its registry, installed into the cache once:
#
#     tests/peers/environment.sh python     a virtual environment
#     tests/peers/environment.sh videosdk   another, with the official Python SDK
#     tests/peers/environment.sh node       a folder with node_modules
#
# Prints where it is. Exits with 77, and one line of reason, when it cannot be had.
set -euo pipefail
cd "$(dirname "$0")/../.."
peer=${1:?which peer: python, videosdk or node}
folder=tests/peers/$peer

unavailable() {
    echo "peer $peer: $1" >&2
    exit 77
}

# cached <what is installed> <size> <command ...>: a folder in the cache for this version of it,
# filled once by the command, with the folder as a last argument.
cached() {
    local cache=${VSDK_CACHE:-$HOME/.cache/vsdk}/peers-$peer-$1
    if [ ! -e "$cache/complete" ]; then
        echo "what the peer in $peer needs comes to $cache ($2)" >&2
        rm -rf "$cache"
        mkdir -p "$cache"
        "${@:3}" "$cache" >&2 || unavailable "what it needs could not be installed"
        touch "$cache/complete"
    fi
    echo "$cache"
}

install_for_python() {
    python3 -m venv "$1" && "$1/bin/pip" --quiet --disable-pip-version-check install \
        --require-hashes --only-binary :all: --requirement "$folder/requirements.txt"
}

install_for_node() {
    cp "$folder"/package*.json "$1" && npm --prefix "$1" ci --silent --ignore-scripts
}

case $peer in
python | videosdk)
    command -v python3 >/dev/null || unavailable "python3 is missing (Debian: apt install python3-venv)"
    version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    size="10 MB"
    [ "$peer" = python ] || size="200 MB"
    cached "$version-$(cksum <"$folder/requirements.txt" | tr -d ' ')" "$size" install_for_python
    ;;
node)
    command -v node >/dev/null && command -v npm >/dev/null ||
        unavailable "node or npm is missing (Debian: apt install nodejs npm)"
    [ "$(node -p 'process.versions.node.split(".")[0] >= 18')" = true ] ||
        unavailable "Node 18 or newer is needed, this is $(node --version)"
    cached "$(cksum <"$folder/package-lock.json" | tr -d ' ')" "1 MB" install_for_node
    ;;
*) unavailable "there is no such peer" ;;
esac

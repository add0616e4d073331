#!/bin/sh
# The seed flow for real, and a meeting of two: builds the library and the local service, starts the
# service on a free port, runs the C quickstart against it, and lets a program in C and one in Python
# talk in the room that it made. Needs Rust, a C compiler and Python from 3.9 on, nothing else.
set -eu
cd "$(dirname "$0")/.."

. examples/local_service.sh

echo "building the library and the local service (the first time takes a few minutes)"
# A test has it built already, and must not have it built again under the hands of others.
libraries=${DEMO_LIBRARIES:-}
if [ -z "$libraries" ]; then
    build cargo build --quiet --package vsdk --package devserver
    libraries=$target/debug
fi
compile "$libraries" quickstart chat
start_service
echo
echo "\$ quickstart --token-url $address/get-token --api-url $address"
"$target/quickstart" --token-url "$address/get-token" --api-url "$address" | tee "$directory/quickstart"
room=$(sed -n 's/^room  *//p' "$directory/quickstart")
[ -n "$room" ] # tee hides how the quickstart ended

# sees <who> <line>: waits until the program has printed it.
sees() {
    tries=0
    until grep -qxF "$2" "$directory/$1.out"; do
        tries=$((tries + 1))
        if [ $tries -gt 600 ]; then
            echo "demo: $1 never saw \"$2\", but:" >&2
            cat "$directory/$1.out" "$directory/$1.err" >&2
            exit 1
        fi
        sleep 0.05
    done
}

# What Ann and Bob write comes through pipes, as it would from two keyboards.
mkfifo "$directory/ann.in" "$directory/bob.in"
set -- --token-url "$address/get-token" --api-url "$address" --room "$room"
"$target/chat" "$@" --name Ann <"$directory/ann.in" >"$directory/ann.out" 2>"$directory/ann.err" 4>&- &
ann=$!
exec 3>"$directory/ann.in"
sees ann "* in the room: Ann (you)"
PYTHONPATH=bindings/python/src VSDK_LIBRARY=$libraries/$(cd "$libraries" && ls | grep -x 'libvsdk\.\(so\|dylib\)') \
    "$python" examples/python/chat.py "$@" --name Bob \
    <"$directory/bob.in" >"$directory/bob.out" 2>"$directory/bob.err" 3>&- &
bob=$!
exec 4>"$directory/bob.in"
sees ann "* Bob joined"
sees bob "* in the room: Bob (you), Ann"
# Who speaks listens already; before that, what others write comes as something earlier.
echo "Hello Ann, this is Python." >&4
sees ann "Bob: Hello Ann, this is Python."
echo "Hello Bob, this is C." >&3
sees bob "Ann: Hello Bob, this is C."
exec 4>&-
wait $bob
sees ann "* Bob left"
exec 3>&-
wait $ann

echo
echo "\$ chat --name Ann --room $room    (in C)"
cat "$directory/ann.out"
echo
echo "\$ chat.py --name Bob --room $room    (in Python)"
cat "$directory/bob.out"

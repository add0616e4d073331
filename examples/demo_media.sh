#!/bin/sh
# Media for real: builds the library, the local service and its media server, and lets one program
# send a sound and a picture into a meeting while another writes down what it hears and sees. What was
# sent and what was received are shown beside each other. Then two participants see and hear each other:
# how long that took is printed, and what each saw is left as demo.png in the folder that this was run
# in. Needs Rust, a C compiler and Python; what the media server needs, devserver/sfu-build/prepare.sh
# says or installs. Pictures take libvpx; without it the rest is done.
set -eu
output=$PWD/demo.png
cd "$(dirname "$0")/.."

. examples/local_service.sh

echo "building the library, the local service and its media server (the first time takes about ten minutes)"
features=devserver/sfu
if [ -n "${VSDK_LIBVPX_DIR:-}" ] || pkg-config --exists vpx 2>/dev/null; then
    features=$features,vsdk/vp8
fi
build devserver/sfu-build/prepare.sh cargo build --quiet --package vsdk --package devserver --features "$features"
compile "$target/debug" send_file record
start_service
set -- --token-url "$address/get-token" --api-url "$address"
mkdir "$directory/recording"
mkfifo "$directory/end"
"$target/record" "$@" --name Bob --directory "$directory/recording" <"$directory/end" \
    >"$directory/record" 2>&1 &
recorder=$!
running="$running $recorder"
exec 3>"$directory/end"
until room=$(sed -n 's/^room *//p' "$directory/record") && [ -n "$room" ]; do
    kill -0 $recorder 2>/dev/null || { cat "$directory/record" >&2; exit 1; }
    sleep 0.05
done

echo
echo "\$ send_file --name Ann --room $room examples/media/tone.ogg examples/media/bar.ivf"
"$target/send_file" "$@" --name Ann --room "$room" examples/media/tone.ogg examples/media/bar.ivf
exec 3>&-
wait $recorder
echo
echo "\$ record --name Bob --room $room    (meanwhile)"
cat "$directory/record"
echo
ls -l "$directory/recording" | awk 'NF > 8 { print "received", $5, "bytes:", $NF }'
ls -l examples/media | awk 'NF > 8 { print "sent    ", $5, "bytes:", $NF }'
[ "$(find "$directory/recording" -type f | wc -l)" = 2 ] || {
    echo "demo-media: a sound and a picture were sent, and not both arrived" >&2
    exit 1
}

echo
echo "Ann and Bob meet, with test patterns and tones"
libraries=$(cd "$target/debug" && pwd)
status=0
PYTHONPATH=bindings/python/src VSDK_LIBRARY=$libraries/$(cd "$libraries" && ls | grep -x 'libvsdk\.\(so\|dylib\)') \
    "$python" examples/demo_media.py "$@" --output "$output" || status=$?
case $status in
0) echo "what each saw is in $output" ;;
3)
    echo "There is no demo.png: pictures take libvpx with its archive (Debian: apt install libvpx-dev pkg-config)." ;;
*) exit $status ;;
esac

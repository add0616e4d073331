# Sound between the sample `talk` for the platform and the one for this machine, each way: so the
# platform's library encodes what this machine's decodes, and decodes what that encodes. Sourced by
# test.sh.

compare_talk() {
    check "talk, heard on this machine" is_heard run_sample run_in_c
    check "talk, hearing this machine" is_heard run_in_c run_sample
    check "talk without an end" same_as_in_c "" talk
    check "talk of something else" same_as_in_c "" talk --input "$PWD/README.md"
}

# is_heard <what runs the talker> <what runs the listener>
is_heard() {
    local room scene=$work/scene listener status=0
    [ -z "${VSDK_WITHOUT_MEDIA:-}" ] || { echo "$VSDK_WITHOUT_MEDIA"; return 1; }
    run_in_c() { timeout 300 "$work/in-c/$1" "${@:2}"; }
    rm -rf "$scene" && mkdir "$scene"
    python3 tests/platforms/tone.py make "$scene/said.wav"
    room=$(new_room)
    "$2" talk --api-url "$address" --room "$room" --output "$scene/heard.wav" --seconds 12 \
        >"$scene/listener.out" 2>&1 &
    listener=$!
    "$1" talk --api-url "$address" --room "$room" --input "$scene/said.wav" --output "$scene/nothing.wav" ||
        status=1
    wait "$listener" || status=1
    cat "$scene/listener.out"
    [ "$status" = 0 ] && python3 tests/platforms/tone.py hear "$scene/heard.wav"
}

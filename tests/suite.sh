# What the scripts that test bindings and peers do alike: counting, the local service, and comparing
# the samples of a language with those in C. Sourced by bash, in the root of the clone:
#
#     . tests/suite.sh <step of tests/run.sh> [<folder>]
#
# What a run makes goes to the folder, which is kept, or to a temporary one. It is `work`.

step=$1
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
if [ -n "${2:-}" ]; then
    work=$2 temporary=""
    mkdir -p "$work"
else
    work=$(mktemp -d)
    temporary=$work
fi
service=""
trap '[ -z "$service" ] || kill "$service" || true; [ -z "$temporary" ] || rm -rf "$temporary"' EXIT
passed=0
failed=0

# What a user of this machine may have set.
unset VIDEOSDK_TOKEN VIDEOSDK_TOKEN_URL VIDEOSDK_API_ENDPOINT

# unavailable <reason>: ends a run for which something is missing, as tests/run.sh expects it.
unavailable() {
    echo "$step: $1" >&2
    exit 77
}

# check <what> <command ...>: runs it, shows what it said when it fails, and counts. What can hang
# has a time limit of its own.
check() {
    local what=$1
    shift
    if "$@" >"$work/said" 2>&1 </dev/null; then
        passed=$((passed + 1))
        echo "ok: $what"
    else
        failed=$((failed + 1))
        echo "FAILED: $what"
        cat "$work/said"
    fi
}

# add_report <passed> <failed> <exit status>: adds what a test runner reported. One that fails
# without a failed test, or runs no test, counts as one failure.
add_report() {
    local failures=$2
    if [ "$failures" = 0 ] && { [ "$3" != 0 ] || [ "$1" = 0 ]; }; then
        failures=1
        echo "FAILED: the suite ended with exit status $3 after $1 passed tests"
    fi
    echo "suite: $1 passed, $failures failed"
    passed=$((passed + $1))
    failed=$((failed + failures))
}

# add_junit_reports <exit status> <file ...>: the same from reports as JUnit writes them. A test that
# was skipped has not passed.
add_junit_reports() {
    local status=$1 counts
    shift
    counts=$({ grep -ho '<testsuite [^>]*' "$@" 2>/dev/null || true; } | awk '
        { for (i = 1; i <= NF; i++) if (split($i, pair, "\"") > 1) count[pair[1]] += pair[2] }
        END {
            bad = count["errors="] + count["failures="] + count["skipped="]
            print count["tests="] - bad, bad + 0
        }')
    add_report "${counts% *}" "${counts#* }" "$status"
}

# The end of the script.
conclude() {
    echo "checked: $passed passed, $failed failed"
    [ "$failed" = 0 ]
}

# The library and the local service with its media server. Where that cannot be built, the service
# is built without, and what needs it sees VSDK_WITHOUT_MEDIA and fails with that reason. Where libvpx
# is, the library has raw pictures, and the suites see by VSDK_WITH_VP8 that it has to. Likewise with
# ALSA, devices and VSDK_WITH_DEVICES, but in two languages alone: Swift lives in a root of its own
# without ALSA, and the peers open nothing.
build_library_and_service() {
    local build=(cargo build --quiet --package vsdk --package devserver) status=0 features=""
    if [ -n "${VSDK_LIBVPX_DIR:-}" ] || pkg-config --exists vpx 2>/dev/null; then
        export VSDK_WITH_VP8=1
        features=vsdk/vp8
    fi
    case $step in
    Python | Kotlin)
        if pkg-config --exists alsa 2>/dev/null; then
            export VSDK_WITH_DEVICES=1
            features=$features,vsdk/devices
        fi
        ;;
    esac
    devserver/sfu-build/prepare.sh "${build[@]}" --features "devserver/sfu,$features" || status=$?
    case $status in
    0) ;;
    77) export VSDK_WITHOUT_MEDIA="the media server cannot be built here" &&
        "${build[@]}" --features "$features" ;;
    *) return "$status" ;;
    esac
}

# Starts a service that runs until the end of the script. Sets `address`, and both it and a token
# where samples and the launchers of documented programs look for them.
start_service() {
    "$target/debug/devserver" --http 127.0.0.1:0 >"$work/ready" &
    service=$!
    for _ in $(seq 300); do
        [ ! -s "$work/ready" ] || break
        sleep 0.1
    done
    address=$(sed -n 's/.*"http":"\([^"]*\)".*/\1/p' "$work/ready")
    [ -n "$address" ] || { echo "the local service was not ready within 30 s" >&2; exit 1; }
    VIDEOSDK_TOKEN=$(fetch_token)
    export VIDEOSDK_TOKEN VIDEOSDK_API_ENDPOINT=$address README_SERVICE=$address
}

# fetch_token [<permissions>]: not every machine has curl.
fetch_token() {
    local host=${address#http://}
    exec 3<>"/dev/tcp/${host%:*}/${host#*:}"
    printf 'GET /get-token?permissions=%s HTTP/1.0\r\nHost: %s\r\n\r\n' "${1:-}" "$host" >&3
    timeout 30 sed -n 's/.*"token":"\([^"]*\)".*/\1/p' <&3
    exec 3>&-
}

# ---- Samples -------------------------------------------------------------------------------------

# same_as_in_c <filter for sed> <name> <arguments ...>: the sample prints, and ends, as the one in C
# does. `run_sample <name> <arguments ...>` has to be defined. The filter takes away what differs
# from run to run.
same_as_in_c() {
    local filter=$1 name=$2 stream status=0 status_in_c=0
    shift 2
    timeout 300 "$work/in-c/$name" "$@" >"$work/c.out" 2>"$work/c.err" || status_in_c=$?
    run_sample "$name" "$@" >"$work/own.out" 2>"$work/own.err" || status=$?
    cat "$work/own.out" "$work/own.err"
    for stream in out err; do
        diff -u --label "in C" <(sed "$filter" "$work/c.$stream") \
            --label "here" <(sed "$filter" "$work/own.$stream") || return 1
    done
    [ "$status" = "$status_in_c" ] || { echo "exit status $status instead of $status_in_c"; return 1; }
    [ -s "$work/own.out" ] || [ -s "$work/own.err" ] || { echo "it printed nothing"; return 1; }
}

samples="quickstart rooms token_doctor chat greeter two_meetings record send_file talk"

# compare_samples [<name ...>]: compares them, or all, in all that they can be asked for.
compare_samples() {
    local sample
    local id='s/[a-z0-9]\{4\}-[a-z0-9]\{4\}-[a-z0-9]\{4\}/ID/g; s/20[0-9-]*T[0-9:.]*Z/TIME/g'
    local own='s/^participant .*/participant/; s/"\(participantId\|id\)":"[a-z0-9]*"/"\1"/g; s/"tokenExpiresAt":[0-9]*/"tokenExpiresAt"/; s/[0-9]* s left/S s left/'
    [ $# -gt 0 ] || set -- $samples

    mkdir -p "$work/in-c"
    for sample in "$@"; do
        check "$sample in C, to compare with" cc "examples/c/$sample.c" -o "$work/in-c/$sample" \
            -Iinclude -L"$target/debug" -lvsdk -Wl,-rpath,"$target/debug"
    done
    for sample in "$@"; do
        "compare_$sample"
        [ "$sample" = rooms ] || check "$sample --help" same_as_in_c "" "$sample" --help
    done
}

compare_quickstart() {
    local name='s/^name .*/name/; s/"name":"[a-z0-9]*"/"name"/g'
    # What each language's reader of arguments says in its own words about one that it does not know.
    local unknown='/getopt\|unrecognized/d; s/^[^ ]*quickstart: .*//; /^$/d'
    check "quickstart" same_as_in_c "$own" quickstart --api-url "$address" --room lesson --name Ann
    check "quickstart from nothing" same_as_in_c "$own; $id; $name" quickstart \
        --token-url "$address/get-token" --api-url "$address"
    check "quickstart without a service" same_as_in_c "" quickstart \
        --token-url http://127.0.0.1:1/get-token
    check "quickstart misused" same_as_in_c "$unknown" quickstart --nothing
}

compare_rooms() {
    check "rooms create" same_as_in_c "$id" rooms create lesson
    check "rooms create without an id" same_as_in_c "$id" rooms create
    check "rooms validate" same_as_in_c "" rooms validate lesson
    check "rooms get" same_as_in_c "" rooms get lesson
    check "rooms list" same_as_in_c "" rooms list
    check "rooms list 2" same_as_in_c "" rooms list 2
    check "rooms get, of none" same_as_in_c "" rooms get none
    check "rooms deactivate" same_as_in_c "" rooms deactivate lesson
    check "rooms without arguments" same_as_in_c "" rooms
    check "rooms without an id" same_as_in_c "" rooms get
}

compare_token_doctor() {
    check "token_doctor" same_as_in_c "$own" token_doctor
    check "token_doctor for joining" same_as_in_c "$own" token_doctor \
        --for join --room other "$VIDEOSDK_TOKEN"
    check "token_doctor for the REST API" same_as_in_c "$own" token_doctor \
        --for rest --participant ann "$VIDEOSDK_TOKEN"
    check "token_doctor for a use that is none" same_as_in_c "" token_doctor \
        --for nonsense "$VIDEOSDK_TOKEN"
    check "token_doctor on nonsense" same_as_in_c "" token_doctor "Bearer nonsense"
    check "token_doctor from standard input" token_doctor_reads
    check "token_doctor from standard input with nothing in it" same_as_in_c "" token_doctor -
}

compare_chat() { compare_meeting chat; }
compare_greeter() { compare_meeting greeter; }
compare_two_meetings() { compare_meeting two_meetings; }

compare_record() {
    compare_meeting record
    check "record into no folder" same_as_in_c "" record --directory "$work/none"
}

compare_send_file() {
    check "send_file" same_scene_as_in_c send_file
    check "send_file without a file" same_as_in_c "" send_file
    check "send_file of no file" same_as_in_c "" send_file "$work/none"
    check "send_file of something else" same_as_in_c "" send_file "$PWD/README.md"
}

compare_talk() {
    local heard=(--output "$work/heard.wav") told="$id; s/^\* [0-9.]* s were heard, .*/* S were heard/"
    make_wav 1 48000 440 1 >"$work/tone.wav"
    make_wav 3 48000 440 1 >"$work/three.wav"
    make_wav 1 384000 440 1 >"$work/fast.wav"
    check "talk" same_scene_as_in_c talk
    check "talk alone" same_as_in_c "$told" talk --api-url "$address" --input "$work/tone.wav" "${heard[@]}"
    check "talk that only listens" same_as_in_c "$told" talk --api-url "$address" --seconds 1 "${heard[@]}"
    check "talk in no room" same_as_in_c "" talk --api-url "$address" --room none --seconds 1 "${heard[@]}"
    check "talk without an end" same_as_in_c "" talk
    check "talk for no time" same_as_in_c "" talk --seconds 0
    check "talk of no file" same_as_in_c "" talk --input "$work/none"
    check "talk of something else" same_as_in_c "" talk --input "$PWD/README.md"
    check "talk of too many channels" same_as_in_c "" talk --input "$work/three.wav"
    check "talk at a rate that is none" same_as_in_c "$told" talk --api-url "$address" \
        --input "$work/fast.wav" "${heard[@]}"
    check "talk of a folder" same_as_in_c "" talk --input "$work"
    head -c 40 "$work/tone.wav" >"$work/broken.wav"
    check "talk of a file without sound" same_as_in_c "" talk --input "$work/broken.wav"
    { head -c 20 "$work/tone.wav" && printf '\3' && tail -c +22 "$work/tone.wav"; } >"$work/broken.wav"
    check "talk of a file in another coding" same_as_in_c "" talk --input "$work/broken.wav"
    check "talk into no folder" same_as_in_c "" talk --seconds 1 --output "$work/none/heard.wav"
}

compare_meeting() {
    check "$1" same_scene_as_in_c "$1"
    check "$1 in no room" same_as_in_c "" "$1" --api-url "$address" --room none
}

token_doctor_reads() {
    echo "$VIDEOSDK_TOKEN" >"$work/token"
    local status=0
    run_sample token_doctor - <"$work/token" >"$work/own.out" || status=$?
    cat "$work/own.out"
    [ "$status" = 1 ] && grep -q '^ERROR *WHITE_SPACE_AROUND$' "$work/own.out"
}

# same_scene_as_in_c <name>: with others around it the sample does as the one in C does.
same_scene_as_in_c() {
    local id='s/[a-z0-9]\{4\}-[a-z0-9]\{4\}-[a-z0-9]\{4\}/ID/g; s/ of [a-z0-9]\{8\}$/ of SOMEBODY/'
    id+='; s/^\* [0-9.]* s were heard, .*/* S were heard/'
    run_in_c() { timeout 300 "$work/in-c/$1" "${@:2}"; }
    for run in run_in_c run_sample; do
        "scene_of_$1" "$run" || return 1
        sed "$id" "$work/scene/sample.out" >"$work/$run.scene"
    done
    diff -u --label "in C" "$work/run_in_c.scene" --label "here" "$work/run_sample.scene"
}

# enter <who> <command ...>: starts a program whose input ends with `leave <who>`.
enter() {
    local who=$1
    shift
    rm -f "$work/scene/$who".*
    mkfifo "$work/scene/$who.in"
    # It holds the pipe open as long as there is something to say; what it reads is the script.
    sleep 300 >"$work/scene/$who.in" &
    echo $! >"$work/scene/$who.holder"
    "$@" <"$work/scene/$who.in" >"$work/scene/$who.out" 2>&1 &
    echo $! >"$work/scene/$who.process"
}

# says <who> <text>
says() {
    echo "$2" >"$work/scene/$1.in"
}

# sees <who> <line> [<another>]: waits until the program has printed one of them.
sees() {
    for _ in $(seq 600); do
        ! grep -qxF -e "$2" -e "${3:-$2}" "$work/scene/$1.out" || return 0
        sleep 0.1
    done
    echo "$1 never saw \"$2\", but:"
    cat "$work/scene/$1.out"
    return 1
}

# leave <who>: its input ends, and it has to end well.
leave() {
    kill "$(cat "$work/scene/$1.holder")"
    ends "$1"
}

# ends <who>: it has to end well by itself.
ends() {
    local status=0
    wait "$(cat "$work/scene/$1.process")" || status=$?
    kill "$(cat "$work/scene/$1.holder")" 2>/dev/null || true
    [ "$status" = 0 ] || { echo "$1 ended with $status:"; cat "$work/scene/$1.out"; return 1; }
}

new_room() {
    "$work/in-c/rooms" create | cut -d' ' -f1
}

scene_of_chat() {
    local room
    rm -rf "$work/scene" && mkdir "$work/scene"
    room=$(new_room)
    enter bob run_in_c chat --api-url "$address" --room "$room" --name Bob &&
        sees bob "* in the room: Bob (you)" && says bob "who is there?" &&
        sees bob "Bob: who is there?" &&
        enter sample "$1" chat --api-url "$address" --room "$room" --name Ann &&
        sees sample "(earlier) Bob: who is there?" && sees bob "* Ann joined" &&
        says sample "Ännchen ☃" && sees bob "Ann: Ännchen ☃" && sees sample "Ann: Ännchen ☃" &&
        says bob "bye" && sees sample "Bob: bye" && leave bob && sees sample "* Bob left" &&
        leave sample
}

scene_of_greeter() {
    local room asking
    rm -rf "$work/scene" && mkdir "$work/scene"
    room=$(new_room)
    asking=$(fetch_token ask_join)
    enter sample "$1" greeter --api-url "$address" --room "$room" --name Host --guests 2 &&
        sees sample "room $room" &&
        enter ann run_in_c chat --api-url "$address" --room "$room" --name Ann --token "$asking" &&
        sees sample "* Ann joined: welcomed" &&
        sees ann "Host: Welcome, Ann!" "(earlier) Host: Welcome, Ann!" &&
        enter bob run_in_c chat --api-url "$address" --room "$room" --name Bob &&
        sees sample "* Bob joined: welcomed" && ends sample && sees ann "* Host left" &&
        leave ann && leave bob && ! grep -q "Welcome, Bob" "$work/scene/ann.out"
}

scene_of_two_meetings() {
    local room other
    rm -rf "$work/scene" && mkdir "$work/scene"
    room=$(new_room)
    other=$(new_room)
    enter sample "$1" two_meetings --api-url "$address" --room "$room" --other-room "$other" --messages 2 &&
        sees sample "rooms $room $other" &&
        enter ann run_in_c chat --api-url "$address" --room "$room" --name Ann &&
        enter bob run_in_c chat --api-url "$address" --room "$other" --name Bob &&
        sees bob "* in the room: Bob (you), relay" && says ann "from here" &&
        sees bob "relay: Ann: from here" && says bob "from there" && sees ann "relay: Bob: from there" &&
        ends sample && leave ann && leave bob
}

# Access units of H.264 as far as anybody looks into them.
make_film() {
    local number
    for number in $(seq 30); do
        if [ $((number % 10)) = 1 ]; then
            printf '\0\0\0\1\x67\x42\xc0\x1f\xda\0\0\0\1\x68\xce\x3c\x80\0\0\0\1\x65\x88'
            printf '%5000d' "$number"
        else
            printf '\0\0\0\1\x41\x9a%600d' "$number"
        fi
    done
}

# What one sends, the other writes down.
scene_of_record() {
    record_what_is_sent sample "$1" run_in_c
}

scene_of_send_file() {
    record_what_is_sent recorder run_in_c "$1"
}

# record_what_is_sent <name of the recorder> <what runs it> <what runs the sender>
record_what_is_sent() {
    local room recorder=$1 sender=sample
    [ "$recorder" != sample ] || sender=sender
    [ -z "${VSDK_WITHOUT_MEDIA:-}" ] || { echo "$VSDK_WITHOUT_MEDIA"; return 1; }
    rm -rf "$work/scene" && mkdir -p "$work/scene/recording"
    make_film >"$work/scene/film.h264"
    room=$(new_room)
    enter "$recorder" "$2" record --api-url "$address" --room "$room" \
        --directory "$work/scene/recording" && sees "$recorder" "* recording" || return 1
    "$3" send_file --api-url "$address" --room "$room" "$work/scene/film.h264" \
        >"$work/scene/$sender.out" 2>&1 || { cat "$work/scene/$sender.out"; return 1; }
    leave "$recorder" && cmp "$work/scene/film.h264" "$work/scene/recording/1-video.h264"
}

# Two talk, and each hears the other's tone alone.
scene_of_talk() {
    local room
    [ -z "${VSDK_WITHOUT_MEDIA:-}" ] || { echo "$VSDK_WITHOUT_MEDIA"; return 1; }
    rm -rf "$work/scene" && mkdir "$work/scene"
    make_wav 1 16000 400 8 >"$work/scene/low.wav"
    make_wav 2 44100 1050 4 >"$work/scene/high.wav"
    room=$(new_room)
    enter bob run_in_c talk --api-url "$address" --room "$room" --name Bob \
        --input "$work/scene/low.wav" --output "$work/scene/bob.wav" --seconds 8 &&
        sees bob "* talking" &&
        enter sample "$1" talk --api-url "$address" --room "$room" --name Ann \
            --input "$work/scene/high.wav" --output "$work/scene/sample.wav" &&
        ends sample && ends bob && hears bob 1050 && hears sample 400
}

# make_wav <channels> <rate> <hertz> <seconds>: a square wave.
make_wav() {
    local half=$(($2 / $3 / 2)) size high="" low=""
    size=$((half * 2 * 2 * $1 * $3 * $4))
    printf RIFF && little_endian 4 $((size + 36)) && printf 'WAVEfmt ' && little_endian 4 16
    little_endian 2 1 && little_endian 2 "$1" && little_endian 4 "$2" && little_endian 4 $(($2 * $1 * 2))
    little_endian 2 $(($1 * 2)) && little_endian 2 16 && printf data && little_endian 4 "$size"
    # 8,000 and -8,000 of 32,768.
    for _ in $(seq $((half * $1))); do
        high+='\x40\x1f' low+='\xc0\xe0'
    done
    for _ in $(seq $(($3 * $4))); do
        printf "$high$low"
    done
}

# little_endian <bytes> <number>
little_endian() {
    local number=$2
    for _ in $(seq "$1"); do
        printf "\\x$(printf %02x $((number & 255)))"
        number=$((number >> 8))
    done
}

# hears <who> <hertz>: what it wrote has a tone of so many hertz for a second at least, and little
# else that is loud. It is in stereo at 48 kHz, behind a header of 44 bytes.
hears() {
    od -An -v -t d2 -w4 -j 44 "$work/scene/$1.wav" | awk -v who="$1" -v hertz="$2" '
        BEGIN { step = 2 * atan2(0, -1) * hertz / 48000 }
        { real += $1 * cos(step * NR); imaginary += $1 * sin(step * NR); power += $1 * $1 }
        # Each tenth of a second. Of the power of a square wave, eight tenths are its tone.
        NR % 4800 == 0 {
            if (power > 4800 * 1000 * 1000) loud++
            if (2 * (real * real + imaginary * imaginary) > 4800 * power / 2 && power > 0) tones++
            real = imaginary = power = 0
        }
        END {
            is_right = tones >= 10 && tones > loud * 0.75
            if (!is_right) printf "%s heard %d Hz for %.1f s of %.1f\n", who, hertz, tones / 10, loud / 10
            exit !is_right
        }'
}

# ---- Programs of the documents -------------------------------------------------------------------

# runs <command ...>: a documented program does what its text says, given a token.
runs() {
    timeout 300 "$@" "$VIDEOSDK_TOKEN" | tee "$work/program" || return 1
    grep -q '^Ann can join the meeting in room ....-....-....\.$' "$work/program"
}

# explains <command ...>: it tells the reason and the remedy when it fails.
explains() {
    local status=0
    timeout 300 "$@" "Bearer x" 2>"$work/program" || status=$?
    cat "$work/program"
    [ "$status" = 1 ] && [ "$(wc -l <"$work/program")" = 2 ]
}

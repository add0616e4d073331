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

# Not every machine has curl.
fetch_token() {
    local host=${address#http://}
    exec 3<>"/dev/tcp/${host%:*}/${host#*:}"
    printf 'GET /get-token HTTP/1.0\r\nHost: %s\r\n\r\n' "$host" >&3
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

# Compares all samples, in all that they can be asked for.
compare_samples() {
    local sample
    local id='s/[a-z0-9]\{4\}-[a-z0-9]\{4\}-[a-z0-9]\{4\}/ID/g; s/20[0-9-]*T[0-9:.]*Z/TIME/g'
    local own='s/^participant .*/participant/; s/"\(participantId\|id\)":"[a-z0-9]*"/"\1"/g; s/"tokenExpiresAt":[0-9]*/"tokenExpiresAt"/; s/[0-9]* s left/S s left/'
    local name='s/^name .*/name/; s/"name":"[a-z0-9]*"/"name"/g'
    # What each language's reader of arguments says in its own words about one that it does not know.
    local unknown='/getopt\|unrecognized/d; s/^[^ ]*quickstart: .*//; /^$/d'

    mkdir -p "$work/in-c"
    for sample in quickstart rooms token_doctor; do
        check "$sample in C, to compare with" cc "examples/c/$sample.c" -o "$work/in-c/$sample" \
            -Iinclude -L"$target/debug" -lvsdk -Wl,-rpath,"$target/debug"
    done

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
    check "quickstart" same_as_in_c "$own" quickstart --api-url "$address" --room lesson --name Ann
    check "quickstart from nothing" same_as_in_c "$own; $id; $name" quickstart \
        --token-url "$address/get-token" --api-url "$address"
    check "quickstart without a service" same_as_in_c "" quickstart \
        --token-url http://127.0.0.1:1/get-token
    check "quickstart misused" same_as_in_c "$unknown" quickstart --nothing
    check "quickstart --help" same_as_in_c "" quickstart --help
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
    check "token_doctor --help" same_as_in_c "" token_doctor --help
}

token_doctor_reads() {
    echo "$VIDEOSDK_TOKEN" >"$work/token"
    local status=0
    run_sample token_doctor - <"$work/token" >"$work/own.out" || status=$?
    cat "$work/own.out"
    [ "$status" = 1 ] && grep -q '^ERROR *WHITE_SPACE_AROUND$' "$work/own.out"
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

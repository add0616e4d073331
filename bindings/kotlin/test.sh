#!/bin/sh
# Everything of Kotlin, from nothing: the suite under -Xcheck:jni, the jar, the samples, the
# documentation. Prints a last line `checked: N passed, M failed`. Exit status 77: no toolchain.
set -eu
cd "$(dirname "$0")/../.."
root=$PWD
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
repository="${VSDK_CACHE:-$HOME/.cache/vsdk}/maven"
work=$(mktemp -d)
service=""
trap '[ -z "$service" ] || kill "$service" 2>/dev/null || true; rm -rf "$work"' EXIT
passed=0
failed=0

unavailable() {
    echo "Kotlin: $1" >&2
    exit 77
}

# check <what> <command ...>: runs it, shows what it said when it fails, and counts. What can hang
# has a time limit of its own.
check() {
    what=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        passed=$((passed + 1))
        echo "ok: $what"
    else
        failed=$((failed + 1))
        echo "FAILED: $what"
        cat "$work/said"
    fi
}

echo "-- toolchain"
if ! command -v mvn >/dev/null || ! command -v javac >/dev/null; then
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
        unavailable "Maven and a JDK from 17 on are missing (Debian: apt install maven openjdk-17-jdk-headless)"
    echo "installing maven and openjdk-17-jdk-headless (300 MB)"
    apt-get update -qq >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        maven openjdk-17-jdk-headless >/dev/null 2>&1 || true
    command -v mvn >/dev/null && command -v javac >/dev/null ||
        unavailable "maven and openjdk-17-jdk-headless could not be installed"
fi
case "$(javac -version 2>&1)" in
"javac 1."* | "javac 9"* | "javac 1"[0-6]*) unavailable "a JDK from 17 on is needed, this is $(javac -version 2>&1)" ;;
esac

# What these files ask for is in the repository once a run with them has succeeded.
stamp="$repository/complete-$(cat bindings/kotlin/pom.xml examples/kotlin/pom.xml | cksum | tr -d ' ')"
offline=--offline
if [ ! -e "$stamp" ]; then
    echo "Kotlin compiler, JNA, JUnit and Maven's plugins come to $repository (170 MB, once)"
    offline=""
fi
maven() {
    # shellcheck disable=SC2086
    timeout 900 mvn --batch-mode --no-transfer-progress $offline "$@" -Dmaven.repo.local="$repository"
}

echo "-- library and local service"
cargo build --quiet --package vsdk --package devserver

echo "-- suite, under -Xcheck:jni; nothing that Android API 24 lacks"
# Nothing of an earlier state of the sources.
rm -rf "$target"/kotlin/classes "$target"/kotlin/test-classes "$target"/kotlin/surefire-reports
status=0
maven --file bindings/kotlin/pom.xml test -Dvsdk.target="$target" >"$work/suite" 2>&1 || status=$?
counts=$(grep -ho '<testsuite [^>]*' "$target"/kotlin/surefire-reports/TEST-*.xml 2>/dev/null | awk '
    { for (i = 1; i <= NF; i++) if (split($i, pair, "\"") > 1) count[pair[1]] += pair[2] }
    END { bad = count["errors="] + count["failures="] + count["skipped="]; print count["tests="] - bad, bad + 0 }')
counts=${counts:-0 0}
passed=$((passed + ${counts% *}))
failed=$((failed + ${counts#* }))
if [ "$status" != 0 ]; then
    cat "$work/suite"
    # It may not have come as far as to a report.
    [ "${counts#* }" != 0 ] || failed=$((failed + 1))
else
    grep 'Tests run' "$work/suite"
fi
check "what the JVM says about JNI" bindings/kotlin/check_jni.sh "$work/suite"

echo "-- jar with the release library"
check "jar" timeout 3000 bindings/kotlin/build_jar.sh install
check "the library and the sources are in the jars" sh -c "
    unzip -l '$target/kotlin/vsdk-0.1.0.jar' | grep -q 'libvsdk' &&
    unzip -l '$target/kotlin/vsdk-0.1.0-sources.jar' | grep -q 'vsdk/Vsdk.kt'"

check "the jar goes into a repository by itself" maven --quiet install:install-file \
    -Dfile="$target/kotlin/vsdk-0.1.0.jar" -DpomFile=bindings/kotlin/pom.xml

echo "-- samples, from an empty folder with the jar from the local repository"
"$target/debug/devserver" --http 127.0.0.1:0 >"$work/service" &
service=$!
for _ in $(seq 300); do
    grep -q ready "$work/service" && break
    sleep 0.1
done
url=$(sed 's/.*"http":"\([^"]*\)".*/\1/' "$work/service")
[ -n "$url" ] || { echo "the local service does not answer" >&2; exit 1; }

cp -r examples/kotlin "$work/samples"
check "they compile" maven --quiet --file "$work/samples/pom.xml" package
for name in quickstart rooms token_doctor; do
    check "$name in C, to compare with" cc "examples/c/$name.c" -o "$work/$name" -Iinclude \
        -L"$target/debug" -lvsdk -Wl,-rpath,"$target/debug"
done

# same <name> <class> <filter for sed> <arguments ...>: prints and ends as the sample in C does.
same() {
    name=$1 class=$2 filter=$3
    shift 3
    status_in_c=0 status=0
    timeout 300 "$work/$name" "$@" >"$work/c.out" 2>"$work/c.err" </dev/null || status_in_c=$?
    timeout 300 java -cp "$work/samples/target/lib/*" "$class" "$@" \
        >"$work/kotlin.out" 2>"$work/kotlin.err" </dev/null || status=$?
    for stream in out err; do
        sed "$filter" "$work/c.$stream" >"$work/c"
        sed "$filter" "$work/kotlin.$stream" >"$work/kotlin"
        diff -u "$work/c" "$work/kotlin" || return 1
    done
    cat "$work/kotlin.out" "$work/kotlin.err"
    [ "$status" = "$status_in_c" ] && [ -s "$work/said" ]
}

token() {
    curl --silent --max-time 60 "$url/get-token" | sed 's/.*"token":"\([^"]*\)".*/\1/'
}
VIDEOSDK_TOKEN=$(token)
VIDEOSDK_API_ENDPOINT=$url
export VIDEOSDK_TOKEN VIDEOSDK_API_ENDPOINT
# What differs from run to run: ids, times, and which of the two asked first.
ids='s/[a-z0-9]\{4\}-[a-z0-9]\{4\}-[a-z0-9]\{4\}/ID/g; s/20[0-9-]*T[0-9:.]*Z/TIME/g; s/[0-9]* s left/S s left/'
own='s/^participant .*/participant/; s/"participantId":"[a-z0-9]*"/"participantId"/; s/"tokenExpiresAt":[0-9]*/"tokenExpiresAt"/; s/[0-9]* s left/S s left/'
check "rooms create" same rooms RoomsKt "$ids" create lesson
check "rooms create without an id" same rooms RoomsKt "$ids" create
check "rooms validate" same rooms RoomsKt "" validate lesson
check "rooms get" same rooms RoomsKt "" get lesson
check "rooms list" same rooms RoomsKt "" list
check "rooms list 2" same rooms RoomsKt "" list 2
check "rooms get none" same rooms RoomsKt "" get none
check "rooms deactivate" same rooms RoomsKt "" deactivate lesson
check "rooms without arguments" same rooms RoomsKt ""
check "quickstart" same quickstart QuickstartKt "$own" --api-url "$url" --room lesson --name Ann
check "quickstart from nothing" same quickstart QuickstartKt "$own; $ids; s/^name .*/name/; s/\"name\":\"[a-z0-9]*\"/name/" \
    --token-url "$url/get-token" --api-url "$url"
check "quickstart --help" same quickstart QuickstartKt "" --help
check "quickstart without a service" same quickstart QuickstartKt "" --token-url http://127.0.0.1:1/get-token
check "quickstart misused" same quickstart QuickstartKt "/getopt\|unrecognized/d; s/^[^ ]*quickstart: .*//; /^$/d" --nothing
check "token_doctor" same token_doctor TokenDoctorKt "$own"
check "token_doctor for joining" same token_doctor TokenDoctorKt "$own" --for join --room other "$VIDEOSDK_TOKEN"
check "token_doctor for the REST API" same token_doctor TokenDoctorKt "$own" --for rest --participant ann "$VIDEOSDK_TOKEN"
check "token_doctor on nonsense" same token_doctor TokenDoctorKt "" "Bearer nonsense"
check "token_doctor from standard input" same token_doctor TokenDoctorKt "" -
check "token_doctor --help" same token_doctor TokenDoctorKt "" --help

echo "-- documentation"
blocks="$work/blocks/src/main"
mkdir -p "$blocks/kotlin" "$work/java"
cp examples/kotlin/pom.xml "$work/blocks/"
cp bindings/kotlin/src/readme/*.kt "$blocks/kotlin/"
run=""
for document in README.md bindings/kotlin/README.md; do
    [ "$document" = README.md ] && part=top || part=own
    for language in kotlin java; do
        count=$(tests/code_blocks.sh "$document" "$language" "$work/$part-$language")
        for number in $(seq "$count"); do
            package=${part}_${language}_$number
            case $language in
            kotlin) file="$blocks/kotlin/$package.kt" class=Block end="" ;;
            java) file="$work/java/$package/Start.java" class=Start end=";" ;;
            esac
            mkdir -p "$(dirname "$file")"
            [ "$language" = java ] || printf '@file:JvmName("Block")\n' >"$file"
            { printf 'package %s%s\n' "$package" "$end"; cat "$work/$part-$language/$number"; } >>"$file"
            run="$run $package.$class"
        done
    done
done
# Blocks that are not marked are parts of a program: each goes into the frame's function.
awk -v frame="$(cat bindings/kotlin/src/readme/frame.txt)" -v folder="$blocks/kotlin" '
    /^<!-- test: run -->$/ { is_marked = 1; next }
    is_marked && /^```/ { is_marked = 0; is_skipped = 1; next }
    is_skipped && /^```$/ { is_skipped = 0; next }
    is_skipped { next }
    /^```kotlin$/ { count++; file = folder "/part_" count ".kt"; print "package part_" count "\n" frame > file; is_inside = 1; next }
    is_inside && /^```$/ { print "}" > file; close(file); is_inside = 0; next }
    is_inside { print "    " $0 > file }
    END { print count + 0 }
' bindings/kotlin/README.md >"$work/parts"
check "all blocks compile ($(cat "$work/parts") parts of programs)" \
    maven --quiet --file "$work/blocks/pom.xml" package
# A meeting is there as long as its block: not to be mentioned in it is no fault.
in_java() {
    javac -Xlint:all,-try -Werror --release 8 -Xlint:-options -cp "$work/blocks/target/lib/*" "$work"/java/*/*.java
}
check "blocks in Java compile" in_java
for class in $run; do
    start() {
        README_SERVICE=$url timeout 300 java -cp "$work/blocks/target/lib/*:$work/java" LauncherKt "$@"
    }
    runs() {
        start "$class" "$VIDEOSDK_TOKEN" | tee /dev/stderr | grep -q '^Ann can join the meeting in room ....-....-....\.$'
    }
    explains() {
        ! start "$class" "Bearer x" 2>"$work/explained" && cat "$work/explained" && [ "$(wc -l <"$work/explained")" = 2 ]
    }
    check "$class runs" runs
    check "$class explains a failure" explains
done
[ -n "$run" ] || { echo "FAILED: no block of the documentation was run"; failed=$((failed + 1)); }

[ "$failed" != 0 ] || touch "$stamp"
echo "checked: $passed passed, $failed failed"
[ "$failed" = 0 ]

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

# check <what> <command ...>: runs it, shows what it said when it fails, and counts.
check() {
    what=$1
    shift
    if timeout 900 "$@" >"$work/said" 2>&1; then
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
rm -rf "$target/kotlin/surefire-reports"
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
check "jar" env VSDK_CACHE="$(dirname "$repository")" bindings/kotlin/build_jar.sh ${offline} install

echo "-- samples, from an empty folder"
"$target/debug/devserver" --http 127.0.0.1:0 >"$work/service" &
service=$!
for _ in $(seq 300); do
    grep -q ready "$work/service" && break
    sleep 0.1
done
url=$(sed 's/.*"http":"\([^"]*\)".*/\1/' "$work/service")
[ -n "$url" ] || { echo "the local service does not answer" >&2; exit 1; }
cp -r examples/kotlin "$work/samples"
cd "$work/samples"
check "they compile" maven --quiet package
sample() {
    name=$1
    shift
    java -cp "$work/samples/target/lib/*" "$name" "$@"
}
in_c() {
    LD_LIBRARY_PATH="$target/debug" "$work/c/$1"
}
mkdir -p "$work/c"
for name in quickstart rooms token_doctor; do
    check "$name in C, to compare with" cc "$root/examples/c/$name.c" -o "$work/c/$name" -I"$root/include" -L"$target/debug" -lvsdk
done
export LD_LIBRARY_PATH="$target/debug" # for C alone: the jar has a library of its own
same() { # <name in Kotlin> <name in C> <filter> <arguments ...>: prints and ends as in C
    kotlin=$1 c=$2 filter=$3
    shift 3
    kotlin_status=0 c_status=0
    sample "$kotlin" "$@" >"$work/kotlin.out" 2>"$work/kotlin.err" || kotlin_status=$?
    "$work/c/$c" "$@" >"$work/c.out" 2>"$work/c.err" || c_status=$?
    [ "$kotlin_status" = "$c_status" ] || { echo "status $kotlin_status, in C $c_status"; cat "$work/kotlin.err"; return 1; }
    for stream in out err; do
        sed "$filter" "$work/kotlin.$stream" >"$work/kotlin.$stream.same"
        sed "$filter" "$work/c.$stream" >"$work/c.$stream.same"
        diff -u "$work/c.$stream.same" "$work/kotlin.$stream.same" || return 1
    done
    [ -s "$work/kotlin.out" ] || [ -s "$work/kotlin.err" ]
}

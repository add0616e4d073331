#!/usr/bin/env bash
# Everything of Kotlin, from nothing: the suite under -Xcheck:jni, the jar, the samples, the
# documentation. Prints a last line `checked: N passed, M failed`. Exit status 77: no toolchain.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/suite.sh Kotlin
repository="${VSDK_CACHE:-$HOME/.cache/vsdk}/maven"

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
build_library_and_service

echo "-- suite, under -Xcheck:jni; nothing that Android API 24 lacks"
# Nothing of an earlier state of the sources.
rm -rf "$target"/kotlin/classes "$target"/kotlin/test-classes "$target"/kotlin/surefire-reports
status=0
maven --file bindings/kotlin/pom.xml test -Dvsdk.target="$target" >"$work/suite" 2>&1 || status=$?
add_junit_reports "$status" "$target"/kotlin/surefire-reports/TEST-*.xml
[ "$status" = 0 ] || cat "$work/suite"
check "what the JVM says about JNI" bindings/kotlin/check_jni.sh "$work/suite"

echo "-- jar with the release library"
check "jar" timeout 3000 bindings/kotlin/build_jar.sh install
check "the library, the licences and the sources are in the jars" sh -c "
    unzip -l '$target/kotlin/vsdk-0.1.0.jar' | grep -q 'libvsdk' &&
    unzip -p '$target/kotlin/vsdk-0.1.0.jar' META-INF/vsdk/THIRD-PARTY-NOTICES |
        cmp - THIRD-PARTY-NOTICES &&
    unzip -l '$target/kotlin/vsdk-0.1.0-sources.jar' | grep -q 'vsdk/Vsdk.kt'"

check "the jar goes into a repository by itself" maven --quiet install:install-file \
    -Dfile="$target/kotlin/vsdk-0.1.0.jar" -DpomFile=bindings/kotlin/pom.xml

echo "-- samples, from an empty folder with the jar from the local repository"
cp -r examples/kotlin "$work/samples"
check "they compile" maven --quiet --file "$work/samples/pom.xml" package
# The classes are named after the files: RoomsKt, TokenDoctorKt. Up to 17, Java reads and prints in
# the encoding of the locale.
run_sample() {
    LC_ALL=C.UTF-8 timeout 300 java -cp "$work/samples/target/lib/*" \
        "$(sed 's/\(^\|_\)\([a-z]\)/\u\2/g' <<<"$1")Kt" "${@:2}"
}
start_service
compare_samples

# What the comparison leaves out: a connection that breaks off, and the end of the input.
cut_connections() {
    local host=${address#http://}
    exec 3<>"/dev/tcp/${host%:*}/${host#*:}"
    printf 'POST /admin/sockets HTTP/1.0\r\nHost: %s\r\nContent-Length: 14\r\n\r\n{"kind":"cut"}' "$host" >&3
    timeout 30 grep -q '^HTTP/1.[01] 200' <&3
    exec 3>&-
}
comes_back() {
    rm -rf "$work/scene" && mkdir "$work/scene"
    enter sample run_sample chat --api-url "$address" --name Ann &&
        sees sample "* in the room: Ann (you)" && says sample "before" && sees sample "Ann: before" &&
        cut_connections && sees sample "* connection lost, trying again" && sees sample "* back in the room" &&
        says sample "after" && sees sample "Ann: after" &&
        leave sample && [ "$(tail -n 1 "$work/scene/sample.out")" = "* you left" ]
}
# ends_with_its_input <line that it begins with> <sample>
ends_with_its_input() {
    rm -rf "$work/scene" && mkdir "$work/scene"
    enter sample run_sample "$2" --api-url "$address" || return 1
    for _ in $(seq 600); do
        ! grep -q "$1" "$work/scene/sample.out" || break
        sleep 0.1
    done
    says sample "ignored" && leave sample && cat "$work/scene/sample.out" &&
        [ "$(wc -l <"$work/scene/sample.out")" = 1 ] && grep -q "$1" "$work/scene/sample.out"
}
room='....-....-....'
check "chat comes back after a lost connection" comes_back
check "greeter ends with its input" ends_with_its_input "^room $room\$" greeter
check "two_meetings ends with its input" ends_with_its_input "^rooms $room $room\$" two_meetings

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
    program=(java -cp "$work/blocks/target/lib/*:$work/java" LauncherKt "$class")
    check "$class runs" runs "${program[@]}"
    check "$class explains a failure" explains "${program[@]}"
done
[ -n "$run" ] || { echo "FAILED: no block of the documentation was run"; failed=$((failed + 1)); }

[ "$failed" != 0 ] || touch "$stamp"
conclude

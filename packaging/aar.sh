#!/bin/sh
# UNPROVEN: a recipe whose result nobody has put into an app yet. It needs Android's NDK, whose folder
# ANDROID_NDK_HOME names, besides a JDK and Maven. Tell us what it lacked.
#
# vsdk-<version>.aar, the library for Kotlin and Java on Android, in target/dist: the classes and the
# native library for arm64. An app that takes it depends on net.java.dev.jna:jna:5.19.1@aar, too.
set -eu
cd "$(dirname "$0")/.."

fail() {
    echo "aar: $1" >&2
    exit 1
}

[ -n "${ANDROID_NDK_HOME:-}" ] || fail "set ANDROID_NDK_HOME to the folder of Android's NDK, r28 or newer"
for command in mvn jar; do
    command -v "$command" >/dev/null || fail "$command was not found: a JDK and Maven are needed"
done

target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' bindings/api.json)
library=$(packaging/platforms/build.sh android)

stage=$target/dist/aar
rm -rf "$stage"
mkdir -p "$stage/content/jni/arm64-v8a" "$stage/no-natives"
cp "$library/libvsdk.so" "$stage/content/jni/arm64-v8a/"

# The jar without a library for this machine. Maven may know all it needs already.
maven() {
    mvn --batch-mode --quiet "$@" -f bindings/kotlin/pom.xml -Dvsdk.target="$target" \
        -Dvsdk.native.dir="$stage/no-natives" -Dmaven.test.skip=true \
        -Dmaven.repo.local="${VSDK_CACHE:-$HOME/.cache/vsdk}/maven" package
}
maven --offline >/dev/null 2>&1 || maven
cp "$target/kotlin/vsdk-$version.jar" "$stage/content/classes.jar"

cat >"$stage/content/AndroidManifest.xml" <<'XML'
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="live.vsdk">
    <uses-sdk android:minSdkVersion="24" />
    <uses-permission android:name="android.permission.INTERNET" />
</manifest>
XML
# Demanded even where there are no resources.
: >"$stage/content/R.txt"
# JNA reaches these by name.
cat >"$stage/content/proguard.txt" <<'RULES'
-keep class com.sun.jna.** { *; }
-keep class vsdk.** { *; }
-dontwarn java.awt.**
RULES
cp LICENSE-APACHE LICENSE-MIT THIRD-PARTY-NOTICES "$stage/content/"

jar --create --no-manifest --file "$target/dist/vsdk-$version.aar" -C "$stage/content" .
rm -rf "$stage"
echo "$target/dist/vsdk-$version.aar"

#!/bin/sh
# UNPROVEN: a recipe that nobody has run yet, since it needs a Mac with Xcode. Tell us what it lacked.
#
# CVsdk.xcframework for the Swift package, in target/dist: the library for iOS, its simulator and
# macOS, each as a dynamic framework. A dynamic one, because two static libraries of Rust in one app
# clash on Apple's linker, whose output nothing seals here as packaging/seal.sh does on Linux.
#
# It goes beside bindings/swift/Package.swift, which takes it in place of an installed library.
set -eu
cd "$(dirname "$0")/.."

fail() {
    echo "xcframework: $1" >&2
    exit 1
}

[ "$(uname -s)" = Darwin ] || fail "this needs a Mac with Xcode"
command -v xcodebuild >/dev/null || fail "xcodebuild was not found: install Xcode"
command -v rustup >/dev/null || fail "rustup was not found (https://rustup.rs)"

target=${CARGO_TARGET_DIR:-target}
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' bindings/api.json)
stage=$target/dist/xcframework
rm -rf "$stage" "$target/dist/CVsdk.xcframework"
mkdir -p "$stage"

# What the Swift package demands at least.
export IPHONEOS_DEPLOYMENT_TARGET=16.0 MACOSX_DEPLOYMENT_TARGET=13.0

# framework <name> <oldest system> <Rust target ...>: one framework for all of the targets' processors.
framework() {
    name=$1 oldest=$2
    shift 2
    folder=$stage/$name/CVsdk.framework
    mkdir -p "$folder"
    content=$folder resources=$folder
    if [ "$name" = macos ]; then
        # There frameworks have versions, and links to the current one.
        content=$folder/Versions/A resources=$folder/Versions/A/Resources
        mkdir -p "$resources"
        ln -s A "$folder/Versions/Current"
        for item in CVsdk Headers Modules Resources; do ln -s "Versions/Current/$item" "$folder/$item"; done
    fi
    mkdir -p "$content/Headers" "$content/Modules"
    cp include/vsdk.h "$content/Headers/"
    cp LICENSE-APACHE LICENSE-MIT THIRD-PARTY-NOTICES "$resources/"
    cat >"$content/Modules/module.modulemap" <<MAP
framework module CVsdk {
    header "vsdk.h"
    export *
}
MAP

    libraries=""
    for triple in "$@"; do
        rustup target add "$triple"
        cargo rustc --release --lib --crate-type cdylib --target "$triple"
        libraries="$libraries $target/$triple/release/libvsdk.dylib"
    done
    # Several words.
    # shellcheck disable=SC2086
    lipo -create $libraries -output "$content/CVsdk"
    location=@rpath/CVsdk.framework/CVsdk
    [ "$name" != macos ] || location=@rpath/CVsdk.framework/Versions/A/CVsdk
    install_name_tool -id "$location" "$content/CVsdk"

    plist=$resources/Info.plist
    plutil -create xml1 "$plist"
    plutil -insert CFBundleIdentifier -string live.vsdk.CVsdk "$plist"
    plutil -insert CFBundleName -string CVsdk "$plist"
    plutil -insert CFBundleExecutable -string CVsdk "$plist"
    plutil -insert CFBundlePackageType -string FMWK "$plist"
    plutil -insert CFBundleShortVersionString -string "$version" "$plist"
    plutil -insert CFBundleVersion -string "$version" "$plist"
    plutil -insert MinimumOSVersion -string "$oldest" "$plist"
    # install_name_tool breaks the signature that the linker made.
    codesign --force --sign - "$folder"
}

framework ios 16.0 aarch64-apple-ios
framework ios-simulator 16.0 aarch64-apple-ios-sim x86_64-apple-ios
framework macos 13.0 aarch64-apple-darwin x86_64-apple-darwin

xcodebuild -create-xcframework \
    -framework "$stage/ios/CVsdk.framework" \
    -framework "$stage/ios-simulator/CVsdk.framework" \
    -framework "$stage/macos/CVsdk.framework" \
    -output "$target/dist/CVsdk.xcframework"
rm -rf "$stage"
echo "$target/dist/CVsdk.xcframework"

// swift-tools-version: 6.0
// vsdk for Swift: a client for VideoSDK (videosdk.live). SPDX-License-Identifier: MIT OR Apache-2.0
import Foundation
import PackageDescription

/// The library and its header: from an XCFramework that lies beside this file, else from the system.
let library: Target =
    if FileManager.default.fileExists(atPath: Context.packageDirectory + "/CVsdk.xcframework") {
        .binaryTarget(name: "CVsdk", path: "CVsdk.xcframework")
    } else {
        .systemLibrary(name: "CVsdk", pkgConfig: "vsdk")
    }

let package = Package(
    name: "Vsdk",
    platforms: [.macOS(.v13), .iOS(.v16), .tvOS(.v16), .visionOS(.v1)],
    products: [.library(name: "Vsdk", targets: ["Vsdk"])],
    targets: [
        library,
        .target(name: "Vsdk", dependencies: ["CVsdk"]),
        .testTarget(name: "VsdkTests", dependencies: ["Vsdk"]),
    ],
    swiftLanguageModes: [.v6]
)

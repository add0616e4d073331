// swift-tools-version: 6.0
import PackageDescription

// The clone that this folder is in, or the one that the environment names.
let clone = Context.environment["VSDK_CLONE"] ?? "../.."

let package = Package(
    name: "samples",
    platforms: [.macOS(.v13)],
    dependencies: [.package(name: "Vsdk", path: clone + "/bindings/swift")],
    targets: ["quickstart", "rooms", "token_doctor"].map { name in
        .executableTarget(
            name: name, dependencies: ["Vsdk"], path: ".", sources: [name + ".swift"])
    }
)

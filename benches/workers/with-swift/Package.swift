// swift-tools-version: 6.0
import PackageDescription

// Creates rooms with the library from Swift, as a worker of benches/create_room.
let package = Package(
    name: "worker",
    platforms: [.macOS(.v13)],
    dependencies: [.package(name: "Vsdk", path: "../../../bindings/swift")],
    targets: [
        .executableTarget(name: "worker", dependencies: ["Vsdk"], path: ".", sources: ["worker.swift"])
    ]
)

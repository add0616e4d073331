// swift-tools-version: 6.0
import PackageDescription

// The clone that this folder is in, or the one that the environment names.
let clone = Context.environment["VSDK_CLONE"] ?? "../.."

let samples = [
    "quickstart", "rooms", "token_doctor", "chat", "greeter", "two_meetings", "send_file", "record",
    "talk",
]

/// What reads and writes the files of the samples of media.
let mediaFiles = ["media_reader", "media_writer", "wav"]

/// All files are in one folder: those that are not of a target are excluded from it.
func others(than own: [String]) -> [String] {
    (samples + mediaFiles).filter { !own.contains($0) }.map { $0 + ".swift" }
}

let package = Package(
    name: "samples",
    platforms: [.macOS(.v13)],
    dependencies: [.package(name: "Vsdk", path: clone + "/bindings/swift")],
    targets: samples.map { name in
        .executableTarget(
            name: name,
            dependencies: ["send_file", "record", "talk"].contains(name)
                ? ["MediaFiles", "Vsdk"] : ["Vsdk"],
            path: ".", exclude: others(than: [name]), sources: [name + ".swift"])
    } + [
        .target(
            name: "MediaFiles", dependencies: ["Vsdk"], path: ".", exclude: others(than: mediaFiles),
            sources: mediaFiles.map { $0 + ".swift" })
    ]
)

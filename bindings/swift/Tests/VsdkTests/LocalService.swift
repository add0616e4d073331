import Foundation
import Vsdk

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A devserver of its own: a VideoSDK-compatible service on a free port of this machine.
final class LocalService: Sendable {
    static let apiKey = "3f9a1c52-6d0e-4b7a-9e44-0c1d2e3f4a5b"
    static let secret = String(repeating: "5ec7e7", count: 10) + "abcd"

    /// Where it is: `http://127.0.0.1:40123`.
    let url: String

    /// Where it gives out tokens.
    var tokenUrl: String { url + "/get-token" }

    private let process: Process

    /// Starts the program that `VSDK_DEVSERVER` names, and waits until it is ready.
    init() throws {
        let path = try required("VSDK_DEVSERVER")
        let output = Pipe()
        process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["--http", "127.0.0.1:0"]
        process.environment = ["VIDEOSDK_API_KEY": Self.apiKey, "VIDEOSDK_SECRET": Self.secret]
        process.standardOutput = output
        try process.run()

        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { throw Unexpected("devserver ended before it was ready") }
            line += more
        }
        struct Ready: Decodable { let http: String }
        url = try JSONDecoder().decode(Ready.self, from: line).http
    }

    deinit {
        // Not SIGTERM: what is started from a thread of tasks inherits that it is blocked there.
        kill(process.processIdentifier, SIGKILL)
    }

    /// Makes the service misbehave; see docs/local-service.md.
    func add(fault: String) async throws {
        try await administer("faults", fault)
    }

    /// Breaks off every connection to it.
    func cutConnections() async throws {
        try await administer("sockets", #"{"kind": "cut"}"#)
    }

    /// Sends every client that message, as the service sends its own.
    func sendToSockets(_ text: String) async throws {
        let body = try JSONSerialization.data(withJSONObject: ["kind": "send", "text": text])
        try await administer("sockets", String(decoding: body, as: UTF8.self))
    }

    private func administer(_ what: String, _ body: String) async throws {
        var request = URLRequest(url: URL(string: url + "/admin/" + what)!)
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        let (_, response) = try await URLSession.shared.data(for: request)
        guard let status = (response as? HTTPURLResponse)?.statusCode, status < 300 else {
            throw Unexpected("\(body) was refused: \(response)")
        }
    }

    /// Makes this service and a token of it the configured ones.
    @discardableResult
    func configure() async throws -> String {
        let token = try await fetchToken(from: tokenUrl).text
        try config(with: ConfigOptions(token: token, apiBaseUrl: url))
        return token
    }
}

/// What a test did not expect.
struct Unexpected: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A variable that bindings/swift/test.sh sets.
func required(_ variable: String) throws -> String {
    guard let value = ProcessInfo.processInfo.environment[variable] else {
        throw Unexpected("\(variable) is not set: run bindings/swift/test.sh")
    }
    return value
}

import Foundation
import Vsdk
import XCTest

/// A test after which nothing of the library may be left.
class LibraryTestCase: XCTestCase {
    override func setUp() {
        // So that the log tells which test a hang is in, also in a file.
        fflush(nil)
    }

    override func tearDown() async throws {
        try setLogHandler(level: .off, nil)
        try await shutdown()
        XCTAssertEqual(liveHandles(), 0)
    }
}

/// Expects that a call fails with this status, and gives the error.
@discardableResult
func assertFails<Value>(
    _ status: Status, file: StaticString = #filePath, line: UInt = #line,
    _ call: () async throws -> Value
) async throws -> VsdkError {
    do {
        _ = try await call()
    } catch let error as VsdkError {
        XCTAssertEqual(error.status, status, "\(error)", file: file, line: line)
        return error
    }
    XCTFail("it succeeded instead of failing with \(status)", file: file, line: line)
    throw Unexpected("no \(status)")
}

/// Expects that a call was cancelled.
func assertCancelled<Value>(
    file: StaticString = #filePath, line: UInt = #line, _ call: () async throws -> Value
) async throws {
    do {
        _ = try await call()
        XCTFail("it succeeded instead of being cancelled", file: file, line: line)
    } catch is CancellationError {}
}

/// Waits until something is so, at most a minute.
func eventually(
    file: StaticString = #filePath, line: UInt = #line, _ isSo: () throws -> Bool
) async throws {
    for _ in 0..<6_000 {
        if try isSo() { return }
        try await Task.sleep(for: .milliseconds(10))
    }
    XCTFail("it did not become so within a minute", file: file, line: line)
}

/// A value that several threads change.
final class Guarded<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var guarded: Value

    init(_ value: Value) {
        guarded = value
    }

    var value: Value {
        lock.withLock { guarded }
    }

    @discardableResult
    func change<Result>(_ body: (inout Value) -> Result) -> Result {
        lock.withLock { body(&guarded) }
    }
}

extension Guarded<Int> {
    func increment() {
        change { $0 += 1 }
    }
}

/// A token that works, and about which a meeting warns: it lives for a month.
func longLivedToken(roomId: String? = nil) throws -> String {
    var options = TokenMintOptions(apiKey: LocalService.apiKey, secret: LocalService.secret)
    options.lifetime = .seconds(30 * 86_400)
    options.roomId = roomId
    return try mintToken(options).text
}

/// A token about which nothing is to be said.
func plainToken() throws -> String {
    try mintToken(TokenMintOptions(apiKey: LocalService.apiKey, secret: LocalService.secret)).text
}

/// A meeting in no particular room, with a token of its own. Needs no service.
func makeMeeting(token: String? = nil) throws -> Meeting {
    try initMeeting(MeetingOptions(meetingId: "abcd-efgh-ijkl", token: token ?? plainToken()))
}

import Foundation
import Vsdk
import XCTest

#if canImport(Glibc)
import Glibc
#endif

final class ProcessTests: LibraryTestCase {
    func testLibraryAndHeaderFit() throws {
        XCTAssertEqual(version, "0.1.0")
        XCTAssertEqual(abiVersion, 0)
        try checkAbi()
        XCTAssertEqual(liveHandles(HandleKind(rawValue: 999)), 0)
    }

    func testTheEndAndABeginning() async throws {
        let service = try LocalService()
        try await service.configure()
        try await service.add(fault: #"{"route": "GET /v2/rooms/*", "kind": "stall", "times": null}"#)
        for _ in 0..<5 {
            let waiting = Task { try await getRoom("lesson") }
            try await eventually { liveHandles(.op) == 1 }
            try await shutdown()
            let error = try await assertFails(.shutdown) { try await waiting.value }
            XCTAssertFalse(error.remedy.isEmpty)
            _ = try await createRoom()
        }
    }

    func testAfterAForkOnlyInAChild() async throws {
        try await assertFails(.invalidState) { try afterForkChild() }
    }

    #if canImport(Glibc)
    func testAForkedChild() throws {
        // Swift hides fork, since little of its runtime works in a child; what this calls does.
        typealias Fork = @convention(c) () -> pid_t
        let fork = unsafeBitCast(dlsym(nil, "fork"), to: Fork.self)
        let token = try plainToken()
        let meeting = try makeMeeting(token: token)
        let child = fork()
        if child == 0 { _exit(Self.inChild(token, meeting)) }
        var status: Int32 = 0
        XCTAssertEqual(waitpid(child, &status, 0), child)
        XCTAssertEqual(status, 0, "exit status \(status >> 8) tells which step failed")
        XCTAssertEqual(try meeting.snapshot().state, .initialised)
        meeting.close()
    }

    /// What a child sees; the number of the step that went wrong, or 0.
    private static func inChild(_ token: String, _ parents: Meeting) -> Int32 {
        guard status(of: { try config(token) }) == .forked else { return 1 }
        guard status(of: { _ = try parents.snapshot() }) == .forked else { return 2 }
        guard status(of: { _ = try makeMeeting(token: token) }) == .forked else { return 3 }
        guard status(of: { try afterForkChild() }) == nil else { return 4 }
        guard status(of: { _ = try parents.snapshot() }) == .invalidHandle else { return 5 }
        let options = MeetingOptions(meetingId: "abcd-efgh-ijkl")
        guard status(of: { _ = try initMeeting(options) }) == .notConfigured else { return 6 }
        guard status(of: { try config(token) }) == nil else { return 7 }
        guard status(of: { _ = try initMeeting(options).snapshot() }) == nil else { return 8 }
        return 0
    }

    private static func status(of call: () throws -> Void) -> Status? {
        do {
            try call()
            return nil
        } catch {
            return (error as? VsdkError)?.status ?? Status(rawValue: .min)
        }
    }
    #endif
}

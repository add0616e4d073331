import Foundation
import Vsdk
import XCTest

final class JoiningTests: LibraryTestCase {
    func testTwoSeeEachOtherComeAndGo() async throws {
        let room = try await TestRoom()
        let ann = try room.meeting(as: "ann") { options in
            options.name = "Ann é😀"
            options.metadataJson = #"{"team": "blue"}"#
        }
        let alone = try XCTUnwrap(ann.snapshot().participants.first)
        XCTAssertTrue(alone.isLocal)
        XCTAssertNil(alone.joinedAt)
        XCTAssertNil(try ann.snapshot().sessionId)
        try await ann.join()

        let bob = try await room.join(as: "bob") { options in
            options.mode = .recvOnly
            options.peerType = .agent
        }
        let seen = try await ann.next(.participantJoined)
        XCTAssertEqual(seen.participantId, "bob")
        XCTAssertEqual(seen.text, "BOB")
        XCTAssertEqual(seen.participantName, "BOB")

        let snapshot = try bob.snapshot()
        XCTAssertEqual(snapshot.participants.map(\.id), ["bob", "ann"])
        XCTAssertNil(snapshot.activeSpeakerId)
        XCTAssertNotNil(snapshot.sessionId)
        XCTAssertEqual(snapshot.sessionId, try ann.snapshot().sessionId)
        let (own, other) = (snapshot.participants[0], snapshot.participants[1])
        XCTAssertEqual([own.isLocal, other.isLocal], [true, false])
        XCTAssertEqual(other.name, "Ann é😀")
        XCTAssertEqual(other.metadataJson, #"{"team":"blue"}"#)
        XCTAssertEqual(other.mode, .sendAndRecv)
        XCTAssertEqual(other.peerType, .normal)
        XCTAssertFalse(other.isMicOn || other.isWebcamOn)
        XCTAssertFalse(other.isScreenShareOn || other.isScreenShareAudioOn)
        XCTAssertFalse(other.isCameraPinned || other.isScreenSharePinned)
        XCTAssertNil(other.agentState)
        XCTAssertTrue(other.json.contains(#""name":"Ann é😀""#), other.json)
        for participant in [own, other] {
            let age = try XCTUnwrap(participant.joinedAt).timeIntervalSinceNow
            XCTAssertLessThan(abs(age), 600)
        }
        let bobSeen = try XCTUnwrap(try ann.participants()["bob"])
        XCTAssertEqual(bobSeen.mode, .recvOnly)
        XCTAssertEqual(bobSeen.peerType, .agent)
        XCTAssertNil(bobSeen.metadataJson)

        try await bob.leave()
        let left = try await bob.next(.meetingLeft)
        XCTAssertEqual(left.code, 1101)
        let gone = try await ann.next(.participantLeft)
        XCTAssertEqual(gone.participantId, "bob")
        XCTAssertEqual(gone.participantName, "BOB")
        XCTAssertEqual(gone.code, 1101)
        XCTAssertEqual(try ann.snapshot().eventSequence, gone.sequence)
        XCTAssertEqual(try ann.snapshot().participants.map(\.id), ["ann"])
        // What was read stays as it was.
        XCTAssertEqual(snapshot.participants.count, 2)
    }

    func testWhoAsksIsLetIn() async throws {
        let room = try await TestRoom()
        let host = try await room.join(as: "ann")
        let guest = try room.meeting(as: "bob", permissions: ["ask_join"])
        let joining = Task { try await guest.join() }
        let asked = try await host.next(.entryRequested)
        XCTAssertEqual(asked.participantId, "bob")
        XCTAssertEqual(asked.participantName, "BOB")
        try await guest.reaches(.waitingEntry)

        try await host.moderate("bob", .allowEntry)
        try await joining.value
        XCTAssertEqual(try guest.snapshot().state, .connected)
        let decided = try await host.next(.entryResponded)
        XCTAssertEqual(decided.code, 1)
        let joined = try await host.next(.participantJoined)
        XCTAssertEqual(joined.participantId, "bob")
    }

    func testWhoAsksIsNotLetIn() async throws {
        let room = try await TestRoom()
        let host = try await room.join(as: "ann")
        let guest = try room.meeting(as: "bob", permissions: ["ask_join"])
        let joining = Task { try await guest.join() }
        _ = try await host.next(.entryRequested)
        try await host.moderate("bob", .denyEntry)
        let error = try await assertFails(.entryDenied) { try await joining.value }
        XCTAssertEqual(error.operation, "meeting_join")
        let failed = try await guest.reaches(.failed)
        XCTAssertEqual(failed.status, .entryDenied)
        XCTAssertEqual(try host.snapshot().participants.count, 1)

        // It may be tried again, and comes in with a better token.
        try guest.setToken(try plainToken())
        try await guest.join()
        let joined = try await host.next(.participantJoined)
        XCTAssertEqual(joined.participantId, "bob")
    }

    func testACancelledJoinMayBeTriedAgain() async throws {
        let room = try await TestRoom()
        let guest = try room.meeting(as: "bob", permissions: ["ask_join"])
        let joining = Task { try await guest.join() }
        try await guest.reaches(.waitingEntry)
        joining.cancel()
        try await assertCancelled { try await joining.value }
        XCTAssertEqual(try guest.snapshot().state, .initialised)
        XCTAssertEqual(liveHandles(.op), 0)

        try guest.setToken(try plainToken())
        try await guest.join()
        XCTAssertEqual(try guest.snapshot().state, .connected)
        try await assertFails(.invalidState) { try await guest.join() }
    }

    func testWhoIsLeftOrClosedMeanwhileIsTold() async throws {
        let room = try await TestRoom()
        // Not the task was cancelled, but what it waited for.
        for end: @Sendable (Meeting) async throws -> Void in [
            { try await $0.leave() }, { $0.close() },
        ] {
            let guest = try room.meeting(as: "bob", permissions: ["ask_join"])
            let joining = Task { try await guest.join() }
            try await guest.reaches(.waitingEntry)
            try await end(guest)
            try await assertFails(.cancelled) { try await joining.value }
        }
    }

    func testAMeetingThatIsClosedOrForgottenIsLeft() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        bob.close()
        let closed = try await ann.next(.participantLeft)
        XCTAssertEqual(closed.participantId, "bob")
        try await assertFails(.invalidHandle) { try await bob.publish(topic: "CHAT", message: "x") }

        _ = try await room.join(as: "cas")
        let forgotten = try await ann.next(.participantLeft)
        XCTAssertEqual(forgotten.participantId, "cas")
        XCTAssertEqual(liveHandles(.meeting), 1)
    }

    func testTheEndForEverybody() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        try await bob.end()
        for meeting in [ann, bob] {
            let left = try await meeting.next(.meetingLeft)
            XCTAssertEqual(left.code, 1006)
            XCTAssertEqual(left.text, "ROOM_CLOSE")
            let last = try await meeting.reaches(.left)
            XCTAssertEqual(last.status, .meetingEnded)
            let after = try await meeting.nextEvent()
            XCTAssertNil(after)
        }
    }

    func testAConnectionIsMadeAnew() async throws {
        let room = try await TestRoom()
        let meeting = try room.meeting(as: "ann")
        try await assertFails(.invalidState) { try meeting.refreshConnection() }
        try await meeting.join()
        try await meeting.subscribe(topic: "CHAT")
        try await meeting.reaches(.connected)

        try meeting.refreshConnection()
        try await meeting.reaches(.reconnecting)
        // Waits for the new connection, on which the topic is subscribed again.
        try await meeting.publish(topic: "CHAT", message: "after")
        try await meeting.reaches(.connected)
        let message = try await meeting.next(.message)
        XCTAssertEqual(message.message, "after")

        try await room.service.cutConnections()
        let lost = try await meeting.next(.reconnecting)
        XCTAssertEqual(lost.status, .connectionLost)
        XCTAssertEqual(lost.code, 1)
        try await meeting.reaches(.connected)
    }

    #if os(Linux)
    func testNoThreadIsHeldWhileManyJoin() async throws {
        func threads() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
        }
        let room = try await TestRoom()
        let guests = try (0..<50).map { try room.meeting(as: "guest\($0)", permissions: ["ask_join"]) }
        let before = try threads()
        let joins = guests.map { guest in Task { try await guest.join() } }
        for guest in guests { try await guest.reaches(.waitingEntry) }
        XCTAssertLessThan(try threads(), before + 20)
        for join in joins {
            join.cancel()
            try await assertCancelled { try await join.value }
        }
    }
    #endif
}

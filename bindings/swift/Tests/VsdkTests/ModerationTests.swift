import Vsdk
import XCTest

final class ModerationTests: LibraryTestCase {
    func testRemoving() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        try await ann.moderate("bob", .remove)
        let left = try await bob.next(.meetingLeft)
        XCTAssertEqual(left.code, 1002)
        XCTAssertEqual(left.text, "REMOVE_PEER")
        let last = try await bob.reaches(.left)
        XCTAssertEqual(last.status, .removed)
        let after = try await bob.nextEvent()
        XCTAssertNil(after)
        let gone = try await ann.next(.participantLeft)
        XCTAssertEqual(gone.participantId, "bob")
        XCTAssertEqual(gone.code, 1002)
        try await assertFails(.invalidState) { try await bob.changeMode(.recvOnly) }
    }

    func testMicrophonesAndCamerasOfOthers() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        for (moderation, type) in [
            (Moderation.requestMic, EventType.micRequested), (.requestWebcam, .webcamRequested),
        ] {
            try await ann.moderate("bob", moderation)
            let asked = try await bob.next(type)
            XCTAssertEqual(asked.participantId, "ann")
        }
        try await ann.moderate("bob", .disableMic)
        try await ann.moderate("bob", .disableWebcam)
    }

    func testPins() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        let pins: [(Moderation, camera: Bool, share: Bool)] = [
            (.pinCamera, true, false), (.pinScreenShare, true, true),
            (.unpinCamera, false, true), (.unpinScreenShare, false, false),
        ]
        for (moderation, camera, share) in pins {
            try await ann.moderate("bob", moderation)
            for meeting in [ann, bob] {
                let event = try await meeting.next(.pinStateChanged)
                XCTAssertEqual(event.participantId, "bob")
                let pinned = try XCTUnwrap(try meeting.participants()["bob"])
                XCTAssertEqual(pinned.isCameraPinned, camera)
                XCTAssertEqual(pinned.isScreenSharePinned, share)
            }
        }
    }

    func testChangingTheMode() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        try await bob.changeMode(.signallingOnly)
        for meeting in [ann, bob] {
            let changed = try await meeting.next(.participantModeChanged)
            XCTAssertEqual(changed.participantId, "bob")
            XCTAssertEqual(changed.code, Int(Mode.signallingOnly.rawValue))
            XCTAssertEqual(try meeting.participants()["bob"]?.mode, .signallingOnly)
        }
        XCTAssertEqual(try bob.snapshot().mode, .signallingOnly)
        try await assertFails(.invalidArgument) { try await bob.changeMode(Mode(rawValue: 99)) }
    }

    func testWhatIsRefused() async throws {
        let room = try await TestRoom()
        let ann = try room.meeting(as: "ann")
        try await assertFails(.invalidState) { try await ann.end() }
        try await assertFails(.invalidState) { try await ann.moderate("bob", .remove) }
        try await ann.join()
        let error = try await assertFails(.refused) { try await ann.moderate("bob", .remove) }
        XCTAssertEqual(error.serviceCode, 4066)
        XCTAssertEqual(error.serviceText, #"There is no participant "bob" in the room"#)
        try await assertFails(.invalidArgument) {
            try await ann.moderate("bob", Moderation(rawValue: 99))
        }
        try await assertFails(.invalidArgument) { try await ann.moderate("", .remove) }
    }

    func testAJoinThatIsRefused() async throws {
        let room = try await TestRoom()
        let ann = try room.meeting(as: "ann")
        try await room.service.add(
            fault: #"{"method": "join", "kind": "refuse", "code": 4009, "reason": "The room is full"}"#)
        let error = try await assertFails(.limitReached) { try await ann.join() }
        XCTAssertEqual(error.serviceCode, 4009)
        XCTAssertEqual(error.serviceText, "The room is full")
        XCTAssertEqual(try ann.snapshot().state, .failed)
        try await ann.join()
    }
}

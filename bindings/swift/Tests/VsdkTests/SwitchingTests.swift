import Vsdk
import XCTest

final class SwitchingTests: LibraryTestCase {
    func testThereAndBack() async throws {
        let room = try await TestRoom()
        let second = try await createRoom().id
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        let cas = try await room.join(as: "cas") { $0.meetingId = second }

        try await ann.switchTo(meetingId: second, token: longLivedToken(roomId: second))
        let left = try await bob.next(.participantLeft)
        XCTAssertEqual(left.participantId, "ann")
        XCTAssertEqual(left.code, 1005)
        let joined = try await cas.next(.participantJoined)
        XCTAssertEqual(joined.participantId, "ann")
        XCTAssertEqual(try ann.snapshot().meetingId, second)
        XCTAssertEqual(try ann.snapshot().state, .connected)
        XCTAssertEqual(Set(try ann.participants().keys), ["ann", "cas"])

        // The present token is good in the second room alone, which is looked at before it is sent.
        try await assertFails(.tokenRoomMismatch) { try await ann.switchTo(meetingId: room.id) }
        try await ann.switchTo(meetingId: room.id, token: plainToken())
        let again = try await bob.next(.participantJoined)
        XCTAssertEqual(again.participantId, "ann")
        let gone = try await cas.next(.participantLeft)
        XCTAssertEqual(gone.participantId, "ann")
        XCTAssertEqual(try ann.snapshot().meetingId, room.id)
    }

    func testWhoIsAskedDecides() async throws {
        let room = try await TestRoom()
        let second = try await createRoom().id
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        let token = try plainToken()
        try await ann.requestSwitch(
            "bob", meetingId: second, token: token, payloadJson: #"{"table": 7}"#)
        let asked = try await bob.next(.switchRequested)
        XCTAssertEqual(asked.participantId, "ann")
        XCTAssertEqual(asked.text, second)
        XCTAssertTrue(asked.json.contains(#""table":7"#), asked.json)
        XCTAssertTrue(asked.json.contains(#""token":"[redacted]""#), asked.json)
        XCTAssertEqual(try bob.snapshot().meetingId, room.id)
        try await ann.requestSwitch("bob", meetingId: second)
        let plain = try await bob.next(.switchRequested)
        XCTAssertFalse(plain.json.contains("[redacted]"), plain.json)
        try await bob.switchTo(meetingId: try XCTUnwrap(asked.text))
        let left = try await ann.next(.participantLeft)
        XCTAssertEqual(left.participantId, "bob")
    }

    func testWhatIsRefused() async throws {
        let room = try await TestRoom()
        let meeting = try room.meeting(as: "ann")
        try await assertFails(.invalidState) { try await meeting.switchTo(meetingId: "x") }
        try await meeting.join()
        let nowhere = try await assertFails(.notFound) {
            try await meeting.switchTo(meetingId: "no-such-room")
        }
        XCTAssertEqual(nowhere.serviceCode, 4003)
        XCTAssertEqual(nowhere.operation, "meeting_switch_to")
        let here = try await assertFails(.refused) {
            try await meeting.switchTo(meetingId: room.id)
        }
        XCTAssertEqual(here.serviceCode, 4076)
        try await assertFails(.invalidArgument) { try await meeting.switchTo(meetingId: "") }
        try await assertFails(.tokenMalformed) {
            try await meeting.switchTo(meetingId: "x", token: "no token")
        }

        let nobody = try await assertFails(.refused) {
            try await meeting.requestSwitch("nobody", meetingId: "no-such-room")
        }
        XCTAssertEqual(nobody.serviceCode, 4077)
        XCTAssertEqual(nobody.operation, "meeting_request_switch")
        try await assertFails(.invalidArgument) {
            try await meeting.requestSwitch("bob", meetingId: "x", payloadJson: "{")
        }
        XCTAssertEqual(try meeting.snapshot().state, .connected)
        XCTAssertEqual(try meeting.snapshot().meetingId, room.id)
    }
}

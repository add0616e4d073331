import Vsdk
import XCTest

final class MessageTests: LibraryTestCase {
    func testBothWaysInOrder() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        for meeting in [ann, bob] { try await meeting.subscribe(topic: "CHAT") }

        try await ann.publish(
            topic: "CHAT", message: "Grüße, 世界 😀\n\"quoted\"", payloadJson: #"{"seat": 7}"#)
        try await bob.publish(topic: "CHAT", message: "")
        for meeting in [ann, bob] {
            let first = try await meeting.next(.message)
            XCTAssertEqual(first.message, "Grüße, 世界 😀\n\"quoted\"")
            XCTAssertEqual(first.text, "CHAT")
            XCTAssertEqual(first.participantId, "ann")
            XCTAssertEqual(first.code, 0)
            XCTAssertEqual(first.participantName, "ANN")
            XCTAssertTrue(first.json.contains(#""payload":{"seat":7}"#), first.json)
            let second = try await meeting.next(.message)
            XCTAssertEqual(second.message, "")
            XCTAssertEqual(second.participantId, "bob")
        }

        try bob.unsubscribe(topic: "CHAT")
        try bob.unsubscribe(topic: "another")
        try await ann.publish(topic: "CHAT", message: "not for bob")
        try await bob.subscribe(topic: "more")
        try await bob.publish(topic: "more", message: "his own")
        try await bob.leave()
        let rest = try await bob.messagesLeft()
        XCTAssertEqual(rest, ["his own"])
        try await ann.leave()
        let own = try await ann.messagesLeft()
        XCTAssertEqual(own, ["not for bob"])
    }

    func testWhatIsKeptReachesWhoComesLater() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        try await ann.publish(topic: "CHAT", message: "one", persist: true)
        try await ann.publish(topic: "CHAT", message: "gone")
        try await ann.publish(topic: "CHAT", message: "two", persist: true)

        let bob = try await room.join(as: "bob")
        try await bob.subscribe(topic: "CHAT")
        // They are there before the subscription has succeeded.
        var kept: [String] = []
        while let event = try bob.pollEvent() {
            guard event.type == .message else { continue }
            XCTAssertEqual(event.code, 1)
            XCTAssertEqual(event.participantName, "ANN")
            kept.append(event.message)
        }
        XCTAssertEqual(kept, ["one", "two"])
        try await ann.publish(topic: "CHAT", message: "three", persist: true)
        let new = try await bob.next(.message)
        XCTAssertEqual(new.message, "three")
        XCTAssertEqual(new.code, 0)
    }

    func testToOneOfThree() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        let cas = try await room.join(as: "cas")
        let all = [ann, bob, cas]
        for meeting in all { try await meeting.subscribe(topic: "CHAT") }
        try await ann.publish(topic: "CHAT", message: "psst", sendOnly: ["bob"])
        try await ann.publish(topic: "CHAT", message: "two of you", sendOnly: ["bob", "cas"])
        try await ann.publish(topic: "CHAT", message: "all")
        var heard: [[String]] = []
        for meeting in all {
            var messages: [String] = []
            while messages.last != "all" {
                messages.append(try await meeting.next(.message).message)
            }
            heard.append(messages)
        }
        XCTAssertEqual(heard, [["all"], ["psst", "two of you", "all"], ["two of you", "all"]])
    }

    func testWhatIsRefused() async throws {
        let room = try await TestRoom()
        let meeting = try room.meeting(as: "ann")
        try await assertFails(.invalidState) { try await meeting.subscribe(topic: "CHAT") }
        try await meeting.join()
        try await assertFails(.invalidArgument) { try await meeting.subscribe(topic: "") }
        try await assertFails(.invalidArgument) {
            try await meeting.publish(topic: "CHAT", message: "x", payloadJson: "[]")
        }
        try await assertFails(.invalidArgument) {
            try await meeting.publish(topic: "CHAT", message: "x", sendOnly: [""])
        }
        try await assertFails(.invalidArgument) {
            try await meeting.publish(topic: "CHAT", message: "cut\0off")
        }

        try await room.service.add(
            fault: #"{"method": "pubsubPublish", "kind": "refuse", "code": 4321, "reason": "Not today"}"#)
        let error = try await assertFails(.refused) {
            try await meeting.publish(topic: "CHAT", message: "x")
        }
        XCTAssertEqual(error.serviceCode, 4321)
        XCTAssertEqual(error.serviceText, "Not today")
        XCTAssertEqual(error.operation, "meeting_publish")
        XCTAssertFalse(error.remedy.isEmpty)
        XCTAssertEqual(liveHandles(.publishOptions), 0)
        try await meeting.publish(topic: "CHAT", message: "x")
    }
}

import Foundation
import Vsdk
import XCTest

/// Very many events over a real connection: read in time, pushed, and read too late.
final class LoadTests: LibraryTestCase {
    private let count = 100_000

    /// As many as the service takes in one request; the queue of a meeting holds more.
    private let burst = 500
    private let queueDepth = 4_096

    private func text(_ number: Int) -> String { "message \(number) ☃" }

    /// Lets the service send so many messages to everybody, in one frame.
    private func sendBurst(from first: Int, in room: TestRoom) async throws {
        let messages = (first..<first + burst).map { number in
            [
                "method": "pubsubMessage",
                "data": [
                    "id": "burst-\(number)", "topic": "numbers", "message": text(number),
                    "senderId": "ann",
                ],
            ] as [String: Any]
        }
        let frame: [String: Any] = [
            "notification": true, "method": "batchNotification",
            "data": ["notifications": messages],
        ]
        let data = try JSONSerialization.data(withJSONObject: frame)
        try await room.service.sendToSockets(String(decoding: data, as: UTF8.self))
    }

    /// Joins without media, which has events of its own, and subscribes; what was told until then is
    /// read.
    private func subscribed(in room: TestRoom) async throws -> Meeting {
        let meeting = try await room.join(as: "ann") { $0.mode = .signallingOnly }
        try await meeting.subscribe(topic: "numbers")
        while try meeting.pollEvent() != nil {}
        return meeting
    }

    private func check(_ events: [Event], after sequence: Int, from number: Int) {
        XCTAssertTrue(events.allSatisfy { $0.type == .message })
        XCTAssertEqual(events.map(\.sequence), events.indices.map { sequence + 1 + $0 })
        XCTAssertEqual(events.map(\.message), events.indices.map { text(number + $0) })
    }

    private func read(_ count: Int, of meeting: Meeting) async throws -> [Event] {
        var read: [Event] = []
        for try await event in meeting.events {
            read.append(event)
            if read.count == count { break }
        }
        return read
    }

    func testAllAreReadInOrder() async throws {
        let room = try await TestRoom()
        let meeting = try await subscribed(in: room)
        var last = try meeting.snapshot().eventSequence
        for first in stride(from: 0, to: count, by: burst) {
            try await sendBurst(from: first, in: room)
            check(try await read(burst, of: meeting), after: last, from: first)
            last += burst
        }
        XCTAssertEqual(try meeting.snapshot().eventSequence, last)
        meeting.close()
    }

    func testAllArePushedInOrder() async throws {
        let room = try await TestRoom()
        let meeting = try await subscribed(in: room)
        var last = try meeting.snapshot().eventSequence
        let pushed = Guarded<[Event]>([])
        try meeting.setEventHandler { event in pushed.change { $0.append(event) } }
        for first in stride(from: 0, to: count, by: burst) {
            try await sendBurst(from: first, in: room)
            try await eventually { pushed.value.count >= self.burst }
            check(pushed.value, after: last, from: first)
            pushed.change { $0 = [] }
            last += burst
        }
        try meeting.setEventHandler(nil)
        XCTAssertEqual(try meeting.snapshot().eventSequence, last)
        XCTAssertTrue(pushed.value.isEmpty)
        meeting.close()
    }

    func testWhatIsLostInSleepIsCounted() async throws {
        let room = try await TestRoom()
        let meeting = try await subscribed(in: room)
        let last = try meeting.snapshot().eventSequence
        let many = 40 * burst
        for first in stride(from: 0, to: many, by: burst) {
            try await sendBurst(from: first, in: room)
            try await eventually {
                try meeting.snapshot().eventSequence == last + first + burst
            }
        }
        check(try await read(queueDepth, of: meeting), after: last, from: 0)
        let overflow = try XCTUnwrap(try meeting.pollEvent())
        XCTAssertEqual(overflow.type, .overflow)
        XCTAssertEqual(overflow.code, many - queueDepth)
        XCTAssertEqual(overflow.sequence, last + many + 1)
        XCTAssertNil(try meeting.pollEvent())
        XCTAssertEqual(try meeting.snapshot().participants.map(\.id), ["ann"])
        // Awake again, it misses nothing.
        try await sendBurst(from: many, in: room)
        check(try await read(burst, of: meeting), after: overflow.sequence, from: many)
        meeting.close()
    }
}

import Vsdk
import XCTest

final class StoreTests: LibraryTestCase {
    func testValuesAreSetReadAndTakenAway() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        let before = try await bob.storeGet(key: "topic")
        XCTAssertNil(before)
        // One that is empty is not one that is gone.
        for value in ["Grüße, 世界 😀", "", nil] {
            try await ann.storeSet(key: "topic", value: value)
            for meeting in [ann, bob] {
                let found = try await meeting.storeGet(key: "topic")
                XCTAssertEqual(found, value)
            }
        }
        XCTAssertEqual(liveHandles(.content), 0)
    }

    func testWhoObservesIsTold() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        try await bob.storeObserve(key: "topic")
        for (value, code) in [("é😀", 1), ("", 1), (nil, 0)] as [(String?, Int)] {
            try await ann.storeSet(key: "topic", value: value)
            let changed = try await bob.next(.storeValueChanged)
            XCTAssertEqual(changed.text, "topic")
            XCTAssertEqual(changed.code, code)
            XCTAssertEqual(changed.message, value ?? "")
            XCTAssertEqual(changed.participantId, "ann")
        }

        try await bob.storeStopObserving(key: "topic")
        try await bob.storeObserve(key: "other")
        try await ann.storeSet(key: "topic", value: "unseen")
        try await ann.storeSet(key: "other", value: "seen")
        // In order: the other would have come before.
        let next = try await bob.next(.storeValueChanged)
        XCTAssertEqual(next.message, "seen")
    }

    func testWhatIsRefused() async throws {
        let room = try await TestRoom()
        let meeting = try room.meeting(as: "ann")
        try await assertFails(.invalidState) { try await meeting.storeGet(key: "topic") }
        try await meeting.join()
        let calls: [@Sendable (String) async throws -> Void] = [
            { try await meeting.storeSet(key: $0, value: "x") },
            { _ = try await meeting.storeGet(key: $0) },
            { try await meeting.storeObserve(key: $0) },
            { try await meeting.storeStopObserving(key: $0) },
        ]
        for call in calls {
            for key in ["", "cut\0off", String(repeating: "x", count: 1_025)] {
                try await assertFails(.invalidArgument) { try await call(key) }
            }
        }
        let error = try await assertFails(.invalidArgument) {
            try await meeting.storeSet(key: "key", value: String(repeating: "x", count: 1_025))
        }
        XCTAssertEqual(error.serviceCode, 3073)
        XCTAssertEqual(error.operation, "meeting_store_set")
        try await assertFails(.invalidArgument) {
            try await meeting.storeSet(key: "key", value: "cut\0off")
        }
        let largest = String(repeating: "x", count: 1_024)
        try await meeting.storeSet(key: "key", value: largest)
        let found = try await meeting.storeGet(key: "key")
        XCTAssertEqual(found, largest)
    }
}

import Foundation
import Vsdk
import XCTest

final class CancellationTests: LibraryTestCase {
    func testEachCallThatWaits() async throws {
        let service = try LocalService()
        try await service.configure()
        try await service.add(fault: #"{"route": "*", "kind": "stall", "times": null}"#)
        let calls: [(String, @Sendable () async throws -> Void)] = [
            ("fetchToken", { _ = try await fetchToken(from: service.tokenUrl) }),
            ("createRoom", { _ = try await createRoom() }),
            ("validateRoom", { _ = try await validateRoom("lesson") }),
            ("getRoom", { _ = try await getRoom("lesson") }),
            ("deactivateRoom", { _ = try await deactivateRoom("lesson") }),
            ("listRooms", { _ = try await listRooms() }),
        ]
        for (name, call) in calls {
            let began = ContinuousClock.now
            let task = Task { try await call() }
            // Under way, and not before: it has an operation to cancel.
            try await eventually { liveHandles(.op) == 1 }
            task.cancel()
            try await assertCancelled { try await task.value }
            XCTAssertLessThan(ContinuousClock.now - began, .seconds(20), name)
            XCTAssertEqual(liveHandles(), 0, name)
        }
    }

    func testBeforeTheBeginning() async throws {
        let service = try LocalService()
        try await service.configure()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await assertCancelled { try await createRoom() }
            try await assertCancelled { try await makeMeeting().join() }
            let meeting = try makeMeeting()
            try await assertCancelled { try await meeting.nextEvent() }
            for try await _ in meeting.events { XCTFail("a cancelled task reads nothing") }
            // What cleans up does so nevertheless, and does not wait for it.
            do { try await meeting.leave() } catch is CancellationError {}
            XCTAssertEqual(try meeting.snapshot().state, .left)
        }
        try await task.value
        let rooms = try await listRooms()
        XCTAssertEqual(rooms.total, 0)
    }

    func testWhatAMeetingWaitsFor() async throws {
        let room = try await TestRoom()
        let meeting = try await room.join(as: "ann") { $0.peerType = .agent }
        try await room.service.add(fault: #"{"method": "*", "kind": "ignore", "times": null}"#)
        try await room.service.add(fault: #"{"route": "*", "kind": "stall", "times": null}"#)
        let file = room.service.url + "/files/1"
        let calls: [(String, @Sendable () async throws -> Void)] = [
            ("publish", { try await meeting.publish(topic: "CHAT", message: "x") }),
            ("subscribe", { try await meeting.subscribe(topic: "CHAT") }),
            ("moderate", { try await meeting.moderate("bob", .remove) }),
            ("changeMode", { try await meeting.changeMode(.recvOnly) }),
            ("end", { try await meeting.end() }),
            ("startService", { try await meeting.startService(.recording) }),
            ("stopService", { try await meeting.stopService(.recording) }),
            ("changeTranslationLanguage", { try await meeting.changeTranslationLanguage("de") }),
            ("storeSet", { try await meeting.storeSet(key: "topic", value: "x") }),
            ("storeGet", { _ = try await meeting.storeGet(key: "topic") }),
            ("storeObserve", { try await meeting.storeObserve(key: "topic") }),
            ("storeStopObserving", { try await meeting.storeStopObserving(key: "topic") }),
            ("uploadFile", { _ = try await meeting.uploadFile(name: "file", bytes: Data([1])) }),
            ("fetchFile", { _ = try await meeting.fetchFile(file) }),
            ("requestSwitch", { try await meeting.requestSwitch("bob", meetingId: "other") }),
            ("sendAgentState", { try await meeting.sendAgentState(.idle) }),
            (
                "sendAgentTranscript",
                {
                    try await meeting.sendAgentTranscript(
                        participantId: "bob", words: "x", isFinal: true)
                }
            ),
            ("sendAgentMetrics", { try await meeting.sendAgentMetrics("{}") }),
            ("switchTo", { try await meeting.switchTo(meetingId: "other") }),
        ]
        for (name, call) in calls {
            let began = ContinuousClock.now
            let task = Task { try await call() }
            try await eventually { liveHandles(.op) == 1 }
            task.cancel()
            try await assertCancelled { try await task.value }
            XCTAssertLessThan(ContinuousClock.now - began, .seconds(20), name)
            XCTAssertEqual(liveHandles(.op), 0, name)
            let limited = try await assertFails(.timeout) {
                try await meeting.subscribe(topic: "x", timeout: .milliseconds(50))
            }
            XCTAssertEqual(limited.operation, "meeting_subscribe")
        }
        XCTAssertEqual(try meeting.snapshot().state, .connected)
    }

    func testLeavingGoesOnByItself() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            do { try await bob.leave() } catch is CancellationError {}
        }
        try await task.value
        let left = try await ann.next(.participantLeft)
        XCTAssertEqual(left.participantId, "bob")
        XCTAssertEqual(left.code, 1101)
        try await bob.reaches(.left)
    }

    func testAfterTheEnd() async throws {
        let service = try LocalService()
        try await service.configure()
        let task = Task { try await createRoom() }
        let room = try await task.value
        task.cancel()
        let again = try await task.value
        XCTAssertEqual(again, room)
    }

    func testRacingTheCompletion() async throws {
        let service = try LocalService()
        try await service.configure()
        let completed = Guarded(0)
        let cancelled = Guarded(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for delay in 0..<400 {
                group.addTask {
                    let task = Task {
                        do {
                            _ = try await getRoom("nowhere")
                        } catch is CancellationError {
                            cancelled.increment()
                        } catch let error as VsdkError where error.status == .notFound {
                            completed.increment()
                        }
                    }
                    // Every fourth is sure to be early: a sleep may end late on a busy machine.
                    if delay % 4 > 0 { try await Task.sleep(for: .microseconds(delay * 50)) }
                    task.cancel()
                    try await task.value
                }
            }
            try await group.waitForAll()
        }
        XCTAssertEqual(completed.value + cancelled.value, 400)
        XCTAssertGreaterThan(cancelled.value, 0)
        XCTAssertEqual(liveHandles(), 0)
    }

    func testWaitingForAnEvent() async throws {
        let meeting = try makeMeeting()
        _ = try await meeting.nextEvent()
        let waiting = Task { try await meeting.nextEvent() }
        let loop = Task {
            for try await _ in meeting.events { XCTFail("there is no event") }
        }
        try await Task.sleep(for: .milliseconds(50))
        waiting.cancel()
        try await assertCancelled { try await waiting.value }
        loop.cancel()
        try await loop.value
        // Neither has taken an event away.
        try await meeting.leave()
        let last = try await meeting.nextEvent()
        XCTAssertEqual(last?.state, .left)
        meeting.close()
    }

    func testATimeLimitOfOnesOwn() async throws {
        let service = try LocalService()
        try await service.configure()
        try await service.add(fault: #"{"route": "*", "kind": "stall", "times": null}"#)
        let began = ContinuousClock.now
        let first = try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask { try await createRoom().id }
            group.addTask {
                try await Task.sleep(for: .milliseconds(50))
                return "too late"
            }
            defer { group.cancelAll() }
            return try await group.next()
        }
        XCTAssertEqual(first, "too late")
        // The group waited for the call that it cancelled, and not for that call's own limit of 30 s.
        XCTAssertLessThan(ContinuousClock.now - began, .seconds(20))
    }
}

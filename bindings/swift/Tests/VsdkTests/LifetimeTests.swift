import Foundation
import Vsdk
import XCTest

final class LifetimeTests: LibraryTestCase {
    func testThousandsOfMeetings() async throws {
        let token = try plainToken()
        for round in 0..<5_000 {
            let meeting = try makeMeeting(token: token)
            switch round % 4 {
            case 0: meeting.close()
            case 1: try meeting.setEventHandler { _ in }
            case 2: _ = try meeting.pollEvent()
            default: break
            }
        }
        // Also those that nobody has closed.
        XCTAssertEqual(liveHandles(), 0)
    }

    func testThousandsOfCalls() async throws {
        let service = try LocalService()
        try await service.configure()
        for _ in 0..<10 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask { try await assertFails(.notFound) { try await getRoom("nowhere") } }
                }
                try await group.waitForAll()
            }
            XCTAssertEqual(liveHandles(), 0)
        }
    }

    func testClosingTwiceAndUsingWhatIsClosed() async throws {
        let meeting = try makeMeeting()
        meeting.close()
        meeting.close()
        for call: () async throws -> Void in [
            { _ = try meeting.snapshot() },
            { try meeting.setToken(try plainToken()) },
            { try meeting.setEventHandler { _ in } },
            { try meeting.setEventHandler(nil) },
            { _ = try meeting.eventDescriptor() },
            { _ = try meeting.pollEvent() },
            { try await meeting.leave() },
            { try await meeting.join() },
            { try await meeting.end() },
            { try meeting.refreshConnection() },
            { try await meeting.publish(topic: "CHAT", message: "x") },
            { try await meeting.subscribe(topic: "CHAT") },
            { try meeting.unsubscribe(topic: "CHAT") },
            { try await meeting.moderate("bob", .remove) },
            { try await meeting.changeMode(.recvOnly) },
        ] {
            try await assertFails(.invalidHandle, call)
        }
        let event = try await meeting.nextEvent()
        XCTAssertNil(event)
        for try await _ in meeting.events { XCTFail("it is closed") }
    }

    func testReferencesAreCounted() async throws {
        weak var released: Meeting?
        do {
            let meeting = try makeMeeting()
            released = meeting
            try meeting.setEventHandler { [weak meeting] _ in _ = meeting }
            XCTAssertEqual(liveHandles(.meeting), 1)
        }
        try await eventually { released == nil && liveHandles(.meeting) == 0 }

        // A loop keeps its meeting alive until it ends.
        let loop: Task<[String], any Error>
        do {
            let events = try makeMeeting().events
            loop = Task {
                var texts: [String] = []
                for try await event in events { texts.append(event.text ?? "") }
                return texts
            }
        }
        try await Task.sleep(for: .milliseconds(50))
        XCTAssertEqual(liveHandles(.meeting), 1)
        loop.cancel()
        let texts = try await loop.value
        XCTAssertEqual(texts, ["INITIALISED"])
        try await eventually { liveHandles(.meeting) == 0 }
    }

    func testClosingRacesCalls() async throws {
        let token = try longLivedToken()
        for _ in 0..<100 {
            let meeting = try makeMeeting(token: token)
            let unexpected = Guarded([String]())
            DispatchQueue.concurrentPerform(iterations: 16) { index in
                do {
                    for _ in 0..<10 {
                        switch index % 8 {
                        case 0: meeting.close()
                        case 1: _ = try meeting.snapshot()
                        case 2: try meeting.setToken(token)
                        case 3: try meeting.setEventHandler(nil)
                        case 4: try meeting.setEventHandler { _ in }
                        case 5: _ = try meeting.eventDescriptor()
                        default: _ = try meeting.pollEvent()
                        }
                    }
                } catch let error as VsdkError
                    where [.invalidHandle, .invalidState].contains(error.status)
                {
                } catch {
                    unexpected.change { $0.append("\(error)") }
                }
            }
            XCTAssertEqual(unexpected.value, [])
        }
        XCTAssertEqual(liveHandles(), 0)
    }

    func testTheLastReferenceRacesCallsAndCallbacks() async throws {
        let token = try longLivedToken()
        let calls = Guarded(0)
        for _ in 0..<200 {
            // Each thread has the only other reference for the length of its calls.
            let box = Guarded<Meeting?>(try makeMeeting(token: token))
            try box.value?.setEventHandler { [weak box] _ in
                calls.increment()
                _ = try? box?.value?.snapshot()
            }
            DispatchQueue.concurrentPerform(iterations: 8) { index in
                if index == 4 {
                    // Released outside of the lock, which the handler takes as well.
                    var last = box.change { meeting in
                        defer { meeting = nil }
                        return meeting
                    }
                    last = nil
                    XCTAssertNil(last)
                } else {
                    for _ in 0..<5 {
                        try? box.value?.setToken(token)
                        _ = try? box.value?.snapshot()
                    }
                }
            }
        }
        try await eventually { liveHandles(.meeting) == 0 }
        XCTAssertGreaterThan(calls.value, 0)
    }

    func testLoopsRaceTheEnd() async throws {
        let token = try longLivedToken()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for round in 0..<300 {
                let meeting = try makeMeeting(token: token)
                group.addTask { for try await _ in meeting.events {} }
                group.addTask {
                    for try await _ in meeting.events {}
                }
                group.addTask {
                    try? meeting.setToken(token)
                    if round.isMultiple(of: 2) { try? await meeting.leave() } else { meeting.close() }
                }
            }
            try await group.waitForAll()
        }
        try await eventually { liveHandles() == 0 }
    }

    #if os(Linux)
    func testNoThreadIsHeldWhileManyWait() async throws {
        func threads() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
        }
        let token = try plainToken()
        let meetings = try (0..<500).map { _ in try makeMeeting(token: token) }
        let before = try threads()
        let loops = meetings.map { meeting in
            Task { for try await _ in meeting.events {} }
        }
        try await Task.sleep(for: .milliseconds(200))
        XCTAssertLessThan(try threads(), before + 20)
        for meeting in meetings { meeting.close() }
        for loop in loops { try await loop.value }
    }
    #endif
}

import Foundation
import Vsdk
import XCTest

/// Something that a closure holds, counted while it lives.
private final class Held: Sendable {
    let live: Guarded<Int>

    init(_ live: Guarded<Int>) {
        self.live = live
        live.increment()
    }

    deinit {
        live.change { $0 -= 1 }
    }
}

final class CallbackTests: LibraryTestCase {
    func testEventsComeOnAThreadOfTheLibrary() async throws {
        let meeting = try makeMeeting()
        let threads = Guarded(Set<String>())
        let texts = Guarded([String]())
        try meeting.setEventHandler { event in
            threads.change { $0.insert(threadName()) }
            texts.change { $0.append(event.text ?? "") }
        }
        try await eventually { texts.value == ["INITIALISED"] }
        try await meeting.leave()
        try await eventually { texts.value == ["INITIALISED", "LEFT"] }
        XCTAssertEqual(threads.value, ["vsdk-dispatch"])
        meeting.close()
    }

    func testWhatAHandlerHoldsIsReleasedOnce() async throws {
        let live = Guarded(0)
        let meeting = try makeMeeting()
        func handler() -> @Sendable (Event) -> Void {
            let held = Held(live)
            return { _ in _ = held.live }
        }
        for _ in 0..<100 { try meeting.setEventHandler(handler()) }
        XCTAssertEqual(live.value, 1)
        try meeting.setEventHandler(nil)
        XCTAssertEqual(live.value, 0)
        try meeting.setEventHandler(handler())
        XCTAssertEqual(live.value, 1)
        meeting.close()
        XCTAssertEqual(live.value, 0)
        // A registration that fails releases too.
        try await assertFails(.invalidHandle) { try meeting.setEventHandler(handler()) }
        XCTAssertEqual(live.value, 0)
    }

    func testAHandlerMayDoAnything() async throws {
        let meeting = try makeMeeting()
        let states = Guarded([MeetingState]())
        let failed = Guarded(0)
        try meeting.setEventHandler { [weak meeting] _ in
            guard let meeting else { return }
            do {
                let state = try meeting.snapshot().state
                states.change { $0.append(state) }
                let other = try makeMeeting()
                other.close()
                meeting.close()
                meeting.close()
            } catch {
                failed.increment()
            }
        }
        try await eventually { states.value == [.initialised] }
        try await eventually { liveHandles(.meeting) == 0 }
        XCTAssertEqual(failed.value, 0)
        try await assertFails(.invalidHandle) { try meeting.snapshot() }
    }

    func testAHandlerTakesItselfOut() async throws {
        let live = Guarded(0)
        let meeting = try makeMeeting()
        let calls = Guarded(0)
        let held = Held(live)
        try meeting.setEventHandler { [weak meeting, held] _ in
            _ = held.live
            calls.increment()
            try? meeting?.setEventHandler(nil)
        }
        try await eventually { calls.value == 1 }
        try await meeting.leave()
        let last = try await meeting.nextEvent()
        XCTAssertEqual(last?.state, .left)
        XCTAssertEqual(calls.value, 1)
        meeting.close()
        withExtendedLifetime(held) {}
    }

    func testNoCallAfterwards() async throws {
        let token = try longLivedToken()
        for _ in 0..<50 {
            let meeting = try makeMeeting()
            let isOver = Guarded(false)
            let late = Guarded(0)
            try meeting.setEventHandler { _ in
                if isOver.value { late.increment() }
            }
            let sending = Task.detached { for _ in 0..<50 { try? meeting.setToken(token) } }
            try meeting.setEventHandler(nil)
            isOver.change { $0 = true }
            await sending.value
            XCTAssertEqual(late.value, 0)
            meeting.close()
        }
    }

    func testLogRecords() async throws {
        let service = try LocalService()
        let token = try await service.configure()
        let live = Guarded(0)
        let records = Guarded([LogRecord]())
        do {
            let held = Held(live)
            try setLogHandler(level: .trace) { record in
                _ = held.live
                records.change { $0.append(record) }
            }
        }
        _ = try await createRoom()
        try await eventually { records.value.contains { $0.target == "rooms" } }
        XCTAssertEqual(live.value, 1)
        try setLogHandler(level: .off, nil)
        XCTAssertEqual(live.value, 0)
        for record in records.value {
            XCTAssertTrue((1...5).contains(record.level.rawValue), "\(record)")
            XCTAssertFalse(record.message.isEmpty)
            XCTAssertFalse("\(record)".contains(token))
        }
        do {
            let held = Held(live)
            try await assertFails(.invalidArgument) {
                try setLogHandler(level: LogLevel(rawValue: 99)) { _ in _ = held.live }
            }
        }
        XCTAssertEqual(live.value, 0)
    }
}

/// The name that the calling thread has in the kernel.
func threadName() -> String {
    let name = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
    return name?.trimmingCharacters(in: .newlines) ?? ""
}

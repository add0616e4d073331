import Foundation
import Vsdk
import XCTest

#if canImport(Glibc)
import Glibc
#endif

final class EventTests: LibraryTestCase {
    func testEveryField() async throws {
        let meeting = try makeMeeting()
        let next = try await meeting.nextEvent()
        let event = try XCTUnwrap(next)
        XCTAssertEqual(event.type, .stateChanged)
        XCTAssertEqual(event.typeName, "STATE_CHANGED")
        XCTAssertEqual(event.sequence, 1)
        XCTAssertEqual(event.state, .initialised)
        XCTAssertEqual(event.code, Int(MeetingState.initialised.rawValue))
        XCTAssertEqual(event.text, "INITIALISED")
        XCTAssertEqual(event.status, .ok)
        XCTAssertEqual(event.participantId, try meeting.snapshot().participantId)
        XCTAssertEqual(event.participantName, try meeting.snapshot().name)
        XCTAssertEqual(try meeting.snapshot().eventSequence, 1)
        XCTAssertNil(event.trackId)
        XCTAssertTrue(event.payload.isEmpty)
        XCTAssertTrue(event.json.contains(#""STATE_CHANGED""#))
        XCTAssertLessThan(abs(event.time.timeIntervalSinceNow), 600)
        XCTAssertNil(try meeting.pollEvent())
        meeting.close()
    }

    func testWhatIsNotKnownYetIsToldAsItCame() async throws {
        let room = try await TestRoom()
        let meeting = try await room.join(as: "ann") { $0.mode = .signallingOnly }
        try await room.service.sendToSockets(
            #"{"notification":true,"method":"somethingNew","data":{"peerId":"ann","depth":[1,{"é":null}]}}"#)
        let event = try await meeting.next(.unknown)
        XCTAssertEqual(event.text, "somethingNew")
        XCTAssertTrue(event.json.contains(#""data":{"depth":[1,{"é":null}],"peerId":"ann"}"#), event.json)
        meeting.close()
    }

    func testWarningsAboutTheToken() async throws {
        let meeting = try makeMeeting(token: try longLivedToken())
        let first = try await meeting.nextEvent()
        XCTAssertEqual(first?.type, .stateChanged)
        let second = try await meeting.nextEvent()
        XCTAssertEqual(second?.type, .tokenWarning)
        XCTAssertEqual(second.map { TokenFinding(rawValue: Int32($0.code)) }, .longLife)
        XCTAssertNil(second?.state)

        var options = TokenMintOptions(apiKey: LocalService.apiKey, secret: LocalService.secret)
        options.lifetime = .seconds(30)
        try meeting.setToken(try mintToken(options).text)
        for try await event in meeting.events where event.type == .tokenExpiring {
            XCTAssertTrue((0...30).contains(event.code))
            break
        }
        meeting.close()
    }

    func testALoopEndsWithTheMeeting() async throws {
        let meeting = try makeMeeting()
        let loop = Task {
            var texts: [String] = []
            for try await event in meeting.events { texts.append(event.text ?? "") }
            return texts
        }
        try await Task.sleep(for: .milliseconds(20))
        try await meeting.leave()
        let texts = try await loop.value
        XCTAssertEqual(texts, ["INITIALISED", "LEFT"])
        let after = try await meeting.nextEvent()
        XCTAssertNil(after)
        XCTAssertNil(try meeting.pollEvent())
        meeting.close()
    }

    func testLoopsEndWhenTheMeetingIsClosed() async throws {
        let meeting = try makeMeeting()
        _ = try await meeting.nextEvent()
        let loops = (0..<5).map { _ in
            Task {
                for try await _ in meeting.events {}
                return try await meeting.nextEvent()
            }
        }
        try await Task.sleep(for: .milliseconds(20))
        meeting.close()
        for loop in loops {
            let last = try await loop.value
            XCTAssertNil(last)
        }
    }

    func testLoopsEndWithTheLibrary() async throws {
        let meeting = try makeMeeting()
        let loop = Task {
            var last: Event?
            for try await event in meeting.events { last = event }
            return last
        }
        try await Task.sleep(for: .milliseconds(20))
        try await shutdown()
        let last = try await loop.value
        XCTAssertEqual(last?.status, .shutdown)
        meeting.close()
    }

    func testLoopsShareTheEvents() async throws {
        let meeting = try makeMeeting()
        let token = try longLivedToken()
        let count = 300
        let loops = (0..<4).map { _ in
            Task {
                var numbers: [Int] = []
                for try await event in meeting.events { numbers.append(event.sequence) }
                return numbers
            }
        }
        for _ in 0..<count { try meeting.setToken(token) }
        try await meeting.leave()
        var all: [Int] = []
        for loop in loops {
            let numbers = try await loop.value
            XCTAssertEqual(numbers, numbers.sorted())
            all += numbers
        }
        XCTAssertEqual(all.sorted(), Array(1...(count + 2)))
        meeting.close()
    }

    func testWhatIsLostIsTold() async throws {
        let meeting = try makeMeeting()
        let token = try longLivedToken()
        for _ in 0..<4_100 { try meeting.setToken(token) }
        // One of them was the first event: 4,101 in all, for 4,096 places.
        var last: Event?
        var count = 0
        while let event = try meeting.pollEvent() {
            (last, count) = (event, count + 1)
        }
        XCTAssertEqual(count, 4_097)
        XCTAssertEqual(last?.type, .overflow)
        XCTAssertEqual(last?.code, 5)
        XCTAssertEqual(last?.sequence, 4_102)
        meeting.close()
    }

    func testAHandlerTakesTheEvents() async throws {
        let meeting = try makeMeeting()
        let waiting = Task {
            while try await meeting.nextEvent() != nil {}
        }
        try await Task.sleep(for: .milliseconds(20))
        try meeting.setEventHandler { _ in }
        // Also whoever is waiting already learns of it.
        try await assertFails(.invalidState) { try await waiting.value }
        try await assertFails(.invalidState) { try meeting.pollEvent() }
        try await assertFails(.invalidState) {
            for try await _ in meeting.events { XCTFail("the handler has them") }
        }
        try meeting.setEventHandler(nil)
        try await meeting.leave()
        let last = try await meeting.nextEvent()
        XCTAssertEqual(last?.state, .left)
        meeting.close()
    }

    #if canImport(Glibc)
    func testADescriptorForEventLoops() async throws {
        let meeting = try makeMeeting()
        let descriptor = try meeting.eventDescriptor()
        XCTAssertEqual(try meeting.eventDescriptor(), descriptor)
        func isReadable() -> Bool {
            var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return poll(&poller, 1, 0) == 1
        }
        XCTAssertTrue(isReadable())
        _ = try meeting.pollEvent()
        XCTAssertFalse(isReadable())
        try await meeting.leave()
        XCTAssertTrue(isReadable())
        meeting.close()
    }
    #endif
}

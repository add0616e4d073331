import Foundation
import Vsdk
import XCTest

/// How frames are read: one by one, in a loop, by a handler.
final class FrameTests: MediaTestCase {
    func testSoundArrivesAsItWasSent() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        XCTAssertEqual([pair.track.codec, remote.codec], [.opus, .opus])
        let microphone = Microphone(track: pair.track)
        var frames = [try await microphone.push { try remote.pollFrame() }]
        while frames.count < 20 {
            try microphone.push()
            let next = try await remote.nextFrame(timeout: .seconds(60))
            frames.append(try XCTUnwrap(next))
        }
        let first = frames[0].soundNumber()
        XCTAssertEqual(frames.map { $0.soundNumber() }, Array(first..<first + 20))
        for (earlier, frame) in zip(frames, frames.dropFirst()) {
            XCTAssertEqual(frame.timestampUs - earlier.timestampUs, 20_000)
            XCTAssertFalse(frame.followsGap)
            XCTAssertTrue(frame.isKeyFrame)
            XCTAssertEqual(frame.participantId, "ann")
            XCTAssertEqual(frame.trackId, remote.id)
            XCTAssertEqual(frame.kind, .audio)
            XCTAssertEqual(frame.codec, .opus)
            XCTAssertEqual(frame.audioLevel, -30)
        }
    }

    func testPicturesBeginWithAKeyFrame() async throws {
        let pair = try await Pair(.video)
        let remote = try await pair.bob.added()
        XCTAssertEqual(remote.codec, .vp8)
        let camera = Camera(track: pair.track)
        var frames: [ReceivedFrame] = []
        while frames.count < 10 { frames.append(try await camera.push { try remote.pollFrame() }) }
        let first = frames[0].pictureNumber()
        XCTAssertEqual(frames.map { $0.pictureNumber() }, Array(first..<first + 10))
        XCTAssertTrue(frames[0].isKeyFrame)
        XCTAssertGreaterThan(frames[0].data.count, 6_000)
        XCTAssertTrue(frames.allSatisfy { $0.audioLevel == nil && $0.kind == .video })

        try remote.requestKeyFrame()
        let asked = try await camera.push { try remote.pollFrame().flatMap { $0.isKeyFrame ? $0 : nil } }
        XCTAssertGreaterThan(asked.pictureNumber(), first)
    }

    func testAWaitHasALimit() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        let began = ContinuousClock.now
        let late = try await assertFails(.timeout) {
            try await remote.nextFrame(timeout: .milliseconds(250))
        }
        XCTAssertEqual(late.operation, "remote_track_next_frame")
        XCTAssertGreaterThanOrEqual(ContinuousClock.now - began, .milliseconds(250))
        XCTAssertLessThan(ContinuousClock.now - began, .seconds(20))
        try await assertFails(.timeout) { try await remote.nextFrame(timeout: .zero) }
        XCTAssertNil(try remote.pollFrame())
        async let frame = remote.nextFrame(timeout: .seconds(60))
        try await Task.sleep(for: .milliseconds(250))
        try Microphone(track: pair.track).push()
        let number = try await frame?.soundNumber()
        XCTAssertEqual(number, 0)
    }

    func testALoopEndsWithTheTrack() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        let sending = Task { try await Microphone(track: pair.track).push(100) }
        var numbers: [Int] = []
        for try await frame in remote.frames {
            numbers.append(frame.soundNumber())
            // What is not read meanwhile waits, in the order in which it came.
            if numbers.count == 10 { try await Task.sleep(for: .milliseconds(100)) }
            if numbers.count == 100 { pair.track.close() }
        }
        try await sending.value
        XCTAssertEqual(numbers, Array(0..<100))
        let after = try await remote.nextFrame()
        XCTAssertNil(after)
        XCTAssertNil(try remote.pollFrame())
        let removed = try await pair.bob.next(.trackRemoved)
        XCTAssertEqual(removed.trackId, remote.id)
        try await assertFails(.notFound) { try pair.bob.remoteTrack(remote.id) }
        try await assertFails(.notFound) { try await remote.pause() }
    }

    func testLoopsShareTheFrames() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        let numbers = Guarded([Int]())
        let loops = (0..<4).map { _ in
            Task {
                for try await frame in remote.frames {
                    let number = frame.soundNumber()
                    numbers.change { $0.append(number) }
                }
            }
        }
        try await Microphone(track: pair.track).push(200)
        try await eventually { numbers.value.count >= 200 }
        pair.track.close()
        for loop in loops { try await loop.value }
        XCTAssertEqual(numbers.value.sorted(), Array(0..<200))
    }

    func testACancelledWaitLosesNoFrame() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        let microphone = Microphone(track: pair.track)
        var numbers: [Int] = []
        for round in 0..<60 {
            let waiting = Task { try await remote.nextFrame() }
            if !round.isMultiple(of: 3) { try await Task.sleep(for: .milliseconds(2)) }
            try microphone.push()
            // Now before, now after it came.
            try await Task.sleep(for: .microseconds(round * 100))
            waiting.cancel()
            do {
                if let frame = try await waiting.value { numbers.append(frame.soundNumber()) }
            } catch is CancellationError {}
        }
        while numbers.count < 60, let frame = try await remote.nextFrame(timeout: .seconds(60)) {
            numbers.append(frame.soundNumber())
        }
        XCTAssertEqual(numbers, Array(0..<60))
    }

    func testObjectsOfOneTrackDoNotDisturbEachOther() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        let microphone = Microphone(track: pair.track)
        let began = ContinuousClock.now
        let waiting = Task { try await remote.nextFrame(timeout: .seconds(60)) }
        try await Task.sleep(for: .milliseconds(50))
        let other = try pair.bob.remoteTrack(remote.id)
        try microphone.push()
        let first = try await waiting.value?.soundNumber()
        XCTAssertEqual(first, 0)

        let waitingToo = Task { try await other.nextFrame(timeout: .seconds(60)) }
        try await Task.sleep(for: .milliseconds(50))
        remote.close()
        try microphone.push()
        let second = try await waitingToo.value?.soundNumber()
        XCTAssertEqual(second, 1)
        // Else both were found at the end of the wait only.
        XCTAssertLessThan(ContinuousClock.now - began, .seconds(30))
    }

    func testWhatWaitsIsCountedAndThrownAway() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        XCTAssertEqual(remote.waitingFrames, 0)
        let microphone = Microphone(track: pair.track)
        try await microphone.push(5)
        try await eventually { remote.waitingFrames == 5 }
        try remote.flush()
        XCTAssertEqual(remote.waitingFrames, 0)
        XCTAssertNil(try remote.pollFrame())
        // Whoever waits is woken by what comes next.
        let began = ContinuousClock.now
        let waiting = Task { try await remote.nextFrame(timeout: .seconds(60)) }
        try await Task.sleep(for: .milliseconds(50))
        try microphone.push()
        let next = try await waiting.value
        XCTAssertEqual(next?.soundNumber(), 5)
        XCTAssertEqual(next?.followsGap, true)
        XCTAssertLessThan(ContinuousClock.now - began, .seconds(30))
    }

    func testAHandlerGetsTheFramesOfATrack() async throws {
        let pair = try await Pair(.video)
        let remote = try await pair.bob.added()
        let frames = Guarded([ReceivedFrame]())
        let threads = Guarded(Set<String>())
        try remote.setFrameHandler { frame in
            frames.change { $0.append(frame) }
            threads.change { $0.insert(threadName()) }
        }
        try await assertFails(.invalidState) { try remote.pollFrame() }
        try await assertFails(.invalidState) { try await remote.nextFrame() }
        let camera = Camera(track: pair.track)
        _ = try await camera.push { frames.value.count >= 10 ? true : nil }
        try remote.setFrameHandler(nil)
        // They outlive the handler.
        let numbers = frames.value.map { $0.pictureNumber() }
        XCTAssertEqual(numbers, Array(numbers[0]..<numbers[0] + numbers.count))
        XCTAssertEqual(liveHandles(.receivedFrame), 0)
        XCTAssertEqual(threads.value, ["vsdk-media"])
        let next = try await camera.push { try remote.pollFrame() }
        XCTAssertGreaterThan(next.pictureNumber(), numbers[0])
        XCTAssertEqual(frames.value.count, numbers.count)
    }

    func testAHandlerOfTheMeetingGetsAll() async throws {
        let pair = try await Pair(.audio)
        let film = try pair.ann.addTrack(TrackOptions(kind: .video))
        let frames = Guarded([ReceivedFrame]())
        try pair.bob.setFrameHandler { frame in frames.change { $0.append(frame) } }
        try await pair.ann.published(film)
        let (microphone, camera) = (Microphone(track: pair.track), Camera(track: film))
        _ = try await microphone.push {
            try camera.push()
            return Set(frames.value.map(\.kind)).count == 2 ? true : nil
        }
        try pair.bob.setFrameHandler(nil)
        for frame in frames.value {
            XCTAssertEqual(frame.participantId, "ann")
            _ = frame.kind == .audio ? frame.soundNumber() : frame.pictureNumber()
        }
    }

    func testAHandlerThatIsSetMeanwhileStays() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        let microphone = Microphone(track: pair.track)
        let calls = Guarded(0)
        for round in 0..<20 {
            let waiting = Task { while try await remote.nextFrame() != nil {} }
            try await Task.sleep(for: .milliseconds(round))
            let sending = Task { try await microphone.push(5) }
            let isOfMeeting = round.isMultiple(of: 5)
            let handler: @Sendable (ReceivedFrame) -> Void = { _ in calls.increment() }
            if isOfMeeting {
                try pair.bob.setFrameHandler(handler)
            } else {
                try remote.setFrameHandler(handler)
            }
            // Also whoever is waiting already learns of it.
            try await assertFails(.invalidState) { try await waiting.value }
            try await sending.value
            let before = calls.value
            _ = try await microphone.push { calls.value > before ? true : nil }
            try remote.setFrameHandler(nil)
        }
    }

    func testWhatAHandlerHoldsIsReleased() async throws {
        final class Held: Sendable {}
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        func handler() -> (handler: @Sendable (ReceivedFrame) -> Void, isLive: () -> Bool) {
            let held = Held()
            return ({ _ in withExtendedLifetime(held) {} }, { [weak held] in held != nil })
        }
        func set(_ set: ((@Sendable (ReceivedFrame) -> Void)?) throws -> Void) rethrows -> () -> Bool {
            let (handler, isLive) = handler()
            try set(handler)
            return isLive
        }
        let first = try set(remote.setFrameHandler)
        XCTAssertTrue(first())
        let second = try set(pair.bob.setFrameHandler)
        XCTAssertFalse(first())
        let third = try set(remote.setFrameHandler)
        XCTAssertTrue(third())
        remote.close()
        XCTAssertTrue(third())
        pair.bob.close()
        XCTAssertFalse(second())
        XCTAssertFalse(third())
        // A registration that fails releases too.
        let failed = Guarded(false)
        let fourth = set { handler in
            do { try remote.setFrameHandler(handler) } catch { failed.change { $0 = true } }
        }
        XCTAssertTrue(failed.value)
        XCTAssertFalse(fourth())
    }

    func testBytesLiveAsLongAsTheirFrame() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        let microphone = Microphone(track: pair.track)
        var frames = [try await microphone.push { try remote.pollFrame() }]
        XCTAssertEqual(liveHandles(.receivedFrame), 1)
        frames.append(frames[0])
        XCTAssertEqual(frames[0], frames[1])
        XCTAssertEqual(Set(frames).count, 1)
        remote.close()
        pair.bob.close()
        let last = frames.removeLast()
        frames = []
        XCTAssertEqual(liveHandles(.receivedFrame), 1)
        let number = last.soundNumber()
        XCTAssertEqual(last.withUnsafeBytes { Array($0) }, sound(number))
        XCTAssertTrue("\(last)".contains("opus, 85 bytes"), "\(last)")
    }

    #if os(Linux)
    func testNoThreadIsHeldWhileManyWait() async throws {
        func threads() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
        }
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        let before = try threads()
        let loops = (0..<200).map { _ in
            Task { for try await _ in remote.frames {} }
        }
        try await Task.sleep(for: .milliseconds(300))
        XCTAssertLessThan(try threads(), before + 20)
        remote.close()
        for loop in loops { try await loop.value }
    }
    #endif

    func testClosingEndsAWait() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        let loop = Task { for try await _ in remote.frames {} }
        try await Task.sleep(for: .milliseconds(50))
        remote.close()
        try await loop.value
        // Another object for the track is not disturbed, and ends with the meeting.
        let again = try pair.bob.remoteTrack(remote.id)
        let frame = try await Microphone(track: pair.track).push { try again.pollFrame() }
        XCTAssertGreaterThanOrEqual(frame.soundNumber(), 0)
        let last = Task { for try await _ in again.frames {} }
        try await Task.sleep(for: .milliseconds(50))
        pair.bob.close()
        try await last.value
    }

    func testAForgottenMeetingEndsAWait() async throws {
        let pair = try await Pair(.audio)
        var cid: Meeting? = try await pair.room.join(as: "cid")
        let remote = try await cid!.added()
        let began = ContinuousClock.now
        let waiting = Task { try await remote.nextFrame(timeout: .seconds(60)) }
        try await Task.sleep(for: .milliseconds(50))
        cid = nil
        let frame = try await waiting.value
        XCTAssertNil(frame)
        // Else it was found at the end of the wait only.
        XCTAssertLessThan(ContinuousClock.now - began, .seconds(30))
        for try await _ in remote.frames { XCTFail("it is closed") }
    }
}

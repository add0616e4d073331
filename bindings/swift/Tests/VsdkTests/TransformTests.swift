import Foundation
import Vsdk
import XCTest

/// What the app does to frames on their way.
final class TransformTests: MediaTestCase {
    private struct Refusal: Error {}

    /// No cipher, but as good as one here: what it makes is longer, unreadable, and told from all
    /// else.
    private static let cipher: FrameTransform = { info, data in
        let tag = Data("true".utf8)
        var body = data
        if !info.isSent {
            guard body.suffix(tag.count) == tag else { return nil }
            body.removeLast(tag.count)
        }
        let clear = info.codec == .vp8 ? info.isKeyFrame ? 10 : 3 : 1
        let become = body.prefix(clear) + Data(body.dropFirst(clear).map { $0 ^ 0xa5 })
        return info.isSent ? become + tag : become
    }

    func testOnlyWhoHasTheOtherHalfGetsWhatWasSent() async throws {
        let room = try await TestRoom()
        let (ann, bob) = (try room.meeting(as: "ann"), try room.meeting(as: "bob"))
        let cid = try await room.join(as: "cid")
        for meeting in [ann, bob] {
            try meeting.setFrameTransform(Self.cipher)
            try await meeting.join()
        }
        let track = try ann.addTrack(TrackOptions(kind: .audio))
        try await ann.published(track)
        let (heard, noise) = (try await bob.added(), try await cid.added())
        let microphone = Microphone(track: track)
        for _ in 0..<10 {
            let frame = try await microphone.push { try heard.pollFrame() }
            XCTAssertGreaterThanOrEqual(frame.soundNumber(), 0)
            let closed = try await microphone.push { try noise.pollFrame() }
            XCTAssertEqual(closed.data.count, sound(0).count + 4)
            XCTAssertEqual(closed.data.last, UInt8(ascii: "e"))
            XCTAssertEqual(closed.data.dropFirst(5).first, 0x55 ^ 0xa5)
        }

        // Pictures, to a handler: key frames are found though the rest is unreadable.
        let film = try ann.addTrack(TrackOptions(kind: .video))
        try await ann.published(film)
        let seen = try await bob.added()
        let frames = Guarded([ReceivedFrame]())
        try seen.setFrameHandler { frame in frames.change { $0.append(frame) } }
        _ = try await Camera(track: film).push { frames.value.count >= 10 ? true : nil }
        try seen.setFrameHandler(nil)
        XCTAssertTrue(frames.value[0].isKeyFrame)
        let numbers = frames.value.map { $0.pictureNumber() }
        XCTAssertEqual(numbers, numbers.sorted())
    }

    func testWhatATransformIsTold() async throws {
        let pair = try await Pair(.video)
        let remote = try await pair.bob.added()
        let infos = Guarded([FrameInfo]())
        let spy: FrameTransform = { info, data in
            infos.change { $0.append(info) }
            return data
        }
        try pair.ann.setFrameTransform(spy)
        try pair.bob.setFrameTransform(spy)
        _ = try await Camera(track: pair.track).push { try remote.pollFrame() }
        let sent = try XCTUnwrap(infos.value.first { $0.isSent })
        let received = try XCTUnwrap(infos.value.first { !$0.isSent })
        XCTAssertEqual(sent.trackId, pair.track.id)
        XCTAssertEqual(sent.timestampUs, 0)
        XCTAssertEqual(received.trackId, remote.id)
        for info in [sent, received] {
            XCTAssertEqual(info.participantId, "ann")
            XCTAssertEqual(info.kind, .video)
            XCTAssertEqual(info.codec, .vp8)
            XCTAssertTrue(info.isKeyFrame)
            XCTAssertEqual(info.layer, 0)
        }

        // Without one, frames are left as they are.
        try pair.ann.setFrameTransform(nil)
        try pair.bob.setFrameTransform(nil)
        let count = infos.value.count
        try remote.flush()
        _ = try await Camera(track: pair.track).push { try remote.pollFrame() }
        XCTAssertEqual(infos.value.count, count)
    }

    func testWhatATransformDrops() async throws {
        let pair = try await Pair(.video)
        let remote = try await pair.bob.added()
        let key = picture(0, isKeyFrame: true)
        func push(_ frame: [UInt8], isKeyFrame: Bool) throws -> Pushed {
            try pair.track.push(frame, timestampUs: 0, isKeyFrame: isKeyFrame)
        }
        let dropping: [FrameTransform] = [
            { _, _ in nil },
            { _, _ in Data() },
            { _, _ in throw Refusal() },
            { _, data in data + Data(count: 8_193) },
        ]
        for transform in dropping {
            try pair.ann.setFrameTransform(transform)
            XCTAssertEqual(try push(key, isKeyFrame: true), .dropped)
            XCTAssertEqual(try push(picture(1, isKeyFrame: false), isKeyFrame: false), .needsKeyFrame)
        }
        XCTAssertEqual("\(Pushed.dropped)", "dropped")
        // Those that needed the dropped one count too.
        XCTAssertEqual(try pair.ann.mediaStatistics().tracks[0].framesDropped, 2 * dropping.count)
        try pair.ann.setFrameTransform { _, data in data + Data(count: 8_192) }
        XCTAssertEqual(try push(key, isKeyFrame: true), .queued)
        let grown = try await remote.nextFrame(timeout: .seconds(60))
        XCTAssertEqual(grown?.data.count, key.count + 8_192)

        // Where it is received: with a key frame, which is asked for, it goes on.
        try pair.ann.setFrameTransform(nil)
        let refuses = Guarded(true)
        try pair.bob.setFrameTransform { _, data in
            if refuses.value { throw Refusal() }
            return data
        }
        let camera = Camera(track: pair.track)
        _ = try await camera.push {
            XCTAssertNil(try remote.pollFrame())
            return try pair.bob.mediaStatistics().tracks[0].framesDropped > 0 ? true : nil
        }
        refuses.change { $0 = false }
        let next = try await camera.push { try remote.pollFrame() }
        XCTAssertTrue(next.isKeyFrame)
        XCTAssertTrue(next.followsGap)
    }

    func testSeveralThreadsTransformAtOnce() async throws {
        let pair = try await Pair(.audio)
        let second = try pair.ann.addTrack(TrackOptions(kind: .audio))
        try await pair.ann.published(second)
        let inside = DispatchSemaphore(value: 0)
        let goOn = DispatchSemaphore(value: 0)
        try pair.ann.setFrameTransform { _, data in
            inside.signal()
            goOn.wait()
            return data
        }
        let pushed = Guarded([Pushed]())
        for track in [pair.track, second] {
            Thread.detachNewThread {
                let answer = try? track.push(sound(0), timestampUs: 0)
                pushed.change { $0.append(answer ?? Pushed(rawValue: -1)) }
            }
        }
        let isTogether = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let deadline = DispatchTime.now() + .seconds(60)
                let both = (0..<2).allSatisfy { _ in inside.wait(timeout: deadline) == .success }
                continuation.resume(returning: both)
            }
        }
        XCTAssertTrue(isTogether)
        for _ in 0..<2 { goOn.signal() }
        try await eventually { pushed.value == [.queued, .queued] }
    }

    func testWhatATransformHoldsIsReleased() async throws {
        final class Held: Sendable {}
        let meeting = try makeMeeting()
        func set(_ meeting: Meeting) throws -> () -> Bool {
            let held = Held()
            let isLive: () -> Bool = { [weak held] in held != nil }
            try meeting.setFrameTransform { [held] _, data in
                withExtendedLifetime(held) { data }
            }
            return isLive
        }
        let first = try set(meeting)
        XCTAssertTrue(first())
        let second = try set(meeting)
        XCTAssertFalse(first())
        XCTAssertTrue(second())
        try meeting.setFrameTransform(nil)
        XCTAssertFalse(second())
        let third = try set(meeting)
        meeting.close()
        XCTAssertFalse(third())
        // A registration that fails releases too.
        weak var fourth: Held?
        do {
            let held = Held()
            fourth = held
            try await assertFails(.invalidHandle) {
                try meeting.setFrameTransform { [held] _, data in
                    withExtendedLifetime(held) { data }
                }
            }
        }
        XCTAssertNil(fourth)
    }
}

import Foundation
import Vsdk
import XCTest

/// What a sender is told, what a receiver asks for, and how tracks end.
final class TrackTests: MediaTestCase {
    func testATrackRestsUntilSomebodyTakesIt() async throws {
        let room = try await TestRoom()
        let meeting = try room.meeting(as: "ann")
        let track = try meeting.addTrack(TrackOptions(kind: .video))
        let camera = Camera(track: track)
        XCTAssertFalse(track.isSending)
        XCTAssertEqual(try camera.push(), .notSending)
        try await meeting.join()
        try await meeting.published(track)
        XCTAssertEqual(
            try track.push(picture(0, isKeyFrame: false), timestampUs: 0), .needsKeyFrame)
        XCTAssertTrue(try track.encoderTarget().wantsKeyFrame)
        XCTAssertTrue(try track.encoderTarget().isActive)
        let key = Data(picture(1, isKeyFrame: true))
        XCTAssertEqual(try track.push(key, timestampUs: 33_333, isKeyFrame: true), .queued)

        try track.setEnabled(false)
        let unpublished = try await meeting.next(.trackUnpublished)
        XCTAssertEqual(unpublished.trackId, track.id)
        try await eventually { !track.isSending }
        XCTAssertEqual(try camera.push(), .notSending)
        try track.setEnabled(true)
        try await meeting.published(track)
    }

    func testTheOthersSeeThatATrackIsOff() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        XCTAssertEqual(try pair.bob.participants()["ann"]?.isMicOn, true)
        try pair.track.setEnabled(false)
        let removed = try await pair.bob.next(.trackRemoved)
        XCTAssertEqual(removed.trackId, remote.id)
        XCTAssertEqual(try pair.bob.participants()["ann"]?.isMicOn, false)
        try pair.track.setEnabled(true)
        let again = try await pair.bob.added()
        let frame = try await Microphone(track: pair.track).push { try again.pollFrame() }
        XCTAssertGreaterThanOrEqual(frame.soundNumber(), 0)
    }

    func testATrackThatIsOffAtFirst() async throws {
        let room = try await TestRoom()
        let bob = try await room.join(as: "bob")
        let ann = try await room.join(as: "ann")
        var options = TrackOptions(kind: .audio)
        options.enabled = false
        options.appDataJson = #"{"instrument": "piano"}"#
        let track = try ann.addTrack(options)
        try await Task.sleep(for: .milliseconds(100))
        XCTAssertFalse(track.isSending)
        try track.setEnabled(true)
        let added = try await bob.next(.trackAdded)
        XCTAssertTrue(added.json.contains("piano"), added.json)
    }

    func testAReceiverPausesATrack() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        let microphone = Microphone(track: pair.track)
        _ = try await microphone.push { try remote.pollFrame() }
        try await remote.pause()
        try await remote.drain()
        try await microphone.push(20)
        try await assertFails(.timeout) {
            try await remote.nextFrame(timeout: .milliseconds(200))
        }
        try await remote.resume()
        let frame = try await microphone.push { try remote.pollFrame() }
        XCTAssertGreaterThanOrEqual(frame.soundNumber(), 20)
    }

    func testOfSeveralSizesEachCanBeChosen() async throws {
        var options = TrackOptions(kind: .video, size: .init(width: 1_280, height: 720))
        options.multiStream = true
        let pair = try await Pair(options)
        let layers = pair.track.layers
        XCTAssertEqual(layers.map(\.scale), [4, 2, 1])
        XCTAssertTrue(layers.allSatisfy { $0.maxKbps != nil })
        let remote = try await pair.bob.added()
        var number = 0
        // By hand and by the size in which it is shown; what is said last holds.
        let choices: [(Int, @Sendable () async throws -> Void)] = [
            (0, { try await remote.setPreferredLayers(spatial: 0, temporal: 2) }),
            (1, { try await remote.setPreferredLayers(spatial: 1, temporal: 2) }),
            (2, { try remote.setViewport(width: 1_280, height: 720) }),
            (0, { try remote.setViewport(width: 320, height: 180) }),
            (1, { try remote.setViewport(width: 321, height: 180) }),
        ]
        for (wanted, choose) in choices {
            try await choose()
            let end = ContinuousClock.now + .seconds(60)
            var onEnd = 0
            while onEnd < 10 {
                guard ContinuousClock.now < end else {
                    throw Unexpected("layer \(wanted) never comes")
                }
                try pushAllLayers(of: pair.track, number)
                number += 1
                try await Task.sleep(for: .milliseconds(33))
                while let frame = try remote.pollFrame() {
                    onEnd = frame.pictureLayer == wanted ? onEnd + 1 : 0
                }
            }
        }
        try await assertFails(.invalidArgument) { try remote.setViewport(width: 320, height: -1) }
    }

    private func pushAllLayers(of track: LocalTrack, _ number: Int) throws {
        for (layer, info) in track.layers.enumerated() {
            let isKeyFrame = try track.encoderTarget(layer: layer).wantsKeyFrame
            let data = picture(
                number, isKeyFrame: isKeyFrame, layer: layer, width: Int(1_280 / info.scale),
                height: Int(720 / info.scale))
            try track.push(
                data, timestampUs: Int64(number) * 33_333, isKeyFrame: isKeyFrame, layer: layer)
        }
    }

    func testWhatATrackWaitsForIsCancelled() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        try await pair.room.service.add(
            fault: #"{"method": "*", "kind": "ignore", "times": null}"#)
        let calls: [(String, @Sendable () async throws -> Void)] = [
            ("pause", { try await remote.pause() }),
            ("resume", { try await remote.resume() }),
            ("setPreferredLayers", { try await remote.setPreferredLayers(spatial: 0, temporal: 0) }),
        ]
        for (name, call) in calls {
            let task = Task { try await call() }
            try await eventually { liveHandles(.op) == 1 }
            task.cancel()
            try await assertCancelled { try await task.value }
            XCTAssertEqual(liveHandles(.op), 0, name)
        }
        let limited = try await assertFails(.timeout) {
            try await remote.pause(timeout: .milliseconds(50))
        }
        XCTAssertEqual(limited.operation, "remote_track_pause")
    }

    // ---- What is wrong -----------------------------------------------------------------------

    func testWrongFramesAreTold() async throws {
        let meeting = try makeMeeting()
        let track = try meeting.addTrack(TrackOptions(kind: .audio))
        for (name, wrong): (String, () throws -> Void) in [
            ("empty", { try track.push([UInt8](), timestampUs: 0) }),
            ("too long", { try track.push(Data(count: 64 * 1_024 + 1), timestampUs: 0) }),
            ("before 0", { try track.push(sound(0), timestampUs: -1) }),
            ("no such layer", { try track.push(sound(0), timestampUs: 0, layer: 1) }),
            ("negative layer", { try track.push(sound(0), timestampUs: 0, layer: -1) }),
            ("huge layer", { try track.push(sound(0), timestampUs: 0, layer: .max) }),
            ("louder than full", { try track.push(sound(0), timestampUs: 0, audioLevel: 1) }),
            ("too silent", { try track.push(sound(0), timestampUs: 0, audioLevel: -128) }),
            ("target of no layer", { _ = try track.encoderTarget(layer: 1) }),
        ] {
            let error = try await assertFails(.invalidArgument, wrong)
            XCTAssertFalse(error.remedy.isEmpty, name)
            XCTAssertTrue(error.operation.hasPrefix("local_track_"), "\(name): \(error)")
        }
        meeting.close()
    }

    func testWrongOptionsAreTold() async throws {
        let meeting = try makeMeeting()
        let wrong: [(inout TrackOptions) -> Void] = [
            { $0.kind = TrackKind(rawValue: 9) },
            { $0.codec = .vp8 },
            { $0.size = .init(width: 0, height: 100) },
            { $0.size = .init(width: 100, height: .max) },
            { $0.maxLayers = 4 },
            { $0.bitrateMode = BitrateMode(rawValue: 9) },
            { $0.audioProfile = AudioProfile(rawValue: 9) },
            { $0.shareProfile = ScreenShareProfile(rawValue: 9) },
            { $0.appDataJson = "[]" },
            { $0.appDataJson = #"{"text": ""# + String(repeating: "x", count: 16_384) + #""}"# },
        ]
        for change in wrong {
            var options = TrackOptions(kind: .audio)
            change(&options)
            let error = try await assertFails(.invalidArgument) { try meeting.addTrack(options) }
            XCTAssertFalse(error.remedy.isEmpty)
        }
        try await assertFails(.notFound) { try meeting.remoteTrack("nobody's") }
        try await meeting.leave()
        try await assertFails(.invalidState) { try meeting.addTrack(TrackOptions(kind: .audio)) }
        meeting.close()
        try await assertFails(.invalidHandle) { try meeting.addTrack(TrackOptions(kind: .audio)) }
        try await assertFails(.invalidHandle) { try meeting.remoteTrack("x") }
        try await assertFails(.invalidHandle) { try meeting.setFrameHandler(nil) }
        try await assertFails(.invalidHandle) { try meeting.setFrameTransform(nil) }
    }

    // ---- Their end ---------------------------------------------------------------------------

    func testClosingTwiceAndUsingWhatIsClosed() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        pair.track.close()
        pair.track.close()
        XCTAssertFalse(pair.track.isSending)
        let removed = try await pair.bob.next(.trackRemoved)
        XCTAssertEqual(removed.trackId, remote.id)
        remote.close()
        remote.close()
        for call: () async throws -> Void in [
            { try pair.track.push(sound(0), timestampUs: 0) },
            { try pair.track.setEnabled(false) },
            { _ = try pair.track.encoderTarget() },
            { _ = try remote.pollFrame() },
            { try remote.setFrameHandler(nil) },
            { try remote.setFrameHandler { _ in } },
            { try remote.requestKeyFrame() },
            { try remote.flush() },
            { try remote.setViewport(width: 320, height: 180) },
            { try await remote.pause() },
            { try await remote.resume() },
            { try await remote.setPreferredLayers(spatial: 0, temporal: 0) },
        ] {
            try await assertFails(.invalidHandle, call)
        }
        XCTAssertEqual(remote.waitingFrames, 0)
        let frame = try await remote.nextFrame()
        XCTAssertNil(frame)
        for try await _ in remote.frames { XCTFail("it is closed") }
    }

    func testAForgottenTrackIsTakenOut() async throws {
        let room = try await TestRoom()
        let meeting = try await room.join(as: "ann")
        do {
            let track = try meeting.addTrack(TrackOptions(kind: .audio))
            try await meeting.published(track)
        }
        let event = try await meeting.next(.trackUnpublished)
        XCTAssertEqual(event.participantId, "ann")
        XCTAssertEqual(liveHandles(.localTrack), 0)
    }

    func testAllMayBeClosedInAnyOrder() async throws {
        for order in 0..<4 {
            let pair = try await Pair(.audio)
            let remote = try await pair.bob.added()
            let frame = Guarded<ReceivedFrame?>(
                try await Microphone(track: pair.track).push { try remote.pollFrame() })
            let loop = Task { for try await _ in remote.frames {} }
            let closings: [() -> Void] = [
                { frame.change { $0 = nil } },
                { pair.track.close() },
                { remote.close() },
                { pair.bob.close() },
                { pair.ann.close() },
            ]
            // From the frame to the meetings, and back; each from the middle too.
            let turned = closings[(order / 2 * 2)...] + closings[..<(order / 2 * 2)]
            for close in order.isMultiple(of: 2) ? Array(turned) : turned.reversed() { close() }
            XCTAssertNil(frame.value)
            try await loop.value
            XCTAssertEqual(liveHandles(), 0, "order \(order)")
        }
    }

    func testClosingRacesReadingAndHandlers() async throws {
        let pair = try await Pair(.audio)
        let microphone = Microphone(track: pair.track)
        let id = try await pair.bob.added().id
        let sending = Task { while !Task.isCancelled { try await microphone.push(1) } }
        for _ in 0..<50 {
            let remote = try pair.bob.remoteTrack(id)
            let loops = (0..<3).map { _ in
                Task {
                    do {
                        for try await frame in remote.frames { _ = frame.soundNumber() }
                    } catch let error as VsdkError where error.status == .invalidState {}
                }
            }
            let handling = Task {
                for _ in 0..<10 {
                    try? remote.setFrameHandler { _ in }
                    try? remote.setFrameHandler(nil)
                }
            }
            try await Task.sleep(for: .milliseconds(10))
            remote.close()
            for loop in loops { try await loop.value }
            await handling.value
        }
        sending.cancel()
        _ = await sending.result
        // It goes on for whoever reads it next.
        let last = try pair.bob.remoteTrack(id)
        try last.setFrameHandler(nil)
        let frame = try await microphone.push { try last.pollFrame() }
        XCTAssertGreaterThanOrEqual(frame.soundNumber(), 0)
    }
}

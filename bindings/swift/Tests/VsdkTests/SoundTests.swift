import Foundation
import Vsdk
import XCTest

/// Raw sound through the media server of the local service, judged by what is heard.
final class SoundTests: MediaTestCase {
    func testAToneIsHeardAtItsPitchAndLevelWhateverTheSamplesAreIn() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        for (index, way) in Way.allCases.enumerated() {
            let format = AudioFormat(sampleRate: [48_000, 44_100][index % 2], channels: 1 + index / 2)
            let output = try remote.audioOutput(format)
            XCTAssertEqual(output.format, format)
            let input = try pair.track.audioInput(AudioFormat(channels: 1 + index % 2))
            let whistle = Whistle(input, 440, by: way)
            // On a machine that is busy with other things, some does not come in time.
            let heard = try await output.listen(by: way) { $0.madeUp == 0 }
            XCTAssertEqual(heard.loudest, 440, "\(way)")
            XCTAssertEqual(heard.level(440), loudness, accuracy: 0.15 * loudness, "\(way)")
            XCTAssertTrue((-15 ... -12).contains(input.level), "\(way): \(input.level)")
            await whistle.stop()
            XCTAssertEqual(Set(whistle.answers.value), [.queued], "\(way)")
            let playout = try XCTUnwrap(pair.bob.mediaStatistics().tracks[0].playout, "\(way)")
            XCTAssertGreaterThan(playout.playedFrames, 0, "\(way)")
            XCTAssertGreaterThan(playout.delay, .zero, "\(way)")
            output.close()
            input.close()
        }
        // What was taken is given back, at both ends.
        _ = try await Microphone(track: pair.track).push { try remote.pollFrame() }
    }

    func testAMixerHearsEverybodyWhoComesAndNobodyWhoHasGone() async throws {
        let pair = try await Pair(.audio)
        _ = try await pair.bob.added()
        let mixer = try pair.bob.audioMixer(AudioFormat(channels: 2))
        let low = Whistle(try pair.track.audioInput(), 440)
        try await mixer.listen { $0.level(440) > 0.8 * loudness && $0.level(1_000) < 0.1 * loudness }

        let cid = try await pair.room.join(as: "cid")
        let track = try cid.addTrack(TrackOptions(kind: .audio))
        let high = Whistle(try track.audioInput(), 1_000)
        let both = try await mixer.listen { heard in
            heard.madeUp == 0 && [440, 1_000].allSatisfy { heard.level($0) > 0.8 * loudness }
        }
        XCTAssertLessThan(both.level(700), 0.05 * loudness)
        await high.stop()
        try await cid.leave()
        try await mixer.listen { $0.level(1_000) < 0.05 * loudness && $0.level(440) > 0.8 * loudness }
        await low.stop()
    }

    func testWhoeverElseWantsTheFramesIsToldWhoHasThem() async throws {
        let pair = try await Pair(.audio)
        let remote = try await pair.bob.added()
        for open in [
            { try remote.audioOutput() }, { try pair.bob.audioMixer() },
        ] as [@Sendable () throws -> AudioOutput] {
            let waiting = Task { try await remote.nextFrame() }
            try await Task.sleep(for: .milliseconds(100))
            let output = try open()
            try await assertFails(.invalidState) { try await waiting.value }
            try await assertFails(.invalidState) { try remote.pollFrame() }
            try await assertFails(.invalidState) { for try await _ in remote.frames {} }
            try await assertFails(.invalidState) { try remote.setFrameHandler { _ in } }
            output.close()
        }
        // Several each get all of it.
        let input = try pair.track.audioInput()
        let outputs = [try remote.audioOutput(), try pair.bob.remoteTrack(remote.id).audioOutput()]
        let whistle = Whistle(input, 440)
        async let first = outputs[0].listen { $0.level(440) > 0.8 * loudness }
        async let second = outputs[1].listen { $0.level(440) > 0.8 * loudness }
        _ = try await (first, second)
        await whistle.stop()
        try await assertFails(.invalidState) { try Microphone(track: pair.track).push() }
        for output in outputs { output.close() }

        try remote.setFrameHandler { _ in }
        try await assertFails(.invalidState) { try remote.audioOutput() }
        try await assertFails(.invalidState) { try pair.bob.audioMixer() }
        try remote.setFrameHandler(nil)
    }

    func testATrackThatIsOffAndAMeetingThatIsLeftTakeNothing() async throws {
        let pair = try await Pair(.audio)
        let mixer = try pair.bob.audioMixer()
        let input = try pair.track.audioInput()
        let whistle = Whistle(input, 440)
        let isHeard = { (heard: Heard) in heard.level(440) > 0.7 * loudness }
        let isSilent = { (heard: Heard) in heard.samples.allSatisfy { $0 == 0 } }
        try await mixer.listen(until: isHeard)
        try pair.track.setEnabled(false)
        try await eventually { whistle.answers.value.last == .notSending }
        try await mixer.listen(until: isSilent)
        try pair.track.setEnabled(true)
        try await mixer.listen(until: isHeard)

        try await pair.ann.leave()
        try await eventually { whistle.answers.value.last == .notSending }
        try await mixer.listen(until: isSilent)
        XCTAssertEqual(Set(whistle.answers.value), [.queued, .notSending])
        XCTAssertTrue((-15 ... -12).contains(input.level), "\(input.level)")
        await whistle.stop()
        // What is there may be used on.
        pair.ann.close()
        try await pair.bob.leave()
        pair.bob.close()
        XCTAssertEqual(try input.push([Int16](repeating: 1, count: 480)), .notSending)
        var second = [Int16](repeating: 7, count: 48_000)
        XCTAssertEqual(try mixer.pull(into: &second).silentFrames, 48_000)
        try await assertFails(.invalidState) { try pair.track.audioInput() }
    }

    func testFromCallbacksAndFromManyThreads() async throws {
        let pair = try await Pair(.audio)
        _ = try await pair.bob.added()
        let input = try pair.track.audioInput()
        let mixer = try pair.bob.audioMixer()
        let told = Guarded<[String]>([])
        try pair.bob.setEventHandler { event in
            guard event.type == .message else { return }
            do {
                let frames = try Way.floatArrays.pull(480, from: mixer).info
                let all = frames.decodedFrames + frames.concealedFrames + frames.silentFrames
                let pushed = try input.push([Float](repeating: 0, count: 480))
                told.change { $0.append("\(all) \(pushed) \(input.level)") }
            } catch {
                told.change { $0.append("\(error)") }
            }
        }
        try await pair.bob.subscribe(topic: "CHAT")
        try await pair.ann.publish(topic: "CHAT", message: "now")
        try await eventually { !told.value.isEmpty }
        XCTAssertEqual(told.value, ["480 queued -127"])
        try pair.bob.setEventHandler(nil)

        let (answers, failures) = (Guarded<[Pushed]>([]), Guarded<[String]>([]))
        let ended = (0..<32).map { number in
            let ended = Guarded(false)
            Thread.detachNewThread {
                let way = Way.allCases[number % Way.allCases.count]
                let samples = [Float](repeating: Float(loudness), count: 480)
                do {
                    for _ in 0..<100 {
                        let pushed = try way.push(samples, to: input)
                        answers.change { $0.append(pushed) }
                        _ = try way.pull(480, from: mixer)
                    }
                } catch {
                    failures.change { $0.append("\(error)") }
                }
                ended.change { $0 = true }
            }
            return ended
        }
        try await eventually { ended.allSatisfy(\.value) }
        XCTAssertEqual(failures.value, [])
        XCTAssertEqual(answers.value.count, 3_200)
        // Far more than can be encoded meanwhile.
        XCTAssertEqual(Set(answers.value), [.queued, .full])
        // Afterwards all is as before.
        let whistle = Whistle(input, 440)
        try await mixer.listen { $0.level(440) > 0.7 * loudness }
        await whistle.stop()
    }
}

import Foundation
import Vsdk
import XCTest

/// What is done with raw sound where nobody hears it: formats, samples that are none, lifetimes.
final class SampleTests: LibraryTestCase {
    private func refused<Value>(
        _ says: String, file: StaticString = #filePath, line: UInt = #line, _ call: () throws -> Value
    ) async throws {
        let error = try await assertFails(.invalidArgument, file: file, line: line, call)
        XCTAssertTrue(error.message.contains(says), "\(error)", file: file, line: line)
        XCTAssertFalse(error.remedy.isEmpty, file: file, line: line)
    }

    func testRawSoundGoesWhereThereIsSound() async throws {
        let meeting = try makeMeeting()
        let track = try meeting.addTrack(TrackOptions(kind: .audio))
        for (sampleRate, channels) in [
            (7_999, 1), (192_001, 1), (48_000, 0), (48_000, 3), (-1, 1), (48_000, .min),
            (1 << 32 + 48_000, 1),
        ] {
            let format = AudioFormat(sampleRate: sampleRate, channels: channels)
            try await assertFails(.invalidArgument) { try track.audioInput(format) }
            try await assertFails(.invalidArgument) { try meeting.audioMixer(format) }
        }
        let camera = try meeting.addTrack(TrackOptions(kind: .video))
        try await assertFails(.invalidArgument) { try camera.audioInput() }
        let telephone = try meeting.addTrack(TrackOptions(kind: .audio, codec: .pcmu))
        try await assertFails(.unsupported) { try telephone.audioInput() }

        let input = try track.audioInput(AudioFormat(sampleRate: 8_000, channels: 2))
        XCTAssertEqual(input.format, AudioFormat(sampleRate: 8_000, channels: 2))
        try await assertFails(.invalidState) { try track.audioInput() }
        try await assertFails(.invalidState) { try track.push(sound(0), timestampUs: 0) }
        input.close()
        XCTAssertEqual(try track.push(sound(0), timestampUs: 0), .notSending)
        XCTAssertEqual(try track.audioInput(AudioFormat(sampleRate: 192_000)).format.sampleRate, 192_000)
    }

    func testSamplesThatAreNoneAreRefused() async throws {
        let meeting = try makeMeeting()
        let track = try meeting.addTrack(TrackOptions(kind: .audio))
        let input = try track.audioInput(AudioFormat(channels: 2))
        func floats(_ count: Int, _ value: Float = 0) -> [Float] { .init(repeating: value, count: count) }
        func shorts(_ count: Int) -> [Int16] { .init(repeating: 0, count: count) }

        try await refused("no whole number of frames") { try input.push(floats(3)) }
        try await refused("no whole number of frames") { try input.push(shorts(3)) }
        try await refused("more than a second") { try input.push(floats(96_002)) }
        try await refused("more than a second") { try input.push(shorts(96_002)) }
        try await refused("more than a second") { try input.push(floats(10_000_000)) }
        try await refused("The capture time is -1") { try input.push(shorts(2), captureTimeUs: -1) }
        try await refused("The capture time is -2") { try input.push(floats(2), captureTimeUs: -2) }
        XCTAssertEqual(input.level, -127)

        XCTAssertEqual(try input.push(floats(0)), .notSending)
        XCTAssertEqual(try input.push(UnsafeBufferPointer<Int16>(start: nil, count: 0)), .notSending)
        XCTAssertEqual(try input.push(floats(96_000, .nan)), .notSending)
        XCTAssertEqual(input.level, -127)
        XCTAssertEqual(try input.push(floats(96_000, 0.1), captureTimeUs: 0), .notSending)
        XCTAssertEqual(input.level, -20)
        XCTAssertEqual(try input.push(floats(96_000, 1e30), captureTimeUs: .max), .notSending)
        XCTAssertEqual(input.level, 0)
        // Only what is in the buffer.
        try input.push(floats(96_000))
        try (floats(96_000, 1) + floats(96_000, 0.1) + floats(96_000, 1)).withUnsafeBufferPointer { all in
            _ = try input.push(UnsafeBufferPointer(rebasing: all[96_000..<192_000]))
        }
        XCTAssertEqual(input.level, -20)
    }

    func testWhereNobodySpeaksThereIsSilenceAndAfterAFailureToo() async throws {
        let meeting = try makeMeeting()
        let mixer = try meeting.audioMixer(AudioFormat(sampleRate: 44_100, channels: 2))
        for way in Way.allCases {
            let (samples, info) = try way.pull(960, from: mixer)
            XCTAssertEqual(samples, [Float](repeating: 0, count: 960), "\(way)")
            XCTAssertEqual(
                [info.decodedFrames, info.concealedFrames, info.silentFrames, info.audioLevel],
                [0, 0, 480, -127])
        }
        var samples: [Float] = []
        XCTAssertEqual(try mixer.pull(into: &samples).silentFrames, 0)
        for (says, count) in [
            ("no whole number of frames", 3), ("more than a second", 88_202),
            ("more than a second", 500_000),
        ] {
            samples = [Float](repeating: 7, count: count)
            try await refused(says) { try mixer.pull(into: &samples) }
            XCTAssertTrue(samples.allSatisfy { $0 == 0 }, says)
        }
        mixer.close()
        var late: [Int16] = [7, 7]
        try await assertFails(.invalidHandle) { try mixer.pull(into: &late) }
        XCTAssertEqual(late, [0, 0])
    }

    func testClosingTwiceUsingWhatIsClosedAndForgetting() async throws {
        let meeting = try makeMeeting()
        let track = try meeting.addTrack(TrackOptions(kind: .audio))
        let input = try track.audioInput()
        let mixer = try meeting.audioMixer()
        XCTAssertEqual(liveHandles(.audioInput), 1)
        XCTAssertEqual(liveHandles(.audioOutput), 1)
        for _ in 0..<2 {
            input.close()
            mixer.close()
        }
        XCTAssertEqual(liveHandles(.audioInput) + liveHandles(.audioOutput), 0)
        var shorts: [Int16] = [0, 0]
        try await assertFails(.invalidHandle) { try input.push(shorts) }
        try await assertFails(.invalidHandle) { try mixer.pull(into: &shorts) }
        XCTAssertEqual(input.level, -127)
        XCTAssertEqual(input.format, AudioFormat())
        do {
            _ = try track.audioInput()
            _ = try meeting.audioMixer()
        }
        XCTAssertEqual(liveHandles(.audioInput) + liveHandles(.audioOutput), 0)
        track.close()
        try await assertFails(.invalidHandle) { try track.audioInput() }
        meeting.close()
        try await assertFails(.invalidHandle) { try meeting.audioMixer() }
    }

    func testClosingDuringCallsRefusesTheNext() async throws {
        let meeting = try makeMeeting()
        let track = try meeting.addTrack(TrackOptions(kind: .audio))
        let (refused, others) = (Guarded(0), Guarded<[String]>([]))
        for round in 1...25 {
            let input = try track.audioInput()
            let mixer = try meeting.audioMixer()
            for way in Way.allCases {
                Thread.detachNewThread {
                    do {
                        while true {
                            _ = try way.push([0, 0, 0, 0], to: input)
                            _ = try way.pull(4, from: mixer)
                        }
                    } catch let error as VsdkError where error.status == .invalidHandle {
                        refused.increment()
                    } catch {
                        others.change { $0.append("\(error)") }
                    }
                }
            }
            try await Task.sleep(for: .milliseconds(1))
            input.close()
            mixer.close()
            try await eventually { refused.value == round * Way.allCases.count || !others.value.isEmpty }
        }
        XCTAssertEqual(others.value, [])
    }
}

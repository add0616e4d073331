import Foundation
import Vsdk
import XCTest

// Tones that are pushed as a microphone would, pulled as a loudspeaker would, and found again.

/// The amplitude of tones.
let loudness = 0.3

private let chunksPerSecond = 100

/// One of the ways in which samples go in and out; for a test they are numbers from -1 to 1.
enum Way: CaseIterable {
    case shortArrays, floatArrays, shortBuffers, floatBuffers

    func push(_ samples: [Float], to input: AudioInput) throws -> Pushed {
        let shorts = samples.map { Int16($0 * 32_767) }
        return switch self {
        case .shortArrays: try input.push(shorts)
        case .floatArrays: try input.push(samples)
        case .shortBuffers: try shorts.withUnsafeBufferPointer { try input.push($0) }
        case .floatBuffers: try samples.withUnsafeBufferPointer { try input.push($0) }
        }
    }

    func pull(_ count: Int, from output: AudioOutput) throws -> (samples: [Float], info: PulledAudio) {
        var shorts = [Int16](repeating: 7, count: count)
        var samples = [Float](repeating: 7, count: count)
        let info =
            switch self {
            case .shortArrays: try output.pull(into: &shorts)
            case .floatArrays: try output.pull(into: &samples)
            case .shortBuffers:
                try shorts.withUnsafeMutableBufferPointer { try output.pull(into: $0) }
            case .floatBuffers:
                try samples.withUnsafeMutableBufferPointer { try output.pull(into: $0) }
            }
        let isShort = self == .shortArrays || self == .shortBuffers
        return (isShort ? shorts.map { Float($0) / 32_768 } : samples, info)
    }
}

/// A microphone that hears one tone, until it is stopped.
final class Whistle: Sendable {
    /// What became of each chunk.
    let answers: Guarded<[Pushed]>

    private let task: Task<Void, any Error>

    init(_ input: AudioInput, _ hertz: Int, by way: Way = .floatArrays) {
        let answers = Guarded<[Pushed]>([])
        self.answers = answers
        task = Task {
            let (rate, channels) = (input.format.sampleRate, input.format.channels)
            var frame = 0
            try await atPace {
                var chunk: [Float] = []
                for _ in 0..<rate / chunksPerSecond {
                    let phase = Double(frame * hertz % rate) / Double(rate) * 2 * .pi
                    chunk += repeatElement(Float(sin(phase) * loudness), count: channels)
                    frame += 1
                }
                let pushed = try way.push(chunk, to: input)
                answers.change { $0.append(pushed) }
                return true
            }
        }
    }

    func stop() async {
        task.cancel()
        _ = await task.result
    }
}

/// What was heard in some time: the samples of the first channel.
struct Heard {
    let sampleRate: Int
    var samples: [Float] = []
    /// In frames: silence too.
    var madeUp = 0

    /// The level of a frequency: the mean of that in each tenth of a second.
    func level(_ hertz: Int) -> Double {
        let tenth = sampleRate / 10
        let count = samples.count / tenth
        let levels = (0..<count).map { level(hertz, in: samples[$0 * tenth..<($0 + 1) * tenth]) }
        return levels.reduce(0, +) / Double(count)
    }

    /// The loudest frequency between 100 and 2,000 hertz, to the nearest 20.
    var loudest: Int {
        stride(from: 100, through: 2_000, by: 20).max { level($0) < level($1) } ?? 0
    }

    // One line of the spectrum, seen through a window.
    private func level(_ hertz: Int, in samples: ArraySlice<Float>) -> Double {
        var (real, imaginary) = (0.0, 0.0)
        let count = Double(samples.count)
        for (frame, sample) in samples.enumerated() {
            let phase = Double(frame * hertz) / Double(sampleRate) * 2 * .pi
            let seen = Double(sample) * (1 - cos(Double(frame) / count * 2 * .pi))
            real += seen * cos(phase)
            imaginary += seen * sin(phase)
        }
        return (real * real + imaginary * imaginary).squareRoot() * 2 / count
    }
}

extension AudioOutput {
    /// Plays it for so many tenths of a second.
    func listen(tenths: Int = 5, by way: Way = .floatArrays) async throws -> Heard {
        let frames = format.sampleRate / chunksPerSecond
        var heard = Heard(sampleRate: format.sampleRate)
        try await atPace {
            let (samples, info) = try way.pull(frames * format.channels, from: self)
            let (decoded, others) = (info.decodedFrames, info.concealedFrames + info.silentFrames)
            XCTAssertEqual(decoded + others, frames)
            heard.madeUp += others
            heard.samples += stride(from: 0, to: samples.count, by: format.channels).map { samples[$0] }
            return heard.samples.count < tenths * format.sampleRate / 10
        }
        return heard
    }

    /// Listens until it is so, at most a hundred times.
    @discardableResult
    func listen(
        by way: Way = .floatArrays, until isSo: (Heard) -> Bool, file: StaticString = #filePath,
        line: UInt = #line
    ) async throws -> Heard {
        for _ in 0..<100 {
            let heard = try await listen(by: way)
            if isSo(heard) { return heard }
        }
        XCTFail("it was never heard", file: file, line: line)
        throw Unexpected("nothing was heard")
    }
}

/// Does something for each chunk of time, as long as it wants; what was missed is made up for.
private func atPace(_ work: () throws -> Bool) async throws {
    let begin = ContinuousClock.now
    var chunk = 1
    while try work() {
        try await Task.sleep(until: begin + Duration.seconds(chunk) / chunksPerSecond)
        chunk += 1
    }
}

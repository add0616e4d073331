import Foundation
import Vsdk
import XCTest

// Coloured bars that are pushed as a camera would, and found again in what is shown.

/// Red, green and blue.
typealias Colour = [Int]

/// Of four bars, from left to right.
let bars: [Colour] = [[200, 30, 30], [30, 180, 60], [40, 60, 200], [210, 210, 210]]

/// Odd, and not to be divided by what a codec divides pictures by.
let (filmedWidth, filmedHeight) = (161, 91)

/// By how much a colour may be off after it was encoded.
let tolerance = 40

/// Whether this build of the library has the feature `vp8`.
let hasRawPictures: Bool = {
    do {
        try makeMeeting().addTrack(TrackOptions(kind: .video)).videoInput().close()
        return true
    } catch {
        print("NOT TESTED: raw pictures, for this library was built without the feature vp8")
        return false
    }
}()

// As BT.601 has them, brightness from 16 to 235.
private func yuv(_ colour: Colour) -> [UInt8] {
    let (red, green, blue) = (Double(colour[0]), Double(colour[1]), Double(colour[2]))
    return [
        16 + 0.257 * red + 0.504 * green + 0.098 * blue,
        128 - 0.148 * red - 0.291 * green + 0.439 * blue,
        128 + 0.439 * red - 0.368 * green - 0.071 * blue,
    ].map { UInt8($0.rounded()) }
}

private func rgb(_ y: UInt8, _ u: UInt8, _ v: UInt8) -> Colour {
    let (light, u, v) = (1.164 * (Double(y) - 16), Double(u) - 128, Double(v) - 128)
    return [light + 1.596 * v, light - 0.392 * u - 0.813 * v, light + 2.017 * u].map {
        Int($0.rounded())
    }
}

/// One of the ways in which pictures lie in memory.
enum Painting: CaseIterable {
    case i420InArrays, nv12InData, rgbaWithGaps, bgraWithGaps

    private var format: PictureFormat {
        switch self {
        case .i420InArrays: .i420
        case .nv12InData: .nv12
        case .rgbaWithGaps: .rgba
        case .bgraWithGaps: .bgra
        }
    }

    /// The bars. There is nothing behind the last row.
    func paint(
        _ width: Int = filmedWidth, _ height: Int = filmedHeight, rotation: Int = 0,
        captureTimeUs: Int64? = nil
    ) -> VideoPicture {
        let (halfWidth, halfHeight) = ((width + 1) / 2, (height + 1) / 2)
        let planes =
            switch self {
            case .i420InArrays:
                [
                    plane(width, height) { [yuv($0)[0]] }, plane(halfWidth, halfHeight) { [yuv($0)[1]] },
                    plane(halfWidth, halfHeight) { [yuv($0)[2]] },
                ]
            case .nv12InData:
                [
                    plane(width, height) { [yuv($0)[0]] },
                    plane(halfWidth, halfHeight) { Array(yuv($0)[1...]) },
                ]
            case .rgbaWithGaps: [plane(width, height) { $0.map(UInt8.init) + [7] }]
            case .bgraWithGaps: [plane(width, height) { $0.reversed().map(UInt8.init) + [7] }]
            }
        return VideoPicture(
            format: format, width: width, height: height, planes: planes, rotation: rotation,
            captureTimeUs: captureTimeUs)
    }

    private func plane(
        _ columns: Int, _ rows: Int, _ pixel: (Colour) -> [UInt8]
    ) -> VideoPicture.Plane {
        let row = (0..<columns).flatMap { pixel(bars[$0 * bars.count / columns]) }
        let gap = self == .rgbaWithGaps ? 31 : self == .bgraWithGaps ? 1 : 0
        let spaced = row + [UInt8](repeating: 0x55, count: gap)
        let bytes = (0..<rows).flatMap { _ in spaced }.dropLast(gap)
        let isData = self == .nv12InData
        return VideoPicture.Plane(
            isData ? Data(bytes) as any ContiguousBytes : Array(bytes), stride: row.count + gap)
    }
}

extension ReceivedPicture {
    private func colour(_ column: Int, _ row: Int) -> Colour {
        withPlanes { planes in
            func byte(_ plane: Int, _ column: Int, _ row: Int) -> UInt8 {
                planes[plane].bytes[row * planes[plane].stride + column]
            }
            if format == .rgba {
                XCTAssertEqual(byte(0, 4 * column + 3, row), 255)
                return (0..<3).map { Int(byte(0, 4 * column + $0, row)) }
            }
            return rgb(
                byte(0, column, row), byte(1, column / 2, row / 2), byte(2, column / 2, row / 2))
        }
    }

    /// The colours in the middles of the bars, from left to right or from top to bottom.
    func seen(fromTop: Bool = false) -> [Colour] {
        bars.indices.map { bar in
            let part = Double(2 * bar + 1) / Double(2 * bars.count)
            return fromTop
                ? colour(width / 2, Int(part * Double(height)))
                : colour(Int(part * Double(width)), height / 2)
        }
    }

    func hasBars(fromTop: Bool = false) -> Bool {
        zip(seen(fromTop: fromTop).joined(), bars.joined()).allSatisfy { abs($0 - $1) <= tolerance }
    }
}

extension VideoInput {
    /// Films until a picture is shown that is as wanted, at most for a minute.
    func push(
        _ picture: VideoPicture = Painting.i420InArrays.paint(), until output: VideoOutput,
        shows isWanted: (ReceivedPicture) -> Bool = { $0.hasBars() },
        file: StaticString = #filePath, line: UInt = #line
    ) async throws -> ReceivedPicture {
        let end = ContinuousClock.now + .seconds(60)
        var last: ReceivedPicture?
        while ContinuousClock.now < end {
            let pushed = try push(picture)
            XCTAssertEqual(pushed, .queued, file: file, line: line)
            try await Task.sleep(for: .milliseconds(20))
            guard let shown = try output.pollPicture() else { continue }
            if isWanted(shown) { return shown }
            last = shown
        }
        XCTFail(
            "it is never shown, but \(last.map { "\($0): \($0.seen())" } ?? "nothing")", file: file,
            line: line)
        throw Unexpected("nothing was shown")
    }
}

/// Ann films, and Bob can look.
struct Scene: Sendable {
    let ann: Meeting
    let bob: Meeting
    let track: LocalTrack
    let input: VideoInput
    let remote: RemoteTrack
    private let room: TestRoom

    /// Nothing, in a library without pictures, which has to say so.
    init?() async throws {
        let pair = try await Pair(.video)
        remote = try await pair.bob.added()
        (ann, bob, track, room) = (pair.ann, pair.bob, pair.track, pair.room)
        guard hasRawPictures else {
            let remote = remote
            let filming = try await assertFails(.unsupported) { try pair.track.videoInput() }
            let looking = try await assertFails(.unsupported) { try remote.videoOutput(.i420) }
            for error in [filming, looking] { XCTAssertTrue(error.remedy.contains("`vp8`"), "\(error)") }
            return nil
        }
        input = try track.videoInput()
    }
}

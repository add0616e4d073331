import Foundation
import Vsdk
import XCTest

/// Raw pictures through the media server of the local service, judged by what is seen. A library that
/// was built without them has to say so at both ends: that is all that is looked at then.
final class PictureTests: MediaTestCase {
    func testALibraryThatWasBuiltWithPicturesHasThem() {
        let environment = ProcessInfo.processInfo.environment
        XCTAssertTrue(hasRawPictures || environment["VSDK_WITH_VP8"] == nil)
    }

    func testBarsAreSeenAsTheyAreFilmedWhateverTheyLieIn() async throws {
        guard let scene = try await Scene() else { return }
        for painting in Painting.allCases {
            for format in [PictureFormat.i420, .rgba] {
                let output = try scene.remote.videoOutput(format)
                XCTAssertEqual(output.format, format)
                let picture = try await scene.input.push(painting.paint(), until: output)
                XCTAssertEqual(picture.width, filmedWidth, "\(painting)")
                XCTAssertEqual(picture.height, filmedHeight)
                XCTAssertEqual(picture.participantId, "ann")
                XCTAssertEqual(picture.trackId, scene.remote.id)
                XCTAssertEqual(picture.format, format)
                XCTAssertGreaterThanOrEqual(picture.timestampUs, 0)
                let rows = format == .rgba ? [filmedHeight] : [filmedHeight, 46, 46]
                picture.withPlanes { planes in
                    XCTAssertEqual(planes.map { $0.bytes.count / $0.stride }, rows)
                }
                // What is shown can be sent on as it is.
                let pushed = try picture.withPlanes { planes in
                    try scene.input.push(
                        VideoPicture(
                            format: format, width: picture.width, height: picture.height,
                            planes: planes.map { .init($0.bytes, stride: $0.stride) }))
                }
                XCTAssertEqual(pushed, .queued)
                output.close()
            }
        }
    }

    func testANewSizeIsToldAndWhatIsTurnedComesUpright() async throws {
        guard let scene = try await Scene() else { return }
        let (input, output) = (scene.input, try scene.remote.videoOutput(.i420))
        let first = try await input.push(until: output) { _ in true }
        XCTAssertTrue(first.isResized)
        let second = try await input.push(until: output) { _ in true }
        XCTAssertFalse(second.isResized)
        for (width, height) in [(64, 48), (1, 1), (33, 101)] {
            let small = Painting.i420InArrays.paint(width, height)
            let other = try await input.push(small, until: output) {
                $0.width == width && $0.height == height
            }
            XCTAssertTrue(other.isResized)
        }
        let onItsSide = Painting.i420InArrays.paint(rotation: 90)
        let turned = try await input.push(onItsSide, until: output) { $0.width == filmedHeight }
        XCTAssertTrue(turned.isResized)
        XCTAssertEqual(turned.height, filmedWidth)
        // What was its left side is at the top.
        _ = try await input.push(onItsSide, until: output) { $0.hasBars(fromTop: true) }
        let upright = try await input.push(until: output)
        XCTAssertEqual(upright.width, filmedWidth)
    }

    func testOnlyTheLatestWaitsAndTimesAreKept() async throws {
        guard let scene = try await Scene() else { return }
        let output = try scene.remote.videoOutput(.rgba)
        var times: [Int64] = []
        for number in 0..<60 {
            let time = Int64(number) * 50_000
            try scene.input.push(Painting.i420InArrays.paint(captureTimeUs: time))
            try await Task.sleep(for: .milliseconds(10))
            guard number % 20 == 19 else { continue }
            let picture = try await output.nextPicture(timeout: .seconds(60))
            times.append(try XCTUnwrap(picture).timestampUs)
        }
        XCTAssertEqual(times, times.sorted())
        // Ten and more were overtaken, 50 ms apart.
        XCTAssertGreaterThanOrEqual(times[2] - times[1], 500_000)
    }

    func testTasksWaitForPicturesToTheEnd() async throws {
        guard let scene = try await Scene() else { return }
        let (input, output) = (scene.input, try scene.remote.videoOutput(.i420))
        XCTAssertNil(try output.pollPicture())
        try await assertFails(.timeout) { try await output.nextPicture(timeout: .milliseconds(50)) }
        let cancelled = Task { try await output.nextPicture() }
        cancelled.cancel()
        try await assertCancelled { try await cancelled.value }

        let filming = Task {
            while !Task.isCancelled {
                try input.push(Painting.i420InArrays.paint())
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        let first = try await output.nextPicture(timeout: .seconds(60))
        XCTAssertTrue(try XCTUnwrap(first).isResized)
        var seen = 0
        for try await picture in output.pictures {
            XCTAssertEqual(picture.width, filmedWidth)
            seen += 1
            // The wait ends with the track.
            if seen == 3 { scene.track.close() }
        }
        XCTAssertGreaterThanOrEqual(seen, 3)
        filming.cancel()
        _ = await filming.result
        let none = try await output.nextPicture()
        XCTAssertNil(none)
        // Whoever films does not have to know.
        XCTAssertEqual(try input.push(Painting.i420InArrays.paint()), .notSending)
    }

    func testAWaitEndsWhenTheOutputOrTheMeetingIsClosed() async throws {
        for isMeeting in [true, false] {
            guard let scene = try await Scene() else { return }
            let output = try scene.remote.videoOutput(.i420)
            let waiting = Task { try await output.nextPicture() }
            try await Task.sleep(for: .milliseconds(100))
            if isMeeting { scene.bob.close() } else { output.close() }
            let none = try await waiting.value
            XCTAssertNil(none)
            output.close()
            try await assertFails(.invalidHandle) { try output.pollPicture() }
            for try await _ in output.pictures { XCTFail("it is closed") }
        }
    }

    func testWhoeverElseWantsTheFramesIsToldWhoHasThem() async throws {
        guard let scene = try await Scene() else { return }
        let (input, remote) = (scene.input, scene.remote)
        let waiting = Task { try await remote.nextFrame() }
        try await Task.sleep(for: .milliseconds(100))
        let outputs = [try remote.videoOutput(.i420), try remote.videoOutput(.rgba)]
        try await assertFails(.invalidState) { try await waiting.value }
        // Several each get all of it.
        for output in outputs { _ = try await input.push(until: output) }
        try await assertFails(.invalidState) { try remote.pollFrame() }
        try await assertFails(.invalidState) { try remote.setFrameHandler { _ in } }
        try await assertFails(.invalidState) { try scene.track.videoInput() }
        try await assertFails(.invalidState) { try Camera(track: scene.track).push() }
        for output in outputs { output.close() }
        input.close()
        _ = try await Camera(track: scene.track).push { try remote.pollFrame() }
        try remote.setFrameHandler { _ in }
        try await assertFails(.invalidState) { try remote.videoOutput(.i420) }
        try remote.setFrameHandler(nil)
        for format in [PictureFormat.nv12, .bgra, PictureFormat(rawValue: 0)] {
            try await assertFails(.invalidArgument) { try remote.videoOutput(format) }
        }
    }

    func testAPictureStaysAsItIsWhateverBecomesOfItsTrack() async throws {
        guard let scene = try await Scene() else { return }
        let output = try scene.remote.videoOutput(.rgba)
        var kept: ReceivedPicture? = try await scene.input.push(until: output)
        let black = VideoPicture(
            format: .rgba, width: filmedWidth, height: filmedHeight,
            planes: [
                .init([UInt8](repeating: 0, count: 4 * filmedWidth * filmedHeight), stride: 4 * filmedWidth)
            ])
        for _ in 0..<4 { _ = try await scene.input.push(black, until: output) { !$0.hasBars() } }
        output.close()
        scene.ann.close()
        XCTAssertEqual(kept?.hasBars(), true)
        XCTAssertEqual(liveHandles(.receivedPicture), 1)
        kept = nil
        XCTAssertEqual(liveHandles(.receivedPicture), 0)
    }

    func testWhatCannotBeAPictureIsTold() async throws {
        guard let scene = try await Scene() else { return }
        let (width, height, row) = (filmedWidth, filmedHeight, 4 * filmedWidth)
        let bytes = [UInt8](repeating: 0, count: row * height)
        let right = VideoPicture(
            format: .rgba, width: width, height: height, planes: [.init(bytes, stride: row)])
        let mistakes: [(inout VideoPicture) -> Void] = [
            { $0.width = 0 }, { $0.height = 0 }, { $0.width = -1 }, { $0.height = -1 },
            { $0.width = 16_384 }, { ($0.width, $0.height) = (16_383, 16_383) }, { $0.width = .max },
            { $0.planes[0].bytes = Array(bytes.dropLast()) }, { $0.planes[0].bytes = [UInt8]() },
            { $0.planes[0].bytes = UnsafeRawBufferPointer(start: nil, count: 0) },
            { $0.planes = [] }, { $0.planes += $0.planes }, { $0.format = .nv12 },
            { $0.format = PictureFormat(rawValue: 9) }, { $0.planes[0].stride = row - 1 },
            { $0.planes[0].stride = 0 }, { $0.planes[0].stride = -row },
            { $0.planes[0].stride = row + 1 }, { $0.planes[0].stride = .max },
            { $0.rotation = 45 }, { $0.rotation = -90 }, { $0.captureTimeUs = -1 },
            { $0.captureTimeUs = .min },
        ]
        for (index, mistake) in mistakes.enumerated() {
            var wrong = right
            mistake(&wrong)
            do {
                try scene.input.push(wrong)
                XCTFail("\(index) was taken")
            } catch let error as VsdkError {
                XCTAssertEqual(error.status, .invalidArgument, "\(index)")
                XCTAssertFalse(error.remedy.isEmpty, "\(index)")
                XCTAssertEqual(error.operation, "video_input_push", "\(index)")
            }
        }
        XCTAssertEqual(try scene.input.push(right), .queued)
        scene.input.close()
        scene.input.close()
        XCTAssertThrowsError(try scene.input.push(right)) { error in
            XCTAssertEqual((error as? VsdkError)?.status, .invalidHandle)
        }
        try scene.track.videoInput().close()
    }

    func testOtherTracksHaveNoPictures() async throws {
        let heard = try await Pair(.audio)
        try await assertFails(.invalidArgument) { try heard.track.videoInput() }
        var options = TrackOptions(kind: .share)
        options.codec = .h264
        let shared = try await Pair(options)
        try await assertFails(.unsupported) { try shared.track.videoInput() }
        let remote = try await shared.bob.added()
        try await assertFails(.unsupported) { try remote.videoOutput(.i420) }
    }
}

import Foundation
import Vsdk
import XCTest

/// Still images of what is shown. Of a PNG the colours are looked at; nothing that comes with Swift on
/// Linux reads a JPEG, so of those it is the frame header.
final class ImageTests: MediaTestCase {
    func testImagesHaveTheColoursOfWhatIsFilmed() async throws {
        guard let scene = try await Scene() else { return }
        for shown in [PictureFormat.i420, .rgba] {
            let output = try scene.remote.videoOutput(shown)
            let picture = try await scene.input.push(until: output)
            for image in [try picture.encodeImage(.png), try await output.captureImage(.png)] {
                let png = try DecodedPng(image)
                XCTAssertEqual([png.width, png.height], [filmedWidth, filmedHeight])
                XCTAssertTrue(png.hasBars(), "\(png.seen())")
            }
            for image in [try picture.encodeImage(.jpeg), try await output.captureImage(.jpeg, quality: 90)] {
                XCTAssertEqual(sizeOfJpeg(image), [filmedWidth, filmedHeight])
            }
            let small = try picture.encodeImage(.jpeg, quality: 10)
            XCTAssertLessThan(small.count, try picture.encodeImage(.jpeg, quality: 95).count)
            let onItsSide = Painting.i420InArrays.paint(rotation: 90)
            _ = try await scene.input.push(onItsSide, until: output) {
                $0.width == filmedHeight && $0.hasBars(fromTop: true)
            }
            let upright = try DecodedPng(await output.captureImage(.png))
            XCTAssertEqual([upright.width, upright.height], [filmedHeight, filmedWidth])
            XCTAssertTrue(upright.hasBars(fromTop: true), "\(upright.seen(fromTop: true))")
            output.close()
            // A picture is independent of its output.
            XCTAssertTrue(try DecodedPng(picture.encodeImage(.png)).hasBars())
        }
    }

    func testThereIsNoOtherQualityAndNoOtherFormat() async throws {
        guard let scene = try await Scene() else { return }
        let output = try scene.remote.videoOutput(.i420)
        let picture = try await scene.input.push(until: output)
        let wrong: [(ImageFormat, Int)] = [
            (.png, 1), (.png, -1), (.jpeg, 101), (.jpeg, .min), (ImageFormat(rawValue: 9), 0),
        ]
        for (format, quality) in wrong {
            try await assertFails(.invalidArgument) {
                try picture.encodeImage(format, quality: quality)
            }
            try await assertFails(.invalidArgument) {
                try await output.captureImage(format, quality: quality)
            }
        }
    }

    func testACaptureWaitsForTheFirstPictureAndIsGivenUp() async throws {
        guard let scene = try await Scene() else { return }
        let output = try scene.remote.videoOutput(.i420)
        try await assertFails(.timeout) {
            try await output.captureImage(.png, timeout: .milliseconds(10))
        }
        let given = Task { try await output.captureImage(.png) }
        try await Task.sleep(for: .milliseconds(50))
        given.cancel()
        try await assertCancelled { try await given.value }
        let waiting = Task { try await output.captureImage(.png, timeout: .seconds(60)) }
        // Whoever reads has the picture all the same.
        _ = try await scene.input.push(until: output) { _ in true }
        let png = try DecodedPng(await waiting.value)
        XCTAssertEqual([png.width, png.height], [filmedWidth, filmedHeight])
    }

    func testACaptureEndsWithTheTrackAndWithTheOutput() async throws {
        guard let scene = try await Scene() else { return }
        let output = try scene.remote.videoOutput(.i420)
        _ = try await scene.input.push(until: output)
        scene.track.close()
        while try await output.nextPicture(timeout: .seconds(60)) != nil {}
        let error = try await assertFails(.invalidState) { try await output.captureImage(.png) }
        XCTAssertTrue(error.message.contains("no longer sent"), "\(error)")
        output.close()
        try await assertFails(.invalidHandle) { try await output.captureImage(.png) }
    }
}

/// Width and height of the frame, as its header tells them (ITU-T T.81, section B.2.2).
private func sizeOfJpeg(_ image: Data) -> [Int] {
    let bytes = [UInt8](image)
    guard bytes.starts(with: [0xff, 0xd8, 0xff]), bytes.suffix(2) == [0xff, 0xd9] else { return [] }
    var place = 2
    while place + 9 < bytes.count, bytes[place] == 0xff {
        if bytes[place + 1] == 0xc0 {
            let side = { (at: Int) in Int(bytes[at]) << 8 | Int(bytes[at + 1]) }
            return [side(place + 7), side(place + 5)]
        }
        place += 2 + Int(bytes[place + 2]) << 8 + Int(bytes[place + 3])
    }
    return []
}

import Foundation
import Vsdk
import XCTest

/// A test that needs the media server of the local service.
class MediaTestCase: LibraryTestCase {
    override func setUpWithError() throws {
        if let reason = ProcessInfo.processInfo.environment["VSDK_WITHOUT_MEDIA"] {
            throw XCTSkip(reason)
        }
    }
}

/// A participant with a track, and another who can receive it.
struct Pair: Sendable {
    let room: TestRoom
    let ann: Meeting
    let bob: Meeting
    let track: LocalTrack

    /// What is pushed from here on arrives.
    init(_ options: TrackOptions) async throws {
        room = try await TestRoom()
        bob = try await room.join(as: "bob")
        ann = try room.meeting(as: "ann")
        track = try ann.addTrack(options)
        try await ann.join()
        try await ann.published(track)
    }

    init(_ kind: TrackKind) async throws {
        try await self.init(TrackOptions(kind: kind))
    }
}

extension Meeting {
    /// Waits until a track is sent, so that nothing that is pushed then is lost on the way.
    func published(
        _ track: LocalTrack, file: StaticString = #filePath, line: UInt = #line
    ) async throws {
        let event = try await next(.trackPublished, file: file, line: line)
        XCTAssertEqual(event.trackId, track.id, file: file, line: line)
        try await eventually(file: file, line: line) { track.isSending }
    }

    /// The track that somebody sends, once what is sent from now on comes: the service has to be asked
    /// to begin, and has done so when it answers to the same question.
    func added(file: StaticString = #filePath, line: UInt = #line) async throws -> RemoteTrack {
        let event = try await next(.trackAdded, file: file, line: line)
        let track = try remoteTrack(try XCTUnwrap(event.trackId))
        XCTAssertEqual(track.id, event.trackId, file: file, line: line)
        XCTAssertEqual(track.participantId, event.participantId, file: file, line: line)
        XCTAssertEqual(Int(track.kind.rawValue), event.code, file: file, line: line)
        try await track.resume()
        return track
    }
}

extension RemoteTrack {
    /// Reads until nothing comes for a while.
    func drain() async throws {
        do {
            while try await nextFrame(timeout: .milliseconds(200)) != nil {}
        } catch let error as VsdkError where error.status == .timeout {}
    }
}

// ---- Frames that pass for encoded ones on the way, and tell who made them ------------------------

/// A packet of Opus, as far as anybody looks into it on the way, with a number in it.
func sound(_ number: Int) -> [UInt8] {
    [0xfc] + bigEndian(number) + [UInt8](repeating: 0x55, count: 80)
}

/// A picture of VP8 likewise. Key frames are larger than one packet.
func picture(
    _ number: Int, isKeyFrame: Bool, layer: Int = 0, width: Int = 640, height: Int = 360
) -> [UInt8] {
    // RFC 6386, 9.1: the lowest bit of the first byte is 0 for a key frame, then come a start code
    // and the size.
    let head: [UInt8] =
        isKeyFrame
        ? [0x10, 0, 0, 0x9d, 0x01, 0x2a] + littleEndian(width) + littleEndian(height)
        : [0x11, 0, 0]
    let filling = [UInt8](repeating: 0x66, count: isKeyFrame ? 6_000 : 700)
    return head + bigEndian(number) + [UInt8(layer)] + filling
}

extension ReceivedFrame {
    /// The number of a sound that arrived byte for byte.
    func soundNumber(file: StaticString = #filePath, line: UInt = #line) -> Int {
        let number = number(at: 1)
        XCTAssertEqual([UInt8](data), sound(number), file: file, line: line)
        return number
    }

    /// The number of a picture that arrived byte for byte.
    func pictureNumber(file: StaticString = #filePath, line: UInt = #line) -> Int {
        let number = number(at: isKeyFrame ? 10 : 3)
        let expected = picture(number, isKeyFrame: isKeyFrame)
        XCTAssertTrue([UInt8](data) == expected, "\(self)", file: file, line: line)
        return number
    }

    /// The layer of a picture.
    var pictureLayer: Int {
        withUnsafeBytes { bytes in Int(bytes[isKeyFrame ? 14 : 7]) }
    }

    private func number(at index: Int) -> Int {
        withUnsafeBytes { bytes in
            guard bytes.count >= index + 4 else { return -1 }
            return bytes[index..<index + 4].reduce(0) { $0 << 8 | Int($1) }
        }
    }
}

private func bigEndian(_ number: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(number).bigEndian, Array.init)
}

private func littleEndian(_ number: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt16(number).littleEndian, Array.init)
}

// ---- Encoders ------------------------------------------------------------------------------------

/// Sends frames whose numbers go up.
protocol Source: Sendable {
    @discardableResult func push() throws -> Pushed
}

/// Sends sound, each frame 20 ms later than the one before.
struct Microphone: Source {
    let track: LocalTrack
    let sent = Guarded(0)

    @discardableResult
    func push() throws -> Pushed {
        let number = sent.change { number in
            defer { number += 1 }
            return number
        }
        return try track.push(
            sound(number), timestampUs: Int64(number) * 20_000, audioLevel: -30)
    }

    /// Sends so many, at a pace.
    func push(_ count: Int) async throws {
        for _ in 0..<count {
            try push()
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

/// Sends pictures like an encoder: key frames where they are wanted.
struct Camera: Source {
    let track: LocalTrack
    let sent = Guarded(0)

    @discardableResult
    func push() throws -> Pushed {
        let number = sent.change { number in
            defer { number += 1 }
            return number
        }
        let isKeyFrame = try track.encoderTarget().wantsKeyFrame
        return try track.push(
            picture(number, isKeyFrame: isKeyFrame), timestampUs: Int64(number) * 33_333,
            isKeyFrame: isKeyFrame)
    }
}

extension Source {
    /// Sends until something is there, at most for a minute.
    func push<Value>(
        until isThere: () throws -> Value?, file: StaticString = #filePath, line: UInt = #line
    ) async throws -> Value {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            if let value = try isThere() { return value }
            try push()
            try await Task.sleep(for: .milliseconds(5))
        }
        XCTFail("it did not come within a minute", file: file, line: line)
        throw Unexpected("nothing came")
    }
}

internal import CVsdk
import Foundation

/// A frame of somebody else, for a decoder: one packet of sound or one encoded picture.
public struct ReceivedFrame: Hashable, Sendable {
    /// Who sent it.
    public let participantId: String

    /// Which track it belongs to.
    public let trackId: String

    /// What that track is.
    public let kind: TrackKind

    /// How it is encoded.
    public let codec: Codec

    /// When it was recorded: microseconds from an arbitrary moment of its track.
    public let timestampUs: Int64

    /// Whether it can be decoded without those before it. Every frame of sound can.
    public let isKeyFrame: Bool

    /// Whether frames are missing just before it: lost on the way, or dropped because they were not
    /// read in time. Sound that is not read in time loses its oldest frames; pictures lose all up to
    /// a key frame.
    public let followsGap: Bool

    /// How loud it is, in decibels below full scale: 0 to -127; absent when its sender does not tell.
    public let audioLevel: Int?

    private let bytes: FrameBytes

    /// What is in it, without a copy: valid while `body` runs.
    public func withUnsafeBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBytes(body)
    }

    /// A copy of what is in it.
    public var data: Data {
        withUnsafeBytes { bytes in Data(bytes) }
    }

    /// Takes over a frame of vsdk.h; its bytes stay where they are.
    init(owning frame: OpaquePointer) throws {
        self.init(reading: frame, try FrameBytes(owning: frame))
    }

    /// Copies a frame of vsdk.h that is there only while a handler runs.
    init(copying frame: OpaquePointer) throws {
        self.init(reading: frame, try FrameBytes(copying: frame))
    }

    private init(reading frame: OpaquePointer, _ bytes: FrameBytes) {
        let audioLevel = vsdk_received_frame_audio_level(frame)
        participantId = text(vsdk_received_frame_participant_id(frame))
        trackId = text(vsdk_received_frame_track_id(frame))
        kind = TrackKind(rawValue: vsdk_received_frame_kind(frame))
        codec = Codec(rawValue: vsdk_received_frame_codec(frame))
        timestampUs = vsdk_received_frame_timestamp_us(frame)
        isKeyFrame = vsdk_received_frame_is_key_frame(frame) != 0
        followsGap = vsdk_received_frame_follows_gap(frame) != 0
        self.audioLevel = audioLevel == VSDK_AUDIO_LEVEL_UNKNOWN ? nil : Int(audioLevel)
        self.bytes = bytes
    }
}

extension ReceivedFrame: CustomStringConvertible {
    /// What it is, without its bytes.
    public var description: String {
        "frame of \(kind) \(trackId) at \(timestampUs) us: "
            + "\(codec), \(withUnsafeBytes(\.count)) bytes"
    }
}

/// The bytes of a frame, which its copies share: in the memory of the library, or in their own.
///
/// `@unchecked Sendable` because the compiler does not see that they never change.
private final class FrameBytes: Hashable, @unchecked Sendable {
    private let bytes: UnsafeRawBufferPointer
    /// Whose they are; nobody's when they are a copy.
    private let frame: OpaquePointer?

    /// Frees the frame in the end, also when this throws.
    init(owning frame: OpaquePointer) throws {
        self.frame = frame
        do {
            bytes = try Self.lent(by: frame)
        } catch {
            vsdk_received_frame_free(frame)
            throw error
        }
    }

    init(copying frame: OpaquePointer) throws {
        let lent = try Self.lent(by: frame)
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: lent.count, alignment: 1)
        copy.copyMemory(from: lent)
        bytes = UnsafeRawBufferPointer(copy)
        self.frame = nil
    }

    deinit {
        if let frame { vsdk_received_frame_free(frame) } else { bytes.deallocate() }
    }

    private static func lent(by frame: OpaquePointer) throws -> UnsafeRawBufferPointer {
        var bytes: UnsafePointer<UInt8>?
        var length = 0
        try call { error in vsdk_received_frame_data(frame, &bytes, &length, error) }
        return UnsafeRawBufferPointer(start: bytes, count: length)
    }

    func withUnsafeBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try withExtendedLifetime(self) { try body(bytes) }
    }

    static func == (one: FrameBytes, other: FrameBytes) -> Bool {
        one.withUnsafeBytes { one in other.withUnsafeBytes { other in one.elementsEqual(other) } }
    }

    func hash(into hasher: inout Hasher) {
        withUnsafeBytes { bytes in hasher.combine(bytes: bytes) }
    }
}

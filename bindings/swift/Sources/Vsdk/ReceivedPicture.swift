internal import CVsdk
import Foundation

/// A decoded picture of somebody else.
///
/// Its memory is given back with the last copy of it, and used again for the next ones: keep no more
/// of them than are shown. It stays as it is until then, whatever becomes of its track and its output.
public struct ReceivedPicture: Sendable {
    /// Who sent it.
    public let participantId: String

    /// Which track it belongs to.
    public let trackId: String

    /// How its pixels lie in memory: as its output was asked for.
    public let format: PictureFormat

    /// In pixels.
    public let width: Int

    /// In pixels.
    public let height: Int

    /// When it was filmed: microseconds from an arbitrary moment of its track.
    public let timestampUs: Int64

    /// Whether the picture that was read before it from the same output had another size, or there
    /// was none.
    public let isResized: Bool

    private let memory: PictureMemory

    /// What is in it, without a copy: of `i420` Y, U and V, of `rgba` one. Valid while `body` runs, and
    /// beyond it as long as there is a copy of this picture: so the release callback of a
    /// `CVPixelBuffer` that is made of them has to hold one.
    public func withPlanes<Result>(_ body: ([PlaneView]) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(memory) { try body(memory.planes) }
    }

    /// The bytes of an image file with it. Takes about 20 milliseconds for each million pixels, on the
    /// calling thread.
    ///
    /// - Parameters:
    ///   - format: PNG or JPEG.
    ///   - quality: Of a JPEG, from 1 (small) to 100 (good), or 0 for a good one; of a PNG 0.
    /// - Throws: ``VsdkError`` (`invalidArgument` for another quality, `resourceExhausted`).
    public func encodeImage(_ format: ImageFormat, quality: Int = 0) throws -> Data {
        try memory.encode(format, quality: Int32(clamping: quality))
    }

    /// Takes over a picture of vsdk.h, also when this throws.
    init(owning picture: OpaquePointer) throws {
        memory = PictureMemory(owning: picture)
        participantId = text(vsdk_received_picture_participant_id(picture))
        trackId = text(vsdk_received_picture_track_id(picture))
        format = PictureFormat(rawValue: vsdk_received_picture_format(picture))
        width = Int(vsdk_received_picture_width(picture))
        height = Int(vsdk_received_picture_height(picture))
        timestampUs = vsdk_received_picture_timestamp_us(picture)
        isResized = vsdk_received_picture_is_resized(picture) != 0
        try memory.look(at: format.planeCount ?? 0)
    }
}

extension ReceivedPicture: CustomStringConvertible {
    /// What it is, without its pixels.
    public var description: String {
        "picture of \(trackId) at \(timestampUs) us: \(format), \(width) x \(height)"
    }
}

/// A look at one plane of a picture, row after row.
public struct PlaneView {
    /// All of its bytes.
    public let bytes: UnsafeRawBufferPointer

    /// How far the beginnings of two rows are apart, in bytes.
    public let stride: Int
}

/// The pixels of a picture, which its copies share.
///
/// `@unchecked Sendable` because the compiler does not see that they never change once they are there.
private final class PictureMemory: @unchecked Sendable {
    private let picture: OpaquePointer
    private(set) var planes: [PlaneView] = []

    init(owning picture: OpaquePointer) {
        self.picture = picture
    }

    deinit {
        vsdk_received_picture_free(picture)
    }

    func encode(_ format: ImageFormat, quality: Int32) throws -> Data {
        try data { image, error in
            vsdk_received_picture_encode_image(picture, format.rawValue, quality, image, error)
        }
    }

    func look(at count: Int) throws {
        planes = try (0..<count).map { index in
            var bytes: UnsafePointer<UInt8>?
            var (length, stride) = (0, 0)
            try call { error in
                vsdk_received_picture_plane(picture, Int32(index), &bytes, &length, &stride, error)
            }
            return PlaneView(
                bytes: UnsafeRawBufferPointer(start: bytes, count: length), stride: stride)
        }
    }
}

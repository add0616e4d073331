internal import CVsdk
import Foundation

/// A raw picture to send; see ``VideoInput/push(_:)``.
public struct VideoPicture {
    /// How its pixels lie in memory.
    public var format: PictureFormat

    /// In pixels, before it is turned: 1 to 16,383, and with the height at most 7680 x 4320 pixels.
    public var width: Int

    /// In pixels, likewise.
    public var height: Int

    /// As many as the format has: of `i420` Y, U and V, of `nv12` two, of others one.
    public var planes: [Plane]

    /// How far it has to be turned clockwise to be upright, in degrees: 0, 90, 180 or 270. The library
    /// turns it.
    public var rotation: Int

    /// When it was filmed: microseconds from 0 on, on the clock of this participant's other tracks.
    /// `nil` for just now.
    public var captureTimeUs: Int64?

    /// A picture.
    ///
    /// - Parameters:
    ///   - format: How its pixels lie in memory.
    ///   - width: In pixels, before it is turned.
    ///   - height: In pixels, before it is turned.
    ///   - planes: As many as the format has.
    ///   - rotation: How far it has to be turned clockwise to be upright, in degrees.
    ///   - captureTimeUs: When it was filmed, in microseconds.
    public init(
        format: PictureFormat, width: Int, height: Int, planes: [Plane], rotation: Int = 0,
        captureTimeUs: Int64? = nil
    ) {
        self.format = format
        self.width = width
        self.height = height
        self.planes = planes
        self.rotation = rotation
        self.captureTimeUs = captureTimeUs
    }

    /// One plane of a picture, row after row.
    public struct Plane {
        /// Its bytes: an array, `Data`, or an `UnsafeRawBufferPointer` to where they are, such as the
        /// base address of a plane of a `CVPixelBuffer` that is locked until the picture was pushed.
        /// Behind the last row nothing need be.
        public var bytes: any ContiguousBytes

        /// How far the beginnings of two rows are apart, in bytes.
        public var stride: Int

        /// A plane.
        ///
        /// - Parameters:
        ///   - bytes: Its bytes.
        ///   - stride: How far the beginnings of two rows are apart, in bytes.
        public init(_ bytes: any ContiguousBytes, stride: Int) {
            self.bytes = bytes
            self.stride = stride
        }
    }
}

extension VideoPicture {
    /// It as vsdk.h describes it, while `body` runs.
    func withC<Result>(
        _ body: (UnsafePointer<VsdkVideoPicture>) throws -> Result
    ) throws -> Result {
        let count = format.planeCount
        if let count, planes.count != count {
            throw VsdkError(
                status: .invalidArgument,
                message: "There are \(planes.count) planes; a picture in \(format) has \(count).",
                remedy: "Pass each plane with its stride: i420 has three, nv12 two, rgba and bgra one.",
                operation: "video_input_push")
        }
        var described = VsdkVideoPicture()
        described.struct_size = MemoryLayout<VsdkVideoPicture>.size
        described.format = format.rawValue
        described.width = Int32(clamping: width)
        described.height = Int32(clamping: height)
        described.rotation = Int32(clamping: rotation)
        described.capture_time_us = try captureTime(captureTimeUs, operation: "video_input_push")
        // None of a format that is not known, which the library refuses.
        return try Self.lend(planes.prefix(count ?? 0), []) { lent in
            for (index, plane) in lent.enumerated() {
                described.setPlane(index, plane, stride: planes[index].stride)
            }
            return try body(&described)
        }
    }

    private static func lend<Result>(
        _ planes: ArraySlice<Plane>, _ lent: [UnsafeRawBufferPointer],
        _ body: ([UnsafeRawBufferPointer]) throws -> Result
    ) rethrows -> Result {
        guard let plane = planes.first else { return try body(lent) }
        return try plane.bytes.withUnsafeBytes { bytes in
            try lend(planes.dropFirst(), lent + [bytes], body)
        }
    }
}

extension VsdkVideoPicture {
    fileprivate mutating func setPlane(
        _ index: Int, _ bytes: UnsafeRawBufferPointer, stride: Int
    ) {
        let start = bytes.bindMemory(to: UInt8.self).baseAddress
        let stride = Int32(clamping: stride)
        switch index {
        case 0: (first_plane, first_length, first_stride) = (start, bytes.count, stride)
        case 1: (second_plane, second_length, second_stride) = (start, bytes.count, stride)
        default: (third_plane, third_length, third_stride) = (start, bytes.count, stride)
        }
    }
}

extension PictureFormat {
    /// How many planes a picture has; absent for a format that this version does not know.
    var planeCount: Int? {
        switch self {
        case .i420: 3
        case .nv12: 2
        case .rgba, .bgra: 1
        default: nil
        }
    }
}

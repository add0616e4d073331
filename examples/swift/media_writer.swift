// Files for encoded frames: Ogg for Opus (RFC 3533 and 7845), IVF for VP8, and start codes alone
// (Annex B) for H.264.
import Foundation
import Vsdk

/// How long a packet of Opus lasts, in samples at 48 kHz: RFC 6716, 3.1.
func opusDuration(_ packet: some Collection<UInt8>) -> Int {
    guard let first = packet.first else { return 0 }
    let configuration = Int(first >> 3)
    let one =
        switch configuration {
        case ..<12: [480, 960, 1_920, 2_880][configuration % 4]
        case ..<16: 480 << (configuration % 2)
        default: 120 << (configuration % 4)
        }
    switch first & 3 {
    case 0: return one
    case 3: return one * Int((packet.dropFirst().first ?? 0) & 63)
    default: return 2 * one
    }
}

package final class MediaWriter {
    package private(set) var frames = 0

    private let file: FileHandle
    private let codec: Codec
    private var firstUs: Int64 = 0
    /// Of Ogg: how many pages there are, and the end of the last packet, in samples at 48 kHz.
    private var pages = 0
    private var position = 0

    private static let maxPacket = 255 * 255 - 1

    /// How names of files with that codec end; `nil` when there is no kind of file for it here.
    package static func fileExtension(of codec: Codec) -> String? {
        switch codec {
        case .opus: "ogg"
        case .vp8: "ivf"
        case .h264: "h264"
        default: nil
        }
    }

    package init(path: String, codec: Codec) throws {
        self.codec = codec
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    package func write(_ data: Data, timestampUs: Int64) throws {
        guard !data.isEmpty else { return }
        if frames == 0 { firstUs = timestampUs }
        let timeUs = timestampUs - firstUs
        switch codec {
        case .opus:
            if frames == 0 { try writeOpusHeaders() }
            // What was lost on the way leaves a gap in the positions.
            position = Int(timeUs) * 48 / 1_000 + opusDuration(data)
            try writePage(data)
        case .vp8:
            if frames == 0 { try writeIvfHeader(of: data) }
            try file.write(
                contentsOf: littleEndian(data.count, 4) + littleEndian(Int(timeUs), 8) + data)
        default:
            try file.write(contentsOf: data)
        }
        frames += 1
    }

    package func close() throws {
        if frames > 0 && codec == .opus { try writePage(nil, flags: 4) }  // The last one.
        if frames > 0 && codec == .vp8 {
            try file.seek(toOffset: 24)
            try file.write(contentsOf: littleEndian(frames, 4))
        }
        try file.close()
    }

    private func writeOpusHeaders() throws {
        // Version 1, 2 channels, 312 samples to skip, 48 kHz, no gain, no mapping.
        let head: [UInt8] = [1, 2, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0]
        try writePage(Data("OpusHead".utf8) + head, flags: 2)  // The first one.
        let maker = littleEndian(4, 4) + Data("vsdk".utf8)
        try writePage(Data("OpusTags".utf8) + maker + littleEndian(0, 4))
    }

    /// Writes a page with one packet, or with none.
    private func writePage(_ packet: Data?, flags: UInt8 = 0) throws {
        let packet = packet.map { packet in (packet, packet.count / 255 + 1) }
        let (body, segments) = packet ?? (Data(), 0)
        guard body.count <= Self.maxPacket else { throw POSIXError(.EFBIG) }
        var page = Data("OggS".utf8) + [0, flags] + littleEndian(position, 8)
        page += littleEndian(1, 4)  // The only stream of the file.
        page += littleEndian(pages, 4) + littleEndian(0, 4) + [UInt8(segments)]
        if segments > 0 {
            page += Data(repeating: 255, count: segments - 1) + [UInt8(body.count % 255)]
        }
        page += body
        page.replaceSubrange(22..<26, with: littleEndian(Int(Self.checksum(of: page)), 4))
        pages += 1
        try file.write(contentsOf: page)
    }

    private static func checksum(of page: Data) -> UInt32 {
        page.reduce(0) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte) << 24) { sum, _ in
                sum << 1 ^ (sum & 0x8000_0000 == 0 ? 0 : 0x04c1_1db7)
            }
        }
    }

    private func writeIvfHeader(of picture: Data) throws {
        // A key frame tells the size of the picture: RFC 6386, 9.1.
        var size: [UInt8] = [0, 0, 0, 0]
        if picture.count >= 10 { size = Array(picture.dropFirst(6).prefix(4)) }
        size[1] &= 0x3f
        size[3] &= 0x3f
        let begin = Data("DKIF".utf8) + littleEndian(0, 2) + littleEndian(32, 2) + Data("VP80".utf8)
        // Times are in microseconds; the number of frames is filled in at the end.
        let end = littleEndian(1_000_000, 4) + littleEndian(1, 4) + littleEndian(0, 8)
        try file.write(contentsOf: begin + size + end)
    }
}

private func littleEndian(_ value: Int, _ size: Int) -> Data {
    Data((0..<size).map { index in UInt8(truncatingIfNeeded: value >> (8 * index)) })
}

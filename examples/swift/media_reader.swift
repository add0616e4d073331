// Encoded frames from files: Opus from Ogg, VP8 from IVF, H.264 from a file of start codes. What a
// file is, its first bytes tell.
import Foundation
import Vsdk

package struct MediaFrame {
    package var data: ArraySlice<UInt8>
    package var timestampUs: Int64
    package var isKeyFrame: Bool
}

/// What is wrong with a file.
package struct BrokenFile: Error {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}

package struct MediaReader {
    package let codec: Codec
    /// Where the file tells it at its beginning.
    package let size: TrackOptions.Size?

    private var packets = OggPackets(bytes: [])
    private var bytes: [UInt8]
    private var position = 0
    private var frames = 0
    /// Of Opus: at 48 kHz.
    private var samples = 0
    /// Of IVF: the time of the first frame, and how long a unit of time is.
    private var firstTime = 0
    private var unitUs = 0.0
    private let picturesPerSecond: Int

    /// Throws ``BrokenFile``.
    package init(path: String, picturesPerSecond: Int) throws {
        self.picturesPerSecond = picturesPerSecond
        bytes = try readFile(path)
        if bytes.starts(with: Array("OggS".utf8)) {
            (codec, size) = (.opus, nil)
            packets = OggPackets(bytes: bytes)
            guard try packets.next()?.starts(with: Array("OpusHead".utf8)) == true else {
                throw BrokenFile(reason: "it is an Ogg file, but its first stream is not Opus")
            }
            guard try packets.next()?.starts(with: Array("OpusTags".utf8)) == true else {
                throw BrokenFile(reason: "its Ogg headers are broken")
            }
        } else if bytes.starts(with: Array("DKIF".utf8)) {
            guard bytes.count >= 32, case let begin = littleEndian(bytes[6..<8]),
                (32...bytes.count).contains(begin)
            else { throw BrokenFile(reason: "its IVF header is broken") }
            guard bytes[8..<12].elementsEqual("VP80".utf8) else {
                throw BrokenFile(reason: "it is an IVF file, but not of VP8")
            }
            codec = .vp8
            size = .init(width: littleEndian(bytes[12..<14]), height: littleEndian(bytes[14..<16]))
            let denominator = littleEndian(bytes[16..<20])
            let numerator = littleEndian(bytes[20..<24])
            guard denominator > 0, numerator > 0 else {
                throw BrokenFile(reason: "its IVF header has no unit of time")
            }
            unitUs = 1e6 * Double(numerator) / Double(denominator)
            position = begin
        } else {
            let isH264 = bytes.starts(with: [0, 0, 1]) || bytes.starts(with: [0, 0, 0, 1])
            guard isH264, bytes.count >= 5 else {
                throw BrokenFile(reason: "it is neither Ogg, nor IVF, nor H.264 with start codes")
            }
            (codec, size) = (.h264, nil)
        }
    }

    /// The next frame; `nil` at the end. Throws ``BrokenFile``.
    package mutating func next() throws -> MediaFrame? {
        let frame: MediaFrame? =
            switch codec {
            case .opus: try nextSound()
            case .vp8: try nextOfIvf()
            default: nextOfH264()
            }
        if frame != nil { frames += 1 }
        return frame
    }

    private mutating func nextSound() throws -> MediaFrame? {
        // The last page may have an empty one.
        while let packet = try packets.next() {
            guard !packet.isEmpty else { continue }
            let time = Int64(samples) * 1_000 / 48
            samples += opusDuration(packet)
            return MediaFrame(data: packet[...], timestampUs: time, isKeyFrame: true)
        }
        return nil
    }

    private mutating func nextOfIvf() throws -> MediaFrame? {
        guard position < bytes.count else { return nil }
        let begin = position + 12
        guard begin < bytes.count else { throw BrokenFile(reason: "it is broken") }
        let length = littleEndian(bytes[position..<position + 4])
        let time = littleEndian(bytes[position + 4..<begin])
        if frames == 0 { firstTime = time }
        guard length > 0, length <= bytes.count - begin, time >= firstTime else {
            throw BrokenFile(reason: "it is broken")
        }
        position = begin + length
        let timeUs = Double(time - firstTime) * unitUs
        guard timeUs < 1e18 else { throw BrokenFile(reason: "it is broken") }
        // RFC 6386, 9.1: the lowest bit of a key frame is 0.
        return MediaFrame(
            data: bytes[begin..<position], timestampUs: Int64(timeUs),
            isKeyFrame: bytes[begin] & 1 == 0)
    }

    /// The next access unit: up to a unit that can only begin another one (H.264, 7.4.1.2.3).
    private mutating func nextOfH264() -> MediaFrame? {
        let begin = position
        guard begin < bytes.count else { return nil }
        var (hasPicture, isKeyFrame) = (false, false)
        while position < bytes.count {
            let unit = position + (bytes[position + 2] == 1 ? 3 : 4)
            let type = unit < bytes.count ? bytes[unit] & 31 : 0
            let isSlice = (1...5).contains(type)
            // Of a slice, the first bit says whether it is the first of its picture.
            let isFirst = isSlice && unit + 1 < bytes.count && bytes[unit + 1] & 0x80 != 0
            if hasPicture && ((6...9).contains(type) || isFirst) { break }
            hasPicture = hasPicture || isSlice
            isKeyFrame = isKeyFrame || type == 5
            position = startCode(from: unit)
        }
        return MediaFrame(
            data: bytes[begin..<position],
            timestampUs: Int64(frames) * 1_000_000 / Int64(picturesPerSecond),
            isKeyFrame: isKeyFrame)
    }

    /// Where the next start code begins; the end when there is none.
    private func startCode(from begin: Int) -> Int {
        var at = begin
        while at + 3 < bytes.count {
            if bytes[at] == 0, bytes[at + 1] == 0, bytes[at + 2] == 1 {
                return at > begin && bytes[at - 1] == 0 ? at - 1 : at
            }
            at += 1
        }
        return bytes.count
    }
}

/// The packets of an Ogg file (RFC 3533), which may go over several pages.
private struct OggPackets {
    let bytes: [UInt8]
    var position = 0
    /// The lengths of the segments that are left of the present page.
    var segments: ArraySlice<UInt8> = []

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func next() throws -> [UInt8]? {
        var packet: [UInt8] = []
        while true {
            while segments.isEmpty {
                if try nextPage() { continue }
                if packet.isEmpty { return nil }
                throw BrokenFile(reason: "it is broken")
            }
            let length = Int(segments.removeFirst())
            packet += bytes[position..<position + length]
            position += length
            if length < 255 { return packet }
        }
    }

    /// `false` at the end.
    private mutating func nextPage() throws -> Bool {
        guard position < bytes.count else { return false }
        let head = position + 27
        guard head <= bytes.count, bytes[position...].starts(with: Array("OggS".utf8)),
            case let body = head + Int(bytes[head - 1]), body <= bytes.count
        else { throw BrokenFile(reason: "it is broken") }
        segments = bytes[head..<body]
        position = body
        guard segments.reduce(body, { $0 + Int($1) }) <= bytes.count else {
            throw BrokenFile(reason: "it is broken")
        }
        return true
    }
}

private func readFile(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw BrokenFile(reason: String(cString: strerror(errno))) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
        return Array(try file.readToEnd() ?? Data())
    } catch {
        throw BrokenFile(reason: "it cannot be read")
    }
}

private func littleEndian(_ bytes: ArraySlice<UInt8>) -> Int {
    Int(truncatingIfNeeded: bytes.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
}

// Sound in WAV files: samples of 16 bits, as most recorders write and all players read them. A WAV
// file is little-endian, like every machine that this is for.
import Foundation
import Vsdk

package final class WavReader {
    /// What is in it.
    package let format: AudioFormat

    private let file: FileHandle
    /// The bytes of sound that are left to read.
    private var left: Int

    package init(path: String) throws {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw BrokenFile(reason: "it cannot be opened") }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        (format, left) = try Self.findSound(in: file)
    }

    private static func findSound(in file: FileHandle) throws -> (AudioFormat, Int) {
        // Reading a folder fails.
        guard let riff = try? file.bytes(12), riff.text(0) == "RIFF", riff.text(8) == "WAVE" else {
            throw BrokenFile(reason: "it is no WAV file")
        }
        var format = [UInt8](repeating: 0, count: 16)
        while let chunk = try file.bytes(8) {
            var length = chunk.number(at: 4, 4)
            if chunk.text(0) == "data" {
                let (coding, channels) = (format.number(at: 0, 2), format.number(at: 2, 2))
                guard coding == 1, format.number(at: 14, 2) == 16, (1...2).contains(channels) else {
                    throw BrokenFile(reason: "it is not PCM of 16 bits with one channel or two")
                }
                let sampleRate = format.number(at: 4, 4)
                return (AudioFormat(sampleRate: sampleRate, channels: channels), length / 2 * 2)
            }
            if chunk.text(0) == "fmt " && length >= format.count {
                guard let bytes = try file.bytes(format.count) else { break }
                format = bytes
                length -= format.count
            }
            // Chunks have an even length.
            try file.seek(toOffset: file.offset() + UInt64(length + length % 2))
        }
        throw BrokenFile(reason: "there is no sound in it")
    }

    /// The samples that come next; fewer than asked for at the end.
    package func read(_ count: Int) throws -> [Int16] {
        let bytes = try file.read(upToCount: min(count * 2, left)) ?? Data()
        left -= bytes.count
        return [Int16](unsafeUninitializedCapacity: bytes.count / 2) { samples, count in
            count = bytes.count / 2
            bytes.copyBytes(to: samples, count: count * 2)
        }
    }
}

package final class WavWriter {
    private let file: FileHandle
    private let format: AudioFormat
    private var bytes = 0

    package init(path: String, format: AudioFormat) throws {
        self.format = format
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try writeHeader()
    }

    package func write(_ samples: [Int16]) throws {
        bytes += samples.count * 2
        try samples.withUnsafeBytes { samples in try file.write(contentsOf: samples) }
    }

    /// Ends the file: its header says how long it is.
    package func close() throws {
        try file.seek(toOffset: 0)
        try writeHeader()
        try file.close()
    }

    private func writeHeader() throws {
        let frameBytes = format.channels * 2
        var header = Data("RIFF".utf8) + littleEndian(36 + bytes, 4)
        // 16 bytes about PCM follow.
        header += Data("WAVEfmt ".utf8) + littleEndian(16, 4) + littleEndian(1, 2)
        header += littleEndian(format.channels, 2) + littleEndian(format.sampleRate, 4)
        header += littleEndian(format.sampleRate * frameBytes, 4)
        header += littleEndian(frameBytes, 2) + littleEndian(16, 2)
        header += Data("data".utf8) + littleEndian(bytes, 4)
        try file.write(contentsOf: header)
    }
}

extension FileHandle {
    /// So many bytes; `nil` when the file ends before.
    fileprivate func bytes(_ count: Int) throws -> [UInt8]? {
        let data = try read(upToCount: count)
        return data?.count == count ? data.map(Array.init) : nil
    }
}

extension [UInt8] {
    fileprivate func text(_ begin: Int) -> String {
        String(decoding: self[begin..<begin + 4], as: UTF8.self)
    }

    /// A number of so many bytes.
    fileprivate func number(at begin: Int, _ size: Int) -> Int {
        self[begin..<begin + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}

private func littleEndian(_ value: Int, _ size: Int) -> Data {
    Data((0..<size).map { index in UInt8(truncatingIfNeeded: value >> (8 * index)) })
}

import Foundation

/// What is in a PNG of red, green and blue, eight bits each, that is not interlaced.
struct DecodedPng {
    let width: Int
    let height: Int
    private let pixels: [UInt8]

    init(_ image: Data) throws {
        let bytes = [UInt8](image)
        guard bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) else {
            throw Unexpected("it is no PNG")
        }
        func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
        (width, height) = (number(16), number(20))
        guard bytes[24..<29] == [8, 2, 0, 0, 0] else { throw Unexpected("it is another PNG") }
        var (compressed, place) = ([UInt8](), 8)
        while place + 12 <= bytes.count {
            let length = number(place)
            if bytes[place + 4..<place + 8].elementsEqual("IDAT".utf8) {
                compressed += bytes[place + 8..<place + 8 + length]
            }
            place += 12 + length
        }
        let rows = try inflated(compressed, count: height * (1 + 3 * width))
        pixels = unfiltered(rows, stride: 3 * width)
    }

    /// The colours in the middles of the bars, from left to right or from top to bottom.
    func seen(fromTop: Bool = false) -> [Colour] {
        bars.indices.map { bar in
            let part = Double(2 * bar + 1) / Double(2 * bars.count)
            let column = Int((fromTop ? 0.5 : part) * Double(width))
            let row = Int((fromTop ? part : 0.5) * Double(height))
            return pixels[3 * (row * width + column)..<3 * (row * width + column) + 3].map(Int.init)
        }
    }

    func hasBars(fromTop: Bool = false) -> Bool {
        zip(seen(fromTop: fromTop).joined(), bars.joined()).allSatisfy { abs($0 - $1) <= tolerance }
    }
}

/// What zlib makes of it; every Linux and every system of Apple's has it, and no module of it.
private func inflated(_ compressed: [UInt8], count: Int) throws -> [UInt8] {
    typealias Uncompress = @convention(c) (
        UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt>, UnsafePointer<UInt8>, UInt
    ) -> Int32
    let names = ["libz.so.1", "libz.dylib"]
    guard let zlib = names.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first,
        let symbol = dlsym(zlib, "uncompress")
    else { throw Unexpected("zlib is missing: install zlib1g") }
    let uncompress = unsafeBitCast(symbol, to: Uncompress.self)
    var (bytes, length) = ([UInt8](repeating: 0, count: count), UInt(count))
    guard uncompress(&bytes, &length, compressed, UInt(compressed.count)) == 0, length == count else {
        throw Unexpected("its data is damaged")
    }
    return bytes
}

/// Undoes what makes rows smaller (PNG, section 9).
private func unfiltered(_ rows: [UInt8], stride: Int) -> [UInt8] {
    var (pixels, above) = ([UInt8](), [UInt8](repeating: 0, count: stride))
    for start in Swift.stride(from: 0, to: rows.count, by: stride + 1) {
        var row = Array(rows[start + 1...start + stride])
        for index in row.indices {
            let left = index < 3 ? 0 : Int(row[index - 3])
            let up = Int(above[index])
            let corner = index < 3 ? 0 : Int(above[index - 3])
            let guess =
                switch rows[start] {
                case 1: left
                case 2: up
                case 3: (left + up) / 2
                case 4: nearest(left, up, corner)
                default: 0
                }
            row[index] = UInt8(truncatingIfNeeded: Int(row[index]) + guess)
        }
        pixels += row
        above = row
    }
    return pixels
}

private func nearest(_ left: Int, _ up: Int, _ corner: Int) -> Int {
    let estimate = left + up - corner
    let (toLeft, toUp, toCorner) = (abs(estimate - left), abs(estimate - up), abs(estimate - corner))
    if toLeft <= toUp && toLeft <= toCorner { return left }
    return toUp <= toCorner ? up : corner
}

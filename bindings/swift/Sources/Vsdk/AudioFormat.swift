/// How raw sound is laid out. A frame is one sample of each channel, the left one first.
public struct AudioFormat: Hashable, Sendable {
    /// In hertz: 8,000 to 192,000. 48,000 needs no conversion.
    public var sampleRate: Int

    /// 1 or 2.
    public var channels: Int

    /// A format.
    ///
    /// - Parameters:
    ///   - sampleRate: In hertz.
    ///   - channels: 1 or 2.
    public init(sampleRate: Int = 48_000, channels: Int = 1) {
        self.sampleRate = sampleRate
        self.channels = channels
    }

    init(_ sampleRate: Int32, _ channels: Int32) {
        self.init(sampleRate: Int(sampleRate), channels: Int(channels))
    }
}

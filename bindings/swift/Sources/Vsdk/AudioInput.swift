internal import CVsdk

/// Raw sound for a track that this participant sends; see ``LocalTrack/audioInput(_:)``.
///
/// What is pushed is converted, encoded as the track's audio profile says, and sent. Pushing neither
/// waits nor asks for memory unless it throws, so the thread of a sound device may do it. One thread
/// for each input is usual. One that is closed, or no longer referenced, leaves the track as it is,
/// and lets it take encoded frames or another input.
///
/// `@unchecked Sendable` for the same reason as ``Meeting``.
public final class AudioInput: @unchecked Sendable {
    /// What it takes.
    public let format: AudioFormat

    private let handle: OpaquePointer

    init(owning handle: OpaquePointer) {
        self.handle = handle
        format = AudioFormat(
            vsdk_audio_input_sample_rate(handle), vsdk_audio_input_channels(handle))
    }

    deinit {
        vsdk_audio_input_free(handle)
    }

    /// Frees it. Whatever is called on it afterwards throws `invalidHandle`. Again is no mistake.
    public func close() {
        withHandle { handle in vsdk_audio_input_free(handle) }
    }

    /// Sends samples of 16 bits. What is not taken is no failure: the answer says why.
    ///
    /// ``Pushed/full``: encoding does not keep up, or another thread is pushing right now.
    /// ``Pushed/notSending``: go on pushing.
    ///
    /// - Parameters:
    ///   - samples: Any number of frames up to a second; copied.
    ///   - captureTimeUs: When the first of them was recorded: microseconds from 0 on, on the clock
    ///     of this participant's other tracks. `nil` for just now.
    /// - Throws: ``VsdkError`` (`invalidArgument` for half a frame, more than a second, and a time
    ///   before 0; `invalidHandle` once closed).
    @discardableResult
    public func push(
        _ samples: UnsafeBufferPointer<Int16>, captureTimeUs: Int64? = nil
    ) throws -> Pushed {
        try push(samples, captureTimeUs, vsdk_audio_input_push_s16)
    }

    /// Sends samples of -1 to 1 likewise. What is beyond is cut off; what is no number is silence.
    ///
    /// - Parameters:
    ///   - samples: Any number of frames up to a second; copied.
    ///   - captureTimeUs: When the first of them was recorded.
    /// - Throws: ``VsdkError``, as for samples of 16 bits.
    @discardableResult
    public func push(
        _ samples: UnsafeBufferPointer<Float>, captureTimeUs: Int64? = nil
    ) throws -> Pushed {
        try push(samples, captureTimeUs, vsdk_audio_input_push_f32)
    }

    /// Sends samples of 16 bits in an array.
    ///
    /// - Parameters:
    ///   - samples: Any number of frames up to a second.
    ///   - captureTimeUs: When the first of them was recorded.
    /// - Throws: ``VsdkError``, as for samples elsewhere.
    @discardableResult
    public func push(_ samples: [Int16], captureTimeUs: Int64? = nil) throws -> Pushed {
        try samples.withUnsafeBufferPointer { try push($0, captureTimeUs: captureTimeUs) }
    }

    /// Sends samples of -1 to 1 in an array.
    ///
    /// - Parameters:
    ///   - samples: Any number of frames up to a second.
    ///   - captureTimeUs: When the first of them was recorded.
    /// - Throws: ``VsdkError``, as for samples elsewhere.
    @discardableResult
    public func push(_ samples: [Float], captureTimeUs: Int64? = nil) throws -> Pushed {
        try samples.withUnsafeBufferPointer { try push($0, captureTimeUs: captureTimeUs) }
    }

    private func push<Sample>(
        _ samples: UnsafeBufferPointer<Sample>, _ captureTimeUs: Int64?,
        _ function: (OpaquePointer?, UnsafePointer<Sample>?, Int, Int64, Place?) -> VsdkStatus
    ) throws -> Pushed {
        let time = try captureTime(captureTimeUs, operation: "audio_input_push")
        return try withHandle { handle in
            try Pushed(
                rawValue: answer { error in
                    function(handle, samples.baseAddress, samples.count, time, error)
                })
        }
    }

    /// How loud what is pushed is, sent or not, in decibels below full scale: 0 to -127. It follows
    /// within a twentieth of a second. -127 once closed.
    public var level: Int {
        let level = withHandle { handle in vsdk_audio_input_level(handle) }
        return level == VSDK_AUDIO_LEVEL_UNKNOWN ? -127 : Int(level)
    }

    /// The handle for the duration of a call, in which the input stays alive.
    private func withHandle<Value>(_ body: (OpaquePointer) throws -> Value) rethrows -> Value {
        try withExtendedLifetime(self) { try body(handle) }
    }
}

internal import CVsdk

/// The sound of a track of somebody else, or of all of them together; see
/// ``RemoteTrack/audioOutput(_:)`` and ``Meeting/audioMixer(_:)``.
///
/// Sound is held back just long enough for most of it to come in time. A buffer is always filled:
/// what is late or lost is made up, where nothing comes there is silence. Pulling neither waits for
/// the network nor asks for memory unless it throws, so the thread of a sound device may do it. Of
/// one output one thread at a time pulls. One that is closed, or no longer referenced, lets the
/// frames of its tracks be read again.
///
/// `@unchecked Sendable` for the same reason as ``Meeting``.
public final class AudioOutput: @unchecked Sendable {
    /// What it gives.
    public let format: AudioFormat

    private let handle: OpaquePointer

    init(owning handle: OpaquePointer) {
        self.handle = handle
        format = AudioFormat(
            vsdk_audio_output_sample_rate(handle), vsdk_audio_output_channels(handle))
    }

    deinit {
        vsdk_audio_output_free(handle)
    }

    /// Frees it. Whatever is called on it afterwards throws `invalidHandle`. Again is no mistake.
    public func close() {
        withHandle { handle in vsdk_audio_output_free(handle) }
    }

    /// Fills all of a buffer with what is to be heard next; call it at the pace at which that is
    /// played.
    ///
    /// - Parameter samples: Where samples of 16 bits go: any number of frames up to a second. After a
    ///   failure there is silence in it.
    /// - Returns: What it was filled with.
    /// - Throws: ``VsdkError`` (`invalidArgument` for half a frame and more than a second,
    ///   `invalidHandle` once closed).
    @discardableResult
    public func pull(into samples: UnsafeMutableBufferPointer<Int16>) throws -> PulledAudio {
        try pull(into: samples, vsdk_audio_output_pull_s16)
    }

    /// Fills all of a buffer with samples of -1 to 1 likewise.
    ///
    /// - Parameter samples: Where they go: any number of frames up to a second. After a failure there
    ///   is silence in it.
    /// - Returns: What it was filled with.
    /// - Throws: ``VsdkError``, as for samples of 16 bits.
    @discardableResult
    public func pull(into samples: UnsafeMutableBufferPointer<Float>) throws -> PulledAudio {
        try pull(into: samples, vsdk_audio_output_pull_f32)
    }

    /// Fills all of an array with samples of 16 bits.
    ///
    /// - Parameter samples: Where they go: any number of frames up to a second. After a failure there
    ///   is silence in it.
    /// - Returns: What it was filled with.
    /// - Throws: ``VsdkError``, as for samples elsewhere.
    @discardableResult
    public func pull(into samples: inout [Int16]) throws -> PulledAudio {
        try samples.withUnsafeMutableBufferPointer { try pull(into: $0) }
    }

    /// Fills all of an array with samples of -1 to 1.
    ///
    /// - Parameter samples: Where they go: any number of frames up to a second. After a failure there
    ///   is silence in it.
    /// - Returns: What it was filled with.
    /// - Throws: ``VsdkError``, as for samples elsewhere.
    @discardableResult
    public func pull(into samples: inout [Float]) throws -> PulledAudio {
        try samples.withUnsafeMutableBufferPointer { try pull(into: $0) }
    }

    private func pull<Sample: ExpressibleByIntegerLiteral>(
        into samples: UnsafeMutableBufferPointer<Sample>,
        _ function: (
            OpaquePointer?, UnsafeMutablePointer<Sample>?, Int,
            UnsafeMutablePointer<VsdkPulledAudio>?, Place?
        ) -> VsdkStatus
    ) throws -> PulledAudio {
        var info = VsdkPulledAudio()
        info.struct_size = MemoryLayout<VsdkPulledAudio>.size
        do {
            try withHandle { handle in
                try call { error in
                    function(handle, samples.baseAddress, samples.count, &info, error)
                }
            }
        } catch {
            // The library does not touch what is longer than any sound.
            samples.update(repeating: 0)
            throw error
        }
        return PulledAudio(reading: info)
    }

    /// The handle for the duration of a call, in which the output stays alive.
    private func withHandle<Value>(_ body: (OpaquePointer) throws -> Value) rethrows -> Value {
        try withExtendedLifetime(self) { try body(handle) }
    }
}

/// What a buffer was filled with; the numbers of frames add up to those of the buffer.
public struct PulledAudio: Hashable, Sendable {
    /// How many frames are as they were sent.
    public let decodedFrames: Int

    /// How many were made up, because they got lost on the way or are late.
    public let concealedFrames: Int

    /// How many are silence: nothing came, or a pause of speech.
    public let silentFrames: Int

    /// How loud the buffer is, in decibels below full scale: 0 to -127.
    public let audioLevel: Int

    init(reading pulled: VsdkPulledAudio) {
        decodedFrames = Int(pulled.decoded_frames)
        concealedFrames = Int(pulled.concealed_frames)
        silentFrames = Int(pulled.silent_frames)
        audioLevel = Int(pulled.audio_level)
    }
}

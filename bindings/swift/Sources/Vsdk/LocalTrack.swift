internal import CVsdk
import Foundation

/// A track that this participant sends; see ``Meeting/addTrack(_:)``.
///
/// It may be there before the meeting is joined, and stays through lost connections: whenever there
/// is a way, what is pushed is sent. One that is closed, or no longer referenced, is taken out of the
/// meeting: the others see that it is gone. Any thread may use it; one for each track is usual.
///
/// `@unchecked Sendable` for the same reason as ``Meeting``.
public final class LocalTrack: @unchecked Sendable {
    /// What events call it.
    public let id: String

    /// What it is.
    public let kind: TrackKind

    /// How its frames have to be encoded.
    public let codec: Codec

    /// The sizes in which its pictures have to be encoded, the smallest first; one for sound.
    public let layers: [TrackLayer]

    private let handle: OpaquePointer

    init(owning handle: OpaquePointer) {
        self.handle = handle
        id = text(vsdk_local_track_id(handle))
        kind = TrackKind(rawValue: vsdk_local_track_kind(handle))
        codec = Codec(rawValue: vsdk_local_track_codec(handle))
        layers = (0..<vsdk_local_track_layer_count(handle)).map { layer in
            TrackLayer(reading: handle, layer)
        }
    }

    deinit {
        vsdk_local_track_free(handle)
    }

    /// Takes it out of the meeting and frees it. Whatever is called on it afterwards throws
    /// `invalidHandle`. Again is no mistake. Does not wait.
    public func close() {
        withHandle { handle in vsdk_local_track_free(handle) }
    }

    /// Sends a frame: one packet of an audio encoder, or one encoded picture. Never waits for the
    /// network. A frame that is not taken is no failure: the answer says why.
    ///
    /// - Parameters:
    ///   - data: What the encoder made, at most 1,120 bytes of sound and 4 MiB of pictures; copied. Of
    ///     H.264 an access unit with start codes (Annex B).
    ///   - timestampUs: When it was recorded: microseconds from 0 on, on any clock that all tracks of
    ///     this participant share.
    ///   - isKeyFrame: Whether it can be decoded without those before it. Of no meaning for sound.
    ///   - layer: Which of ``layers`` it is.
    ///   - audioLevel: How loud it is, in decibels below full scale: 0 to -127. It tells the service
    ///     who speaks. `nil` when that is not known.
    /// - Throws: ``VsdkError`` (`invalidArgument` for what cannot be a frame of this track,
    ///   `invalidState` while it has an audio or video input, `invalidHandle` once closed).
    @discardableResult
    public func push(
        _ data: some ContiguousBytes,
        timestampUs: Int64,
        isKeyFrame: Bool = false,
        layer: Int = 0,
        audioLevel: Int? = nil
    ) throws -> Pushed {
        // 1 would be "not known" to the library, which checks the rest.
        if let audioLevel, audioLevel > 0 {
            throw VsdkError(
                status: .invalidArgument, message: "The audio level is \(audioLevel) dB.",
                remedy: "It is 0 (full scale) to -127 (silence), or nil when it is not known.",
                operation: "local_track_push")
        }
        return try data.withUnsafeBytes { data in
            var frame = VsdkEncodedFrame(
                struct_size: MemoryLayout<VsdkEncodedFrame>.size,
                data: data.bindMemory(to: UInt8.self).baseAddress, length: data.count,
                timestamp_us: timestampUs, is_key_frame: isKeyFrame.flag,
                layer: Int32(clamping: layer), codec: 0,
                audio_level: audioLevel.map(Int32.init(clamping:)) ?? VSDK_AUDIO_LEVEL_UNKNOWN)
            return try withHandle { handle in
                try Pushed(
                    rawValue: answer { error in vsdk_local_track_push(handle, &frame, error) })
            }
        }
    }

    /// An input for raw sound, which makes the track's frames from now on, until it is closed or no
    /// longer referenced. Does not wait.
    ///
    /// - Parameter format: Of what will be pushed.
    /// - Throws: ``VsdkError`` (`invalidState` when it has one already, `invalidArgument` for other
    ///   formats and for a track of pictures, `unsupported` for other codecs than Opus and when this
    ///   build of the library has none, `resourceExhausted`, `invalidHandle` once closed).
    public func audioInput(_ format: AudioFormat = AudioFormat()) throws -> AudioInput {
        var input: OpaquePointer?
        try withHandle { handle in
            try call { error in
                vsdk_local_track_audio_input(
                    handle, Int32(clamping: format.sampleRate), Int32(clamping: format.channels),
                    &input, error)
            }
        }
        return AudioInput(owning: try present(input))
    }

    /// An input for raw pictures, which makes the track's frames from now on, until it is closed or no
    /// longer referenced. They are encoded in the sizes of ``layers``, and the bit rates follow what the
    /// network carries. Does not wait.
    ///
    /// - Throws: ``VsdkError`` (`invalidState` when it has one already, `invalidArgument` for a track of
    ///   sound, `unsupported` for other codecs than VP8 and when this build of the library has none,
    ///   `resourceExhausted`, `invalidHandle` once closed).
    public func videoInput() throws -> VideoInput {
        var input: OpaquePointer?
        try withHandle { handle in
            try call { error in vsdk_local_track_video_input(handle, &input, error) }
        }
        return VideoInput(owning: try present(input))
    }

    /// What its encoder should do for a layer. Ask before each picture, or after
    /// ``EventType/keyFrameRequested`` and ``EventType/encoderTargetChanged``.
    ///
    /// - Parameter layer: Which of ``layers``.
    /// - Throws: ``VsdkError`` (`invalidArgument` when there is no such layer, `invalidHandle` once
    ///   closed).
    public func encoderTarget(layer: Int = 0) throws -> EncoderTarget {
        var target = VsdkEncoderTarget()
        target.struct_size = MemoryLayout<VsdkEncoderTarget>.size
        try withHandle { handle in
            try call { error in
                vsdk_local_track_encoder_target(handle, Int32(clamping: layer), &target, error)
            }
        }
        return EncoderTarget(reading: target)
    }

    /// Whether frames are taken now.
    public var isSending: Bool {
        withHandle { handle in vsdk_local_track_is_sending(handle) != 0 }
    }

    /// Switches it off or on again, like muting: the others see that it is off. Does not wait.
    ///
    /// - Throws: ``VsdkError`` (`invalidHandle` once closed).
    public func setEnabled(_ enabled: Bool) throws {
        try withHandle { handle in
            try call { error in vsdk_local_track_set_enabled(handle, enabled.flag, error) }
        }
    }

    /// The handle for the duration of a call, in which the track stays alive.
    func withHandle<Value>(_ body: (OpaquePointer) throws -> Value) rethrows -> Value {
        try withExtendedLifetime(self) { try body(handle) }
    }
}

/// What became of a frame or of raw sound that was pushed. Each but ``queued`` says that it was not taken.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct Pushed: RawRepresentable, Hashable, Sendable {
    /// The number of the status, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// It goes out.
    public static let queued = Pushed(rawValue: VSDK_STATUS_OK)

    /// Nobody is there to take it: the track is off, the meeting not joined, or the connection is
    /// being made anew. Go on; pictures begin with a key frame once there is a way.
    public static let notSending = Pushed(rawValue: VSDK_STATUS_NOT_SENDING)

    /// Too much waits already: the network is slower than the encoder. Pictures are refused up to the
    /// next key frame.
    public static let full = Pushed(rawValue: VSDK_STATUS_FULL)

    /// It cannot be decoded without one that was not sent. Make a key frame.
    public static let needsKeyFrame = Pushed(rawValue: VSDK_STATUS_NEEDS_KEY_FRAME)

    /// Its layer is switched off for lack of bandwidth. Save the work of encoding it until its target
    /// is active again.
    public static let layerOff = Pushed(rawValue: VSDK_STATUS_LAYER_OFF)

    /// The transform of frames has dropped it, see ``Meeting/setFrameTransform(_:)``. Of pictures make
    /// a key frame.
    public static let dropped = Pushed(rawValue: VSDK_STATUS_DROPPED)
}

extension Pushed: CustomStringConvertible {
    /// Its name here; `Pushed(9)` for a value that this version does not know.
    public var description: String {
        switch self {
        case .queued: "queued"
        case .notSending: "notSending"
        case .full: "full"
        case .needsKeyFrame: "needsKeyFrame"
        case .layerOff: "layerOff"
        case .dropped: "dropped"
        default: "Pushed(\(rawValue))"
        }
    }
}

/// One of the sizes in which the pictures of a track are sent.
public struct TrackLayer: Hashable, Sendable {
    /// What width and height of the source are divided by; 1 for the whole picture.
    public let scale: Double

    /// The bit rate at most, in kilobits per second; absent when only the network limits it.
    public let maxKbps: Int?

    /// The rate at most, in pictures per second; absent when nothing limits it.
    public let maxFps: Int?

    init(reading track: OpaquePointer, _ layer: Int32) {
        let maxKbps = vsdk_local_track_layer_max_kbps(track, layer)
        let maxFps = vsdk_local_track_layer_max_fps(track, layer)
        scale = vsdk_local_track_layer_scale(track, layer)
        self.maxKbps = maxKbps == 0 ? nil : Int(maxKbps)
        self.maxFps = maxFps == 0 ? nil : Int(maxFps)
    }
}

/// What an encoder should do for one layer of a track.
public struct EncoderTarget: Hashable, Sendable {
    /// Whether its frames are sent; not while it is switched off for lack of bandwidth.
    public let isActive: Bool

    /// In kilobits per second; absent while it is not known.
    public let kbps: Int?

    /// Whether somebody waits for a key frame.
    public let wantsKeyFrame: Bool

    init(reading target: VsdkEncoderTarget) {
        isActive = target.is_active != 0
        kbps = target.kbps == 0 ? nil : Int(target.kbps)
        wantsKeyFrame = target.wants_key_frame != 0
    }
}

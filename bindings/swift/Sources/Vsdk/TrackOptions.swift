internal import CVsdk

/// What ``Meeting/addTrack(_:)`` makes a track from.
///
/// Only the kind is required; what is `nil` has its default.
public struct TrackOptions: Hashable, Sendable {
    /// What the track is.
    public var kind: TrackKind

    /// How its frames are encoded; by default ``Codec/opus`` and ``Codec/vp8``.
    public var codec: Codec?

    /// Whether it is on from the start; by default it is.
    public var enabled: Bool?

    /// The size of its pictures, from which layers and bit rates follow; by default 1280 x 720.
    public var size: Size?

    /// What its bit rates aim at; by default ``BitrateMode/balanced``.
    public var bitrateMode: BitrateMode?

    /// Whether it is sent in several sizes at once (simulcast), so that each receiver gets what fits;
    /// by default not. ``LocalTrack/layers`` says which sizes the encoder has to make.
    public var multiStream: Bool?

    /// In how many sizes it is sent at most, 1 to 3; by default 3.
    public var maxLayers: Int?

    /// What is heard; by default ``AudioProfile/speechStandard``. Receivers are told of it.
    public var audioProfile: AudioProfile?

    /// The size and rate of a shared screen; `nil` when only the network limits it.
    public var shareProfile: ScreenShareProfile?

    /// What the others are told with the track: a JSON object of at most 16 KiB; by default nothing.
    /// The names `share`, `encodings`, `width`, `height` and `peerId` in it are the service's own.
    public var appDataJson: String?

    /// For a track of this kind; everything else can be set afterwards.
    public init(kind: TrackKind, codec: Codec? = nil, size: Size? = nil) {
        self.kind = kind
        self.codec = codec
        self.size = size
    }

    /// The size of pictures.
    public struct Size: Hashable, Sendable {
        /// In pixels, 1 to 16,384.
        public var width: Int

        /// In pixels, 1 to 16,384.
        public var height: Int

        /// So wide and so high.
        public init(width: Int, height: Int) {
            self.width = width
            self.height = height
        }
    }
}

extension TrackOptions {
    func withC<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        // The library makes no options for another one, and gives no error.
        guard [.audio, .video, .share, .shareAudio].contains(kind) else {
            throw VsdkError(
                status: .invalidArgument, message: "There is no \(kind).",
                remedy: "Use a constant of TrackKind.", operation: "meeting_add_track")
        }
        let create = { vsdk_track_options_new(kind.rawValue) }
        return try withOptions(create, free: vsdk_track_options_free) { options in
            try set(options, vsdk_track_options_set_codec, codec)
            try set(options, vsdk_track_options_set_enabled, enabled)
            if let size {
                try call { error in
                    vsdk_track_options_set_size(
                        options, Int32(clamping: size.width), Int32(clamping: size.height), error)
                }
            }
            try set(options, vsdk_track_options_set_bitrate_mode, bitrateMode)
            try set(options, vsdk_track_options_set_multi_stream, multiStream)
            if let maxLayers {
                try call { error in
                    vsdk_track_options_set_max_layers(options, Int32(clamping: maxLayers), error)
                }
            }
            try set(options, vsdk_track_options_set_audio_profile, audioProfile)
            try set(options, vsdk_track_options_set_share_profile, shareProfile)
            try set(options, vsdk_track_options_set_app_data_json, appDataJson)
            return try body(options)
        }
    }
}

internal import CVsdk

/// What ``createRoom(_:timeout:)`` creates. Everything is optional; `nil` is the service's default.
public struct RoomOptions: Hashable, Sendable {
    /// Another token; `nil` for the configured one.
    @Secret public var token: String?

    /// The base URL of another server's REST API; `nil` for the configured one.
    public var apiBaseUrl: String?

    /// An id of your own: any text that is not empty. Creating with one that exists gives the
    /// existing room.
    public var customRoomId: String?

    /// Keeps the media in a region, e.g. `us001`, `eu001`, `in002`; by default that of the API key.
    public var geoFence: String?

    /// The older name of the geo fence, for services that still read it.
    public var region: String?

    /// Where the service reports what happens in the room: an https URL of at most 512 characters.
    public var webhookUrl: String?

    /// What the webhook is told of, e.g. `participant-joined`, or `session*` for several; none means
    /// everything.
    public var webhookEvents: [String] = []

    /// When the room closes by itself.
    public var autoClose: AutoClose?

    /// What starts by itself with a session: the JSON object `autoStartConfig`, e.g.
    /// `{"recording": {"config": {...}}}`.
    public var autoStartJson: String?

    /// Whether several recordings or streams of one kind may run at once.
    public var multiComposition: MultiComposition?

    /// The participants who may join; none means everyone.
    public var allowedParticipantIds: [String] = []

    /// Options with the service's defaults.
    public init(customRoomId: String? = nil) {
        self.customRoomId = customRoomId
    }

    /// When a room closes by itself.
    public struct AutoClose: Hashable, Sendable {
        /// `session-ends` or `session-end-and-deactivate`.
        public var kind: String

        /// How long a session may last; `nil` for the service's default. The service's documents
        /// disagree whether it counts minutes or seconds: set it with care.
        public var duration: Int?

        /// When, and after how long.
        public init(kind: String, duration: Int? = nil) {
            self.kind = kind
            self.duration = duration
        }
    }

    /// Whether several of one kind may run at once.
    public struct MultiComposition: Hashable, Sendable {
        /// Several recordings.
        public var recording: Bool

        /// Several HLS streams.
        public var hls: Bool

        /// Several RTMP streams.
        public var rtmp: Bool

        /// Which ones.
        public init(recording: Bool = false, hls: Bool = false, rtmp: Bool = false) {
            self.recording = recording
            self.hls = hls
            self.rtmp = rtmp
        }
    }
}

extension RoomOptions {
    func withC<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        try withOptions(vsdk_room_options_new, free: vsdk_room_options_free) { options in
            try set(options, vsdk_room_options_set_token, token)
            try set(options, vsdk_room_options_set_api_base_url, apiBaseUrl)
            try set(options, vsdk_room_options_set_custom_room_id, customRoomId)
            try set(options, vsdk_room_options_set_geo_fence, geoFence)
            try set(options, vsdk_room_options_set_region, region)
            try set(options, vsdk_room_options_set_webhook_url, webhookUrl)
            for event in webhookEvents {
                try set(options, vsdk_room_options_add_webhook_event, event)
            }
            try autoClose?.set(on: options)
            try set(options, vsdk_room_options_set_auto_start_json, autoStartJson)
            try multiComposition?.set(on: options)
            for participantId in allowedParticipantIds {
                try set(options, vsdk_room_options_add_allowed_participant_id, participantId)
            }
            return try body(options)
        }
    }
}

extension RoomOptions.AutoClose {
    /// What vsdk.h calls VSDK_AUTO_CLOSE_DURATION_DEFAULT, in a form that Swift does not see.
    private static let defaultDuration: Int64 = -1

    fileprivate func set(on options: OpaquePointer) throws {
        if let duration, duration < 0 {
            throw VsdkError(
                status: .invalidArgument, message: "The duration \(duration) is negative.",
                remedy: "Leave it out for the service's default.",
                operation: "room_options_set_auto_close")
        }
        let duration = duration.map(Int64.init) ?? Self.defaultDuration
        try kind.withC { kind in
            try call { error in
                vsdk_room_options_set_auto_close(options, kind, duration, error)
            }
        }
    }
}

extension RoomOptions.MultiComposition {
    fileprivate func set(on options: OpaquePointer) throws {
        try call { error in
            vsdk_room_options_set_multi_composition(
                options, recording.flag, hls.flag, rtmp.flag, error)
        }
    }
}

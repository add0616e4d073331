internal import CVsdk

/// What a meeting is made from: what `initMeeting({...})` takes in the official SDKs.
///
/// Only the meeting id is required; what is `nil` has its default. Values are checked by
/// ``initMeeting(_:)``. The page docs/options.md lists every option of every platform.
public struct MeetingOptions: Hashable, Sendable {
    /// The room to meet in: a room id of the service, or a custom one; at most 1,024 bytes, not
    /// empty.
    public var meetingId: String?

    /// The token of this meeting; `nil` for the configured one.
    @Secret public var token: String?

    /// The participant's id: at most 1,024 bytes, not empty; `nil` for 8 random characters. Joining
    /// with an id removes whoever is in the room with it.
    public var participantId: String?

    /// The name that others see: at most 1,024 bytes, not empty; `nil` for 6 random characters.
    public var name: String?

    /// Whether the microphone is wanted from the start; by default not. A library has no device of
    /// its own: publishing begins once a source is attached.
    public var micEnabled: Bool?

    /// Whether the camera is wanted from the start; by default not. As ``micEnabled``.
    public var webcamEnabled: Bool?

    /// What others read about this participant: a JSON object of at most 64 KiB; by default none.
    public var metadataJson: String?

    /// What this participant does with media; by default ``Mode/sendAndRecv``.
    public var mode: Mode?

    /// How media travels; by default ``PreferredProtocol/udpOverTcp``.
    public var preferredProtocol: PreferredProtocol?

    /// The largest picture that the camera publishes; by default ``MaxResolution/hd``.
    public var maxResolution: MaxResolution?

    /// The codec of published audio; by default ``AudioCodec/opus``.
    public var audioCodec: AudioCodec?

    /// What kind of participant this is; by default ``PeerType/normal``.
    public var peerType: PeerType?

    /// Whether the camera publishes several simulcast layers; by default it does.
    public var multiStream: Bool?

    /// Whether the media of others comes without asking for it; by default it does. Else with
    /// ``Meeting/subscribeTracks(of:_:timeout:)``.
    public var autoConsume: Bool?

    /// Whether the service may ask for another video codec during the meeting; by default it may.
    public var codecSwitchEnabled: Bool?

    /// Whether the service may bundle what it tells about large rooms; by default it may.
    public var batchingEnabled: Bool?

    /// Whether the service may keep diagnostic data of this participant; by default it may.
    public var debugMode: Bool?

    /// Whether data channels are opened; by default they are.
    public var chatEnabled: Bool?

    /// The language into which the service translates for this participant, e.g. `en`; by default
    /// none.
    public var translationLanguage: String?

    /// The language that this participant speaks, e.g. `de`; by default none.
    public var speakingLanguage: String?

    /// What the service keeps about the device, added to the library's own: a JSON object of at most
    /// 64 KiB; by default none.
    public var deviceInfoJson: String?

    /// The base URL of the REST API for this meeting, e.g. `http://127.0.0.1:3000`; `nil` for the
    /// configured one.
    public var apiBaseUrl: String?

    /// The signalling service for this meeting: a host, `host:port` or URL; `nil` for that of the
    /// API.
    public var signalingBaseUrl: String?

    /// A JSON object with the names of the official SDKs: `{"meetingId": "...", "micEnabled": true,
    /// "metaData": {...}}`. A name that does not exist is an error. Properties that are set here win.
    @Secret public var json: String?

    /// For a meeting in this room; everything else can be set afterwards.
    public init(
        meetingId: String,
        token: String? = nil,
        participantId: String? = nil,
        name: String? = nil,
        micEnabled: Bool? = nil,
        webcamEnabled: Bool? = nil
    ) {
        self.meetingId = meetingId
        self.token = token
        self.participantId = participantId
        self.name = name
        self.micEnabled = micEnabled
        self.webcamEnabled = webcamEnabled
    }

    /// From the object that `initMeeting` takes in the official SDKs; see ``json``.
    public init(json: String) {
        self.json = json
    }
}

extension MeetingOptions {
    func withC<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        try withOptions(vsdk_meeting_options_new, free: vsdk_meeting_options_free) { options in
            try set(options, vsdk_meeting_options_set_json, json)
            try set(options, vsdk_meeting_options_set_meeting_id, meetingId)
            try set(options, vsdk_meeting_options_set_token, token)
            try set(options, vsdk_meeting_options_set_participant_id, participantId)
            try set(options, vsdk_meeting_options_set_name, name)
            try set(options, vsdk_meeting_options_set_mic_enabled, micEnabled)
            try set(options, vsdk_meeting_options_set_webcam_enabled, webcamEnabled)
            try set(options, vsdk_meeting_options_set_metadata_json, metadataJson)
            try set(options, vsdk_meeting_options_set_mode, mode)
            try set(options, vsdk_meeting_options_set_preferred_protocol, preferredProtocol)
            try set(options, vsdk_meeting_options_set_max_resolution, maxResolution)
            try set(options, vsdk_meeting_options_set_audio_codec, audioCodec)
            try set(options, vsdk_meeting_options_set_peer_type, peerType)
            try set(options, vsdk_meeting_options_set_multi_stream, multiStream)
            try set(options, vsdk_meeting_options_set_auto_consume, autoConsume)
            try set(options, vsdk_meeting_options_set_codec_switch_enabled, codecSwitchEnabled)
            try set(options, vsdk_meeting_options_set_batching_enabled, batchingEnabled)
            try set(options, vsdk_meeting_options_set_debug_mode, debugMode)
            try set(options, vsdk_meeting_options_set_chat_enabled, chatEnabled)
            try set(options, vsdk_meeting_options_set_translation_language, translationLanguage)
            try set(options, vsdk_meeting_options_set_speaking_language, speakingLanguage)
            try set(options, vsdk_meeting_options_set_device_info_json, deviceInfoJson)
            try set(options, vsdk_meeting_options_set_api_base_url, apiBaseUrl)
            try set(options, vsdk_meeting_options_set_signaling_base_url, signalingBaseUrl)
            return try body(options)
        }
    }
}

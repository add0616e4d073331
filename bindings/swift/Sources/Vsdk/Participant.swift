internal import CVsdk
import Foundation

/// Somebody in the room, as a ``MeetingSnapshot`` has them. The next snapshot has what changed.
public struct Participant: Hashable, Identifiable, Sendable {
    /// The participant's id.
    public let id: String

    /// The name that others see.
    public let name: String

    /// Whether it is the participant of this meeting object itself.
    public let isLocal: Bool

    /// What it does with media; absent when the service named a mode that is not known.
    public let mode: Mode?

    /// What kind of participant it is.
    public let peerType: PeerType

    /// What it tells about itself: a JSON object; absent when there is none.
    public let metadataJson: String?

    /// Whether its microphone is on.
    public let isMicOn: Bool

    /// Whether its camera is on.
    public let isWebcamOn: Bool

    /// Whether it shares a screen.
    public let isScreenShareOn: Bool

    /// Whether it shares the sound of what it shares.
    public let isScreenShareAudioOn: Bool

    /// Whether its camera is pinned for everybody.
    public let isCameraPinned: Bool

    /// Whether its shared screen is pinned for everybody.
    public let isScreenSharePinned: Bool

    /// What an agent is doing: `idle`, `listening`, `thinking` or `speaking`; absent when it told
    /// nothing.
    public let agentState: String?

    /// When this meeting first saw it, to the millisecond; for the local participant when it joined,
    /// absent before that.
    public let joinedAt: Date?

    /// All of it, also what has no property of its own: a JSON object.
    public let json: String

    init(reading participant: OpaquePointer) {
        let mode = vsdk_participant_mode(participant)
        let joinedAt = vsdk_participant_joined_at_ms(participant)
        id = text(vsdk_participant_id(participant))
        name = text(vsdk_participant_name(participant))
        isLocal = vsdk_participant_is_local(participant) != 0
        self.mode = mode == 0 ? nil : Mode(rawValue: mode)
        peerType = PeerType(rawValue: vsdk_participant_peer_type(participant))
        metadataJson = optionalText(vsdk_participant_metadata_json(participant))
        isMicOn = vsdk_participant_is_mic_on(participant) != 0
        isWebcamOn = vsdk_participant_is_webcam_on(participant) != 0
        isScreenShareOn = vsdk_participant_is_screen_share_on(participant) != 0
        isScreenShareAudioOn = vsdk_participant_is_screen_share_audio_on(participant) != 0
        isCameraPinned = vsdk_participant_is_camera_pinned(participant) != 0
        isScreenSharePinned = vsdk_participant_is_screen_share_pinned(participant) != 0
        agentState = optionalText(vsdk_participant_agent_state(participant))
        self.joinedAt = joinedAt == 0 ? nil : date(milliseconds: joinedAt)
        json = text(vsdk_participant_json(participant))
    }
}

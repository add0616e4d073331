internal import CVsdk
import Foundation

/// All of a meeting at one moment. Take another one to see what has changed.
public struct MeetingSnapshot: Hashable, Sendable {
    /// Where the meeting stands.
    public let state: MeetingState

    /// The room's id, as it was given.
    public let meetingId: String

    /// The local participant's id.
    public let participantId: String

    /// The local participant's name.
    public let name: String

    /// Whether the microphone is wanted.
    public let micEnabled: Bool

    /// Whether the camera is wanted.
    public let webcamEnabled: Bool

    /// What the local participant does with media.
    public let mode: Mode

    /// What others read about the local participant: a JSON object; absent when there is none.
    public let metadataJson: String?

    /// Everybody in the room: the local participant first, then the others in the order in which they
    /// were seen. While the meeting is not joined, only the local one.
    public let participants: [Participant]

    /// Up to which event it is, by its ``Event/sequence``: what later ones tell has happened since; 0
    /// before the first.
    public let eventSequence: Int

    /// The id of the participant who speaks; absent when nobody does.
    public let activeSpeakerId: String?

    /// The session that the service counts this meeting to; absent before it was told.
    public let sessionId: String?

    /// How far the services are of which something was told.
    private let serviceStates: [ServiceKind: ServiceState]

    /// When the token's life is over; absent when it has no end.
    public let tokenExpiresAt: Date?

    /// All of it, also what has no property of its own: a JSON object.
    public let json: String

    init(reading snapshot: OpaquePointer) throws {
        state = MeetingState(rawValue: vsdk_meeting_snapshot_state(snapshot))
        meetingId = text(vsdk_meeting_snapshot_meeting_id(snapshot))
        participantId = text(vsdk_meeting_snapshot_participant_id(snapshot))
        name = text(vsdk_meeting_snapshot_name(snapshot))
        micEnabled = vsdk_meeting_snapshot_mic_enabled(snapshot) != 0
        webcamEnabled = vsdk_meeting_snapshot_webcam_enabled(snapshot) != 0
        mode = Mode(rawValue: vsdk_meeting_snapshot_mode(snapshot))
        metadataJson = optionalText(vsdk_meeting_snapshot_metadata_json(snapshot))
        participants = try (0..<vsdk_meeting_snapshot_participant_count(snapshot)).map { index in
            try read(Participant.init(reading:), free: vsdk_participant_free) { participant, error in
                vsdk_meeting_snapshot_participant(snapshot, index, participant, error)
            }
        }
        eventSequence = Int(vsdk_meeting_snapshot_event_sequence(snapshot))
        activeSpeakerId = optionalText(vsdk_meeting_snapshot_active_speaker_id(snapshot))
        sessionId = optionalText(vsdk_meeting_snapshot_session_id(snapshot))
        var states: [ServiceKind: ServiceState] = [:]
        for kind in ServiceKind.known {
            let state = vsdk_meeting_snapshot_service_state(snapshot, kind.rawValue)
            if state != 0 { states[kind] = ServiceState(rawValue: state) }
        }
        serviceStates = states
        tokenExpiresAt = optionalDate(seconds: vsdk_meeting_snapshot_token_expires_at_s(snapshot))
        json = text(vsdk_meeting_snapshot_json(snapshot))
    }

    /// How far a service is; `nil` when nothing was told of it, or there is no such service.
    public func serviceState(_ kind: ServiceKind) -> ServiceState? {
        serviceStates[kind]
    }
}

extension ServiceKind {
    /// All that this version knows.
    static let known: [ServiceKind] = [
        .recording, .livestream, .hls, .transcription, .translation, .whiteboard,
    ]
}

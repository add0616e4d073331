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

    /// When the token's life is over; absent when it has no end.
    public let tokenExpiresAt: Date?

    /// All of it, also what has no property of its own: a JSON object.
    public let json: String

    init(reading snapshot: OpaquePointer) {
        state = MeetingState(rawValue: vsdk_meeting_snapshot_state(snapshot))
        meetingId = text(vsdk_meeting_snapshot_meeting_id(snapshot))
        participantId = text(vsdk_meeting_snapshot_participant_id(snapshot))
        name = text(vsdk_meeting_snapshot_name(snapshot))
        micEnabled = vsdk_meeting_snapshot_mic_enabled(snapshot) != 0
        webcamEnabled = vsdk_meeting_snapshot_webcam_enabled(snapshot) != 0
        mode = Mode(rawValue: vsdk_meeting_snapshot_mode(snapshot))
        metadataJson = optionalText(vsdk_meeting_snapshot_metadata_json(snapshot))
        tokenExpiresAt = optionalDate(seconds: vsdk_meeting_snapshot_token_expires_at_s(snapshot))
        json = text(vsdk_meeting_snapshot_json(snapshot))
    }
}

internal import CVsdk
import Foundation

/// One event of a meeting.
public struct Event: Hashable, Sendable {
    /// What kind of event it is; be ready for kinds that are not known yet.
    public let type: EventType

    /// The stable name of its type in all languages, e.g. `STATE_CHANGED`.
    public let typeName: String

    /// Its number in the order of this meeting's events, from 1. A gap means lost events.
    public let sequence: Int

    /// When it happened, to the millisecond.
    public let time: Date

    /// Whom it is about or from; absent when it is about nobody.
    public let participantId: String?

    /// What that participant was called at that moment; absent when it is about nobody, or nothing
    /// told the name.
    public let participantName: String?

    /// Which track it is about; absent when it is about none.
    public let trackId: String?

    /// A number whose meaning depends on the type, see ``EventType``; 0 when there is none.
    public let code: Int

    /// A text whose meaning depends on the type, see ``EventType``; absent when there is none.
    public let text: String?

    /// The failure behind it; ``Status/ok`` when there is none.
    public let status: Status

    /// Bytes whose meaning depends on the type; mostly none.
    public let payload: Data

    /// All of it, also what has no property of its own: a JSON object.
    public let json: String

    /// The new state, when it is a ``EventType/stateChanged``; else absent.
    public var state: MeetingState? {
        type == .stateChanged ? MeetingState(rawValue: Int32(code)) : nil
    }

    init(reading event: OpaquePointer) throws {
        payload = try bytes { bytes, length, error in
            vsdk_event_payload(event, bytes, length, error)
        }
        type = EventType(rawValue: vsdk_event_type(event))
        typeName = Vsdk.text(vsdk_event_type_name(event))
        sequence = Int(vsdk_event_sequence(event))
        time = date(milliseconds: vsdk_event_time_ms(event))
        participantId = optionalText(vsdk_event_participant_id(event))
        participantName = optionalText(vsdk_event_participant_name(event))
        trackId = optionalText(vsdk_event_track_id(event))
        code = Int(vsdk_event_code(event))
        text = optionalText(vsdk_event_text(event))
        status = Status(rawValue: vsdk_event_status(event))
        json = Vsdk.text(vsdk_event_json(event))
    }
}

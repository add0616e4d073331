// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import kotlin.time.Instant

/** All of a meeting at one moment. Immutable: take another one to see what has changed. */
public class MeetingSnapshot internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_meeting_snapshot_free, lendsTexts = true) {

    /** Where the meeting stands. */
    public val state: MeetingState
        get() = lend { MeetingState.of(vsdk_meeting_snapshot_state(it)) }

    /** The room's id, as it was given. */
    public val meetingId: String get() = text { vsdk_meeting_snapshot_meeting_id(it) }.orEmpty()

    /** The local participant's id. */
    public val participantId: String
        get() = text { vsdk_meeting_snapshot_participant_id(it) }.orEmpty()

    /** The local participant's name. */
    public val name: String get() = text { vsdk_meeting_snapshot_name(it) }.orEmpty()

    /** Whether the microphone is wanted. */
    public val micEnabled: Boolean get() = lend { vsdk_meeting_snapshot_mic_enabled(it) != 0 }

    /** Whether the camera is wanted. */
    public val webcamEnabled: Boolean
        get() = lend { vsdk_meeting_snapshot_webcam_enabled(it) != 0 }

    /** What the local participant does with media. */
    public val mode: Mode get() = lend { Mode.of(vsdk_meeting_snapshot_mode(it)) }

    /** What others read about the local participant: a JSON object; null when there is none. */
    public val metadataJson: String? get() = text { vsdk_meeting_snapshot_metadata_json(it) }

    /**
     * Everybody in the room, copied: the local participant first, then in the order in which they
     * were seen. Only the local one while the meeting is not joined.
     */
    public val participants: List<Participant>
        get() = lend { snapshot ->
            List(vsdk_meeting_snapshot_participant_count(snapshot).toInt()) { index ->
                participant(snapshot, index.toLong())
            }
        }

    /**
     * Up to which event it is, 0 before the first: what events with greater numbers tell has
     * happened since.
     */
    public val eventSequence: Long get() = lend { vsdk_meeting_snapshot_event_sequence(it) }

    /** Who speaks, by id; null when nobody does. */
    public val activeSpeakerId: String?
        get() = text { vsdk_meeting_snapshot_active_speaker_id(it) }

    /** The session that the service counts this meeting to; null before it was told. */
    public val sessionId: String? get() = text { vsdk_meeting_snapshot_session_id(it) }

    /** How far a service of the meeting is; null when nothing was told of it. */
    public fun serviceState(kind: ServiceKind): ServiceState? = lend { snapshot ->
        vsdk_meeting_snapshot_service_state(snapshot, kind.number).takeIf { it != 0 }
            ?.let(ServiceState::of)
    }

    /** When the token's life is over; null when it has no end. */
    public val tokenExpiresAt: Instant?
        get() = lend { instant(vsdk_meeting_snapshot_token_expires_at_s(it)) }

    /** All of it, also what has no property of its own: a JSON object. */
    public val json: String get() = text { vsdk_meeting_snapshot_json(it) }.orEmpty()

    private fun NativeFunctions.participant(snapshot: Pointer, index: Long): Participant {
        val participant = make { made, error ->
            vsdk_meeting_snapshot_participant(snapshot, index, made, error)
        }
        return try {
            Participant.of(participant)
        } finally {
            vsdk_participant_free(participant)
        }
    }
}

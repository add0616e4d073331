// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import com.sun.jna.ptr.LongByReference
import com.sun.jna.ptr.PointerByReference
import kotlin.time.Instant

/**
 * One event of a meeting. A plain value, which can be kept as long as one likes: nothing to close.
 *
 * Be ready for types that are not known yet: newer versions of the library have more.
 */
public class Event internal constructor(
    /** What kind of event it is. */
    public val type: EventType,
    /** The stable name of its type, e.g. "STATE_CHANGED"; also of types not known here. */
    public val typeName: String,
    /** Its number in the order of this meeting's events, from 1. A gap means lost events. */
    public val sequence: Long,
    /** When it happened. */
    public val time: Instant,
    /** Whom it is about or from; null when it is about nobody. */
    public val participantId: String?,
    /** What that participant was called at that moment; null when nothing told the name. */
    public val participantName: String?,
    /** Which track it is about; null when it is about none. */
    public val trackId: String?,
    /** A number whose meaning depends on the type; 0 when there is none. */
    public val code: Int,
    /** A text whose meaning depends on the type; null when there is none. */
    public val text: String?,
    /** The failure behind it; [Status.OK] when there is none. */
    public val status: Status,
    private val bytes: ByteArray,
    /** All of it, also what has no property of its own: a JSON object. */
    public val json: String,
) {
    /** The new state, when it is an [EventType.STATE_CHANGED]; else null. */
    public val state: MeetingState?
        get() = if (type == EventType.STATE_CHANGED) MeetingState.of(code) else null

    /** Bytes whose meaning depends on the type, copied; mostly none. */
    public val payload: ByteArray get() = bytes.copyOf()

    /** Its number, its type and its text. */
    override fun toString(): String = "$sequence $typeName ${text.orEmpty()}".trimEnd()

    internal companion object {
        /** Copies an event of the library, which stays its owner's. */
        fun of(pointer: Pointer): Event = with(native) {
            Event(
                type = EventType.of(vsdk_event_type(pointer)),
                typeName = vsdk_event_type_name(pointer)?.text() ?: UNKNOWN_NAME,
                sequence = vsdk_event_sequence(pointer),
                time = Instant.fromEpochMilliseconds(vsdk_event_time_ms(pointer)),
                participantId = vsdk_event_participant_id(pointer)?.text(),
                participantName = vsdk_event_participant_name(pointer)?.text(),
                trackId = vsdk_event_track_id(pointer)?.text(),
                code = vsdk_event_code(pointer),
                text = vsdk_event_text(pointer)?.text(),
                status = Status.of(vsdk_event_status(pointer)),
                bytes = payload(pointer),
                json = vsdk_event_json(pointer)?.text().orEmpty(),
            )
        }

        private fun payload(pointer: Pointer): ByteArray {
            val length = LongByReference()
            val payload = PointerByReference()
            call { error -> vsdk_event_payload(pointer, payload, length, error) }
            return payload.value?.getByteArray(0, length.value.toInt()) ?: ByteArray(0)
        }
    }
}

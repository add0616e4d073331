// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import com.sun.jna.ptr.LongByReference
import com.sun.jna.ptr.PointerByReference
import java.nio.ByteBuffer

/**
 * One packet of sound or one encoded picture of somebody else, for a decoder.
 *
 * A plain value, which can be kept as long as one likes: nothing to close.
 */
public class ReceivedFrame internal constructor(
    /** Who sent it. */
    public val participantId: String,
    /** Which track it belongs to. */
    public val trackId: String,
    /** What that track is. */
    public val kind: TrackKind,
    /** How it is encoded. */
    public val codec: Codec,
    /** When it was recorded: microseconds from an arbitrary moment of its track. */
    public val timestampUs: Long,
    /** Whether it can be decoded without those before it. Every frame of sound can. */
    public val isKeyFrame: Boolean,
    /**
     * Whether frames are missing just before it: lost on the way, or dropped because they were not
     * read in time. Sound that is not read in time loses its oldest frames; pictures lose all up to
     * a key frame.
     */
    public val followsGap: Boolean,
    /**
     * How loud it is, in decibels below full scale: 0 to -127; null when its sender does not tell.
     */
    public val audioLevel: Int?,
    private val bytes: ByteArray,
) {
    /** What is in it: a view of its own with each call, for reading only. */
    public val data: ByteBuffer get() = ByteBuffer.wrap(bytes).asReadOnlyBuffer()

    /** What is in it, copied. */
    public fun toByteArray(): ByteArray = bytes.copyOf()

    /** How it is encoded, its time and its length. */
    override fun toString(): String = "$codec at $timestampUs us, ${bytes.size} bytes"

    internal companion object {
        /** Copies a frame of the library, which stays its owner's. */
        fun of(pointer: Pointer): ReceivedFrame = with(native) {
            ReceivedFrame(
                participantId = vsdk_received_frame_participant_id(pointer)?.text().orEmpty(),
                trackId = vsdk_received_frame_track_id(pointer)?.text().orEmpty(),
                kind = TrackKind.of(vsdk_received_frame_kind(pointer)),
                codec = Codec.of(vsdk_received_frame_codec(pointer)),
                timestampUs = vsdk_received_frame_timestamp_us(pointer),
                isKeyFrame = vsdk_received_frame_is_key_frame(pointer) != 0,
                followsGap = vsdk_received_frame_follows_gap(pointer) != 0,
                audioLevel = vsdk_received_frame_audio_level(pointer)
                    .takeIf { it != VSDK_AUDIO_LEVEL_UNKNOWN },
                bytes = data(pointer),
            )
        }

        private fun data(pointer: Pointer): ByteArray {
            val length = LongByReference()
            val data = PointerByReference()
            call { error -> vsdk_received_frame_data(pointer, data, length, error) }
            return data.value?.getByteArray(0, length.value.toInt()) ?: ByteArray(0)
        }
    }
}

/** What [RemoteTrack.nextFrame] found. */
public class NextFrame internal constructor(
    /** The frame; null when there is none. */
    public val frame: ReceivedFrame?,
    /** Whether none will come any more: the track is no longer sent, and all its frames were read. */
    public val isClosed: Boolean,
)

/** Receives frames; see [RemoteTrack.setFrameHandler] and [Meeting.setFrameHandler]. */
public fun interface FrameHandler {
    /**
     * Runs on the library's thread for media, another one than that of the other callbacks: one for
     * the whole process, so a slow handler makes all tracks lose frames.
     */
    public fun frame(frame: ReceivedFrame)
}

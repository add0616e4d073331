// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/**
 * What the program does to encoded frames on their way, e.g. encrypting them from end to end; see
 * [Meeting.setFrameTransform].
 */
public fun interface FrameTransform {
    /**
     * Says what the frame becomes. Null and nothing drop it, and so does an exception, which is
     * handled as that of any handler; pictures go on with a key frame then.
     *
     * A frame may become 8 KiB longer, but not larger than 1,120 bytes of sound or 4 MiB of pictures.
     * Leave the beginning of frames as it is, for the service looks into it to find key frames: 10
     * bytes of a key frame of VP8, 3 of its other frames, 1 of Opus.
     *
     * Runs on the thread that pushes the frame, or on the one that reads it, which is the library's
     * thread for media when there is a frame handler. Several threads may be in it at once, for
     * different frames. What would wait for the service throws [Status.WOULD_DEADLOCK] inside,
     * whatever the thread.
     */
    public fun transform(info: FrameInfo, data: ByteArray): ByteArray?
}

/** What a [FrameTransform] is told of a frame. A plain value. */
public class FrameInfo internal constructor(
    /** Whether this participant sends it; else it is somebody else's. */
    public val isSent: Boolean,
    /** Who sends it: the same at both ends. */
    public val participantId: String,
    /** What events call the track here: not the same at both ends. */
    public val trackId: String,
    /** What the track is. */
    public val kind: TrackKind,
    /** How it is encoded. */
    public val codec: Codec,
    /** As in the frame, in microseconds: not the same at both ends. */
    public val timestampUs: Long,
    /** Whether it can be decoded without those before it, as all sound can. */
    public val isKeyFrame: Boolean,
    /** Which of the sizes of a simulcast it is, where it is sent; always 0 where it is received. */
    public val layer: Int,
)

internal class TransformCaller(private val transform: FrameTransform) : TransformReceiver() {
    override fun transform(
        info: Pointer,
        data: Pointer,
        length: Long,
        output: Pointer,
        capacity: Long,
        written: Pointer,
    ) {
        val bytes = data.getByteArray(0, length.toInt())
        val made = transform.transform(FrameInfoStructure.read(info), bytes) ?: return
        if (made.size > capacity) throw tooLong(made.size, capacity)
        output.write(0, made, 0, made.size)
        // Only now: one that throws drops the frame.
        written.setLong(0, made.size.toLong())
    }

    private fun tooLong(size: Int, capacity: Long) = VsdkException.of(
        Status.INVALID_ARGUMENT,
        "A transform made a frame of $size bytes, which was dropped: there is room for $capacity",
        "Add at most $VSDK_FRAME_GROWTH_BYTES bytes to a frame.",
    )
}

// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import com.sun.jna.ptr.LongByReference
import com.sun.jna.ptr.PointerByReference
import java.util.concurrent.atomic.AtomicInteger

/**
 * A decoded picture of somebody else.
 *
 * Its pixels stay where the library has them. Close it soon: its memory is used again for the next
 * ones. It stays as it is until then, whatever becomes of its track and its output.
 */
public class ReceivedPicture private constructor(pointer: Pointer, private val memory: Memory) :
    NativeObject(pointer, { memory.run() }, lendsTexts = false) {

    internal constructor(pointer: Pointer) : this(pointer, Memory(pointer))

    /** Who sent it. */
    public val participantId: String = text { vsdk_received_picture_participant_id(it) }.orEmpty()

    /** Which track it belongs to. */
    public val trackId: String = text { vsdk_received_picture_track_id(it) }.orEmpty()

    /** How its pixels lie in memory: as its output was asked for. */
    public val format: PictureFormat = lend { PictureFormat.of(vsdk_received_picture_format(it)) }

    /** In pixels. */
    public val width: Int = lend { vsdk_received_picture_width(it) }

    /** In pixels. */
    public val height: Int = lend { vsdk_received_picture_height(it) }

    /** When it was filmed: microseconds from an arbitrary moment of its track. */
    public val timestampUs: Long = lend { vsdk_received_picture_timestamp_us(it) }

    /**
     * Whether the picture that was read before it from the same output had another size, or there
     * was none.
     */
    public val isResized: Boolean = lend { vsdk_received_picture_is_resized(it) != 0 }

    private val lent = ArrayList<Cleaner.Cleanable>()

    private val views = lend { picture ->
        List(format.planeCount ?: 0) { plane -> view(picture, plane) }
    }

    /**
     * What is in it: of I420 Y, U and V, of RGBA one, in direct buffers for reading only. They are
     * of no use once the picture was closed: do not look at them any more, for the memory is that of
     * other pictures then.
     */
    public val planes: List<PlaneView> get() = lend { views }

    /**
     * The bytes of an image file with it. `quality` is that of a JPEG, from 1 (small) to 100 (good),
     * or 0 for a good one; of a PNG 0. Takes about 20 milliseconds for each million pixels, on the
     * calling thread. Throws [VsdkException] with [Status.INVALID_ARGUMENT] for another quality.
     */
    @JvmOverloads
    public fun encodeImage(format: ImageFormat, quality: Int = 0): ByteArray = lend { picture ->
        copied(::contentBytes) { image, error ->
            vsdk_received_picture_encode_image(picture, format.number, quality, image, error)
        }
    }

    private fun view(picture: Pointer, plane: Int): PlaneView {
        val data = PointerByReference()
        val length = LongByReference()
        val stride = LongByReference()
        call { error -> vsdk_received_picture_plane(picture, plane, data, length, stride, error) }
        val bytes = data.value.getByteBuffer(0, length.value)
        memory.lend()
        lent += Cleaner.register(bytes, memory)
        return PlaneView(bytes.asReadOnlyBuffer(), stride.value.toInt())
    }

    /** Gives it back; its buffers must not be used any more. Again is no mistake. Never throws. */
    override fun close() {
        super.close()
        lent.forEach { it.clean() }
    }

    /** Its format, its size and its time. */
    override fun toString(): String = "$format of $width x $height at $timestampUs us"

    /**
     * The memory of a picture that was forgotten: it is given back with the last of its buffers, for
     * a program may have kept one of those alone.
     */
    private class Memory(private val pointer: Pointer) : Runnable {
        private val uses = AtomicInteger(1)

        fun lend() {
            uses.incrementAndGet()
        }

        override fun run() {
            if (uses.decrementAndGet() == 0) native.vsdk_received_picture_free(pointer)
        }
    }
}

/** What [VideoOutput.nextPicture] found. */
public class NextPicture internal constructor(
    /** The picture, which is yours to close; null when there is none. */
    public val picture: ReceivedPicture?,
    /** Whether none will come any more: the track is no longer sent. */
    public val isClosed: Boolean,
)

// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import com.sun.jna.ptr.PointerByReference
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.withTimeoutOrNull
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.time.Duration
import kotlin.time.TimeSource

/**
 * The pictures of a track of somebody else: made with [RemoteTrack.videoOutput].
 *
 * They are decoded by a thread of the library. Of those that are not read in time only the latest is
 * kept: whoever is slow sees fewer of them, and no late ones. [close] lets the frames of its track be
 * read again.
 */
public class VideoOutput internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_video_output_free, lendsTexts = false) {

    /** How its pictures lie in memory. */
    public val format: PictureFormat = lend { PictureFormat.of(vsdk_video_output_format(it)) }

    private val isAwaited = AtomicBoolean()

    /**
     * Its pictures, each of which is yours to close; it ends when the track is no longer sent, and
     * when this object is closed.
     *
     * No thread waits for them. One can collect at a time, and not while a coroutine waits in
     * [nextPicture], else [VsdkException] with [Status.INVALID_STATE]. Collecting takes the place of
     * a wake handler.
     */
    public val pictures: Flow<ReceivedPicture> = flow {
        reading { waker ->
            while (true) {
                val next = unlessClosed { next(waker, Duration.INFINITE) } ?: break
                next.picture?.let { emit(it) }
                if (next.isClosed) break
            }
        }
    }

    /**
     * The latest picture, if it was not read yet; else the next one. Its `picture` is null when none
     * came in time, or when none will come: then its `isClosed` is true. Waits without a thread. For
     * one coroutine at a time, else [VsdkException] with [Status.INVALID_STATE]. Waiting takes the
     * place of a wake handler.
     */
    public suspend fun nextPicture(timeout: Duration = Duration.INFINITE): NextPicture =
        reading { waker -> next(waker, timeout) }

    private suspend inline fun <R> reading(read: (Waker) -> R): R {
        if (!isAwaited.compareAndSet(false, true)) throw inUse()
        val waker = Waker()
        try {
            unlessClosed { setWakeReceiver(waker) }
            return read(waker)
        } finally {
            unlessClosed { setWakeReceiver(null) }
            isAwaited.set(false)
        }
    }

    private suspend fun next(waker: Waker, timeout: Duration): NextPicture {
        val begin = TimeSource.Monotonic.markNow()
        while (true) {
            currentCoroutineContext().ensureActive()
            val next = nextPictureBlocking(0)
            val left = timeout - begin.elapsedNow()
            if (next.picture != null || next.isClosed || !left.isPositive()) return next
            withTimeoutOrNull(left) { waker.await() }
        }
    }

    private fun inUse() = VsdkException.of(
        Status.INVALID_STATE,
        "The pictures of this output are being read already",
        "Read them in one coroutine; each output of a track has all of its pictures.",
    )

    /** [nextPicture] for threads: blocks at most `timeoutMs` milliseconds, 0 only looks. */
    @JvmOverloads
    public fun nextPictureBlocking(timeoutMs: Long = Vsdk.TIMEOUT_INFINITE): NextPicture =
        lend { output ->
            val picture = PointerByReference()
            val status = call { error ->
                vsdk_video_output_next_picture(output, timeoutMs, picture, error)
            }
            NextPicture(
                picture.value?.let(::ReceivedPicture),
                isClosed = status == Status.CLOSED.number,
            )
        }

    /**
     * Captures what it shows, as the bytes of an image file: the latest picture, whether it was read
     * or not, or the first one when there was none yet. Nothing is taken from those who read
     * pictures. `quality` is that of a JPEG, from 1 (small) to 100 (good), or 0 for a good one; of a
     * PNG 0.
     *
     * It is encoded on a thread of the library, and up to 16 captures may be under way. Throws
     * [VsdkException]: with [Status.INVALID_ARGUMENT] for another quality, with
     * [Status.INVALID_STATE] when the track is no longer sent or this is closed meanwhile, with
     * [Status.TIMEOUT] when there was no picture, with [Status.RESOURCE_EXHAUSTED] when too many are
     * under way.
     */
    public suspend fun captureImage(
        format: ImageFormat,
        quality: Int = 0,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): ByteArray = run(timeout) { captureImageAsync(format, quality, it) }

    /** [captureImage] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun captureImageBlocking(
        format: ImageFormat,
        quality: Int = 0,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ): ByteArray = lend { output ->
        copied(::contentBytes) { image, error ->
            vsdk_video_output_capture_image(
                output, format.number, quality, timeoutMs, image, error,
            )
        }
    }

    /** Starts [captureImage]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun captureImageAsync(
        format: ImageFormat,
        quality: Int = 0,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<ByteArray>? = null,
    ): Op<ByteArray> = startIn(OpResult.BYTES, handler) { output, start ->
        vsdk_video_output_capture_image_async(
            output, format.number, quality, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /**
     * Sets what is called whenever there is a picture after there was none, and at the end of the
     * track; null for nothing.
     *
     * Made for event loops: let it signal the loop, and read there with [nextPictureBlocking] and a
     * time of 0 until there is nothing. Runs on the library's thread for media. Throws
     * [VsdkException] with [Status.INVALID_STATE] while a coroutine reads.
     */
    public fun setWakeHandler(handler: WakeHandler?) {
        if (isAwaited.get()) throw inUse()
        setWakeReceiver(handler?.let(::WakeCaller))
    }

    private fun setWakeReceiver(receiver: WakeReceiver?) {
        lend { output ->
            call { error ->
                vsdk_video_output_set_wake_handler(
                    output,
                    receiver?.let { Callbacks.onWake },
                    receiver?.let(Callbacks::keep),
                    receiver?.let { Callbacks.onDestroy },
                    error,
                )
            }
        }
    }

    /** What it gives. */
    override fun toString(): String = "output of $format"
}

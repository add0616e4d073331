// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import com.sun.jna.ptr.PointerByReference
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.time.Duration
import kotlin.time.TimeSource

/**
 * A track that somebody else sends: given by [Meeting.remoteTrack].
 *
 * Its frames are read, or come to a handler, or are played by an [audioOutput] or shown by a
 * [videoOutput], one of these. About a second of sound and two of pictures wait to be read;
 * [ReceivedFrame.followsGap] tells what is lost beyond that. Several objects for one track share its
 * frames: each frame is read by one of them. [close] does nothing to the track.
 *
 * What asks the service for something exists three times and throws as in [Meeting], and
 * [VsdkException] with [Status.NOT_FOUND] when the track is no longer sent.
 */
public class RemoteTrack internal constructor(
    pointer: Pointer,
    private val meeting: NativeObject,
) : NativeObject(pointer, NativeFunctions::vsdk_remote_track_free, lendsTexts = true) {

    /** Its id, the same for everybody in the meeting. */
    public val id: String = text { vsdk_remote_track_id(it) }.orEmpty()

    /** Who sends it. */
    public val participantId: String = text { vsdk_remote_track_participant_id(it) }.orEmpty()

    /** What it is. */
    public val kind: TrackKind = lend { TrackKind.of(vsdk_remote_track_kind(it)) }

    /** How its frames are encoded. */
    public val codec: Codec = lend { Codec.of(vsdk_remote_track_codec(it)) }

    private val isAwaited = AtomicBoolean()

    @Volatile
    private var waker: Waker? = null

    /**
     * Its frames, from the first one that nobody has read yet; it ends when the track is no longer
     * sent and all its frames were read, and when this object or the meeting is closed.
     *
     * No thread waits for them: what is not collected waits in the track. One can collect at a
     * time, and not while a coroutine waits in [nextFrame], else [VsdkException] with
     * [Status.INVALID_STATE]; so it is while a frame handler is set or there is an output, and
     * for the earlier of two that wait with different objects for one track. Collecting takes the
     * place of a wake handler.
     */
    public val frames: Flow<ReceivedFrame> = flow {
        reading { waker ->
            while (true) {
                val next = unlessClosed { next(waker, Duration.INFINITE) } ?: break
                next.frame?.let { emit(it) }
                if (next.isClosed) break
            }
        }
    }

    /**
     * The next frame. Its `frame` is null when none came in time, or when none will come: then its
     * `isClosed` is true. Waits without a thread, and loses no frame when the coroutine is
     * cancelled. For one coroutine at a time, else [VsdkException] with [Status.INVALID_STATE]; so
     * it is while a frame handler is set or there is an output. Waiting takes the place of a
     * wake handler.
     */
    public suspend fun nextFrame(timeout: Duration = Duration.INFINITE): NextFrame =
        reading { waker -> next(waker, timeout) }

    private suspend inline fun <R> reading(read: (Waker) -> R): R {
        if (!isAwaited.compareAndSet(false, true)) throw inUse()
        try {
            return read(Waker())
        } finally {
            unlessClosed { lend { track -> takeOutWaker(track) } }
            waker = null
            isAwaited.set(false)
        }
    }

    private suspend fun next(waker: Waker, timeout: Duration): NextFrame {
        val begin = TimeSource.Monotonic.markNow()
        while (true) {
            currentCoroutineContext().ensureActive()
            val isOver = waker.isOver
            val next = nextFrameBlocking(0)
            val left = timeout - begin.elapsedNow()
            if (next.frame != null || next.isClosed || !left.isPositive()) return next
            if (isOver) {
                // The meeting lets it go, or else somebody who waits with another object.
                return if (meeting.isClosed) NextFrame(null, isClosed = true) else throw inUse()
            }
            if (this.waker == null) waitBy(waker)
            withTimeoutOrNull(left) { waker.await() }
        }
    }

    private fun waitBy(waker: Waker) {
        lend { track ->
            this@RemoteTrack.waker = waker
            track.setWakeReceiver(waker)
            // Closing may have looked for it too early.
            if (isClosed) takeOutWaker(track)
        }
    }

    /** Not what somebody else has set meanwhile. */
    private fun takeOutWaker(track: Pointer) {
        if (waker?.isOver == false) track.setWakeReceiver(null)
    }

    private fun inUse() = VsdkException.of(
        Status.INVALID_STATE,
        "The frames of this track are being read already",
        "Read them in one coroutine; for several readers use shareIn.",
    )

    /** [nextFrame] for threads: blocks at most `timeoutMs` milliseconds, 0 only looks. */
    @JvmOverloads
    public fun nextFrameBlocking(timeoutMs: Long = Vsdk.TIMEOUT_INFINITE): NextFrame =
        lend { track ->
            val frame = PointerByReference()
            val status = call { error ->
                vsdk_remote_track_next_frame(track, timeoutMs, frame, error)
            }
            NextFrame(frame.value?.let(::owned), isClosed = status == Status.CLOSED.number)
        }

    private fun owned(frame: Pointer): ReceivedFrame = try {
        ReceivedFrame.of(frame)
    } finally {
        native.vsdk_received_frame_free(frame)
    }

    /**
     * From now on its frames go to the handler, those that wait first; null lets them wait again.
     *
     * When this returns, an earlier handler is not running and will not run again, unless this is
     * called from inside it. It ends with the track, whether or not this object is closed. Throws
     * [VsdkException] with [Status.INVALID_STATE] while there is an output.
     */
    public fun setFrameHandler(handler: FrameHandler?) {
        val receiver = handler?.let(::FrameCaller)
        lend { track ->
            call { error ->
                vsdk_remote_track_set_frame_handler(
                    track,
                    receiver?.let { Callbacks.onFrame },
                    receiver?.let(Callbacks::keep),
                    receiver?.let { Callbacks.onDestroy },
                    error,
                )
            }
        }
        // A coroutine that waits for a frame waits in vain.
        waker?.wake()
    }

    /**
     * Sets what is called whenever there is something to read after there was nothing, and at the
     * end of the track; null for nothing.
     *
     * Made for event loops: let it signal the loop, and read there with [nextFrameBlocking] and a
     * time of 0 until there is nothing. There is one for a track, whatever the number of objects;
     * it stays when this one is closed. Runs on the library's thread for media. Throws
     * [VsdkException] with [Status.INVALID_STATE] while a coroutine reads.
     */
    public fun setWakeHandler(handler: WakeHandler?) {
        if (isAwaited.get()) throw inUse()
        lend { track -> track.setWakeReceiver(handler?.let(::WakeCaller)) }
    }

    private fun Pointer.setWakeReceiver(receiver: WakeReceiver?) {
        call { error ->
            vsdk_remote_track_set_wake_handler(
                this@setWakeReceiver,
                receiver?.let { Callbacks.onWake },
                receiver?.let(Callbacks::keep),
                receiver?.let { Callbacks.onDestroy },
                error,
            )
        }
    }

    /** How many frames wait to be read. A transform may still drop some of them. */
    public val waitingFrames: Int get() = lend { vsdk_remote_track_waiting_frames(it) }

    /**
     * Throws away the frames that wait, e.g. to be in time again after a pause of the program. The
     * next frame tells of the gap; pictures go on with a key frame, which is asked for. Does not
     * wait.
     */
    public fun flush() {
        lend { track -> call { error -> vsdk_remote_track_flush(track, error) } }
    }

    /**
     * Its sound, decoded for playing. Its frames go there from now on, until it is closed; several
     * outputs each get all of it. Does not wait.
     *
     * Yours to close. Throws [VsdkException]: with [Status.INVALID_STATE] while a frame handler is
     * set, with [Status.INVALID_ARGUMENT] for other formats and for a track of pictures, with
     * [Status.UNSUPPORTED] for other codecs than Opus and when this build of the library has none.
     */
    @JvmOverloads
    public fun audioOutput(format: AudioFormat = AudioFormat()): AudioOutput {
        val output = lend { track ->
            AudioOutput(
                make { made, error ->
                    vsdk_remote_track_audio_output(
                        track, format.sampleRate, format.channels, made, error,
                    )
                },
            )
        }
        // A coroutine that waits for a frame waits in vain.
        waker?.wake()
        return output
    }

    /**
     * Opens a speaker, the default one without an id, and plays this track alone on it, as
     * [audioOutput] does, until it is closed. Yours to close. Throws as [LocalTrack.openMicrophone],
     * and [VsdkException] with [Status.INVALID_STATE] while a frame handler is set.
     */
    public suspend fun openSpeaker(deviceId: String? = null): AudioDevice =
        withContext(Dispatchers.IO) { openSpeakerBlocking(deviceId) }

    /** [openSpeaker] for threads: blocks at most ten seconds. */
    @JvmOverloads
    public fun openSpeakerBlocking(deviceId: String? = null): AudioDevice {
        val which = deviceId?.native()
        val device = lend { track ->
            AudioDevice(
                make { made, error ->
                    vsdk_audio_device_open_track_speaker(track, which, made, error)
                },
            )
        }
        // A coroutine that waits for a frame waits in vain.
        waker?.wake()
        return device
    }

    /**
     * Its pictures, decoded for showing, as [PictureFormat.I420] or [PictureFormat.RGBA]. Its frames
     * go there from now on, until it is closed; several outputs each get all of them. It begins with
     * a key frame, which is asked for. Does not wait.
     *
     * Yours to close. Throws [VsdkException]: with [Status.INVALID_STATE] while a frame handler is
     * set, with [Status.INVALID_ARGUMENT] for other formats and for a track of sound, with
     * [Status.UNSUPPORTED] for other codecs than VP8 and when this build of the library has none.
     */
    public fun videoOutput(format: PictureFormat): VideoOutput {
        val output = lend { track ->
            VideoOutput(
                make { made, error ->
                    vsdk_remote_track_video_output(track, format.number, made, error)
                },
            )
        }
        // A coroutine that waits for a frame waits in vain.
        waker?.wake()
        return output
    }

    /** Asks its sender for a key frame; at most twice a second that is passed on. Does not wait. */
    public fun requestKeyFrame() {
        lend { track -> call { error -> vsdk_remote_track_request_key_frame(track, error) } }
    }

    /** Lets the service send nothing of it for now. */
    public suspend fun pause(timeout: Duration = Vsdk.DEFAULT_TIMEOUT): Unit =
        run(timeout) { pauseAsync(it) }

    /** [pause] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun pauseBlocking(timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT) {
        lend { track -> call { error -> vsdk_remote_track_pause(track, timeoutMs, error) } }
    }

    /** Starts [pause]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun pauseAsync(
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> = startIn(handler) { track, start ->
        vsdk_remote_track_pause_async(
            track, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /** Lets the service go on with it after [pause]. */
    public suspend fun resume(timeout: Duration = Vsdk.DEFAULT_TIMEOUT): Unit =
        run(timeout) { resumeAsync(it) }

    /** [resume] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun resumeBlocking(timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT) {
        lend { track -> call { error -> vsdk_remote_track_resume(track, timeoutMs, error) } }
    }

    /** Starts [resume]. What shows at once is thrown; everything else is the operation's. */
    @JvmOverloads
    public fun resumeAsync(
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> = startIn(handler) { track, start ->
        vsdk_remote_track_resume_async(
            track, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /**
     * How large it is shown, in pixels of the screen: the smallest size that covers that is
     * received, if it is sent in several, at its full rate; the largest where none does, or the
     * sender does not tell sizes. With 0 x 0, when nothing of it is seen, that is the smallest: to
     * receive nothing there is [pause]. A side of 0 beside another one leaves that side open.
     *
     * Fit to be called whenever a window changes: the service is asked, and not waited for, only
     * when another size follows. It takes the place of [setPreferredLayers]: what was said last of
     * the two holds, for all objects of the track, and is asked for again by itself when the track
     * comes back on a new connection. Throws [VsdkException]: with [Status.INVALID_ARGUMENT] for
     * negative sizes and for a track of sound, with [Status.NOT_FOUND] when it is no longer sent.
     */
    public fun setViewport(width: Int, height: Int) {
        lend { track ->
            call { error -> vsdk_remote_track_set_viewport(track, width, height, error) }
        }
    }

    /**
     * Which size and rate of it to receive at most, if it is sent in several; 0 is the smallest and
     * the lowest. It takes the place of [setViewport], and holds as that does.
     */
    public suspend fun setPreferredLayers(
        spatialLayer: Int,
        temporalLayer: Int,
        timeout: Duration = Vsdk.DEFAULT_TIMEOUT,
    ): Unit = run(timeout) { setPreferredLayersAsync(spatialLayer, temporalLayer, it) }

    /** [setPreferredLayers] for threads: blocks at most `timeoutMs` milliseconds. */
    @JvmOverloads
    public fun setPreferredLayersBlocking(
        spatialLayer: Int,
        temporalLayer: Int,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
    ) {
        lend { track ->
            call { error ->
                vsdk_remote_track_set_preferred_layers(
                    track, spatialLayer, temporalLayer, timeoutMs, error,
                )
            }
        }
    }

    /**
     * Starts [setPreferredLayers]. What shows at once is thrown; everything else is the operation's.
     */
    @JvmOverloads
    public fun setPreferredLayersAsync(
        spatialLayer: Int,
        temporalLayer: Int,
        timeoutMs: Long = Vsdk.TIMEOUT_DEFAULT,
        handler: CompletionHandler<Unit>? = null,
    ): Op<Unit> = startIn(handler) { track, start ->
        vsdk_remote_track_set_preferred_layers_async(
            track, spatialLayer, temporalLayer, timeoutMs,
            start.callback, start.userData, start.destroy, start.op, start.error,
        )
    }

    /** Gives it back; the track itself goes on. Again is no mistake. Never throws. */
    override fun close() {
        unlessClosed {
            lend { track ->
                super.close()
                // What is lent stays valid: only now is nobody new going to wait.
                takeOutWaker(track)
            }
        }
    }

    /** What it is, its id, and who sends it. */
    override fun toString(): String = "$kind $id of $participantId"
}

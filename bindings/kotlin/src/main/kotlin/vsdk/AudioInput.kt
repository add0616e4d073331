// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import com.sun.jna.ptr.PointerByReference
import java.nio.FloatBuffer
import java.nio.ShortBuffer

/**
 * Raw sound for a track that this participant sends: made with [LocalTrack.audioInput].
 *
 * What is pushed is converted, encoded as the track's audio profile says, and sent. Pushing never
 * waits, so the thread of a sound device may do it. One thread for each input is usual. [close]
 * leaves the track as it is, and lets it take encoded frames or another input.
 */
public class AudioInput internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_audio_input_free, lendsTexts = false) {

    /** What it takes. */
    public val format: AudioFormat = lend { input ->
        AudioFormat(vsdk_audio_input_sample_rate(input), vsdk_audio_input_channels(input))
    }

    private val memory = SampleMemory(format)

    /**
     * Sends samples of 16 bits, which are copied: any number of frames up to a second.
     * `captureTimeUs` is when the first of them was recorded: microseconds from 0 on, on the clock
     * of this participant's other tracks; null for just now.
     *
     * What was not taken is no failure; the answer says why. [Pushed.FULL]: encoding does not keep
     * up, or another thread is pushing right now. [Pushed.NOT_SENDING]: go on pushing.
     *
     * Throws [VsdkException] with [Status.INVALID_ARGUMENT] for half a frame, more than a second,
     * and a time before 0.
     */
    @JvmOverloads
    public fun push(samples: ShortArray, captureTimeUs: Long? = null): Pushed =
        push(ShortBuffer.wrap(samples), captureTimeUs)

    /** The same with samples of -1 to 1. More is cut off; what is no number is silence. */
    @JvmOverloads
    public fun push(samples: FloatArray, captureTimeUs: Long? = null): Pushed =
        push(FloatBuffer.wrap(samples), captureTimeUs)

    /**
     * The same with the samples of 16 bits between the position and the limit of a buffer, which
     * stay as they are. The library reads them where they are when it is a view of a direct
     * `ByteBuffer` whose order is `ByteOrder.nativeOrder()`.
     */
    @JvmOverloads
    public fun push(samples: ShortBuffer, captureTimeUs: Long? = null): Pushed = lend { input ->
        memory.lend(samples) { data ->
            push(captureTimeUs) { time, error ->
                vsdk_audio_input_push_s16(input, data, samples.remaining().toLong(), time, error)
            }
        }
    }

    /** The same with samples of -1 to 1. */
    @JvmOverloads
    public fun push(samples: FloatBuffer, captureTimeUs: Long? = null): Pushed = lend { input ->
        memory.lend(samples) { data ->
            push(captureTimeUs) { time, error ->
                vsdk_audio_input_push_f32(input, data, samples.remaining().toLong(), time, error)
            }
        }
    }

    private inline fun push(
        captureTimeUs: Long?,
        function: NativeFunctions.(time: Long, error: PointerByReference) -> Int,
    ): Pushed {
        val time = captureTime(captureTimeUs)
        return Pushed.of(call { error -> function(time, error) })
    }

    /**
     * How loud what is pushed is, sent or not, in decibels below full scale: 0 to -127. It follows
     * within a twentieth of a second.
     */
    public val level: Int get() = lend { vsdk_audio_input_level(it) }

    /** What it takes. */
    override fun toString(): String = "input of $format"
}

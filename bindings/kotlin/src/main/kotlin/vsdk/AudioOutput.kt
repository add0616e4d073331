// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import com.sun.jna.ptr.PointerByReference
import java.nio.FloatBuffer
import java.nio.ReadOnlyBufferException
import java.nio.ShortBuffer

/**
 * The sound of a track of somebody else, made with [RemoteTrack.audioOutput], or of all of them
 * together, made with [Meeting.audioMixer].
 *
 * Sound is held back just long enough for most of it to come in time. A buffer is always filled:
 * what is late or lost is made up, where nothing comes there is silence. Pulling does not wait for
 * the network, so the thread of a sound device may do it. Of one output one thread at a time pulls.
 * [close] lets the frames of its tracks be read again.
 */
public class AudioOutput internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_audio_output_free, lendsTexts = false) {

    /** What it gives. */
    public val format: AudioFormat = lend { output ->
        AudioFormat(vsdk_audio_output_sample_rate(output), vsdk_audio_output_channels(output))
    }

    private val memory = SampleMemory(format)

    /**
     * Fills all of an array with what is to be heard next, in samples of 16 bits; call it at the
     * pace at which that is played.
     *
     * Throws [VsdkException] with [Status.INVALID_ARGUMENT] for half a frame and more than a second.
     * After every failure there is silence in it.
     */
    public fun pull(samples: ShortArray): PulledAudio = pull(ShortBuffer.wrap(samples))

    /** The same with samples of -1 to 1. */
    public fun pull(samples: FloatArray): PulledAudio = pull(FloatBuffer.wrap(samples))

    /**
     * The same with what is between the position and the limit of a buffer, which stay as they are.
     * The library writes where the samples are to be when it is a view of a direct `ByteBuffer`
     * whose order is `ByteOrder.nativeOrder()`. One that is for reading only throws
     * [ReadOnlyBufferException].
     */
    public fun pull(samples: ShortBuffer): PulledAudio {
        if (samples.isReadOnly) throw ReadOnlyBufferException()
        try {
            return lend { output ->
                memory.fill(samples) { data ->
                    pull { info, error ->
                        vsdk_audio_output_pull_s16(
                            output, data, samples.remaining().toLong(), info, error,
                        )
                    }
                }
            }
        } catch (exception: VsdkException) {
            for (index in samples.position() until samples.limit()) samples.put(index, 0)
            throw exception
        }
    }

    /** The same with samples of -1 to 1. */
    public fun pull(samples: FloatBuffer): PulledAudio {
        if (samples.isReadOnly) throw ReadOnlyBufferException()
        try {
            return lend { output ->
                memory.fill(samples) { data ->
                    pull { info, error ->
                        vsdk_audio_output_pull_f32(
                            output, data, samples.remaining().toLong(), info, error,
                        )
                    }
                }
            }
        } catch (exception: VsdkException) {
            for (index in samples.position() until samples.limit()) samples.put(index, 0f)
            throw exception
        }
    }

    private inline fun pull(
        function: NativeFunctions.(info: Pointer, error: PointerByReference) -> Int,
    ): PulledAudio = PulledAudioStructure.make().use { info ->
        call { error -> function(info, error) }
        PulledAudioStructure.read(info)
    }

    /** What it gives. */
    override fun toString(): String = "output of $format"
}

/** What [AudioOutput.pull] has filled a buffer with; the frames add up to those of the buffer. */
public class PulledAudio internal constructor(
    /** As they were sent. */
    public val decodedFrames: Long,
    /** Made up, because they got lost on the way or are late. */
    public val concealedFrames: Long,
    /** Nothing came, or a pause of speech. */
    public val silentFrames: Long,
    /** How loud the buffer is, in decibels below full scale: 0 to -127. */
    public val audioLevel: Int,
)

// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.FloatBuffer
import java.nio.ShortBuffer
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.concurrent.thread
import kotlin.math.PI
import kotlin.math.cos
import kotlin.math.hypot
import kotlin.math.sin
import kotlin.math.sqrt

/*
 * Tones that are pushed as a microphone would, pulled as a loudspeaker would, and found again.
 */

/** The amplitude of tones. */
const val LOUDNESS = 0.3f

private const val CHUNKS_PER_SECOND = 100

/** One of the ways in which samples go in and out; for a test they are numbers from -1 to 1. */
class Way(
    private val name: String,
    val push: (AudioInput, FloatArray) -> Pushed,
    val pull: (AudioOutput, FloatArray) -> PulledAudio,
) {
    override fun toString(): String = name
}

val FLOAT_ARRAYS = Way("arrays of floats", AudioInput::push, AudioOutput::pull)

private val shortArrays = Way(
    "arrays of shorts",
    { input, samples -> input.push(samples.shorts()) },
    { output, samples ->
        val shorts = ShortArray(samples.size)
        output.pull(shorts).also { ShortBuffer.wrap(shorts).copyTo(samples) }
    },
)

private fun shorts(where: String, make: (count: Int) -> ShortBuffer) = Way(
    "shorts $where",
    { input, samples -> input.push(make(samples.size).apply { duplicate().put(samples.shorts()) }) },
    { output, samples -> make(samples.size).let { shorts -> output.pull(shorts).also { shorts.copyTo(samples) } } },
)

private fun floats(where: String, make: (count: Int) -> FloatBuffer) = Way(
    "floats $where",
    { input, samples -> input.push(make(samples.size).apply { duplicate().put(samples) }) },
    { output, samples -> make(samples.size).let { floats -> output.pull(floats).also { floats.get(samples) } } },
)

private val swapped =
    if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) ByteOrder.LITTLE_ENDIAN else ByteOrder.BIG_ENDIAN

val WAYS: List<Way> = listOf(
    FLOAT_ARRAYS,
    shortArrays,
    shorts("outside the heap") { bytes(it * 2).asShortBuffer() },
    floats("outside the heap") { bytes(it * 4).asFloatBuffer() },
    shorts("with swapped bytes") { bytes(it * 2).order(swapped).asShortBuffer() },
    floats("with swapped bytes") { bytes(it * 4).order(swapped).asFloatBuffer() },
)

/** Memory outside the heap, with something before and behind. */
private fun bytes(count: Int): ByteBuffer {
    val all = ByteBuffer.allocateDirect(count + 16)
    all.position(8).limit(count + 8)
    return all.slice().order(ByteOrder.nativeOrder())
}

private fun FloatArray.shorts() = ShortArray(size) { (this[it] * 32_767).toInt().toShort() }

private fun ShortBuffer.copyTo(samples: FloatArray) {
    for (index in samples.indices) samples[index] = get(position() + index) / 32_768f
}

/** A microphone that hears one tone, until it is closed. */
class Whistle(
    private val input: AudioInput,
    private val hertz: Int,
    private val way: Way = FLOAT_ARRAYS,
) : AutoCloseable {
    private val isOver = AtomicBoolean()

    /** What became of each chunk. */
    val answers = ConcurrentLinkedQueue<Pushed>()

    private val thread = thread {
        val format = input.format
        val chunk = FloatArray(format.chunk)
        var frame = 0L
        atPace {
            for (index in chunk.indices step format.channels) {
                val phase = frame++ * hertz % format.sampleRate * 2 * PI / format.sampleRate
                chunk.fill((sin(phase) * LOUDNESS).toFloat(), index, index + format.channels)
            }
            answers += way.push(input, chunk)
            !isOver.get()
        }
    }

    override fun close() {
        isOver.set(true)
        thread.join()
    }
}

/** What was heard in some time: the samples of the first channel. */
class Heard(private val sampleRate: Int, private val samples: FloatArray, val madeUp: Long) {
    /** The level of a frequency: the mean of that in each tenth of a second. */
    fun level(hertz: Int): Double {
        val tenth = sampleRate / 10
        return (0 until samples.size / tenth).map { level(it * tenth, tenth, hertz) }.average()
    }

    /** The loudest frequency between 100 and 2,000 hertz, to the nearest 10. */
    val loudest: Int get() = (100..2000 step 10).maxByOrNull(::level)!!

    /** All that is not that tone, as an amplitude. */
    fun rest(hertz: Int): Double {
        val power = samples.sumOf { it.toDouble() * it } / samples.size
        return sqrt((2 * power - level(hertz) * level(hertz)).coerceAtLeast(0.0))
    }

    // One line of the spectrum, seen through a window.
    private fun level(begin: Int, count: Int, hertz: Int): Double {
        var real = 0.0
        var imaginary = 0.0
        for (frame in 0 until count) {
            val phase = frame.toDouble() * hertz / sampleRate * 2 * PI
            val sample = samples[begin + frame] * (1 - cos(frame.toDouble() / count * 2 * PI))
            real += sample * cos(phase)
            imaginary += sample * sin(phase)
        }
        return hypot(real, imaginary) * 2 / count
    }
}

/** Plays an output for so long. */
fun AudioOutput.listen(tenths: Int, way: Way = FLOAT_ARRAYS): Heard {
    val chunk = FloatArray(format.chunk)
    val frames = chunk.size / format.channels
    val samples = FloatArray(tenths * format.sampleRate / 10)
    var madeUp = 0L
    var heard = 0
    atPace {
        val pulled = way.pull(this, chunk)
        check(pulled.decodedFrames + pulled.concealedFrames + pulled.silentFrames == frames.toLong())
        madeUp += pulled.concealedFrames + pulled.silentFrames
        for (frame in 0 until frames) samples[heard++] = chunk[frame * format.channels]
        heard < samples.size
    }
    return Heard(format.sampleRate, samples, madeUp)
}

/**
 * What is heard from the moment on in which all of it comes in time: on a machine that is busy with
 * other things, some does not.
 */
fun AudioOutput.hear(tenths: Int, way: Way = FLOAT_ARRAYS): Heard =
    generateSequence { listen(tenths, way) }.take(60).first { it.madeUp == 0L }

/** How many samples 10 ms are. */
val AudioFormat.chunk: Int get() = sampleRate / CHUNKS_PER_SECOND * channels

/** Does something for each chunk of time, as long as it wants; what was missed is made up for. */
private fun atPace(work: () -> Boolean) {
    val begin = System.nanoTime()
    var chunk = 0L
    while (work()) {
        val due = begin + ++chunk * 1_000_000_000 / CHUNKS_PER_SECOND
        val left = due - System.nanoTime()
        if (left > 0) Thread.sleep(left / 1_000_000, (left % 1_000_000).toInt())
    }
}

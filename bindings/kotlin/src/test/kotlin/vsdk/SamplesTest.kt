// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.FloatBuffer
import java.nio.ReadOnlyBufferException
import java.nio.ShortBuffer
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread

/** What is done with raw sound where nobody hears it: formats, samples that are none, lifetimes. */
class SamplesTest : CleanTest() {
    private fun alone(test: (Meeting, LocalTrack) -> Unit) = Service().use { service ->
        service.client("room", "ann").use { ann ->
            ann.meeting.addTrack(TrackKind.AUDIO).use { track -> test(ann.meeting, track) }
        }
    }

    private fun refused(says: String, block: () -> Unit) {
        val failure = failure(block)
        assertEquals(Status.INVALID_ARGUMENT, failure.status, "$failure")
        assertTrue(says in failure.message, "$failure")
        assertTrue(failure.remedy.length > 10, "$failure")
    }

    private fun direct(bytes: Int): ByteBuffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder())

    @Test
    fun `raw sound goes where there is sound`() = alone { meeting, track ->
        for (format in listOf(
            AudioFormat(7_999, 1), AudioFormat(192_001, 1), AudioFormat(48_000, 0), AudioFormat(48_000, 3),
            AudioFormat(-1, 1), AudioFormat(48_000, Int.MIN_VALUE),
        )) {
            assertStatus(Status.INVALID_ARGUMENT) { track.audioInput(format) }
            assertStatus(Status.INVALID_ARGUMENT) { meeting.audioMixer(format) }
        }
        meeting.addTrack(TrackKind.VIDEO).use { assertStatus(Status.INVALID_ARGUMENT) { it.audioInput() } }
        meeting.addTrack(TrackOptions(TrackKind.AUDIO) { codec = Codec.PCMU }).use { telephone ->
            assertStatus(Status.UNSUPPORTED) { telephone.audioInput() }
        }
        val input = track.audioInput(AudioFormat(8_000, 2))
        assertEquals(AudioFormat(8_000, 2), input.format)
        assertEquals("input of AudioFormat(sampleRate=8000, channels=2)", "$input")
        assertStatus(Status.INVALID_STATE) { track.audioInput() }
        assertStatus(Status.INVALID_STATE) { track.push(sound(0), 0) }
        input.close()
        assertEquals(Pushed.NOT_SENDING, track.push(sound(0), 0))
        track.audioInput(AudioFormat(192_000)).use { assertEquals(AudioFormat(192_000, 1), it.format) }
    }

    @Test
    fun `samples that are none are refused`() = alone { _, track ->
        track.audioInput(AudioFormat(48_000, 2)).use { input ->
            refused("no whole number of frames") { input.push(FloatArray(3)) }
            refused("no whole number of frames") { input.push(direct(6).asShortBuffer()) }
            refused("more than a second") { input.push(FloatArray(96_002)) }
            refused("more than a second") { input.push(ShortArray(96_002)) }
            refused("more than a second") { input.push(direct(4 * 96_002).asFloatBuffer()) }
            refused("more than a second") { input.push(FloatArray(10_000_000)) }
            refused("The capture time is -1") { input.push(ShortArray(2), -1) }
            refused("The capture time is -2") { input.push(FloatArray(2), -2) }
            refused("odd address") { input.push(direct(9).apply { position(1) }.slice().order(ByteOrder.nativeOrder()).asFloatBuffer()) }
            assertEquals(-127, input.level)

            assertEquals(Pushed.NOT_SENDING, input.push(FloatArray(0)))
            assertEquals(Pushed.NOT_SENDING, input.push(ShortBuffer.allocate(0)))
            assertEquals(Pushed.NOT_SENDING, input.push(direct(0).asFloatBuffer(), 0))
            assertEquals(Pushed.NOT_SENDING, input.push(FloatArray(96_000) { Float.NaN }))
            assertEquals(-127, input.level)
            assertEquals(Pushed.NOT_SENDING, input.push(FloatArray(96_000) { 0.1f }, 0))
            assertEquals(-20, input.level)
            assertEquals(Pushed.NOT_SENDING, input.push(FloatArray(96_000) { 1e30f }, Long.MAX_VALUE))
            assertEquals(0, input.level)
        }
    }

    @Test
    fun `only what is between position and limit is pushed, from wherever it is`() = alone { _, track ->
        track.audioInput().use { input ->
            val loud = FloatArray(48_000) { if (it in 6_000 until 42_000) 0.1f else 1f }
            val buffers = listOf<FloatBuffer>(
                FloatBuffer.wrap(loud),
                direct(4 * loud.size).asFloatBuffer().apply { put(loud) },
                ByteBuffer.allocateDirect(4 * loud.size).order(ByteOrder.BIG_ENDIAN).asFloatBuffer().apply { put(loud) },
                ByteBuffer.allocate(4 * loud.size).asFloatBuffer().apply { put(loud) }.asReadOnlyBuffer(),
                FloatBuffer.wrap(loud, 1, 47_999).slice(),
            )
            for (buffer in buffers) {
                val offset = if (buffer === buffers.last()) 1 else 0
                input.push(FloatArray(48_000))
                assertEquals(-127, input.level)
                buffer.position(6_000 - offset).limit(42_000 - offset)
                input.push(buffer)
                assertEquals(-20, input.level)
                assertEquals(6_000 - offset to 42_000 - offset, buffer.position() to buffer.limit())
            }
        }
    }

    @Test
    fun `where nobody speaks there is silence, and after a failure too`() = alone { meeting, _ ->
        val mixer = meeting.audioMixer(AudioFormat(44_100, 2))
        assertEquals(AudioFormat(44_100, 2), mixer.format)
        val shorts = ShortArray(960) { 7 }
        val pulled = mixer.pull(shorts)
        assertEquals(
            listOf(0L, 0L, 480L, -127L),
            pulled.run { listOf(decodedFrames, concealedFrames, silentFrames, audioLevel.toLong()) },
        )
        assertArrayEquals(ShortArray(960), shorts)
        assertEquals(0, mixer.pull(FloatArray(0)).silentFrames)
        val buffer = ShortBuffer.wrap(ShortArray(8) { 7 }).apply { position(2).limit(4) }
        assertEquals(1, mixer.pull(buffer).silentFrames)
        assertArrayEquals(shortArrayOf(7, 7, 0, 0, 7, 7, 7, 7), buffer.array())
        assertEquals(2 to 4, buffer.position() to buffer.limit())

        fun fails(says: String, size: Int) {
            val samples = ShortArray(size) { 7 }
            refused(says) { mixer.pull(samples) }
            assertTrue(samples.all { it == 0.toShort() })
            val outside = direct(size * 4).asFloatBuffer().apply { while (hasRemaining()) put(7f) }
            outside.position(0)
            refused(says) { mixer.pull(outside) }
            assertTrue((0 until size).all { outside.get(it) == 0f })
        }
        fails("no whole number of frames", 3)
        fails("more than a second", 88_202)
        fails("more than a second", 500_000)
        assertThrows(ReadOnlyBufferException::class.java) { mixer.pull(direct(4).asReadOnlyBuffer().order(ByteOrder.nativeOrder()).asShortBuffer()) }
        assertThrows(ReadOnlyBufferException::class.java) { mixer.pull(FloatBuffer.allocate(2).asReadOnlyBuffer()) }

        mixer.close()
        val late = FloatArray(2) { 7f }
        assertStatus(Status.INVALID_HANDLE) { mixer.pull(late) }
        assertArrayEquals(FloatArray(2), late)
    }

    @Test
    fun `what is closed says so, and what is forgotten is freed`() = alone { meeting, track ->
        val input = track.audioInput()
        val mixer = meeting.audioMixer()
        assertEquals(1, Vsdk.liveHandles(HandleKind.AUDIO_INPUT))
        assertEquals(1, Vsdk.liveHandles(HandleKind.AUDIO_OUTPUT))
        repeat(2) {
            input.close()
            mixer.close()
        }
        for (use in listOf<() -> Unit>(
            { input.push(ShortArray(2)) }, { input.push(direct(4).asFloatBuffer()) }, { input.level },
            { mixer.pull(ShortArray(2)) }, { mixer.pull(direct(4).asFloatBuffer()) },
        )) {
            assertStatus(Status.INVALID_HANDLE, use)
        }
        assertEquals(AudioFormat(), input.format)
        for (kind in listOf(HandleKind.AUDIO_INPUT, HandleKind.AUDIO_OUTPUT)) {
            if (kind == HandleKind.AUDIO_INPUT) track.audioInput() else meeting.audioMixer()
            eventually("the collector") {
                System.gc()
                Vsdk.liveHandles(kind) == 0L
            }
        }
        // The track is free again.
        track.audioInput().close()
    }

    @Test
    fun `closing during calls lets them end, and refuses the next`() = alone { meeting, track ->
        val refused = AtomicInteger()
        val isOver = AtomicBoolean()
        val collector = thread { while (!isOver.get()) System.gc() }
        repeat(25) {
            val input = track.audioInput()
            val mixer = meeting.audioMixer()
            val threads = WAYS.map { way ->
                thread {
                    try {
                        while (true) {
                            check(way.push(input, FloatArray(480)) == Pushed.NOT_SENDING)
                            check(way.pull(mixer, FloatArray(480)).silentFrames == 480L)
                        }
                    } catch (exception: VsdkException) {
                        check(exception.status == Status.INVALID_HANDLE)
                        refused.incrementAndGet()
                    }
                }
            }
            Thread.sleep(1)
            input.close()
            mixer.close()
            threads.forEach { it.join() }
        }
        isOver.set(true)
        collector.join()
        assertEquals(25 * WAYS.size, refused.get())
    }
}

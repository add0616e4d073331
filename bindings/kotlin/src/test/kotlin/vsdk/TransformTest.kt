// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicReference
import kotlin.concurrent.thread
import kotlin.experimental.xor

/** What the program does to frames on their way. */
@DisabledIfEnvironmentVariable(
    named = "VSDK_WITHOUT_MEDIA",
    matches = ".*",
    disabledReason = "the local service has no media server: see VSDK_WITHOUT_MEDIA",
)
class TransformTest : CleanTest() {
    private val thrown = ConcurrentLinkedQueue<Throwable>()

    @BeforeEach
    fun listen() = Vsdk.setCallbackExceptionHandler { thrown.add(it) }

    private val tag = "true".toByteArray()

    /** No cipher, but as good as one here: what it makes is longer, and told from all else. */
    private val cipher = FrameTransform { info, data ->
        checkAnns(info)
        val clear = if (info.codec == Codec.OPUS) 1 else if (info.isKeyFrame) 10 else 3
        fun hide(bytes: ByteArray) =
            ByteArray(bytes.size) { if (it < clear) bytes[it] else bytes[it] xor 0x5a }
        when {
            info.isSent -> hide(data) + tag
            data.takeLast(tag.size) == tag.toList() -> hide(data.copyOf(data.size - tag.size))
            else -> null
        }
    }

    private fun checkAnns(info: FrameInfo) {
        assertEquals("ann" to 0, info.participantId to info.layer)
        assertTrue(info.trackId.isNotEmpty())
        val codec = mapOf(TrackKind.AUDIO to Codec.OPUS, TrackKind.VIDEO to Codec.VP8)[info.kind]
        assertEquals(codec, info.codec)
        // Where it is sent that is what the program has said.
        assertTrue(info.isSent || info.isKeyFrame || info.kind == TrackKind.VIDEO)
        assertTrue(info.timestampUs >= 0)
    }

    @Test
    fun `only who has the other half gets what was sent`() = Service().use { service ->
        service.configure()
        val room = Vsdk.createRoomBlocking().use { it.id }
        val clients = listOf("ann", "bob", "cid").map { service.client(room, it) }
        val (ann, bob, cid) = clients
        try {
            for (client in listOf(ann, bob)) client.meeting.setFrameTransform(cipher)
            clients.forEach { it.meeting.joinBlocking() }
            ann.meeting.addTrack(TrackKind.AUDIO).use { track ->
                ann.published(track)
                bob.added().use { heard -> cid.added().use { noise -> isHeard(track, heard, noise) } }
            }
            ann.meeting.addTrack(TrackKind.VIDEO).use { track ->
                ann.published(track)
                bob.added().use { isSeen(track, it) }
            }
            assertEquals(emptyList<Throwable>(), thrown.toList())
        } finally {
            clients.forEach { it.close() }
        }
    }

    private fun isHeard(track: LocalTrack, heard: RemoteTrack, noise: RemoteTrack) {
        val microphone = Microphone(track)
        repeat(20) { assertTrue(microphone.until(heard::frameNow).soundNumber >= 0) }
        repeat(20) {
            val bytes = microphone.until(noise::frameNow).toByteArray()
            assertEquals(sound(0).size + tag.size, bytes.size)
            assertArrayEquals(tag, bytes.copyOfRange(sound(0).size, bytes.size))
            assertEquals((0x55 xor 0x5a).toByte(), bytes[10])
        }
    }

    /** To a handler: on the library's thread. */
    private fun isSeen(track: LocalTrack, seen: RemoteTrack) {
        val frames = ConcurrentLinkedQueue<ReceivedFrame>()
        seen.setFrameHandler { frames.add(it) }
        Camera(track).until { if (frames.size >= 20) true else null }
        seen.setFrameHandler(null)
        assertTrue(frames.first().isKeyFrame)
        frames.forEach { it.pictureNumber }
    }

    @Test
    fun `what it drops is not sent, and exceptions stay outside the library`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val mine = IllegalStateException("mine")
            val answer = AtomicReference<(ByteArray) -> ByteArray?>()
            ann.meeting.setFrameTransform { info, data ->
                assertEquals(track.id to true, info.trackId to info.isSent)
                answer.get()(data)
            }
            val microphone = Microphone(track)
            fun becomes(make: (ByteArray) -> ByteArray?): Pushed {
                answer.set(make)
                return microphone.push()
            }
            assertEquals(Pushed.DROPPED, becomes { null })
            assertEquals(Pushed.DROPPED, becomes { ByteArray(0) })
            assertEquals(emptyList<Throwable>(), thrown.toList())
            assertEquals(Pushed.DROPPED, becomes { throw mine })
            assertEquals(Pushed.DROPPED, becomes { throw StackOverflowError() })
            assertEquals(Pushed.DROPPED, becomes { it.copyOf(it.size + VSDK_FRAME_GROWTH_BYTES + 1) })
            val (first, second, third) = thrown.toList()
            assertEquals(mine to true, first to (second is StackOverflowError))
            assertEquals(Status.INVALID_ARGUMENT, (third as VsdkException).status)
            thrown.clear()
            assertEquals(Pushed.QUEUED, becomes { it.copyOf(it.size + 400) })
            val frame = remote.nextFrameBlocking(60_000).frame!!
            assertArrayEquals(sound(microphone.sent - 1).copyOf(485), frame.toByteArray())

            // Sound goes into one datagram.
            assertEquals(Pushed.QUEUED, becomes { it.copyOf(1120) })
            assertEquals(Pushed.DROPPED, becomes { it.copyOf(1121) })
            assertEquals(emptyList<Throwable>(), thrown.toList())
        }
    }

    @Test
    fun `what it drops is not received`() = Service().use { service ->
        service.send(TrackKind.VIDEO) {
            val camera = Camera(track)
            camera.until(remote::frameNow)
            fun dropped() = bob.meeting.mediaStatistics().use { it.tracks.single().framesDropped }
            bob.meeting.setFrameTransform { _, _ -> null }
            camera.until {
                assertNull(remote.frameNow())
                if (dropped() > 0) true else null
            }
            bob.meeting.setFrameTransform(null)
            val next = camera.until(remote::frameNow)
            next.pictureNumber
            assertTrue(next.isKeyFrame && next.followsGap)
        }
    }

    @Test
    fun `several threads are in it at once`() = Service().use { service ->
        service.meet("ann") { (ann) ->
            val both = CyclicBarrier(2)
            ann.meeting.setFrameTransform { _, data ->
                both.await(60, TimeUnit.SECONDS)
                data
            }
            val pushed = ConcurrentLinkedQueue<Pushed>()
            val tracks = List(2) { ann.meeting.addTrack(TrackKind.VIDEO) }
            tracks.forEach { ann.published(it) }
            tracks.map { thread { pushed.add(Camera(it).push()) } }.forEach { it.join() }
            assertEquals(listOf(Pushed.QUEUED, Pushed.QUEUED), pushed.toList())
            assertEquals(emptyList<Throwable>(), thrown.toList())
            tracks.forEach { it.close() }
        }
    }

    @Test
    fun `what would wait is refused inside, and it can take itself out`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val answers = ConcurrentLinkedQueue<Pair<Status, Thread>>()
            ann.meeting.setFrameTransform { _, data ->
                answers.add(status { remote.pauseBlocking() } to Thread.currentThread())
                ann.meeting.setFrameTransform(null)
                data
            }
            val microphone = Microphone(track)
            repeat(3) { assertEquals(Pushed.QUEUED, microphone.push()) }
            assertEquals(listOf(Status.WOULD_DEADLOCK to Thread.currentThread()), answers.toList())
            assertEquals(0, Callbacks.count)
        }
    }

    @Test
    fun `when it is taken out, it does not run`() = Service().use { service ->
        service.meet("ann") { (ann) ->
            ann.meeting.addTrack(TrackKind.AUDIO).use { track ->
                ann.published(track)
                val isInside = AtomicReference(false)
                ann.meeting.setFrameTransform { _, data ->
                    isInside.set(true)
                    Thread.sleep(200)
                    isInside.set(false)
                    data
                }
                val microphone = Microphone(track)
                val pushing = thread { microphone.push() }
                eventually("a push") { isInside.get() }
                ann.meeting.setFrameTransform(null)
                assertFalse(isInside.get())
                assertEquals(0, Callbacks.count)
                pushing.join()

                repeat(3) {
                    ann.meeting.setFrameTransform { _, data -> data }
                    assertEquals(1, Callbacks.count)
                }
                ann.meeting.close()
                eventually("its end") { Callbacks.count == 0 }
                assertStatus(Status.INVALID_HANDLE) { ann.meeting.setFrameTransform { _, data -> data } }
                assertEquals(0, Callbacks.count)
            }
        }
    }
}

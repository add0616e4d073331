// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.time.Duration.Companion.minutes

/** Being told that there are frames, and being in time again. */
@DisabledIfEnvironmentVariable(
    named = "VSDK_WITHOUT_MEDIA",
    matches = ".*",
    disabledReason = "the local service has no media server: see VSDK_WITHOUT_MEDIA",
)
class WakingTest : CleanTest() {
    private fun RemoteTrack.readAll(): Int = generateSequence(::frameNow).count()

    @Test
    fun `a handler is told once that there is something, and of the end`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val microphone = Microphone(track)
            val wakes = ConcurrentLinkedQueue<Pair<String, Boolean>>()
            fun told(count: Int) = eventually("$count wakes") { wakes.size == count }
            remote.setWakeHandler { Thread.currentThread().run { wakes.add(name to isDaemon) } }
            microphone.until { if (remote.waitingFrames >= 5) true else null }
            told(1)
            assertTrue(remote.readAll() >= 5)
            assertEquals(0, remote.waitingFrames)
            microphone.until { if (wakes.size > 1) true else null }
            assertEquals(setOf("vsdk-callback" to true), wakes.toSet())

            remote.setWakeHandler(null)
            assertEquals(0, Callbacks.count)
            val count = wakes.size
            remote.readAll()
            microphone.until { if (remote.waitingFrames > 0) true else null }
            assertEquals(count, wakes.size)

            // One that is set while something waits is told at once; another one takes its place.
            val later = ConcurrentLinkedQueue<Boolean>()
            bob.meeting.remoteTrack(remote.id).use { it.setWakeHandler { later.add(true) } }
            eventually("a wake") { later.size == 1 }
            track.close()
            eventually("the end") { later.size >= 2 }
            remote.readAll()
            assertTrue(remote.nextFrameBlocking(0).isClosed)
            remote.setWakeHandler(null)
        }
    }

    @Test
    fun `what waits is thrown away, and pictures go on with a key frame`() = Service().use { service ->
        service.send(TrackKind.VIDEO) {
            val camera = Camera(track)
            camera.until(remote::frameNow)
            camera.until { if (remote.waitingFrames >= 5) true else null }
            remote.flush()
            assertEquals(0, remote.waitingFrames)
            assertNull(remote.frameNow())
            val next = camera.until(remote::frameNow)
            next.pictureNumber
            assertTrue(next.isKeyFrame && next.followsGap)
        }
    }

    @Test
    fun `of two that wait for one track the later goes on`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            bob.meeting.remoteTrack(remote.id).use { other ->
                runBlocking(Dispatchers.Default) {
                    // Until it waits.
                    val earlier = async(start = CoroutineStart.UNDISPATCHED) {
                        runCatching { remote.nextFrame() }.exceptionOrNull()
                    }
                    assertEquals(1, Callbacks.count)
                    val later = async { other.nextFrame() }
                    val failure = withTimeout(1.minutes) { earlier.await() } as VsdkException
                    assertEquals(Status.INVALID_STATE, failure.status)
                    val microphone = Microphone(track)
                    microphone.until { if (later.isCompleted) true else null }
                    assertTrue(later.await().frame!!.soundNumber >= 0)
                }
            }
        }
    }

    @Test
    fun `a wait ends with the meeting`() = Service().use { service ->
        for (isCollecting in listOf(true, false)) {
            service.send(TrackKind.AUDIO) {
                runBlocking(Dispatchers.Default) {
                    val waiting = async(start = CoroutineStart.UNDISPATCHED) {
                        if (isCollecting) remote.frames.toList().isEmpty() else remote.nextFrame().isClosed
                    }
                    assertEquals(1, Callbacks.count)
                    bob.meeting.close()
                    assertTrue(withTimeout(1.minutes) { waiting.await() })
                }
            }
        }
    }
}

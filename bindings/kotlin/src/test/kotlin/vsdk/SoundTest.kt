// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** Raw sound through the media server of the local service, judged by what is heard. */
@DisabledIfEnvironmentVariable(
    named = "VSDK_WITHOUT_MEDIA",
    matches = ".*",
    disabledReason = "the local service has no media server: see VSDK_WITHOUT_MEDIA",
)
class SoundTest : CleanTest() {

    @Test
    fun `a tone is heard at its pitch and level, whatever the samples are in`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            for ((index, way) in WAYS.withIndex()) {
                val format = AudioFormat(listOf(48_000, 44_100, 16_000)[index % 3], 1 + index / 3)
                track.audioInput(AudioFormat(channels = 1 + index % 2)).use { input ->
                    remote.audioOutput(format).use { output ->
                        assertEquals(format, output.format)
                        Whistle(input, 440, way).use { whistle ->
                            val heard = output.hear(10, way)
                            assertEquals(440, heard.loudest, "$way")
                            assertEquals(LOUDNESS.toDouble(), heard.level(440), 0.15 * LOUDNESS, "$way")
                            assertTrue(heard.rest(440) < 0.3 * LOUDNESS, "$way: ${heard.rest(440)}")
                            assertTrue(input.level in -15..-12, "$way: ${input.level}")
                            assertEquals(setOf(Pushed.QUEUED), whistle.answers.toSet(), "$way")
                            val playout = bob.meeting.mediaStatistics().use { it.tracks.single().playout!! }
                            assertTrue(playout.playedFrames > 0 && playout.delayMs > 0, "$way")
                        }
                    }
                }
            }
            // What was taken is given back, at both ends.
            Microphone(track).until(remote::frameNow)
        }
    }

    @Test
    fun `a mixer hears everybody who comes, and nobody who has gone`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            bob.meeting.audioMixer(AudioFormat(48_000, 2)).use { mixer ->
                track.audioInput().use { low ->
                    Whistle(low, 440).use {
                        assertTrue(mixer.hear(10).run { level(440) > 0.8 * LOUDNESS && level(1000) < 0.1 * LOUDNESS })
                        service.client(ann.room, "cid").use { cid ->
                            cid.meeting.joinBlocking()
                            cid.meeting.addTrack(TrackKind.AUDIO).use { high ->
                                cid.published(high)
                                high.audioInput().use { input ->
                                    Whistle(input, 1000).use {
                                        mixer.listenUntil { level(1000) > 0.8 * LOUDNESS && level(440) > 0.8 * LOUDNESS }
                                        assertTrue(mixer.hear(10).level(700) < 0.05 * LOUDNESS)
                                    }
                                }
                            }
                        }
                        mixer.listenUntil { level(1000) < 0.05 * LOUDNESS && level(440) > 0.8 * LOUDNESS }
                    }
                }
            }
        }
    }

    @Test
    fun `whoever else wants the frames is told who has them`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            runBlocking {
                val waiting = async(Dispatchers.Default) { failure { runBlocking { remote.nextFrame() } } }
                val other = bob.meeting.remoteTrack(remote.id)
                eventually("somebody who waits") { Callbacks.count == 1 }
                val output = remote.audioOutput()
                assertEquals(Status.INVALID_STATE, waiting.await().status)
                for (use in listOf<() -> Unit>(
                    { remote.nextFrameBlocking(0) }, { runBlocking { remote.frames.toList() } },
                    { remote.setFrameHandler { } }, { runBlocking { other.nextFrame() } },
                )) {
                    assertStatus(Status.INVALID_STATE, use)
                }
                // Several each get all of it.
                track.audioInput().use { input ->
                    Whistle(input, 440).use {
                        other.audioOutput().use { second ->
                            val listening = async(Dispatchers.Default) { output.hear(5).loudest }
                            assertEquals(440, second.hear(5).loudest)
                            assertEquals(440, listening.await())
                        }
                    }
                    assertStatus(Status.INVALID_STATE) { Microphone(track).push() }
                }
                other.close()
                output.close()
                remote.setFrameHandler { }
                assertStatus(Status.INVALID_STATE) { remote.audioOutput() }
                assertStatus(Status.INVALID_STATE) { bob.meeting.audioMixer() }
                remote.setFrameHandler(null)
            }
        }
    }

    @Test
    fun `a track that is off and a meeting that is left take nothing`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val mixer = bob.meeting.audioMixer()
            val input = track.audioInput()
            Whistle(input, 440).use { whistle ->
                mixer.listenUntil { level(440) > 0.7 * LOUDNESS }
                track.setEnabled(false)
                eventually("its rest") { whistle.answers.last() == Pushed.NOT_SENDING }
                mixer.listenUntil { level(440) == 0.0 }
                track.setEnabled(true)
                mixer.listenUntil { level(440) > 0.7 * LOUDNESS }

                ann.meeting.leaveBlocking()
                eventually("the end") { whistle.answers.last() == Pushed.NOT_SENDING }
                mixer.listenUntil { level(440) == 0.0 }
                assertEquals(setOf(Pushed.QUEUED, Pushed.NOT_SENDING), whistle.answers.toSet())
                // What is there may be used on, and what is sent is as loud as it was.
                assertTrue(input.level in -15..-12)
                ann.meeting.close()
                bob.meeting.leaveBlocking()
                bob.meeting.close()
                assertEquals(48_000, mixer.pull(ShortArray(48_000)).silentFrames)
            }
            assertEquals(Pushed.NOT_SENDING, input.push(ShortArray(480)))
            assertStatus(Status.INVALID_STATE) { track.audioInput() }
            input.close()
            mixer.close()
        }
    }

    @Test
    fun `from callbacks, and from many threads`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val input = track.audioInput()
            val mixer = bob.meeting.audioMixer()
            val answers = LinkedBlockingQueue<Any>()
            bob.meeting.setEventHandler { event ->
                if (event.type == EventType.MESSAGE) {
                    answers.add(mixer.pull(FloatArray(480)).run { decodedFrames + concealedFrames + silentFrames })
                    answers.add(input.push(FloatArray(480)))
                    answers.add(input.level)
                }
            }
            bob.meeting.subscribeBlocking("CHAT")
            ann.meeting.publishBlocking("CHAT", "now")
            assertEquals(listOf(480L, Pushed.QUEUED, -127), List(3) { answers.poll(60, TimeUnit.SECONDS) })
            bob.meeting.setEventHandler(null)

            val all = LinkedBlockingQueue<Pushed>()
            val threads = List(32) { number ->
                thread {
                    val way = WAYS[number % WAYS.size]
                    val samples = FloatArray(480) { LOUDNESS }
                    repeat(200) {
                        all.add(way.push(input, samples))
                        check(way.pull(mixer, samples).run { decodedFrames + concealedFrames + silentFrames } == 480L)
                        samples.fill(LOUDNESS)
                    }
                }
            }
            threads.forEach { it.join() }
            assertEquals(32 * 200, all.size)
            // Far more than can be encoded meanwhile.
            assertEquals(setOf(Pushed.QUEUED, Pushed.FULL), all.toSet())
            // Afterwards all is as before.
            Whistle(input, 440).use { mixer.listenUntil { loudest == 440 && level(440) > 0.7 * LOUDNESS } }
            input.close()
            mixer.close()
        }
    }

    /** Listens until it is so. The time only catches hangs. */
    private fun AudioOutput.listenUntil(isSo: Heard.() -> Boolean) {
        assertTrue(generateSequence { listen(5) }.take(100).any(isSo), "it was never heard")
    }
}

// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable
import java.nio.ReadOnlyBufferException
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.measureTime

/** Sound and pictures, through the media server of the local service. */
@DisabledIfEnvironmentVariable(
    named = "VSDK_WITHOUT_MEDIA",
    matches = ".*",
    disabledReason = "the local service has no media server: see VSDK_WITHOUT_MEDIA",
)
class MediaTest : CleanTest() {

    // ---- Frames ----------------------------------------------------------------------------------

    @Test
    fun `sound arrives as it was sent`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            assertEquals(TrackKind.AUDIO to Codec.OPUS, remote.kind to remote.codec)
            val microphone = Microphone(track)
            val frames = List(20) { microphone.until(remote::frameNow) }
            val first = frames.first().soundNumber
            assertEquals(List(20) { first + it }, frames.map { it.soundNumber })
            for ((earlier, frame) in frames.zipWithNext()) {
                assertEquals(20_000, frame.timestampUs - earlier.timestampUs)
                assertTrue(frame.isKeyFrame)
                assertFalse(frame.followsGap)
                assertEquals("ann" to remote.id, frame.participantId to frame.trackId)
                assertEquals(TrackKind.AUDIO to Codec.OPUS, frame.kind to frame.codec)
                assertEquals(-30, frame.audioLevel)
            }
        }
    }

    @Test
    fun `pictures begin with a key frame, and it can be asked for another`() = Service().use { service ->
        service.send(TrackKind.VIDEO) {
            val camera = Camera(track)
            val frames = List(10) { camera.until(remote::frameNow) }
            val first = frames.first().pictureNumber
            assertEquals(List(10) { first + it }, frames.map { it.pictureNumber })
            assertTrue(frames.first().isKeyFrame)
            assertTrue(frames.first().data.remaining() > 6000)
            assertTrue(frames.all { it.audioLevel == null })
            remote.requestKeyFrame()
            assertTrue(camera.until { remote.frameNow()?.takeIf { it.isKeyFrame } }.pictureNumber > first)
        }
    }

    @Test
    fun `a wait gives the frame or nothing`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val microphone = Microphone(track)
            microphone.until(remote::frameNow)
            while (remote.nextFrameBlocking(200).frame != null) continue
            val waits = listOf<(Long) -> NextFrame>(
                { remote.nextFrameBlocking(it) },
                { runBlocking { remote.nextFrame(it.milliseconds) } },
            )
            for (wait in waits) {
                val lasted = measureTime { assertNull(wait(200).frame) }
                assertTrue(lasted in 200.milliseconds..1.minutes, "$lasted")
                assertNull(wait(0).frame)
                val pushing = thread {
                    Thread.sleep(200)
                    microphone.push()
                }
                assertEquals(microphone.sent, wait(60_000).frame!!.soundNumber)
                pushing.join()
            }
        }
    }

    @Test
    fun `a flow of frames ends with its track`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val microphone = Microphone(track)
            val next = microphone.until(remote::frameNow).soundNumber + 1
            val sending = thread {
                repeat(100) {
                    microphone.push()
                    Thread.sleep(5)
                }
                track.close()
            }
            val numbers = runBlocking {
                withTimeout(1.minutes) {
                    remote.frames.map {
                        // What is not read meanwhile waits, in the order in which it came.
                        if (it.soundNumber == next + 10) delay(100)
                        it.soundNumber
                    }.toList()
                }
            }
            sending.join()
            assertEquals((next until microphone.sent).toList(), numbers)
            assertEquals(remote.id, bob.next(EventType.TRACK_REMOVED).trackId)
            assertTrue(remote.nextFrameBlocking().isClosed)
            assertTrue(runBlocking { remote.nextFrame() }.isClosed)
            assertStatus(Status.NOT_FOUND) { bob.meeting.remoteTrack(remote.id) }
            assertStatus(Status.NOT_FOUND) { remote.pauseBlocking() }
        }
    }

    @Test
    fun `a cancelled wait loses no frame`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val microphone = Microphone(track)
            val next = microphone.until(remote::frameNow).soundNumber + 1
            val frames = mutableListOf<ReceivedFrame>()
            runBlocking(Dispatchers.Default) {
                for (number in 0 until 60) {
                    val waiting = launch(start = CoroutineStart.UNDISPATCHED) {
                        frames += remote.nextFrame().frame!!
                    }
                    microphone.push()
                    // Now before, now after it came.
                    delay((number / 4).milliseconds)
                    waiting.cancelAndJoin()
                }
                while (true) frames += remote.nextFrame(1000.milliseconds).frame ?: break
            }
            assertEquals((next until microphone.sent).toList(), frames.map { it.soundNumber })
            eventually("the callbacks' end") { Callbacks.count == 0 }
        }
    }

    @Test
    fun `one coroutine at a time, and a handler that is set meanwhile stays`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val frames = LinkedBlockingQueue<ReceivedFrame>()
            runBlocking {
                val waiting = async(Dispatchers.Default) { failure { runBlocking { remote.nextFrame() } } }
                eventually("somebody who waits") { Callbacks.count == 1 }
                assertStatus(Status.INVALID_STATE) { runBlocking { remote.frames.toList() } }
                assertStatus(Status.INVALID_STATE) { remote.setWakeHandler { } }
                assertNull(remote.frameNow())
                remote.setFrameHandler { frames.add(it) }
                assertEquals(Status.INVALID_STATE, waiting.await().status)
            }
            assertTrue(Microphone(track).until(frames::poll).soundNumber >= 0)
            remote.setFrameHandler(null)
        }
    }

    @Test
    fun `closing ends a wait, and others can read`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            repeat(200) { round ->
                bob.meeting.remoteTrack(remote.id).use { other ->
                    runBlocking(Dispatchers.Default) {
                        val collecting = async { other.frames.toList() }
                        // Before, while and after it begins to wait.
                        if (round % 2 == 0) Thread.sleep(0, (round % 20) * 50_000)
                        other.close()
                        assertEquals(emptyList<ReceivedFrame>(), withTimeout(1.minutes) { collecting.await() })
                        assertStatus(Status.INVALID_HANDLE) { runBlocking { other.nextFrame() } }
                    }
                }
                assertNull(remote.frameNow())
                assertEquals(1, Vsdk.liveHandles(HandleKind.REMOTE_TRACK))
                assertEquals(0, Callbacks.count)
            }
            Microphone(track).until(remote::frameNow)
        }
    }

    @Test
    fun `a frame can be kept, and only read`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val frame = Microphone(track).until(remote::frameNow)
            val number = frame.soundNumber
            assertEquals(0, Vsdk.liveHandles(HandleKind.RECEIVED_FRAME))
            assertThrows(ReadOnlyBufferException::class.java) { frame.data.put(0, 0) }
            frame.toByteArray()[0] = 0
            frame.data.position(7)
            track.close()
            remote.close()
            bob.meeting.close()
            assertEquals(number, frame.soundNumber)
            assertEquals("OPUS at ${frame.timestampUs} us, 85 bytes", "$frame")
        }
    }

    // ---- Handlers --------------------------------------------------------------------------------

    @Test
    fun `a handler gets the frames of a track`() = Service().use { service ->
        service.send(TrackKind.VIDEO) {
            val frames = ConcurrentLinkedQueue<ReceivedFrame>()
            remote.setFrameHandler { frames.add(it) }
            assertStatus(Status.INVALID_STATE) { remote.nextFrameBlocking(0) }
            assertStatus(Status.INVALID_STATE) { runBlocking { remote.nextFrame() } }
            Camera(track).until { if (frames.size >= 10) true else null }
            remote.setFrameHandler(null)
            val numbers = frames.map { it.pictureNumber }
            assertEquals(List(numbers.size) { numbers.first() + it }, numbers)
            Camera(track).until(remote::frameNow)
            assertEquals(numbers.size, frames.size)
        }
    }

    @Test
    fun `a handler of the meeting gets all`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            ann.meeting.addTrack(TrackKind.VIDEO).use { film ->
                val frames = ConcurrentLinkedQueue<ReceivedFrame>()
                bob.meeting.setFrameHandler { frames.add(it) }
                ann.published(film)
                val camera = Camera(film)
                Microphone(track).until {
                    camera.push()
                    if (frames.map { it.kind }.toSet().size == 2) true else null
                }
                bob.meeting.setFrameHandler(null)
                for (frame in frames) {
                    if (frame.kind == TrackKind.AUDIO) frame.soundNumber else frame.pictureNumber
                    assertEquals("ann", frame.participantId)
                }
            }
        }
    }

    @Test
    fun `a handler runs on a daemon thread of Java, and throws into nothing`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val thrown = LinkedBlockingQueue<Pair<String?, Boolean>>()
            Vsdk.setCallbackExceptionHandler { thrown.add(it.message to Thread.currentThread().isDaemon) }
            remote.setFrameHandler { error("of ${it.trackId}") }
            Microphone(track).until { if (thrown.size > 1) true else null }
            remote.setFrameHandler(null)
            assertEquals(setOf("of ${remote.id}" to true), thrown.toSet())
        }
    }

    @Test
    fun `when a handler is taken out, it does not run`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val isInside = AtomicBoolean()
            val runs = ConcurrentLinkedQueue<ReceivedFrame>()
            val microphone = Microphone(track)
            for (takeOut in listOf(
                { remote.setFrameHandler(null) },
                { bob.meeting.setFrameHandler(null) },
                { remote.setFrameHandler { } },
            )) {
                remote.setFrameHandler {
                    runs.add(it)
                    isInside.set(true)
                    Thread.sleep(200)
                    isInside.set(false)
                }
                microphone.until { if (isInside.get()) true else null }
                takeOut()
                assertFalse(isInside.get())
                val count = runs.size
                repeat(5) {
                    microphone.push()
                    Thread.sleep(10)
                }
                assertEquals(count, runs.size)
            }
            remote.setFrameHandler(null)
        }
    }

    @Test
    fun `what would wait is refused in a frame handler, and it can take itself out`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val answers = LinkedBlockingQueue<Status>()
            remote.setFrameHandler {
                answers.add(status { remote.pauseBlocking() })
                remote.setFrameHandler(null)
                // What waits already can be read.
                answers.add(status { generateSequence { remote.nextFrameBlocking().frame }.count() })
            }
            val microphone = Microphone(track)
            microphone.until { if (answers.size == 2) true else null }
            assertEquals(listOf(Status.WOULD_DEADLOCK, Status.WOULD_DEADLOCK), answers.toList())
            microphone.until(remote::frameNow)
        }
    }

    // ---- What a sender is told, and what a receiver can ask for ------------------------------------

    @Test
    fun `a track rests until somebody takes it`() = Service().use { service ->
        service.configure()
        val room = Vsdk.createRoomBlocking().use { it.id }
        service.client(room, "ann").use { ann ->
            ann.meeting.addTrack(TrackKind.VIDEO).use { track ->
                assertFalse(track.isSending)
                assertEquals(Pushed.NOT_SENDING, Camera(track).push())
                ann.meeting.joinBlocking()
                ann.published(track)
                assertEquals(Pushed.NEEDS_KEY_FRAME, track.push(picture(0, false), 0))
                val target = track.encoderTarget()
                assertTrue(target.isActive && target.wantsKeyFrame)
                assertEquals(Pushed.QUEUED, track.push(picture(1, true), 33_333, isKeyFrame = true))

                track.setEnabled(false)
                assertEquals(track.id, ann.next(EventType.TRACK_UNPUBLISHED).trackId)
                eventually("its rest") { !track.isSending }
                assertEquals(Pushed.NOT_SENDING, track.push(picture(2, true), 66_666, isKeyFrame = true))
                track.setEnabled(true)
                ann.published(track)
            }
        }
    }

    @Test
    fun `a receiver pauses a track`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val microphone = Microphone(track)
            fun rests() {
                generateSequence { remote.nextFrameBlocking(200).frame }.count()
                repeat(20) {
                    microphone.push()
                    Thread.sleep(5)
                }
                assertNull(remote.nextFrameBlocking(200).frame)
            }
            microphone.until(remote::frameNow)
            runBlocking { remote.pause() }
            rests()
            runBlocking { remote.resume() }
            microphone.until(remote::frameNow)
            remote.pauseBlocking()
            rests()
            remote.resumeBlocking()
            remote.setPreferredLayersBlocking(0, 0)
            microphone.until(remote::frameNow)
            remote.pauseAsync().use { it.getBlocking() }
            rests()
            remote.resumeAsync().use { it.getBlocking() }
            remote.setPreferredLayersAsync(0, 0).use { it.getBlocking() }
            microphone.until(remote::frameNow)
        }
    }

    @Test
    fun `of several sizes each can be chosen`() = Service().use { service ->
        val options = TrackOptions(TrackKind.VIDEO) {
            multiStream = true
            maxLayers = 2
            setSize(1280, 720)
        }
        service.configure()
        val room = Vsdk.createRoomBlocking().use { it.id }
        service.client(room, "ann").use { ann ->
            service.client(room, "bob").use { bob ->
                ann.meeting.addTrack(options).use { track ->
                    bob.meeting.joinBlocking()
                    ann.meeting.joinBlocking()
                    ann.published(track)
                    bob.added().use { choosesTheLarger(track, it) }
                }
            }
        }
    }

    private fun choosesTheLarger(track: LocalTrack, remote: RemoteTrack) {
        assertEquals(listOf(4.0, 1.0), track.layers.map { it.scale })
        assertTrue(track.layers.all { it.maxKbps != null })
        var number = 0
        fun pushAll() {
            for ((layer, info) in track.layers.withIndex()) {
                val isKeyFrame = track.encoderTarget(layer).wantsKeyFrame
                val (width, height) = listOf(1280, 720).map { (it / info.scale).toInt() }
                val data = picture(number, isKeyFrame, layer, width, height)
                track.push(data, number * 33_333L, isKeyFrame, layer)
            }
            number++
        }
        // By hand and by the size in which it is shown; what is said last holds.
        for ((wanted, choose) in listOf<Pair<Int, () -> Unit>>(
            0 to { runBlocking { remote.setPreferredLayers(0, 2) } },
            1 to { runBlocking { remote.setPreferredLayers(1, 2) } },
            0 to { remote.setViewport(320, 180) },
            1 to { remote.setViewport(321, 180) },
        )) {
            choose()
            val layers = mutableListOf<Int>()
            val end = System.nanoTime() + 60_000_000_000
            while (layers.size < 10 || layers.takeLast(10).any { it != wanted }) {
                check(System.nanoTime() < end) { "size $wanted never comes: $layers" }
                pushAll()
                Thread.sleep(33)
                layers += generateSequence(remote::frameNow).map { it.pictureLayer }
            }
        }
        val negative = assertThrows(VsdkException::class.java) { remote.setViewport(320, -1) }
        assertEquals(Status.INVALID_ARGUMENT, negative.status)
    }

    // ---- Data ------------------------------------------------------------------------------------

    @Test
    fun `data goes both ways`() = Service().use { service ->
        service.meet("ann", "bob") { (ann, bob) ->
            for (reliability in listOf(Reliability.RELIABLE, Reliability.UNRELIABLE)) {
                for ((sender, receiver) in listOf(ann to bob, bob to ann)) {
                    val text = "grüß dich\u0000😀"
                    exchange(sender, receiver, reliability, text.toByteArray(), "text") {
                        sender.meeting.sendData(text, reliability)
                    }
                    for (data in listOf(byteArrayOf(-1, 0, -2), ByteArray(15 * 1024) { -1 })) {
                        exchange(sender, receiver, reliability, data, "binary") {
                            sender.meeting.sendData(data, reliability)
                        }
                    }
                }
            }
            val long = failure { ann.meeting.sendData(ByteArray(15 * 1024 + 1)) }
            assertEquals(Status.INVALID_ARGUMENT to 3072, long.status to long.serviceCode)
        }
    }

    /** Sends until it has arrived: channels open a while after joining. */
    private fun exchange(
        sender: Client,
        receiver: Client,
        reliability: Reliability,
        data: ByteArray,
        kind: String,
        send: () -> Sent,
    ) = eventually("data") {
        try {
            assertEquals(Sent.QUEUED, send())
        } catch (exception: VsdkException) {
            assertEquals(Status.INVALID_STATE, exception.status)
        }
        generateSequence { receiver.meeting.nextEventBlocking(100).event }.any {
            val isIt = it.type == EventType.DATA && it.payload.contentEquals(data)
            if (isIt) {
                assertEquals(sender.meeting.snapshot().use { me -> me.participantId }, it.participantId)
                assertEquals(reliability to kind, Reliability.of(it.code) to it.text)
            }
            isIt
        }
    }

    // ---- What is wrong ---------------------------------------------------------------------------

    @Test
    fun `what cannot be is told`() = Service().use { service ->
        service.configure()
        service.client("room", "ann").use { ann ->
            val meeting = ann.meeting
            meeting.addTrack(TrackKind.AUDIO).use { track ->
                fun add(kind: TrackKind, build: TrackOptions.() -> Unit) {
                    meeting.addTrack(TrackOptions(kind, build)).close()
                }
                for (wrong in listOf<() -> Unit>(
                    { track.push(ByteArray(0), 0) },
                    { track.push(ByteArray(64 * 1024 + 1), 0) },
                    { track.push(sound(0), -1) },
                    { track.push(sound(0), 0, layer = 1) },
                    { track.push(sound(0), 0, layer = -1) },
                    { track.push(sound(0), 0, audioLevel = 1) },
                    { track.push(sound(0), 0, audioLevel = -128) },
                    { track.encoderTarget(1) },
                    { meeting.addTrack(TrackKind.of(9)) },
                    { add(TrackKind.AUDIO) { codec = Codec.VP8 } },
                    { add(TrackKind.VIDEO) { setSize(0, 100) } },
                    { add(TrackKind.VIDEO) { maxLayers = 4 } },
                    { add(TrackKind.VIDEO) { bitrateMode = BitrateMode.of(9) } },
                    { add(TrackKind.AUDIO) { audioProfile = AudioProfile.of(9) } },
                    { add(TrackKind.SHARE) { shareProfile = ScreenShareProfile.of(9) } },
                    { add(TrackKind.AUDIO) { appDataJson = "[]" } },
                    { add(TrackKind.AUDIO) { appDataJson = """{"text":"${"x".repeat(16384)}"}""" } },
                    { meeting.sendData(ByteArray(0), Reliability.of(9)) },
                )) {
                    val failure = failure(wrong)
                    assertEquals(Status.INVALID_ARGUMENT, failure.status, failure.message)
                    assertTrue(failure.remedy.isNotEmpty())
                }
                assertStatus(Status.INVALID_UTF8) { meeting.sendData("half \ud800") }
                val early = failure { meeting.sendData("early") }
                assertEquals(Status.INVALID_STATE to 3048, early.status to early.serviceCode)
                assertStatus(Status.NOT_FOUND) { meeting.remoteTrack("nobody's") }
                add(TrackKind.SHARE) { shareProfile = ScreenShareProfile.H720_FPS15 }
                add(TrackKind.AUDIO) { audioProfile = AudioProfile.HIGH_QUALITY; enabled = false }
                add(TrackKind.VIDEO) {
                    codec = Codec.VP9
                    bitrateMode = BitrateMode.HIGH_QUALITY
                    appDataJson = """{"of": "Ann"}"""
                }
            }
        }
    }

    // ---- Their end -------------------------------------------------------------------------------

    @Test
    fun `a closed track says so, and the others see that it is gone`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            track.close()
            track.close()
            assertEquals("AUDIO ${track.id}" to 1, "$track" to track.layers.size)
            assertEquals(remote.id, bob.next(EventType.TRACK_REMOVED).trackId)
            remote.close()
            remote.close()
            assertEquals("AUDIO ${remote.id} of ann", "$remote")
            for (use in listOf<() -> Unit>(
                { track.push(sound(0), 0) }, { track.setEnabled(false) }, { track.encoderTarget() },
                { track.isSending }, { remote.nextFrameBlocking(0) }, { runBlocking { remote.nextFrame() } },
                { remote.setFrameHandler(null) }, { remote.setFrameHandler { } }, { remote.requestKeyFrame() },
                { remote.resumeBlocking() }, { remote.setWakeHandler { } }, { remote.waitingFrames },
                { remote.flush() },
            )) {
                assertStatus(Status.INVALID_HANDLE, use)
            }
            assertEquals(emptyList<ReceivedFrame>(), runBlocking { remote.frames.toList() })
        }
    }

    @Test
    fun `a forgotten track is taken out`() = Service().use { service ->
        service.meet("ann") { (ann) ->
            fun forget() = ann.published(ann.meeting.addTrack(TrackKind.AUDIO))
            forget()
            eventually("the collector") {
                System.gc()
                Vsdk.liveHandles(HandleKind.LOCAL_TRACK) == 0L
            }
            assertEquals("ann", ann.next(EventType.TRACK_UNPUBLISHED).participantId)
        }
    }

    @Test
    fun `all may be closed in any order`() = Service().use { service ->
        for (order in listOf("abtr", "rtba", "atbr", "tarb", "brat")) {
            service.send(TrackKind.AUDIO) {
                val microphone = Microphone(track)
                microphone.until(remote::frameNow)
                for (which in order) {
                    when (which) {
                        'a' -> ann.meeting.close()
                        'b' -> bob.meeting.close()
                        't' -> track.close()
                        'r' -> remote.close()
                    }
                    if (!track.isClosed) microphone.push()
                    if (!remote.isClosed) remote.frameNow()
                }
                eventually("live handles after $order") { Vsdk.liveHandles() == 0L }
            }
        }
    }

    @Test
    fun `sound goes on while others read and close`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            val isOver = AtomicBoolean()
            val sending = thread {
                val microphone = Microphone(track)
                while (!isOver.get()) {
                    microphone.push()
                    Thread.sleep(2)
                }
            }
            try {
                repeat(50) { round ->
                    bob.meeting.remoteTrack(remote.id).use { other ->
                        runBlocking(Dispatchers.Default) {
                            val frames = other.frames.take(3).toList()
                            assertEquals(3, frames.size)
                            val reading = async { other.frames.toList() }
                            delay((round % 7).milliseconds)
                            if (round % 2 == 0) other.close() else reading.cancelAndJoin()
                            if (round % 2 == 0) reading.await()
                        }
                    }
                }
            } finally {
                isOver.set(true)
                sending.join()
            }
            Microphone(track).until(remote::frameNow)
        }
    }
}

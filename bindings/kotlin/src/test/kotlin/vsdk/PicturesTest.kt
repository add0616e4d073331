// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable
import java.nio.ByteBuffer
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes

/**
 * Raw pictures through the media server of the local service, judged by what is seen. A library that
 * was built without them has to say so at both ends: that is all that is looked at then.
 */
@DisabledIfEnvironmentVariable(
    named = "VSDK_WITHOUT_MEDIA",
    matches = ".*",
    disabledReason = "the local service has no media server: see VSDK_WITHOUT_MEDIA",
)
class PicturesTest : FilmingTest() {

    @Test
    fun `a library that was built with pictures has them`() {
        assertTrue(hasRawPictures || System.getenv("VSDK_WITH_VP8") == null)
    }

    @Test
    fun `bars are seen as they are filmed, wherever they lie in memory`() = filming {
        for (painting in PAINTINGS) {
            for (format in listOf(PictureFormat.I420, PictureFormat.RGBA)) {
                remote.videoOutput(format).use { output ->
                    assertEquals(format, output.format)
                    input.until(output, painting.paint()).use { picture ->
                        assertEquals(WIDTH to HEIGHT, picture.width to picture.height, "$painting")
                        assertEquals("ann" to remote.id, picture.participantId to picture.trackId)
                        assertEquals(format, picture.format)
                        assertTrue(picture.timestampUs >= 0)
                        val rows = if (format == PictureFormat.RGBA) listOf(HEIGHT) else listOf(HEIGHT, 46, 46)
                        for ((plane, count) in picture.planes.zip(rows)) {
                            assertTrue(plane.data.isDirect && plane.data.isReadOnly)
                            assertEquals(plane.stride * count, plane.data.remaining())
                        }
                        assertEquals(rows.size, picture.planes.size)
                        // What is shown can be sent on as it is.
                        val again = picture.run { VideoPicture(this.format, width, height, planes) }
                        assertEquals(Pushed.QUEUED, input.push(again))
                    }
                }
            }
        }
    }

    @Test
    fun `a new size is told, and what is turned comes upright`() = filming {
        remote.videoOutput(PictureFormat.I420).use { output ->
            assertTrue(input.until(output) { true }.use { it.isResized })
            assertFalse(input.until(output) { true }.use { it.isResized })
            for ((width, height) in listOf(64 to 48, 1 to 1, 33 to 101)) {
                val picture = input.until(output, PLAIN.paint(width, height)) { this.width == width && this.height == height }
                assertTrue(picture.use { it.isResized })
            }
            val onItsSide = PLAIN.paint(rotation = 90)
            assertTrue(input.until(output, onItsSide) { width == HEIGHT && height == WIDTH }.use { it.isResized })
            // What was its left side is at the top.
            input.until(output, onItsSide) { hasBars(fromTop = true) }.close()
            input.until(output).use { assertEquals(WIDTH, it.width) }
        }
    }

    @Test
    fun `only the latest waits, and times are kept`() = filming {
        remote.videoOutput(PictureFormat.RGBA).use { output ->
            val times = List(60) { number ->
                input.push(PLAIN.paint(captureTimeUs = number * 50_000L))
                Thread.sleep(10)
                if (number % 20 < 19) null else output.nextPictureBlocking(60_000).picture!!.use { it.timestampUs }
            }.filterNotNull()
            assertEquals(times.sorted(), times)
            // Ten and more were overtaken, 50 ms apart.
            assertTrue(times[2] - times[1] >= 500_000, "$times")
            val (sent, received) = listOf(ann, bob).map { client ->
                client.meeting.mediaStatistics().use { it.tracks.single() }
            }
            assertTrue(sent.encoding!!.run { pictures > 0 && encodeMs > 0 && reducedBy >= 1 })
            assertTrue(received.decoding!!.run { overtaken in 1..<pictures && decodeMs > 0 })
        }
    }

    @Test
    fun `coroutines wait for pictures, to the end`() = filming {
        remote.videoOutput(PictureFormat.I420).use { output ->
            assertNull(output.nextPictureBlocking(0).picture)
            runBlocking(Dispatchers.Default) {
                val none = output.nextPicture(50.milliseconds)
                assertTrue(none.picture == null && !none.isClosed)
                Filming(input).use {
                    withTimeout(1.minutes) {
                        output.nextPicture().picture!!.use { assertTrue(it.isResized) }
                        val sizes = output.pictures.take(3).map { picture -> picture.use { it.width } }.toList()
                        assertEquals(listOf(WIDTH, WIDTH, WIDTH), sizes)
                    }
                }
                val waiting = async { output.pictures.map { it.close() }.toList() }
                eventually("somebody who waits") { Callbacks.count == 1 }
                assertStatus(Status.INVALID_STATE) { runBlocking { output.nextPicture() } }
                assertStatus(Status.INVALID_STATE) { output.setWakeHandler { } }
                track.close()
                withTimeout(1.minutes) { waiting.await() }
                assertTrue(output.nextPicture().isClosed && output.nextPictureBlocking().isClosed)
                // Whoever films does not have to know.
                assertEquals(Pushed.NOT_SENDING, input.push(PLAIN.paint()))
            }
        }
    }

    @Test
    fun `a wait ends when the output or the meeting is closed`() {
        for (isMeeting in listOf(true, false)) {
            filming {
                val output = remote.videoOutput(PictureFormat.I420)
                runBlocking(Dispatchers.Default) {
                    val waiting = async { output.pictures.map { it.close() }.toList() }
                    eventually("somebody who waits") { Callbacks.count == 1 }
                    if (isMeeting) bob.meeting.close() else output.close()
                    withTimeout(1.minutes) { waiting.await() }
                }
                output.close()
                assertStatus(Status.INVALID_HANDLE) { output.nextPictureBlocking(0) }
                assertStatus(Status.INVALID_HANDLE) { output.setWakeHandler(null) }
                assertStatus(Status.INVALID_HANDLE) { runBlocking { output.nextPicture() } }
                assertTrue(runBlocking { output.pictures.toList() }.isEmpty())
            }
        }
    }

    @Test
    fun `a wake handler may look and push, and not wait`() = filming {
        remote.videoOutput(PictureFormat.I420).use { output ->
            val told = ConcurrentLinkedQueue<Any>()
            val bars = PLAIN.paint()
            output.setWakeHandler {
                told += status { while (true) output.nextPictureBlocking().picture!!.close() }
                output.nextPictureBlocking(0).picture?.close()
                told += input.push(bars)
            }
            eventually("wakes") { input.push(bars).let { Thread.sleep(10); told.size > 6 } }
            output.setWakeHandler(null)
            assertEquals(setOf(Status.WOULD_DEADLOCK, Pushed.QUEUED), told.toSet())
            assertEquals(0, Callbacks.count)
            told.clear()
            input.until(output).close()
            assertTrue(told.isEmpty())
        }
    }

    @Test
    fun `whoever else wants the frames is told who has them`() = filming {
        val output = remote.videoOutput(PictureFormat.I420)
        // Several each get all of it.
        remote.videoOutput(PictureFormat.RGBA).use { other ->
            input.until(output).close()
            input.until(other).close()
        }
        for (use in listOf<() -> Unit>({ remote.nextFrameBlocking(0) }, { remote.setFrameHandler { } })) {
            assertStatus(Status.INVALID_STATE, use)
        }
        assertStatus(Status.INVALID_STATE) { track.videoInput() }
        assertStatus(Status.INVALID_STATE) { Camera(track).push() }
        output.close()
        input.close()
        Camera(track).until(remote::frameNow)
        remote.setFrameHandler { }
        assertStatus(Status.INVALID_STATE) { remote.videoOutput(PictureFormat.I420) }
        remote.setFrameHandler(null)
        for (number in listOf(PictureFormat.NV12.number, PictureFormat.BGRA.number, 0, -1)) {
            assertStatus(Status.INVALID_ARGUMENT) { remote.videoOutput(PictureFormat.of(number)) }
        }
    }

    @Test
    fun `a picture stays as it is until it is closed or nobody has a buffer of it`() = filming {
        val output = remote.videoOutput(PictureFormat.RGBA)
        val kept = input.until(output)
        var forgotten: ByteBuffer? = input.until(output).planes[0].data
        val before = ByteArray(forgotten!!.remaining()).also { forgotten.duplicate().get(it) }
        val dark = VideoPicture(PictureFormat.RGBA, WIDTH, HEIGHT, listOf(PlaneView(ByteArray(4 * WIDTH * HEIGHT), 4 * WIDTH)))
        repeat(4) {
            System.gc()
            input.until(output, dark) { !hasBars() }.close()
        }
        output.close()
        ann.meeting.close()
        assertTrue(kept.hasBars())
        assertEquals(2L, Vsdk.liveHandles(HandleKind.RECEIVED_PICTURE))
        val after = ByteArray(before.size).also { forgotten.duplicate().get(it) }
        assertTrue(before.contentEquals(after))
        forgotten = null
        eventually("a picture that was forgotten") {
            System.gc()
            Vsdk.liveHandles(HandleKind.RECEIVED_PICTURE) == 1L
        }
        kept.close()
        kept.close()
        assertStatus(Status.INVALID_HANDLE) { kept.planes }
        assertEquals(0L, Vsdk.liveHandles(HandleKind.RECEIVED_PICTURE))
    }

    @Test
    fun `what cannot be a picture is told`() = filming {
        val plane = PlaneView(ByteArray(4 * WIDTH * HEIGHT), 4 * WIDTH)
        fun rgba(
            width: Int = WIDTH,
            height: Int = HEIGHT,
            planes: List<PlaneView> = listOf(plane),
            format: PictureFormat = PictureFormat.RGBA,
            rotation: Int = 0,
            captureTimeUs: Long? = null,
        ) = VideoPicture(format, width, height, planes, rotation, captureTimeUs)
        fun stride(stride: Int) = rgba(planes = listOf(PlaneView(plane.data, stride)))
        val wrong = mapOf(
            "no width" to rgba(width = 0), "no height" to rgba(height = 0), "below" to rgba(width = -1),
            "too high" to rgba(height = -1), "too wide" to rgba(width = 16_384), "too large" to rgba(16_383, 16_383),
            "short" to rgba(planes = listOf(PlaneView(ByteArray(4 * WIDTH * HEIGHT - 1), 4 * WIDTH))),
            "nothing" to rgba(planes = listOf(PlaneView(ByteArray(0), 4 * WIDTH))),
            "nothing outside" to rgba(planes = listOf(PlaneView(ByteBuffer.allocateDirect(0), 4 * WIDTH))),
            "none" to rgba(planes = emptyList()), "two" to rgba(planes = listOf(plane, plane)),
            "too few" to rgba(format = PictureFormat.NV12), "no format" to rgba(format = PictureFormat.of(9)),
            "a narrow stride" to stride(4 * WIDTH - 1), "no stride" to stride(0), "a stride below" to stride(-4 * WIDTH),
            "a wide stride" to stride(4 * WIDTH + 1), "the widest stride" to stride(Int.MAX_VALUE),
            "a turn" to rgba(rotation = 45), "a turn back" to rgba(rotation = -90),
            "a time" to rgba(captureTimeUs = -1), "another time" to rgba(captureTimeUs = -2),
        )
        for ((what, picture) in wrong) {
            val failure = failure { input.push(picture) }
            assertEquals(Status.INVALID_ARGUMENT, failure.status, what)
            assertTrue(failure.remedy.isNotEmpty(), what)
        }
        assertTrue("a row has ${4 * WIDTH}" in failure { input.push(stride(7)) }.message)
        assertEquals(Pushed.QUEUED, input.push(rgba()))
        input.close()
        input.close()
        assertStatus(Status.INVALID_HANDLE) { input.push(rgba()) }
        track.videoInput().close()
    }

    @Test
    fun `from many threads`() = filming {
        remote.videoOutput(PictureFormat.I420).use { output ->
            val threads = List(8) { number ->
                thread {
                    val picture = PAINTINGS[number % PAINTINGS.size].paint()
                    repeat(50) {
                        check(input.push(picture) == Pushed.QUEUED)
                        output.nextPictureBlocking(0).picture?.use { check(it.planes.size == 3) }
                    }
                }
            }
            threads.forEach { it.join() }
            input.until(output).close()
        }
    }

    @Test
    fun `other tracks have no pictures`() = Service().use { service ->
        service.send(TrackKind.AUDIO) {
            assertStatus(Status.INVALID_ARGUMENT) { track.videoInput() }
            assertTrue(status { remote.videoOutput(PictureFormat.I420) } in listOf(Status.INVALID_ARGUMENT, Status.UNSUPPORTED))
        }
        service.send(TrackOptions(TrackKind.SHARE).apply { codec = Codec.H264 }) {
            assertStatus(Status.UNSUPPORTED) { track.videoInput() }
            assertStatus(Status.UNSUPPORTED) { remote.videoOutput(PictureFormat.I420) }
        }
    }
}

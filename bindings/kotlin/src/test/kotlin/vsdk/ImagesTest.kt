// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable
import java.util.concurrent.ConcurrentLinkedQueue
import javax.imageio.ImageIO
import kotlin.math.abs
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes

/** Still images of what is shown, read as any program of Java reads them. */
@DisabledIfEnvironmentVariable(
    named = "VSDK_WITHOUT_MEDIA",
    matches = ".*",
    disabledReason = "the local service has no media server: see VSDK_WITHOUT_MEDIA",
)
class ImagesTest : FilmingTest() {

    @Test
    fun `images have the colours of what is filmed`() = filming {
        for (shown in listOf(PictureFormat.I420, PictureFormat.RGBA)) {
            remote.videoOutput(shown).use { output ->
                input.until(output).use { picture ->
                    for (format in FORMATS) {
                        lookAt(picture.encodeImage(format), format)
                        lookAt(output.captureImageBlocking(format), format)
                        lookAt(runBlocking { output.captureImage(format) }, format)
                        output.captureImageAsync(format).use { lookAt(it.getBlocking(), format) }
                    }
                    val (small, large) = listOf(10, 95).map { picture.encodeImage(ImageFormat.JPEG, it).size }
                    assertTrue(small < large, "$small $large")
                    picture.close()
                    assertStatus(Status.INVALID_HANDLE) { picture.encodeImage(ImageFormat.PNG) }
                }
                val onItsSide = PLAIN.paint(rotation = 90)
                input.until(output, onItsSide) { width == HEIGHT && hasBars(fromTop = true) }.close()
                lookAt(output.captureImageBlocking(ImageFormat.PNG), ImageFormat.PNG, fromTop = true)
            }
        }
    }

    @Test
    fun `there is no other quality and no other format`() = filming {
        remote.videoOutput(PictureFormat.I420).use { output ->
            input.until(output).use { picture ->
                val wrong = listOf(
                    ImageFormat.PNG to 1, ImageFormat.PNG to -1, ImageFormat.JPEG to 101,
                    ImageFormat.JPEG to Int.MIN_VALUE, ImageFormat.of(9) to 0,
                )
                for ((format, quality) in wrong) {
                    val refused = listOf(
                        failure { picture.encodeImage(format, quality) },
                        failure { output.captureImageBlocking(format, quality) },
                        failure { output.captureImageAsync(format, quality) },
                        failure { runBlocking { output.captureImage(format, quality) } },
                    )
                    for (failure in refused) {
                        assertEquals(Status.INVALID_ARGUMENT, failure.status, "$format $quality")
                        assertTrue(failure.remedy.isNotEmpty())
                    }
                }
            }
        }
    }

    @Test
    fun `a capture waits for the first picture, and is given up`() = filming {
        remote.videoOutput(PictureFormat.I420).use { output ->
            assertStatus(Status.TIMEOUT) { output.captureImageBlocking(ImageFormat.PNG, timeoutMs = 10) }
            runBlocking(Dispatchers.Default) {
                assertNull(withTimeoutOrNull(50.milliseconds) { output.captureImage(ImageFormat.PNG) })
                val given = launch(start = CoroutineStart.UNDISPATCHED) { output.captureImage(ImageFormat.JPEG) }
                given.cancelAndJoin()
                val waiting = async { output.captureImage(ImageFormat.JPEG, timeout = 1.minutes) }
                Filming(input).use { lookAt(withTimeout(1.minutes) { waiting.await() }, ImageFormat.JPEG) }
            }
            // Whoever reads has a picture all the same.
            assertNotNull(output.nextPictureBlocking(60_000).picture?.close())
        }
    }

    @Test
    fun `a capture ends with the track, and with the output`() = filming {
        val output = remote.videoOutput(PictureFormat.I420)
        input.until(output).close()
        track.close()
        while (!output.nextPictureBlocking(60_000).isClosed) continue
        assertStatus(Status.INVALID_STATE) { output.captureImageBlocking(ImageFormat.PNG) }
        output.close()
        assertStatus(Status.INVALID_HANDLE) { output.captureImageBlocking(ImageFormat.PNG) }
        assertStatus(Status.INVALID_HANDLE) { runBlocking { output.captureImage(ImageFormat.PNG) } }
    }

    @Test
    fun `nobody waits for a capture inside a callback`() = filming {
        remote.videoOutput(PictureFormat.I420).use { output ->
            val refused = ConcurrentLinkedQueue<Status>()
            output.setWakeHandler { refused += status { output.captureImageBlocking(ImageFormat.PNG) } }
            val bars = PLAIN.paint()
            eventually("a wake") { input.push(bars).let { Thread.sleep(10); refused.isNotEmpty() } }
            output.setWakeHandler(null)
            assertEquals(setOf(Status.WOULD_DEADLOCK), refused.toSet())
        }
    }

    /** Finds the bars, in the middle. */
    private fun lookAt(bytes: ByteArray, format: ImageFormat, fromTop: Boolean = false) {
        val stream = ImageIO.createImageInputStream(bytes.inputStream())
        val reader = ImageIO.getImageReaders(stream).next()
        assertEquals(if (format == ImageFormat.PNG) "png" else "JPEG", reader.formatName)
        reader.input = stream
        val image = reader.read(0)
        assertEquals(if (fromTop) HEIGHT to WIDTH else WIDTH to HEIGHT, image.width to image.height)
        val seen = BARS.indices.map { bar ->
            val part = (2 * bar + 1) / (2.0 * BARS.size)
            val across = if (fromTop) 0.5 else part
            val down = if (fromTop) part else 0.5
            val pixel = image.getRGB((across * image.width).toInt(), (down * image.height).toInt())
            listOf(pixel shr 16 and 0xff, pixel shr 8 and 0xff, pixel and 0xff)
        }
        assertTrue(seen.flatten().zip(BARS.flatten()).all { (one, other) -> abs(one - other) <= TOLERANCE }, "$seen")
    }

    private companion object {
        val FORMATS = listOf(ImageFormat.PNG, ImageFormat.JPEG)
    }
}

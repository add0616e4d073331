// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import java.nio.ByteBuffer
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.concurrent.thread
import kotlin.math.abs
import kotlin.math.roundToInt

/*
 * Coloured bars that are pushed as a camera would, and found again in what is shown.
 */

/** Red, green and blue. */
typealias Colour = List<Int>

/** Of four bars, from left to right. */
val BARS: List<Colour> = listOf(listOf(200, 30, 30), listOf(30, 180, 60), listOf(40, 60, 200), listOf(210, 210, 210))

/** Odd, and not to be divided by what a codec divides pictures by. */
const val WIDTH = 161
const val HEIGHT = 91

/** By how much a colour may be off after it was encoded. */
const val TOLERANCE = 40

/** Whether this build of the library has the feature `vp8`. */
val hasRawPictures: Boolean by lazy {
    val options = TokenMintOptions { apiKey = "key"; secret = "0123456789abcdef0123456789abcdef" }
    val meeting = MeetingOptions { meetingId = "room"; token = Vsdk.mintToken(options).use { it.text } }
    Vsdk.initMeeting(meeting).use { it.addTrack(TrackKind.VIDEO).use(::canFilm) }
}

private fun canFilm(track: LocalTrack): Boolean = try {
    track.videoInput().close()
    true
} catch (exception: VsdkException) {
    check(exception.status == Status.UNSUPPORTED && "`vp8`" in exception.remedy) { "$exception" }
    println("NOT TESTED: raw pictures, for this library was built without the feature vp8")
    false
}

// As BT.601 has them, brightness from 16 to 235.
private fun yuv(colour: Colour): List<Int> {
    val (red, green, blue) = colour
    return listOf(
        16 + 0.257 * red + 0.504 * green + 0.098 * blue,
        128 - 0.148 * red - 0.291 * green + 0.439 * blue,
        128 + 0.439 * red - 0.368 * green - 0.071 * blue,
    ).map(Double::roundToInt)
}

private fun rgb(y: Int, u: Int, v: Int): Colour {
    val light = 1.164 * (y - 16)
    return listOf(
        light + 1.596 * (v - 128), light - 0.392 * (u - 128) - 0.813 * (v - 128), light + 2.017 * (u - 128),
    ).map(Double::roundToInt)
}

/** One of the ways in which pictures lie in memory. */
class Painting(
    private val name: String,
    val format: PictureFormat,
    private val gap: Int,
    private val place: (bytes: ByteArray) -> ByteBuffer,
) {
    /** The bars. There is nothing behind the last row. */
    fun paint(
        width: Int = WIDTH,
        height: Int = HEIGHT,
        rotation: Int = 0,
        captureTimeUs: Long? = null,
    ): VideoPicture {
        val (halfWidth, halfHeight) = (width + 1) / 2 to (height + 1) / 2
        val planes = when (format) {
            PictureFormat.I420 -> listOf(
                plane(width, height) { yuv(it).take(1) },
                plane(halfWidth, halfHeight) { yuv(it).subList(1, 2) },
                plane(halfWidth, halfHeight) { yuv(it).drop(2) },
            )
            PictureFormat.NV12 -> listOf(
                plane(width, height) { yuv(it).take(1) },
                plane(halfWidth, halfHeight) { yuv(it).drop(1) },
            )
            PictureFormat.RGBA -> listOf(plane(width, height) { it + 7 })
            else -> listOf(plane(width, height) { it.reversed() + 7 })
        }
        return VideoPicture(format, width, height, planes, rotation, captureTimeUs)
    }

    private fun plane(columns: Int, rows: Int, pixel: (Colour) -> List<Int>): PlaneView {
        val row = (0 until columns).flatMap { pixel(BARS[it * BARS.size / columns]) }
        val stride = row.size + gap
        val bytes = ByteArray(stride * (rows - 1) + row.size) { at ->
            (row.getOrNull(at % stride) ?: 0x55).toByte()
        }
        return PlaneView(place(bytes), stride)
    }

    override fun toString(): String = name
}

/** Memory outside the heap, with something before and behind. */
private fun outside(bytes: ByteArray): ByteBuffer {
    val all = ByteBuffer.allocateDirect(bytes.size + 16)
    all.position(5).limit(bytes.size + 5)
    all.duplicate().put(bytes)
    return all
}

val PLAIN = Painting("I420", PictureFormat.I420, 0, ByteBuffer::wrap)

val PAINTINGS: List<Painting> = listOf(
    Painting("I420 with gaps, outside the heap", PictureFormat.I420, 31, ::outside),
    Painting("NV12 in arrays", PictureFormat.NV12, 0, ByteBuffer::wrap),
    Painting("RGBA outside the heap", PictureFormat.RGBA, 0) { outside(it).asReadOnlyBuffer() },
    Painting("BGRA with gaps, for reading only", PictureFormat.BGRA, 1) { ByteBuffer.wrap(it).asReadOnlyBuffer() },
)

private fun ReceivedPicture.colour(column: Int, row: Int): Colour {
    fun byte(plane: Int, column: Int, row: Int): Int =
        planes[plane].run { data.get(row * stride + column).toInt() and 0xff }
    if (format == PictureFormat.RGBA) {
        check(byte(0, 4 * column + 3, row) == 255)
        return List(3) { byte(0, 4 * column + it, row) }
    }
    return rgb(byte(0, column, row), byte(1, column / 2, row / 2), byte(2, column / 2, row / 2))
}

/** The colours in the middles of the bars, from left to right or from top to bottom. */
fun ReceivedPicture.seen(fromTop: Boolean = false): List<Colour> = BARS.indices.map { bar ->
    val part = (2 * bar + 1) / (2.0 * BARS.size)
    if (fromTop) colour(width / 2, (part * height).toInt()) else colour((part * width).toInt(), height / 2)
}

fun ReceivedPicture.hasBars(fromTop: Boolean = false): Boolean =
    seen(fromTop).flatten().zip(BARS.flatten()).all { (one, other) -> abs(one - other) <= TOLERANCE }

/** Films until a picture is shown that is as wanted; its owner is who asked. */
fun VideoInput.until(
    output: VideoOutput,
    pushed: VideoPicture = PLAIN.paint(),
    isWanted: ReceivedPicture.() -> Boolean = { hasBars() },
): ReceivedPicture {
    var last = ""
    // The number only catches hangs.
    repeat(3000) {
        check(push(pushed) == Pushed.QUEUED)
        output.nextPictureBlocking(20).picture?.let { picture ->
            if (picture.isWanted()) return picture
            picture.use { last = "$it ${it.seen()}" }
        }
    }
    error("it is never shown, but $last")
}

/** A camera that sees the bars, until it is closed. */
class Filming(private val input: VideoInput) : AutoCloseable {
    private val isOver = AtomicBoolean()

    private val thread = thread {
        val bars = PLAIN.paint()
        while (!isOver.get()) {
            input.push(bars)
            Thread.sleep(20)
        }
    }

    override fun close() {
        isOver.set(true)
        thread.join()
    }
}

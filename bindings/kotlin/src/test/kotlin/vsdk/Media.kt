// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import java.nio.ByteBuffer
import java.util.concurrent.TimeUnit

/*
 * Frames that pass for encoded ones on the way, and tell who made them.
 */

/** A packet of Opus as far as anybody looks into it on the way, with a number in it. */
fun sound(number: Int): ByteArray =
    ByteBuffer.allocate(85).put(0xfc.toByte()).putInt(number).put(ByteArray(80) { 0x55 }).array()

/** A picture of VP8 likewise. Key frames are larger than one packet. */
fun picture(
    number: Int,
    isKeyFrame: Boolean,
    layer: Int = 0,
    width: Int = 640,
    height: Int = 360,
): ByteArray {
    // RFC 6386, 9.1: the lowest bit of the first byte is 0 for a key frame, then come a start code
    // and the size.
    val head = when {
        isKeyFrame -> listOf(
            0x10, 0, 0, 0x9d, 0x01, 0x2a, width and 0xff, width shr 8, height and 0xff, height shr 8,
        )
        else -> listOf(0x11, 0, 0)
    }
    val filling = ByteArray(if (isKeyFrame) 6000 else 700) { 0x66 }
    return ByteBuffer.allocate(head.size + 5 + filling.size)
        .put(head.map(Int::toByte).toByteArray()).putInt(number).put(layer.toByte()).put(filling)
        .array()
}

/** The number in it; all else has to be as it was sent. */
val ReceivedFrame.soundNumber: Int
    get() = data.getInt(1).also { assertArrayEquals(sound(it), toByteArray()) }

val ReceivedFrame.pictureNumber: Int
    get() = data.getInt(if (isKeyFrame) 10 else 3)
        .also { assertArrayEquals(picture(it, isKeyFrame), toByteArray()) }

val ReceivedFrame.pictureLayer: Int get() = data.get(if (isKeyFrame) 14 else 7).toInt()

/** Sends frames whose numbers go up. */
abstract class Source(val track: LocalTrack) {
    var sent = 0
        private set

    fun push(): Pushed = push(sent++)

    protected abstract fun push(number: Int): Pushed

    /** Sends frames until there is something. */
    fun <T : Any> until(happened: () -> T?): T {
        val end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60)
        while (true) {
            happened()?.let { return it }
            check(System.nanoTime() < end) { "it did not happen" }
            push()
            Thread.sleep(5)
        }
    }
}

/** Each frame 20 ms later than the one before. */
class Microphone(track: LocalTrack) : Source(track) {
    override fun push(number: Int) = track.push(sound(number), number * 20_000L, audioLevel = -30)
}

/** Key frames where they are wanted, from direct buffers with something before and behind. */
class Camera(track: LocalTrack) : Source(track) {
    override fun push(number: Int): Pushed {
        val isKeyFrame = track.encoderTarget().wantsKeyFrame
        val data = picture(number, isKeyFrame)
        val buffer = ByteBuffer.allocateDirect(data.size + 7)
        buffer.position(3)
        buffer.put(data).flip().position(3)
        return track.push(buffer, number * 33_333L, isKeyFrame)
            .also { assertEquals(3 to data.size, buffer.position() to buffer.remaining()) }
    }
}

fun RemoteTrack.frameNow(): ReceivedFrame? = nextFrameBlocking(0).frame

/** Waits until a track is sent, so that nothing that is pushed then is lost on the way. */
fun Client.published(track: LocalTrack) {
    next("published track") { it.type == EventType.TRACK_PUBLISHED && it.trackId == track.id }
    val end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60)
    while (!track.isSending) {
        check(System.nanoTime() < end) { "it never sends" }
        Thread.sleep(1)
    }
}

/**
 * The track that somebody sends, once what is sent from now on comes: the service has to be asked to
 * begin, and has done so when it answers to the same question.
 */
fun Client.added(): RemoteTrack {
    val event = next(EventType.TRACK_ADDED)
    return meeting.remoteTrack(event.trackId!!).also {
        assertEquals(event.participantId to TrackKind.of(event.code), it.participantId to it.kind)
        it.resumeBlocking()
    }
}

/** Ann sends a track, and Bob can receive it. */
class Sending(
    val ann: Client,
    val bob: Client,
    val track: LocalTrack,
    val remote: RemoteTrack,
)

fun Service.send(options: TrackOptions, test: Sending.() -> Unit) = meet("ann", "bob") { (ann, bob) ->
    ann.meeting.addTrack(options).use { track ->
        ann.published(track)
        bob.added().use { Sending(ann, bob, track, it).test() }
    }
}

fun Service.send(kind: TrackKind, test: Sending.() -> Unit) = send(TrackOptions(kind), test)

// Encoded frames from files: Opus from Ogg, VP8 from IVF, H.264 from a file of start codes. What a
// file is, its first bytes tell.
import java.io.File
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.ByteOrder
import vsdk.Codec

class MediaFrame(
    /** A part of the file; of Ogg, put together from its pages. */
    val data: ByteBuffer,
    val timestampUs: Long,
    val isKeyFrame: Boolean,
)

/** A file that cannot be sent, and why. */
class MediaFileException(message: String) : Exception(message)

/** Why, without the path that Java puts before it. */
fun IOException.reason(path: String): String = message.orEmpty().removePrefix("$path (").removeSuffix(")")

/** Reads the frames of a file, which is in memory as a whole. */
class MediaReader private constructor(
    private val path: String,
    val codec: Codec,
    /** In pixels; 0 when the file does not tell it here. */
    val width: Int,
    val height: Int,
    private val read: (number: Long) -> MediaFrame?,
) {
    private var frames = 0L

    /** The next frame; null at the end. */
    fun next(): MediaFrame? = try {
        read(frames)?.also { frames++ }
    } catch (_: BrokenFileException) {
        fail(path, "it is broken behind frame $frames")
    }

    companion object {
        fun open(path: String, picturesPerSecond: Long): MediaReader {
            val bytes = try {
                File(path).readBytes()
            } catch (error: IOException) {
                fail(path, error.reason(path))
            }
            val file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)
            return when {
                file.has(0, OGG) -> openOgg(path, file)
                file.has(0, IVF) -> openIvf(path, file)
                file.limit() >= 5 && (file.has(0, START_CODE) || file.has(1, START_CODE) && bytes[0] == ZERO) ->
                    MediaReader(path, Codec.H264, 0, 0, H264Reader(file, picturesPerSecond)::next)
                else -> fail(path, "it is neither Ogg, nor IVF, nor H.264 with start codes")
            }
        }

        private fun openOgg(path: String, file: ByteBuffer): MediaReader {
            val reader = OpusReader(file)
            try {
                if (reader.nextPacket()?.has(0, "OpusHead".toByteArray()) != true) {
                    fail(path, "it is an Ogg file, but its first stream is not Opus")
                }
                if (reader.nextPacket()?.has(0, "OpusTags".toByteArray()) != true) throw BrokenFileException()
            } catch (_: BrokenFileException) {
                fail(path, "its Ogg headers are broken")
            }
            return MediaReader(path, Codec.OPUS, 0, 0) { reader.next() }
        }

        private fun openIvf(path: String, file: ByteBuffer): MediaReader {
            val length = if (file.limit() < 32) 0 else file.getShort(6).toInt() and 0xffff
            if (length < 32 || length > file.limit()) fail(path, "its IVF header is broken")
            if (!file.has(8, "VP80".toByteArray())) fail(path, "it is an IVF file, but not of VP8")
            val denominator = file.getInt(16).toLong() and 0xffffffff
            val numerator = file.getInt(20).toLong() and 0xffffffff
            if (denominator == 0L || numerator == 0L) fail(path, "its IVF header has no unit of time")
            val (width, height) = listOf(12, 14).map { file.getShort(it).toInt() and 0xffff }
            file.position(length)
            val reader = Vp8Reader(file, 1e6 * numerator / denominator)
            return MediaReader(path, Codec.VP8, width, height) { reader.next() }
        }

        private fun fail(path: String, problem: String): Nothing =
            throw MediaFileException("cannot send $path: $problem")
    }
}

private class BrokenFileException : Exception()

private const val ZERO: Byte = 0
private val OGG = "OggS".toByteArray()
private val IVF = "DKIF".toByteArray()
private val START_CODE = byteArrayOf(0, 0, 1)

private fun ByteBuffer.has(at: Int, bytes: ByteArray): Boolean =
    limit() - at >= bytes.size && bytes.indices.all { get(at + it) == bytes[it] }

private fun ByteBuffer.unsigned(at: Int): Int = get(at).toInt() and 0xff

private class OpusReader(private val file: ByteBuffer) {
    /** The lengths of what is left of the page. */
    private val segments = ArrayDeque<Int>()
    private var samples = 0L

    fun next(): MediaFrame? {
        var packet = nextPacket() ?: return null
        while (!packet.hasRemaining()) packet = nextPacket() ?: return null
        val timestampUs = samples * 1000 / 48
        samples += opusDuration(packet)
        return MediaFrame(packet, timestampUs, isKeyFrame = true)
    }

    /** Puts the next packet together, which may go over several pages. */
    fun nextPacket(): ByteBuffer? {
        var packet = ByteArray(0)
        while (true) {
            while (segments.isEmpty()) {
                if (nextPage()) continue
                if (packet.isEmpty()) return null else throw BrokenFileException()
            }
            val segment = ByteArray(segments.removeFirst())
            file.get(segment)
            packet += segment
            if (segment.size < 255) return ByteBuffer.wrap(packet)
        }
    }

    /** Goes to the next page of Ogg; false at the end. */
    private fun nextPage(): Boolean {
        val page = file.slice()
        if (!page.hasRemaining()) return false
        if (page.limit() < 27 || !page.has(0, OGG)) throw BrokenFileException()
        val count = page.unsigned(26)
        if (page.limit() < 27 + count) throw BrokenFileException()
        for (index in 0 until count) segments += page.unsigned(27 + index)
        if (page.limit() - 27 - count < segments.sum()) throw BrokenFileException()
        file.position(file.position() + 27 + count)
        return true
    }
}

/** How long a packet of Opus lasts, in samples at 48 kHz: RFC 6716, 3.1. */
fun opusDuration(packet: ByteBuffer): Long {
    val configuration = packet.unsigned(0) shr 3
    val one = when {
        configuration < 12 -> longArrayOf(480, 960, 1920, 2880)[configuration % 4]
        configuration < 16 -> 480L shl configuration % 2
        else -> 120L shl configuration % 4
    }
    return when (packet.unsigned(0) and 3) {
        0 -> one
        3 -> if (packet.limit() < 2) 0 else one * (packet.unsigned(1) and 63)
        else -> 2 * one
    }
}

private class Vp8Reader(private val file: ByteBuffer, private val unitUs: Double) {
    private var firstTime: Long? = null

    fun next(): MediaFrame? {
        if (!file.hasRemaining()) return null
        if (file.remaining() < 12) throw BrokenFileException()
        val length = file.getInt()
        val time = file.getLong()
        if (length !in 1..file.remaining()) throw BrokenFileException()
        val begin = firstTime ?: time.also { firstTime = it }
        if (time < begin) throw BrokenFileException()
        val data = file.slice()
        data.limit(length)
        file.position(file.position() + length)
        return MediaFrame(data, ((time - begin) * unitUs).toLong(), isKeyFrame = data.unsigned(0) and 1 == 0)
    }
}

private class H264Reader(private val file: ByteBuffer, private val picturesPerSecond: Long) {
    /** The next access unit: up to a unit that can only begin another one (H.264, 7.4.1.2.3). */
    fun next(number: Long): MediaFrame? {
        val begin = file.position()
        if (begin == file.limit()) return null
        var at = begin
        var hasPicture = false
        var isKeyFrame = false
        while (at < file.limit()) {
            val unit = at + if (file.has(at, START_CODE)) 3 else 4
            val type = if (unit < file.limit()) file.unsigned(unit) and 31 else 0
            val isSlice = type in 1..5
            // Of a slice, the first bit says whether it is the first of its picture.
            val isFirst = isSlice && unit + 1 < file.limit() && file.unsigned(unit + 1) and 0x80 != 0
            if (hasPicture && (type in 6..9 || isFirst)) break
            hasPicture = hasPicture || isSlice
            isKeyFrame = isKeyFrame || type == 5
            at = startCode(unit)
        }
        val data = file.slice()
        data.limit(at - begin)
        file.position(at)
        return MediaFrame(data, number * 1_000_000 / picturesPerSecond, isKeyFrame)
    }

    /** Where the next start code begins, from there on; the end when there is none. */
    private fun startCode(from: Int): Int {
        for (at in from until file.limit() - 3) {
            if (file.has(at, START_CODE)) return if (at > from && file.get(at - 1) == ZERO) at - 1 else at
        }
        return file.limit()
    }
}

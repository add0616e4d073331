// Files for encoded frames: Ogg for Opus (RFC 3533 and 7845), IVF for VP8, and start codes alone
// (Annex B) for H.264.
import java.io.IOException
import java.io.RandomAccessFile
import java.nio.ByteBuffer
import java.nio.ByteOrder
import vsdk.Codec
import vsdk.ReceivedFrame

/** Writes one file; every function throws IOException when that does not work. */
class MediaWriter(val path: String, private val codec: Codec) {
    private val file = RandomAccessFile(path, "rw").apply { setLength(0) }
    private var firstUs = 0L

    /** How many frames are in it. */
    var frames = 0
        private set

    // Of Ogg: the number of pages, and the end of the last packet in samples at 48 kHz.
    private var pages = 0
    private var position = 0L

    fun write(frame: ReceivedFrame) {
        val data = frame.toByteArray()
        if (data.isEmpty()) return
        if (frames == 0) firstUs = frame.timestampUs
        val timeUs = frame.timestampUs - firstUs
        when (codec) {
            Codec.OPUS -> {
                if (frames == 0) writeOggHeaders()
                // What was lost on the way leaves a gap in the positions.
                position = timeUs * 48 / 1000 + opusDuration(ByteBuffer.wrap(data))
                writePage(CONTINUES, data)
            }
            Codec.VP8 -> {
                if (frames == 0) file.write(ivfHeader(data))
                file.write(littleEndian(12).putInt(data.size).putLong(timeUs).array())
                file.write(data)
            }
            else -> file.write(data)
        }
        frames++
    }

    /** Ends the file. */
    fun finish() {
        if (frames > 0 && codec == Codec.OPUS) writePage(LAST, null)
        if (frames > 0 && codec == Codec.VP8) {
            file.seek(24)
            file.write(littleEndian(4).putInt(frames).array())
        }
        file.close()
    }

    /** Gives it up. */
    fun abandon() {
        try {
            file.close()
        } catch (_: IOException) {
            // What is wrong with it was told before.
        }
    }

    private fun writeOggHeaders() {
        // Version 1, 2 channels, 312 samples to skip, 48 kHz, no gain, no mapping.
        val head = littleEndian(19).put("OpusHead".toByteArray())
            .put(1).put(2).putShort(312).putInt(48_000).putShort(0).put(0)
        val tags = littleEndian(20).put("OpusTags".toByteArray())
            .putInt(4).put("vsdk".toByteArray()).putInt(0)
        writePage(FIRST, head.array())
        writePage(CONTINUES, tags.array())
    }

    /** A page with one packet, or with none. */
    private fun writePage(flags: Int, packet: ByteArray?) {
        val lacing = if (packet == null) 0 else packet.size / 255 + 1
        if (lacing > 255) throw IOException("a packet has ${packet?.size} bytes, too many for a page of Ogg")
        val header = littleEndian(27 + lacing).put("OggS".toByteArray())
            .put(0).put(flags.toByte()).putLong(position)
            .putInt(1) // the only stream of the file
            .putInt(pages++)
            .putInt(0) // the checksum, which counts as 0 in itself
            .put(lacing.toByte())
        if (packet != null) {
            repeat(lacing - 1) { header.put(255.toByte()) }
            header.put((packet.size % 255).toByte())
        }
        header.putInt(22, checksum(checksum(0, header.array()), packet ?: ByteArray(0)))
        file.write(header.array())
        if (packet != null) file.write(packet)
    }

    private fun ivfHeader(picture: ByteArray): ByteArray {
        val header = littleEndian(32).put("DKIF".toByteArray())
            .putShort(0).putShort(32).put("VP80".toByteArray())
        // A key frame tells the size of the picture: RFC 6386, 9.1.
        val size = if (picture.size < 10) 0 else ByteBuffer.wrap(picture).order(ByteOrder.LITTLE_ENDIAN).getInt(6)
        // Times are in microseconds.
        return header.putInt(size and 0x3fff3fff).putInt(1_000_000).putInt(1).array()
    }

    companion object {
        private const val CONTINUES = 0
        private const val FIRST = 2
        private const val LAST = 4

        /** How file names of that codec end; null when there is no kind of file for it here. */
        fun extension(codec: Codec): String? = when (codec) {
            Codec.OPUS -> "ogg"
            Codec.VP8 -> "ivf"
            Codec.H264 -> "h264"
            else -> null
        }

        private fun littleEndian(size: Int) = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN)

        private fun checksum(begin: Int, data: ByteArray): Int = data.fold(begin) { sum, byte ->
            (0 until 8).fold(sum xor (byte.toInt() and 0xff shl 24)) { it, _ ->
                (it shl 1) xor if (it < 0) 0x04c11db7 else 0
            }
        }
    }
}

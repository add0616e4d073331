// Sound in WAV files: samples of 16 bits, as most recorders write and all players read them.
import java.io.Closeable
import java.io.File
import java.io.IOException
import java.io.RandomAccessFile
import java.nio.ByteBuffer
import java.nio.ByteOrder
import vsdk.AudioFormat

/** Reads one file; IOException says what is wrong with it. */
class WavReader(path: String) : Closeable {
    private val file = open(path)

    /** What is in it. */
    val format: AudioFormat

    /** The bytes of sound that are left to read. */
    private var left = 0L

    init {
        try {
            format = findSound()
        } catch (error: IOException) {
            file.close()
            throw error
        }
    }

    private fun open(path: String): RandomAccessFile {
        if (File(path).isDirectory) throw IOException("it is no WAV file")
        return try {
            RandomAccessFile(path, "r")
        } catch (_: IOException) {
            throw IOException("it cannot be opened")
        }
    }

    private fun findSound(): AudioFormat {
        val riff = bytes(12)
        if (riff?.text(0) != "RIFF" || riff.text(8) != "WAVE") throw IOException("it is no WAV file")
        var format = ByteBuffer.allocate(16)
        while (true) {
            val chunk = bytes(8) ?: break
            var length = chunk.getInt(4).toLong() and 0xffffffff
            if (chunk.text(0) == "data") {
                val channels = format.getShort(2).toInt()
                if (format.getShort(0).toInt() != 1 || format.getShort(14).toInt() != 16 || channels !in 1..2) {
                    throw IOException("it is not PCM of 16 bits with one channel or two")
                }
                left = length / 2 * 2
                return AudioFormat(format.getInt(4), channels)
            }
            if (chunk.text(0) == "fmt " && length >= 16) {
                format = bytes(16) ?: break
                length -= 16
            }
            // Chunks have an even length.
            file.seek(file.filePointer + length + (length and 1))
        }
        throw IOException("there is no sound in it")
    }

    /** So many bytes; null when the file ends before. */
    private fun bytes(count: Int): ByteBuffer? {
        val bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN)
        while (bytes.hasRemaining()) if (file.channel.read(bytes) < 0) return null
        return bytes
    }

    private fun ByteBuffer.text(position: Int) = String(array(), position, 4, Charsets.ISO_8859_1)

    /** Fills a buffer from its position on with what comes next; less of it at the end. */
    fun read(samples: ByteBuffer) {
        val most = samples.duplicate()
        most.limit(most.position() + minOf(most.remaining().toLong(), left).toInt())
        while (most.hasRemaining()) if (file.channel.read(most) < 0) break
        left -= most.position() - samples.position()
        samples.limit(samples.position() + (most.position() - samples.position()) / 2 * 2)
    }

    override fun close() = file.close()
}

/** Writes one file; every function throws IOException when that does not work. */
class WavWriter(path: String, private val format: AudioFormat) {
    private val file = RandomAccessFile(path, "rw").apply { setLength(0) }
    private var bytes = 0

    init {
        writeHeader()
    }

    private fun writeHeader() {
        val frameBytes = format.channels * 2
        val header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN)
            .put("RIFF".toByteArray()).putInt(36 + bytes)
            // 16 bytes about PCM follow.
            .put("WAVEfmt ".toByteArray()).putInt(16).putShort(1).putShort(format.channels.toShort())
            .putInt(format.sampleRate).putInt(format.sampleRate * frameBytes)
            .putShort(frameBytes.toShort()).putShort(16)
            .put("data".toByteArray()).putInt(bytes)
        file.write(header.array())
    }

    /** Adds all of a buffer. */
    fun write(samples: ByteBuffer) {
        bytes += samples.remaining()
        val left = samples.duplicate()
        while (left.hasRemaining()) file.channel.write(left)
    }

    /** Ends the file: its header says how long it is. */
    fun finish() {
        file.use {
            it.seek(0)
            writeHeader()
        }
    }
}

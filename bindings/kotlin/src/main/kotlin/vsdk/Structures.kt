// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Memory
import com.sun.jna.Native
import com.sun.jna.Pointer
import java.nio.ByteBuffer

/*
 * The structures of vsdk.h, by the offsets of their fields: the same on all 64-bit systems. A frame
 * and its data take one piece of memory that way, which is freed at once.
 */

/** Where every structure says how large it is. */
private const val STRUCT_SIZE = 0L

/** A structure of that size which the library fills in. */
private fun toFillIn(size: Long) = Memory(size).apply {
    clear()
    setLong(STRUCT_SIZE, size)
}

// Below 0 is what is not known.
private fun Pointer.knownInt(offset: Long): Int? = getInt(offset).takeIf { it >= 0 }

private fun Pointer.knownLong(offset: Long): Long? = getLong(offset).takeIf { it >= 0 }

private fun Pointer.knownDouble(offset: Long): Double? = getDouble(offset).takeIf { it >= 0 }

private fun Pointer.getFlag(offset: Long): Boolean = getInt(offset) != 0

private fun Pointer.getText(offset: Long): String = getPointer(offset)?.text().orEmpty()

/** A VsdkEncodedFrame, and behind it a copy of its data. */
internal object EncodedFrameStructure {
    private const val DATA = 8L
    private const val LENGTH = 16L
    private const val TIMESTAMP_US = 24L
    private const val IS_KEY_FRAME = 32L
    private const val LAYER = 36L
    private const val CODEC = 40L
    private const val AUDIO_LEVEL = 44L
    private const val SIZE = 48L

    fun make(
        data: ByteBuffer,
        timestampUs: Long,
        isKeyFrame: Boolean,
        layer: Int,
        audioLevel: Int,
    ): Memory {
        val length = data.remaining().toLong()
        val frame = Memory(SIZE + length)
        frame.setLong(STRUCT_SIZE, SIZE)
        frame.setLong(DATA, Pointer.nativeValue(frame) + SIZE)
        frame.setLong(LENGTH, length)
        frame.setLong(TIMESTAMP_US, timestampUs)
        frame.setInt(IS_KEY_FRAME, if (isKeyFrame) 1 else 0)
        frame.setInt(LAYER, layer)
        // Not to be checked: a track has only one.
        frame.setInt(CODEC, 0)
        frame.setInt(AUDIO_LEVEL, audioLevel)
        // Of a duplicate, for the program's position is its own; no view can be had of nothing.
        if (length > 0) frame.getByteBuffer(SIZE, length).put(data.duplicate())
        return frame
    }
}

/** A VsdkEncoderTarget, to be filled in by the library. */
internal object EncoderTargetStructure {
    private const val IS_ACTIVE = 8L
    private const val KBPS = 12L
    private const val WANTS_KEY_FRAME = 16L
    private const val SIZE = 24L

    fun make(): Memory = toFillIn(SIZE)

    fun read(target: Pointer) = EncoderTarget(
        isActive = target.getFlag(IS_ACTIVE),
        kbps = target.getInt(KBPS).takeIf { it != 0 },
        wantsKeyFrame = target.getFlag(WANTS_KEY_FRAME),
    )
}

/** A VsdkPulledAudio, to be filled in by the library. */
internal object PulledAudioStructure {
    private const val DECODED_FRAMES = 8L
    private const val CONCEALED_FRAMES = 16L
    private const val SILENT_FRAMES = 24L
    private const val AUDIO_LEVEL = 32L
    private const val SIZE = 40L

    fun make(): Memory = toFillIn(SIZE)

    fun read(pulled: Pointer) = PulledAudio(
        decodedFrames = pulled.getLong(DECODED_FRAMES),
        concealedFrames = pulled.getLong(CONCEALED_FRAMES),
        silentFrames = pulled.getLong(SILENT_FRAMES),
        audioLevel = pulled.getInt(AUDIO_LEVEL),
    )
}

/** How many planes a picture has; null for a format that this version does not know. */
internal val PictureFormat.planeCount: Int?
    get() = when (this) {
        PictureFormat.I420 -> 3
        PictureFormat.NV12 -> 2
        PictureFormat.RGBA, PictureFormat.BGRA -> 1
        else -> null
    }

/** A VsdkVideoPicture, and behind it copies of the planes that are in the heap. */
internal object VideoPictureStructure {
    // Of each plane, where it is and its length, and further behind its stride.
    private const val PLANES = 8L
    private const val PLANE_SIZE = 16L
    private const val LENGTH = 8L
    private const val CAPTURE_TIME_US = 56L
    private const val FORMAT = 64L
    private const val WIDTH = 68L
    private const val HEIGHT = 72L
    private const val ROTATION = 76L
    private const val STRIDES = 80L
    private const val STRIDE_SIZE = 4L
    private const val SIZE = 96L

    fun make(picture: VideoPicture): Memory {
        val count = picture.format.planeCount
        if (count != null && picture.planes.size != count) {
            throw VsdkException.of(
                Status.INVALID_ARGUMENT,
                "There are ${picture.planes.size} planes; a picture in ${picture.format} has $count",
                "Pass each plane with its stride: I420 has three, NV12 two, RGBA and BGRA one.",
            )
        }
        // None of a format that is not known, which the library refuses.
        val planes = picture.planes.take(count ?: 0)
        val buffers = planes.map { it.data }
        val copied = buffers.filter { !it.isDirect }.sumOf { it.capacity().toLong() }
        val time = captureTime(picture.captureTimeUs)
        val memory = Description(SIZE + copied, buffers)
        memory.clear(SIZE)
        memory.setLong(STRUCT_SIZE, SIZE)
        memory.setLong(CAPTURE_TIME_US, time)
        memory.setInt(FORMAT, picture.format.number)
        memory.setInt(WIDTH, picture.width)
        memory.setInt(HEIGHT, picture.height)
        memory.setInt(ROTATION, picture.rotation)
        var end = SIZE
        for ((index, buffer) in buffers.withIndex()) {
            val length = buffer.capacity().toLong()
            val place = PLANES + index * PLANE_SIZE
            if (buffer.isDirect) {
                memory.setPointer(place, Native.getDirectBufferPointer(buffer))
            } else {
                memory.setLong(place, Pointer.nativeValue(memory) + end)
                // No view can be had of nothing.
                if (length > 0) memory.getByteBuffer(end, length).put(buffer)
                end += length
            }
            memory.setLong(place + LENGTH, length)
            memory.setInt(STRIDES + index * STRIDE_SIZE, planes[index].stride)
        }
        return memory
    }

    /** A call that gets this keeps it, and so the memory of the planes. */
    private class Description(
        size: Long,
        @Suppress("unused") private val buffers: List<ByteBuffer>,
    ) : Memory(size)
}

/** A VsdkFrameInfo, filled in by the library. */
internal object FrameInfoStructure {
    private const val PARTICIPANT_ID = 8L
    private const val TRACK_ID = 16L
    private const val TIMESTAMP_US = 24L
    private const val KIND = 32L
    private const val CODEC = 36L
    private const val IS_SENT = 40L
    private const val IS_KEY_FRAME = 44L
    private const val LAYER = 48L

    fun read(info: Pointer) = FrameInfo(
        isSent = info.getFlag(IS_SENT),
        participantId = info.getText(PARTICIPANT_ID),
        trackId = info.getText(TRACK_ID),
        kind = TrackKind.of(info.getInt(KIND)),
        codec = Codec.of(info.getInt(CODEC)),
        timestampUs = info.getLong(TIMESTAMP_US),
        isKeyFrame = info.getFlag(IS_KEY_FRAME),
        layer = info.getInt(LAYER),
    )
}

/** A VsdkTransportStatistics, to be filled in by the library. */
internal object TransportStatisticsStructure {
    private const val BYTES_SENT = 8L
    private const val BYTES_RECEIVED = 16L
    private const val PACKETS_SENT = 24L
    private const val PACKETS_RECEIVED = 32L
    private const val ROUND_TRIP_MS = 40L
    private const val LOSS_SENT = 48L
    private const val LOSS_RECEIVED = 56L
    private const val ESTIMATED_KBPS = 64L
    private const val PROTOCOL = 68L
    private const val IS_OPEN = 72L
    private const val IS_CONNECTED = 76L
    private const val SIZE = 80L

    fun make(): Memory = toFillIn(SIZE)

    /** Null when there is no such way. */
    fun read(transport: Pointer): TransportStatistics? {
        if (!transport.getFlag(IS_OPEN)) return null
        return TransportStatistics(
            isConnected = transport.getFlag(IS_CONNECTED),
            bytesSent = transport.getLong(BYTES_SENT),
            bytesReceived = transport.getLong(BYTES_RECEIVED),
            packetsSent = transport.getLong(PACKETS_SENT),
            packetsReceived = transport.getLong(PACKETS_RECEIVED),
            roundTripMs = transport.knownDouble(ROUND_TRIP_MS),
            estimatedKbps = transport.knownInt(ESTIMATED_KBPS),
            lossSent = transport.knownDouble(LOSS_SENT),
            lossReceived = transport.knownDouble(LOSS_RECEIVED),
            protocol = transport.knownInt(PROTOCOL)?.let(TransportProtocol::of),
        )
    }
}

/** A VsdkTrackStatistics, to be filled in by the library. */
internal object TrackStatisticsStructure {
    private const val TRACK_ID = 8L
    private const val PARTICIPANT_ID = 16L
    private const val FRAMES = 24L
    private const val FRAMES_DROPPED = 32L
    private const val FRAMES_UNDECODABLE = 40L
    private const val FRAME_GAPS = 48L
    private const val STREAM_COUNT = 56L
    private const val IS_LOCAL = 64L
    private const val KIND = 68L
    private const val CODEC = 72L
    private const val SIZE = 80L

    fun make(): Memory = toFillIn(SIZE)

    fun streamCount(track: Pointer): Int = track.getLong(STREAM_COUNT).toInt()

    fun read(
        track: Pointer,
        streams: List<StreamStatistics>,
        playout: PlayoutStatistics?,
        encoding: EncodingStatistics?,
        decoding: DecodingStatistics?,
    ) = TrackStatistics(
        trackId = track.getText(TRACK_ID),
        participantId = track.getText(PARTICIPANT_ID),
        isLocal = track.getFlag(IS_LOCAL),
        kind = TrackKind.of(track.getInt(KIND)),
        codec = Codec.of(track.getInt(CODEC)),
        frames = track.getLong(FRAMES),
        framesDropped = track.getLong(FRAMES_DROPPED),
        framesUndecodable = track.knownLong(FRAMES_UNDECODABLE),
        frameGaps = track.knownLong(FRAME_GAPS),
        streams = streams,
        playout = playout,
        encoding = encoding,
        decoding = decoding,
    )
}

/** A VsdkStreamStatistics, to be filled in by the library. */
internal object StreamStatisticsStructure {
    private const val SSRC = 8L
    private const val BYTES = 16L
    private const val PACKETS = 24L
    private const val PACKETS_LOST = 32L
    private const val NACK_COUNT = 40L
    private const val PLI_COUNT = 48L
    private const val FIR_COUNT = 56L
    private const val LOSS = 64L
    private const val ROUND_TRIP_MS = 72L
    private const val JITTER_MS = 80L
    private const val SIZE = 88L

    fun make(): Memory = toFillIn(SIZE)

    fun read(stream: Pointer) = StreamStatistics(
        ssrc = stream.knownLong(SSRC),
        bytes = stream.getLong(BYTES),
        packets = stream.getLong(PACKETS),
        packetsLost = stream.knownLong(PACKETS_LOST),
        nackCount = stream.getLong(NACK_COUNT),
        pliCount = stream.getLong(PLI_COUNT),
        firCount = stream.getLong(FIR_COUNT),
        loss = stream.knownDouble(LOSS),
        roundTripMs = stream.knownDouble(ROUND_TRIP_MS),
        jitterMs = stream.knownDouble(JITTER_MS),
    )
}

/** A VsdkPlayoutStatistics, to be filled in by the library. */
internal object PlayoutStatisticsStructure {
    private const val DELAY_MS = 8L
    private const val TARGET_DELAY_MS = 16L
    private const val PLAYED_FRAMES = 24L
    private const val CONCEALED_FRAMES = 32L
    private const val SILENT_FRAMES = 40L
    private const val REMOVED_FRAMES = 48L
    private const val INSERTED_FRAMES = 56L
    private const val LATE_PACKETS = 64L
    private const val DROPPED_PACKETS = 72L
    private const val IS_ACTIVE = 80L
    private const val SIZE = 88L

    fun make(): Memory = toFillIn(SIZE)

    fun read(playout: Pointer): PlayoutStatistics? {
        if (!playout.getFlag(IS_ACTIVE)) return null
        return PlayoutStatistics(
            delayMs = playout.getDouble(DELAY_MS),
            targetDelayMs = playout.getDouble(TARGET_DELAY_MS),
            playedFrames = playout.getLong(PLAYED_FRAMES),
            concealedFrames = playout.getLong(CONCEALED_FRAMES),
            silentFrames = playout.getLong(SILENT_FRAMES),
            removedFrames = playout.getLong(REMOVED_FRAMES),
            insertedFrames = playout.getLong(INSERTED_FRAMES),
            latePackets = playout.getLong(LATE_PACKETS),
            droppedPackets = playout.getLong(DROPPED_PACKETS),
        )
    }
}

/** A VsdkEncodingStatistics, to be filled in by the library. */
internal object EncodingStatisticsStructure {
    private const val PICTURES = 8L
    private const val OVERTAKEN = 16L
    private const val LEFT_OUT = 24L
    private const val ENCODE_MS = 32L
    private const val REDUCED_BY = 40L
    private const val IS_ACTIVE = 48L
    private const val SIZE = 56L

    fun make(): Memory = toFillIn(SIZE)

    fun read(encoding: Pointer): EncodingStatistics? {
        if (!encoding.getFlag(IS_ACTIVE)) return null
        return EncodingStatistics(
            pictures = encoding.getLong(PICTURES),
            overtaken = encoding.getLong(OVERTAKEN),
            leftOut = encoding.getLong(LEFT_OUT),
            encodeMs = encoding.getDouble(ENCODE_MS),
            reducedBy = encoding.getDouble(REDUCED_BY),
        )
    }
}

/** A VsdkDecodingStatistics, to be filled in by the library. */
internal object DecodingStatisticsStructure {
    private const val PICTURES = 8L
    private const val OVERTAKEN = 16L
    private const val UNDECODABLE = 24L
    private const val DECODE_MS = 32L
    private const val IS_ACTIVE = 40L
    private const val SIZE = 48L

    fun make(): Memory = toFillIn(SIZE)

    fun read(decoding: Pointer): DecodingStatistics? {
        if (!decoding.getFlag(IS_ACTIVE)) return null
        return DecodingStatistics(
            pictures = decoding.getLong(PICTURES),
            overtaken = decoding.getLong(OVERTAKEN),
            undecodable = decoding.getLong(UNDECODABLE),
            decodeMs = decoding.getDouble(DECODE_MS),
        )
    }
}

// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Memory
import com.sun.jna.Pointer
import com.sun.jna.ptr.PointerByReference

/**
 * How media is doing at one moment: see [Meeting.mediaStatistics]. Immutable.
 *
 * The library looks at its transports once a second: take other statistics to see what has changed.
 * Counts begin anew with each transport: after a lost connection they begin at 0 again.
 */
public class MediaStatistics internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_media_statistics_free, lendsTexts = true) {

    /**
     * How one way is doing; null when there is no such way at the moment. Throws [VsdkException]
     * with [Status.INVALID_ARGUMENT] when there is no such direction.
     */
    public fun transport(direction: TransportDirection): TransportStatistics? =
        TransportStatisticsStructure.make().use { transport ->
            lend { statistics ->
                call { error ->
                    vsdk_media_statistics_transport(
                        statistics, direction.number, transport, error,
                    )
                }
            }
            TransportStatisticsStructure.read(transport)
        }

    /** Every track, copied: those of this participant first. */
    public val tracks: List<TrackStatistics>
        get() = lend { statistics ->
            List(vsdk_media_statistics_track_count(statistics).toInt()) { index ->
                track(statistics, index.toLong())
            }
        }

    /** All of them; what is not known is null: a JSON object. */
    public val json: String get() = text { vsdk_media_statistics_json(it) }.orEmpty()

    private fun track(statistics: Pointer, index: Long): TrackStatistics =
        TrackStatisticsStructure.make().use { track ->
            call { error -> vsdk_media_statistics_track(statistics, index, track, error) }
            val streams = List(TrackStatisticsStructure.streamCount(track)) { streamIndex ->
                stream(statistics, index, streamIndex.toLong())
            }
            TrackStatisticsStructure.read(
                track, streams, playout(statistics, index), encoding(statistics, index),
                decoding(statistics, index),
            )
        }

    private inline fun <T> filled(
        structure: Memory,
        read: (Pointer) -> T,
        fill: NativeFunctions.(structure: Pointer, error: PointerByReference) -> Int,
    ): T = structure.use {
        call { error -> fill(it, error) }
        read(it)
    }

    private fun stream(statistics: Pointer, trackIndex: Long, index: Long): StreamStatistics =
        filled(StreamStatisticsStructure.make(), StreamStatisticsStructure::read) { stream, error ->
            vsdk_media_statistics_stream(statistics, trackIndex, index, stream, error)
        }

    private fun playout(statistics: Pointer, trackIndex: Long): PlayoutStatistics? =
        filled(PlayoutStatisticsStructure.make(), PlayoutStatisticsStructure::read) { playout, error ->
            vsdk_media_statistics_playout(statistics, trackIndex, playout, error)
        }

    private fun encoding(statistics: Pointer, trackIndex: Long): EncodingStatistics? =
        filled(EncodingStatisticsStructure.make(), EncodingStatisticsStructure::read) { encoding, error ->
            vsdk_media_statistics_encoding(statistics, trackIndex, encoding, error)
        }

    private fun decoding(statistics: Pointer, trackIndex: Long): DecodingStatistics? =
        filled(DecodingStatisticsStructure.make(), DecodingStatisticsStructure::read) { decoding, error ->
            vsdk_media_statistics_decoding(statistics, trackIndex, decoding, error)
        }
}

/** How one way of media is doing: see [MediaStatistics.transport]. What is null is not known. */
public class TransportStatistics internal constructor(
    /** Whether something can go this way. */
    public val isConnected: Boolean,
    /** All datagrams together, in bytes, without the headers of UDP and TCP. */
    public val bytesSent: Long,
    /** Likewise. */
    public val bytesReceived: Long,
    /** How many datagrams: media, repairs, reports, data, and what keeps the way open. */
    public val packetsSent: Long,
    /** Likewise. */
    public val packetsReceived: Long,
    /** There and back, in milliseconds. */
    public val roundTripMs: Double?,
    /** What the network carries, in kilobits per second; never of what is received. */
    public val estimatedKbps: Int?,
    /** Which part of the packets that were sent in the last second got lost, 0 to 1. */
    public val lossSent: Double?,
    /** Which part of the packets that were to come in the last second got lost, 0 to 1. */
    public val lossReceived: Double?,
    /** What it goes by, once a way was found. */
    public val protocol: TransportProtocol?,
)

/** How one track is doing: see [MediaStatistics.tracks]. */
public class TrackStatistics internal constructor(
    /** Its id, as events tell it. */
    public val trackId: String,
    /** Who sends it. */
    public val participantId: String,
    /** Whether that is this participant. */
    public val isLocal: Boolean,
    /** What it is. */
    public val kind: TrackKind,
    /** How it is encoded. */
    public val codec: Codec,
    /**
     * How many frames were taken: from the program when it is sent, from the network when it is
     * received.
     */
    public val frames: Long,
    /**
     * Of a track that is sent, the frames that were refused because too many waited, or needed one
     * that was; of one that is received, those that were not read in time. Of both, those that a
     * [FrameTransform] dropped.
     */
    public val framesDropped: Long,
    /**
     * The frames that could not have been decoded for want of others; null for a track that is
     * sent.
     */
    public val framesUndecodable: Long?,
    /**
     * How often frames were missing on arrival, lost for good on the way; null for a track that is
     * sent.
     */
    public val frameGaps: Long?,
    /** One for each layer of a track that is sent, the smallest first; else one. */
    public val streams: List<StreamStatistics>,
    /** While raw sound is asked for. */
    public val playout: PlayoutStatistics?,
    /** While raw pictures are pushed. */
    public val encoding: EncodingStatistics?,
    /** While raw pictures are asked for. */
    public val decoding: DecodingStatistics?,
)

/**
 * How one stream of a track is doing: one of the sizes of a simulcast, or all there is. What is
 * null is not known.
 */
public class StreamStatistics internal constructor(
    /** What its packets are known by (RFC 3550), once some flowed. */
    public val ssrc: Long?,
    /** What was in its packets, with those that were sent again, in bytes. */
    public val bytes: Long,
    /** How many packets, with those that were sent again. */
    public val packets: Long,
    /**
     * Of a track that is sent, how many packets the service reports never to have got the first
     * time.
     */
    public val packetsLost: Long?,
    /**
     * Messages that asked for packets once more (NACK): from the service for a track that is sent,
     * to it for one that is received. One can ask for several packets.
     */
    public val nackCount: Long,
    /** Likewise those that asked for a key frame because pictures were lost (PLI). */
    public val pliCount: Long,
    /** Likewise those that asked for a key frame for another reason (FIR). */
    public val firCount: Long,
    /**
     * Which part of the packets got lost before any were sent again, 0 to 1, by the last report of
     * whoever receives it.
     */
    public val loss: Double?,
    /** There and back, in milliseconds, by that report. */
    public val roundTripMs: Double?,
    /** How unevenly packets come, in milliseconds, by that report. */
    public val jitterMs: Double?,
)

/** How the sound of one track is played, which is decoded here. */
public class PlayoutStatistics internal constructor(
    /** How long sound is held back, against the fastest packets, in milliseconds. */
    public val delayMs: Double,
    /** How long it should be, for most packets to come in time, in milliseconds. */
    public val targetDelayMs: Double,
    /** All that was asked for, in frames of 48,000 hertz. */
    public val playedFrames: Long,
    /** Of those, what was made up because it got lost or was late. */
    public val concealedFrames: Long,
    /** Of those, what was silence because nothing was to be heard. */
    public val silentFrames: Long,
    /** What was left out to shorten the delay, in frames of 48,000 hertz. */
    public val removedFrames: Long,
    /** What was played twice to lengthen it, likewise. */
    public val insertedFrames: Long,
    /** Packets that came too late to be played. */
    public val latePackets: Long,
    /** Packets that the transform of frames has dropped. */
    public val droppedPackets: Long,
)

/**
 * How the pictures of one track are encoded, which raw ones are pushed for.
 * All count from the beginning of the input.
 */
public class EncodingStatistics internal constructor(
    /** How many pictures were encoded, in one size or in several. */
    public val pictures: Long,
    /** Those that a later one has overtaken because the encoder was too slow. */
    public val overtaken: Long,
    /**
     * How often one was left out in one size or in all, because the network or the bit rate does
     * not carry more.
     */
    public val leftOut: Long,
    /** How long one takes, in all its sizes, in milliseconds; the mean of the last ten or so. */
    public val encodeMs: Double,
    /**
     * By what each side is divided because the encoder would not keep up otherwise; 1 while it
     * does.
     */
    public val reducedBy: Double,
)

/**
 * How the pictures of one track are decoded, of which raw ones are asked for.
 * All count from the beginning of the output.
 */
public class DecodingStatistics internal constructor(
    /** How many pictures were decoded. */
    public val pictures: Long,
    /** Of those, what a later one has overtaken before it was read. */
    public val overtaken: Long,
    /**
     * Frames that could not be decoded, for want of others or because they came faster than they
     * are decoded.
     */
    public val undecodable: Long,
    /** How long one takes, in milliseconds; the mean of the last ten or so. */
    public val decodeMs: Double,
)

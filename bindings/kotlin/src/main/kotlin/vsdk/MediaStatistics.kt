// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

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
            TrackStatisticsStructure.read(track, streams)
        }

    private fun stream(statistics: Pointer, trackIndex: Long, index: Long): StreamStatistics =
        StreamStatisticsStructure.make().use { stream ->
            call { error ->
                vsdk_media_statistics_stream(statistics, trackIndex, index, stream, error)
            }
            StreamStatisticsStructure.read(stream)
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

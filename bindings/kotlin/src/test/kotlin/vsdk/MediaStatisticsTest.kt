// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable

/** How media is doing. */
class MediaStatisticsTest : CleanTest() {
    @Test
    fun `before joining there are tracks and no way`() = Service().use { service ->
        service.client("room", "ann").use { ann ->
            val pictures = TrackOptions(TrackKind.VIDEO) { multiStream = true; setSize(1280, 720) }
            val tracks = listOf(
                ann.meeting.addTrack(pictures),
                ann.meeting.addTrack(TrackKind.AUDIO),
            )
            val statistics = ann.meeting.mediaStatistics()
            assertNull(statistics.transport(TransportDirection.SEND))
            assertNull(statistics.transport(TransportDirection.RECEIVE))
            assertStatus(Status.INVALID_ARGUMENT) { statistics.transport(TransportDirection.of(0)) }
            val (camera, microphone) = statistics.tracks
            assertEquals(tracks.map { it.id }, listOf(camera, microphone).map { it.trackId })
            assertEquals(listOf(3, 1), listOf(camera, microphone).map { it.streams.size })
            assertEquals(TrackKind.VIDEO to Codec.VP8, camera.kind to camera.codec)
            assertEquals(TrackKind.AUDIO to Codec.OPUS, microphone.kind to microphone.codec)
            assertTrue(camera.isLocal && microphone.isLocal)
            assertNull(camera.framesUndecodable)
            assertNull(camera.frameGaps)
            assertEquals(listOf(null, null, null), listOf(camera.playout, camera.encoding, camera.decoding))
            statistics.check()

            // They stay what they were.
            tracks.forEach { it.close() }
            assertEquals(2, statistics.tracks.size)
            ann.meeting.mediaStatistics().use { assertEquals(emptyList<TrackStatistics>(), it.tracks) }
            statistics.close()
            for (use in listOf<() -> Unit>(
                { statistics.tracks }, { statistics.json }, { statistics.transport(TransportDirection.SEND) },
            )) {
                assertStatus(Status.INVALID_HANDLE, use)
            }
        }
    }

    @Test
    @DisabledIfEnvironmentVariable(
        named = "VSDK_WITHOUT_MEDIA",
        matches = ".*",
        disabledReason = "the local service has no media server: see VSDK_WITHOUT_MEDIA",
    )
    fun `what flows is counted`() = Service().use { service ->
        service.send(TrackKind.VIDEO) {
            val camera = Camera(track)
            fun Client.known(direction: TransportDirection, isKnown: (TransportStatistics) -> Boolean) =
                camera.until {
                    remote.frameNow()
                    meeting.mediaStatistics().use { statistics ->
                        statistics.check()
                        val way = statistics.transport(direction)?.takeIf(isKnown)
                        way?.let { it to statistics.tracks.single() }
                    }
                }
            val (out, sent) = ann.known(TransportDirection.SEND) {
                it.isConnected && it.packetsSent > 50 && it.roundTripMs != null && it.lossSent != null
            }
            assertTrue(out.bytesSent > out.packetsSent && out.packetsReceived > 0)
            assertEquals(TransportProtocol.UDP, out.protocol)
            assertTrue(out.estimatedKbps!! > 0)
            assertEquals(listOf(track.id, "ann", true), sent.run { listOf(trackId, participantId, isLocal) })
            assertTrue(sent.frames > 0 && sent.streams.single().run { packets > 0 && bytes > packets })

            val (way, received) = bob.known(TransportDirection.RECEIVE) {
                it.packetsReceived > 50 && it.lossReceived != null
            }
            assertTrue(way.isConnected)
            assertNull(way.estimatedKbps)
            assertEquals(
                listOf(remote.id, "ann", false, TrackKind.VIDEO, Codec.VP8),
                received.run { listOf(trackId, participantId, isLocal, kind, codec) },
            )
            assertTrue(received.frames > 0 && received.framesUndecodable != null)
            assertTrue(received.streams.single().run { ssrc != null && packets > 0 && packetsLost == null })
        }
    }

    /** All of them are those of the JSON. */
    private fun MediaStatistics.check() {
        val numbers = Regex("\"([A-Za-z]+)\":(-?[0-9.e+-]+|null)").findAll(json)
            .map { it.groupValues[1] to it.groupValues[2].toDoubleOrNull() }
            .groupBy({ it.first }, { it.second })
        val transports = listOf(TransportDirection.RECEIVE, TransportDirection.SEND).mapNotNull(::transport)
        val streams = tracks.flatMap { it.streams }
        fun same(name: String, values: List<Number?>) =
            assertEquals(numbers[name].orEmpty(), values.map { it?.toDouble() }, name)
        same("bytesSent", transports.map { it.bytesSent })
        same("bytesReceived", transports.map { it.bytesReceived })
        same("packetsSent", transports.map { it.packetsSent })
        same("packetsReceived", transports.map { it.packetsReceived })
        same("estimatedKbps", transports.map { it.estimatedKbps })
        same("lossSent", transports.map { it.lossSent })
        same("lossReceived", transports.map { it.lossReceived })
        same("frames", tracks.map { it.frames })
        same("framesDropped", tracks.map { it.framesDropped })
        same("ssrc", streams.map { it.ssrc })
        same("bytes", streams.map { it.bytes })
        same("packets", streams.map { it.packets })
        same("packetsLost", streams.map { it.packetsLost })
        same("nackCount", streams.map { it.nackCount })
        same("pliCount", streams.map { it.pliCount })
        same("firCount", streams.map { it.firCount })
        same("loss", streams.map { it.loss })
        same("jitterMs", streams.map { it.jitterMs })
        same("roundTripMs", transports.map { it.roundTripMs } + streams.map { it.roundTripMs })
        for (track in tracks.filterNot { it.isLocal }) {
            assertTrue(track.framesUndecodable in numbers.getValue("framesUndecodable").map { it?.toLong() })
            assertTrue(track.frameGaps in numbers.getValue("frameGaps").map { it?.toLong() })
        }
    }
}

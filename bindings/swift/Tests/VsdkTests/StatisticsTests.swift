import Vsdk
import XCTest

/// How media is doing, in figures.
final class StatisticsTests: MediaTestCase {
    func testFiguresOfAMeetingThatIsNotJoined() async throws {
        let meeting = try makeMeeting()
        var options = TrackOptions(kind: .video, size: .init(width: 1_280, height: 720))
        options.multiStream = true
        let camera = try meeting.addTrack(options)
        let microphone = try meeting.addTrack(TrackOptions(kind: .audio))
        let statistics = try meeting.mediaStatistics()
        XCTAssertEqual(liveHandles(.mediaStatistics), 0)
        XCTAssertNil(statistics.transport(.send))
        XCTAssertNil(statistics.transport(.receive))
        XCTAssertNil(statistics.transport(TransportDirection(rawValue: 9)))
        let tracks = statistics.tracks
        XCTAssertEqual(tracks.map(\.trackId), [camera.id, microphone.id])
        XCTAssertEqual(tracks.map(\.kind), [.video, .audio])
        XCTAssertEqual(tracks.map(\.codec), [.vp8, .opus])
        XCTAssertEqual(tracks.map(\.streams.count), [3, 1])
        let participantId = try meeting.snapshot().participantId
        for track in tracks {
            XCTAssertTrue(track.isLocal)
            XCTAssertEqual(track.participantId, participantId)
            XCTAssertEqual([track.frames, track.framesDropped], [0, 0])
            XCTAssertNil(track.framesUndecodable)
            XCTAssertNil(track.frameGaps)
            XCTAssertNil(track.playout)
            XCTAssertNil(track.encoding)
            XCTAssertNil(track.decoding)
            for stream in track.streams {
                XCTAssertEqual([stream.bytes, stream.packets, stream.nackCount], [0, 0, 0])
                XCTAssertEqual([stream.pliCount, stream.firCount], [0, 0])
                XCTAssertEqual([stream.ssrc, stream.packetsLost], [nil, nil])
                XCTAssertNil(stream.loss)
                XCTAssertEqual([stream.roundTrip, stream.jitter], [nil, nil])
            }
        }
        XCTAssertTrue(statistics.json.contains(#""send":null"#), statistics.json)
        XCTAssertTrue(statistics.json.contains(microphone.id), statistics.json)

        // They stay what they were.
        let screen = try meeting.addTrack(TrackOptions(kind: .share))
        XCTAssertEqual(statistics.tracks.count, 2)
        XCTAssertEqual(try meeting.mediaStatistics().tracks.last?.trackId, screen.id)
        meeting.close()
        try await assertFails(.invalidHandle) { try meeting.mediaStatistics() }
    }

    func testFiguresOfWhatFlows() async throws {
        let pair = try await Pair(.video)
        let remote = try await pair.bob.added()
        let camera = Camera(track: pair.track)
        // The other end reports a few seconds later how it gets on.
        let (sent, received) = try await camera.push {
            while try remote.pollFrame() != nil {}
            let sent = try pair.ann.mediaStatistics()
            let received = try pair.bob.mediaStatistics()
            let isReported = sent.tracks[0].streams[0].roundTrip != nil
            return isReported && received.tracks[0].frames > 0 ? (sent, received) : nil
        }

        let mine = sent.tracks[0]
        XCTAssertEqual(mine.trackId, pair.track.id)
        XCTAssertTrue(mine.isLocal)
        XCTAssertGreaterThan(mine.frames, 0)
        XCTAssertLessThanOrEqual(mine.frames, camera.sent.value)
        let out = mine.streams[0]
        XCTAssertGreaterThan(try XCTUnwrap(out.ssrc), 0)
        // A key frame has more packets than one.
        XCTAssertGreaterThan(out.packets, mine.frames)
        XCTAssertGreaterThan(out.bytes, out.packets * 100)
        XCTAssertNotNil(out.packetsLost)
        let (loss, roundTrip) = (try XCTUnwrap(out.loss), try XCTUnwrap(out.roundTrip))
        XCTAssertTrue((0...1).contains(loss), "\(loss)")
        XCTAssertTrue((.zero..<Duration.seconds(10)).contains(roundTrip), "\(roundTrip)")
        XCTAssertLessThan(try XCTUnwrap(out.jitter), .seconds(10))

        let theirs = received.tracks[0]
        XCTAssertEqual(theirs.trackId, remote.id)
        XCTAssertEqual(theirs.participantId, "ann")
        XCTAssertFalse(theirs.isLocal)
        XCTAssertNotNil(theirs.framesUndecodable)
        XCTAssertNotNil(theirs.frameGaps)
        XCTAssertNil(theirs.streams[0].packetsLost)
        XCTAssertGreaterThan(theirs.streams[0].packets, 0)

        let way = try XCTUnwrap(sent.transport(.send))
        XCTAssertTrue(way.isConnected)
        XCTAssertEqual(way.protocol, .udp)
        XCTAssertGreaterThanOrEqual(way.packetsSent, out.packets)
        XCTAssertGreaterThan(way.bytesSent, out.bytes)
        XCTAssertGreaterThan(way.packetsReceived, 0)
        XCTAssertGreaterThan(way.bytesReceived, 0)
        XCTAssertGreaterThan(try XCTUnwrap(way.estimatedKbps), 0)
        let back = try XCTUnwrap(received.transport(.receive))
        XCTAssertGreaterThanOrEqual(back.packetsReceived, theirs.streams[0].packets)
        XCTAssertNil(back.estimatedKbps)
    }
}

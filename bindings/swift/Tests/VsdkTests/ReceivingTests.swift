import Vsdk
import XCTest

/// Choosing what to receive: whose tracks, and what is paused.
final class ReceivingTests: MediaTestCase {
    func testWhoChoosesGetsWhatWasSubscribed() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob") { $0.autoConsume = false }
        let microphone = try ann.addTrack(TrackOptions(kind: .audio))
        try await ann.published(microphone)
        let film = try ann.addTrack(TrackOptions(kind: .video))
        try await ann.published(film)
        try await assertFails(.invalidState) { try await ann.subscribeTracks(of: "bob", .audio) }
        try await assertFails(.notFound) { try await bob.subscribeTracks(of: "cid", .audio) }

        // Of what is there only that kind comes.
        try await bob.subscribeTracks(of: "ann", .video)
        let seen = try await bob.added()
        XCTAssertEqual(seen.kind, .video)
        _ = try await Camera(track: film).push { try seen.pollFrame() }
        try await bob.subscribeTracks(of: "ann", .audio)
        let heard = try await bob.added()
        XCTAssertEqual(heard.kind, .audio)
        _ = try await Microphone(track: microphone).push { try heard.pollFrame() }

        try await bob.unsubscribeTracks(of: "ann", .video)
        let removed = try await bob.next(.trackRemoved)
        XCTAssertEqual(removed.trackId, seen.id)
        // A camera that is new is not told of: the microphone that is new after it is.
        let camera = try ann.addTrack(TrackOptions(kind: .video))
        try await ann.published(camera)
        let second = try ann.addTrack(TrackOptions(kind: .audio))
        try await ann.published(second)
        let added = try await bob.added()
        XCTAssertEqual(added.kind, .audio)
    }

    func testWhatIsPausedAltogetherRests() async throws {
        let pair = try await Pair(.audio)
        let heard = try await pair.bob.added()
        let film = try pair.ann.addTrack(TrackOptions(kind: .video))
        try await pair.ann.published(film)
        let seen = try await pair.bob.added()
        let (microphone, camera) = (Microphone(track: pair.track), Camera(track: film))
        func rests(_ track: RemoteTrack, _ push: () async throws -> Void) async throws {
            try await track.drain()
            try await push()
            try await assertFails(.timeout) {
                try await track.nextFrame(timeout: .milliseconds(200))
            }
        }

        _ = try await microphone.push { try heard.pollFrame() }
        try await pair.bob.pauseAllTracks(.audio)
        try await rests(heard) { try await microphone.push(20) }
        _ = try await camera.push { try seen.pollFrame() }

        try await pair.bob.pauseAllTracks()
        try await rests(seen) {
            for _ in 0..<20 { try camera.push() }
        }
        try await pair.bob.resumeAllTracks(.video)
        _ = try await camera.push { try seen.pollFrame() }
        try await rests(heard) { try await microphone.push(20) }
        try await pair.bob.resumeAllTracks()
        _ = try await microphone.push { try heard.pollFrame() }
    }

    func testAChoiceIsCancelled() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob") { $0.autoConsume = false }
        var tracks: [LocalTrack] = []
        for kind in [TrackKind.audio, .video] {
            tracks.append(try ann.addTrack(TrackOptions(kind: kind)))
            try await ann.published(tracks.last!)
        }
        try await bob.subscribeTracks(of: "ann", .video)
        _ = try await bob.added()
        try await room.service.add(fault: #"{"method": "*", "kind": "ignore", "times": null}"#)
        let calls: [(String, @Sendable () async throws -> Void)] = [
            ("pauseAllTracks", { try await bob.pauseAllTracks(.video) }),
            ("resumeAllTracks", { try await bob.resumeAllTracks() }),
            ("subscribeTracks", { try await bob.subscribeTracks(of: "ann", .audio) }),
            ("unsubscribeTracks", { try await bob.unsubscribeTracks(of: "ann", .video) }),
        ]
        for (name, call) in calls {
            let task = Task { try await call() }
            try await eventually { liveHandles(.op) == 1 }
            task.cancel()
            try await assertCancelled { try await task.value }
            XCTAssertEqual(liveHandles(.op), 0, name)
        }
        let limited = try await assertFails(.timeout) {
            try await bob.pauseAllTracks(timeout: .milliseconds(50))
        }
        XCTAssertEqual(limited.operation, "meeting_pause_all_tracks")
    }

    func testWrongChoicesAreTold() async throws {
        let meeting = try makeMeeting()
        let bob = "bob"
        let strange = MediaKind(rawValue: 3)
        let calls: [(Status, String, () async throws -> Void)] = [
            (.invalidState, "subscribe", { try await meeting.subscribeTracks(of: bob, .audio) }),
            (.invalidState, "unsubscribe", { try await meeting.unsubscribeTracks(of: bob, .video) }),
            (.invalidArgument, "subscribe", { try await meeting.subscribeTracks(of: "", .audio) }),
            (.invalidArgument, "unsubscribe", {
                try await meeting.unsubscribeTracks(of: bob, strange)
            }),
            (.invalidState, "pause_all", { try await meeting.pauseAllTracks() }),
            (.invalidState, "resume_all", { try await meeting.resumeAllTracks(.video) }),
            (.invalidArgument, "pause_all", {
                try await meeting.pauseAllTracks(TrackKind(rawValue: 9))
            }),
        ]
        for (status, name, call) in calls {
            let error = try await assertFails(status, call)
            XCTAssertEqual(error.operation, "meeting_\(name)_tracks")
            XCTAssertFalse(error.remedy.isEmpty)
        }
        meeting.close()
        for (_, _, call) in calls { try await assertFails(.invalidHandle, call) }
    }
}

import Vsdk
import XCTest

final class ServiceTests: LibraryTestCase {
    func testARecordingAsEverybodySeesIt() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        XCTAssertNil(try bob.snapshot().serviceState(.recording))

        var options = ServiceOptions()
        options.layout = .sidebar
        options.layoutPriority = .pin
        options.gridSize = 4
        options.theme = .default
        options.content = .videoAndAudio
        options.quality = .high
        options.orientation = .landscape
        options.webhookUrl = "https://example.com/hook"
        options.json = #"{"awsDirPath": "lessons"}"#
        try await ann.startService(.recording, options)
        XCTAssertEqual(liveHandles(.serviceOptions), 0)
        for meeting in [ann, bob] {
            try await meeting.tells(.recordingStateChanged, [.starting, .started])
            let snapshot = try meeting.snapshot()
            XCTAssertEqual(snapshot.serviceState(.recording), .started)
            XCTAssertNil(snapshot.serviceState(.hls))
            XCTAssertNil(snapshot.serviceState(ServiceKind(rawValue: 99)))
        }

        let error = try await assertFails(.refused) { try await ann.startService(.recording) }
        XCTAssertEqual(error.serviceCode, 4011)
        XCTAssertEqual(error.operation, "meeting_start_service")
        try await ann.stopService(.recording)
        for meeting in [ann, bob] {
            try await meeting.tells(.recordingStateChanged, [.stopping, .stopped])
            XCTAssertEqual(try meeting.snapshot().serviceState(.recording), .stopped)
        }
    }

    func testEveryKindStartsAndStops() async throws {
        let room = try await TestRoom()
        let meeting = try await room.join(as: "ann")
        var streamed = ServiceOptions()
        streamed.outputs = [
            .init(url: "rtmp://a.example/live", streamKey: "key-1"),
            .init(url: "rtmp://b.example/live", streamKey: "key-2"),
        ]
        var spoken = ServiceOptions()
        spoken.language = "en"
        let kinds: [(ServiceKind, ServiceOptions, EventType)] = [
            (.livestream, streamed, .livestreamStateChanged),
            (.hls, ServiceOptions(), .hlsStateChanged),
            (.transcription, spoken, .transcriptionStateChanged),
            (.translation, ServiceOptions(), .translationStateChanged),
            (.whiteboard, ServiceOptions(), .whiteboardStateChanged),
        ]
        for (kind, options, type) in kinds {
            try await meeting.startService(kind, options)
            try await meeting.tells(type, [.started])
            XCTAssertNotNil(try meeting.snapshot().serviceState(kind), "\(kind)")
            try await meeting.stopService(kind)
            try await meeting.tells(type, [.stopped])
            XCTAssertEqual(try meeting.snapshot().serviceState(kind), .stopped, "\(kind)")
        }
    }

    func testTheLanguageOfATranslation() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        let early = try await assertFails(.refused) {
            try await ann.changeTranslationLanguage("de")
        }
        XCTAssertEqual(early.serviceCode, 4044)
        try await ann.startService(.translation)
        try await ann.changeTranslationLanguage("de")
        for meeting in [ann, bob] {
            let changed = try await meeting.next(.translationLanguageChanged)
            XCTAssertEqual(changed.participantId, "ann")
            XCTAssertEqual(changed.text, "de")
        }
    }

    func testWhatIsRefused() async throws {
        let room = try await TestRoom()
        let meeting = try room.meeting(as: "ann")
        try await assertFails(.invalidState) { try await meeting.startService(.recording) }
        try await meeting.join()
        let error = try await assertFails(.refused) { try await meeting.stopService(.recording) }
        XCTAssertEqual(error.serviceCode, 4012)
        XCTAssertEqual(error.serviceText, "The recording does not run")
        XCTAssertEqual(error.operation, "meeting_stop_service")
        XCTAssertFalse(error.remedy.isEmpty)
        XCTAssertNil(try meeting.snapshot().serviceState(.recording))

        try await assertFails(.invalidArgument) { try await meeting.startService(.livestream) }
        try await assertFails(.invalidArgument) {
            try await meeting.stopService(ServiceKind(rawValue: 99))
        }
        let mistakes: [@Sendable (inout ServiceOptions) -> Void] = [
            { $0.layout = Layout(rawValue: 99) },
            { $0.layoutPriority = LayoutPriority(rawValue: 99) },
            { $0.gridSize = 0 },
            { $0.theme = Theme(rawValue: 99) },
            { $0.content = ServiceContent(rawValue: 99) },
            { $0.quality = ServiceQuality(rawValue: 99) },
            { $0.orientation = Orientation(rawValue: 99) },
            { $0.outputs = [.init(url: "rtmp://a.example", streamKey: "")] },
            { $0.outputs = [.init(url: "", streamKey: "key")] },
            { $0.webhookUrl = "" },
            { $0.language = "en" },  // No option of recordings.
            { $0.json = "[]" },
        ]
        for (index, mistake) in mistakes.enumerated() {
            var options = ServiceOptions()
            mistake(&options)
            let error = try await assertFails(.invalidArgument) {
                [options] in try await meeting.startService(.recording, options)
            }
            XCTAssertFalse(error.message.isEmpty, "mistake \(index)")
        }
        XCTAssertEqual(liveHandles(.serviceOptions), 0)
        try await meeting.startService(.recording)
    }

    func testEachOptionIsTheOneThatItIsCalled() async throws {
        let room = try await TestRoom()
        let meeting = try await room.join(as: "ann")
        // A translation knows none of them, and the refusal tells which one it was given.
        let changes: [(String, @Sendable (inout ServiceOptions) -> Void)] = [
            ("layout", { $0.layout = .grid }),
            ("layout_priority", { $0.layoutPriority = .speaker }),
            ("grid_size", { $0.gridSize = 1 }),
            ("theme", { $0.theme = .dark }),
            ("content", { $0.content = .audio }),
            ("quality", { $0.quality = .low }),
            ("orientation", { $0.orientation = .portrait }),
            ("outputs", { $0.outputs = [.init(url: "rtmp://a.example", streamKey: "key")] }),
            ("webhook_url", { $0.webhookUrl = "https://example.com" }),
            ("language", { $0.language = "en" }),
        ]
        for (name, change) in changes {
            var options = ServiceOptions()
            change(&options)
            let error = try await assertFails(.invalidArgument) {
                [options] in try await meeting.startService(.translation, options)
            }
            XCTAssertTrue(error.message.contains("`\(name)` is no option"), error.message)
        }
        // The service sees what came as JSON.
        var options = ServiceOptions()
        options.json = #"{"outputs": [{"url": "rtmp://a.example", "streamKey": ""}]}"#
        let error = try await assertFails(.refused) {
            [options] in try await meeting.startService(.livestream, options)
        }
        XCTAssertEqual(error.serviceCode, 4015)
    }
}

extension Meeting {
    /// Waits until events of this type have told these states in this order.
    fileprivate func tells(
        _ type: EventType, _ states: [ServiceState], file: StaticString = #filePath,
        line: UInt = #line
    ) async throws {
        for state in states {
            while true {
                let event = try await next(type, file: file, line: line)
                if event.code == Int(state.rawValue) { break }
            }
        }
    }
}

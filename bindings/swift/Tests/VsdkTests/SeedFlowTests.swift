import Vsdk
import XCTest

/// What every program does first: token, room, meeting.
final class SeedFlowTests: LibraryTestCase {
    func testFromATokenToAMeeting() async throws {
        let service = try LocalService()
        let token = try await fetchToken(from: service.tokenUrl)
        try config(with: ConfigOptions(apiBaseUrl: service.url))
        try Vsdk.config(token.text)

        let room = try await createRoom()
        let meeting = try initMeeting(
            MeetingOptions(meetingId: room.id, name: "Ann", micEnabled: true))

        let snapshot = try meeting.snapshot()
        XCTAssertEqual(snapshot.state, .initialised)
        XCTAssertEqual(snapshot.meetingId, room.id)
        XCTAssertEqual(snapshot.participantId.count, 8)
        XCTAssertEqual(snapshot.name, "Ann")
        XCTAssertTrue(snapshot.micEnabled)
        XCTAssertFalse(snapshot.webcamEnabled)
        XCTAssertEqual(snapshot.mode, .sendAndRecv)
        XCTAssertNil(snapshot.metadataJson)
        XCTAssertEqual(snapshot.tokenExpiresAt, token.expiresAt)

        let first = try await meeting.nextEvent()
        XCTAssertEqual(first?.state, .initialised)
        try await meeting.leave()
        var texts: [String?] = []
        for try await event in meeting.events { texts.append(event.text) }
        XCTAssertEqual(texts, ["LEFT"])
        XCTAssertEqual(try meeting.snapshot().state, .left)
        XCTAssertEqual(snapshot.state, .initialised)
        meeting.close()
    }

    func testEveryOptionReachesTheMeeting() throws {
        let token = try plainToken()
        var options = MeetingOptions(json: #"{"meetingId": "elsewhere", "name": "Bea", "token": "x"}"#)
        options.meetingId = "abcd-efgh-ijkl"
        options.token = token
        options.participantId = "ann"
        options.name = "Ann"
        options.micEnabled = true
        options.webcamEnabled = true
        options.metadataJson = #"{"seat": 7}"#
        options.mode = .recvOnly
        options.preferredProtocol = .udpOnly
        options.maxResolution = .sd
        options.audioCodec = .g722
        options.peerType = .agent
        options.multiStream = false
        options.autoConsume = false
        options.codecSwitchEnabled = false
        options.batchingEnabled = false
        options.debugMode = false
        options.chatEnabled = false
        options.translationLanguage = "en"
        options.speakingLanguage = "de"
        options.deviceInfoJson = #"{"board": "x"}"#
        options.apiBaseUrl = "http://127.0.0.1:1"
        options.signalingBaseUrl = "127.0.0.1:2"
        let meeting = try initMeeting(options)
        defer { meeting.close() }

        let snapshot = try meeting.snapshot()
        XCTAssertEqual(snapshot.meetingId, "abcd-efgh-ijkl")
        XCTAssertEqual(snapshot.participantId, "ann")
        XCTAssertEqual(snapshot.name, "Ann")
        XCTAssertTrue(snapshot.micEnabled && snapshot.webcamEnabled)
        XCTAssertEqual(snapshot.mode, .recvOnly)
        XCTAssertEqual(snapshot.metadataJson, #"{"seat":7}"#)
        for part in [
            #""preferredProtocol":"UDP_ONLY""#, #""peerType":"agent""#, #""multiStream":false"#,
            #""autoConsume":false"#, #""debugMode":false"#, #""chatEnabled":false"#,
        ] {
            XCTAssertTrue(snapshot.json.contains(part), "\(part) in \(snapshot.json)")
        }
        XCTAssertFalse(snapshot.json.contains(token))
    }

    func testAMeetingIsRefusedBeforeAnythingIsSent() async throws {
        try await assertFails(.invalidArgument) {
            try initMeeting(MeetingOptions(meetingId: "", token: try plainToken()))
        }
        try await assertFails(.tokenMalformed) { try makeMeeting(token: "not a token") }
        try await assertFails(.tokenRoomMismatch) {
            try makeMeeting(token: try longLivedToken(roomId: "another-room"))
        }
        var options = MeetingOptions(meetingId: "abcd-efgh-ijkl", token: try plainToken())
        options.mode = Mode(rawValue: 99)
        try await assertFails(.invalidArgument) { try initMeeting(options) }
        try await assertFails(.invalidArgument) {
            try initMeeting(MeetingOptions(json: #"{"meetingID": "x"}"#))
        }
    }

    func testAMeetingJoinsItsRoomAndLeavesIt() async throws {
        let service = try LocalService()
        try await service.configure()
        let meeting = try initMeeting(MeetingOptions(meetingId: try await createRoom().id))
        try await meeting.join()
        XCTAssertEqual(try meeting.snapshot().state, .connected)
        try await meeting.leave()
        XCTAssertEqual(try meeting.snapshot().state, .left)
        meeting.close()

        let elsewhere = try initMeeting(MeetingOptions(meetingId: "nowhere"))
        try await assertFails(.notFound) { try await elsewhere.join() }
        XCTAssertEqual(try elsewhere.snapshot().state, .failed)
        elsewhere.close()
    }

    func testAFreshToken() async throws {
        let meeting = try makeMeeting()
        try meeting.setToken(try longLivedToken())
        try await assertFails(.tokenMalformed) { try meeting.setToken("nonsense") }
        try await meeting.leave()
        try await meeting.leave()
        try await assertFails(.invalidState) { try meeting.setToken(try plainToken()) }
        meeting.close()
    }
}

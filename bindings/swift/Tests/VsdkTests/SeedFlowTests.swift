import XCTest

import Vsdk

/// What every program does first: token, room, meeting.
final class SeedFlowTests: XCTestCase {
    func testFromATokenToAMeeting() async throws {
        let service = try LocalService()
        let token = try await fetchToken(from: service.tokenUrl)
        try config(with: ConfigOptions(apiBaseUrl: service.url))
        try Vsdk.config(token.text)

        let room = try await createRoom()
        var options = MeetingOptions(meetingId: room.id)
        options.name = "Ann"
        options.micEnabled = true
        let meeting = try initMeeting(options)

        let snapshot = try meeting.snapshot()
        XCTAssertEqual(snapshot.state, .initialised)
        XCTAssertEqual(snapshot.meetingId, room.id)
        XCTAssertEqual(snapshot.name, "Ann")
        XCTAssertTrue(snapshot.micEnabled)
        XCTAssertFalse(snapshot.webcamEnabled)

        let first = try await meeting.nextEvent()
        XCTAssertEqual(first?.state, .initialised)
        try await meeting.leave()
        var texts: [String?] = []
        for try await event in meeting.events { texts.append(event.text) }
        XCTAssertEqual(texts, ["LEFT"])
        meeting.close()
    }
}

import Vsdk
import XCTest

/// Two accounts in one process, as in a server that records for several customers.
final class TwoMeetingsTests: LibraryTestCase {
    func testTwoTokensTwoServicesAtOnce() async throws {
        let first = try LocalService()
        let second = try LocalService()
        let firstToken = try mint(lifetime: .seconds(1_000))
        let secondToken = try mint(lifetime: .seconds(2_000))
        try config(with: ConfigOptions(token: firstToken.text, apiBaseUrl: first.url))

        async let one = meeting(on: first, token: firstToken.text, name: "Ann")
        async let two = meeting(on: second, token: secondToken.text, name: "Bea")
        let (ann, bea) = try await (one, two)
        XCTAssertEqual(try ann.snapshot().tokenExpiresAt, firstToken.expiresAt)
        XCTAssertEqual(try bea.snapshot().tokenExpiresAt, secondToken.expiresAt)
        XCTAssertNotEqual(firstToken.expiresAt, secondToken.expiresAt)
        XCTAssertEqual(try ann.snapshot().name, "Ann")
        XCTAssertEqual(try bea.snapshot().name, "Bea")

        // Each event belongs to its own meeting, and the end of one is not that of the other.
        try await ann.leave()
        var ids: [String?] = []
        for try await event in ann.events { ids.append(event.participantId) }
        XCTAssertEqual(Set(ids), [try ann.snapshot().participantId])
        XCTAssertEqual(try bea.snapshot().state, .initialised)
        ann.close()
        let event = try await bea.nextEvent()
        XCTAssertEqual(event?.participantId, try bea.snapshot().participantId)
        try bea.setToken(firstToken.text)
        XCTAssertEqual(try bea.snapshot().tokenExpiresAt, firstToken.expiresAt)
        bea.close()
    }
}

private func mint(lifetime: Duration) throws -> Token {
    var options = TokenMintOptions(apiKey: LocalService.apiKey, secret: LocalService.secret)
    options.lifetime = lifetime
    return try mintToken(options)
}

private func meeting(on service: LocalService, token: String, name: String) async throws -> Meeting {
    var room = RoomOptions()
    room.token = token
    room.apiBaseUrl = service.url
    var options = MeetingOptions(meetingId: try await createRoom(room).id, token: token, name: name)
    options.apiBaseUrl = service.url
    return try initMeeting(options)
}

import Vsdk
import XCTest

final class RoomTests: LibraryTestCase {
    func testCreateLookUpListDeactivate() async throws {
        let service = try LocalService()
        try await service.configure()

        var options = RoomOptions(customRoomId: "lesson")
        options.geoFence = "eu001"
        options.region = "eu001"
        options.webhookUrl = "https://example.org/hook"
        options.webhookEvents = ["participant-joined", "session*"]
        options.autoClose = RoomOptions.AutoClose(kind: "session-ends", duration: 60)
        options.autoStartJson = #"{"recording": {"config": {}}}"#
        options.multiComposition = RoomOptions.MultiComposition(recording: true)
        options.allowedParticipantIds = ["ann", "bea"]
        let made = try await createRoom(options, timeout: .seconds(10))
        XCTAssertFalse(made.id.isEmpty)
        XCTAssertEqual(made.customId, "lesson")
        XCTAssertNotNil(made.databaseId)
        XCTAssertNotNil(made.userId)
        XCTAssertNotNil(made.createdAt)
        XCTAssertNotNil(made.updatedAt)
        XCTAssertFalse(made.isDisabled)
        XCTAssertTrue(made.json.contains(made.id))
        // What the service left out is absent, and what it said is what was asked for.
        XCTAssertEqual(made.geoFence ?? "eu001", "eu001")
        XCTAssertEqual(made.webhookUrl ?? "https://example.org/hook", "https://example.org/hook")
        XCTAssertEqual(made.autoCloseType ?? "session-ends", "session-ends")
        XCTAssertEqual(made.autoCloseDuration ?? 60, 60)
        for text in [made.apiKey, made.autoStartJson, made.roomLink, made.sessionLink] {
            XCTAssertNotEqual(text, "")
        }

        let validated = try await validateRoom("lesson")
        XCTAssertEqual(validated.id, made.id)
        let found = try await getRoom(made.id, timeout: .seconds(10))
        XCTAssertEqual(found.id, made.id)
        let again = try await createRoom(RoomOptions(customRoomId: "lesson"))
        XCTAssertEqual(again.id, made.id)

        let second = try await createRoom()
        let all = try await listRooms()
        XCTAssertEqual(all.map(\.id), [second.id, made.id])
        XCTAssertEqual(all.count, 2)
        XCTAssertEqual(all.last?.id, made.id)
        XCTAssertEqual([all.page, all.lastPage, all.total], [1, 1, 2])
        XCTAssertGreaterThan(all.perPage, 0)
        let page = try await listRooms(RoomListOptions(page: 2, perPage: 1))
        XCTAssertEqual(page.map(\.id), [made.id])
        XCTAssertEqual([page.page, page.perPage, page.lastPage], [2, 1, 2])
        var query = RoomListOptions()
        query.query = "lesson"
        let queried = try await listRooms(query)
        XCTAssertEqual(queried.map(\.id), [made.id])
        query.query = nil
        query.userId = "somebody else"
        let others = try await listRooms(query)
        XCTAssertTrue(others.isEmpty)

        let closed = try await deactivateRoom(second.id)
        XCTAssertTrue(closed.isDisabled)
    }

    func testWhatIsWrongIsToldBeforeItIsSent() async throws {
        let service = try LocalService()
        try await service.configure()
        try await assertFails(.invalidArgument) { try await listRooms(RoomListOptions(page: 0)) }
        try await assertFails(.invalidArgument) { try await listRooms(RoomListOptions(perPage: -1)) }
        try await assertFails(.invalidArgument) {
            try await createRoom(RoomOptions(customRoomId: ""))
        }
        var options = RoomOptions()
        options.autoClose = RoomOptions.AutoClose(kind: "session-ends", duration: -1)
        try await assertFails(.invalidArgument) { try await createRoom(options) }
        options.autoClose = RoomOptions.AutoClose(kind: "never")
        try await assertFails(.invalidArgument) { try await createRoom(options) }
        try await assertFails(.invalidArgument) { try await getRoom("") }
        try await assertFails(.invalidArgument) { try await getRoom("a\0b") }
        let rooms = try await listRooms()
        XCTAssertEqual(rooms.total, 0)
    }

    func testAnotherTokenAndServerThanTheConfiguredOnes() async throws {
        let service = try LocalService()
        let other = try LocalService()
        try await service.configure()
        let token = try await fetchToken(from: other.tokenUrl).text
        let request = RequestOptions(token: token, apiBaseUrl: other.url)
        var options = RoomOptions()
        options.token = token
        options.apiBaseUrl = other.url
        let room = try await createRoom(options)
        try await assertFails(.notFound) { try await getRoom(room.id) }
        for found in [
            try await getRoom(room.id, request: request),
            try await validateRoom(room.id, request: request),
            try await deactivateRoom(room.id, request: request),
        ] {
            XCTAssertEqual(found.id, room.id)
        }
        var list = RoomListOptions()
        list.token = token
        list.apiBaseUrl = other.url
        let there = try await listRooms(list)
        XCTAssertEqual(there.total, 1)
        let here = try await listRooms()
        XCTAssertEqual(here.total, 0)
    }

    func testManyAtOnce() async throws {
        let service = try LocalService()
        try await service.configure()
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<100 { group.addTask { try await createRoom().id } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        XCTAssertEqual(ids.count, 100)
    }
}

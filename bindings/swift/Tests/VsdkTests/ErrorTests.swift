import Foundation
import Vsdk
import XCTest

final class ErrorTests: LibraryTestCase {
    func testEveryField() async throws {
        let service = try LocalService()
        try await service.configure()
        try await service.add(
            fault: #"""
                {"route": "POST /v2/rooms", "status": 429, "times": null,
                 "headers": {"retry-after": "90", "x-request-id": "request-7"},
                 "body": "{\"statusCode\": 429, \"error\": \"slow down\"}",
                 "contentType": "application/json"}
                """#)
        let error = try await assertFails(.rateLimited) {
            try await createRoom(timeout: .milliseconds(500))
        }
        XCTAssertEqual(error.name, "RATE_LIMITED")
        XCTAssertEqual(error.operation, "create_room")
        XCTAssertFalse(error.message.isEmpty || error.remedy.isEmpty)
        XCTAssertEqual(error.httpStatus, 429)
        XCTAssertNil(error.serviceCode)
        XCTAssertEqual(error.serviceText, "slow down")
        XCTAssertEqual(error.requestId, "request-7")
        XCTAssertEqual(error.retryAfter, .seconds(90))
        XCTAssertTrue(error.isRetryable)
        XCTAssertEqual(
            "\(error)", "create_room: \(error.message) [RATE_LIMITED, HTTP 429] \(error.remedy)")
        XCTAssertEqual(error.localizedDescription, error.message)
        XCTAssertEqual(error.recoverySuggestion, error.remedy)
        XCTAssertEqual(error.failureReason, "slow down")
    }

    func testTheServicesOwnNumber() async throws {
        let service = try LocalService()
        let token = try await service.configure()
        let cut = String(token.dropLast(4)) + "AAAA"
        var options = RoomOptions()
        options.token = cut
        let error = try await assertFails(.unauthorized) { try await createRoom(options) }
        XCTAssertEqual(error.httpStatus, 401)
        XCTAssertNotNil(error.serviceText)
        XCTAssertNotNil(error.requestId)
        XCTAssertNil(error.retryAfter)
        XCTAssertFalse(error.isRetryable)
        XCTAssertFalse("\(error)".contains(cut))
        let mismatch = try await assertFails(.tokenRoomMismatch) {
            try makeMeeting(token: try longLivedToken(roomId: "elsewhere"))
        }
        XCTAssertEqual(mismatch.serviceCode, 4022)
        XCTAssertTrue("\(mismatch)".contains("service number 4022"))
    }

    func testFromTokensToNetworks() async throws {
        let service = try LocalService()
        try await service.configure()
        try await assertFails(.tokenMalformed) { try config("nonsense") }
        try await assertFails(.notFound) { try await getRoom("nowhere") }
        try await assertFails(.networkConnect) {
            try await fetchToken(from: "http://127.0.0.1:1/get-token", timeout: .seconds(10))
        }
        try await assertFails(.networkInsecure) {
            try await fetchToken(from: "http://example.org/get-token")
        }
        try await service.add(
            fault: #"{"route": "/get-token", "body": "{}", "contentType": "application/json"}"#)
        try await assertFails(.tokenServerReply) { try await fetchToken(from: service.tokenUrl) }
        try await service.add(
            fault: #"""
                {"route": "/get-token", "kind": "redirect", "status": 307,
                 "location": "http://127.0.0.1:1/"}
                """#)
        try await assertFails(.redirect) { try await fetchToken(from: service.tokenUrl) }
        try await service.add(fault: #"{"route": "/get-token", "kind": "stall"}"#)
        try await assertFails(.timeout) {
            try await fetchToken(from: service.tokenUrl, timeout: .milliseconds(50))
        }
        try await assertFails(.timeout) {
            try await fetchToken(from: service.tokenUrl, timeout: .seconds(-5))
        }
        try await service.add(fault: #"{"route": "POST /v2/rooms", "kind": "reset"}"#)
        let broken = try await assertFails(.networkBroken) { try await createRoom() }
        XCTAssertFalse(broken.isRetryable)
    }

    func testConfigurationIsAllOrNothing() async throws {
        let service = try LocalService()
        try await service.configure()
        var options = ConfigOptions(apiBaseUrl: "http://127.0.0.1:1")
        options.proxy = "nonsense"
        try await assertFails(.invalidArgument) { try config(with: options) }
        _ = try await createRoom()

        options = ConfigOptions()
        options.userAgentSuffix = "swift-tests/1"
        options.clockCheck = true
        options.allowPlainHttp = false
        options.extraCaPem = nil
        options.resets = [.proxy, .extraCaPem]
        try config(with: options)
        _ = try await createRoom()
        options.proxy = "http://127.0.0.1:1"
        options.resets = [.userAgentSuffix]
        try config(with: options)
        try await assertFails(.networkProxy) { try await createRoom(timeout: .seconds(10)) }
        options = ConfigOptions()
        options.resets = [.proxy]
        try config(with: options)
        _ = try await createRoom()
    }
}

import Foundation
import Vsdk
import XCTest

final class TokenTests: LibraryTestCase {
    private var options: TokenMintOptions {
        TokenMintOptions(apiKey: LocalService.apiKey, secret: LocalService.secret)
    }

    func testMintAndReport() throws {
        var options = options
        options.permissions = ["allow_join"]
        options.roles = ["rtc"]
        options.roomId = "abcd-efgh-ijkl"
        options.participantId = "ann"
        options.lifetime = .milliseconds(599_001)
        options.claimsJson = #"{"seat": 7}"#
        let token = try mintToken(options)

        let report = try inspectToken(
            token.text, purpose: .join, roomId: "abcd-efgh-ijkl", participantId: "ann")
        XCTAssertTrue(report.isUsable, "\(report.findings)")
        XCTAssertEqual(report.apiKey, LocalService.apiKey)
        XCTAssertEqual(report.roomId, "abcd-efgh-ijkl")
        XCTAssertEqual(report.participantId, "ann")
        XCTAssertEqual(report.expiresAt, token.expiresAt)
        let issuedAt = try XCTUnwrap(report.issuedAt)
        XCTAssertEqual(report.expiresAt?.timeIntervalSince(issuedAt), 600)
        let left = try XCTUnwrap(report.timeLeft)
        XCTAssertTrue((.seconds(500)...(.seconds(600))).contains(left), "\(left)")
        XCTAssertEqual(report.headerJson?.contains("HS256"), true)
        XCTAssertEqual(report.claimsJson?.contains(#""seat":7"#), true)
        XCTAssertTrue(report.json.hasPrefix("{"))
    }

    func testFindings() throws {
        var options = options
        options.roomId = "abcd-efgh-ijkl"
        let token = try mintToken(options).text
        let report = try inspectToken("Bearer " + token, purpose: .join, roomId: "elsewhere")
        XCTAssertFalse(report.isUsable)
        let prefix = try XCTUnwrap(report.findings.first { $0.code == .bearerPrefix })
        XCTAssertEqual(prefix.severity, .error)
        XCTAssertEqual(prefix.name, "BEARER_PREFIX")
        XCTAssertFalse(prefix.explanation.isEmpty || prefix.remedy.isEmpty)
        let mismatch = try XCTUnwrap(report.findings.first { $0.code == .roomMismatch })
        XCTAssertEqual(mismatch.serviceCode, 4022)

        let nothing = try inspectToken("")
        XCTAssertEqual(nothing.findings.map(\.code), [.empty])
        XCTAssertNil(nothing.findings[0].serviceCode.flatMap { $0 == 0 ? $0 : nil })
        XCTAssertNil(nothing.apiKey)
        XCTAssertNil(nothing.roomId)
        XCTAssertNil(nothing.claimsJson)
        XCTAssertNil(nothing.expiresAt)
        XCTAssertNil(nothing.issuedAt)
        XCTAssertNil(nothing.timeLeft)
        XCTAssertTrue(nothing.json.hasPrefix("{"))
    }

    func testWhatCannotBeMinted() async throws {
        var mixed = options
        mixed.permissions = ["ask_join", "allow_mod"]
        let error = try await assertFails(.tokenPermissions) { try mintToken(mixed) }
        XCTAssertEqual(error.serviceCode, 4008)
        var instant = options
        instant.lifetime = .zero
        try await assertFails(.invalidArgument) { try mintToken(instant) }
        var claims = options
        claims.claimsJson = #"{"exp": 1}"#
        try await assertFails(.invalidArgument) { try mintToken(claims) }
        try await assertFails(.invalidArgument) {
            try inspectToken("x", purpose: TokenPurpose(rawValue: 99))
        }
        try await assertFails(.invalidArgument) { try inspectToken("a\0b") }
    }

    func testFetchForARoomAndAParticipant() async throws {
        let service = try LocalService()
        let token = try await fetchToken(
            from: service.tokenUrl,
            options: TokenFetchOptions(
                headers: ["Authorization": "my login"], roomId: "abcd-efgh-ijkl",
                participantId: "ann"))
        let report = try inspectToken(token.text)
        XCTAssertEqual(report.roomId, "abcd-efgh-ijkl")
        XCTAssertEqual(report.participantId, "ann")
        try await assertFails(.invalidArgument) {
            try await fetchToken(
                from: service.tokenUrl, options: TokenFetchOptions(headers: ["a b": "c"]))
        }
    }

    func testSecretsHide() throws {
        let token = try mintToken(options)
        var meeting = MeetingOptions(meetingId: "room", token: token.text)
        meeting.json = #"{"token": "\#(token.text)"}"#
        var config = ConfigOptions(token: token.text)
        config.proxy = "http://user:pass-word@host:1"
        var service = ServiceOptions()
        service.outputs = [.init(url: "rtmp://a.example", streamKey: "pass-word")]
        service.json = #"{"outputs": [{"streamKey": "pass-word"}]}"#
        let values: [Any] = [
            token, meeting, config, options, service, service.outputs, RequestOptions(token: token.text),
            TokenFetchOptions(headers: ["Authorization": token.text]),
        ]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                for secret in [token.text, LocalService.secret, "pass-word"] {
                    XCTAssertFalse(text.contains(secret), text)
                }
                XCTAssertTrue(text.contains("(hidden)"), text)
            }
        }
    }
}

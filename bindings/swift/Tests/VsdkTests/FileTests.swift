import Foundation
import Vsdk
import XCTest

final class FileTests: LibraryTestCase {
    func testAFileArrivesByteForByte() async throws {
        let room = try await TestRoom()
        // Neither has to be in the room.
        let (ann, bob) = (try room.meeting(as: "ann"), try room.meeting(as: "bob"))
        let files = [
            Data((0..<1_000_000).map { UInt8($0 % 256) }), Data([0]), Data("text é😀\0more".utf8),
            // Not from its beginning.
            Data([1, 2, 3, 0, 5]).dropFirst(2),
        ]
        for file in files {
            let url = try await ann.uploadFile(name: "photo é.bin", bytes: file)
            XCTAssertTrue(url.hasPrefix(room.service.url + "/"), url)
            let fetched = try await bob.fetchFile(url)
            XCTAssertTrue(fetched == file, "\(fetched.count) bytes instead of \(file.count)")
        }
        XCTAssertEqual(liveHandles(.content), 0)
    }

    func testWhatIsRefused() async throws {
        let room = try await TestRoom()
        let meeting = try room.meeting(as: "ann")
        for (bytes, words) in [
            (Data(), "empty"), (Data(count: 10 * 1_024 * 1_024 + 1), "10485761 bytes"),
        ] {
            let error = try await assertFails(.invalidArgument) {
                try await meeting.uploadFile(name: "file", bytes: bytes)
            }
            XCTAssertEqual(error.operation, "meeting_upload_file")
            XCTAssertTrue(error.message.contains(words), error.message)
        }
        try await assertFails(.invalidArgument) {
            try await meeting.uploadFile(name: "", bytes: Data([1]))
        }
        let missing = try await assertFails(.notFound) {
            try await meeting.fetchFile(room.service.url + "/files/none")
        }
        XCTAssertEqual(missing.httpStatus, 404)
        XCTAssertEqual(missing.operation, "meeting_fetch_file")
        try await assertFails(.invalidArgument) { try await meeting.fetchFile("no url") }
        try await assertFails(.networkInsecure) {
            try await meeting.fetchFile("http://files.example/1")
        }
        XCTAssertEqual(liveHandles(.content), 0)
    }
}

import Foundation
import Vsdk
import XCTest

/// Data that goes to everybody.
final class DataTests: MediaTestCase {
    func testDataGoesBothWays() async throws {
        let room = try await TestRoom()
        let ann = try await room.join(as: "ann")
        let bob = try await room.join(as: "bob")
        for reliability in [Reliability.reliable, .unreliable] {
            for (sender, receiver, id) in [(ann, bob, "ann"), (bob, ann, "bob")] {
                let text = "grüß dich\0😀"
                let asText = try await exchange(Data(text.utf8), to: receiver) {
                    try sender.sendData(text, reliability: reliability)
                }
                XCTAssertEqual(asText.text, "text")
                XCTAssertEqual(asText.code, Int(reliability.rawValue))
                XCTAssertEqual(asText.participantId, id)
                for data in [Data([0xff, 0, 0xfe]), Data(count: 15 * 1_024)] {
                    let event = try await exchange(data, to: receiver) {
                        try sender.sendData(data, reliability: reliability)
                    }
                    XCTAssertEqual(event.participantId, id)
                    XCTAssertEqual(event.code, Int(reliability.rawValue))
                }
            }
        }
    }

    func testWhatIsRefused() async throws {
        let room = try await TestRoom()
        let ann = try room.meeting(as: "ann")
        let early = try await assertFails(.invalidState) { try ann.sendData([1, 2, 3] as [UInt8]) }
        XCTAssertEqual(early.serviceCode, 3048)
        XCTAssertEqual(early.operation, "meeting_send_data")
        try await assertFails(.invalidArgument) {
            try ann.sendData("x", reliability: Reliability(rawValue: 9))
        }
        let bob = try await room.join(as: "bob")
        try await ann.join()
        _ = try await exchange(Data("open".utf8), to: bob) { try ann.sendData("open") }
        let long = try await assertFails(.invalidArgument) {
            try ann.sendData(Data(count: 15 * 1_024 + 1))
        }
        XCTAssertEqual(long.serviceCode, 3072)
        ann.close()
        try await assertFails(.invalidHandle) { try ann.sendData("late") }
    }

    /// Sends until it has arrived: the channels open a while after joining.
    private func exchange(
        _ data: Data, to receiver: Meeting, _ send: () throws -> Sent,
        file: StaticString = #filePath, line: UInt = #line
    ) async throws -> Event {
        for _ in 0..<600 {
            do {
                _ = try send()
            } catch let error as VsdkError where error.serviceCode == 3048 {}
            try await Task.sleep(for: .milliseconds(100))
            while let event = try receiver.pollEvent() {
                if event.type == .data && event.payload == data { return event }
            }
        }
        XCTFail("it never arrived", file: file, line: line)
        throw Unexpected("no data")
    }
}

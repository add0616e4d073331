import Vsdk
import XCTest

/// Microphones and speakers. The library that Swift is tested with opens none, and says which build
/// does.
final class DeviceTests: LibraryTestCase {
    func testALibraryWithoutDevicesSaysWhichBuildHasThem() async throws {
        let meeting = try await TestRoom().meeting(as: "ann")
        let track = try meeting.addTrack(TrackOptions(kind: .audio))
        try meeting.setMicEnabled(false)
        try meeting.setMicEnabled(true)
        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await listDevices(.microphone) },
            { _ = try await track.openMicrophone() },
            { _ = try await meeting.openSpeaker("none") },
            { try await meeting.watchDevices() },
        ]
        for call in calls {
            do {
                try await call()
                XCTFail("it was not refused")
            } catch let error as VsdkError {
                XCTAssertEqual(error.status, .unsupported)
                XCTAssertTrue(error.remedy.contains("`devices`"), error.remedy)
            }
        }
        try await meeting.watchDevices(false)
        track.close()
        XCTAssertThrowsError(try meeting.setMicEnabled(true)) { error in
            XCTAssertEqual((error as? VsdkError)?.status, .unsupported)
        }
        meeting.close()
    }
}

import Foundation
import Vsdk
import XCTest

/// A room of a local service of its own.
final class TestRoom: Sendable {
    let service: LocalService
    let id: String

    /// Its service is the configured one from here on.
    init() async throws {
        service = try LocalService()
        try await service.configure()
        id = try await createRoom().id
    }

    /// A meeting that has not joined yet; the participant's name is its id in capitals.
    func meeting(
        as participantId: String, permissions: [String] = ["allow_join", "allow_mod"],
        _ change: (inout MeetingOptions) -> Void = { _ in }
    ) throws -> Meeting {
        var mint = TokenMintOptions(apiKey: LocalService.apiKey, secret: LocalService.secret)
        mint.permissions = permissions
        var options = MeetingOptions(
            meetingId: id, token: try mintToken(mint).text, participantId: participantId,
            name: participantId.uppercased())
        change(&options)
        return try initMeeting(options)
    }

    /// A meeting that has joined.
    func join(
        as participantId: String, _ change: (inout MeetingOptions) -> Void = { _ in }
    ) async throws -> Meeting {
        let meeting = try meeting(as: participantId, change)
        try await meeting.join()
        return meeting
    }
}

extension Meeting {
    /// The next event of this type, waited for a minute at most; those before it are not looked at
    /// again.
    func next(
        _ type: EventType, file: StaticString = #filePath, line: UInt = #line
    ) async throws -> Event {
        let found = try await withThrowingTaskGroup(of: Event?.self) { group in
            group.addTask { [self] in
                for try await event in events where event.type == type { return event }
                return nil
            }
            group.addTask {
                try await Task.sleep(for: .seconds(60))
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        if let found { return found }
        XCTFail("there was no \(type) within a minute", file: file, line: line)
        throw Unexpected("no \(type)")
    }

    /// Waits for a change to this state.
    @discardableResult
    func reaches(
        _ state: MeetingState, file: StaticString = #filePath, line: UInt = #line
    ) async throws -> Event {
        while true {
            let event = try await next(.stateChanged, file: file, line: line)
            if event.state == state { return event }
        }
    }

    /// The messages among the events that are left, once it has left.
    func messagesLeft() async throws -> [String] {
        var messages: [String] = []
        for try await event in events where event.type == .message { messages.append(event.message) }
        return messages
    }

    /// What the others, and itself, are at this moment; by their ids.
    func participants() throws -> [String: Participant] {
        let all = try snapshot().participants
        return Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
    }
}

extension Event {
    /// The text of a message.
    var message: String { String(decoding: payload, as: UTF8.self) }
}

// Two meetings at once: what somebody writes in one room is repeated in the other.
//
//   two_meetings                              two new rooms; their ids are printed
//   two_meetings --room ID --other-room ID    rooms that exist
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
import Foundation
import Vsdk

let topic = "CHAT"

let usage = """
    usage: two_meetings [--token TOKEN | --token-url URL] [--room ID] [--other-room ID] [--messages N] [--api-url URL]

      --token TOKEN    a token, e.g. a temporary one from the dashboard
      --token-url URL  where to fetch one (default http://localhost:3000/get-token)
      --room ID        one room, instead of creating it
      --other-room ID  the other one, instead of creating it
      --messages N     leave after so many messages (default: when the input ends)
      --api-url URL    another server than https://api.videosdk.live

    """

struct Arguments {
    var token = ProcessInfo.processInfo.environment["VIDEOSDK_TOKEN"]
    var tokenURL = "http://localhost:3000/get-token"
    var apiURL: String?
    var room: String?
    var otherRoom: String?
    var messages: Int?

    /// `nil` when they make no sense.
    init?(_ words: [String]) {
        var words = words[...]
        while let option = words.popFirst() {
            guard let value = words.popFirst() else { return nil }
            switch option {
            case "--token": token = value
            case "--token-url": (tokenURL, token) = (value, nil)
            case "--room": room = value
            case "--other-room": otherRoom = value
            case "--messages":
                messages = Int(value)
                if messages == nil { return nil }
            case "--api-url": apiURL = value
            default: return nil
            }
        }
    }
}

/// A meeting, and what is known of it.
struct Side {
    let meeting: Meeting
    let room: String
    let ownId: String
}

/// Counts what both directions repeat.
actor Count {
    private var value = 0

    func next() -> Int {
        value += 1
        return value
    }
}

@main
struct TwoMeetings {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        if words == ["--help"] {
            print(usage, terminator: "")
            return
        }
        guard let arguments = Arguments(words) else { fail(usage) }
        do {
            try await run(arguments)
            try await shutdown()
        } catch let error as VsdkError {
            fail("\(error.operation) failed: \(error.message)\n  \(error.remedy)\n")
        } catch {
            fail("\(error)\n")
        }
    }

    static func run(_ arguments: Arguments) async throws {
        try await configure(arguments)
        let one = try await join(arguments.room)
        defer { one.meeting.close() }
        let other = try await join(arguments.otherRoom)
        defer { other.meeting.close() }
        say("rooms \(one.room) \(other.room)")

        let repeating = Task { try await repeatBothWays(one, other, atMost: arguments.messages) }
        if arguments.messages == nil {
            Thread.detachNewThread {
                // Empty only at the end of the input.
                while !FileHandle.standardInput.availableData.isEmpty {}
                repeating.cancel()
            }
        }
        do { try await repeating.value } catch is CancellationError {}
        try await one.meeting.leave()
        try await other.meeting.leave()
    }

    /// Gives the token to the library: the one that was passed, or a fetched one.
    static func configure(_ arguments: Arguments) async throws {
        var token = arguments.token
        if token == nil { token = try await fetchToken(from: arguments.tokenURL).text }
        try config(with: ConfigOptions(token: token, apiBaseUrl: arguments.apiURL))
    }

    /// Joins the room, or a new one, and subscribes its chat.
    static func join(_ id: String?) async throws -> Side {
        let room = if let id { id } else { try await createRoom().id }
        let meeting = try initMeeting(MeetingOptions(meetingId: room, name: "relay"))
        try await meeting.join()
        try await meeting.subscribe(topic: topic)
        return Side(meeting: meeting, room: room, ownId: try meeting.snapshot().participantId)
    }

    /// Until so many were repeated, one meeting ends, or the task is cancelled.
    static func repeatBothWays(_ one: Side, _ other: Side, atMost messages: Int?) async throws {
        let count = Count()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (from, to) in [(one, other), (other, one)] {
                group.addTask { try await repeatAll(from, to, count, atMost: messages) }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Repeats what others write on one side on the other.
    static func repeatAll(
        _ from: Side, _ to: Side, _ count: Count, atMost messages: Int?
    ) async throws {
        // Earlier ones (code 1) were written when nobody was there to repeat them: so they stay.
        for try await event in from.meeting.events
        where event.type == .message && event.code == 0 && event.participantId != from.ownId {
            let text = String(decoding: event.payload, as: UTF8.self)
            let message = "\(event.participantName ?? "?"): \(text)"
            try await to.meeting.publish(topic: topic, message: message)
            say("\(from.room) -> \(to.room): \(message)")
            if await count.next() == messages { return }
        }
    }

    /// Prints a line at once, also into a pipe.
    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    static func fail(_ text: String) -> Never {
        FileHandle.standardError.write(Data(text.utf8))
        exit(1)
    }
}

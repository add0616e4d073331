// A chat in the terminal: what you write goes to everybody in the room, and you see who comes and
// goes.
//
//   chat --name Ann                  in a new room; its id is printed for the others
//   chat --name Bob --room ID        in a room that exists
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
import Foundation
import Vsdk

let topic = "CHAT"

let usage = """
    usage: chat [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]

      --token TOKEN    a token, e.g. a temporary one from the dashboard
      --token-url URL  where to fetch one (default http://localhost:3000/get-token)
      --room ID        meet in this room instead of creating one
      --name NAME      the name that others see
      --api-url URL    another server than https://api.videosdk.live

    """

struct Arguments {
    var token = ProcessInfo.processInfo.environment["VIDEOSDK_TOKEN"]
    var tokenURL = "http://localhost:3000/get-token"
    var apiURL: String?
    var room: String?
    var name: String?

    /// `nil` when they make no sense.
    init?(_ words: [String]) {
        var words = words[...]
        while let option = words.popFirst() {
            guard let value = words.popFirst() else { return nil }
            switch option {
            case "--token": token = value
            case "--token-url": (tokenURL, token) = (value, nil)
            case "--room": room = value
            case "--name": name = value
            case "--api-url": apiURL = value
            default: return nil
            }
        }
    }
}

@main
struct Chat {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        if words == ["--help"] {
            print(usage, terminator: "")
            return
        }
        guard let arguments = Arguments(words) else { fail(usage) }
        await orFail {
            try await run(arguments)
            try await shutdown()
        }
    }

    static func run(_ arguments: Arguments) async throws {
        try await configure(arguments)
        let meeting = try await join(arguments)
        defer { meeting.close() }
        let seen = try showRoom(meeting)
        try await meeting.subscribe(topic: topic)
        let writing = Task { await orFail { try await publishLines(in: meeting) } }
        for try await event in meeting.events { show(event, after: seen) }
        writing.cancel()
    }

    /// Gives the token to the library: the one that was passed, or a fetched one.
    static func configure(_ arguments: Arguments) async throws {
        var token = arguments.token
        if token == nil { token = try await fetchToken(from: arguments.tokenURL).text }
        try config(with: ConfigOptions(token: token, apiBaseUrl: arguments.apiURL))
    }

    /// Joins the room that was asked for, or a new one, with microphone and camera off.
    static func join(_ arguments: Arguments) async throws -> Meeting {
        let room = if let id = arguments.room { id } else { try await createRoom().id }
        say("room \(room)")
        let meeting = try initMeeting(MeetingOptions(meetingId: room, name: arguments.name))
        try await meeting.join()
        return meeting
    }

    /// Publishes what is written, also for those who come later; the end of it leaves.
    static func publishLines(in meeting: Meeting) async throws {
        for await line in lines() where !line.isEmpty {
            do {
                try await meeting.publish(topic: topic, message: line, persist: true)
            } catch let error as VsdkError {
                guard try isOver(meeting) else { throw error }
                return
            }
        }
        // Cancelled, it reads no more lines: the meeting has ended already.
        if !Task.isCancelled { try await meeting.leave() }
    }

    /// Whether the meeting has ended: then the event that says why is on its way.
    static func isOver(_ meeting: Meeting) throws -> Bool {
        [.left, .failed].contains(try meeting.snapshot().state)
    }

    /// Shows who is in the room; gives the number of the last event that this tells of.
    static func showRoom(_ meeting: Meeting) throws -> Int {
        let snapshot = try meeting.snapshot()
        let names = snapshot.participants.map { $0.isLocal ? $0.name + " (you)" : $0.name }
        say("* in the room: " + names.joined(separator: ", "))
        return snapshot.eventSequence
    }

    static func show(_ event: Event, after seen: Int) {
        let name = event.participantName ?? "?"
        let isNew = event.sequence > seen
        switch event.type {
        case .message:
            let text = String(decoding: event.payload, as: UTF8.self)
            say((event.code == 1 ? "(earlier) " : "") + "\(name): \(text)")
        case .participantJoined where isNew: say("* \(name) joined")
        case .participantLeft where isNew: say("* \(name) left")
        case .stateChanged where isNew && event.state == .reconnecting:
            say("* connection lost, trying again")
        case .stateChanged where isNew && event.state == .connected: say("* back in the room")
        // 1101 is the service's number for those who leave by themselves.
        case .meetingLeft where event.code == 1101: say("* you left")
        case .meetingLeft: say("* the meeting has ended: \(event.text ?? "?")")
        default: break
        }
    }

    /// Tells what went wrong and ends the program then.
    static func orFail(_ body: @Sendable () async throws -> Void) async {
        do {
            try await body()
        } catch let error as VsdkError {
            fail("\(error.operation) failed: \(error.message)\n  \(error.remedy)\n")
        } catch is CancellationError {
        } catch {
            fail("\(error)\n")
        }
    }

    /// The lines of the input, read on a thread of their own. Not with readLine(): while it waits, the
    /// program cannot end.
    static func lines() -> AsyncStream<String> {
        AsyncStream { continuation in
            Thread.detachNewThread {
                var read = Data()
                while case let more = FileHandle.standardInput.availableData, !more.isEmpty {
                    read += more
                    while let end = read.firstIndex(of: UInt8(ascii: "\n")) {
                        continuation.yield(String(decoding: read[..<end], as: UTF8.self))
                        read = Data(read[(end + 1)...])
                    }
                }
                if !read.isEmpty { continuation.yield(String(decoding: read, as: UTF8.self)) }
                continuation.finish()
            }
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

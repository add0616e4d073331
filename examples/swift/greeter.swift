// A host that never sleeps: lets in everybody who asks, and welcomes everybody who comes.
//
//   greeter                        in a new room; its id is printed for the guests
//   greeter --room ID --guests 2   in a room that exists; leaves after two guests
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart. Guests whose token
// has the permission ask_join and not allow_join have to ask.
import Foundation
import Vsdk

let topic = "CHAT"

let usage = """
    usage: greeter [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--guests N] [--api-url URL]

      --token TOKEN    a token, e.g. a temporary one from the dashboard
      --token-url URL  where to fetch one (default http://localhost:3000/get-token)
      --room ID        meet in this room instead of creating one
      --name NAME      the name that others see
      --guests N       leave after so many guests (default: when the input ends)
      --api-url URL    another server than https://api.videosdk.live

    """

struct Arguments {
    var token = ProcessInfo.processInfo.environment["VIDEOSDK_TOKEN"]
    var tokenURL = "http://localhost:3000/get-token"
    var apiURL: String?
    var room: String?
    var name: String?
    var guests: Int?

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
            case "--guests":
                guests = Int(value)
                if guests == nil { return nil }
            case "--api-url": apiURL = value
            default: return nil
            }
        }
    }
}

@main
struct Greeter {
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
        let meeting = try await join(arguments)
        defer { meeting.close() }
        let greeting = Task { try await greet(in: meeting, atMost: arguments.guests) }
        if arguments.guests == nil {
            Thread.detachNewThread {
                // Empty only at the end of the input.
                while !FileHandle.standardInput.availableData.isEmpty {}
                greeting.cancel()
            }
        }
        do { try await greeting.value } catch is CancellationError {}
        try await meeting.leave()
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

    /// Until so many were welcomed, the meeting ends, or the task is cancelled.
    static func greet(in meeting: Meeting, atMost guests: Int?) async throws {
        var welcomed = 0
        for try await event in meeting.events {
            let (id, name) = (event.participantId ?? "", event.participantName ?? "")
            switch event.type {
            case .entryRequested:
                try await meeting.moderate(id, .allowEntry)
                say("* \(name) asks to come in: let in")
            case .participantJoined:
                // Kept, because the newcomer subscribes the topic later; only the newcomer gets it.
                try await meeting.publish(
                    topic: topic, message: "Welcome, \(name)!", persist: true, sendOnly: [id])
                say("* \(name) joined: welcomed")
                welcomed += 1
                if welcomed == guests { return }
            case .meetingLeft: say("* the meeting has ended: \(event.text ?? "?")")
            default: break
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

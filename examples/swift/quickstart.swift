// From nothing to an initialised meeting: get a token, create a room, make the meeting, and show
// what came back.
//
//   quickstart                                   token from http://localhost:3000/get-token
//   quickstart --token TOKEN                     a temporary token from the dashboard
//   quickstart --token-url URL                   your own token server
//   quickstart --room ID --name Ann              meet in a room that exists
//
// Without --token, the environment variable VIDEOSDK_TOKEN is looked at first.
import Foundation
import Vsdk

let usage = """
    usage: quickstart [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]

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
struct Quickstart {
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
        let room = try await findRoom(arguments)
        var options = MeetingOptions(meetingId: room.id, name: arguments.name, micEnabled: true)
        options.metadataJson = #"{"from": "quickstart"}"#
        // Nothing is sent anywhere yet.
        let meeting = try initMeeting(options)
        defer { meeting.close() }
        try show(room, meeting)
    }

    /// Gives the token to the library: the one that was passed, or a fetched one.
    static func configure(_ arguments: Arguments) async throws {
        var token = arguments.token
        if token == nil {
            print("fetching a token from \(arguments.tokenURL)")
            token = try await fetchToken(from: arguments.tokenURL).text
        }
        try config(with: ConfigOptions(token: token, apiBaseUrl: arguments.apiURL))
    }

    /// Finds the room that was asked for, or creates one.
    static func findRoom(_ arguments: Arguments) async throws -> Room {
        if let room = arguments.room { return try await validateRoom(room) }
        print("creating a room")
        return try await createRoom()
    }

    static func show(_ room: Room, _ meeting: Meeting) throws {
        let snapshot = try meeting.snapshot()
        print(
            """
            room         \(room.id)
            created      \(room.createdAt ?? "-")
            participant  \(snapshot.participantId)
            name         \(snapshot.name)
            microphone   \(snapshot.micEnabled ? "wanted" : "off")
            meeting      \(snapshot.json)
            """)
        // Everything that has happened so far waits in the queue.
        while let event = try meeting.pollEvent() {
            print("event \(event.sequence)      \(event.typeName) \(event.text ?? "")")
        }
    }

    static func fail(_ text: String) -> Never {
        FileHandle.standardError.write(Data(text.utf8))
        exit(1)
    }
}

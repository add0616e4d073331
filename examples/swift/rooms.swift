// Rooms on the service: create, list, look up, deactivate.
//
//   rooms create [CUSTOM_ID]
//   rooms list [PAGE]
//   rooms validate ID
//   rooms get ID
//   rooms deactivate ID
//
// The token comes from the environment variable VIDEOSDK_TOKEN, or is fetched from the URL in
// VIDEOSDK_TOKEN_URL; another server than the service's own from VIDEOSDK_API_ENDPOINT.
import Foundation
import Vsdk

@main
struct Rooms {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        do {
            switch (words.first, words.dropFirst().first) {
            case ("create", let customId):
                try await configure()
                show(try await createRoom(RoomOptions(customRoomId: customId)))
            case ("list", let page):
                try await configure()
                try await list(page: page.map { Int($0) ?? 0 })
            case ("validate", let id?):
                try await configure()
                show(try await validateRoom(id))
            case ("get", let id?):
                try await configure()
                show(try await getRoom(id))
            case ("deactivate", let id?):
                try await configure()
                show(try await deactivateRoom(id))
            default:
                fail(
                    "usage: rooms create [CUSTOM_ID] | list [PAGE] | validate ID | get ID"
                        + " | deactivate ID\n")
            }
            try await shutdown()
        } catch let error as VsdkError {
            fail("\(error.message)\n  \(error.remedy)\n")
        } catch {
            fail("\(error)\n")
        }
    }

    static func configure() async throws {
        let environment = ProcessInfo.processInfo.environment
        var options = ConfigOptions(
            token: environment["VIDEOSDK_TOKEN"],
            apiBaseUrl: environment["VIDEOSDK_API_ENDPOINT"])
        if options.token == nil, let url = environment["VIDEOSDK_TOKEN_URL"] {
            options.token = try await fetchToken(from: url).text
        }
        try config(with: options)
    }

    static func list(page: Int?) async throws {
        let rooms = try await listRooms(RoomListOptions(page: page))
        for room in rooms { show(room) }
        print("page \(rooms.page) of \(rooms.lastPage), \(rooms.total) rooms in all")
    }

    static func show(_ room: Room) {
        let columns = [
            padded(room.id, to: 16),
            padded(room.isDisabled ? "disabled" : "open", to: 10),
            padded(room.createdAt ?? "-", to: 24),
            room.customId ?? "-",
        ]
        print(columns.joined(separator: "  "))
    }

    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    static func fail(_ text: String) -> Never {
        FileHandle.standardError.write(Data(text.utf8))
        exit(1)
    }
}

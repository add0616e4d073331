// Records a meeting: what is heard and seen goes into files, one for each track: Opus into Ogg, VP8
// into IVF, H.264 into a file of start codes.
//
//   record --room ID --directory recording                until the input ends (Ctrl-D)
//   record --room ID --directory recording --seconds 60   for a minute
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
import Foundation
import MediaFiles
import Vsdk

let maxTracks = 256

let usage = """
    usage: record [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]
                  [--directory DIRECTORY] [--seconds N]

      --token TOKEN          a token, e.g. a temporary one from the dashboard
      --token-url URL        where to fetch one (default http://localhost:3000/get-token)
      --room ID              record this room instead of creating one
      --name NAME            the name that others see
      --api-url URL          another server than https://api.videosdk.live
      --directory DIRECTORY  where the files go; it has to be there (default .)
      --seconds N            end after so long; otherwise it ends with its input

    """

struct Arguments {
    var token = ProcessInfo.processInfo.environment["VIDEOSDK_TOKEN"]
    var tokenURL = "http://localhost:3000/get-token"
    var apiURL: String?
    var room: String?
    var name: String?
    var directory = "."
    var seconds: Int?

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
            case "--directory": directory = value
            case "--seconds":
                guard let number = Int(value), number > 0 else {
                    fail("--seconds wants a number from 1 on\n")
                }
                seconds = number
            default: return nil
            }
        }
    }
}

/// The files of a meeting, one for each track.
///
/// `@unchecked Sendable`: it belongs to the library's thread for media as long as the frame handler
/// is set.
final class Recording: @unchecked Sendable {
    private let directory: String
    /// In the order in which they began; without a writer when a track cannot be recorded.
    private var tracks: [(id: String, path: String, writer: MediaWriter?)] = []
    private(set) var hasFailed = false

    init(in directory: String) {
        self.directory = directory
    }

    func write(_ frame: ReceivedFrame) {
        guard let index = index(of: frame), let writer = tracks[index].writer else { return }
        do {
            try writer.write(frame.data, timestampUs: frame.timestampUs)
        } catch {
            failed(tracks[index].path, error)
            tracks[index].writer = nil
        }
    }

    func close() {
        for (_, path, writer) in tracks {
            guard let writer else { continue }
            say("* \(path): \(writer.frames) frames")
            do { try writer.close() } catch { failed(path, error) }
        }
    }

    /// The track that a frame belongs to; its file is begun with its first frame. `nil` beyond
    /// ``maxTracks``.
    private func index(of frame: ReceivedFrame) -> Int? {
        if let index = tracks.firstIndex(where: { $0.id == frame.trackId }) { return index }
        guard tracks.count < maxTracks else { return nil }
        let kind = frame.kind == .shareAudio ? "share-audio" : "\(frame.kind)"
        guard let end = MediaWriter.fileExtension(of: frame.codec) else {
            let owner = frame.participantId
            say("* \(kind) of \(owner) is not recorded: its codec has no kind of file here")
            tracks.append((frame.trackId, "", nil))
            return tracks.count - 1
        }
        // Numbers instead of names, which the others choose.
        let path = "\(directory)/\(tracks.count + 1)-\(kind).\(end)"
        do {
            tracks.append((frame.trackId, path, try MediaWriter(path: path, codec: frame.codec)))
            say("* \(path): \(kind) of \(frame.participantId)")
        } catch {
            tracks.append((frame.trackId, path, nil))
            failed(path, error)
        }
        return tracks.count - 1
    }

    private func failed(_ path: String, _ error: any Error) {
        complain("cannot write \(path): \(error.localizedDescription)\n")
        hasFailed = true
    }
}

@main
struct Record {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        if words == ["--help"] {
            print(usage, terminator: "")
            return
        }
        guard let arguments = Arguments(words) else { fail(usage) }
        guard access(arguments.directory, W_OK | X_OK) == 0 else {
            fail("cannot write into \(arguments.directory): \(String(cString: strerror(errno)))\n")
        }
        let recording = Recording(in: arguments.directory)
        do {
            try await run(arguments, recording)
            try await shutdown()
        } catch let error as VsdkError {
            fail("\(error.operation) failed: \(error.message)\n  \(error.remedy)\n")
        } catch {
            fail("\(error)\n")
        }
        exit(recording.hasFailed ? 1 : 0)
    }

    static func run(_ arguments: Arguments, _ recording: Recording) async throws {
        try await configure(arguments)
        let room = if let id = arguments.room { id } else { try await createRoom().id }
        say("room \(room)")
        var options = MeetingOptions(meetingId: room, name: arguments.name)
        options.mode = .recvOnly
        let meeting = try initMeeting(options)
        defer {
            // Once the meeting is closed, nothing is written any more.
            meeting.close()
            recording.close()
        }
        // Before joining, so that no frame comes earlier.
        try meeting.setFrameHandler { frame in recording.write(frame) }
        try await meeting.join()
        say("* recording")
        try await awaitEnd(of: meeting, seconds: arguments.seconds)
    }

    /// Gives the token to the library: the one that was passed, or a fetched one.
    static func configure(_ arguments: Arguments) async throws {
        var token = arguments.token
        if token == nil { token = try await fetchToken(from: arguments.tokenURL).text }
        try config(with: ConfigOptions(token: token, apiBaseUrl: arguments.apiURL))
    }

    /// Waits until the time is over, or the input or the meeting has ended.
    static func awaitEnd(of meeting: Meeting, seconds: Int?) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for try await event in meeting.events where event.type == .meetingLeft {
                    say("* the meeting has ended: \(event.text ?? "?")")
                    return
                }
            }
            group.addTask {
                guard let seconds else { return await endOfInput() }
                try await Task.sleep(for: .seconds(seconds))
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Reads the input on a thread of its own, until it ends or the task is cancelled.
    static func endOfInput() async {
        let input = AsyncStream<Never> { continuation in
            Thread.detachNewThread {
                while !FileHandle.standardInput.availableData.isEmpty {}
                continuation.finish()
            }
        }
        for await _ in input {}
    }
}

/// Prints a line at once, also into a pipe.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

func complain(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
}

func fail(_ text: String) -> Never {
    complain(text)
    exit(1)
}

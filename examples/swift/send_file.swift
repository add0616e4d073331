// Sends files into a meeting in real time, as microphone and camera: Opus from Ogg, VP8 from IVF,
// H.264 from a file of start codes.
//
//   send_file --room ID speech.ogg film.ivf
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart. Key frames come
// where the file has them: who joins in between sees a picture from the next one on.
import Foundation
import MediaFiles
import Vsdk

let maxFiles = 4
/// What is pushed last needs a moment to go out.
let lastFrames: Duration = .seconds(1)

let usage = """
    usage: send_file [--token TOKEN | --token-url URL] [--room ID] [--name NAME]
                     [--api-url URL] [--delay SECONDS] [--fps N] FILE ...

      FILE             Ogg with Opus, IVF with VP8, or H.264 with start codes; at most 4
      --token TOKEN    a token, e.g. a temporary one from the dashboard
      --token-url URL  where to fetch one (default http://localhost:3000/get-token)
      --room ID        send into this room instead of creating one
      --name NAME      the name that others see
      --api-url URL    another server than https://api.videosdk.live
      --delay SECONDS  begin so long after joining, so that others are ready (default 2)
      --fps N          pictures per second of H.264, which has no times (default 30)

    """

struct Arguments {
    var token = ProcessInfo.processInfo.environment["VIDEOSDK_TOKEN"]
    var tokenURL = "http://localhost:3000/get-token"
    var apiURL: String?
    var room: String?
    var name: String?
    var delay = 2
    var picturesPerSecond = 30
    var files: [String] = []

    /// `nil` when they make no sense.
    init?(_ words: [String]) {
        var words = words[...]
        while let word = words.popFirst() {
            guard word.hasPrefix("--") else {
                files.append(word)
                continue
            }
            guard let value = words.popFirst() else { return nil }
            switch word {
            case "--token": token = value
            case "--token-url": (tokenURL, token) = (value, nil)
            case "--room": room = value
            case "--name": name = value
            case "--api-url": apiURL = value
            case "--delay":
                guard let seconds = Int(value), (0...3_600).contains(seconds) else {
                    fail("--delay wants a number of seconds, 0 to 3600\n")
                }
                delay = seconds
            case "--fps":
                guard let number = Int(value), (1...1_000).contains(number) else {
                    fail("--fps wants a number from 1 to 1000\n")
                }
                picturesPerSecond = number
            default: return nil
            }
        }
        guard (1...maxFiles).contains(files.count) else { return nil }
    }
}

/// There is nobody to send to any more, or nothing.
struct SendingEnded: Error {}

/// A file, and the track that it is sent as.
struct Source {
    let path: String
    var reader: MediaReader
    var frame: MediaFrame?
    var track: LocalTrack?
    var sent = 0
    var notTaken = 0

    init(path: String, picturesPerSecond: Int) throws {
        self.path = path
        reader = try MediaReader(path: path, picturesPerSecond: picturesPerSecond)
        do {
            frame = try reader.next()
        } catch is BrokenFile {
            throw BrokenFile(reason: "it is broken behind frame 0")
        }
        if frame == nil { throw BrokenFile(reason: "there is no frame in it") }
    }

    mutating func add(to meeting: Meeting) throws {
        let kind = reader.codec == .opus ? TrackKind.audio : .video
        track = try meeting.addTrack(
            TrackOptions(kind: kind, codec: reader.codec, size: reader.size))
    }

    /// Sends the frame, and reads the next one.
    mutating func push() throws {
        guard let frame, let track else { return }
        let pushed = try frame.data.withUnsafeBytes { data in
            try track.push(data, timestampUs: frame.timestampUs, isKeyFrame: frame.isKeyFrame)
        }
        // Whatever was not taken, the file goes on; it cannot make a key frame.
        if pushed == .queued { sent += 1 } else { notTaken += 1 }
        do {
            self.frame = try reader.next()
        } catch is BrokenFile {
            complain("cannot send \(path): it is broken behind frame \(sent + notTaken)\n")
            throw SendingEnded()
        }
    }
}

@main
struct SendFile {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        if words == ["--help"] {
            print(usage, terminator: "")
            return
        }
        guard let arguments = Arguments(words) else { fail(usage) }
        var sources = arguments.files.map { path in
            do {
                return try Source(path: path, picturesPerSecond: arguments.picturesPerSecond)
            } catch {
                fail("cannot send \(path): \((error as? BrokenFile)?.reason ?? "\(error)")\n")
            }
        }
        do {
            try await run(arguments, &sources)
            try await shutdown()
        } catch let error as VsdkError {
            fail("\(error.operation) failed: \(error.message)\n  \(error.remedy)\n")
        } catch {
            fail("\(error)\n")
        }
    }

    static func run(_ arguments: Arguments, _ sources: inout [Source]) async throws {
        try await configure(arguments)
        let room = if let id = arguments.room { id } else { try await createRoom().id }
        say("room \(room)")
        let meeting = try initMeeting(MeetingOptions(meetingId: room, name: arguments.name))
        defer { meeting.close() }
        try await meeting.join()
        for index in sources.indices { try sources[index].add(to: meeting) }
        do {
            try await send(&sources, in: meeting, delay: .seconds(arguments.delay))
        } catch is SendingEnded {}
        for source in sources {
            say("* \(source.path): \(source.sent) frames sent, \(source.notTaken) not taken")
        }
    }

    /// Gives the token to the library: the one that was passed, or a fetched one.
    static func configure(_ arguments: Arguments) async throws {
        var token = arguments.token
        if token == nil { token = try await fetchToken(from: arguments.tokenURL).text }
        try config(with: ConfigOptions(token: token, apiBaseUrl: arguments.apiURL))
    }

    /// Sends all files at the pace of their times.
    static func send(_ sources: inout [Source], in meeting: Meeting, delay: Duration) async throws {
        // Until there is a way for all tracks, so that nothing of the beginning is lost.
        while !sources.allSatisfy({ $0.track?.isSending == true }) {
            try await wait(in: meeting, until: .now + .milliseconds(20))
        }
        try await wait(in: meeting, until: .now + delay)
        say("* sending")
        let began = ContinuousClock.now
        while let (time, index) = firstDue(of: sources) {
            try await wait(in: meeting, until: began + .microseconds(time))
            try sources[index].push()
        }
        try await wait(in: meeting, until: .now + lastFrames)
    }

    /// When which source has the next frame; `nil` when all files have ended.
    static func firstDue(of sources: [Source]) -> (timestampUs: Int64, index: Int)? {
        sources.indices
            .compactMap { index in sources[index].frame.map { ($0.timestampUs, index) } }
            .min { one, other in one.0 < other.0 }
    }

    /// Waits until then, and looks at events meanwhile.
    static func wait(in meeting: Meeting, until moment: ContinuousClock.Instant) async throws {
        while true {
            while let event = try meeting.pollEvent() {
                if event.type == .meetingLeft {
                    say("* the meeting has ended: \(event.text ?? "?")")
                    throw SendingEnded()
                }
                if event.type == .trackFailed {
                    complain("a track cannot be sent: \(event.text ?? "?")\n")
                    throw SendingEnded()
                }
            }
            let left = moment - .now
            if left <= .zero { return }
            try await Task.sleep(for: min(left, .milliseconds(100)))
        }
    }

    /// Prints a line at once, also into a pipe.
    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}

func complain(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
}

func fail(_ text: String) -> Never {
    complain(text)
    exit(1)
}

// Talks and listens: a WAV file is the microphone, and what everybody says is written to another.
//
//   talk --room ID --input speech.wav --output heard.wav    until the input has been said
//   talk --room ID --output heard.wav --seconds 60          listens for a minute
//
// A program with a sound device does the same in the callbacks of its device, without the sleeping.
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
import Foundation
import MediaFiles
import Vsdk

/// What is said and heard at a time: 10 ms.
let chunksPerSecond = 100

/// Of the file that is written, whatever the others send.
let outputFormat = AudioFormat(sampleRate: 48_000, channels: 2)

let usage = """
    usage: talk [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]
                [--input FILE.wav] [--output FILE.wav] [--seconds N]

      --token TOKEN      a token, e.g. a temporary one from the dashboard
      --token-url URL    where to fetch one (default http://localhost:3000/get-token)
      --room ID          join this room instead of creating one
      --name NAME        the name that others see
      --api-url URL      another server than https://api.videosdk.live
      --input FILE.wav   what is said: PCM of 16 bits; without it nothing is
      --output FILE.wav  where to write what is heard (default heard.wav)
      --seconds N        end after so long; otherwise when all has been said

    """

struct Arguments {
    var token = ProcessInfo.processInfo.environment["VIDEOSDK_TOKEN"]
    var tokenURL = "http://localhost:3000/get-token"
    var apiURL: String?
    var room: String?
    var name: String?
    var input: String?
    var output = "heard.wav"
    var seconds: Int?

    /// `nil` when they make no sense.
    init?(_ words: [String]) {
        var words = words[...]
        while let word = words.popFirst() {
            guard let value = words.popFirst() else { return nil }
            switch word {
            case "--token": token = value
            case "--token-url": (tokenURL, token) = (value, nil)
            case "--room": room = value
            case "--name": name = value
            case "--api-url": apiURL = value
            case "--input": input = value
            case "--output": output = value
            case "--seconds":
                guard let number = Int(value), number > 0 else {
                    fail("--seconds wants a number from 1 on\n")
                }
                seconds = number
            default: return nil
            }
        }
        if input == nil && seconds == nil {
            fail("without --input, --seconds has to say when to end\n")
        }
    }
}

/// A microphone for what is said.
struct Voice {
    let file: WavReader
    let track: LocalTrack
    let input: AudioInput

    init(_ file: WavReader, in meeting: Meeting) throws {
        self.file = file
        track = try meeting.addTrack(TrackOptions(kind: .audio))
        input = try track.audioInput(file.format)
    }

    /// What is said before anybody can hear it is lost.
    func awaitListeners() async throws {
        while !track.isSending { try await Task.sleep(for: .milliseconds(10)) }
    }

    /// Says the chunk with that number; `false` when there is nothing left.
    func say(_ number: Int) throws -> Bool {
        // Not every rate is a multiple of 100: together the chunks are as long as their time.
        let begin = file.format.sampleRate * number / chunksPerSecond
        let end = file.format.sampleRate * (number + 1) / chunksPerSecond
        let samples = try file.read((end - begin) * file.format.channels)
        if samples.isEmpty { return false }
        try input.push(samples)
        return true
    }
}

@main
struct Talk {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        if words == ["--help"] {
            print(usage, terminator: "")
            return
        }
        guard let arguments = Arguments(words) else { fail(usage) }
        if await !talk(arguments) { exit(1) }
    }

    /// Opens the files, talks, and says what goes wrong; whether nothing did.
    static func talk(_ arguments: Arguments) async -> Bool {
        let said: WavReader?
        do {
            said = try arguments.input.map(WavReader.init(path:))
        } catch {
            fail("cannot say \(arguments.input ?? ""): \((error as? BrokenFile)?.reason ?? "\(error)")\n")
        }
        let heard = writing(to: arguments.output) {
            try WavWriter(path: arguments.output, format: outputFormat)
        }
        var isComplete = true
        do {
            try await run(arguments, said, heard)
            try await shutdown()
        } catch let error as VsdkError {
            complain("\(error.operation) failed: \(error.message)\n  \(error.remedy)\n")
            isComplete = false
        } catch {
            fail("\(error)\n")
        }
        writing(to: arguments.output) { try heard.close() }
        return isComplete
    }

    /// Joins, says what is to be said, and writes down what everybody says.
    static func run(_ arguments: Arguments, _ said: WavReader?, _ heard: WavWriter) async throws {
        try await configure(arguments)
        let room = if let id = arguments.room { id } else { try await createRoom().id }
        say("room \(room)")
        let meeting = try initMeeting(MeetingOptions(meetingId: room, name: arguments.name))
        defer { meeting.close() }
        try await meeting.join()
        let voice = try said.map { said in try Voice(said, in: meeting) }
        let mixer = try meeting.audioMixer(outputFormat)
        try await talkAndListen(voice, mixer, heard, arguments)
    }

    /// Gives the token to the library: the one that was passed, or a fetched one.
    static func configure(_ arguments: Arguments) async throws {
        var token = arguments.token
        if token == nil { token = try await fetchToken(from: arguments.tokenURL).text }
        try config(with: ConfigOptions(token: token, apiBaseUrl: arguments.apiURL))
    }

    /// Says and hears at the pace of a sound device, until the end.
    static func talkAndListen(
        _ voice: Voice?, _ mixer: AudioOutput, _ heard: WavWriter, _ arguments: Arguments
    ) async throws {
        let count = outputFormat.sampleRate / chunksPerSecond * outputFormat.channels
        var samples = [Int16](repeating: 0, count: count)
        var (decoded, concealed) = (0, 0)
        try await voice?.awaitListeners()
        say("* talking")
        let began = ContinuousClock.now
        for number in 0..<(arguments.seconds.map { $0 * chunksPerSecond } ?? .max) {
            let hasSaid = try voice?.say(number) ?? false
            if arguments.seconds == nil && !hasSaid { break }
            let pulled = try mixer.pull(into: &samples)
            decoded += pulled.decodedFrames
            concealed += pulled.concealedFrames
            writing(to: arguments.output) { try heard.write(samples) }
            try await Task.sleep(until: began + Duration.seconds(number + 1) / chunksPerSecond)
        }
        func seconds(_ frames: Int) -> String {
            String(format: "%.1f", Double(frames) / Double(outputFormat.sampleRate))
        }
        say("* \(seconds(decoded + concealed)) s were heard, \(seconds(concealed)) s of that made up")
    }

    /// Prints a line at once, also into a pipe.
    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}

/// Does something with the file that is written, and ends the program when that does not work.
func writing<Value>(to path: String, _ write: () throws -> Value) -> Value {
    do {
        return try write()
    } catch let error as POSIXError {
        fail("cannot write \(path): \(String(cString: strerror(error.code.rawValue)))\n")
    } catch {
        fail("cannot write \(path): \(error)\n")
    }
}

func complain(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
}

func fail(_ text: String) -> Never {
    complain(text)
    exit(1)
}

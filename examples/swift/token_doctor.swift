// Explains a token: what is in it, what is wrong with it, and what to do. Needs no network and no
// secret.
//
//   token_doctor TOKEN
//   token_doctor --room ID --participant ID --for join|rest TOKEN
//   some-command | token_doctor -                read it from standard input
//
// Without a token, the environment variable VIDEOSDK_TOKEN is examined. The exit status is 0 when
// nothing was found that the service is certain to refuse.
import Foundation
import Vsdk

let usage = "usage: token_doctor [--for join|rest] [--room ID] [--participant ID] [TOKEN | -]\n"

struct Arguments {
    var token = ProcessInfo.processInfo.environment["VIDEOSDK_TOKEN"]
    var purpose = TokenPurpose.any
    var room: String?
    var participant: String?

    /// `nil` when they make no sense.
    init?(_ words: [String]) {
        var words = words[...]
        while let word = words.popFirst() {
            guard word.hasPrefix("--") else {
                token = word
                continue
            }
            switch (word, words.popFirst()) {
            case ("--for", "join"): purpose = .join
            case ("--for", "rest"): purpose = .rest
            case ("--room", let id?): room = id
            case ("--participant", let id?): participant = id
            default: return nil
            }
        }
    }
}

@main
struct TokenDoctor {
    static func main() {
        let words = Array(CommandLine.arguments.dropFirst())
        if words == ["--help"] {
            print(usage, terminator: "")
            return
        }
        guard let arguments = Arguments(words), var token = arguments.token else { fail(usage) }
        if token == "-" {
            // Unchanged, so that a line break at its end is found, as a server would.
            token = String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
        }
        do {
            let report = try inspectToken(
                token, purpose: arguments.purpose, roomId: arguments.room,
                participantId: arguments.participant)
            show(report)
            if !report.isUsable { exit(1) }
        } catch let error as VsdkError {
            fail("\(error.message)\n  \(error.remedy)\n")
        } catch {
            fail("\(error)\n")
        }
    }

    static func show(_ report: TokenReport) {
        print(
            """
            API key       \(report.apiKey ?? "-")
            room          \(report.roomId ?? "-")
            participant   \(report.participantId ?? "-")
            life          \(life(of: report))
            claims        \(report.claimsJson ?? "-")

            """)
        for finding in report.findings {
            let severity = name(of: finding.severity).padding(
                toLength: 8, withPad: " ", startingAt: 0)
            print(
                """
                \(severity)  \(finding.name)
                          \(finding.explanation).
                          \(finding.remedy)
                """)
        }
        if report.findings.isEmpty { print("Nothing was found.") }
        print()
        print(
            report.isUsable
                ? "Usable, as far as can be told without the secret."
                : "Not usable: mend the errors above.")
    }

    static func life(of report: TokenReport) -> String {
        if report.claimsJson == nil { return "-" }
        guard report.expiresAt != nil, let left = report.timeLeft else { return "no end" }
        let seconds = left.components.seconds
        return seconds < 0 ? "ended \(-seconds) s ago" : "\(seconds) s left"
    }

    static func name(of severity: Severity) -> String {
        switch severity {
        case .error: "ERROR"
        case .warning: "WARNING"
        case .notice: "NOTICE"
        default: "?"
        }
    }

    static func fail(_ text: String) -> Never {
        FileHandle.standardError.write(Data(text.utf8))
        exit(1)
    }
}

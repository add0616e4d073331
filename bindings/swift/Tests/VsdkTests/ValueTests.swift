import Foundation
import Testing

@testable import Vsdk

/// What needs neither a service nor a library that runs.
@Suite struct ValueTests {
    @Test func enumerationsKnowTheirNames() {
        #expect("\(Status.tokenExpired)" == "tokenExpired")
        #expect("\(TokenFinding.payloadNotBase64url)" == "payloadNotBase64url")
        #expect(Status(rawValue: -101) == .tokenExpired)
        #expect(AudioCodec.g722.rawValue == 4)
    }

    @Test func wordsOfTheLanguageAreNames() {
        #expect("\(Theme.default)" == "default")
        #expect(Theme.default.rawValue == 1)
    }

    @Test func noKindOfServiceIsForgotten() {
        let count = Int32(ServiceKind.known.count)
        #expect(ServiceKind.known.map(\.rawValue) == Array(1...count))
        #expect("\(ServiceKind(rawValue: count + 1))" == "ServiceKind(\(count + 1))")
    }

    @Test(arguments: [Int32.min, -999, 4711, .max])
    func unknownValuesKeepTheirNumber(number: Int32) {
        #expect(Status(rawValue: number).rawValue == number)
        #expect("\(Status(rawValue: number))" == "Status(\(number))")
        #expect("\(EventType(rawValue: number))" == "EventType(\(number))")
        let error = VsdkError(status: Status(rawValue: number), message: "From the future.")
        #expect(error.status.rawValue == number)
        #expect(error.name == "UNKNOWN")
    }

    @Test func anErrorOfOnesOwn() {
        let error = VsdkError(
            status: .notFound, message: "No seat is left.", remedy: "Come later.",
            operation: "sit_down", httpStatus: 404, serviceCode: 7, serviceText: "full",
            requestId: "r", retryAfter: .seconds(2), isRetryable: true)
        #expect(
            "\(error)"
                == "sit_down: No seat is left. [NOT_FOUND, HTTP 404, service number 7] Come later.")
        #expect("\(VsdkError(status: .timeout, message: "Late."))" == "Late. [TIMEOUT]")
        let bare = VsdkError(status: .timeout, reading: nil)
        #expect(bare.status == .timeout && bare.name == "TIMEOUT")
        #expect(bare.retryAfter == nil && bare.httpStatus == nil && bare.serviceText == nil)
        #expect(!bare.isRetryable && !bare.message.isEmpty)
    }

    @Test(arguments: [
        (Duration.zero, 0), (.seconds(2), 2_000), (.milliseconds(250), 250),
        // Rounded up: a short wait is not "do not wait".
        (.nanoseconds(1), 1), (.microseconds(1_500), 2),
        // Never the special values by accident.
        (.milliseconds(-1), 0), (.seconds(-2), 0), (.seconds(Int64.min), 0),
        (.seconds(Int64.max), Int64.max), (.seconds(Int64.max / 1_000), Int64.max / 1_000 * 1_000),
    ] as [(Duration, Int64)])
    func timesInMilliseconds(time: Duration, milliseconds: Int64) {
        #expect(time.milliseconds == milliseconds)
    }

    @Test func timesInSeconds() {
        #expect(Duration.milliseconds(1_001).wholeSeconds == 2)
        #expect(Duration.seconds(3_600).wholeSeconds == 3_600)
        #expect(Duration.seconds(-1).wholeSeconds == 0)
    }

    @Test func aTextWithANulIsRefused() throws {
        do {
            try config("a\0b")
            Issue.record("it was taken")
        } catch let error as VsdkError {
            #expect(error.status == .invalidArgument)
            #expect(!error.remedy.isEmpty)
        }
    }

    @Test func optionsAreValues() {
        var options = MeetingOptions(meetingId: "a", name: "Ann")
        let copy = options
        options.name = "Bea"
        #expect(copy.name == "Ann")
        #expect(options != copy)
        options.name = "Ann"
        #expect(options == copy)
        #expect(Set([options, copy]).count == 1)
    }

    @Test func whatIsSharedIsSendable() {
        func isSendable(_: (some Sendable).Type) -> Bool { true }
        #expect(isSendable(Meeting.self))
        #expect(isSendable(AsyncThrowingStream<Event, any Error>.self))
        #expect(isSendable(Room.self))
        #expect(isSendable(RoomList.self))
        #expect(isSendable(Token.self))
        #expect(isSendable(TokenReport.self))
        #expect(isSendable(MeetingSnapshot.self))
        #expect(isSendable(MeetingOptions.self))
        #expect(isSendable(ServiceOptions.self))
        #expect(isSendable(VsdkError.self))
        #expect(isSendable(LogRecord.self))
    }
}

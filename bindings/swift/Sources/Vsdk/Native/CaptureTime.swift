// When something was recorded, as functions of vsdk.h take it.

/// What vsdk.h calls VSDK_CAPTURE_TIME_NOW, in a form that Swift does not see.
private let now: Int64 = -1

/// A capture time in microseconds; `nil` is now.
func captureTime(_ captureTimeUs: Int64?, operation: String) throws -> Int64 {
    // That of `now` would be just now to the library, which checks the rest.
    if let captureTimeUs, captureTimeUs < 0 {
        throw VsdkError(
            status: .invalidArgument,
            message: "The capture time is \(captureTimeUs) microseconds.",
            remedy: "Times count up from 0 or later; pass nil to have the library's.",
            operation: operation)
    }
    return captureTimeUs ?? now
}

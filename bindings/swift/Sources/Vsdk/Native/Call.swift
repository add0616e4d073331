// How functions of vsdk.h are called, and how their results are read.
internal import CVsdk
import Foundation

/// Where a function of vsdk.h leaves an object or an error.
typealias Place = UnsafeMutablePointer<OpaquePointer?>

/// Whether library and header fit together; looked at once.
private let abiMatches = vsdk_check_abi(VSDK_ABI_VERSION, nil) >= 0

/// Calls a function of vsdk.h whose last parameter is the error, and throws what it reports.
func call(_ function: (Place) throws -> VsdkStatus) throws {
    _ = try answer(of: function)
}

/// As ``call(_:)``, for functions that answer more than success: the status, which is not negative.
func answer(of function: (Place) throws -> VsdkStatus) throws -> VsdkStatus {
    // A mismatch is looked at again: what it was may have been a fork, and is over.
    if !abiMatches { try checkAbi() }
    return try uncheckedAnswer(of: function)
}

/// As ``answer(of:)``, when nothing is known about the library yet.
func uncheckedAnswer(of function: (Place) throws -> VsdkStatus) throws -> VsdkStatus {
    var error: OpaquePointer?
    let status = try function(&error)
    defer { vsdk_error_free(error) }
    if status < 0 { throw VsdkError(status: Status(rawValue: status), reading: error) }
    return status
}

/// Calls a function of vsdk.h that makes an object, reads the object, and frees it.
func read<Value>(
    _ read: (OpaquePointer) throws -> Value,
    free: (OpaquePointer?) -> Void,
    from function: (Place, Place) throws -> VsdkStatus
) throws -> Value {
    var object: OpaquePointer?
    try call { error in try function(&object, error) }
    defer { free(object) }
    return try read(present(object))
}

/// What a function of vsdk.h promised with its success.
func present<Value>(_ result: Value?) throws -> Value {
    guard let result else {
        throw VsdkError(
            status: .invalidHandle, message: "The library answered a success without a result.",
            remedy: "Report this: it is a defect of the library.")
    }
    return result
}

/// Copies the bytes that a function of vsdk.h lends.
func bytes(
    from function: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, UnsafeMutablePointer<Int>, Place)
        throws -> VsdkStatus
) throws -> Data {
    var bytes: UnsafePointer<UInt8>?
    var length = 0
    try call { error in try function(&bytes, &length, error) }
    return bytes.map { Data(bytes: $0, count: length) } ?? Data()
}

/// Makes options of vsdk.h, hands them to `body`, and frees them.
func withOptions<Value>(
    _ create: () -> OpaquePointer?,
    free: (OpaquePointer?) -> Void,
    _ body: (OpaquePointer) throws -> Value
) throws -> Value {
    try call { error in vsdk_check_abi(VSDK_ABI_VERSION, error) } // In a forked child this tells so.
    guard let options = create() else {
        throw VsdkError(
            status: .resourceExhausted, message: "No more handles can be made.",
            remedy: "Close what is not needed any more; see liveHandles(_:).")
    }
    defer { free(options) }
    return try body(options)
}

/// Text that a function of vsdk.h returned; absent for NULL.
func optionalText(_ text: UnsafePointer<CChar>?) -> String? {
    text.map { String(cString: $0) }
}

/// Text that a function of vsdk.h always returns for a valid object.
func text(_ text: UnsafePointer<CChar>?) -> String {
    optionalText(text) ?? ""
}

/// A moment that a function of vsdk.h returned in seconds since 1970; absent for -1.
func optionalDate(seconds: Int64) -> Date? {
    seconds < 0 ? nil : Date(timeIntervalSince1970: TimeInterval(seconds))
}

/// A moment that a function of vsdk.h returned in milliseconds since 1970.
func date(milliseconds: Int64) -> Date {
    Date(timeIntervalSince1970: TimeInterval(milliseconds) / 1_000)
}

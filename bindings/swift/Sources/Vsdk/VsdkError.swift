internal import CVsdk
import Foundation

/// What every failure of this library is thrown as: what happened, why, and what to do.
///
/// It holds all that is known, and never a token or another secret. A program decides by ``status``
/// and shows ``message`` and ``remedy``.
public struct VsdkError: Error, Hashable, Sendable {
    /// The status of the failure: what a program decides by.
    public let status: Status

    /// The stable name of its status in all languages, e.g. `TOKEN_EXPIRED`.
    public let name: String

    /// What happened and why: one English sentence with the values at hand.
    public let message: String

    /// What to do about it: English, possibly empty.
    public let remedy: String

    /// During what it happened, e.g. `create_room`; possibly empty.
    public let operation: String

    /// The HTTP status of the reply, e.g. 401; absent when there was no reply.
    public let httpStatus: Int?

    /// The service's own number for it, e.g. 4002 for an invalid token.
    public let serviceCode: Int?

    /// The service's own words, with secrets taken out.
    public let serviceText: String?

    /// The id under which the service logged the request: give it to its support.
    public let requestId: String?

    /// How long the service asked to wait before the next try; absent when it did not ask.
    public let retryAfter: Duration?

    /// Whether the same call can succeed later without any change, and may be made again. Not so for
    /// a creation that may have been carried out in spite of the failure.
    public let isRetryable: Bool

    /// A failure of your own in the same form, for tests and for code around this library.
    public init(
        status: Status,
        message: String,
        remedy: String = "",
        operation: String = "",
        httpStatus: Int? = nil,
        serviceCode: Int? = nil,
        serviceText: String? = nil,
        requestId: String? = nil,
        retryAfter: Duration? = nil,
        isRetryable: Bool = false
    ) {
        self.status = status
        self.name = text(vsdk_status_name(status.rawValue))
        self.message = message
        self.remedy = remedy
        self.operation = operation
        self.httpStatus = httpStatus
        self.serviceCode = serviceCode
        self.serviceText = serviceText
        self.requestId = requestId
        self.retryAfter = retryAfter
        self.isRetryable = isRetryable
    }

    /// Copies an error of vsdk.h. Without one, all that is known is the status: the functions that
    /// read it answer NULL or 0.
    init(status: Status, reading error: OpaquePointer?) {
        let retryAfter = error == nil ? -1 : vsdk_error_retry_after_ms(error)
        self.status = error == nil ? status : Status(rawValue: vsdk_error_status(error))
        name = text(vsdk_error_name(error) ?? vsdk_status_name(status.rawValue))
        message = optionalText(vsdk_error_message(error)) ?? "No more is known about this failure."
        remedy = text(vsdk_error_remedy(error))
        operation = text(vsdk_error_operation(error))
        httpStatus = Self.number(vsdk_error_http_status(error))
        serviceCode = Self.number(vsdk_error_service_code(error))
        serviceText = optionalText(vsdk_error_service_text(error))
        requestId = optionalText(vsdk_error_request_id(error))
        self.retryAfter = retryAfter < 0 ? nil : .milliseconds(retryAfter)
        isRetryable = vsdk_error_is_retryable(error) != 0
    }

    private static func number(_ number: Int32) -> Int? {
        number == 0 ? nil : Int(number)
    }
}

extension VsdkError: CustomStringConvertible {
    /// One line with all that matters: operation, message, status, remedy.
    public var description: String {
        var line = operation.isEmpty ? "" : operation + ": "
        line += message + " [" + name
        if let httpStatus { line += ", HTTP \(httpStatus)" }
        if let serviceCode { line += ", service number \(serviceCode)" }
        line += "]"
        return remedy.isEmpty ? line : line + " " + remedy
    }
}

extension VsdkError: LocalizedError {
    /// ``message``. It is English whatever the locale.
    public var errorDescription: String? { message }

    /// The service's own words, when there are any.
    public var failureReason: String? { serviceText }

    /// ``remedy``. It is English whatever the locale.
    public var recoverySuggestion: String? { remedy.isEmpty ? nil : remedy }
}

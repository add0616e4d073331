internal import CVsdk

/// One record of what the library does. It never holds a secret.
public struct LogRecord: Hashable, Sendable {
    /// How important it is.
    public let level: LogLevel

    /// The part of the library it comes from, e.g. `rooms`.
    public let target: String

    /// What it says; English.
    public let message: String
}

/// Sets who receives the records of a level and the more important ones, in the place of the present
/// handler. The library is silent unless a handler is set.
///
/// The handler runs on the library's thread for callbacks: a slow one delays all others. When this
/// returns, the earlier one is not running and will not run again, unless this is called from inside
/// it. At most 1,024 records wait; more are counted and told.
///
/// - Parameters:
///   - level: The least important level that is of interest.
///   - handler: Receives the records; `nil` for silence.
/// - Throws: ``VsdkError`` (`invalidArgument`, `resourceExhausted`).
public func setLogHandler(
    level: LogLevel, _ handler: (@Sendable (LogRecord) -> Void)?
) throws {
    let callback = handler.map(Callback<LogRecord>.init)
    try call { error in
        vsdk_set_log_handler(
            level.rawValue,
            callback == nil ? nil : { level, target, message, userData in
                Callback<LogRecord>.from(userData).run(
                    LogRecord(
                        level: LogLevel(rawValue: level), target: text(target),
                        message: text(message)))
            },
            callback?.retained(), callback == nil ? nil : releaseCallback, error)
    }
}

// Arguments as functions of vsdk.h take them.
internal import CVsdk

extension Optional where Wrapped == String {
    /// The text for the duration of a call; NULL when it is absent.
    ///
    /// Text in C ends at its first NUL: one inside is refused, since all behind it would be lost.
    func withC<Value>(_ body: (UnsafePointer<CChar>?) throws -> Value) throws -> Value {
        guard let self else { return try body(nil) }
        return try self.withC(body)
    }
}

extension String {
    /// The text for the duration of a call. One with a NUL inside is refused.
    func withC<Value>(_ body: (UnsafePointer<CChar>) throws -> Value) throws -> Value {
        guard !utf8.contains(0) else {
            throw VsdkError(
                status: .invalidArgument, message: "A text has a NUL inside.",
                remedy: "Remove it: everything behind it would be lost.")
        }
        return try withCString(body)
    }
}

extension Bool {
    /// A flag as vsdk.h has it.
    var flag: Int32 { self ? 1 : 0 }
}

extension Duration {
    /// Whole milliseconds, rounded up; 0 for a negative time, which is one that has passed.
    var milliseconds: Int64 { wholeUnits(perSecond: 1_000) }

    /// Whole seconds, rounded up; 0 for a negative time.
    var wholeSeconds: Int64 { wholeUnits(perSecond: 1) }

    private func wholeUnits(perSecond: Int64) -> Int64 {
        guard self > .zero else { return 0 }
        let attosecondsPerUnit = 1_000_000_000_000_000_000 / perSecond
        let (whole, overflows) = components.seconds.multipliedReportingOverflow(by: perSecond)
        let (quotient, remainder) = components.attoseconds.quotientAndRemainder(
            dividingBy: attosecondsPerUnit)
        let (sum, exceeds) = whole.addingReportingOverflow(quotient + (remainder > 0 ? 1 : 0))
        return overflows || exceeds ? .max : sum
    }
}

/// A setter of options in vsdk.h, before the options and its value are known.
typealias Setter<Value> = (OpaquePointer?, Value, Place?) -> VsdkStatus

/// Sets an option to a text; one that is absent stays as it is.
func set(_ options: OpaquePointer, _ setter: Setter<UnsafePointer<CChar>?>, _ value: String?) throws {
    guard let value else { return }
    try value.withC { text in try call { error in setter(options, text, error) } }
}

/// Sets an option to yes or no; one that is absent stays as it is.
func set(_ options: OpaquePointer, _ setter: Setter<Int32>, _ value: Bool?) throws {
    guard let value else { return }
    try call { error in setter(options, value.flag, error) }
}

/// Sets an option to one of the values of an enumeration; one that is absent stays as it is.
func set(
    _ options: OpaquePointer, _ setter: Setter<Int32>, _ value: (some RawRepresentable<Int32>)?
) throws {
    guard let value else { return }
    try call { error in setter(options, value.rawValue, error) }
}

/// Keeps a value out of descriptions and dumps, so that it does not end in a log by accident.
///
/// Options hold tokens, API secrets and passwords in it. Reading the property gives the value.
@propertyWrapper
public struct Secret<Value: Sendable>: Sendable {
    /// The value itself.
    public var wrappedValue: Value

    /// Hides a value.
    public init(wrappedValue: Value) {
        self.wrappedValue = wrappedValue
    }
}

extension Secret: Equatable where Value: Equatable {}

extension Secret: Hashable where Value: Hashable {}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never the value.
    public var description: String { "(hidden)" }

    /// Never the value.
    public var debugDescription: String { description }

    /// Never the value.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

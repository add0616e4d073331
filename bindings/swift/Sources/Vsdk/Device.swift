internal import CVsdk

/// A device that could be opened; see ``listDevices(_:)``.
public struct Device: Hashable, Sendable {
    /// What the sound system knows it by, the same whenever it is there.
    public let id: String

    /// What a person knows it by.
    public let name: String

    /// Whether it is the one that is opened when none is named.
    public let isDefault: Bool
}

/// Lists the microphones or the speakers that there are now; none is opened for it.
///
/// It is done also when the task is cancelled, within ten seconds.
///
/// - Parameter kind: Which of them.
/// - Throws: ``VsdkError`` (`notFound` without a sound system, `timeout` when that does not answer,
///   `unsupported` when this build of the library opens no devices, `resourceExhausted`).
public func listDevices(_ kind: DeviceKind) async throws -> [Device] {
    try await performBlocking {
        try read(devices(in:), free: vsdk_device_list_free) { list, error in
            vsdk_devices_list(kind.rawValue, list, error)
        }
    }
}

private func devices(in list: OpaquePointer) -> [Device] {
    (0..<vsdk_device_list_count(list)).map { index in
        Device(
            id: text(vsdk_device_list_id(list, index)),
            name: text(vsdk_device_list_name(list, index)),
            isDefault: vsdk_device_list_is_default(list, index) != 0)
    }
}

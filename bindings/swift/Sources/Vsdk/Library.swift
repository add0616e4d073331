internal import CVsdk

/// What calls that wait for the service take at most, unless they are told otherwise: 30 seconds.
public let defaultTimeout: Duration = .seconds(30)

/// The version of the library that is loaded, e.g. `0.1.0`.
public var version: String { text(vsdk_version()) }

/// The number of the binary interface that the loaded library speaks; see ``checkAbi()``.
public var abiVersion: Int { Int(vsdk_abi_version()) }

/// Checks that the library that is loaded fits the header that this package was compiled with.
///
/// Every other function does so by itself before its first use.
///
/// - Throws: ``VsdkError`` (`abiMismatch`).
public func checkAbi() throws {
    _ = try uncheckedAnswer { error in vsdk_check_abi(VSDK_ABI_VERSION, error) }
}

/// Ends everything that runs: calls that wait fail with `shutdown`, meetings end, the callbacks that
/// are due are made, all threads of the library stop. The library may be used again afterwards.
///
/// Programs that simply end do not need it. Since it cleans up, it does its work also when the task
/// is cancelled.
///
/// - Parameter timeout: How long it may take.
/// - Throws: ``VsdkError`` (`timeout`).
public func shutdown(timeout: Duration = defaultTimeout) async throws {
    try await performBlocking {
        try call { error in vsdk_shutdown(timeout.milliseconds, error) }
    }
}

/// Makes the library usable in a forked child, from nothing: no configuration, no meetings.
///
/// Until then everything throws `forked` there. Meetings of the parent are of no use in the child,
/// and closing them does nothing. Swift's own runtime does not promise to work in a forked child:
/// this is for programs whose C part forks and knows what it does.
///
/// - Throws: ``VsdkError`` (`invalidState` outside a forked child, `resourceExhausted` after 31
///   generations of forks).
public func afterForkChild() throws {
    _ = try uncheckedAnswer { error in vsdk_after_fork_child(error) }
}

/// How many objects of the library are live. Once every ``Meeting`` is closed and no call is under
/// way, it is 0: for tests.
public func liveHandles(_ kind: HandleKind = .all) -> Int {
    Int(vsdk_debug_live_handles(kind.rawValue))
}

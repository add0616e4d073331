// Values that everybody in the session shares. They last as long as the session.
internal import CVsdk

extension Meeting {
    /// Sets a value for everybody.
    ///
    /// That native clients have the store is inferred.
    ///
    /// - Parameters:
    ///   - key: The name of the value: at most 1,024 bytes, not empty.
    ///   - value: The value: at most 1,024 bytes; `nil` takes it away.
    ///   - timeout: How long all of it may take.
    /// - Throws: ``VsdkError`` (`invalidArgument`, `invalidState` when this participant is not in the
    ///   room, `refused`, `connectionLost` when it may have been carried out or not, `timeout`,
    ///   `cancelled` when it was left meanwhile, `shutdown`, `resourceExhausted`, `invalidHandle`
    ///   once closed); `CancellationError` when the task is cancelled: it may have been carried out
    ///   nevertheless.
    public func storeSet(
        key: String, value: String?, timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try key.withC { key in
                try value.withC { value in
                    try pending.start { callback, userData, destroy, operation, error in
                        vsdk_meeting_store_set_async(
                            handle, key, value, timeout.milliseconds, callback, userData, destroy,
                            operation, error)
                    }
                }
            }
        }
    }

    /// Reads a value.
    ///
    /// - Parameters:
    ///   - key: As for ``storeSet(key:value:timeout:)``.
    ///   - timeout: How long all of it may take.
    /// - Returns: The value; `nil` when there is none.
    /// - Throws: As ``storeSet(key:value:timeout:)``.
    public func storeGet(key: String, timeout: Duration = defaultTimeout) async throws -> String? {
        try await act(taking: optionalText(from:)) { handle, pending in
            try key.withC { key in
                try pending.start { callback, userData, destroy, operation, error in
                    vsdk_meeting_store_get_async(
                        handle, key, timeout.milliseconds, callback, userData, destroy, operation,
                        error)
                }
            }
        }
    }

    /// From now on changes of a value come as ``EventType/storeValueChanged``. On a new connection it
    /// is observed again by itself.
    ///
    /// - Parameters:
    ///   - key: As for ``storeSet(key:value:timeout:)``.
    ///   - timeout: How long all of it may take.
    /// - Throws: As ``storeSet(key:value:timeout:)``.
    public func storeObserve(key: String, timeout: Duration = defaultTimeout) async throws {
        try await act { handle, pending in
            try key.withC { key in
                try pending.start { callback, userData, destroy, operation, error in
                    vsdk_meeting_store_observe_async(
                        handle, key, timeout.milliseconds, callback, userData, destroy, operation,
                        error)
                }
            }
        }
    }

    /// From now on changes of a value come no more.
    ///
    /// - Parameters:
    ///   - key: As for ``storeSet(key:value:timeout:)``.
    ///   - timeout: How long all of it may take.
    /// - Throws: As ``storeSet(key:value:timeout:)``.
    public func storeStopObserving(key: String, timeout: Duration = defaultTimeout) async throws {
        try await act { handle, pending in
            try key.withC { key in
                try pending.start { callback, userData, destroy, operation, error in
                    vsdk_meeting_store_stop_observing_async(
                        handle, key, timeout.milliseconds, callback, userData, destroy, operation,
                        error)
                }
            }
        }
    }
}

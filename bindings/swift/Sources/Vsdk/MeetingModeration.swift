// What participants do with each other.
internal import CVsdk

extension Meeting {
    /// Does something to a participant: lets it in, asks for its microphone, removes it, and so on.
    /// Whether the token permits it, the service decides.
    ///
    /// - Parameters:
    ///   - participantId: The participant.
    ///   - moderation: What to do.
    ///   - timeout: How long all of it may take.
    /// - Throws: ``VsdkError`` (`invalidArgument`, `invalidState` when this participant is not in the
    ///   room, `refused`, `connectionLost` when it may have been carried out or not, `timeout`,
    ///   `cancelled` when it was left meanwhile, `shutdown`, `invalidHandle` once closed);
    ///   `CancellationError` when the task is cancelled: it may have been carried out nevertheless.
    public func moderate(
        _ participantId: String, _ moderation: Moderation, timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try participantId.withC { participantId in
                try pending.start { callback, userData, destroy, operation, error in
                    vsdk_meeting_moderate_async(
                        handle, participantId, moderation.rawValue, timeout.milliseconds, callback,
                        userData, destroy, operation, error)
                }
            }
        }
    }

    /// Changes what this participant does with media. Everybody is told.
    ///
    /// That the service has it for native clients is inferred.
    ///
    /// - Parameters:
    ///   - mode: What it does from now on.
    ///   - timeout: How long all of it may take.
    /// - Throws: As ``moderate(_:_:timeout:)``.
    public func changeMode(_ mode: Mode, timeout: Duration = defaultTimeout) async throws {
        try await act { handle, pending in
            try pending.start { callback, userData, destroy, operation, error in
                vsdk_meeting_change_mode_async(
                    handle, mode.rawValue, timeout.milliseconds, callback, userData, destroy,
                    operation, error)
            }
        }
    }
}

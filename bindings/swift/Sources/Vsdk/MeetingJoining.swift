// Joining, leaving, ending.
internal import CVsdk

extension Meeting {
    /// Joins the room: connects, asks to be let in where the token demands it, and waits until that
    /// is decided. Then the state is ``MeetingState/connected``, and a snapshot has everybody in the
    /// room.
    ///
    /// After a failure the state is ``MeetingState/failed``, and joining may be tried again. A task
    /// that is cancelled gives the join up, and the meeting may be joined again as well.
    ///
    /// - Parameter timeout: How long all of it may take. Give it minutes where somebody has to let
    ///   this participant in.
    /// - Throws: ``VsdkError`` (`invalidState` when it was joined already, `timeout`, `cancelled`
    ///   when it was left meanwhile, `shutdown`, `invalidHandle` once closed; those of tokens,
    ///   networks and replies; `entryDenied`, `limitReached` and the others of meetings);
    ///   `CancellationError` when the task is cancelled.
    public func join(timeout: Duration = defaultTimeout) async throws {
        try await act { handle, pending in
            try pending.start { callback, userData, destroy, operation, error in
                vsdk_meeting_join_async(
                    handle, timeout.milliseconds, callback, userData, destroy, operation, error)
            }
        }
    }

    /// Leaves: says goodbye to the service. The state becomes ``MeetingState/left``, and whoever
    /// waits for events is woken.
    ///
    /// Leaving twice is no mistake. Events that are left can still be read. Since it cleans up, it
    /// begins to leave also when the task is cancelled; a cancelled task only does not wait for it.
    ///
    /// - Parameter timeout: How long to wait for the service.
    /// - Throws: ``VsdkError`` (`timeout` when it goes on by itself, `shutdown`, `invalidHandle`
    ///   once closed); `CancellationError` when the task is cancelled.
    public func leave(timeout: Duration = defaultTimeout) async throws {
        try await act(startsWhenCancelled: true) { handle, pending in
            try pending.start { callback, userData, destroy, operation, error in
                vsdk_meeting_leave_async(
                    handle, timeout.milliseconds, callback, userData, destroy, operation, error)
            }
        }
    }

    /// Ends the meeting for everybody in the room. Needs a token with the permission `allow_mod`.
    ///
    /// - Parameter timeout: How long all of it may take.
    /// - Throws: ``VsdkError`` (`invalidState` when this participant is not in the room, `refused`,
    ///   `connectionLost` when it may have been carried out or not, `timeout`, `cancelled` when it
    ///   was left meanwhile, `shutdown`, `invalidHandle` once closed); `CancellationError` when the
    ///   task is cancelled.
    public func end(timeout: Duration = defaultTimeout) async throws {
        try await act { handle, pending in
            try pending.start { callback, userData, destroy, operation, error in
                vsdk_meeting_end_async(
                    handle, timeout.milliseconds, callback, userData, destroy, operation, error)
            }
        }
    }

    /// Makes the connection anew at once: after a change of networks, without waiting until the loss
    /// of the old one is noticed. Does not wait.
    ///
    /// The state becomes ``MeetingState/reconnecting``, and ``MeetingState/connected`` when it is
    /// done.
    ///
    /// - Throws: ``VsdkError`` (`invalidState` when this participant is not in the room,
    ///   `invalidHandle` once closed).
    public func refreshConnection() throws {
        try withHandle { handle in
            try call { error in vsdk_meeting_refresh_connection(handle, error) }
        }
    }

    /// Starts an operation of this meeting that results in nothing, and waits for it.
    func act(
        startsWhenCancelled: Bool = false,
        _ start: (OpaquePointer, PendingCall<Void>) throws -> Void
    ) async throws {
        try await act(taking: nothing, startsWhenCancelled: startsWhenCancelled, start)
    }

    /// Starts an operation of this meeting, and waits for what it results in.
    func act<Value: Sendable>(
        taking take: @escaping @Sendable (OpaquePointer) throws -> Value,
        startsWhenCancelled: Bool = false,
        _ start: (OpaquePointer, PendingCall<Value>) throws -> Void
    ) async throws -> Value {
        try await perform(taking: take, startsWhenCancelled: startsWhenCancelled) { pending in
            try withHandle { handle in try start(handle, pending) }
        }
    }
}

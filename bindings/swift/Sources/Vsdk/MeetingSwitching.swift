// From one meeting to another on the same connection.
internal import CVsdk

extension Meeting {
    /// Goes to another meeting, as the same participant.
    ///
    /// The state is ``MeetingState/connecting`` on the way and ``MeetingState/connected`` there; a
    /// snapshot has the other meeting id then. Topics and observed values do not come along. What
    /// fails after it has left the one meeting ends in ``MeetingState/failed``; joining then leads
    /// back to the meeting that it was in.
    ///
    /// - Parameters:
    ///   - meetingId: The id of the other room.
    ///   - token: The token for there; `nil` for the present one.
    ///   - timeout: How long all of it may take. Give it minutes where somebody has to let this
    ///     participant in.
    /// - Throws: ``VsdkError`` (`invalidArgument`, `invalidState` when this participant is not in the
    ///   room, `refused`, `notFound`, `entryDenied`, `connectionLost` when it may have been carried
    ///   out or not, `timeout`, `cancelled` when it was left meanwhile, `shutdown`,
    ///   `resourceExhausted`, `invalidHandle` once closed; those of tokens); `CancellationError` when
    ///   the task is cancelled.
    public func switchTo(
        meetingId: String, token: String? = nil, timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try meetingId.withC { meetingId in
                try token.withC { token in
                    try pending.start { callback, userData, destroy, operation, error in
                        vsdk_meeting_switch_to_async(
                            handle, meetingId, token, timeout.milliseconds, callback, userData,
                            destroy, operation, error)
                    }
                }
            }
        }
    }

    /// Asks a participant to go on in another meeting, with an ``EventType/switchRequested``; it
    /// decides.
    ///
    /// - Parameters:
    ///   - participantId: The participant.
    ///   - meetingId: The id of the other room.
    ///   - token: A token for there; `nil` for none.
    ///   - payloadJson: What goes with it: a JSON value; `nil` for none.
    ///   - timeout: How long all of it may take.
    /// - Throws: ``VsdkError`` (`invalidArgument`, `invalidState` when this participant is not in the
    ///   room, `refused`, `connectionLost` when it may have been carried out or not, `timeout`,
    ///   `cancelled` when it was left meanwhile, `shutdown`, `resourceExhausted`, `invalidHandle`
    ///   once closed); `CancellationError` when the task is cancelled: it may have been asked
    ///   nevertheless.
    public func requestSwitch(
        _ participantId: String,
        meetingId: String,
        token: String? = nil,
        payloadJson: String? = nil,
        timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try participantId.withC { participantId in
                try meetingId.withC { meetingId in
                    try token.withC { token in
                        try payloadJson.withC { payloadJson in
                            try pending.start { callback, userData, destroy, operation, error in
                                vsdk_meeting_request_switch_async(
                                    handle, participantId, meetingId, token, payloadJson,
                                    timeout.milliseconds, callback, userData, destroy, operation,
                                    error)
                            }
                        }
                    }
                }
            }
        }
    }
}

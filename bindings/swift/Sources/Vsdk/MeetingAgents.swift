// What an agent tells of itself: for meetings that were made with the peer type `agent`.
internal import CVsdk

extension Meeting {
    /// Tells what this agent is doing; the others get an ``EventType/agentStateChanged``.
    ///
    /// - Parameters:
    ///   - state: What it is doing.
    ///   - timeout: How long all of it may take.
    /// - Throws: ``VsdkError`` (`invalidArgument`, `invalidState` when this participant is not in the
    ///   room or is no agent, `refused`, `connectionLost` when it may have been carried out or not,
    ///   `timeout`, `cancelled` when it was left meanwhile, `shutdown`, `resourceExhausted`,
    ///   `invalidHandle` once closed); `CancellationError` when the task is cancelled: it may have
    ///   been told nevertheless.
    public func sendAgentState(_ state: AgentState, timeout: Duration = defaultTimeout) async throws {
        try await act { handle, pending in
            try pending.start { callback, userData, destroy, operation, error in
                vsdk_meeting_send_agent_state_async(
                    handle, state.rawValue, timeout.milliseconds, callback, userData, destroy,
                    operation, error)
            }
        }
    }

    /// Tells what was said, by this agent or to it; the others get an ``EventType/agentTranscript``.
    ///
    /// - Parameters:
    ///   - participantId: Who spoke.
    ///   - words: What was said.
    ///   - isFinal: Whether these words will not change any more.
    ///   - timeout: How long all of it may take.
    /// - Throws: As ``sendAgentState(_:timeout:)``.
    public func sendAgentTranscript(
        participantId: String, words: String, isFinal: Bool, timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try participantId.withC { participantId in
                try words.withC { words in
                    try pending.start { callback, userData, destroy, operation, error in
                        vsdk_meeting_send_agent_transcript_async(
                            handle, participantId, words, isFinal.flag, timeout.milliseconds,
                            callback, userData, destroy, operation, error)
                    }
                }
            }
        }
    }

    /// Tells figures of this agent; the others get an ``EventType/agentMetrics``.
    ///
    /// - Parameters:
    ///   - metricsJson: Whatever it measures: a JSON object.
    ///   - timeout: How long all of it may take.
    /// - Throws: As ``sendAgentState(_:timeout:)``.
    public func sendAgentMetrics(
        _ metricsJson: String, timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try metricsJson.withC { metricsJson in
                try pending.start { callback, userData, destroy, operation, error in
                    vsdk_meeting_send_agent_metrics_async(
                        handle, metricsJson, timeout.milliseconds, callback, userData, destroy,
                        operation, error)
                }
            }
        }
    }
}

// Messages by topic.
internal import CVsdk

extension Meeting {
    /// Publishes a message to all who have subscribed the topic, this participant too. It comes as an
    /// ``EventType/message``.
    ///
    /// While the connection is made anew, it waits for the new one; what was sent already is never
    /// sent again.
    ///
    /// - Parameters:
    ///   - topic: The topic: at most 1,024 bytes, not empty.
    ///   - message: The message.
    ///   - persist: Whether those who subscribe later get it as well.
    ///   - sendOnly: The ids of the participants who get it, 2,000 at most; none means everybody.
    ///   - payloadJson: What goes with it: a JSON object.
    ///   - timeout: How long all of it may take.
    /// - Throws: ``VsdkError`` (`invalidArgument`, `invalidState` when this participant is not in the
    ///   room, `refused`, `connectionLost` when it may have been carried out or not, `timeout`,
    ///   `cancelled` when it was left meanwhile, `shutdown`, `invalidHandle` once closed);
    ///   `CancellationError` when the task is cancelled: it may have been published nevertheless.
    public func publish(
        topic: String,
        message: String,
        persist: Bool = false,
        sendOnly: [String] = [],
        payloadJson: String? = nil,
        timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try withOptions(vsdk_publish_options_new, free: vsdk_publish_options_free) { options in
                try set(options, vsdk_publish_options_set_persist, persist)
                for participantId in sendOnly {
                    try set(options, vsdk_publish_options_add_send_only, participantId)
                }
                try set(options, vsdk_publish_options_set_payload_json, payloadJson)
                try topic.withC { topic in
                    try message.withC { message in
                        try pending.start { callback, userData, destroy, operation, error in
                            vsdk_meeting_publish_async(
                                handle, topic, message, options, timeout.milliseconds, callback,
                                userData, destroy, operation, error)
                        }
                    }
                }
            }
        }
    }

    /// Subscribes a topic: its messages come as events of the type ``EventType/message``, in the
    /// order in which the service took them.
    ///
    /// Messages that were kept come first, as events before this returns. On a new connection it is
    /// subscribed again by itself.
    ///
    /// - Parameters:
    ///   - topic: The topic: at most 1,024 bytes, not empty.
    ///   - timeout: How long all of it may take.
    /// - Throws: As ``publish(topic:message:persist:sendOnly:payloadJson:timeout:)``.
    public func subscribe(topic: String, timeout: Duration = defaultTimeout) async throws {
        try await act { handle, pending in
            try topic.withC { topic in
                try pending.start { callback, userData, destroy, operation, error in
                    vsdk_meeting_subscribe_async(
                        handle, topic, timeout.milliseconds, callback, userData, destroy,
                        operation, error)
                }
            }
        }
    }

    /// From now on no message of the topic comes any more. One that is not subscribed is no mistake.
    /// Does not wait.
    ///
    /// - Throws: ``VsdkError`` (`invalidHandle` once closed).
    public func unsubscribe(topic: String) throws {
        try withHandle { handle in
            try topic.withC { topic in
                try call { error in vsdk_meeting_unsubscribe(handle, topic, error) }
            }
        }
    }
}

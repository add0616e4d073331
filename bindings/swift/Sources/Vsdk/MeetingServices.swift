// What the service does beside a meeting, such as recording it.
internal import CVsdk

extension Meeting {
    /// Starts a service. It has succeeded when the service agreed. How far it is, everybody is told
    /// by events such as ``EventType/recordingStateChanged``, and
    /// ``MeetingSnapshot/serviceState(_:)`` has the latest.
    ///
    /// That native clients have livestream, HLS, translation and whiteboard is inferred.
    ///
    /// - Parameters:
    ///   - kind: Which one.
    ///   - options: How.
    ///   - timeout: How long all of it may take.
    /// - Throws: ``VsdkError`` (`invalidArgument`, `invalidState` when this participant is not in the
    ///   room, `refused`, `connectionLost` when it may have been carried out or not, `timeout`,
    ///   `cancelled` when it was left meanwhile, `shutdown`, `resourceExhausted`, `invalidHandle`
    ///   once closed); `CancellationError` when the task is cancelled: it may have been carried out
    ///   nevertheless.
    public func startService(
        _ kind: ServiceKind,
        _ options: ServiceOptions = ServiceOptions(),
        timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try options.withC { options in
                try pending.start { callback, userData, destroy, operation, error in
                    vsdk_meeting_start_service_async(
                        handle, kind.rawValue, options, timeout.milliseconds, callback, userData,
                        destroy, operation, error)
                }
            }
        }
    }

    /// Stops a service.
    ///
    /// - Parameters:
    ///   - kind: Which one.
    ///   - timeout: How long all of it may take.
    /// - Throws: As ``startService(_:_:timeout:)``.
    public func stopService(_ kind: ServiceKind, timeout: Duration = defaultTimeout) async throws {
        try await act { handle, pending in
            try pending.start { callback, userData, destroy, operation, error in
                vsdk_meeting_stop_service_async(
                    handle, kind.rawValue, timeout.milliseconds, callback, userData, destroy,
                    operation, error)
            }
        }
    }

    /// Has what is said translated into another language for this participant, while the translation
    /// runs. Everybody is told, by an ``EventType/translationLanguageChanged``.
    ///
    /// - Parameters:
    ///   - language: The language, e.g. `en`.
    ///   - timeout: How long all of it may take.
    /// - Throws: As ``startService(_:_:timeout:)``.
    public func changeTranslationLanguage(
        _ language: String, timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try language.withC { language in
                try pending.start { callback, userData, destroy, operation, error in
                    vsdk_meeting_change_translation_language_async(
                        handle, language, timeout.milliseconds, callback, userData, destroy,
                        operation, error)
                }
            }
        }
    }
}

// Choosing what to receive.
//
// By default a meeting receives what everybody sends. With `autoConsume` switched off in its options
// it receives nothing until it is asked for, participant by participant.
internal import CVsdk

extension Meeting {
    /// Receives what somebody sends of that kind, now and later; only in a meeting with
    /// ``MeetingOptions/autoConsume`` switched off. ``EventType/trackAdded`` tells of each track.
    ///
    /// On a new connection it is subscribed again by itself; when the participant leaves, it ends.
    /// That shared screens and their sound belong to it is inferred.
    ///
    /// - Parameters:
    ///   - participantId: Whose.
    ///   - kind: What of it.
    ///   - timeout: How long all of it may take.
    /// - Throws: ``VsdkError`` (`invalidArgument`, `notFound` when nobody else in the meeting has that
    ///   id, `invalidState` when the meeting receives everything by itself or this participant
    ///   receives no media or is not in the room, `refused`, `connectionLost` when it may have been
    ///   carried out or not, `timeout`, `cancelled` when it was left meanwhile, `shutdown`,
    ///   `resourceExhausted`, `invalidHandle` once closed); `CancellationError` when the task is
    ///   cancelled: it may have been carried out nevertheless.
    public func subscribeTracks(
        of participantId: String, _ kind: MediaKind, timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try participantId.withC { participantId in
                try pending.start { callback, userData, destroy, operation, error in
                    vsdk_meeting_subscribe_tracks_async(
                        handle, participantId, kind.rawValue, timeout.milliseconds, callback,
                        userData, destroy, operation, error)
                }
            }
        }
    }

    /// Receives what somebody sends of that kind no longer, after
    /// ``subscribeTracks(of:_:timeout:)``. ``EventType/trackRemoved`` tells of each track.
    ///
    /// - Parameters:
    ///   - participantId: Whose.
    ///   - kind: What of it.
    ///   - timeout: How long all of it may take.
    /// - Throws: As ``subscribeTracks(of:_:timeout:)``.
    public func unsubscribeTracks(
        of participantId: String, _ kind: MediaKind, timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try participantId.withC { participantId in
                try pending.start { callback, userData, destroy, operation, error in
                    vsdk_meeting_unsubscribe_tracks_async(
                        handle, participantId, kind.rawValue, timeout.milliseconds, callback,
                        userData, destroy, operation, error)
                }
            }
        }
    }

    /// Lets the service send nothing of that kind for now, or of any kind.
    ///
    /// Tracks that are new begin paused as well, on later connections too, until
    /// ``resumeAllTracks(_:timeout:)``. A single one can be had with ``RemoteTrack/resume(timeout:)``.
    ///
    /// - Parameters:
    ///   - kind: What rests; `nil` for everything.
    ///   - timeout: How long all of it may take.
    /// - Throws: ``VsdkError`` (`invalidArgument`, `invalidState` when this participant is not in the
    ///   room, `refused`, also when the service did it for some of them only, `connectionLost` when it
    ///   may have been carried out or not, `timeout`, `cancelled` when it was left meanwhile,
    ///   `shutdown`, `resourceExhausted`, `invalidHandle` once closed); `CancellationError` when the
    ///   task is cancelled: it may have been carried out nevertheless.
    public func pauseAllTracks(
        _ kind: TrackKind? = nil, timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try pending.start { callback, userData, destroy, operation, error in
                vsdk_meeting_pause_all_tracks_async(
                    handle, kind?.rawValue ?? 0, timeout.milliseconds, callback, userData, destroy,
                    operation, error)
            }
        }
    }

    /// Lets the service go on with all of that kind, or with everything, after
    /// ``pauseAllTracks(_:timeout:)``: with tracks that were paused one by one as well.
    ///
    /// - Parameters:
    ///   - kind: What goes on; `nil` for everything.
    ///   - timeout: How long all of it may take.
    /// - Throws: As ``pauseAllTracks(_:timeout:)``.
    public func resumeAllTracks(
        _ kind: TrackKind? = nil, timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try pending.start { callback, userData, destroy, operation, error in
                vsdk_meeting_resume_all_tracks_async(
                    handle, kind?.rawValue ?? 0, timeout.milliseconds, callback, userData, destroy,
                    operation, error)
            }
        }
    }
}

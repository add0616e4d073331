internal import CVsdk

/// Makes a meeting from its options, like `VideoSDK.initMeeting({...})`.
///
/// Checks everything that can be checked without a network: the options, and whether the token can
/// join this room as this participant. The first event is the change to
/// ``MeetingState/initialised``; warnings about the token follow.
///
/// - Throws: ``VsdkError`` (`invalidArgument`, `notConfigured`, `networkInsecure`, those of tokens).
public func initMeeting(_ options: MeetingOptions) throws -> Meeting {
    var meeting: OpaquePointer?
    try options.withC { options in
        try call { error in vsdk_init_meeting(options, &meeting, error) }
    }
    return try Meeting(owning: present(meeting))
}

/// A meeting: this program's part in a room.
///
/// All of it may be used from any thread and any task, several at once. A meeting that is no longer
/// referenced does as ``close()`` does: it leaves in the background and waits for a running call of
/// its event handler. So do not hold a lock that the handler takes while you close or release it.
///
/// `@unchecked Sendable` because the compiler does not know the handle: it is a key that never
/// changes, not an address, and the library takes calls from any thread; what is closed is
/// recognised.
public final class Meeting: @unchecked Sendable {
    private let handle: OpaquePointer
    private let wake = WakeSignal()
    let trackSignals = TrackSignals()

    init(owning handle: OpaquePointer) throws {
        self.handle = handle
        try wake.listen { function, userData, destroy, error in
            vsdk_meeting_set_wake_handler(handle, function, userData, destroy, error)
        }
    }

    deinit {
        vsdk_meeting_free(handle)
        trackSignals.end()
    }

    /// Leaves in the background, if that was not done, and frees the meeting. Loops over its events
    /// and over frames of others end, its handlers are taken out, and whatever is called on it
    /// afterwards throws `invalidHandle`. Again is no mistake.
    ///
    /// Waits only for running calls of its handlers, unless it is called from inside one.
    public func close() {
        withHandle { handle in vsdk_meeting_free(handle) }
        // Whoever waits for an event or a frame learns that none will come.
        wake.give()
        trackSignals.end()
    }

    /// All of the meeting at this moment.
    ///
    /// - Throws: ``VsdkError`` (`invalidHandle` once closed).
    public func snapshot() throws -> MeetingSnapshot {
        try withHandle { handle in
            try read(
                MeetingSnapshot.init(reading:), free: vsdk_meeting_snapshot_free
            ) { snapshot, error in
                vsdk_meeting_snapshot(handle, snapshot, error)
            }
        }
    }

    /// Hands in a fresh token: the next time one is needed, this is used. When it is refused, the
    /// present one stays.
    ///
    /// - Throws: ``VsdkError`` (`invalidState` after the end, `invalidHandle` once closed, those of
    ///   tokens).
    public func setToken(_ token: String) throws {
        try withHandle { handle in
            try token.withC { token in
                try call { error in vsdk_meeting_set_token(handle, token, error) }
            }
        }
    }

    /// The meeting's events one after the other: `for try await event in meeting.events`.
    ///
    /// It ends when the meeting has ended and all its events were read, when the meeting is closed,
    /// and when the task is cancelled. It throws ``VsdkError`` (`invalidState` while an event handler
    /// is set). While it waits no thread is held. A loop keeps the meeting alive.
    ///
    /// Its buffer is the meeting's own queue, which exists from ``initMeeting(_:)`` on: nothing that
    /// happens before the first read is lost. It holds 4,096 events and tells with an
    /// ``EventType/overflow`` how many were lost beyond that. Several loops over one meeting share
    /// its events: each event goes to one of them.
    public var events: AsyncThrowingStream<Event, any Error> {
        AsyncThrowingStream(each: { [self] in try await nextEvent() })
    }

    /// The next event; waits for it without holding a thread.
    ///
    /// - Returns: The event; `nil` when none will come: the meeting has ended and all its events
    ///   were read, or it was closed.
    /// - Throws: ``VsdkError`` (`invalidState` while an event handler is set); `CancellationError`
    ///   when the task is cancelled.
    public func nextEvent() async throws -> Event? {
        try await wake.next { try poll() }
    }

    /// The next event if there is one already. Does not wait, and so may be used anywhere.
    ///
    /// - Returns: The event; `nil` when there is none at this moment.
    /// - Throws: ``VsdkError`` (`invalidState` while an event handler is set, `invalidHandle` once
    ///   closed).
    public func pollEvent() throws -> Event? {
        guard case .item(let event) = try poll() else { return nil }
        return event
    }

    /// From now on events go to the handler, those that wait first; `nil` lets them wait again.
    ///
    /// The handler runs on the library's thread for callbacks: a slow one delays the callbacks of
    /// everyone. When this returns, an earlier handler is not running and will not run again, unless
    /// this is called from inside it. The handler is kept until it is replaced or the meeting is
    /// closed: capture the meeting weakly in it.
    ///
    /// - Throws: ``VsdkError`` (`resourceExhausted`, `invalidHandle` once closed).
    public func setEventHandler(_ handler: (@Sendable (Event) -> Void)?) throws {
        let callback = handler.map(Callback<Event>.init)
        try withHandle { handle in
            try call { error in
                vsdk_meeting_set_event_handler(
                    handle,
                    callback == nil ? nil : { event, userData in
                        // A borrowed event is valid here: reading it does not fail.
                        guard let event, let event = try? Event(reading: event) else { return }
                        Callback<Event>.from(userData).run(event)
                    },
                    callback?.retained(), callback == nil ? nil : releaseCallback, error)
            }
        }
        // Whoever waits for the next event learns that a handler takes them, or no longer does.
        wake.give()
    }

    /// A descriptor that polls readable while there is something to read, made on demand: for event
    /// loops that are built on `poll` or `epoll`.
    ///
    /// It belongs to the meeting and lives as long: poll it, never read or close it, and read with
    /// ``pollEvent()``.
    ///
    /// - Throws: ``VsdkError`` (`resourceExhausted`, `invalidHandle` once closed, `unsupported` on
    ///   Windows).
    public func eventDescriptor() throws -> Int32 {
        var descriptor: Int32 = -1
        try withHandle { handle in
            try call { error in vsdk_meeting_event_descriptor(handle, &descriptor, error) }
        }
        return descriptor
    }

    private func poll() throws -> Found<Event> {
        var event: OpaquePointer?
        let status = try withHandle { handle in
            try answer { error in vsdk_meeting_next_event(handle, 0, &event, error) }
        }
        defer { vsdk_event_free(event) }
        if let event { return .item(try Event(reading: event)) }
        return status == VSDK_STATUS_CLOSED ? .ended : .nothing
    }

    /// The handle for the duration of a call, in which the meeting stays alive: without that, its
    /// last use could be the reading of the handle.
    func withHandle<Value>(_ body: (OpaquePointer) throws -> Value) rethrows -> Value {
        try withExtendedLifetime(self) { try body(handle) }
    }
}

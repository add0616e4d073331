internal import CVsdk

/// A track that somebody else sends; see ``Meeting/remoteTrack(_:)``.
///
/// Its frames are read, or come to a handler, or are played by an ``audioOutput(_:)`` or shown by a
/// ``videoOutput(_:)``, one of these. About a second of sound and two of pictures wait to be read;
/// ``ReceivedFrame/followsGap`` tells what is lost beyond that. Several objects for one track share its
/// frames: each frame is read by one of them. Closing or releasing one ends nothing: the track goes on,
/// and so does its handler.
///
/// `@unchecked Sendable` for the same reason as ``Meeting``.
public final class RemoteTrack: @unchecked Sendable {
    /// Its id, the same for everybody in the meeting.
    public let id: String

    /// Who sends it.
    public let participantId: String

    /// What it is.
    public let kind: TrackKind

    /// How its frames are encoded.
    public let codec: Codec

    private let handle: OpaquePointer
    /// Given when there is something to read after there was nothing, and at the end of the track.
    let wake: WakeSignal
    private let signals: TrackSignals

    /// Takes over a handle of vsdk.h, also when this throws.
    init(owning handle: OpaquePointer, signals: TrackSignals) throws {
        self.handle = handle
        self.signals = signals
        id = text(vsdk_remote_track_id(handle))
        participantId = text(vsdk_remote_track_participant_id(handle))
        kind = TrackKind(rawValue: vsdk_remote_track_kind(handle))
        codec = Codec(rawValue: vsdk_remote_track_codec(handle))
        wake = signals.signal(of: id)
        // Another object may have done so, of this track or of one that had its id before.
        try wake.listen { function, userData, destroy, error in
            vsdk_remote_track_set_wake_handler(handle, function, userData, destroy, error)
        }
    }

    deinit {
        vsdk_remote_track_free(handle)
    }

    /// Frees it; the track itself goes on. Loops over its frames end, and whatever is called on it
    /// afterwards throws `invalidHandle`. Again is no mistake.
    public func close() {
        withHandle { handle in vsdk_remote_track_free(handle) }
        // Whoever waits for a frame learns that none will come.
        wake.give()
    }

    // ---- Frames ----------------------------------------------------------------------------------

    /// The track's frames one after the other: `for try await frame in track.frames`.
    ///
    /// It ends when the track is no longer sent and all its frames were read, when this object or
    /// its meeting is closed, and when the task is cancelled. It throws ``VsdkError`` (`invalidState`
    /// while a frame handler is set or there is an output). While it waits no thread is held. A loop
    /// keeps this object alive. Several loops share the frames.
    public var frames: AsyncThrowingStream<ReceivedFrame, any Error> {
        AsyncThrowingStream(each: { [self] in try await nextFrame() })
    }

    /// The next frame; waits for it without holding a thread.
    ///
    /// - Parameter timeout: How long to wait for one; `nil` for as long as it takes.
    /// - Returns: The frame; `nil` when none will come: the track is no longer sent and all its frames
    ///   were read, or this object or its meeting was closed.
    /// - Throws: ``VsdkError`` (`invalidState` while a frame handler is set or there is an
    ///   output, `timeout` when none came in time); `CancellationError` when the task is cancelled.
    public func nextFrame(timeout: Duration? = nil) async throws -> ReceivedFrame? {
        try await wake.next(within: timeout, late: Self.late) {
            // Before the look, so that what came until then is read.
            let isOver = signals.isOver
            let found = try poll()
            if isOver, case .nothing = found { return .ended }
            return found
        }
    }

    /// The next frame if there is one already. Does not wait, and so may be used anywhere.
    ///
    /// - Returns: The frame; `nil` when there is none at this moment.
    /// - Throws: ``VsdkError`` (`invalidState` while a frame handler is set or there is an
    ///   output, `invalidHandle` once closed).
    public func pollFrame() throws -> ReceivedFrame? {
        guard case .item(let frame) = try poll() else { return nil }
        return frame
    }

    /// How many frames wait to be read; 0 once closed. A transform may still drop some of them.
    public var waitingFrames: Int {
        withHandle { handle in Int(vsdk_remote_track_waiting_frames(handle)) }
    }

    /// Throws away the frames that wait, e.g. to be in time again after a pause of the app. The next
    /// frame tells of the gap; pictures go on with a key frame, which is asked for. Does not wait.
    ///
    /// - Throws: ``VsdkError`` (`invalidHandle` once closed).
    public func flush() throws {
        try withHandle { handle in
            try call { error in vsdk_remote_track_flush(handle, error) }
        }
    }

    /// From now on its frames go to the handler, those that wait first; `nil` lets them wait again.
    ///
    /// The handler runs on the library's thread for media, one for the whole process: a slow one makes
    /// all tracks lose frames. When this returns, an earlier handler is not running and will not run
    /// again, unless this is called from inside it. The handler is kept until it is replaced or the
    /// track is gone, whether or not this object is closed: capture the meeting weakly in it.
    ///
    /// - Throws: ``VsdkError`` (`invalidState` while there is an output, `resourceExhausted`,
    ///   `invalidHandle` once closed).
    public func setFrameHandler(_ handler: (@Sendable (ReceivedFrame) -> Void)?) throws {
        try withHandle { handle in
            try Vsdk.setFrameHandler(handler) { function, userData, destroy, error in
                vsdk_remote_track_set_frame_handler(handle, function, userData, destroy, error)
            }
        }
        // Whoever waits for a frame learns that a handler takes them, or no longer does.
        wake.give()
    }

    /// Its sound, decoded for playing. Its frames go there from now on, until it is closed or no longer
    /// referenced; several outputs each get all of it. Does not wait.
    ///
    /// - Parameter format: Of what will be pulled.
    /// - Throws: ``VsdkError`` (`invalidState` while a frame handler is set, `invalidArgument` for
    ///   other formats and for a track of pictures, `unsupported` for other codecs than Opus and when
    ///   this build of the library has none, `resourceExhausted`, `invalidHandle` once closed).
    public func audioOutput(_ format: AudioFormat = AudioFormat()) throws -> AudioOutput {
        var output: OpaquePointer?
        try withHandle { handle in
            try call { error in
                vsdk_remote_track_audio_output(
                    handle, Int32(clamping: format.sampleRate), Int32(clamping: format.channels),
                    &output, error)
            }
        }
        // Whoever waits for a frame learns that an output takes them.
        wake.give()
        return AudioOutput(owning: try present(output))
    }

    /// Its pictures, decoded for showing. Its frames go there from now on, until it is closed or no longer
    /// referenced; several outputs each get all of them. It begins with a key frame, which is asked for.
    /// Does not wait.
    ///
    /// - Parameter format: How they are to lie in memory: `i420` or `rgba`.
    /// - Throws: ``VsdkError`` (`invalidState` while a frame handler is set, `invalidArgument` for
    ///   other formats and for a track of sound, `unsupported` for other codecs than VP8 and when this
    ///   build of the library has none, `resourceExhausted`, `invalidHandle` once closed).
    public func videoOutput(_ format: PictureFormat) throws -> VideoOutput {
        var output: OpaquePointer?
        try withHandle { handle in
            try call { error in
                vsdk_remote_track_video_output(handle, format.rawValue, &output, error)
            }
        }
        // Whoever waits for a frame learns that an output takes them.
        wake.give()
        return try VideoOutput(owning: try present(output))
    }

    private func poll() throws -> Found<ReceivedFrame> {
        var frame: OpaquePointer?
        let status = try withHandle { handle in
            try answer { error in vsdk_remote_track_next_frame(handle, 0, &frame, error) }
        }
        if let frame { return .item(try ReceivedFrame(owning: frame)) }
        return status == VSDK_STATUS_CLOSED ? .ended : .nothing
    }

    private static var late: VsdkError {
        VsdkError(
            status: .timeout, message: "No frame came in time.",
            remedy: "Allow more time, or look whether its sender has paused the track.",
            operation: "remote_track_next_frame", isRetryable: true)
    }

    // ---- Its sender and the service --------------------------------------------------------------

    /// Asks its sender for a key frame; at most twice a second that is passed on. Does not wait.
    ///
    /// - Throws: ``VsdkError`` (`invalidHandle` once closed).
    public func requestKeyFrame() throws {
        try withHandle { handle in
            try call { error in vsdk_remote_track_request_key_frame(handle, error) }
        }
    }

    /// Lets the service send nothing of it for now.
    ///
    /// - Parameter timeout: How long all of it may take.
    /// - Throws: ``VsdkError`` (`notFound` when it is no longer sent, `invalidState` when this
    ///   participant is not in the room, `refused`, `connectionLost` when it may have been carried out
    ///   or not, `timeout`, `cancelled` when it was left meanwhile, `shutdown`, `resourceExhausted`,
    ///   `invalidHandle` once closed); `CancellationError` when the task is cancelled: it may have
    ///   been carried out nevertheless.
    public func pause(timeout: Duration = defaultTimeout) async throws {
        try await act { handle, pending in
            try pending.start { callback, userData, destroy, operation, error in
                vsdk_remote_track_pause_async(
                    handle, timeout.milliseconds, callback, userData, destroy, operation, error)
            }
        }
    }

    /// Lets the service go on with it after ``pause(timeout:)``.
    ///
    /// - Parameter timeout: How long all of it may take.
    /// - Throws: As ``pause(timeout:)``.
    public func resume(timeout: Duration = defaultTimeout) async throws {
        try await act { handle, pending in
            try pending.start { callback, userData, destroy, operation, error in
                vsdk_remote_track_resume_async(
                    handle, timeout.milliseconds, callback, userData, destroy, operation, error)
            }
        }
    }

    /// How large it is shown: the smallest size that covers that is received, if it is sent in several.
    ///
    /// It comes at its full rate; where none covers it, or the sender does not tell sizes, the largest
    /// comes. With 0 x 0, when nothing of it is seen, that is the smallest: to receive nothing there is
    /// ``pause(timeout:)``. A side of 0 beside another one leaves that side open.
    ///
    /// Fit to be called whenever a window changes: the service is asked, and not waited for, only when
    /// another size follows. It takes the place of ``setPreferredLayers(spatial:temporal:timeout:)``:
    /// what was said last of the two holds, for all objects of the track, and is asked for again by
    /// itself when the track comes back on a new connection. Does not wait.
    ///
    /// - Parameters:
    ///   - width: In pixels of the screen, not points.
    ///   - height: Likewise.
    /// - Throws: ``VsdkError`` (`invalidArgument` for negative sizes and for a track of sound,
    ///   `notFound` when it is no longer sent, `invalidHandle` once closed).
    public func setViewport(width: Int, height: Int) throws {
        try withHandle { handle in
            try call { error in
                vsdk_remote_track_set_viewport(
                    handle, Int32(clamping: width), Int32(clamping: height), error)
            }
        }
    }

    /// Which size and rate of it to receive at most, if it is sent in several. It takes the place of
    /// ``setViewport(width:height:)``, and holds as that does.
    ///
    /// - Parameters:
    ///   - spatial: The size; 0 is the smallest.
    ///   - temporal: The rate; 0 is the lowest.
    ///   - timeout: How long all of it may take.
    /// - Throws: As ``pause(timeout:)``, and `invalidArgument`.
    public func setPreferredLayers(
        spatial: Int, temporal: Int, timeout: Duration = defaultTimeout
    ) async throws {
        try await act { handle, pending in
            try pending.start { callback, userData, destroy, operation, error in
                vsdk_remote_track_set_preferred_layers_async(
                    handle, Int32(clamping: spatial), Int32(clamping: temporal),
                    timeout.milliseconds, callback, userData, destroy, operation, error)
            }
        }
    }

    private func act(_ start: (OpaquePointer, PendingCall<Void>) throws -> Void) async throws {
        try await perform(taking: nothing) { pending in
            try withHandle { handle in try start(handle, pending) }
        }
    }

    /// The handle for the duration of a call, in which the track stays alive.
    func withHandle<Value>(_ body: (OpaquePointer) throws -> Value) rethrows -> Value {
        try withExtendedLifetime(self) { try body(handle) }
    }
}

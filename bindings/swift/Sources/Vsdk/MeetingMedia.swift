// Tracks that are sent and received, and data. The library takes and gives encoded frames, and does
// all that is between. Sound it also encodes and decodes itself, and pictures if it was built so.
internal import CVsdk
import Foundation

extension Meeting {
    /// Adds a track that is sent from now on, or once the meeting is joined. Does not wait.
    ///
    /// Keep it: it is sent until it is closed or no longer referenced, also through lost connections.
    /// ``EventType/trackPublished`` says when the others can receive it, ``EventType/trackFailed``
    /// that they cannot.
    ///
    /// - Parameter options: What to make it from.
    /// - Throws: ``VsdkError`` (`invalidArgument`, `invalidState` when the meeting is over,
    ///   `resourceExhausted`, `invalidHandle` once closed).
    public func addTrack(_ options: TrackOptions) throws -> LocalTrack {
        var track: OpaquePointer?
        try withHandle { handle in
            try options.withC { options in
                try call { error in vsdk_meeting_add_track(handle, options, &track, error) }
            }
        }
        return LocalTrack(owning: try present(track))
    }

    /// A track of somebody else, which is there from ``EventType/trackAdded`` to
    /// ``EventType/trackRemoved``. Does not wait.
    ///
    /// - Parameter id: Its id, from the event.
    /// - Throws: ``VsdkError`` (`notFound` when nobody sends a track with that id,
    ///   `resourceExhausted`, `invalidHandle` once closed).
    public func remoteTrack(_ id: String) throws -> RemoteTrack {
        var track: OpaquePointer?
        try withHandle { handle in
            try id.withC { id in
                try call { error in vsdk_meeting_remote_track(handle, id, &track, error) }
            }
        }
        return try RemoteTrack(owning: present(track), signals: trackSignals)
    }

    /// The sound of everybody together, now and later, for playing. Does not wait.
    ///
    /// The frames of all tracks with sound go there from now on, until it is closed or no longer
    /// referenced. What is too loud together is turned down; tracks with other codecs than Opus are
    /// not heard.
    ///
    /// - Parameter format: Of what will be pulled.
    /// - Throws: ``VsdkError`` (`invalidState` when one of these tracks has a frame handler of its own,
    ///   `invalidArgument` for other formats, `unsupported` when this build of the library cannot
    ///   decode, `resourceExhausted`, `invalidHandle` once closed).
    public func audioMixer(_ format: AudioFormat = AudioFormat()) throws -> AudioOutput {
        var output: OpaquePointer?
        try withHandle { handle in
            try call { error in
                vsdk_meeting_audio_mixer(
                    handle, Int32(clamping: format.sampleRate), Int32(clamping: format.channels),
                    &output, error)
            }
        }
        // Whoever waits for a frame learns that an output takes them.
        trackSignals.give()
        return AudioOutput(owning: try present(output))
    }

    /// From now on the frames of all tracks go to the handler, those that wait first, but for those
    /// that an ``AudioOutput`` takes; `nil` lets them wait again.
    ///
    /// It takes the place of the handlers of single tracks, and runs as one of
    /// ``RemoteTrack/setFrameHandler(_:)``. It is kept until it is replaced or the meeting is closed:
    /// capture the meeting weakly in it.
    ///
    /// - Throws: ``VsdkError`` (`resourceExhausted`, `invalidHandle` once closed).
    public func setFrameHandler(_ handler: (@Sendable (ReceivedFrame) -> Void)?) throws {
        try withHandle { handle in
            try Vsdk.setFrameHandler(handler) { function, userData, destroy, error in
                vsdk_meeting_set_frame_handler(handle, function, userData, destroy, error)
            }
        }
        // Whoever waits for a frame learns that a handler takes them, or no longer does.
        trackSignals.give()
    }

    /// From now on every frame that is sent or received becomes what the transform makes of it; `nil`
    /// leaves frames as they are. Made for encryption from end to end: see ``FrameTransform``.
    ///
    /// Set it before joining, so that nothing goes out without. When this returns, an earlier
    /// transform is not running and will not run again, unless this is called from inside a handler
    /// or a transform. Once the meeting is closed, nothing goes on that was to be transformed. It is
    /// kept until it is replaced or the meeting is closed: capture the meeting weakly in it.
    ///
    /// - Throws: ``VsdkError`` (`invalidHandle` once closed).
    public func setFrameTransform(_ transform: FrameTransform?) throws {
        try withHandle { handle in
            try Vsdk.setFrameTransform(transform) { function, userData, destroy, error in
                vsdk_meeting_set_frame_transform(handle, function, userData, destroy, error)
            }
        }
    }

    /// How media is doing, as it stood at the last look: there is one each second. Does not wait.
    ///
    /// - Throws: ``VsdkError`` (`resourceExhausted`, `invalidHandle` once closed).
    public func mediaStatistics() throws -> MediaStatistics {
        try withHandle { handle in
            try read(
                MediaStatistics.init(reading:), free: vsdk_media_statistics_free
            ) { statistics, error in
                vsdk_meeting_media_statistics(handle, statistics, error)
            }
        }
    }

    /// Sends data to everybody who receives media; they get it as an ``EventType/data``. Never waits
    /// for the network.
    ///
    /// - Parameters:
    ///   - data: The data, at most 15 KiB.
    ///   - reliability: Whether what is lost is sent again. Neither way keeps the order.
    /// - Throws: ``VsdkError`` (`invalidArgument`, with the service number 3072 when it is too long;
    ///   `invalidState`, with 3048, while there is no connection for media; `invalidHandle` once
    ///   closed).
    @discardableResult
    public func sendData(
        _ data: some ContiguousBytes, reliability: Reliability = .reliable
    ) throws -> Sent {
        try data.withUnsafeBytes { data in
            try sendData(data.bindMemory(to: UInt8.self), isText: false, reliability)
        }
    }

    /// Sends a text as data, which the others get as a text.
    ///
    /// - Parameters:
    ///   - text: The text, at most 15 KiB.
    ///   - reliability: Whether what is lost is sent again. Neither way keeps the order.
    /// - Throws: ``VsdkError``, as for data.
    @discardableResult
    public func sendData(_ text: String, reliability: Reliability = .reliable) throws -> Sent {
        var text = text
        return try text.withUTF8 { text in try sendData(text, isText: true, reliability) }
    }

    private func sendData(
        _ data: UnsafeBufferPointer<UInt8>, isText: Bool, _ reliability: Reliability
    ) throws -> Sent {
        try withHandle { handle in
            try Sent(
                rawValue: answer { error in
                    vsdk_meeting_send_data(
                        handle, data.baseAddress, data.count, isText.flag, reliability.rawValue,
                        error)
                })
        }
    }
}

/// What became of data that was sent.
///
/// May hold a value that this version does not know: give every `switch` a `default`.
public struct Sent: RawRepresentable, Hashable, Sendable {
    /// The number of the status, as in C.
    public let rawValue: Int32

    /// The value with this number, whether or not it is known.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// It goes out.
    public static let queued = Sent(rawValue: VSDK_STATUS_OK)

    /// Not taken, for too much waits already: send it again a little later, or leave it.
    public static let full = Sent(rawValue: VSDK_STATUS_FULL)
}

extension Sent: CustomStringConvertible {
    /// Its name here; `Sent(7)` for a value that this version does not know.
    public var description: String {
        switch self {
        case .queued: "queued"
        case .full: "full"
        default: "Sent(\(rawValue))"
        }
    }
}
